"""The sheet IRR: sign changes and the rate of return of a line, searched step by step in plain cells.

Excel's own IRR starts from a guess and gives up on flows that grow or shrink fast. Halving an interval never
does, and it is the search whose answer the app gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.lines import LINES
from report.workbook.book import MUTED, Book, Page, address, down, in_column, in_row
from report.workbook.figures import MONTHS, Figures
from report.workbook.places import (
    HORIZON,
    IN_HORIZON,
    IRR_COLUMNS,
    IRR_ROWS,
    IRR_SHEET,
    MONTH_ROWS,
    MONTHS_SHEET,
    SEARCHED,
    irr_column,
    series_at,
)

STEPS = 64
LIMIT = 50.0
NUMBER = 1
FIRST_ROW, LAST_ROW, SIGN_ROW, LIMIT_ROW = 7, 8, 9, 10
HEADING_ROW, TOP = 13, 15
_LABELS = {
    "sign_changes": "Sign changes within the horizon",
    "irr_each": "Rate per month at which the value today is zero",
}


@dataclass(frozen=True)
class Halving:
    """One step of the search: the interval of the logarithm of the monthly discount factor, and what lies midway."""

    low: float
    high: float
    value: float

    @property
    def middle(self) -> float:
        """Midway between the ends."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class RateSearch:
    """What is searched for the rate of return: a line of a sheet, and the columns for it from `col` on.

    `series` are its cells in all months, `flags` those that say which months count, `horizon` that of how many do;
    `figures` has its values. `of` says whose line it is, empty for the live one.
    """

    line: str
    col: int
    series: str
    flags: str
    horizon: str
    figures: Figures
    of: str = ""


def live_searches(figures: Figures) -> tuple[RateSearch, ...]:
    """Each line of Months of which a metric takes the rate of return."""
    return tuple(
        RateSearch(line, irr_column(line), series_at(MONTHS_SHEET, MONTH_ROWS[line]), IN_HORIZON, HORIZON, figures)
        for line in SEARCHED
    )


def write_irr(book: Book, searches: Sequence[RateSearch]) -> Page:
    """A block of columns for each line that is searched."""
    widths = [*[16.0] * (IRR_COLUMNS - 1), 3.0] * len(searches)
    page = book.page(IRR_SHEET, "Internal rate of return: the search", "calculation", [3, 46, *widths])
    why = "The rate is found by halving an interval, which always arrives where net cash changes sign once."
    page.text(3, NUMBER, why, font_color=MUTED)
    for name, row in IRR_ROWS.items():
        page.text(row, NUMBER, _LABELS[name], bold=True)
    for row, label in (
        (FIRST_ROW, "First month with a flow"),
        (LAST_ROW, "Last month with a flow"),
        (SIGN_ROW, "Sign of the first flow"),
        (LIMIT_ROW, "Search limit, ± logarithm of the monthly discount factor"),
    ):
        page.text(row, NUMBER, label)
    page.headings(HEADING_ROW, NUMBER, ["Month, and step of the search"])
    for month in range(1, MONTHS + 1):
        row = TOP + month - 1
        before = address(row - 1, NUMBER, absolute=False)
        page.formula(row, NUMBER, f"={before}+1" if month > 1 else "=1", month, num_format="0", align="left")
    for search_ in searches:
        _write_block(page, search_)
    page.sheet.freeze_panes(HEADING_ROW + 1, NUMBER + 1)
    page.print_as(top=HEADING_ROW, labels=NUMBER)
    return page


def _write_block(page: Page, found: RateSearch) -> None:
    col, horizon = found.col, found.figures.horizon
    flows = found.figures.months[found.line].copy()
    flows[horizon:] = 0
    signs = carried_signs(flows)
    steps = search(flows[:horizon])
    page.text(3, col, found.of, font_color=MUTED, align="right")
    page.text(4, col, LINES[found.line].label, bold=True, align="right")
    page.headings(
        HEADING_ROW, col, ["Flow", "Sign so far", "Change", "From", "To", "Midway", "Value there"], align="right"
    )
    _write_results(page, found, flows[:horizon], signs, steps)
    _write_months(page, found, flows, signs)
    _write_steps(page, col, steps)


def _write_results(page: Page, found: RateSearch, flows: Array, signs: Array, steps: list[Halving]) -> None:
    col, horizon = found.col, found.horizon
    numbers, flow = down(NUMBER, TOP, TOP + MONTHS - 1), down(col, TOP, TOP + MONTHS - 1)
    last_step = address(TOP + STEPS - 1, col + 5)
    first, last = _first_and_last(flows)
    results: dict[int, tuple[str, float]] = {
        IRR_ROWS["sign_changes"]: (f"=SUM({down(col + 2, TOP, TOP + MONTHS - 1)})", float(_changes(signs).sum())),
        IRR_ROWS["irr_each"]: (f"=EXP(-{last_step})-1", float(np.expm1(-steps[-1].middle))),
        FIRST_ROW: (f"={horizon}+1-SUMPRODUCT(MAX(({flow}<>0)*({horizon}+1-{numbers})))", first),
        LAST_ROW: (f"=SUMPRODUCT(MAX(({flow}<>0)*{numbers}))", last),
        SIGN_ROW: (f"=SIGN({in_column(flow, f'MIN({address(FIRST_ROW, col)},{horizon})')})", _first_sign(flows)),
    }
    for row, (formula, value) in results.items():
        page.formula(row, col, formula, value, num_format="0.0000000000" if row == IRR_ROWS["irr_each"] else "0")
    page.constant(LIMIT_ROW, col, LIMIT, num_format="0")


def _write_months(page: Page, found: RateSearch, flows: Array, signs: Array) -> None:
    """The flows within the horizon, the last sign that was not zero, and where it changes."""
    col, series, flags = found.col, found.series, found.flags
    page.constant(TOP - 1, col + 1, 0, num_format="0", font_color=MUTED)
    for place in range(MONTHS):
        row = TOP + place
        number, flow = (address(row, at, absolute=False) for at in (NUMBER, col))
        sign, before = (address(line_row, col + 1, absolute=False) for line_row in (row, row - 1))
        page.formula(row, col, f"={in_row(series, number)}*{in_row(flags, number)}", flows[place],
            num_format="#,##0.00")  # fmt: skip
        page.formula(row, col + 1, f"=IF({flow}=0,{before},SIGN({flow}))", signs[place], num_format="0")
        page.formula(row, col + 2, f"=1*({sign}*{before}<0)", _changes(signs)[place], num_format="0")


def _write_steps(page: Page, col: int, steps: list[Halving]) -> None:
    numbers, flow = down(NUMBER, TOP, TOP + MONTHS - 1), down(col, TOP, TOP + MONTHS - 1)
    first, last = address(FIRST_ROW, col), address(LAST_ROW, col)
    limit, sign = address(LIMIT_ROW, col), address(SIGN_ROW, col)
    for place, step in enumerate(steps):
        row = TOP + place
        low, high, middle = (address(row, col + at, absolute=False) for at in (3, 4, 5))
        low0, high0, middle0, value0 = (address(row - 1, col + at, absolute=False) for at in (3, 4, 5, 6))
        ends = (f"=-{limit}", f"={limit}")
        if place:
            ends = (f"=IF(SIGN({value0})={sign},{middle0},{low0})", f"=IF(SIGN({value0})={sign},{high0},{middle0})")
        page.formula(row, col + 3, ends[0], step.low, num_format="0.000000000000")
        page.formula(row, col + 4, ends[1], step.high, num_format="0.000000000000")
        page.formula(row, col + 5, f"=({low}+{high})/2", step.middle, num_format="0.000000000000")
        # Counted from the month that weighs most, so that no weight exceeds 1.
        anchor = f"IF({middle}<0,{first},{last})"
        weights = f"EXP(-ABS({middle})*ABS({numbers}-{anchor}))"
        page.formula(row, col + 6, f"=SUMPRODUCT({flow}*{weights})", step.value, num_format="0.00E+00")


def carried_signs(flows: Array) -> Array:
    """For each month the last sign that was not zero."""
    signs = np.sign(flows)
    for month in range(1, signs.size):
        if signs[month] == 0:
            signs[month] = signs[month - 1]
    return signs


def search(flows: Array) -> list[Halving]:
    """The steps of the search, as the cells make them."""
    low, high, sign = -LIMIT, LIMIT, _first_sign(flows)
    first, last = _first_and_last(flows)
    months = np.arange(1, flows.size + 1)
    steps = []
    for _ in range(STEPS):
        middle = (low + high) / 2
        distance = np.abs(months - (first if middle < 0 else last))
        step = Halving(low, high, float(np.sum(flows * np.exp(-abs(middle) * distance))))
        low, high = (middle, high) if np.sign(step.value) == sign else (low, middle)
        steps.append(step)
    return steps


def _changes(signs: Array) -> Array:
    changes: Array = (signs * np.concatenate([[0.0], signs[:-1]]) < 0).astype(float)
    return changes


def _first_and_last(flows: Array) -> tuple[int, int]:
    """The months of the first and last flow that is not zero; where there is none, as the cells have it."""
    paid = np.flatnonzero(flows) + 1
    return (int(paid[0]), int(paid[-1])) if paid.size else (flows.size + 1, 0)


def _first_sign(flows: Array) -> float:
    first, _ = _first_and_last(flows)
    return float(np.sign(flows[min(first, flows.size) - 1]))
