"""Formulas gathered into areas: cells side by side or below each other that hold one formula, moved along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

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


@dataclass(frozen=True)
class _Pattern:
    """A formula wherever its cell stands: `words` with a %s for each column and row that moves along with it.

    `moves` are those, counted from the cell's own, each with whether it is a column.
    """

    words: str
    moves: tuple[tuple[int, bool], ...]

    @classmethod
    def of(cls, formula: str, cell: Cell) -> _Pattern:
        """The pattern of a cell's formula."""
        moves: list[tuple[int, bool]] = []

        def moving(found: re.Match[str]) -> str:
            fixed_column, letters, fixed_row, digits = found.groups()
            if letters is None:
                return str(found[0])
            if not fixed_column:
                moves.append((_column(letters) - cell[1], True))
            if not fixed_row:
                moves.append((int(digits) - 1 - cell[0], False))
            return f"{fixed_column}{letters if fixed_column else '%s'}{fixed_row}{digits if fixed_row else '%s'}"

        return cls(_REFERENCE.sub(moving, formula.replace("%", "%%")), tuple(moves))

    def at(self, cell: Cell) -> str:
        """The formula as it stands in a cell."""
        row, col = cell[0] + 1, cell[1]
        return self.words % tuple(
            [column_letter(col + move) if across else row + move for move, across in self.moves]
        )

    def looks_at(self, *, along: bool) -> frozenset[int]:
        """The columns, or rows, that it looks at, counted from its own."""
        return frozenset(move for move, across in self.moves if across == along)

    @cached_property
    def near(self) -> tuple[bool, bool]:
        """Whether an area down a column, and one along a row, may hold it."""
        down, across = (self.looks_at(along=along) <= frozenset(NEAR) for along in (False, True))
        return down, across


def areas(formulas: Mapping[Cell, str]) -> list[Area]:
    """The areas that together are exactly these cells, from the top left: each cell's in its longer direction."""
    patterns = _patterns(formulas)
    rows, columns = (_sizes(_firsts(patterns, patterns, along=along)) for along in (True, False))
    across = {cell for cell in patterns if rows[cell] >= max(2, columns[cell])}
    below = {cell for cell in patterns if cell not in across and columns[cell] > 1}
    found = [Area(cell, cell, formulas[cell], frozenset(), True) for cell in patterns.keys() - across - below]
    for kept, along in ((across, True), (below, False)):
        firsts = _firsts((cell for cell in patterns if cell in kept), patterns, along=along)
        lasts = {first: cell for cell, first in firsts.items()}
        found += [_area(first, last, formulas[first], patterns[first], along) for first, last in lasts.items()]
    return sorted(found, key=lambda area: area.first)


def _patterns(formulas: Mapping[Cell, str]) -> Mapping[Cell, _Pattern]:
    """The pattern of each cell, row by row; equal ones are one.

    Most cells have that of the cell at their left or above; to see so is faster than to read them.
    """
    known: dict[_Pattern, _Pattern] = {}
    found: dict[Cell, _Pattern] = {}
    for cell in sorted(formulas):
        row, col = cell
        formula = formulas[cell]
        for beside in ((row, col - 1), (row - 1, col)):
            pattern = found.get(beside)
            if pattern and pattern.at(cell) == formula:
                break
        else:
            read = _Pattern.of(formula, cell)
            pattern = known.setdefault(read, read)
        found[cell] = pattern
    return found


def _firsts(cells: Iterable[Cell], patterns: Mapping[Cell, _Pattern], *, along: bool) -> Mapping[Cell, Cell]:
    """For each of the cells, given row by row, the first of those that hold its formula up to it without a gap."""
    firsts: dict[Cell, Cell] = {}
    for cell in cells:
        row, col = cell
        before = (row, col - 1) if along else (row - 1, col)
        pattern = patterns[cell]
        alike = before in firsts and patterns[before] is pattern and pattern.near[along]
        firsts[cell] = firsts[before] if alike else cell
    return firsts


def _sizes(firsts: Mapping[Cell, Cell]) -> Mapping[Cell, int]:
    """For each cell how many have the same first one."""
    sizes = Counter(firsts.values())
    return {cell: sizes[first] for cell, first in firsts.items()}


def _area(first: Cell, last: Cell, formula: str, pattern: _Pattern, along: bool) -> Area:
    if first == last:
        return Area(first, last, formula, frozenset(), along)
    assert not any(sign(move, along=along) in formula for move in NEAR), formula
    far = (first[0], FAR_COLUMN) if along else (FAR_ROW - 1, first[1])
    return Area(first, last, pattern.at(far), pattern.looks_at(along=along), along)


@cache
def _column(letters: str) -> int:
    return int(xl_cell_to_rowcol(f"{letters}1")[1])


def sign(move: int, *, along: bool) -> str:
    """The letters or digits that stand for a column or row so far from the cell's own."""
    return column_letter(FAR_COLUMN + move) if along else str(FAR_ROW + move)
