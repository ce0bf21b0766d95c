"""Where every quantity stands: the rows and columns of the sheets, and the places that formulas refer to.

Rows and columns are counted from 0. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from model.formula import Expression, Name, Operation
from model.lines import LINES
from model.metrics import BRIDGE, COUNTERFACTUALS, LISTED, METRICS
from model.other.amounts import SIDES
from report.workbook.book import across, address, column_letter
from report.workbook.excel_formula import Places
from report.workbook.figures import MONTHS, RUNS

# Columns of every sheet by month: name, label, unit, sign, month 0, months 1 …
NAME, LABEL, UNIT, SIGN, OPENING = range(5)
FIRST = OPENING + 1
LAST = OPENING + MONTHS

# Rows of every sheet by month.
HORIZON_ROW, MONTH_ROW, DATE_ROW, FISCAL_ROW, FLAG_ROW = 3, 4, 5, 6, 7
TOP = 9

MONTHS_SHEET, SUMMARY_SHEET, IRR_SHEET = "Months", "Summary", "IRR"
HORIZON = "horizon_months"
# In an order in which each is made of those above it.
_GIVEN = ("path_month", "path_to", "path_from", *(name for side in SIDES.values() for name in side.series))
GIVEN_ROWS: Mapping[str, int] = MappingProxyType({name: TOP + place for place, name in enumerate(_GIVEN)})
LINES_TOP = TOP + len(GIVEN_ROWS) + 2
MONTH_ROWS: Mapping[str, int] = MappingProxyType(
    {"t": MONTH_ROW} | dict(GIVEN_ROWS) | {name: LINES_TOP + place for place, name in enumerate(LINES)}
)
LINES_END = max(MONTH_ROWS.values())


@cache
def line_signs() -> Mapping[str, str]:
    """How each line enters net cash: + adds to it, − is taken off it."""
    terms = dict(_terms(LINES["net_cash"].expression, 1)) | dict(BRIDGE)
    return {name: "+" if sign > 0 else "−" for name, sign in terms.items()}


def _terms(node: Expression, sign: int) -> list[tuple[str, int]]:
    """The names a sum is made of, with their signs."""
    if isinstance(node, Name):
        return [(node.name, sign)]
    assert isinstance(node, Operation)
    left, right = node.operands
    return _terms(left, sign) + _terms(right, -sign if node.function == "subtract" else sign)


def changes_row(place: int) -> int:
    """Row of a changed assumption on the sheet of a run."""
    return TOP + place


def run_rows(run: str) -> Mapping[str, int]:
    """Row of each line on the sheet of a run; the run's net present value stands above the first."""
    top = TOP + len(RUNS[run].changes) + 3
    return {name: top + place for place, name in enumerate(RUNS[run].lines)}


def run_npv_row(run: str) -> int:
    """Row of the net present value on the sheet of a run."""
    return TOP + len(RUNS[run].changes)


def series_at(sheet: str, row: int) -> str:
    """All months of a row, with the sheet's name."""
    return f"{sheet}!{across(row, FIRST, LAST)}"


IN_HORIZON = series_at(MONTHS_SHEET, FLAG_ROW)
MONTH_NUMBERS = series_at(MONTHS_SHEET, MONTH_ROW)


# In a row's formula, the column of the month at hand and of the one before it.
THIS, BEFORE = "\x01", "\x02"
Finder = Callable[[str], str]


def at_column(formula: str, col: int) -> str:
    """A row's formula as it stands in a column."""
    return formula.replace(THIS, column_letter(col)).replace(BEFORE, column_letter(col - 1))


def places_in_row(line: str, own: Mapping[str, int], elsewhere: Finder) -> Places:
    """What a line's formula refers to in the month at hand: rows of its own sheet, else what is found elsewhere."""

    def cell(name: str) -> str:
        if name == "previous":
            return f"{BEFORE}{own[line] + 1}"
        return f"{THIS}{own[name] + 1}" if name in own else elsewhere(name)

    return Places(cell)


def places_in_month(line: str, run: str | None = None) -> Places:
    """What a line's formula refers to in the month at hand: on the sheet of a run its own lines, else Months."""
    changes = tuple(RUNS[run].changes) if run else ()

    def elsewhere(name: str) -> str:
        if name in changes:
            return address(changes_row(changes.index(name)), OPENING)
        return f"{MONTHS_SHEET}!{THIS}{MONTH_ROWS[name] + 1}" if name in MONTH_ROWS else _assumption(name)

    return places_in_row(line, MONTH_ROWS if run is None else run_rows(run), elsewhere)


def _assumption(name: str) -> str:
    if name not in ASSUMPTIONS:
        raise KeyError(name)
    return name


# The summary

SUMMARY_VALUE = 2
SUMMARY_TOP = 7
PARTS: tuple[str, ...] = tuple(name for name in METRICS if name not in LISTED) + tuple(COUNTERFACTUALS)
PARTS_TOP = SUMMARY_TOP + len(LISTED) + 2
SUMMARY_ROWS: Mapping[str, int] = MappingProxyType(
    {name: SUMMARY_TOP + place for place, name in enumerate(LISTED)}
    | {name: PARTS_TOP + place for place, name in enumerate(PARTS)}
)


def metric_cell(name: str) -> str:
    """The cell of a metric or of a run's net present value on the summary, with the sheet's name."""
    return f"{SUMMARY_SHEET}!{address(SUMMARY_ROWS[name], SUMMARY_VALUE)}"


def _summary_cell(name: str) -> str:
    """The defined name of a metric's, a run's or an assumption's cell: it is the public name."""
    return name if name in SUMMARY_ROWS else _assumption(name)


def _series(run: str | None, name: str) -> str:
    if run and name in RUNS[run].lines:
        return series_at(run, run_rows(run)[name])
    return series_at(MONTHS_SHEET, MONTH_ROWS[name]) if name in MONTH_ROWS else _assumption(name)


def places_over_months(run: str | None = None) -> Places:
    """What a formula over the whole horizon refers to, such as a metric's; lines of a run before those of Months."""
    return Places(
        cell=_summary_cell,
        series=lambda name: _series(run, name),
        helper=irr_cell,
        in_horizon=IN_HORIZON,
        months=MONTH_NUMBERS,
        horizon=HORIZON,
    )


# The search for the rate of return: a block of columns for each line that has one


def _searched() -> tuple[str, ...]:
    """Lines of which some metric takes the rate of return or counts the sign changes."""
    trees = [item.expression for item in METRICS.values()]
    trees += [undefined.when.expression for item in METRICS.values() for undefined in item.undefined]
    return tuple(dict.fromkeys(name for tree in trees for name in _operands(tree)))


def _operands(tree: Expression) -> list[str]:
    nodes = (node for node in tree.walk() if isinstance(node, Operation) and node.function in IRR_ROWS)
    return [node.operands[0].name for node in nodes if isinstance(node.operands[0], Name)]


IRR_ROWS: Mapping[str, int] = MappingProxyType({"sign_changes": 5, "irr_each": 6})
IRR_COLUMNS = 8
SEARCHED: tuple[str, ...] = _searched()


def irr_column(line: str, scenario: int = 0) -> int:
    """The column in which the results of a line's search stand, live or of a scenario's own column, from 1."""
    return 2 + IRR_COLUMNS * (scenario * len(SEARCHED) + SEARCHED.index(line))


def irr_cell(function: str, line: str, scenario: int = 0) -> str:
    """The cell with a result of the search, with the sheet's name."""
    return f"{IRR_SHEET}!{address(IRR_ROWS[function], irr_column(line, scenario))}"
