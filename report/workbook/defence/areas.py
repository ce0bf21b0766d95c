"""Formulas gathered into areas: cells side by side or below each other that hold one formula, moved along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from xlsxwriter.utility import xl_cell_to_rowcol  # type: ignore[import-untyped]

from report.workbook.book import Cell, address, column_letter

# Where the cell's own column and row stand in the formula of an area: far off, and in letters and digits that
# are in no other part of a formula, in whatever language its functions are named.
FAR_COLUMN, FAR_ROW = 465, 987654
# How far from its own column or row an area's formula may look; a cell that looks further is an area of its own.
NEAR = range(-2, 3)
_REFERENCE = re.compile(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'!|(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)([1-9]\d*)(?![A-Za-z0-9_.(])"""
)


@dataclass(frozen=True)
class Area:
    """Cells from a first to a last that hold one formula; rows and columns are counted from 0.

    In `formula` what moves along with the cell is written as if the cell stood far off; `moves` are the columns
    (`along` a row) or rows (down a column) that it looks at, counted from its own.
    """

    first: Cell
    last: Cell
    formula: str
    moves: frozenset[int]
    along: bool

    @property
    def cells(self) -> int:
        """How many cells it holds."""
        return sum(end - start for start, end in zip(self.first, self.last, strict=True)) + 1

    @property
    def address(self) -> str:
        """Its address, absolute."""
        return address(*self.first) if self.cells == 1 else f"{address(*self.first)}:{address(*self.last)}"


def areas(formulas: Mapping[Cell, str]) -> list[Area]:
    """The areas that together are exactly these cells, from the top left: each cell's in its longer direction."""
    rows, columns = (_runs(formulas, along=along) for along in (True, False))
    across = {cell for cell in formulas if rows[cell] >= max(2, columns[cell])}
    below = {cell for cell in formulas.keys() - across if columns[cell] > 1}
    found = [
        _area([(cell, formulas[cell]) for cell in run], along=along)
        for cells, along in ((across, True), (below, False))
        for run in _in_a_row(cells, formulas, along=along)
    ]
    found += [_area([(cell, formulas[cell])], along=True) for cell in formulas.keys() - across - below]
    return sorted(found, key=lambda area: area.first)


def _runs(formulas: Mapping[Cell, str], *, along: bool) -> dict[Cell, int]:
    """For each cell how many in a direction hold its formula without a gap, itself included."""
    return {cell: len(run) for run in _in_a_row(formulas, formulas, along=along) for cell in run}


def _in_a_row(cells: Iterable[Cell], formulas: Mapping[Cell, str], *, along: bool) -> Iterator[list[Cell]]:
    """The cells in runs without a gap that hold one formula."""
    ordered = sorted(cells, key=lambda cell: cell if along else cell[::-1])

    def run(item: tuple[int, Cell]) -> object:
        place, cell = item
        formula, moves = _moved(formulas[cell], cell, along)
        own = cell if along else cell[::-1]
        return own[0], own[1] - place, formula if moves <= frozenset(NEAR) else cell

    for _, found in groupby(enumerate(ordered), key=run):
        yield [cell for _, cell in found]


def _area(cells: list[tuple[Cell, str]], *, along: bool) -> Area:
    (first, formula), (last, _) = cells[0], cells[-1]
    if len(cells) == 1:
        return Area(first, last, formula, frozenset(), along)
    assert not any(sign(move, along=along) in formula for move in NEAR), formula
    return Area(first, last, *_moved(formula, first, along), along)


@cache
def _moved(formula: str, cell: Cell, along: bool) -> tuple[str, frozenset[int]]:
    """The formula as if its cell stood far off, and what it looks at, counted from its own column or row."""
    moves: set[int] = set()

    def far(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = found.groups()
        if letters is None or (fixed_column if along else fixed_row):
            return str(found[0])
        move = _column(letters) - cell[1] if along else int(digits) - 1 - cell[0]
        moves.add(move)
        own = sign(move, along=along)
        return f"{own}{fixed_row}{digits}" if along else f"{fixed_column}{letters}{fixed_row}{own}"

    return _REFERENCE.sub(far, formula), frozenset(moves)


@cache
def _column(letters: str) -> int:
    return int(xl_cell_to_rowcol(f"{letters}1")[1])


def sign(move: int, *, along: bool) -> str:
    """The letters or digits that stand for a column or row so far from the cell's own."""
    return column_letter(FAR_COLUMN + move) if along else str(FAR_ROW + move)
