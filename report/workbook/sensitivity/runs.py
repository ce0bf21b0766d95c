"""The sheet Sensitivity runs: the plan run again for each target share and each number of years to reach it.

Net present value is no straight line in either, so each point of their table is a run of the live formulas, down
the months. Only what runs along time, or cannot be added up over months, has columns of its own; all other lines
that change are written into these and into the sum. What the years alone change stands once for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array, Expression, Name
from model.lines import LINES
from model.metrics import METRICS
from model.projection import affected, written_out
from model.telling.explain import label_of, unit_of
from report.workbook.book import ACCENT, MUTED, Book, Page, address, column_letter, down, in_row, number_format
from report.workbook.excel_formula import Places, excel
from report.workbook.few_rows import rows_of_their_own
from report.workbook.figures import Figures
from report.workbook.places import FLAG_ROW, HORIZON, MONTH_ROWS, MONTHS_SHEET, series_at
from report.workbook.rules import input_format
from report.workbook.sensitivity.axes import STEPS, Axis

SHEET = "Sensitivity runs"
TARGET, YEARS, RESULT = "social_share_target", "ramp_years", "present_value"
_CHANGED = frozenset(affected(frozenset({TARGET, YEARS}), towards=RESULT))
_BY_TARGET = frozenset(affected(frozenset({TARGET}), towards=RESULT))
_FLAG, _THIS, _BEFORE = "in_horizon", "\x01", "\x02"
LINE_ROW, TARGET_ROW, YEARS_ROW, TOP = 4, 5, 6, 8
_MONTH, _FIRST = 1, 2


_OWN = rows_of_their_own(RESULT, _CHANGED)
SHARED: tuple[str, ...] = tuple(name for name in LINES if name in _OWN - _BY_TARGET)
POINT: tuple[str, ...] = tuple(name for name in LINES if name in _OWN & _BY_TARGET)
_TREES: Mapping[str, Expression] = MappingProxyType(
    {name: written_out(name, _CHANGED - _OWN) for name in (*SHARED, *POINT, RESULT)}
)


def _taken() -> tuple[str, ...]:
    """What the formulas take from Months as it is, by month."""
    names = {node.name for tree in _TREES.values() for node in tree.walk() if isinstance(node, Name)}
    return (_FLAG, *(name for name in MONTH_ROWS if name in names - _OWN and name != "t"))


TAKEN = _taken()
_SHARED_FROM = _FIRST + len(TAKEN) + 1
_POINTS_FROM = _SHARED_FROM + STEPS * len(SHARED) + 1


@dataclass(frozen=True)
class Point:
    """A point of the table, by the places of its target and of its years."""

    target: int
    years: int

    def column(self, line: str) -> int:
        """Where a line of its run stands."""
        if line in SHARED:
            return _SHARED_FROM + SHARED.index(line) * STEPS + self.years
        return _POINTS_FROM + POINT.index(line) * STEPS**2 + self.years * STEPS + self.target

    def cell(self, line: str, name: str) -> str:
        """Where the formula of a line of the run finds a quantity, its own row and the one before marked as such."""
        if name in (TARGET, YEARS):
            row = TARGET_ROW if name == TARGET else YEARS_ROW
            return f"{column_letter(self.column(line))}${row + 1}"
        if name == "previous":
            return f"{column_letter(self.column(line))}{_BEFORE}"
        if name == "t":
            return f"${column_letter(_MONTH)}{_THIS}"
        if name in _OWN:
            return f"{'$' if name in SHARED else ''}{column_letter(self.column(name))}{_THIS}"
        return f"${column_letter(_taken_column(name))}{_THIS}" if name in TAKEN else name

    @property
    def number(self) -> int:
        """Its place among all points."""
        return self.target * STEPS + self.years


def _taken_column(name: str) -> int:
    return _FIRST + TAKEN.index(name)


@cache
def every_point() -> tuple[Point, ...]:
    """All points in the order of their numbers."""
    return tuple(Point(target, years) for target in range(STEPS) for years in range(STEPS))


def point_npv(point: Point, months: int) -> str:
    """The formula of a point's net present value over the horizon, up to `months`; without the equals sign."""

    def series(name: str) -> str:
        if name == RESULT:
            raise KeyError(name)
        if name in (TARGET, YEARS):
            return f"'{SHEET}'!{address(TARGET_ROW if name == TARGET else YEARS_ROW, point.column(POINT[0]))}"
        if name not in _OWN and name not in TAKEN and name != "t":
            return name
        col = _MONTH if name == "t" else point.column(name) if name in _OWN else _taken_column(name)
        return f"'{SHEET}'!{down(col, TOP, TOP + months - 1)}"

    tree = METRICS["npv"].function(_TREES[RESULT])
    return excel(tree, Places(str, series, in_horizon=series(_FLAG), horizon=HORIZON))


def point_series(figures: Figures, target: Axis, years: Axis) -> Mapping[str, Array]:
    """Each line over all months in every point, shape (points, months), and the present value."""
    pairs = np.array([(target.values[point.target], years.values[point.years]) for point in every_point()])
    known = figures.rerun({TARGET: pairs[:, :1], YEARS: pairs[:, 1:]})
    return {name: np.broadcast_to(known[name], (len(pairs), known["t"].size)) for name in (*SHARED, *POINT, RESULT)}


def write_runs(
    book: Book, figures: Figures, sides: Mapping[str, Axis], where: Mapping[str, list[str]], months: int
) -> Page:
    """The runs of all points over so many months; `where` holds the cells of the values along each side."""
    widths = [3, 7, *[13] * len(TAKEN), 3, *[11] * (STEPS * len(SHARED)), 3, *[11] * (STEPS**2 * len(POINT))]
    page = book.page(SHEET, "Sensitivity runs: each target share and years to reach it", "calculation", widths)
    page.text(3, _MONTH, "What stands in no column here and changes is written into these formulas.",
        font_color=MUTED)  # fmt: skip
    page.headings(LINE_ROW, _MONTH, ["Month"])
    page.text(TARGET_ROW, _FIRST, label_of(TARGET), font_color=MUTED)
    page.text(YEARS_ROW, _FIRST, label_of(YEARS), font_color=MUTED)
    page.height(LINE_ROW, 56)
    for month in range(1, months + 1):
        page.number(TOP + month - 1, _MONTH, month, num_format="0", align="left")
    for name in TAKEN:
        _write_taken(page, name, figures, months)
    series = point_series(figures, sides[TARGET], sides[YEARS])
    for point in every_point():
        for line in (*SHARED, *POINT):
            if line in POINT or point.target == 0:
                _write_column(page, point, line, series[line][point.number, :months], sides, where)
    page.sheet.freeze_panes(TOP, _FIRST)
    page.print_as(top=TOP - 1, labels=_MONTH)
    return page


def _write_taken(page: Page, name: str, figures: Figures, months: int) -> None:
    """A row of Months, down the sheet."""
    col, row = _taken_column(name), FLAG_ROW if name == _FLAG else MONTH_ROWS[name]
    label, form = (
        ("Counts: within the horizon", "0") if name == _FLAG else (label_of(name), number_format(unit_of(name)))
    )
    page.headings(LINE_ROW, col, [label], align="right")
    for month in range(months):
        value = float(month < figures.horizon) if name == _FLAG else float(figures.months[name][month])
        source = in_row(series_at(MONTHS_SHEET, row), f"${column_letter(_MONTH)}{TOP + month + 1}")
        page.formula(TOP + month, col, f"={source}", value, num_format=form)


def _write_column(
    page: Page, point: Point, line: str, values: Array, sides: Mapping[str, Axis], where: Mapping[str, list[str]]
) -> None:
    col, item = point.column(line), LINES[line]
    look = {"num_format": number_format(item.unit)}
    page.headings(LINE_ROW, col, [item.label], align="right")
    for row, name, place in ((TARGET_ROW, TARGET, point.target), (YEARS_ROW, YEARS, point.years)):
        if name == YEARS or line in POINT:
            form = input_format(ASSUMPTIONS[name].unit)
            page.formula(row, col, f"={where[name][place]}", sides[name].values[place], num_format=form,
                font_color=MUTED, bottom_color=ACCENT)  # fmt: skip
    if item.opening is not None:
        page.constant(TOP - 1, col, item.opening, **look)
    written = excel(_TREES[line], Places(lambda name: point.cell(line, name)))
    rows = ((row, written.replace(_THIS, str(row + 1)).replace(_BEFORE, str(row)), value)
            for row, value in enumerate(values.tolist(), start=TOP))  # fmt: skip
    page.series(((row, col, f"={formula}", value) for row, formula, value in rows), **look)
