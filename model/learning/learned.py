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
from model.learning.quantity import Quantity, values_of
from model.learning.redraw import redraw, solve
from model.learning.solved_draws import BEYOND
from model.lines import LINES
from model.metrics import LISTED
from model.projection import inputs_of
from model.reading.faults import Fault, ScenarioError
from model.reading.numerals import brief
from model.scenario import Scenario
from model.uncertainty.sampling import BLOCK, DEFAULT_DRAWS, DEFAULT_SEED, Block, draws
from model.uncertainty.simulation import Simulation, simulated
from model.uncertainty.summaries import Weights, effective_size, mean, variance


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
        return self.of_all([quantity])[quantity]

    def of_all(self, quantities: Sequence[Quantity]) -> dict[Quantity, Array]:
        """Several quantities in each draw, shape `(S,)` each."""
        return _read(self.scenario, self.values, self.count, quantities)

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
    quantities = [item.quantity for item in seen]
    logarithms = log_weights(seen, _read(scenario, values, count, quantities))
    first = _weighed(scenario, seed, seen, values, logarithms)
    if _trusted(first):
        return _agreeing(first)
    later = first
    for make in (solve, redraw):
        if (made := make(scenario, seen, seed)) is not None:
            again, found = made
            later = Learned(scenario, len(found.weights), seed, seen, again, found.weights, found.pareto_k, True)
        if _trusted(later):
            return _agreeing(later)
    raise ScenarioError([Fault("observations", _too_few(later))])


def _agreeing(learned: Learned) -> Learned:
    """The same. Raises ScenarioError where an observation lies beyond what its quantity can be, all others given."""
    faults = []
    found = learned.of_all([item.quantity for item in learned.observations])
    for item in learned.observations:
        values = found[item.quantity]
        if (away := _distance(item, values, learned.weights)) > BEYOND:
            middle = float(mean(values, learned.weights))
            faults.append(Fault(item.quantity.name, _contradiction(item, middle, away)))
    if faults:
        raise ScenarioError(faults)
    return learned


def _contradiction(item: Observation, nearest: float, away: float) -> str:
    return (
        f"was seen at {brief(item.value)} give or take {brief(item.standard_error)}, which contradicts the ranges: "
        f"they come no nearer than {brief(nearest)} on average, {away:.0f} standard deviations away. Check its "
        "value and unit, give it its whole standard error, or widen the ranges behind it"
    )


def blocks_of(values: Mapping[str, Array], count: int) -> Iterator[Block]:
    """So many draws block by block, as `model.uncertainty.sampling.draws` gives them."""
    for start in range(0, count, BLOCK):
        part = slice(start, start + BLOCK)
        yield (
            min(BLOCK, count - start),
            MappingProxyType({name: column[part] for name, column in values.items()}),
        )


def _read(
    scenario: Scenario, values: Mapping[str, Array], count: int, quantities: Sequence[Quantity]
) -> dict[Quantity, Array]:
    """Quantities in so many draws, block by block."""
    certain = inputs_of(scenario)
    parts: dict[Quantity, list[Array]] = {quantity: [] for quantity in quantities}
    for size, drawn in blocks_of(values, count):
        for quantity, part in values_of(parts, certain | dict(drawn)).items():
            parts[quantity].append(np.broadcast_to(part, (size,)))
    return {quantity: np.concatenate(part) for quantity, part in parts.items()}


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


def _too_few(learned: Learned) -> str:
    """Why draws cannot be trusted, and the mend; it names the observation furthest from what was plausible."""
    before = _drawn(learned.scenario, DEFAULT_DRAWS, learned.seed)
    found = _read(learned.scenario, before, DEFAULT_DRAWS, [item.quantity for item in learned.observations])
    away = {item: _distance(item, found[item.quantity]) for item in learned.observations}
    item = max(away, key=lambda one: (away[one], repr(one)))
    return (
        f"cannot be learnt from: {learned.count} draws are worth {learned.effective:.0f} (at least "
        f"{FEWEST_EFFECTIVE} are needed) and the tail of their weights is {learned.pareto_k:.2f} (at most "
        f"{WORST_PARETO_K}), as too few agree with all that was seen. “{item.quantity.name}” lies furthest from "
        f"what was plausible, by {away[item]:.1f} standard deviations: check its value and unit, give it its whole "
        "standard error, or widen the ranges behind it"
    )


def _distance(item: Observation, values: Array, weights: Weights = None) -> float:
    """How many standard deviations an observation lies from what draws expect of it."""
    spread = variance(values, weights) ** 0.5
    return abs(item.value - float(mean(values, weights))) / float(np.hypot(spread, item.standard_error))
