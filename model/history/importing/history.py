"""A company's history, read from a file: revenue, spend and controls by week or month, and what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.formula import Array, Mask
from model.history.importing.cells import MOST_WORDS, Marks, indicators, is_blank, marks_of
from model.history.importing.columns import Columns, Named, columns
from model.history.importing.data_file import DataFile
from model.history.importing.dates import looks_like_dates, read_dates, rhythm
from model.history.importing.table import SetAside, TextTable, read_table
from model.reading.faults import ScenarioError
from model.reading.texts import alike

# The fewest weeks and months. Of fewer, trend and season alone could follow them, and nothing could be held out.
_FEWEST = {True: 78, False: 30}
# A week as a part of a month of the mean calendar.
WEEK_IN_MONTHS = 7 * 12 / 365.2425
# What stands between the columns of a file, in words.
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# At most so large a part of the periods may be missing.
_MOST_MISSING = 0.1
_TOTALS = frozenset(
    (
        "total",
        "totals",
        "sum",
        "average",
        "mean",
        "grand",
        "gesamt",
        "gesamtsumme",
        "summe",
        "totalt",
        "totaal",
        "totale",
        "somme",
        "suma",
        "alt",
    )
)


@dataclass(frozen=True)
class OwnHistory:
    """Periods one after the other without a gap, time first.

    `revenue`, `social` and `other` are per period, in the file's money; `observed` is false where the file has no
    row for the period. `controls` are columns of numbers by name. `told` says in sentences what was repaired or
    taken for granted.
    """

    file: str
    encoding: str
    separator: str
    marks: Marks
    columns: Columns
    weekly: bool
    dates: tuple[date, ...]
    revenue: Array
    observed: Mask
    social: Array
    other: Array
    controls: Mapping[str, Array]
    set_aside: tuple[SetAside, ...]
    told: tuple[str, ...]

    @property
    def months(self) -> float:
        """The length of a period in months."""
        return WEEK_IN_MONTHS if self.weekly else 1.0

    @property
    def periods(self) -> int:
        """How many periods have a row."""
        return int(self.observed.sum())

    @property
    def period_words(self) -> str:
        """From when to when, and how many weeks or months: "2021-01-04 to 2023-12-25, 156 weeks"."""
        return f"{self.dates[0]} to {self.dates[-1]}, {self.periods} {'weeks' if self.weekly else 'months'}"

    @property
    def written_words(self) -> str:
        """How the file is written: "utf-8, separated by commas, decimal point"."""
        return f"{self.encoding}, separated by {_SEPARATORS[self.separator]}, {self.marks.words}"

    @property
    def control_columns(self) -> Array:
        """The controls side by side, `(n, C)`."""
        return np.array([*self.controls.values()]).T.reshape(len(self.revenue), len(self.controls))


@dataclass(frozen=True)
class _Row:
    """A row that is used."""

    number: int
    when: date
    cells: Mapping[str, str]
    revenue: float
    social: float
    other: float


def read_history(file: DataFile, named: Named) -> OwnHistory:
    """The history of a file, with the columns that a person named or that are guessed. Raises ScenarioError."""
    table = read_table(file)
    found = columns(table, named, lambda name: looks_like_dates(table.column(name)))
    return _Reading(file, table, found).history()


class _Reading:
    """A table as it becomes a history: what is set aside and told on the way."""

    def __init__(self, file: DataFile, table: TextTable, found: Columns) -> None:
        self._file, self._table, self._columns = file, table, found
        money = (found.revenue, *found.social, *found.other)
        self._marks = marks_of([cell for name in money for cell in table.column(name)], table.separator)
        self._set_aside = list(table.set_aside)
        self._told: list[str] = []

    def history(self) -> OwnHistory:
        rows = self._once(sorted(self._rows(), key=lambda row: (row.when, row.number)))
        step = rhythm([row.when for row in rows])
        if step is None:
            raise self._refused(
                "has dates that do not follow each other by weeks or months; sum revenue and spend by week or month"
            )
        weekly = step == 7
        placed = self._placed(rows, weekly)
        size = 1 + max(placed)
        self._enough(len(placed), size, weekly)
        observed = np.array([place in placed for place in range(size)])
        social, other, revenue = (
            _filled_in(
                np.array([getattr(placed[place], what) if place in placed else np.nan for place in range(size)])
            )
            for what in ("social", "other", "revenue")
        )
        controls = dict(self._controls(placed, size))
        return OwnHistory(
            file=self._file.name, encoding=self._table.encoding, separator=self._table.separator, marks=self._marks,
            columns=self._columns, weekly=weekly,
            dates=tuple(_date_of(rows[0].when, place, weekly) for place in range(size)),
            revenue=revenue, observed=observed, social=social, other=other, controls=controls,
            set_aside=tuple(sorted(self._set_aside, key=lambda item: item.row)), told=tuple(self._told),
        )  # fmt: skip

    def _refused(self, message: str) -> ScenarioError:
        return self._file.refused(message)

    def _rows(self) -> Iterator[_Row]:
        """The rows with a date and a number wherever one is needed; the others are set aside."""
        blank = dict.fromkeys((*self._columns.social, *self._columns.other), 0)
        for (number, cells), when in zip(
            self._table.rows, read_dates(self._table.column(self._columns.date)), strict=True
        ):
            named = dict(zip(self._table.heading, cells, strict=True))
            for name in blank:
                blank[name] += is_blank(named[name])
            reason = self._reason(named, when)
            if reason or when is None:
                self._set_aside.append(SetAside(number, reason))
                continue
            yield _Row(
                number, when, named, self._amount(named, (self._columns.revenue,)),
                self._amount(named, self._columns.social), self._amount(named, self._columns.other),
            )  # fmt: skip
        self._told += [f"{name} is blank in {count} rows: taken as 0" for name, count in blank.items() if count]

    def _reason(self, named: Mapping[str, str], when: date | None) -> str:
        """Why a row is not used, empty where it is."""
        first = next(cell for cell in named.values() if cell)
        if when is None:
            words = alike(first).split()
            total = not _TOTALS.isdisjoint(word.strip(":.") for word in words)
            return f"is a total (“{first}”)" if total else f"has no date in {self._columns.date}"
        if is_blank(named[self._columns.revenue]):
            return f"has no revenue in {self._columns.revenue}"
        for name in (self._columns.revenue, *self._columns.social, *self._columns.other):
            number = self._marks.number(named[name])
            if number is None and not is_blank(named[name]):
                return f"has “{named[name]}” in {name}, which is no amount with a {self._marks.words}"
            if number is not None and number < 0:
                return f"has {named[name]} in {name}, below zero"
        return ""

    def _amount(self, named: Mapping[str, str], names: Sequence[str]) -> float:
        return sum(self._marks.number(named[name]) or 0.0 for name in names)

    def _once(self, rows: Sequence[_Row]) -> list[_Row]:
        """The rows, of equal ones the first. Raises ScenarioError where two of a date differ."""
        kept: dict[date, _Row] = {}
        for row in rows:
            earlier = kept.setdefault(row.when, row)
            if earlier is row:
                continue
            if earlier.cells != row.cells:
                raise self._refused(
                    f"has two rows for {row.when} that differ, {earlier.number} and {row.number}; "
                    "keep one row for each week or month, with its sums"
                )
            self._set_aside.append(SetAside(row.number, f"is the same as row {earlier.number}"))
        if [row.number for row in kept.values()] != sorted(row.number for row in kept.values()):
            self._told.append("Rows are not in the order of their dates: they were sorted")
        return list(kept.values())

    def _placed(self, rows: Sequence[_Row], weekly: bool) -> dict[int, _Row]:
        """The rows by the number of their period; those off the rhythm, or second in a month, are set aside."""
        placed: dict[int, _Row] = {}
        first = rows[0].when
        for row in rows:
            place, off = divmod((row.when - first).days, 7) if weekly else (_months_between(first, row.when), 0)
            if off:
                self._set_aside.append(SetAside(row.number, f"{row.when} is no whole number of weeks after {first}"))
            elif place in placed:
                self._set_aside.append(SetAside(row.number, f"is in the same month as row {placed[place].number}"))
            else:
                placed[place] = row
        return placed

    def _enough(self, found: int, size: int, weekly: bool) -> None:
        """Refuse too few periods, or too many gaps among them."""
        unit, least = "weeks" if weekly else "months", _FEWEST[weekly]
        if found < least:
            raise self._refused(f"has {found} {unit} that can be used; at least {least} are needed")
        missing = size - found
        if missing > _MOST_MISSING * size:
            raise self._refused(
                f"lacks {missing} of {size} {unit} between its first and its last date; "
                f"at most {_MOST_MISSING:.0%} may be missing"
            )
        if missing:
            self._told.append(
                f"{missing} {unit} are missing: their revenue is left out, their spend taken from their neighbours"
            )

    def _controls(self, placed: Mapping[int, _Row], size: int) -> Iterator[tuple[str, Array]]:
        """Each control as numbers; one of words as a column for each word."""
        for name in self._columns.control:
            cells = [placed[place].cells[name] if place in placed else "" for place in range(size)]
            numbers = [self._marks.number(cell) for cell in cells]
            words = [
                cell for cell, number in zip(cells, numbers, strict=True) if number is None and not is_blank(cell)
            ]
            if not words:
                yield name, _filled_in(np.array([np.nan if number is None else number for number in numbers]))
            elif found := indicators(cells):
                yield from ((f"{name}: {word}", column) for word, column in found.items())
            else:
                self._told.append(f"{name} has more than {MOST_WORDS} different words: it is not used")


def _filled_in(series: Array) -> Array:
    """The series with what is missing between its neighbours; zeros where nothing is known."""
    known = np.flatnonzero(np.isfinite(series))
    return np.interp(np.arange(len(series)), known, series[known]) if len(known) else np.zeros(len(series))


def _months_between(first: date, when: date) -> int:
    return 12 * (when.year - first.year) + when.month - first.month


def _date_of(first: date, place: int, weekly: bool) -> date:
    """The day that a period is called by: the first row's weekday, or the first of the month."""
    if weekly:
        return first + timedelta(days=7 * place)
    years, month = divmod(first.month - 1 + place, 12)
    return date(first.year + years, month + 1, 1)
