"""What a statement of the budget is: rows by fiscal year, each with its total and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np

from model.formula import Array
from model.scenario import Scenario
from model.telling.tables import fiscal_label, fiscal_start
from model.units import LEAST_MONEY, NO_BREAK, Unit


class Weight(StrEnum):
    """What a row is in its statement: an item added up, a part of the one above it, a total, a figure beside."""

    ITEM = "item"
    PART = "part"
    TOTAL = "total"
    BESIDE = "beside"


@dataclass(frozen=True)
class StatementRow:
    """One row: a value for each fiscal year and the total over them, both in `unit`; None where there is none.

    `section` is the heading it stands under, `basis` what it is and how it is reckoned, in words.
    """

    name: str
    label: str
    section: str
    unit: Unit
    weight: Weight
    values: tuple[float | None, ...]
    total: float | None
    basis: str

    @property
    def nothing(self) -> bool:
        """Whether no table would show anything but zeros in it."""
        return all(value is None or abs(value) < LEAST_MONEY for value in (*self.values, self.total))


@dataclass(frozen=True)
class Statement:
    """A table by fiscal year: `years` are the columns, `months` how many months of the plan fall into each.

    `basis` says what the amounts are, in one sentence or two.
    """

    name: str
    title: str
    basis: str
    years: tuple[str, ...]
    months: tuple[int, ...]
    rows: tuple[StatementRow, ...]

    @property
    def by_name(self) -> dict[str, StatementRow]:
        """The rows by their public names."""
        return {row.name: row for row in self.rows}

    @property
    def headings(self) -> tuple[str, ...]:
        """The years as they head a column: with its months where a year is no full one."""
        return tuple(
            year if months == 12 else f"{year} ({months}{NO_BREAK}mo.)"
            for year, months in zip(self.years, self.months, strict=True)
        )

    @property
    def told(self) -> Statement:
        """The same without items that are zero throughout; totals stay."""
        kept = (row for row in self.rows if row.weight is Weight.TOTAL or not row.nothing)
        return replace(self, rows=tuple(kept))


@dataclass(frozen=True)
class FiscalYears:
    """The fiscal years that a plan touches, and how many of its months fall into each, in order."""

    labels: tuple[str, ...]
    months: tuple[int, ...]

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """For each year the position of its first month, counted from 0."""
        return tuple(int(place) for place in np.cumsum((0, *self.months[:-1])))

    @property
    def lasts(self) -> tuple[int, ...]:
        """For each year the position of its last month, counted from 0."""
        return tuple(first + count - 1 for first, count in zip(self.firsts, self.months, strict=True))

    def added(self, series: Array) -> Array:
        """A series by month, shape `(T,)`, added up by fiscal year."""
        summed: Array = np.add.reduceat(series, self.firsts)
        return summed


def fiscal_years(scenario: Scenario, today: date | None = None) -> FiscalYears:
    """The fiscal years of a plan; one without a start of its own begins after `today`."""
    starts = scenario.fiscal_year_start
    begun = [fiscal_start(day, starts) for day in scenario.calendar(today)]
    years = range(begun[0], begun[-1] + 1)
    return FiscalYears(
        tuple(fiscal_label(year, starts) for year in years), tuple(begun.count(year) for year in years)
    )


def floats(values: Iterable[float]) -> tuple[float, ...]:
    """Plain numbers, none of them a negative zero."""
    return tuple(float(value) + 0.0 for value in values)
