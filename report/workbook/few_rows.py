"""Which lines of a run need cells of their own, where all others are written into the formulas that take them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from model.formula import Operation
from model.lines import LINES
from report.workbook.excel_formula import NOT_CELL_BY_CELL


def rows_of_their_own(result: str, lines: Collection[str]) -> frozenset[str]:
    """Of some lines those that need cells by month for a sum of the result over months.

    They run along time, or hold what Excel does not take cell by cell in a sum.
    """
    return frozenset(_needed(result, lines, in_sum=True))


def runs_along_time(line: str) -> bool:
    """Whether a line takes its own last month."""
    return LINES[line].opening is not None


def _needed(line: str, lines: Collection[str], *, in_sum: bool) -> Iterator[str]:
    for name in LINES[line].precedents:
        if name in lines:
            own = runs_along_time(name) or (in_sum and not _cell_by_cell(name))
            if own:
                yield name
            # In a month's own formula everything can be written out.
            yield from _needed(name, lines, in_sum=in_sum and not own)


def _cell_by_cell(line: str) -> bool:
    nodes = LINES[line].expression.walk()
    return not any(isinstance(node, Operation) and node.function in NOT_CELL_BY_CELL for node in nodes)
