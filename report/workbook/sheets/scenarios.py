"""The sheet Scenarios: the app's results for every scenario as delivered, side by side, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from model.metrics import LISTED, METRICS
from model.telling.measurement import label_with_basis
from model.units import Style
from report.words.narrative import answer
from report.workbook.book import (
    ACCENT,
    BAD_FILL,
    MUTED,
    NAME,
    Book,
    Page,
    across,
    address,
    down,
    in_row,
    number_format,
)
from report.workbook.fields import EDITS, SELECTED
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
# With several scenarios their live metrics stand above what was delivered.
_EDITED_ROW, _CURRENCY_ROW, _LIVE_TOP = HEADING_ROW + 1, HEADING_ROW + 2, HEADING_ROW + 4
_LIVE_HEIGHT = _LIVE_TOP - HEADING_ROW + len(LISTED) + 3


@dataclass(frozen=True)
class LiveColumn:
    """A scenario's own live results: the cells of its name, its currency, its edits and of each metric."""

    name: str
    currency: str
    edits: str
    metrics: Mapping[str, str]


def _lower(count: int) -> int:
    """By how much what was delivered stands lower, for so many scenarios."""
    return _LIVE_HEIGHT if count > 1 else 0


def _row(name: str, lower: int) -> int:
    return TOP + lower + LISTED.index(name)


def delivered_cell(name: str, number: int) -> str:
    """The cell of a metric of the `number`-th of several scenarios as delivered, with the sheet's name."""
    return f"{SHEET}!{address(_row(name, _LIVE_HEIGHT), FIRST + number - 1)}"


def differences(count: int) -> str:
    """The cells that say whether the selected one of so many scenarios is not as delivered."""
    return f"{SHEET}!{down(DIFFERS, _row(LISTED[0], _lower(count)), _row(LISTED[-1], _lower(count)))}"


def write_scenarios(book: Book, everything: Sequence[Figures], live: Sequence[LiveColumn]) -> Page:
    """One column a scenario: its live metrics where there are several, then its words and metrics as delivered."""
    count = len(everything)
    page = book.page(SHEET, "Scenarios side by side", "output", [3, 42, 13, 16, 10, *[_WIDTH] * count])
    page.text(3, LABEL, "Live metrics follow what is typed into each scenario's column of Inputs, whether it is "
        "selected or not." if live else "Only the column Live follows edits.", font_color=MUTED)  # fmt: skip
    if live:
        _write_live_block(page, everything, live)
    _write_delivered(page, everything, _lower(count))
    page.print_as(top=HEADING_ROW, labels=UNIT, chapters=[HEADING_ROW + _lower(count)] if live else [])
    page.sheet.freeze_panes(HEADING_ROW + 1, FIRST)
    return page


def _write_live_block(page: Page, everything: Sequence[Figures], live: Sequence[LiveColumn]) -> None:
    """Each scenario's metrics as its inputs now make them."""
    page.headings(HEADING_ROW, LABEL, ["Scenario", "Unit"])
    page.headings(HEADING_ROW, LIVE, ["Selected"], align="right")
    page.headings(HEADING_ROW, DIFFERS, [""])
    page.fit(HEADING_ROW, *((figures.scenario.name, 0.9 * _WIDTH) for figures in everything))
    page.text(_EDITED_ROW, LABEL, "Inputs edited since delivery")
    page.formula(_EDITED_ROW, LIVE, f"={EDITS}", 0, num_format="0", align="right", font_color=MUTED)
    page.text(_CURRENCY_ROW, LABEL, "Currency")
    page.formula(_CURRENCY_ROW, LIVE, "=scenario_currency", everything[0].scenario.currency, align="right",
        font_color=MUTED)  # fmt: skip
    page.section(_LIVE_TOP - 1, "Live metrics, each scenario in its own currency", FIRST + len(live) - 1)
    for place, (column, figures) in enumerate(zip(live, everything, strict=True)):
        col = FIRST + place
        page.formula(HEADING_ROW, col, f"={column.name}", figures.scenario.name, bold=True, bottom=1,
            bottom_color=ACCENT, text_wrap=True, **NAME)  # fmt: skip
        page.formula(_EDITED_ROW, col, f"={column.edits}", 0, num_format="0", align="right", font_color=MUTED)
        page.formula(_CURRENCY_ROW, col, f"={column.currency}", figures.scenario.currency, align="right",
            font_color=MUTED)  # fmt: skip
    for row, name in enumerate(LISTED, start=_LIVE_TOP):
        _write_names(page, row, name, f"live_{name}")
        page.book.name(f"live_{name}", f"{SHEET}!{across(row, FIRST, FIRST + len(live) - 1)}")
        cells = (name, *(column.metrics[name] for column in live))
        for col, cell, figures in zip((LIVE, *range(FIRST, FIRST + len(live))), cells, (everything[0], *everything),
                                      strict=True):  # fmt: skip
            _write_shown(page, row, col, name, cell, figures)


def _write_names(page: Page, row: int, name: str, public: str = "") -> None:
    page.public_name(row, public or name)
    page.text(row, LABEL, label_with_basis(name))
    unit = METRICS[name].unit
    page.text(row, UNIT, unit.words("money") or unit.name, font_color=MUTED)


def _write_shown(page: Page, row: int, col: int, name: str, cell: str, figures: Figures) -> None:
    """A live metric, or a dash where it has no value."""
    value = figures.figure(name)
    page.formula(row, col, f'=IF(ISNUMBER({cell}),{cell},"–")', "–" if value is None else value,
        num_format=number_format(METRICS[name].unit), align="right", bold=True)  # fmt: skip


def _write_delivered(page: Page, everything: Sequence[Figures], lower: int) -> None:
    """The words and metrics of each scenario as delivered, and whether the selected one still has them."""
    page.headings(HEADING_ROW + lower, LABEL, ["As delivered: values computed by the app", "Unit"])
    page.headings(HEADING_ROW + lower, LIVE, ["Selected, live" if lower else "Live"], align="right")
    page.headings(HEADING_ROW + lower, DIFFERS, [""])
    for row, label in _LABELS.items():
        page.text(row + lower, LABEL, label)
    page.fit(HEADING_ROW + lower, *((figures.scenario.name, 0.9 * _WIDTH) for figures in everything))
    for row, words in _TOLD.items():
        page.fit(row + lower, *((words(figures), _WIDTH) for figures in everything))
    page.section(TOP - 1 + lower, "Metrics, each scenario in its own currency", FIRST + len(everything) - 1)
    for place, figures in enumerate(everything):
        _write_scenario(page, FIRST + place, figures, lower)
    for name in LISTED:
        row = _row(name, lower)
        _write_names(page, row, name)
        _write_live(page, row, name, everything)


def _write_scenario(page: Page, col: int, figures: Figures, lower: int) -> None:
    scenario = figures.scenario
    page.headings(HEADING_ROW + lower, col, [scenario.name], **NAME)
    page.text(HASH_ROW + lower, col, f"{scenario.hash}, {scenario.currency}", font_color=MUTED)
    for row, words in _TOLD.items():
        look = {"font_color": BAD_FILL} if row == CAVEAT_ROW else {}
        page.text(row + lower, col, words(figures), text_wrap=True, **look)
    for name in LISTED:
        row = _row(name, lower)
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
    return tuple(f"{SHEET}!{across(row + _lower(count), FIRST, last)}" for row in _TOLD)


_TOLD: Mapping[int, Callable[[Figures], str]] = {
    ANSWER_ROW: answer_text,
    BESIDE_ROW: lambda figures: figures.beside_the_answer,
    CAUTION_ROW: lambda figures: figures.caveat,
    CAVEAT_ROW: lambda figures: figures.beyond_evidence,
}
