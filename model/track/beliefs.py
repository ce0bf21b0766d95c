"""What actuals teach of a plan's beliefs, month after month, by weighted draws that are watched and drawn anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array
from model.history.fit import FEWEST_EFFECTIVE, WORST_PARETO_K
from model.history.importance import pareto_k
from model.learning.learned import Learned, blocks_of
from model.learning.redraw import redrawn
from model.learning.solved_draws import BEYOND
from model.projection import inputs_of
from model.reading.faults import Fault, ScenarioError
from model.track.actuals import Actual
from model.track.departures import own_variance
from model.track.worlds import Tracking, tracking
from model.uncertainty.sampling import draws
from model.uncertainty.summaries import effective_size


@dataclass(frozen=True)
class Expected:
    """What was expected of an actual from all before its month: under each draw a normal distribution.

    `mean` and `deviation` are of shape `(S,)`, as are the `weights` that the draws had before the month.
    """

    actual: Actual
    mean: Array
    deviation: Array
    weights: Array


@dataclass(frozen=True)
class _Seen:
    """The actuals under some draws: rows of means, deviations and logarithms of likelihoods, each `(n, S)`."""

    actuals: tuple[Actual, ...]
    rows: Array

    def logs_before(self, month: int) -> Array:
        """The logarithm of how likely all before a month is under each draw."""
        before = [place for place, item in enumerate(self.actuals) if item.month < month]
        return np.asarray(self.rows[2, before].sum(axis=0))


@dataclass(frozen=True)
class _Stage:
    """Draws that serve for a while: their values, what they say of the actuals, and what they weigh beforehand."""

    values: Mapping[str, Array]
    seen: _Seen
    base: Array
    anew: bool

    def logs(self, month: int) -> Array:
        """The logarithms of the weights that the draws have before a month."""
        return self.base + self.seen.logs_before(month)


def learnt(followed: Tracking, count: int, seed: int) -> tuple[Learned, tuple[Expected, ...]]:
    """The draws as they weigh after all actuals, and what was expected of each actual before its month.

    Raises ScenarioError where no draws that can be trusted agree with the actuals.
    """
    stage, expected = _first(followed, count, seed), list[Expected]()
    for month in sorted({item.month for item in followed.actuals}):
        stage = _trusted(followed, stage, month, seed)
        weights = normalised(stage.logs(month))
        for place, item in enumerate(stage.seen.actuals):
            if item.month == month:
                mean, deviation, _ = stage.seen.rows[:, place]
                expected.append(Expected(item, mean, deviation, weights))
    if not stage.seen.actuals:
        return Learned(followed.scenario, count, seed, (), stage.values, None, -np.inf, False), ()
    stage = _trusted(followed, stage, followed.until + 1, seed)
    logs = stage.logs(followed.until + 1)
    last = Learned(
        followed.scenario, len(logs), seed, (), stage.values, normalised(logs), pareto_k(logs), stage.anew
    )  # fmt: skip
    return last, tuple(expected)


def normalised(logs: Array) -> Array:
    """Weights that sum to 1 from their logarithms."""
    weights = np.exp(logs - np.max(logs))
    return np.asarray(weights / weights.sum())


def _first(followed: Tracking, count: int, seed: int) -> _Stage:
    parts = [values for _, values in draws(followed.scenario, count, seed)]
    values = MappingProxyType({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    return _Stage(values, _seen(followed, values, count), np.zeros(count), False)


def _trusted(followed: Tracking, stage: _Stage, month: int, seed: int) -> _Stage:
    """The stage, or one drawn anew where its draws are worth too few before a month."""
    nothing = not followed.scenario.effective_ranges or all(item.month >= month for item in followed.actuals)
    if nothing or _can_be_trusted(stage.logs(month)):
        return stage
    before = tracking(followed.scenario, followed.actuals, month - 1, followed.left_out)

    def weigh(inputs: Mapping[str, Any]) -> Array:
        size = max(len(value) for value in inputs.values() if np.ndim(value) == 2)
        return _rows(before, inputs, size).logs_before(month)

    values, found = redrawn(followed.scenario, weigh, frozenset(followed.scenario.effective_ranges), seed)
    seen = _seen(followed, values, len(found.weights))
    with np.errstate(divide="ignore"):
        again = _Stage(values, seen, np.log(found.weights) - seen.logs_before(month), True)
    if not _can_be_trusted(again.logs(month)):
        raise ScenarioError([Fault("actuals", _contradiction(before, again.logs(month)))])
    return again


def _can_be_trusted(logs: Array) -> bool:
    return effective_size(normalised(logs), len(logs)) >= FEWEST_EFFECTIVE and pareto_k(logs) <= WORST_PARETO_K


def _contradiction(before: Tracking, logs: Array) -> str:
    worth = effective_size(normalised(logs), len(logs))
    return (
        f"up to month {before.until} contradict the plan's ranges, or each other: {len(logs)} draws are worth "
        f"{worth:.0f} (at least {FEWEST_EFFECTIVE} are needed). Check their units and months; then widen the ranges "
        "of the plan, save it and have it approved anew"
    )


def _seen(followed: Tracking, values: Mapping[str, Array], count: int) -> _Seen:
    """What draws say of the actuals."""
    certain = inputs_of(followed.scenario)
    parts = [_rows(followed, certain | dict(block), size) for size, block in blocks_of(values, count)]
    return _Seen(parts[0].actuals, np.concatenate([part.rows for part in parts], axis=-1))


def _rows(followed: Tracking, inputs: Mapping[str, Any], size: int) -> _Seen:
    """What a run of so many draws says of the actuals."""
    if not followed.actuals:
        return _Seen((), np.zeros((3, 0, size)))
    found = followed.worlds(inputs, last=followed.until).followed.values()
    rows = {
        item: [np.broadcast_to(row, size) for row in (one.mean[place], one.deviation[place], one.logs[place])]
        for one in found
        for place, item in enumerate(one.actuals)
    }
    actuals = tuple(item for item in followed.actuals if item in rows)
    return _Seen(actuals, np.array([rows[item] for item in actuals]).reshape(-1, 3, size).swapaxes(0, 1))


def without_suspects(followed: Tracking, count: int, seed: int) -> Tracking:
    """The same, with what was observed further than five standard deviations from every draw left out of learning.

    A standard deviation is that of the measure's noise: scatter, what lasts, and a test's own error. What was
    decided, spend and hours, is set as it came, however far that is.
    """
    observed = [item for item in followed.actuals if not item.of.decided]
    nearest = dict.fromkeys(observed, np.inf)
    for size, values in draws(followed.scenario, count, seed) if observed else ():
        inputs = inputs_of(followed.scenario) | dict(values)
        modelled = followed.worlds(inputs, last=followed.until).modelled
        for item in observed:
            said = np.broadcast_to(modelled[item.measure], (size, followed.until))[:, item.month - 1]
            nearest[item] = min(nearest[item], _nearest(followed, item, said))
    return replace(followed, left_out=frozenset(item for item, away in nearest.items() if away > BEYOND))


def _nearest(followed: Tracking, item: Actual, said: Array) -> float:
    """How far an actual is from the draw that is nearest, in standard deviations; 0 of what was never planned."""
    unit = followed.unit_of_noise(item.of)[item.month - 1]
    if unit <= 0:
        return 0.0
    spread = np.sqrt((unit * item.of.noise.lasting) ** 2 + own_variance(item.of, item, said, unit))
    return float(np.min(np.abs(item.value - said) / spread))
