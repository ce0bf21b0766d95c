"""Where the months and lines of the report stand, and how its numbers look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array
from model.track.actuals import BESIDE
from model.track.importing import template
from model.track.measures import MEASURES
from model.track.variances import Variance
from model.units import SHARE, Unit
from report.charts.drawing.theme import LIGHT
from report.tables.tracked.subjects import planned
from report.tables.tracked.variance_report import VarianceReport
from report.workbook.book import down, number_format
from report.workbook.plain.plain_book import FIRST

ACTUALS, MONTHS = "Actuals", "Months"
# The row of the headings on both sheets, and that of the first month.
HEAD, TOP = 6, 7
_OF_A_FLOW, _OF_A_STATE = 8, 4


@dataclass(frozen=True)
class LineColumns:
    """Where a line's columns stand on Months: PL, AC, ΔPL and ΔPL %, and of a flow the same added up."""

    item: Variance
    first: int
    plan: Array

    @property
    def wide(self) -> int:
        """How many columns it takes."""
        return _OF_A_FLOW if self.item.adds_up else _OF_A_STATE

    @cached_property
    def actual(self) -> Array:
        """AC in each month of the plan, NaN where there is none."""
        found = np.full(len(self.plan), np.nan)
        found[: len(self.item.actual)] = self.item.actual
        return found

    def column(self, place: int) -> str:
        """The cells of one of its columns, from another sheet."""
        return f"{MONTHS}!{down(self.first + place, TOP, TOP + len(self.plan) - 1)}"


@dataclass(frozen=True)
class ReportPlaces:
    """Where everything stands: the columns of Actuals by measure, the groups of Months by line."""

    of: VarianceReport

    @cached_property
    def typed(self) -> Mapping[str, int]:
        """The column of each measure on Actuals."""
        names = [name for name, _ in self.columns]
        return MappingProxyType({item.subject: FIRST + names.index(item.label) for item in self.of.measured})

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """The columns of Actuals by the headings read in again, each with its measure; first the month's."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[tuple[str, str]]:
        named = list(template(self.of.found.scenario).columns)
        yield named[0], ""
        for item in self.of.measured:
            place = named.index(item.label)
            yield item.label, item.subject
            if MEASURES[item.subject].takes in BESIDE:
                yield named[place + 1], item.subject

    @cached_property
    def groups(self) -> tuple[LineColumns, ...]:
        """The lines on Months, side by side after month and calendar."""
        found, first = list[LineColumns](), FIRST + 2
        for item in self.of.found.variances:
            found.append(LineColumns(item, first, planned(self.of.projection, item.subject)))
            first += found[-1].wide
        return tuple(found)

    def row(self, month: int) -> int:
        """The row of a month, on both sheets."""
        return TOP + month - 1

    @property
    def last(self) -> int:
        """The row of the last month."""
        return TOP + self.of.months - 1

    @property
    def months(self) -> str:
        """The cells of the months' numbers."""
        return f"{MONTHS}!{down(FIRST, TOP, self.last)}"

    def actuals(self, subject: str) -> str:
        """The cells of a measure on Actuals."""
        return f"{ACTUALS}!{down(self.typed[subject], TOP, self.last)}"


def shown(unit: Unit) -> dict[str, Any]:
    """How a number of a unit looks."""
    return {"num_format": number_format(unit), "align": "right", "shrink": True}


def signed(unit: Unit) -> dict[str, Any]:
    """How a difference of a unit looks: its sign always written."""
    plain = number_format(unit)
    return {"num_format": _with_sign(plain), "align": "right", "shrink": True}


def _with_sign(plain: str) -> str:
    return f'"+"{plain};"−"{plain};{plain}'


# Of a sheet of what was learnt.
LEARNT = (
    "Values as they were worked out when the file was made: they do not follow what is typed. Sums and differences "
    "are live."
)
WARNING = {"bold": True, "font_color": LIGHT.warning.upper()}
NEGATIVE = {"font_color": LIGHT.loss.upper()}
PARTS = {"num_format": _with_sign("0.0%"), "align": "right", "shrink": True}
ODDS = shown(SHARE)
