"""A company's own figures, read off its history: how large it is, what it spends, how it grew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.history.design import MONTHS_A_YEAR, periods_in
from model.history.importing.history import OwnHistory
from model.history.ranges import OWN_DATA, without_own_data
from model.reading.faults import ScenarioError
from model.reading.numerals import brief
from model.reading.value_validation import bounds_text
from model.scenario import Scenario
from model.units import HEADS, MONEY_FLOW, MONEY_YEAR, RATE, SHARE, SHARE_OF_REVENUE, Unit

# What the data themselves say of the company; it is no estimate.
GRADE = "U"
_DIGITS = 4


@dataclass(frozen=True)
class OwnFigure:
    """A figure of the company, under an assumption's name where it is one: how it was computed, of which period."""

    name: str
    label: str
    value: float
    unit: Unit
    how: str
    period: str

    @property
    def is_assumption(self) -> bool:
        """Whether a scenario has a place for it."""
        return self.name in ASSUMPTIONS

    @property
    def note(self) -> str:
        """What a scenario that takes it over says of it."""
        return f"{OWN_DATA}{self.period}: {self.how}; grade {GRADE}: the company's own figure"


def figures(history: OwnHistory) -> tuple[OwnFigure, ...]:
    """The figures that a history tells, of its last twelve months; those that it cannot tell are left out."""
    year = _Year(history)
    return (*year.spend(), *year.growth(), *year.people())


class _Year:
    """The last twelve months of a history, where the file has a row, and the twelve before."""

    def __init__(self, history: OwnHistory) -> None:
        self._history = history
        self._size = periods_in(MONTHS_A_YEAR, history.months)
        self._unit = "weeks" if history.weekly else "months"
        self._last = history.observed.copy()
        self._last[: -self._size] = False

    def spend(self) -> Iterator[OwnFigure]:
        """What is spent a month; with other marketing beside social, the share of social and that of revenue."""
        revenue, social, other = map(
            self._monthly, (self._history.revenue, self._history.social, self._history.other)
        )
        yield self._figure(
            "social_spend_a_month", social, MONEY_FLOW, "mean social spend", label="Social spend a month"
        )
        if not self._history.columns.other or social + other <= 0:
            return
        yield self._figure(
            "other_spend_a_month",
            other,
            MONEY_FLOW,
            "mean other marketing spend",
            label="Other marketing spend a month",
        )
        how = "social spend divided by social and other marketing spend"
        yield self._figure("social_share_start", social / (social + other), SHARE, how)
        if revenue > 0:
            how = "social and other marketing spend divided by revenue"
            yield self._figure("marketing_share_of_revenue", (social + other) / revenue, SHARE_OF_REVENUE, how)

    def growth(self) -> Iterator[OwnFigure]:
        """How revenue grew on the year before, of the weeks or months that both have."""
        history, size = self._history, self._size
        if len(history.revenue) < 2 * size:
            return
        both = history.observed[-size:] & history.observed[-2 * size : -size]
        now, before = (
            float(part[both].sum()) for part in (history.revenue[-size:], history.revenue[-2 * size : -size])
        )
        if before > 0:
            how = f"revenue of {both.sum()} {self._unit} divided by that of the same a year before, less 1"
            yield self._figure("revenue_growth", now / before - 1, RATE, how)

    def people(self) -> Iterator[OwnFigure]:
        """How many people there are now, and what the company earned in the year for each."""
        people = self._history.people
        known = np.zeros(0) if people is None else people[self._last & np.isfinite(people) & (people > 0)]
        if not len(known):
            return
        yield self._figure("employees", float(round(known[-1])), HEADS, "the last that the column of people says")
        revenue = MONTHS_A_YEAR * self._monthly(self._history.revenue)
        how = "revenue, of a whole year, divided by the mean number of people"
        yield self._figure("revenue_per_employee", revenue / float(known.mean()), MONEY_YEAR, how)

    def _monthly(self, series: Array) -> float:
        """The mean of an amount by period, a month."""
        return float(series[self._last].mean()) / self._history.months

    def _figure(self, name: str, value: float, unit: Unit, how: str, label: str = "") -> OwnFigure:
        dates = self._history.dates[-self._size :]
        period = self._history.words_of(dates, int(self._last.sum()))
        label = label or ASSUMPTIONS[name].label
        return OwnFigure(name, label, float(f"{value:.{_DIGITS}g}"), unit, how, period)


def with_figures(scenario: Scenario, found: Sequence[OwnFigure]) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario with own figures as its assumptions, and in sentences which were not taken over and why."""
    told = []
    for figure in (one for one in found if one.is_assumption):
        low, high = ASSUMPTIONS[figure.name].bounds or (-np.inf, np.inf)
        if not low <= figure.value <= high:
            bounds = bounds_text(ASSUMPTIONS[figure.name])
            told.append(
                f"{figure.name} would be {brief(figure.value)}, out of bounds {bounds}: it was not taken over"
            )
            continue
        kept = without_own_data(scenario.notes.get(figure.name, ""))
        notes = {**scenario.notes, figure.name: "\n".join(filter(None, (figure.note, kept)))}
        try:
            scenario = scenario.changed(assumptions={**scenario.assumptions, figure.name: figure.value}, notes=notes)
        except ScenarioError as error:
            told.append(f"{figure.name} was not taken over: {error.faults[0].message}")
    return scenario, tuple(told)
