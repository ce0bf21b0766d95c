"""The filled cells of a sheet as they are stored, with what is hidden and merged."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from model.history.spreadsheets.archive import Unreadable
from model.history.spreadsheets.markup import Enough

# What a cell holds. An error is its code ("#REF!"), a formula without a stored value its text after "=".
Content = str | float | date
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 5_000
# Excel counts a 29 February 1900 that never was.
_LEAP_DAY_THAT_WAS_NONE = 60
_LAST_DAY = 2_958_465
_SECONDS_A_DAY = 86_400
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class MergedCells:
    """Cells that are merged into one, by the first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class SheetCells:
    """The filled cells by row and column, from 1; `cut` where the sheet has more of them than were asked for."""

    rows: Mapping[int, Mapping[int, Content]]
    merged: tuple[MergedCells, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    cut: bool


class SheetReader:
    """A sheet as it is met; `texts` gives a shared text, `is_date` tells of a style whether it shows dates."""

    def __init__(
        self, texts: Callable[[int], str], is_date: Callable[[int], bool], day_zero: date, rows: int, cells: int
    ) -> None:
        self._texts, self._is_date, self._day_zero = texts, is_date, day_zero
        self._most_rows, self._most_cells = rows, cells
        self._rows: dict[int, dict[int, Content]] = {}
        self._merged: list[MergedCells] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._columns: dict[str, int] = {}
        self._cut = False
        self._row = self._column = self._filled = 0
        self._kind, self._style = "n", 0
        self._of_cells = self._inside = self._spoken = False
        self._runs: list[str] = []
        self._value: str | None = None
        self._formula: str | None = None

    def sheet(self) -> SheetCells:
        """What was read."""
        return SheetCells(
            rows={number: self._rows[number] for number in sorted(self._rows)},
            merged=tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows & self._rows.keys()),
            hidden_columns=frozenset(self._hidden_columns),
            cut=self._cut,
        )

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "f", "t"):
            self._inside = self._of_cells and not self._spoken
            self._runs = self._runs if name == "t" else []
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._spoken = True
        elif name == "sheetData":
            self._of_cells = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(whole(attributes.get("max")), LAST_COLUMN)
            self._hidden_columns.update(range(whole(attributes.get("min")), last + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def text(self, words: str) -> None:
        """Some text within the element."""
        if self._inside:
            self._runs.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "v":
            self._value, self._inside = "".join(self._runs), False
        elif name == "c":
            self._end_cell()
        elif name == "f":
            self._formula, self._inside = "".join(self._runs), False
        elif name == "t":
            self._inside = False
        elif name == "is":
            self._value = "".join(self._runs)
        elif name == "rPh":
            self._spoken = False
        elif name == "sheetData":
            self._of_cells = False

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = 0
        if not 1 <= self._row <= LAST_ROW:
            raise _damaged()
        if attributes.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = self._column_of(attributes["r"]) if "r" in attributes else self._column + 1
        self._kind, self._style = attributes.get("t", "n"), whole(attributes.get("s"))
        self._value = self._formula = None
        self._runs = []

    def _end_cell(self) -> None:
        found = self._found()
        if found is None or found == "":
            return
        if (self._row not in self._rows and len(self._rows) == self._most_rows) or self._filled == self._most_cells:
            self._cut = True
            raise Enough
        self._filled += 1
        self._rows.setdefault(self._row, {})[self._column] = found

    def _found(self) -> Content | None:
        """What the cell holds, None where it holds nothing."""
        if self._formula is not None and not self._value and self._kind != "str":
            return f"={self._formula}"
        if self._value is None:
            return None
        if self._kind == "s":
            return _seen(self._texts(whole(self._value)))
        if self._kind == "b":
            return "TRUE" if self._value == "1" else "FALSE"
        if self._kind in ("str", "inlineStr", "e"):
            return _seen(self._value)
        return self._date(self._value) if self._kind == "d" else self._number(self._value)

    def _number(self, text: str) -> float | date | None:
        if not text.strip():
            return None
        try:
            number = float(text)
        except ValueError:
            raise _damaged() from None
        if not math.isfinite(number):
            raise _damaged()
        return (as_date(number, self._day_zero) or number) if self._is_date(self._style) else number

    @staticmethod
    def _date(text: str) -> str | date:
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return _seen(text)

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        found = self._columns.get(letters)
        if found is None:
            found = self._columns[letters] = column_number(letters)
        return found

    def _merge(self, reference: str) -> None:
        ends = [re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", end) for end in reference.split(":")]
        if len(ends) != 2 or not ends[0] or not ends[1]:
            return
        (left, right), (top, bottom) = (sorted(column_number(end[1]) for end in ends if end),
                                        sorted(whole(end[2]) for end in ends if end))  # fmt: skip
        self._merged.append(MergedCells(top, left, bottom, right))
        if len(self._merged) > _MOST_MERGED:
            raise Unreadable(f"has more than {_MOST_MERGED} merged cells; unmerge those of the table")


def whole(text: str | None) -> int:
    """A whole number as an attribute gives it, 0 where there is none. Raises Unreadable."""
    if text is None:
        return 0
    if not (len(text) < 10 and text.isascii() and text.strip().isdigit()):
        raise _damaged()
    return int(text)


def column_number(letters: str) -> int:
    """The number of a column, from 1: 28 of "AB". Raises Unreadable."""
    number = 0
    for sign in letters.upper():
        number = 26 * number + ord(sign) - ord("A") + 1
        if not "A" <= sign <= "Z" or number > LAST_COLUMN:
            raise _damaged()
    if not number:
        raise _damaged()
    return number


def column_letters(number: int) -> str:
    """What a spreadsheet program calls a column: "AB" of 28."""
    before, last = divmod(number - 1, 26)
    return (column_letters(before) if before else "") + chr(ord("A") + last)


def as_date(number: float, day_zero: date) -> date | None:
    """The date that a number of days since day 0 is, None where it is none: a time of the day, or out of bounds."""
    days = math.floor(round(number * _SECONDS_A_DAY) / _SECONDS_A_DAY) if abs(number) <= _LAST_DAY else 0
    if days < 1 or days > _LAST_DAY - 1_462:
        return None
    early = days < _LEAP_DAY_THAT_WAS_NONE and day_zero.year == 1899
    return day_zero + timedelta(days=days + early)


def _seen(text: str) -> str:
    """A text with what is spelt out in it, and one blank for each gap."""
    return " ".join(_ESCAPED.sub(_spelt, text).split()) if "_x" in text else " ".join(text.split())


def _spelt(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return sign if sign.isprintable() else " "


def _damaged() -> Unreadable:
    return Unreadable("is damaged: a cell of it cannot be read; save it anew and give that")
