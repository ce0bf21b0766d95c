"""Rows of other costs and benefits: what they are called, what they come to by plan year, and month by month.

Amounts are nominal, before tax, in the scenario's currency, and differences against holding as everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.units import MONEY, Format

# Rows of each kind; the names of their series end in 1 … MOST_ROWS.
MOST_ROWS = 3
MAX_LABEL = 80
LARGEST = 1e12


@dataclass(frozen=True)
class OtherAmount:
    """A row: its name, and its amount in each plan year from the first on; 0 in the years beyond.

    A plan year is twelve months from the first month of the plan. An amount falls in equal parts in its months. A
    cost below zero is a cost saved, a benefit below zero one that is lost.
    """

    name: str
    by_year: tuple[float, ...]

    def in_year(self, year: int) -> float:
        """The amount in a plan year, counted from 1."""
        return self.by_year[year - 1] if year <= len(self.by_year) else 0.0

    def amounts_in_words(self, text: Format, years: int) -> str:
        """Its amounts in the first years: "12,000 USD in year 1, 6,000 USD in year 3"."""
        stated = ((year, amount) for year, amount in enumerate(self.by_year[:years], start=1) if amount)
        told = (f"{text.plain(amount, MONEY)} in year {year}" for year, amount in stated)
        return ", ".join(told) or "nothing within the horizon"


@dataclass(frozen=True)
class Stated:
    """Costs or benefits: the scenario's field, the stem of the names of its series, and what a row is called."""

    field: str
    stem: str
    label: str

    @property
    def plural(self) -> str:
        """What all of its rows are called: "Other costs"."""
        return f"{self.label}s"

    @property
    def series(self) -> tuple[str, ...]:
        """The public names of the rows."""
        return tuple(f"{self.stem}_{number}" for number in range(1, MOST_ROWS + 1))

    def numbered(self, number: int) -> str:
        """What a row without a name of its own is called: "Other cost 1"."""
        return f"{self.label} {number}"


SIDES: Mapping[str, Stated] = MappingProxyType(
    {
        side.field: side
        for side in (
            Stated("other_costs", "other_cost", "Other cost"),
            Stated("other_benefits", "other_benefit", "Other benefit"),
        )
    }
)


def monthly(rows: Sequence[OtherAmount], place: int, years: int) -> Array:
    """The amounts of the row at a place, counted from 0, in each month, shape (12 · years,); zeros without a row."""
    by_year = [rows[place].in_year(year) for year in range(1, years + 1)] if place < len(rows) else [0.0] * years
    return np.repeat(np.array(by_year, dtype=float) / 12, 12)
