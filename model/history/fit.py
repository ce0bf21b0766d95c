"""What a history and experiments tell: the posterior of the scenario's ranges under the model's own response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.formula import Array
from model.history.experiments.lift import Lift
from model.history.importance import Draws, sample
from model.history.prior import FITTED, Prior
from model.history.regression import Regression
from model.reading.faults import Fault, ScenarioError
from model.reading.numerals import brief
from model.uncertainty.summaries import weighted_quantiles, weighted_ranks

# Below this many effective draws, or above this tail index, no percentile is told.
FEWEST_EFFECTIVE = 400
WORST_PARETO_K = 0.7
# So many periods more than what is linear has columns: fewer say nothing of the noise.
FEWEST_FREE = 8
# A middle that lies so near to the end of its range contradicts it.
BEYOND = 1e-4
# So many draws at a time stay near the processor.
_BLOCK = 1024
PERCENTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class Posterior:
    """What is believed after history and experiments: weighted draws of the beliefs in `names`.

    `history` is the one that was fitted, None where there was none; `lifts` are the experiments.
    """

    prior: Prior
    history: Regression | None
    draws: Draws
    lifts: tuple[Lift, ...] = ()

    @property
    def regression(self) -> Regression:
        """The history that was fitted. Raises ValueError where there was none."""
        if self.history is None:
            raise ValueError("no history was fitted")
        return self.history

    @property
    def source(self) -> str:
        """What tells of the beliefs, in words."""
        return _source(self.history, self.lifts)

    @property
    def names(self) -> tuple[str, ...]:
        """The beliefs that were fitted."""
        return self.prior.names

    @cached_property
    def values(self) -> Mapping[str, Array]:
        """The draws of every belief, each `(S, 1)`."""
        return self.prior.values(self.draws.scores)

    def mean(self, name: str) -> float:
        """The mean of a belief."""
        return float(self.draws.weights @ self.values[name][:, 0])

    def percentiles(self, name: str) -> dict[int, float]:
        """The percentiles of a belief, each by its per cent."""
        found = weighted_quantiles(self.values[name][:, 0], self.draws.weights, np.array(PERCENTILES) / 100)
        return dict(zip(PERCENTILES, found.tolist(), strict=True))

    def at_the_end(self, part: float) -> list[str]:
        """The beliefs whose median lies within the first or the last such part of their range."""
        places = self.prior.places(self.draws.scores).T
        medians = [weighted_quantiles(place, self.draws.weights, np.array([0.5]))[0] for place in places]
        return [name for name, median in zip(self.names, medians, strict=True) if not part < median < 1 - part]

    @cached_property
    def media(self) -> Array:
        """The revenue that spend is expected to have brought in each period, `(n,)`."""
        return np.asarray(self.draws.weights @ self.regression.media(self.values))

    @cached_property
    def autocorrelation(self) -> Array:
        """The probability of each autocorrelation of the noise, given the expected response."""
        [likelihood] = self.regression.log_likelihood(self.media[np.newaxis])
        weights = np.exp(likelihood - likelihood.max())
        return np.asarray(weights / weights.sum())

    @cached_property
    def expected(self) -> Array:
        """The revenue expected in each period, `(n,)`."""
        return self.regression.expected(self.media, self.autocorrelation)

    @cached_property
    def rank_correlations(self) -> Array:
        """Spearman's correlations of the beliefs, `(D, D)`."""
        weights = self.draws.weights
        ranks = np.column_stack([weighted_ranks(self.values[name][:, 0], weights) for name in self.names])
        apart = ranks - weights @ ranks
        covariance = (apart * weights[:, np.newaxis]).T @ apart
        spread = np.sqrt(np.diag(covariance))
        return np.asarray(covariance / np.outer(spread, spread))


def fit(regression: Regression | None, prior: Prior, seed: int, lifts: Sequence[Lift] = ()) -> Posterior:
    """The posterior of a history, experiments, or both.

    Raises ScenarioError where the history is too short or the draws do not settle.
    """
    if regression is not None and regression.free < FEWEST_FREE:
        raise ScenarioError([Fault("history", _too_few(regression))])
    if not prior.names:
        raise ScenarioError(
            [Fault("ranges", "are all taken away: there is no belief left for the history to tell of")]
        )

    def log_likelihood(scores: Array) -> Array:
        blocks = [scores[start : start + _BLOCK] for start in range(0, len(scores), _BLOCK)]
        return np.concatenate([_log_likelihood(regression, lifts, prior.values(block)) for block in blocks])

    draws = sample(log_likelihood, len(prior.names), seed)
    if draws.effective < FEWEST_EFFECTIVE or draws.pareto_k > WORST_PARETO_K:
        raise ScenarioError([Fault(_source(regression, lifts), _unsettled(draws))])
    posterior = Posterior(prior, regression, draws, tuple(lifts))
    if faults := [Fault(name, _beyond(posterior, name)) for name in posterior.at_the_end(BEYOND)]:
        raise ScenarioError(faults)
    return posterior


def _source(regression: Regression | None, lifts: Sequence[Lift]) -> str:
    experiments = "experiments" if len(lifts) > 1 else "experiment"
    if regression is None:
        return experiments
    return f"history and {experiments}" if lifts else "history"


def _log_likelihood(regression: Regression | None, lifts: Sequence[Lift], values: Mapping[str, Array]) -> Array:
    """The logarithm of the likelihood of each draw, whatever the autocorrelation."""
    found = sum((lift.log_likelihood(values) for lift in lifts), start=np.zeros(len(values[FITTED[0]])))
    if regression is not None:
        found += np.logaddexp.reduce(regression.log_likelihood(regression.media(values)), axis=1)
    return found


def _beyond(posterior: Posterior, name: str) -> str:
    known = posterior.prior.scenario.effective_ranges[name]
    return (
        f"would have to lie beyond its range, {brief(known.low)} to {brief(known.high)}, for this "
        f"{posterior.source}: check "
        "that revenue and spend are in the same money and that the right columns are used, or widen the range"
    )


def _too_few(regression: Regression) -> str:
    periods = int(regression.observed.sum())
    return (
        f"has {periods} periods for {periods - regression.free} figures of level, trend, season and controls; "
        "at least "
        f"{FEWEST_FREE} more periods than these are needed: name fewer controls or give a longer history"
    )


def _unsettled(draws: Draws) -> str:
    return (
        f"cannot be fitted reliably: {len(draws.weights)} draws are worth {draws.effective:.0f} (at least "
        f"{FEWEST_EFFECTIVE} are needed) and the tail of their weights is {draws.pareto_k:.2f} (at most "
        f"{WORST_PARETO_K}); they and the ranges contradict each other, so check the columns, their units "
        "and the ranges"
    )
