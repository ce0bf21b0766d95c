"""Actual against plan by cause, month by month: what the revenue base, the share, skills and the response did.

Each cause is worth what it adds, averaged over every order in which the causes may be let in (Shapley 1953), so that
no order is preferred and the parts add up to the whole variance. What is learnt of a belief counts as how far its
mean has moved; of what nothing was learnt, nothing is put down to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import factorial
from types import MappingProxyType

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.learning.learned import Learned
from model.lines import LINES
from model.projection import ancestors, lines_behind
from model.track.measures import MEASURES
from model.track.worlds import Tracking, point_inputs, value_of, with_set
from model.uncertainty.sampling import draws
from model.units import MONEY_FLOW, Unit

# What is believed to have come in net cash, which nobody books against holding.
BELIEVED = "net_cash"


class VarianceCause(StrEnum):
    """What an actual's variance from the plan is put down to, in words."""

    BASE = "revenue base"
    SHARE = "social share"
    SKILLS = "skills"
    RESPONSE = "response"
    UNEXPLAINED = "not explained"


_CAUSES: tuple[VarianceCause, ...] = tuple(
    cause for cause in VarianceCause if cause is not VarianceCause.UNEXPLAINED
)


@dataclass(frozen=True)
class Variance:
    """Actual (AC) against plan (PL) of one subject by month, `(months,)`, NaN where there is no actual.

    `parts` add up to the variance Δ = AC − PL in each month.
    """

    subject: str
    label: str
    unit: Unit
    actual: Array
    plan: Array
    parts: Mapping[VarianceCause, Array]

    @property
    def months(self) -> tuple[int, ...]:
        """The months that have an actual, counted from 1."""
        return tuple(int(place) + 1 for place in np.flatnonzero(np.isfinite(self.actual)))

    @property
    def delta(self) -> Array:
        """The variance by month."""
        return self.actual - self.plan

    @property
    def adds_up(self) -> bool:
        """Whether months can be added: those of a flow."""
        return self.unit.flow

    def total(self, series: Array) -> float:
        """A series of it over the months that have an actual: their sum; of what does not add up, the last."""
        known = series[np.isfinite(self.actual)]
        return float(known.sum() if self.adds_up else known[-1]) if len(known) else 0.0


def variances(followed: Tracking, learned: Learned) -> tuple[Variance, ...]:
    """The variance of everything that was measured, and of what is believed to have come in net cash."""
    if not followed.actuals:
        return ()
    known = _by_causes(followed, learned)
    found = [_of_measure(followed, name, known) for name in MEASURES if followed.of(name)]
    cash = np.broadcast_to(known[BELIEVED], (2 ** len(_CAUSES), followed.until))
    line = LINES[BELIEVED]
    # With every cause let in, it is what is believed; nothing is left over.
    return (*found, _variance(BELIEVED, f"{line.label}, as believed", MONEY_FLOW, cash[-1], cash))


def _of_measure(followed: Tracking, name: str, known: Mapping[str, Array]) -> Variance:
    measure = MEASURES[name]
    values = np.broadcast_to(value_of(measure, known), (2 ** len(_CAUSES), followed.until))
    actual = np.full(followed.until, np.nan)
    for item in followed.of(name):
        actual[item.month - 1] = item.value
    return _variance(name, measure.label, measure.unit, actual, values)


def _variance(subject: str, label: str, unit: Unit, actual: Array, values: Array) -> Variance:
    """The variance of what a row of `values` says for each set of causes: none of them first, all last."""
    parts: dict[VarianceCause, Array] = {cause: _worth(place, values) for place, cause in enumerate(_CAUSES)}
    parts[VarianceCause.UNEXPLAINED] = actual - values[0] - sum(parts.values())
    plan = np.where(np.isfinite(actual), values[0], np.nan)
    return Variance(subject, label, unit, actual, plan, MappingProxyType(parts))


def _worth(place: int, values: Array) -> Array:
    """What a cause adds, averaged over the orders of letting them in."""
    size, found = len(_CAUSES), np.zeros(values.shape[1])
    for row, there in enumerate(_subsets()):
        if not there[place]:
            others = sum(there)
            part = factorial(others) * factorial(size - 1 - others) / factorial(size)
            found = found + part * (values[row + 2 ** (size - 1 - place)] - values[row])
    return np.asarray(found)


def _subsets() -> list[tuple[int, ...]]:
    """Which causes are let in, row by row: as the digits of a binary number, the first cause first."""
    return list(product((0, 1), repeat=len(_CAUSES)))


def _by_causes(followed: Tracking, learned: Learned) -> Mapping[str, Array]:
    """The lines up to now with every set of causes let in, a row each."""
    scenario = followed.scenario
    columns = np.array(_subsets()).T[..., np.newaxis]
    there: dict[VarianceCause, Array] = dict(zip(_CAUSES, columns, strict=True))
    rows = {name: scenario.number(name) + there[_cause_of(name)] * shift for name, shift in _shifts(learned).items()}
    measured = {name for item in followed.measured for name in (*item.lines, item.per) if name}
    needed = lines_behind(frozenset(), frozenset(measured | {BELIEVED, "team"}))
    inputs = point_inputs(scenario, rows)
    as_planned = Tracking(scenario, (), followed.until).worlds(inputs, needed, followed.until).known
    spent = followed.where_known("social_spend")
    trained = followed.where_known("training_hours")
    came = {name: (there[VarianceCause.SHARE], series) for name, series in spent.items()}
    came |= {name: (there[VarianceCause.SKILLS], series) for name, series in trained.items()}
    return with_set(as_planned, came, needed)


def _shifts(learned: Learned) -> dict[str, float]:
    """How far the mean of each belief has moved."""
    first = [values for _, values in draws(learned.scenario, learned.count, learned.seed)]
    moved = {}
    for name, values in learned.values.items():
        before = float(np.concatenate([part[name] for part in first]).mean())
        now = float(values[:, 0].mean() if learned.weights is None else values[:, 0] @ learned.weights)
        low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
        value = learned.scenario.number(name)
        moved[name] = float(np.clip(value + now - before, low, high)) - value
    return moved


def _cause_of(assumption: str) -> VarianceCause:
    """What a belief's change is put down to: what it is part of, the revenue base first."""
    if assumption in _behind("marketing_budget"):
        return VarianceCause.BASE
    return VarianceCause.SKILLS if assumption in _behind("competent_share") else VarianceCause.RESPONSE


def _behind(line: str) -> set[str]:
    return {part for name in ancestors(line) for part in LINES[name].precedents} & ASSUMPTIONS.keys()
