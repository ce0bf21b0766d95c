"""A file of text as rows of cells, however it is encoded and separated."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

from model.history.importing.grid import MAX_COLUMNS, MAX_ROWS, Grid, NoTable, empty_rows

_SEPARATORS = (",", ";", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How many bytes are looked at for zeros, and how many rows for how they are separated.
_ZEROS_OF, _LOOKED_AT = 1000, 200
# More lines than this are no table that is read, whatever stands in them.
_MOST_LINES = 100_000
_MOST_CELLS = MAX_ROWS * MAX_COLUMNS


def grid_of_text(content: bytes, most_rows: int = MAX_ROWS) -> Grid:
    """The rows of a text, at most so many. Raises NoTable where it holds none."""
    text, encoding = _decoded(content)
    if not text.strip():
        raise NoTable("is empty; it must hold a heading and rows below it")
    if "\0" in text:
        raise NoTable("is no text: it holds zero bytes; save the sheet as CSV (UTF-8) and give that")
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise NoTable(_too_many_rows(most_rows))
    try:
        separator = _separator(text)
        rows, empty = _filled(text, separator, most_rows)
    except csv.Error as error:
        raise NoTable(f"cannot be read as a table: {error}") from None
    set_aside, told = empty_rows(empty)
    return Grid(encoding, separator, tuple(rows), tuple(set_aside), tuple(told))


def _too_many_rows(most: int) -> str:
    return f"has more than {most} rows, which are read at most"


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and what it is encoded in: by its mark, by zero bytes, else UTF-8 if it is, else Latin-1."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    zeros = Counter(place % 2 for place, byte in enumerate(content[:_ZEROS_OF]) if byte == 0)
    # Of UTF-16 without a mark nearly every second byte is zero.
    if zeros.total() > len(content[:_ZEROS_OF]) / 4:
        encoding = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Windows writes more than Latin-1 has; what neither knows stands as it is in Latin-1.
        try:
            return content.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return content.decode("latin-1"), "latin-1"


def _separator(text: str) -> str:
    """What separates most rows of the beginning into the same number of cells, the more the better."""

    def score(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        widths = Counter(len(cells) for _, cells in zip(range(_LOOKED_AT), rows, strict=False) if len(cells) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=score)


def _filled(text: str, separator: str, most_rows: int) -> tuple[list[tuple[int, tuple[str, ...]]], list[int]]:
    """The rows with anything in them and their numbers, and the numbers of those without."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    empty: list[int] = []
    read = 0
    # A heading with a line end in it is one row of the sheet.
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
        read += len(cells)
        if read > _MOST_CELLS:
            raise NoTable(
                f"has more than {_MOST_CELLS} cells: at most {most_rows} rows of {MAX_COLUMNS} columns are read"
            )
        stripped = tuple(" ".join(cell.split()) for cell in cells)
        if any(stripped):
            rows.append((number, stripped))
        else:
            empty.append(number)
        if len(rows) > most_rows:
            raise NoTable(_too_many_rows(most_rows))
    return rows, empty
