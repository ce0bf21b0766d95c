"""New draws where few of the old agree with what was observed: by adaptive importance sampling, or solved for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from model.formula import Array
from model.history.importance import BESIDE_SCORES, DRAWS, Draws, sample
from model.learning.observation import Observation, log_weights
from model.learning.quantity import values_of
from model.learning.solved_draws import solved_draws
from model.projection import inputs_of
from model.scenario import Scenario
from model.uncertainty.sampling import COORDINATES, correlation_root, quantile, within_bounds
from model.uncertainty.sobol import Sobol

# From inputs of a run, as `model.projection.run` takes them, to the logarithm of each draw's weight, `(S,)`.
LogWeights = Callable[[Mapping[str, Any]], Array]
# The values of every uncertain assumption, `(S, 1)` each, and the draws of those that are told of, which weigh them.
Redrawn = tuple[Mapping[str, Array], Draws]

_EDGE = 1e-12
# How many draws an assumption is moved in to see whether an observation depends on it.
_TRIED = 64


def redraw(scenario: Scenario, observations: Sequence[Observation], seed: int) -> Redrawn:
    """Weighted draws of every uncertain assumption after the observations, each `(S, 1)`.

    What no observation depends on is drawn as before.
    """
    return redrawn(scenario, _weigh(observations), _may(observations), seed)


def solve(scenario: Scenario, observations: Sequence[Observation], seed: int) -> Redrawn | None:
    """As `redraw`, each draw solved for, which precise observations of lines take; None where that does not do."""
    places = _places(scenario, _told(scenario, _weigh(observations), _may(observations), seed))
    if not places:
        return None
    inputs, quantities = inputs_of(scenario), {item.quantity for item in observations}

    def residuals(some: Array) -> Array:
        found = values_of(quantities, inputs | dict(values_at(scenario, _at(places, some, scenario))))
        off = [(found[item.quantity] - item.value) / item.standard_error for item in observations]
        return np.stack(off, axis=1)

    found = solved_draws(residuals, len(places), seed)
    return None if found is None else (_completed(scenario, places, found, seed), found)


def _weigh(observations: Sequence[Observation]) -> LogWeights:
    quantities = {item.quantity for item in observations}
    return lambda inputs: log_weights(observations, values_of(quantities, inputs))


def _may(observations: Sequence[Observation]) -> frozenset[str]:
    return frozenset[str]().union(*(item.quantity.assumptions for item in observations))


def redrawn(scenario: Scenario, weigh: LogWeights, may: frozenset[str], seed: int) -> Redrawn:
    """As `redraw`, for whatever weighs draws; `may` are the assumptions that their weights may depend on."""
    inputs = inputs_of(scenario)
    places = _places(scenario, _told(scenario, weigh, may, seed))
    if not places:
        scores = _prior_scores(len(scenario.effective_ranges), seed)
        return values_at(scenario, scores), Draws(scores, np.full(len(scores), 1 / len(scores)), -np.inf)

    def log_likelihood(some: Array) -> Array:
        return weigh(inputs | dict(values_at(scenario, _at(places, some, scenario))))

    found = sample(log_likelihood, len(places), seed)
    return _completed(scenario, places, found, seed), found


def _places(scenario: Scenario, told: Sequence[str]) -> list[int]:
    """Where assumptions stand among those that are uncertain."""
    names = tuple(scenario.effective_ranges)
    return [names.index(name) for name in told]


def _at(places: list[int], some: Array, scenario: Scenario) -> Array:
    """Scores at their places, `(S, D)`, all others in the middle."""
    scores = np.zeros((len(some), len(scenario.effective_ranges)))
    scores[:, places] = some
    return scores


def _completed(scenario: Scenario, places: list[int], found: Draws, seed: int) -> Mapping[str, Array]:
    """The values of all assumptions: those that draws are about, and those of which nothing was seen."""
    return values_at(scenario, _beside(found.scores, places, len(scenario.effective_ranges), seed))


def values_at(scenario: Scenario, scores: Array) -> Mapping[str, Array]:
    """The value of every uncertain assumption at independent standard normal scores `(S, D)`, each `(S, 1)`."""
    from scipy.special import ndtr

    ranges = scenario.effective_ranges
    names, mixed, root = tuple(ranges), scores, correlation_root(scenario)
    if root is not None:
        columns = [names.index(COORDINATES[place]) for place in root[0]]
        mixed = scores.copy()
        mixed[:, columns] = scores[:, columns] @ root[1]
    probabilities = np.clip(ndtr(mixed), _EDGE, 1 - _EDGE)
    return {
        name: within_bounds(name, quantile(item), probabilities[:, place])[:, np.newaxis]
        for place, (name, item) in enumerate(ranges.items())
    }


def _beside(scores: Array, places: list[int], size: int, seed: int) -> Array:
    """Scores at their places, `(S, size)`, with prior ones beside them.

    These come of coordinates that no proposal uses: the same coordinate twice would tie what nobody saw to what was
    seen, as its points differ in little but their order.
    """
    whole, used = np.empty((len(scores), size)), len(places) + BESIDE_SCORES
    others = [place for place in range(size) if place not in places]
    whole[:, places] = scores
    whole[:, others] = _prior_scores(used + len(others), seed, len(scores))[:, used:]
    return whole


def _prior_scores(size: int, seed: int, count: int = DRAWS) -> Array:
    from scipy.special import ndtri

    points = Sobol(size, seed).block(0, count)
    return np.asarray(ndtri(np.clip(points, _EDGE, 1 - _EDGE)), dtype=float)


def _told(scenario: Scenario, weigh: LogWeights, may: frozenset[str], seed: int) -> tuple[str, ...]:
    """The uncertain assumptions that weights depend on, and those correlated with others."""
    names = tuple(scenario.effective_ranges)
    correlated = {name for pair in scenario.correlations for name in pair[:2]}
    tried = [name for name in names if name in may and name not in correlated]
    if not tried:
        return tuple(name for name in names if name in correlated)
    inputs, base = inputs_of(scenario), _prior_scores(len(names), seed, 2 * _TRIED)
    moved = np.tile(base[:_TRIED], (len(tried) + 1, 1))
    for row, name in enumerate(tried, start=1):
        place = names.index(name)
        moved[row * _TRIED : (row + 1) * _TRIED, place] = base[_TRIED:, place]
    found = weigh(inputs | dict(values_at(scenario, moved))).reshape(len(tried) + 1, _TRIED)
    depends = {name for name, row in zip(tried, found[1:], strict=True) if np.any(row != found[0])}
    return tuple(name for name in names if name in depends | correlated)
