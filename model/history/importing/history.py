"""A company's history, read from a file: revenue, spend and controls by week or month, and what was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePath

import numpy as np

from model.formula import Array, Mask
from model.history.importing.cells import (
    MOST_WORDS,
    Marks,
    indicators,
    is_blank,
    is_error,
    is_formula,
    marks_of,
    says_scale,
)
from model.history.importing.columns import Columns, Named, columns
from model.history.importing.data_file import EXAMPLE, DataFile
from model.history.importing.dates import are_serial, looks_like_dates, read_dates, rhythm
from model.history.importing.grid import SetAside
from model.history.importing.read import read_table
from model.history.importing.table import TextTable
from model.history.importing.totals import without_totals
from model.history.importing.units import currencies, doubts, scale_above, scale_of
from model.reading.faults import ScenarioError
from model.reading.texts import alike, tellable
from model.units import per_cent

# The fewest weeks and months. Of fewer, trend and season alone could follow them, and nothing could be held out.
_FEWEST = {True: 78, False: 30}
# A week as a part of a month of the mean calendar.
WEEK_IN_MONTHS = 7 * 12 / 365.2425
# What stands between the columns of a file, in words.
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# At most so large a part of the periods may be missing.
_MOST_MISSING = 0.1
_TOTALS = frozenset(
    {
        "total", "totals", "subtotal", "sum", "average", "mean", "grand", "gesamt", "gesamtsumme", "gesamtergebnis",
        "ergebnis", "zwischensumme", "summe", "totalt", "hovedtotal", "totalsumma", "totalsum", "totaal",
        "eindtotaal", "subtotaal", "totale", "complessivo", "somme", "général", "suma", "alt",
    }
)  # fmt: skip
# So many reasons are told where too few rows are left.
_REASONS_TOLD = 3
_LONGEST_QUOTED = 60
# Where more dates are blank, they are those of the rows above.
_MOST_BLANK_DATES = 1 / 3


@dataclass(frozen=True)
class OwnHistory:
    """Periods one after the other without a gap, time first.

    `revenue`, `social` and `other` are per period, in the file's money; `observed` is false where the file has no
    row for the period. `controls` are columns of numbers by name. `told` says in sentences what was repaired or
    taken for granted. `people` are heads by period, not a number where nobody knows; None without such a column.
    `sheet` is the sheet of a workbook that was read, `sheets` all that it has.
    """

    file: str
    encoding: str
    separator: str
    sheet: str
    sheets: tuple[str, ...]
    marks: Marks
    columns: Columns
    weekly: bool
    dates: tuple[date, ...]
    revenue: Array
    observed: Mask
    social: Array
    other: Array
    controls: Mapping[str, Array]
    people: Array | None
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
    def is_example(self) -> bool:
        """Whether it is the simulated example, which is no company's."""
        return PurePath(self.file).name == EXAMPLE

    @property
    def period_words(self) -> str:
        """From when to when, and how many weeks or months: "2021-01-04 to 2023-12-25, 156 weeks"."""
        return self.words_of(self.dates, self.periods)

    def words_of(self, dates: Sequence[date], periods: int) -> str:
        """The same of a part of the history."""
        period = f"{dates[0]} to {dates[-1]}, {periods} {'weeks' if self.weekly else 'months'}"
        return f"{period} of the example, no company's" if self.is_example else period

    @property
    def written_words(self) -> str:
        """How the file is written: "utf-8, separated by commas, decimal point", or which sheet was read."""
        if self.sheet:
            return f"sheet “{self.sheet}”"
        return f"{self.encoding}, separated by {_SEPARATORS[self.separator]}, {self.marks.words}"

    @property
    def doubts(self) -> str:
        """Why revenue and spend may be in different units, in a sentence; empty where they may not."""
        return doubts(self.revenue[self.observed], (self.social + self.other)[self.observed])

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


def read_history(file: DataFile, named: Named, sheet: str | None = None) -> OwnHistory:
    """The history of a file, with the columns that a person named or that are guessed; `sheet` is of a workbook.

    Raises ScenarioError.
    """
    table = read_table(file, sheet)
    found = columns(table, named, lambda name: looks_like_dates(table.column(name), table.grid.day_zero))
    return _Reading(file, table, found, named).history()


class _Reading:
    """A table as it becomes a history: what is set aside and told on the way."""

    def __init__(self, file: DataFile, table: TextTable, found: Columns, named: Named) -> None:
        self._file, self._table = file, table
        cells = {name: table.column(name) for name in (found.revenue, *found.social, *found.other)}
        comma = table.grid.comma
        in_order = [cell for column in cells.values() for cell in column]
        self._marks = marks_of(in_order, table.grid.separator) if comma is None else Marks(comma)
        amounts = {name: np.array([self._marks.number(cell) or 0.0 for cell in cells[name]]) for name in cells}
        guessed = [role for role in ("social", "other") if getattr(named, role) is None]
        self._columns, told = without_totals(found, amounts, guessed)
        self._set_aside = list(table.set_aside)
        self._told = [*table.told, *told]
        self._factors = dict(self._scales())

    @property
    def _money(self) -> tuple[str, ...]:
        return (self._columns.revenue, *self._columns.social, *self._columns.other)

    def _scales(self) -> Iterator[tuple[str, float]]:
        """What the amounts of each column are multiplied by, where its name or a title says that; told."""
        above = scale_above(self._table.titles)
        for name in self._money:
            # What a column says of itself counts before what stands above all.
            scale = scale_of(name) or (None if currencies([name]) else above)
            yield name, scale.factor if scale else 1.0
            if scale:
                self._told.append(f"{name} is in {scale.words}, as “{scale.source}” says: it was multiplied by that")
            elif above:
                self._told.append(f"{name} names its own unit and stands as it is, whatever “{above.source}” says")
        told = currencies(self._money)
        if len(told) > 1:
            self._told.append(f"Columns name different currencies, {' and '.join(told)}: give all in one")
        if any(says_scale(cell) for name in self._money for cell in self._table.column(name)):
            self._told.append("Amounts with a word for thousands or millions beside them were multiplied by that")

    def _check_labels(self) -> None:
        """Refuse a table whose dates stand for the rows below them too. Raises ScenarioError."""
        cells = self._table.column(self._columns.date)
        first = next((place for place, cell in enumerate(cells) if cell), 0)
        blank = sum(not cell for cell in cells[first:])
        if blank > _MOST_BLANK_DATES * len(cells):
            raise self._refused(
                f"has {blank} of {len(cells)} rows without a date in {self._columns.date}, as pivot tables leave "
                "out labels that repeat: give one row for each week or month, with its sums"
            )

    def history(self) -> OwnHistory:
        self._check_labels()
        rows = self._once(sorted(self._rows(), key=lambda row: (row.when, row.number)))
        if len(rows) < min(_FEWEST.values()):
            raise self._refused(self._too_few(len(rows)))
        step = rhythm([row.when for row in rows])
        if step is None:
            raise self._refused(
                "has dates that do not follow each other by weeks or months; sum revenue and spend by week or month"
            )
        weekly = step == 7
        first = _first_of_most(rows) if weekly else rows[0].when
        placed = self._placed(rows, first, weekly)
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
        grid = self._table.grid
        history = OwnHistory(
            file=self._file.name, encoding=grid.encoding, separator=grid.separator, sheet=grid.sheet,
            sheets=grid.sheets, marks=self._marks, columns=self._columns, weekly=weekly,
            dates=tuple(_date_of(first, place, weekly) for place in range(size)),
            revenue=revenue, observed=observed, social=social, other=other, controls=controls,
            people=self._people(placed, size),
            set_aside=tuple(sorted(self._set_aside, key=lambda item: item.row)), told=tuple(self._told),
        )  # fmt: skip
        return replace(history, told=(*history.told, *[f"Beware: {history.doubts}"] * bool(history.doubts)))

    def _too_few(self, count: int) -> str:
        least = f"at least {_FEWEST[True]} weeks or {_FEWEST[False]} months are needed"
        reasons = "; ".join(f"row {item.row} {item.reason}" for item in self._set_aside[-_REASONS_TOLD:])
        told = f"has {count} row{'s' * (count != 1)} that can be used; {least}"
        return told + f". Set aside: {reasons}" * bool(reasons)

    def _people(self, placed: Mapping[int, _Row], size: int) -> Array | None:
        """The column of people by period, where there is one."""
        if not self._columns.people:
            return None
        cells = [placed[place].cells[self._columns.people[0]] if place in placed else "" for place in range(size)]
        numbers = [self._marks.number(cell) for cell in cells]
        return np.array([np.nan if number is None else number for number in numbers])

    def _refused(self, message: str) -> ScenarioError:
        return self._file.refused(message)

    def _rows(self) -> Iterator[_Row]:
        """The rows with a date and a number wherever one is needed; the others are set aside."""
        blank = dict.fromkeys((*self._columns.social, *self._columns.other), 0)
        given = self._table.column(self._columns.date)
        found = read_dates(given, self._table.grid.day_zero)
        if any(found) and are_serial(given):
            self._told.append(f"{self._columns.date} has numbers of days, as spreadsheets count them: read as dates")
        for (number, cells), when in zip(self._table.rows, found, strict=True):
            named = dict(zip(self._table.heading, cells, strict=True))
            reason = self._reason(named, when)
            if reason or when is None:
                self._set_aside.append(SetAside(number, reason))
                continue
            for name in blank:
                blank[name] += is_blank(named[name])
            yield _Row(
                number, when, named, self._amount(named, (self._columns.revenue,)),
                self._amount(named, self._columns.social), self._amount(named, self._columns.other),
            )  # fmt: skip
        self._told += [f"{name} is blank in {n} row{'s' * (n != 1)}: taken as 0" for name, n in blank.items() if n]

    def _reason(self, named: Mapping[str, str], when: date | None) -> str:
        """Why a row is not used, empty where it is."""
        first = next(cell for cell in named.values() if cell)
        if when is None:
            words = alike(first).split()
            total = not _TOTALS.isdisjoint(word.strip(":.") for word in words)
            if total:
                return f"is a total ({_quoted(first)})"
            given = named[self._columns.date]
            unlike = f"{_quoted(given)} in {self._columns.date}, which is no date like the others"
            return f"has {unlike}" if given else f"has no date in {self._columns.date}"
        reasons = (self._not_an_amount(name, named[name]) for name in self._money)
        return next(filter(None, reasons), "")

    def _not_an_amount(self, name: str, cell: str) -> str:
        """Why a cell is not used, empty where it is."""
        if is_error(cell):
            return f"has the error {cell} in {name}"
        if is_blank(cell):
            return f"has no revenue in {name}" if name == self._columns.revenue else ""
        if is_formula(cell):
            return (
                f"has the formula {_quoted(cell)} in {name} without its value: open the file in a spreadsheet "
                "program, save it and give that"
            )
        number = self._marks.number(cell)
        if number is None:
            return f"has {_quoted(cell)} in {name}, which is no amount with a {self._marks.words}"
        return f"has {_quoted(cell)} in {name}, below zero" if number < 0 else ""

    def _amount(self, named: Mapping[str, str], names: Sequence[str]) -> float:
        return sum((self._marks.number(named[name]) or 0.0) * self._factor(name, named[name]) for name in names)

    def _factor(self, name: str, cell: str) -> float:
        """What an amount is multiplied by as its column says, unless the cell says so itself."""
        return 1.0 if self._factors[name] == 1 or says_scale(cell) else self._factors[name]

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

    def _placed(self, rows: Sequence[_Row], first: date, weekly: bool) -> dict[int, _Row]:
        """The rows by the number of their period; those off the rhythm, or second in a month, are set aside."""
        placed: dict[int, _Row] = {}
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
                f"at most {per_cent(_MOST_MISSING)} may be missing"
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


def _first_of_most(rows: Sequence[_Row]) -> date:
    """The first date on the day of the week on which most weeks begin."""
    [(usual, _)] = Counter(row.when.weekday() for row in rows).most_common(1)
    return next(row.when for row in rows if row.when.weekday() == usual)


def _quoted(cell: str) -> str:
    return f"“{tellable(cell, _LONGEST_QUOTED)}”"


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
