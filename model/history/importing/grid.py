"""The filled rows of a file as texts, whatever kind of file it was; no row is a heading yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# How many rows and columns a table may have.
MAX_ROWS, MAX_COLUMNS = 3_000, 200
# The day from which spreadsheets count the days of a date that is written as a number.
DAY_ZERO = date(1899, 12, 30)
# Empty rows are told one by one up to so many.
_MOST_EMPTY = 1_000


class NoTable(ValueError):
    """A file that holds no table; the message says why."""


@dataclass(frozen=True)
class SetAside:
    """A row that is not used: its number in the file, counted from 1, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class Grid:
    """Rows of texts with their numbers in the file, each up to its last filled cell or farther.

    `comma` says whether numbers have a decimal comma, None where only the numbers tell; `sheet` is the sheet of a
    workbook that they are of, `sheets` all that it has. `told` says in sentences what was repaired.
    """

    encoding: str
    separator: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    set_aside: tuple[SetAside, ...]
    told: tuple[str, ...] = ()
    comma: bool | None = None
    day_zero: date = DAY_ZERO
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def empty_rows(numbers: list[int]) -> tuple[list[SetAside], list[str]]:
    """Rows without anything in them: as set aside, and what is told where they are too many for that."""
    more = len(numbers) - _MOST_EMPTY
    told = [f"{more} more rows are empty"] if more > 0 else []
    return [SetAside(number, "is empty") for number in numbers[:_MOST_EMPTY]], told
