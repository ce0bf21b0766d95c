"""Dates as files write them, and whether they follow each other by weeks or by months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Literal

from babel import Locale, dates

from model.history.importing.grid import DAY_ZERO

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
# No date is written longer, even with its weekday and the end of its week.
_LONGEST = 100
_YEAR = re.compile(r"(?:19|20)\d\d")
# A day of 1954 to 2173 as a spreadsheet counts it, with the time of the day or without.
_NUMBER_OF_DAYS = re.compile(r"([2-9]\d{4})(?:[-.,]\d+)?")
# So large a part of the steps between numbers of days must be weeks or months.
_REGULAR = 0.8
_WEEK = 7
_MONTH_LENGTHS = range(28, 32)


def read_dates(cells: Sequence[str], day_zero: date = DAY_ZERO) -> list[date | None]:
    """The dates of a column, None where a cell has none; all are read in one order of day and month.

    Where 01/02 may be either, the order is taken in which the dates follow each other by weeks or months. What
    begins with the year can be read in one way only, and is read beside any other. Numbers are days since
    `day_zero` where they follow each other by weeks or months.
    """
    plain = [_plain(cell) if len(cell) <= _LONGEST else "" for cell in cells]
    years_first = _read(plain, _FORMATS[0])
    readings = [[_week(text) for text in plain], *(_read(plain, form) for form in _FORMATS)]
    mixed = [[day or certain for day, certain in zip(found, years_first, strict=True)] for found in readings]
    return max([*mixed, _serial(plain, day_zero)], key=_fitness)


def looks_like_dates(cells: Sequence[str], day_zero: date = DAY_ZERO) -> bool:
    """Whether more than half of the first filled cells are dates."""
    filled = [cell for cell in cells if cell][:_LOOKED_AT]
    return bool(filled) and sum(found is not None for found in read_dates(filled, day_zero)) > len(filled) / 2


def is_year(cell: str) -> bool:
    """Whether a cell is a year alone."""
    return _YEAR.fullmatch(cell) is not None


def with_years(labels: Sequence[str], years: Sequence[str], heading: str) -> list[str]:
    """Labels of months or weeks, each with the last year in `years` there or above; `heading` names them.

    Pivot tables write a year once, in a row or a column of its own.
    """
    completed, year = [], ""
    weeks = not _WEEK_WORDS.isdisjoint(heading.casefold().split())
    for label, cell in zip(labels, years, strict=True):
        year = cell if is_year(cell) else year
        named = f"w{label}" if weeks and label.isdecimal() else label
        completed.append(f"{named} {year}" if year and label and not is_year(label) else label)
    return completed


def are_serial(cells: Sequence[str]) -> bool:
    """Whether most filled cells are plain numbers of days."""
    filled = [cell for cell in cells if cell]
    return sum(_NUMBER_OF_DAYS.fullmatch(cell) is not None for cell in filled) > len(filled) / 2


def _serial(plain: Sequence[str], day_zero: date) -> list[date | None]:
    """The dates of numbers of days; none unless they follow each other as few other numbers do."""
    whole = [_NUMBER_OF_DAYS.fullmatch(text) for text in plain]
    found = [day_zero + timedelta(days=int(number[1])) if number else None for number in whole]
    return found if _fitness(found)[1] >= _REGULAR else [None] * len(found)


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
    # Nearly all that is no date is told by this, in much shorter time.
    if text.count("-") != form.count("-") or not text.replace("-", "").isdecimal():
        return None
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
