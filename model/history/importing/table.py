"""A file of a spreadsheet or an ad platform as a heading and rows of texts below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.history.importing.dates import looks_like_dates
from model.history.importing.grid import MAX_COLUMNS, Grid, NoTable, SetAside

# Above how many rows the heading must stand, and of how many rows it may be.
_LATEST_HEADING, TALLEST_HEADING = 50, 3

_Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class TextTable:
    """A heading, each column once, and the rows below it with their numbers in the file.

    `titles` are the texts above the heading; `grid` is what the table was found in, `set_aside` all that is no row
    of it, `told` what was repaired.
    """

    grid: Grid
    titles: tuple[str, ...]
    heading: tuple[str, ...]
    rows: tuple[_Row, ...]
    set_aside: tuple[SetAside, ...]
    told: tuple[str, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column."""
        place = self.heading.index(name)
        return tuple(cells[place] for _, cells in self.rows)


def table_of(grid: Grid, tallest_heading: int = TALLEST_HEADING) -> TextTable:
    """The table among the rows of a file, its heading of at most so many. Raises NoTable where there is none."""
    top, bottom = _heading_of(grid.rows, tallest_heading)
    names = _joined([cells for _, cells in grid.rows[top:bottom]])
    if len(names) > MAX_COLUMNS:
        raise NoTable(f"has {len(names)} columns; at most {MAX_COLUMNS} are read")
    set_aside = list(grid.set_aside)
    set_aside += [SetAside(row, "stands above the heading") for row, _ in grid.rows[:top]]
    kept: list[_Row] = []
    for row, cells in grid.rows[bottom:]:
        if any(cells[len(names) :]):
            set_aside.append(SetAside(row, f"has {len(cells)} cells, more than the {len(names)} of the heading"))
        else:
            kept.append((row, (*cells[: len(names)], *[""] * (len(names) - len(cells)))))
    if not kept:
        raise NoTable(f"has no rows below the heading in row {grid.rows[bottom - 1][0]}")
    filled = [place for place, name in enumerate(names) if name or any(cells[place] for _, cells in kept)]
    first, last = grid.rows[top][0], grid.rows[bottom - 1][0]
    return TextTable(
        grid=grid,
        titles=tuple(cell for _, cells in grid.rows[:top] for cell in dict.fromkeys(cells) if cell),
        heading=_named([names[place] for place in filled], filled),
        rows=tuple((row, tuple(cells[place] for place in filled)) for row, cells in kept),
        set_aside=tuple(sorted(set_aside, key=lambda item: item.row)),
        told=(*grid.told, *[f"The heading was put together from rows {first} to {last}"] * (first < last)),
    )


def _heading_of(rows: Sequence[_Row], tallest: int) -> tuple[int, int]:
    """The places of the first row of the heading and of the first below it."""
    # What stands above a heading is narrower than the table.
    width = max(Counter(_width(cells) for _, cells in rows).items(), key=lambda item: (item[1], item[0]))[0]
    beginning = rows[:_LATEST_HEADING]
    top = next((place for place, (_, cells) in enumerate(beginning) if _is_heading(cells, width)), None)
    if top is None:
        raise NoTable("has no heading: the first row of the table must name its columns in words")
    bottom = top + 1
    while bottom < min(top + tallest, len(rows) - 1) and _goes_on(rows[bottom][1]):
        bottom += 1
    return top, bottom


def _width(cells: Sequence[str]) -> int:
    """How many cells a row has up to the last one that is filled."""
    return max(place for place, cell in enumerate(cells, start=1) if cell)


def _is_heading(cells: Sequence[str], width: int) -> bool:
    """Whether a row names columns: as wide as the table, nearly, and no cell a number."""
    filled = [cell for cell in cells if cell]
    return len(filled) >= max(2, width / 2) and not any(map(_is_number, filled))


def _goes_on(cells: Sequence[str]) -> bool:
    """Whether a row below a heading belongs to it, as units and the parts of a group do: words alone, no date."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and not any(_is_number(cell) or looks_like_dates([cell]) for cell in filled)


def _is_number(cell: str) -> bool:
    """Whether a cell has digits and no letter."""
    return any(map(str.isdigit, cell)) and not any(sign.isalpha() or sign == "_" for sign in cell)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names in the rows of a heading, those of a column one after the other, each once."""
    width = max(map(len, rows))
    columns = ([row[place] for row in rows if place < len(row) and row[place]] for place in range(width))
    return [" ".join(dict.fromkeys(column)) for column in columns]


def _named(names: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """Names of columns, none twice and none empty."""
    found: list[str] = []
    for place, given in zip(places, names, strict=True):
        name = plain = given or f"column {place + 1}"
        again = 2
        while name in found:
            name = f"{plain} ({again})"
            again += 1
        found.append(name)
    return tuple(found)
