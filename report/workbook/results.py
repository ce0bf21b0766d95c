"""The sheet Scenarios: the app's results for every scenario as delivered, side by side, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from model.appraisal import METRICS
from model.caveats import caveats
from report.narrative import answer
from report.workbook.book import MUTED, Book, Page, across, address, number_format
from report.workbook.figures import Figures
from report.workbook.inputs import SELECTED
from report.workbook.places import HEADLINE

SHEET = "Scenarios"
LABEL, UNIT, FIRST = 1, 2, 3
HEADING_ROW, HASH_ROW, ANSWER_ROW, CAVEAT_ROW, TOP = 4, 5, 6, 7, 9
ROWS: Mapping[str, int] = MappingProxyType({name: TOP + place for place, name in enumerate(HEADLINE)})


def write_results(book: Book, everything: Sequence[Figures]) -> Page:
    """One column a scenario: its name, hash, answer, caveats and metrics."""
    page = book.page(SHEET, "Scenarios as delivered, side by side", "output", [3, 42, 12, *[34] * len(everything)])
    page.text(3, LABEL, "Values computed by the app when the file was made; they do not follow edits.",
        font_color=MUTED)  # fmt: skip
    page.headings(HEADING_ROW, LABEL, ["Scenario", "Unit"])
    labels = {HASH_ROW: "Content hash", ANSWER_ROW: "Answer", CAVEAT_ROW: "What goes beyond the evidence"}
    for row, label in labels.items():
        page.text(row, LABEL, label)
    page.section(TOP - 1, "Metrics, each scenario in its own currency", FIRST + len(everything) - 1)
    for place, figures in enumerate(everything):
        _write_scenario(page, FIRST + place, figures)
    for name, row in ROWS.items():
        page.public_name(row, name)
        page.text(row, LABEL, METRICS[name].label)
        unit = METRICS[name].unit
        page.text(row, UNIT, unit.words("money") or unit.name, font_color=MUTED)
    page.sheet.freeze_panes(HEADING_ROW + 1, FIRST)
    return page


def _write_scenario(page: Page, col: int, figures: Figures) -> None:
    scenario, wrapped = figures.scenario, {"text_wrap": True}
    page.headings(HEADING_ROW, col, [scenario.name])
    page.text(HASH_ROW, col, f"{scenario.hash}, {scenario.currency}", font_color=MUTED)
    words = answer(figures.projection)
    page.text(ANSWER_ROW, col, " ".join(filter(None, (words.sentence, words.detail))), **wrapped)
    page.text(CAVEAT_ROW, col, " ".join(caveats(scenario)), font_color="#B3261E", **wrapped)
    for name, row in ROWS.items():
        look = {"num_format": number_format(METRICS[name].unit), "align": "right"}
        value = figures.projection.metrics[name]
        page.value(row, col, "–" if value is None else value, **look)


def delivered(name: str, count: int) -> str:
    """The delivered value of a metric for the selected one of `count` scenarios, as a formula."""
    return f"INDEX({SHEET}!{across(ROWS[name], FIRST, FIRST + count - 1)},{SELECTED})"


def answer_cells(count: int) -> tuple[str, str]:
    """The cells with all answers and all caveats, with the sheet's name."""
    last = FIRST + count - 1
    return f"{SHEET}!{across(ANSWER_ROW, FIRST, last)}", f"{SHEET}!{across(CAVEAT_ROW, FIRST, last)}"


def delivered_cell(name: str, place: int) -> str:
    """The delivered value of a metric for one scenario, with the sheet's name."""
    return f"{SHEET}!{address(ROWS[name], FIRST + place)}"
