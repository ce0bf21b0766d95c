"""A file of a spreadsheet or an ad platform as a heading and rows of text, however it is encoded and separated."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from model.history.importing.data_file import MAX_BYTES, DataFile

MAX_ROWS, MAX_COLUMNS = 3_000, 200
_SEPARATORS = (",", ";", "\t")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How Office files begin: they are archives, or were before 2007.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# How many bytes are looked at for zeros.
_ZEROS_OF = 1000
# How many rows are looked at for how they are separated, and above how many the heading may stand.
_LOOKED_AT, _LATEST_HEADING = 200, 50


@dataclass(frozen=True)
class SetAside:
    """A row that is not used: its number in the file, counted from 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class TextTable:
    """A heading, each column once, and the rows below it with their numbers in the file."""

    encoding: str
    separator: str
    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    set_aside: tuple[SetAside, ...]

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of a column."""
        place = self.heading.index(name)
        return tuple(cells[place] for _, cells in self.rows)


def read_table(file: DataFile, most_rows: int = MAX_ROWS) -> TextTable:
    """The table of a file, of at most so many rows. Raises ScenarioError where it holds none."""
    if len(file.content) > MAX_BYTES:
        raise file.refused(f"is too large: at most {MAX_BYTES} bytes are read; keep the columns and rows that count")
    if file.content.startswith(_OFFICE):
        raise file.refused("is an Office file; save the sheet as CSV (UTF-8) and give that")
    text, encoding = _decoded(file.content)
    if not text.strip():
        raise file.refused("is empty; it must hold a heading and rows below it")
    if "\0" in text:
        raise file.refused("is no text: it holds zero bytes; save the sheet as CSV (UTF-8) and give that")
    try:
        return _table(text, encoding, most_rows)
    except csv.Error as error:
        raise file.refused(f"cannot be read as a table: {error}") from None
    except _NoTable as error:
        raise file.refused(str(error)) from None


class _NoTable(ValueError):
    """A text that holds no table; the message says why."""


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


def _table(text: str, encoding: str, most_rows: int) -> TextTable:
    separator = _separator(text)
    rows, set_aside = _filled(text, separator, most_rows)
    # What stands above a heading is narrower than the table.
    width = max(Counter(_width(cells) for _, cells in rows).items(), key=lambda item: (item[1], item[0]))[0]
    top = next((place for place, (_, cells) in enumerate(rows[:_LATEST_HEADING]) if _is_heading(cells, width)), None)
    if top is None:
        raise _NoTable("has no heading: the first row of the table must name its columns in words")
    number, cells = rows[top]
    if len(cells) > MAX_COLUMNS:
        raise _NoTable(f"has {len(cells)} columns; at most {MAX_COLUMNS} are read")
    heading = _named(cells)
    set_aside += [SetAside(row, "stands above the heading") for row, _ in rows[:top]]
    kept = []
    for row, cells in rows[top + 1 :]:
        if any(cells[len(heading) :]):
            set_aside.append(SetAside(row, f"has {len(cells)} cells, more than the {len(heading)} of the heading"))
        else:
            kept.append((row, (*cells[: len(heading)], *[""] * (len(heading) - len(cells)))))
    if not kept:
        raise _NoTable(f"has no rows below the heading in row {number}")
    return TextTable(encoding, separator, heading, tuple(kept), tuple(sorted(set_aside, key=lambda item: item.row)))


def _separator(text: str) -> str:
    """What separates most rows of the beginning into the same number of cells, the more the better."""

    def score(separator: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text), delimiter=separator)
        widths = Counter(len(cells) for _, cells in zip(range(_LOOKED_AT), rows, strict=False) if len(cells) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=score)


def _filled(text: str, separator: str, most_rows: int) -> tuple[list[tuple[int, tuple[str, ...]]], list[SetAside]]:
    """The rows with anything in them and their numbers; those without are told below the first row that has."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    empty: list[SetAside] = []
    # A heading with a line end in it is one row of the sheet.
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
        stripped = tuple(" ".join(cell.split()) for cell in cells)
        if any(stripped):
            rows.append((number, stripped))
        else:
            empty.append(SetAside(number, "is empty"))
        # One more is the heading.
        if len(rows) > most_rows + 1:
            raise _NoTable(f"has more than {most_rows} rows; as many are read")
    return rows, empty


def _width(cells: Sequence[str]) -> int:
    """How many cells a row has up to the last one that is filled."""
    return max(place for place, cell in enumerate(cells, start=1) if cell)


def _is_heading(cells: Sequence[str], width: int) -> bool:
    """Whether a row names columns: as wide as the table, nearly, and no cell a number."""
    filled = [cell for cell in cells if cell]
    wide = len(filled) >= max(2, width / 2)
    return wide and not any(re.fullmatch(r"[\W\d]*\d[\W\d]*", cell) for cell in filled)


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, none twice and none empty."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell or f"column {place}"
        again = 2
        while name in names:
            name = f"{cell or f'column {place}'} ({again})"
            again += 1
        names.append(name)
    return tuple(names)
