"""The sheet Sensitivities: net present value over two inputs at a time, in live formulas and without data tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.telling.explain import label_of, unit_of
from model.telling.measurement import label_with_basis
from model.units import MONEY
from report.workbook.book import (
    ACCENT,
    BAD_FILL,
    INPUT_FILL,
    INPUT_TEXT,
    MUTED,
    SECTION_FILL,
    Book,
    Page,
    Value,
    address,
    number_format,
)
from report.workbook.figures import NO_RETURN, SAME_RETURN, Figures
from report.workbook.places import HORIZON
from report.workbook.rules import input_format, rule
from report.workbook.sensitivity.axes import STEPS, Axis, axes
from report.workbook.sensitivity.runs import RESULT, TARGET, YEARS, Point, point_npv, point_series, write_runs
from report.workbook.sheets.checks import Check, value_scale
from report.workbook.sheets.scenarios import TOLERANCE_NAME

SHEET = "Sensitivities"
LABEL, DOWN, FIRST = 1, 2, 3
_WIDTHS = [3, 40, 13, *[17] * STEPS]
_HEIGHT = STEPS + 7
_INPUT: Mapping[str, Any] = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "locked": False}
_RETURN, _CAUSAL = "relative_return", "causal_share"


@dataclass(frozen=True)
class TwoWay:
    """A table: its defined name, the inputs down and across, how each cell comes about, and what to beware of.

    `formula` gives a cell's formula from the cells of its values down and across, its place and the months that
    there are runs of, `remark` a formula that gives a sentence or nothing, and `told` that sentence for a scenario.
    """

    name: str
    down: str
    across: str
    how: str
    formula: Callable[[str, str, Point, int], str]
    remark: Callable[[int], str]
    told: Callable[[Figures], str]
    top: int

    @property
    def head(self) -> int:
        """The row of the values across."""
        return self.top + 4

    def down_cell(self, place: int) -> str:
        """The cell of a value down, with the sheet's name."""
        return f"{SHEET}!{address(self.head + 1 + place, DOWN)}"

    def across_cell(self, place: int) -> str:
        """The cell of a value across, with the sheet's name."""
        return f"{SHEET}!{address(self.head, FIRST + place)}"

    def point(self, down: int, across: int) -> str:
        """A cell of the table, with the sheet's name."""
        return f"{SHEET}!{address(self.head + 1 + down, FIRST + across)}"


_NO_RELATIVE = "The other channels return nothing, so there is no relative return to vary."
_NOT_CAUSAL = "Training pays through media efficiency here, so the causal share does not matter."
_PATH = "The share follows a custom path here: the target does not matter, and the years only move the team."
_TOO_LONG = "The runs of this table reach {} months: make the file again for a longer horizon."
_AT_ONCE = "The rise is immediate here, so the years do not matter."


def _by_straight_lines(causal: str, relative: str, _point: Point, _months: int) -> str:
    """From the runs at both ends: along the return as all else is, and what the causal share adds to the plan's."""
    along = f"{NO_RETURN}+{relative}*({SAME_RETURN}-{NO_RETURN})"
    beside = f"npv_none_causal+{causal}*(npv_all_causal-npv_none_causal)-npv"
    return f'IF(ISNUMBER({relative}*relative_return),{along}+{beside},"–")'


def _remark_on_returns(figures: Figures) -> str:
    if figures.projection.metrics["relative_return"] is None:
        return _NO_RELATIVE
    return "" if figures.scenario.values["benefit_route"] == "per_employee" else _NOT_CAUSAL


def _remark_on_rise(figures: Figures) -> str:
    return {"custom": _PATH, "immediate": _AT_ONCE}.get(str(figures.scenario.values["ramp_shape"]), "")


RETURNS = TwoWay(
    "npv_by_causal_share_and_return", _CAUSAL, _RETURN,
    "It is a straight line in both and neither changes what the other adds, so runs at both ends give every cell.",
    _by_straight_lines,
    lambda _: f'IF(ISNUMBER(relative_return),IF(benefit_route="per_employee","","{_NOT_CAUSAL}"),"{_NO_RELATIVE}")',
    _remark_on_returns, 5,
)  # fmt: skip
RISE = TwoWay(
    "npv_by_target_and_years", TARGET, YEARS,
    "It is no straight line in either, so every cell is a run of its own, on the sheet Sensitivity runs.",
    lambda _target, _years, point, months: f'IF({HORIZON}>{months},"–",{point_npv(point, months)})',
    lambda months: (
        f'IF({HORIZON}>{months},"{_TOO_LONG.format(months)}",'
        f'IF(ramp_shape="custom","{_PATH}",IF(ramp_shape="immediate","{_AT_ONCE}","")))'
    ),
    _remark_on_rise, 5 + _HEIGHT + 2,
)  # fmt: skip
TABLES = (RETURNS, RISE)


def write_sensitivities(book: Book, figures: Figures, months: int) -> Page:
    """Both tables, one below the other; the second has runs over so many months."""
    page = book.page(SHEET, "Sensitivities: net present value over two inputs at a time", "output", _WIDTHS)
    page.text(3, LABEL, "The value in bold is the live one. Type others beside it, blue on cream.", font_color=MUTED)
    sides = axes(figures)
    for table, values in ((RETURNS, _returns(figures, sides)), (RISE, _rise(figures, sides))):
        _write_table(page, table, sides, values, figures, months)
    page.sheet.freeze_panes(3, 0)
    page.print_as(top=3)
    return page


def write_runs_of_rise(book: Book, figures: Figures, months: int) -> Page:
    """The runs behind the table by target share and years, over so many months."""
    places = range(STEPS)
    cells = {RISE.down: [*map(RISE.down_cell, places)], RISE.across: [*map(RISE.across_cell, places)]}
    return write_runs(book, figures, axes(figures), cells, months)


def _returns(figures: Figures, sides: Mapping[str, Axis]) -> list[list[Value]]:
    if figures.projection.metrics["relative_return"] is None:
        return [["–"] * STEPS] * STEPS
    known = figures.projection.counterfactuals
    low, same = figures.run_npv(NO_RETURN), figures.run_npv(SAME_RETURN)
    none, whole = known["npv_none_causal"], known["npv_all_causal"]
    npv = figures.figure("npv") or 0.0
    return [
        [low + relative * (same - low) + none + causal * (whole - none) - npv for relative in sides[_RETURN].values]
        for causal in sides[_CAUSAL].values
    ]


def _rise(figures: Figures, sides: Mapping[str, Axis]) -> list[list[Value]]:
    months = point_series(figures, sides[TARGET], sides[YEARS])[RESULT][:, : figures.horizon]
    values: list[list[Value]] = np.sum(months, axis=1).reshape(STEPS, STEPS).tolist()
    return values


def _write_table(
    page: Page, table: TwoWay, sides: Mapping[str, Axis], values: Sequence[Sequence[Value]], figures: Figures,
    months: int,
) -> None:  # fmt: skip
    down, across = sides[table.down], sides[table.across]
    currency = figures.scenario.currency
    title = f"{label_with_basis('npv')} by {_lower(table.down)} and {_lower(table.across)}, "
    page.section(table.top, "", FIRST + STEPS - 1)
    page.formula(
        table.top, LABEL, f'="{title}"&scenario_currency', title + currency, bold=True, bg_color=SECTION_FILL
    )
    page.text(table.top + 1, LABEL, table.how, font_color=MUTED)
    page.formula(
        table.top + 2, LABEL, f"={table.remark(months)}", table.told(figures), font_color=BAD_FILL, bold=True
    )
    page.text(table.head - 1, FIRST, f"{label_of(table.across)} →", bold=True)
    page.text(table.head, LABEL, f"{label_of(table.down)} ↓", bold=True)
    for place in range(STEPS):
        edges: tuple[dict[str, Any], ...] = (
            {"bottom": 1, "bottom_color": ACCENT},
            {"right": 1, "right_color": ACCENT},
        )
        _write_side(page, across, place, (table.head, FIRST + place), figures, edges[0])
        _write_side(page, down, place, (table.head + 1 + place, DOWN), figures, edges[1])
    for i, row in enumerate(values):
        page.public_name(table.head + 1 + i, f"{table.name}_{i + 1}")
        for j, value in enumerate(row):
            live = {"bold": True, "border": 1, "border_color": ACCENT} if (i, j) == (down.live, across.live) else {}
            formula = table.formula(table.down_cell(i), table.across_cell(j), Point(i, j), months)
            page.formula(table.head + 1 + i, FIRST + j, f"={formula}", value, num_format=number_format(MONEY),
                align="right", **live)  # fmt: skip
    area = (table.head + 1, FIRST, table.head + STEPS, FIRST + STEPS - 1)
    page.rule(area, f"=N({address(*area[:2], absolute=False)})<0", font_color=BAD_FILL)
    page.book.name(table.name, f"{SHEET}!{address(*area[:2])}:{address(*area[2:])}")


def _lower(name: str) -> str:
    words = label_of(name)
    return words[:1].lower() + words[1:]


def _write_side(
    page: Page, axis: Axis, place: int, where: tuple[int, int], figures: Figures, edge: Mapping[str, Any]
) -> None:
    """A value along a side: the live one as a formula, the others to be typed."""
    row, col = where
    look = {"num_format": input_format(unit_of(axis.name)), "align": "right", **edge}
    if place == axis.live:
        value: Value = axis.values[place]
        if axis.name in METRICS and figures.figure(axis.name) is None:
            value = "–"
        live = f'=IF(ISNUMBER({axis.name}),{axis.name},"–")'
        page.formula(row, col, live, value, bold=True, **look)
        return
    page.number(row, col, axis.values[place], **_INPUT, **look)
    page.sheet.data_validation(row, col, row, col, dict(rule(ASSUMPTIONS[axis.bounded])))


def sensitivity_checks(figures: Figures) -> Mapping[str, Check]:
    """At the live values each table gives the net present value."""
    sides = axes(figures)
    return {
        f"{table.name}_agrees": Check(
            f"At the live values the table by {_lower(table.down)} and {_lower(table.across)} gives the net present "
            "value.",
            _apart(table.point(sides[table.down].live, sides[table.across].live)),
            f"{TOLERANCE_NAME}*{value_scale()}",
            figures.money_at_stake,
        )
        for table in TABLES
    }


def _apart(cell: str) -> str:
    """How far a cell is from the net present value; nothing where the table has no value."""
    return f'IF({cell}="–",0,ABS({cell}-npv))'
