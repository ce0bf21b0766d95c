"""The sheet Scenarios: the app's results for every scenario as delivered, side by side, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from model.metrics import LISTED, METRICS
from model.units import Style
from report.words.narrative import answer
from report.workbook.book import BAD_FILL, MUTED, NAME, Book, Page, across, down, in_row, number_format
from report.workbook.fields import SELECTED
from report.workbook.figures import Figures
from report.workbook.places import metric_cell

SHEET = "Scenarios"
LABEL, UNIT, LIVE, DIFFERS, FIRST = range(1, 6)
TOLERANCE_NAME = "check_tolerance"
_WIDTH = 34
HEADING_ROW, HASH_ROW, ANSWER_ROW, BESIDE_ROW, CAUTION_ROW, CAVEAT_ROW, TOP = 4, 5, 6, 7, 8, 9, 11
_LABELS = {
    HASH_ROW: "Content hash", ANSWER_ROW: "What it returns", BESIDE_ROW: "What must be true",
    CAUTION_ROW: "What to beware of", CAVEAT_ROW: "What goes beyond the evidence",
}  # fmt: skip
ROWS: Mapping[str, int] = MappingProxyType({name: TOP + place for place, name in enumerate(LISTED)})
DIFFERENCES = f"{SHEET}!{down(DIFFERS, min(ROWS.values()), max(ROWS.values()))}"


def write_scenarios(book: Book, everything: Sequence[Figures]) -> Page:
    """One column a scenario: its name, hash, answer, caveats and metrics."""
    page = book.page(
        SHEET, "Scenarios as delivered, side by side", "output", [3, 42, 13, 16, 10, *[_WIDTH] * len(everything)]
    )
    page.text(3, LABEL, "Values computed by the app when the file was made; only the column Live follows edits.",
        font_color=MUTED)  # fmt: skip
    page.headings(HEADING_ROW, LABEL, ["Scenario", "Unit"])
    page.headings(HEADING_ROW, LIVE, ["Live"], align="right")
    page.headings(HEADING_ROW, DIFFERS, [""])
    for row, label in _LABELS.items():
        page.text(row, LABEL, label)
    page.fit(HEADING_ROW, *((figures.scenario.name, 0.9 * _WIDTH) for figures in everything))
    page.fit(ANSWER_ROW, *((answer_text(figures), _WIDTH) for figures in everything))
    page.fit(BESIDE_ROW, *((figures.beside_the_answer, _WIDTH) for figures in everything))
    page.fit(CAUTION_ROW, *((figures.caveat, _WIDTH) for figures in everything))
    page.fit(
        CAVEAT_ROW,
        *((figures.beyond_evidence, _WIDTH) for figures in everything),
    )
    page.section(TOP - 1, "Metrics, each scenario in its own currency", FIRST + len(everything) - 1)
    for place, figures in enumerate(everything):
        _write_scenario(page, FIRST + place, figures)
    for name, row in ROWS.items():
        page.public_name(row, name)
        page.text(row, LABEL, METRICS[name].label)
        unit = METRICS[name].unit
        page.text(row, UNIT, unit.words("money") or unit.name, font_color=MUTED)
        _write_live(page, row, name, everything)
    page.print_as(top=HEADING_ROW, labels=UNIT)
    page.sheet.freeze_panes(HEADING_ROW + 1, FIRST)
    return page


def _write_scenario(page: Page, col: int, figures: Figures) -> None:
    scenario, wrapped = figures.scenario, {"text_wrap": True}
    page.headings(HEADING_ROW, col, [scenario.name], **NAME)
    page.text(HASH_ROW, col, f"{scenario.hash}, {scenario.currency}", font_color=MUTED)
    page.text(ANSWER_ROW, col, answer_text(figures), **wrapped)
    page.text(BESIDE_ROW, col, figures.beside_the_answer, **wrapped)
    page.text(CAUTION_ROW, col, figures.caveat, **wrapped)
    page.text(CAVEAT_ROW, col, figures.beyond_evidence, font_color=BAD_FILL, **wrapped)
    for name, row in ROWS.items():
        look = {"num_format": number_format(METRICS[name].unit), "align": "right"}
        value = figures.projection.metrics[name]
        page.value(row, col, "–" if value is None else value, **look)


def _write_live(page: Page, row: int, name: str, everything: Sequence[Figures]) -> None:
    """The live metric, and 1 where it is not what was delivered for the selected scenario."""
    live = metric_cell(name)
    value = everything[0].figure(name)
    stored = in_row(across(row, FIRST, FIRST + len(everything) - 1, absolute=False), SELECTED)
    scale = f"MAX(ABS({live}),ABS({stored}))"
    if METRICS[name].unit.style is Style.MONEY:
        scale = f"({scale}+ABS({metric_cell('pv_benefits')})+ABS({metric_cell('pv_costs')}))"
    differs = f"1*(ABS({live}-{stored})>{TOLERANCE_NAME}*{scale})"
    page.formula(row, LIVE, f'=IF(ISNUMBER({live}),{live},"–")', "–" if value is None else value,
        num_format=number_format(METRICS[name].unit), align="right", bold=True)  # fmt: skip
    page.formula(row, DIFFERS,
        f"=IF(ISNUMBER({live})*ISNUMBER({stored}),{differs},1*(ISNUMBER({live})<>ISNUMBER({stored})))", 0,
        num_format='"differs";;"same"', font_color=MUTED)  # fmt: skip


def answer_text(figures: Figures) -> str:
    """What the scenario returns, in words."""
    words = answer(figures.projection, today=figures.today)
    return " ".join(filter(None, (words.sentence, words.detail)))


def answer_cells(count: int) -> tuple[str, ...]:
    """The cells with all answers, what must be true for them, what to beware of, what goes beyond the evidence."""
    last = FIRST + count - 1
    rows = (ANSWER_ROW, BESIDE_ROW, CAUTION_ROW, CAVEAT_ROW)
    return tuple(f"{SHEET}!{across(row, FIRST, last)}" for row in rows)
