"""A sheet of a workbook as rows of texts: merged cells taken apart, dates and numbers written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from model.history.importing.cells import Marks, marks_of
from model.history.importing.grid import MAX_COLUMNS, MAX_ROWS, Grid, NoTable, SetAside, empty_rows
from model.history.spreadsheets.workbook import Workbook
from model.history.spreadsheets.worksheet import Content, MergedCells, SheetCells, column_letters

WORKBOOK = "xlsx"
_MOST_CELLS = 200_000
# An empty stretch longer than this is no gap between rows.
_LONGEST_GAP = 10_000

_Rows = dict[int, dict[int, Content]]


def grid_of_sheet(workbook: Workbook, name: str, rows: int = MAX_ROWS, cells: int = _MOST_CELLS) -> Grid:
    """The rows of a sheet, of at most so many rows and cells the first. Raises NoTable and Unreadable."""
    sheet = workbook.sheet(name, rows, cells)
    if sheet.cut and cells == _MOST_CELLS:
        raise NoTable(f"has more than {rows} rows or {cells} cells in its sheet, which are read at most")
    if not sheet.rows:
        raise NoTable("has nothing in its sheet; it must hold a heading and rows below it")
    apart: _Rows = {number: dict(row) for number, row in sheet.rows.items()}
    taken_apart = _take_apart(apart, sheet.merged)
    marks = _marks(apart)
    beyond = [number for number, row in apart.items() if max(row) > MAX_COLUMNS]
    if len(beyond) > len(apart) / 2:
        raise NoTable(f"has {max(map(max, apart.values()))} columns; at most {MAX_COLUMNS} are read")
    set_aside, told = empty_rows(list(_gaps(apart)))
    set_aside += [SetAside(number, _beyond(apart.pop(number))) for number in beyond]
    told += [f"{taken_apart} merged cells were taken apart: what stood in them stands in each"] * bool(taken_apart)
    return Grid(
        encoding=WORKBOOK, separator="",
        rows=tuple((number, _texts(row, marks)) for number, row in apart.items()),
        set_aside=tuple(set_aside), told=(*told, *_hidden(sheet)), comma=marks.comma, day_zero=workbook.day_zero,
        sheet=name, sheets=workbook.sheets,
    )  # fmt: skip


def _texts(row: Mapping[int, Content], marks: Marks) -> tuple[str, ...]:
    return tuple(_text(row[column], marks) if column in row else "" for column in range(1, max(row) + 1))


def _text(content: Content, marks: Marks) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, date):
        return content.isoformat()
    plain = repr(content).removesuffix(".0")
    return plain.replace(".", ",") if marks.comma else plain


def _marks(rows: _Rows) -> Marks:
    """How texts among the cells write numbers: numbers are then written out the same way."""
    texts = [one for row in rows.values() for one in row.values() if isinstance(one, str)]
    return marks_of([text for text in texts if any(map(str.isdigit, text))], separator="")


def _take_apart(rows: _Rows, merged: Sequence[MergedCells]) -> int:
    """Put what each merged cell holds into the cells that it covers; how many were taken apart.

    Of a number that covers several rows it is not known what is whose: each is told as such. A title, which covers
    most of the width, stays where it is. Raises NoTable where more is covered than a table has cells.
    """
    width, count, left = max(map(max, rows.values())), 0, _MOST_CELLS
    for area in merged:
        content = rows.get(area.top, {}).get(area.left)
        covered = [row for row in range(area.top, min(area.bottom, max(rows)) + 1) if row in rows]
        right = min(area.right, width, MAX_COLUMNS)
        if isinstance(content, float) or right - area.left + 1 > width / 2:
            right = area.left
        if content is None or (len(covered) == 1 and right == area.left):
            continue
        if isinstance(content, float):
            content = f"{_text(content, Marks(comma=False))}, merged over rows {area.top} to {area.bottom}"
        left -= (area.bottom - area.top + 1) * (right - area.left + 1)
        if left < 0:
            raise NoTable("has merged cells that cover more than a table; unmerge them")
        for row, column in product(covered, range(area.left, right + 1)):
            rows[row][column] = content
        count += 1
    return count


def _gaps(rows: _Rows) -> Iterator[int]:
    """The rows without anything in them between those with something."""
    numbers = sorted(rows)
    for above, below in zip([0, *numbers], numbers, strict=False):
        if below - above <= _LONGEST_GAP:
            yield from range(above + 1, below)


def _beyond(row: Mapping[int, Content]) -> str:
    return f"has a cell in column {column_letters(max(row))}, beyond the {MAX_COLUMNS} columns that are read"


def _hidden(sheet: SheetCells) -> Iterator[str]:
    """What is told of hidden rows and columns, which count like the others."""
    used = {column for row in sheet.rows.values() for column in row} & sheet.hidden_columns
    found = [
        f"{count} {what if count > 1 else what[:-1]}"
        for count, what in ((len(sheet.hidden_rows), "rows"), (len(used), "columns"))
        if count
    ]
    if found:
        yield f"Hidden in the sheet, and used: {' and '.join(found)}"
