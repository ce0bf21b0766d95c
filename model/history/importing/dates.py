"""Dates as files write them, and whether they follow each other by weeks or by months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Literal

from babel import Locale, dates

# Tried in this order where several read the same number of cells and leave the same rhythm.
_FORMATS = (
    "%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d-%m-%y", "%m-%d-%y", "%Y-%m", "%m-%Y", "%Y%m%d", "%Y%m",
)  # fmt: skip
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_LANGUAGES = ("en", "da", "de", "fr", "es", "it", "nl", "sv", "nb", "pt")
_WEEK_WORDS = frozenset({"w", "wk", "kw", "week", "uge", "woche", "vecka", "semaine", "semana", "settimana"})
# What may stand between the first and the last day of a period.
_UNTIL = re.compile(r"\s+(?:-|–|—|to|bis|til|au|a)\s+")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_FIRST_YEAR, _LAST_YEAR = 1950, 2150
_LOOKED_AT = 200
_WEEK = 7
_MONTH_LENGTHS = range(28, 32)


def read_dates(cells: Sequence[str]) -> list[date | None]:
    """The dates of a column, None where a cell has none; all are read in one order of day and month.

    Where 01/02 may be either, the order is taken in which the dates follow each other by weeks or months.
    """
    plain = [_plain(cell) for cell in cells]
    weeks = [_week(text) for text in plain]
    best = max([weeks, *(_read(plain, form) for form in _FORMATS)], key=_fitness)
    return list(best)


def looks_like_dates(cells: Sequence[str]) -> bool:
    """Whether more than half of the first filled cells are dates."""
    filled = [cell for cell in cells if cell][:_LOOKED_AT]
    return bool(filled) and sum(found is not None for found in read_dates(filled)) > len(filled) / 2


def rhythm(found: Sequence[date]) -> int | None:
    """The days of a week where most dates are a week apart, 30 where they are a month apart, else None."""
    steps = _steps(found)
    if not steps:
        return None
    usual = median(steps)
    if usual == _WEEK:
        return _WEEK
    return 30 if usual in _MONTH_LENGTHS else None


def _steps(found: Sequence[date]) -> list[int]:
    days = sorted(set(found))
    return [(later - earlier).days for earlier, later in pairwise(days)]


def _fitness(found: Sequence[date | None]) -> tuple[int, float]:
    """How many cells were read, and how large a part of the steps between them are weeks or months."""
    read = [day for day in found if day is not None]
    steps = _steps(read)
    regular = sum(step == _WEEK or step in _MONTH_LENGTHS for step in steps)
    return len(read), regular / len(steps) if steps else 0.0


def _read(plain: Sequence[str], form: str) -> list[date | None]:
    return [_day(text, form) for text in plain]


def _day(text: str, form: str) -> date | None:
    try:
        found = datetime.strptime(text, form).date()
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def _week(text: str) -> date | None:
    """The Monday of an ISO week: "2023-w05", "w-5-2023"."""
    found = re.fullmatch(r"(?P<year>\d{4})-?w-?(?P<week>\d{1,2})|w-?(?P<week2>\d{1,2})-(?P<year2>\d{4})", text)
    if not found:
        return None
    try:
        return date.fromisocalendar(int(found["year"] or found["year2"]), int(found["week"] or found["week2"]), 1)
    except ValueError:
        return None


def _plain(cell: str) -> str:
    """A date's numbers in their order with a hyphen between them, months' names as numbers, weeks as "w"."""
    first = _TIME.sub("", _UNTIL.split(cell.strip())[0])
    numbered = re.sub(r"[^\W\d_]+\.?", lambda found: f" {_numbered(found[0])} ", first.casefold())
    return "-".join(filter(None, re.split(r"[\s./,\-–]+", numbered)))


def _numbered(word: str) -> str:
    plain = word.rstrip(".")
    if plain in _WEEK_WORDS:
        return "w"
    return _months().get(plain, "" if plain in _weekdays() else plain)


@cache
def _months() -> dict[str, str]:
    """The number of each month by its name."""
    return {name: f"{number:02}" for language in _LANGUAGES for name, number in _names(language)}


@cache
def _weekdays() -> frozenset[str]:
    """The names of the days of the week, which say nothing that the date does not."""
    return frozenset(
        str(name).casefold().rstrip(".")
        for language in _LANGUAGES
        for width in _WIDTHS
        for name in dates.get_day_names(width, locale=Locale(language)).values()
    )


def _names(language: str) -> Iterator[tuple[str, int]]:
    for width in _WIDTHS:
        for context in ("format", "stand-alone"):
            names = dates.get_month_names(width, context, locale=Locale(language))
            yield from ((str(name).casefold().rstrip("."), number) for number, name in names.items())
