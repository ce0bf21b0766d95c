"""The sheets Live 1, Live 2 …: which lines stand on them, where, and what their formulas refer to.

A line that only one other takes is written into that one, and what no metric is made of is left out; Months shows
every step for the selected scenario. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.formula import Constant, Expression, inlined
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, LISTED, METRICS
from model.projection import affected, ancestors, written_out
from report.workbook.book import across, address
from report.workbook.excel_formula import Places
from report.workbook.few_rows import rows_of_their_own, runs_along_time
from report.workbook.places import (
    FIRST,
    FLAG_ROW,
    GIVEN_ROWS,
    HORIZON_ROW,
    LAST,
    LINES_TOP,
    MONTH_ROW,
    OPENING,
    PARTS,
    irr_cell,
    places_in_row,
)

RESULT = "present_value"
HORIZON = address(HORIZON_ROW, OPENING)
_FIXED: Mapping[str, int] = MappingProxyType({"t": MONTH_ROW, **GIVEN_ROWS})
# Beside a metric: its live value, that delivered, whether they differ, and why there is none.
VALUE, DELIVERED, DIFFERS, REASON = OPENING, FIRST, FIRST + 1, FIRST + 2


def _read() -> set[str]:
    """The lines that metrics, and the conditions under which they have no value, are made of."""
    formulas = [formula for item in METRICS.values() for formula in (item, *(one.when for one in item.undefined))]
    return {name for formula in formulas for name in formula.precedents if name in LINES}


def _with_rows() -> tuple[str, ...]:
    read = _read()
    needed = set().union(*map(ancestors, read))

    def shared(name: str) -> bool:
        return sum(name in LINES[other].precedents for other in needed) > 1

    return tuple(
        name for name in LINES if name in needed and (name in read or runs_along_time(name) or shared(name))
    )


LINE_ROWS: Mapping[str, int] = MappingProxyType({name: LINES_TOP + place for place, name in enumerate(_with_rows())})
_WITHOUT = frozenset(LINES) - LINE_ROWS.keys()
TREES: Mapping[str, Expression] = MappingProxyType({name: written_out(name, _WITHOUT) for name in LINE_ROWS})


@dataclass(frozen=True)
class RunRows:
    """The lines of a run with changed assumptions that need rows of their own, and its present value by month."""

    name: str
    label: str
    rows: Mapping[str, int]
    trees: Mapping[str, Expression]
    result: Expression

    @property
    def last(self) -> int:
        """Its last row."""
        return max(self.rows.values())


def _runs() -> Iterator[RunRows]:
    top = max(LINE_ROWS.values()) + 3
    for name, item in COUNTERFACTUALS.items():
        lines = frozenset(affected(frozenset(item.changes), towards=RESULT)) | _WITHOUT
        own = rows_of_their_own(RESULT, lines)
        changed = {assumption: Constant(value) for assumption, value in item.changes.items()}
        trees = {line: inlined(written_out(line, lines - own), changed.get) for line in (*own, RESULT)}
        rows = {line: top + place for place, line in enumerate(line for line in LINES if line in own)}
        yield RunRows(name, item.label, MappingProxyType(rows), MappingProxyType(trees), trees[RESULT])
        top += len(rows) + 2


RUN_ROWS: tuple[RunRows, ...] = tuple(_runs())
METRICS_TOP = RUN_ROWS[-1].last + 4
METRIC_ROWS: Mapping[str, int] = MappingProxyType(
    {name: METRICS_TOP + place for place, name in enumerate((*LISTED, *PARTS))}
)
LAST_ROW = max(METRIC_ROWS.values())
EDITS_ROW = LAST_ROW + 2


@dataclass(frozen=True)
class ScenarioColumn:
    """A scenario's column of Inputs, by its number from 1; `find` gives the cell or cells of an input there."""

    number: int
    find: Callable[[str], str]

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return f"Live {self.number}"

    def cell(self, row: int, col: int) -> str:
        """A cell of its sheet, with the sheet's name."""
        return f"'{self.sheet}'!{address(row, col)}"

    def metric(self, name: str) -> str:
        """The cell of a metric, with the sheet's name."""
        return self.cell(METRIC_ROWS[name], VALUE)

    def in_month(self, line: str, run: RunRows | None = None) -> Places:
        """What the formula of a line's row refers to in the month at hand."""
        rows = {**_FIXED, **LINE_ROWS, **(run.rows if run else {})}
        return places_in_row(line, rows, self.find)

    def over_months(self, run: RunRows | None = None) -> Places:
        """What a formula over the whole horizon refers to, such as a metric's."""
        rows = {**_FIXED, **LINE_ROWS, **(run.rows if run else {})}
        return Places(
            cell=lambda name: address(METRIC_ROWS[name], VALUE) if name in METRIC_ROWS else self.find(name),
            series=lambda name: across(rows[name], FIRST, LAST) if name in rows else self.find(name),
            helper=lambda function, name: irr_cell(function, name, self.number),
            in_horizon=across(FLAG_ROW, FIRST, LAST),
            months=across(MONTH_ROW, FIRST, LAST),
            horizon=HORIZON,
        )

    def run_npv(self, run: RunRows) -> tuple[Expression, Places]:
        """The net present value of a run: its formula over the months, and what that refers to."""
        return METRICS["npv"].function(run.result), self.over_months(run)
