"""What is believed after observations: weighted draws, watched for how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.history.fit import FEWEST_EFFECTIVE, WORST_PARETO_K
from model.history.importance import pareto_k
from model.learning.observation import Observation, check_observations, log_weights
from model.learning.quantity import Quantity
from model.learning.redraw import redraw
from model.lines import LINES
from model.metrics import LISTED
from model.projection import inputs_of
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.uncertainty.sampling import BLOCK, DEFAULT_DRAWS, DEFAULT_SEED, Block, draws
from model.uncertainty.simulation import Simulation, simulated
from model.uncertainty.summaries import Weights, effective_size

# Beyond so many standard deviations an observation contradicts what was plausible.
_FAR = 3.0


@dataclass(frozen=True)
class Learned:
    """Draws of a scenario's uncertain assumptions after observations; `values` are `(S, 1)` each.

    `weights` are None where nothing was observed. `pareto_k` is the index of their tail, −inf without weights;
    `redrawn` says that too few of the first draws agreed with the observations, so that new ones were made.
    """

    scenario: Scenario
    count: int
    seed: int
    observations: tuple[Observation, ...]
    values: Mapping[str, Array]
    weights: Weights
    pareto_k: float
    redrawn: bool

    @property
    def effective(self) -> float:
        """How many draws that count alike they are worth."""
        return effective_size(self.weights, self.count)

    def of(self, quantity: Quantity) -> Array:
        """A quantity in each draw, shape `(S,)`."""
        certain = inputs_of(self.scenario)
        found = [
            np.broadcast_to(quantity.values(certain | dict(drawn)), (size,))
            for size, drawn in blocks_of(self.values, self.count)
        ]
        return np.concatenate(found)

    def simulate(self, lines: tuple[str, ...] = tuple(LINES), only: tuple[str, ...] = LISTED) -> Simulation:
        """The simulation of these draws, weighted as they are: see `model.uncertainty.simulation.simulate`."""
        return simulated(
            self.scenario,
            blocks_of(self.values, self.count),
            self.count,
            self.seed,
            lines=lines,
            only=only,
            weights=self.weights,
        )


def learn(
    scenario: Scenario,
    observations: Sequence[Observation] = (),
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Learned:
    """What is believed of a scenario after observations; the same digits for the same ones, in whatever order.

    Draws are weighted by how likely each makes what was seen; where they are worth too few, new ones are made.
    Raises ScenarioError where an observation cannot be, and where no draws that can be trusted agree with all.
    """
    check_observations(scenario, observations)
    values = _drawn(scenario, count, seed)
    seen = tuple(sorted(observations, key=repr))
    if not seen:
        return Learned(scenario, count, seed, (), values, None, -np.inf, False)
    certain = inputs_of(scenario)
    parts = [
        np.broadcast_to(log_weights(seen, certain | dict(drawn)), (size,))
        for size, drawn in blocks_of(values, count)
    ]
    logarithms = np.concatenate(parts)
    first = _weighed(scenario, seed, seen, values, logarithms)
    if _trusted(first):
        return first
    again, found = redraw(scenario, seen, seed)
    later = Learned(scenario, len(found.weights), seed, seen, again, found.weights, found.pareto_k, True)
    if not _trusted(later):
        raise ScenarioError([Fault("observations", _contradiction(later))])
    return later


def blocks_of(values: Mapping[str, Array], count: int) -> Iterator[Block]:
    """So many draws block by block, as `model.uncertainty.sampling.draws` gives them."""
    for start in range(0, count, BLOCK):
        part = slice(start, start + BLOCK)
        yield (
            min(BLOCK, count - start),
            MappingProxyType({name: column[part] for name, column in values.items()}),
        )


def _drawn(scenario: Scenario, count: int, seed: int) -> Mapping[str, Array]:
    """The draws of a scenario as whole columns, `(S, 1)`."""
    blocks = [values for _, values in draws(scenario, count, seed)]
    return MappingProxyType({name: np.concatenate([part[name] for part in blocks]) for name in blocks[0]})


def _weighed(
    scenario: Scenario, seed: int, seen: tuple[Observation, ...], values: Mapping[str, Array], logarithms: Array
) -> Learned:
    weights = np.exp(logarithms - np.max(logarithms))
    weights = weights / weights.sum()
    return Learned(scenario, len(weights), seed, seen, values, weights, pareto_k(logarithms), False)


def _trusted(learned: Learned) -> bool:
    return learned.effective >= FEWEST_EFFECTIVE and learned.pareto_k <= WORST_PARETO_K


def _contradiction(learned: Learned) -> str:
    """Why draws cannot be trusted, and the mend; it names the observation furthest from what was plausible."""
    away = {item: _distance(learned, item) for item in learned.observations}
    item = max(away, key=lambda one: (away[one], repr(one)))
    why = "contradict the ranges" if away[item] > _FAR else "are so exact that too few draws agree with all of them"
    return (
        f"{why}: {learned.count} draws are worth {learned.effective:.0f} (at least {FEWEST_EFFECTIVE} are needed) "
        f"and the tail of their weights is {learned.pareto_k:.2f} (at most {WORST_PARETO_K}). "
        f"“{item.quantity.name}” lies furthest from what was plausible, by {away[item]:.1f} standard deviations: "
        "check its value and unit, give it its whole standard error, or widen the ranges behind it"
    )


def _distance(learned: Learned, item: Observation) -> float:
    """How many standard deviations an observation lies from what was expected of it beforehand."""
    inputs = inputs_of(learned.scenario) | dict(_drawn(learned.scenario, DEFAULT_DRAWS, learned.seed))
    values = item.quantity.values(inputs)
    return float(abs(item.value - values.mean()) / np.hypot(values.std(), item.standard_error))
