"""What is believed before the history is looked at: the scenario's ranges, as they are drawn in a simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.scenario import Scenario
from model.uncertainty.sampling import correlation_root, normal_correlations, quantile, within_bounds

# The beliefs that the response of revenue to spend depends on.
FITTED = (
    "social_relative_return",
    "other_incremental_roas",
    "social_returns_exponent",
    "other_returns_exponent",
    "saturation",
    "carryover_half_life",
)
# Scores that would fall infinitely far out on a normal range are held within these probabilities.
_EDGE = 1e-12


@dataclass(frozen=True)
class Prior:
    """The fitted beliefs as a scenario has them; a point is one standard normal score for each of `names`.

    A belief that the scenario holds for certain has no score and keeps its value. Raises ScenarioError where the
    scenario's correlations contradict each other.
    """

    scenario: Scenario

    def __post_init__(self) -> None:
        correlation_root(self.scenario)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The beliefs that are uncertain, in order."""
        return tuple(name for name in FITTED if name in self.scenario.effective_ranges)

    @cached_property
    def _root(self) -> Array:
        """What gives independent scores the scenario's rank correlations."""
        among = [pair for pair in self.scenario.correlations if {*pair[:2]} <= {*self.names}]
        sizes, directions = np.linalg.eigh(normal_correlations(self.names, among))
        return np.asarray((directions * np.sqrt(np.maximum(sizes, 0))) @ directions.T)

    def places(self, scores: Array) -> Array:
        """Where in its own range each belief lies at scores, as the part of the range's probability below it."""
        from scipy.special import ndtr

        return np.clip(ndtr(scores @ self._root), _EDGE, 1 - _EDGE)

    def values(self, scores: Array) -> Mapping[str, Array]:
        """The value of every fitted belief at scores of shape `(S, D)`, each `(S, 1)`."""
        ranges, probabilities = self.scenario.effective_ranges, self.places(scores)
        found = {name: np.full((len(scores), 1), self.scenario.number(name)) for name in FITTED}
        for place, name in enumerate(self.names):
            column = within_bounds(name, quantile(ranges[name]), probabilities[:, place])
            found[name] = column[:, np.newaxis]
        return MappingProxyType(found)
