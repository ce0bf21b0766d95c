"""From a file to its table: what kind of file it is, and which sheet of a workbook holds the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from model.history.importing.cells import marks_of
from model.history.importing.columns import REVENUE, SOCIAL, words_of
from model.history.importing.data_file import MAX_BYTES, DataFile
from model.history.importing.dates import is_year, looks_like_dates, with_years
from model.history.importing.delimited import grid_of_text
from model.history.importing.grid import MAX_ROWS, NoTable
from model.history.importing.sheets import grid_of_sheet
from model.history.importing.table import TALLEST_HEADING, TextTable, table_of
from model.history.spreadsheets.archive import Unreadable
from model.history.spreadsheets.workbook import Workbook
from model.reading.faults import Fault, ScenarioError, nearest, shown
from model.reading.texts import alike, tellable

# How archives begin, as workbooks are, and files of Office before 2007 or with a password.
_ARCHIVE, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What is looked at of each sheet to choose one: so many rows, and so many cells of all sheets together.
_LOOKED_AT, _CELLS_LOOKED_AT = 150, 40_000
_ENOUGH_NUMBERS = 3
# Excel takes no longer name.
_LONGEST_NAME = 31
# Among how many columns the labels of rows stand, and how many years there must be to make dates of them.
_LABELS, _FEWEST_YEARS = 8, 2


def read_table(file: DataFile, sheet: str | None = None) -> TextTable:
    """The table of a history; `sheet` names the sheet of a workbook, else the one is taken that looks most like one.

    Raises ScenarioError where the file holds none.
    """
    return _dated(read_rows(file, sheet))


def read_rows(
    file: DataFile, sheet: str | None = None, most_rows: int = MAX_ROWS, tallest_heading: int = TALLEST_HEADING
) -> TextTable:
    """The table of a file as it stands there, whatever it is about; as `read_table` otherwise."""
    if len(file.content) > MAX_BYTES:
        raise file.refused(f"is too large: at most {MAX_BYTES} bytes are read; keep the columns and rows that count")
    if file.content.startswith(_COMPOUND):
        raise file.refused(_compound(file.content))
    try:
        if file.content.startswith(_ARCHIVE):
            return _table_of_workbook(Workbook(file.content), sheet, most_rows, tallest_heading)
        if sheet is not None:
            raise ScenarioError([Fault("--sheet", f"names {shown(sheet)}, but the file is no workbook with sheets")])
        return table_of(grid_of_text(file.content, most_rows), tallest_heading)
    except (NoTable, Unreadable) as error:
        raise file.refused(str(error)) from None


def _dated(table: TextTable) -> TextTable:
    """The table with a column of dates put together from years and months or weeks, where it has none otherwise."""
    if any(looks_like_dates(table.column(name), table.grid.day_zero) for name in table.heading[:_LABELS]):
        return table
    for years, labels in product(table.heading[:_LABELS], repeat=2):
        if sum(map(is_year, table.column(years))) < _FEWEST_YEARS:
            continue
        dates = with_years(table.column(labels), table.column(years), labels)
        if looks_like_dates([date for date in dates if not is_year(date)]):
            parts = " and ".join(dict.fromkeys((years, labels)))
            told = f"Dates were put together from {parts}: a year counts until the next"
            rows = tuple((row, (*cells, date)) for (row, cells), date in zip(table.rows, dates, strict=True))
            heading = (*table.heading, f"Date of {labels}")
            return replace(table, heading=heading, rows=rows, told=(*table.told, told))
    return table


def _compound(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "is protected by a password; save it without one and give that"
    return "is an Office file of before 2007 (.xls); save the sheet as .xlsx or CSV (UTF-8) and give that"


def _table_of_workbook(workbook: Workbook, sheet: str | None, most_rows: int, tallest_heading: int) -> TextTable:
    name = _best(workbook) if sheet is None else _said(workbook, sheet)
    table = table_of(grid_of_sheet(workbook, name, most_rows), tallest_heading)
    others = [_called(workbook, other) for other in workbook.sheets if other != name]
    taken = [f"The sheet {_called(workbook, name)} was taken, not {', '.join(others)}"] if others else []
    return replace(table, told=(*taken, *table.told))


def _called(workbook: Workbook, name: str) -> str:
    return f"“{tellable(name, _LONGEST_NAME)}”" + " (hidden)" * (name in workbook.hidden)


def _said(workbook: Workbook, sheet: str) -> str:
    """The sheet that a person named. Raises ScenarioError."""
    found = [name for name in workbook.sheets if alike(name) == alike(sheet)]
    if not found:
        hint = nearest(sheet, workbook.sheets) or f"; sheets are {', '.join(map(shown, workbook.sheets))}"
        raise ScenarioError([Fault("--sheet", f"names {shown(sheet)}, which is no sheet of the file{hint}")])
    return found[0]


def _best(workbook: Workbook) -> str:
    """The sheet that looks most like a table of dates, revenue and spend; of equal ones the first.

    Raises what the only sheet, or the first, is refused for where none is a table.
    """
    if len(workbook.sheets) == 1:
        return workbook.sheets[0]
    scores = {name: score for name in workbook.sheets if (score := _score(workbook, name))}
    return max(scores, key=lambda name: scores[name]) if scores else workbook.sheets[0]


def _score(workbook: Workbook, name: str) -> tuple[int, ...]:
    """How much the beginning of a sheet looks like a history; empty where it is no table, or too large."""
    try:
        cells = _CELLS_LOOKED_AT // len(workbook.sheets)
        table = _dated(table_of(grid_of_sheet(workbook, name, _LOOKED_AT, cells)))
    except (NoTable, Unreadable):
        return ()
    dates = [name for name in table.heading if looks_like_dates(table.column(name), table.grid.day_zero)]
    words = {word for column in table.heading for word in words_of(column)}
    roles = sum(not words.isdisjoint(role) for role in (REVENUE, SOCIAL))
    numbers = min(len(list(_numbers(table, dates))), _ENOUGH_NUMBERS)
    return len(dates) > 0, roles, numbers, name not in workbook.hidden, len(table.rows)


def _numbers(table: TextTable, dates: list[str]) -> Iterator[str]:
    """The columns of which most filled cells are numbers."""
    for name in table.heading:
        filled = [cell for cell in table.column(name) if cell]
        marks = marks_of(filled, table.grid.separator)
        if name not in dates and sum(marks.number(cell) is not None for cell in filled) > len(filled) / 2:
            yield name
