"""What matters and what is worth finding out: how far each uncertain input moves the net present value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.metrics import METRICS
from model.projection import inputs_of, lines_behind, run
from model.scenario import Scenario
from model.uncertainty.simulation import Simulation
from model.uncertainty.summaries import (
    Weights,
    effective_size,
    mean,
    of_those,
    percentiles,
    standard_error,
    variance,
)
from model.units import LEAST_MONEY

# Degree of the polynomial that stands for the mean result given one input; the results are smooth in it.
_DEGREE = 5
# Between which percentiles an input runs whose draws carry weights.
_ENDS = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True)
class Bar:
    """One input's bar in the tornado: its low and high end and the net present value at each."""

    name: str
    low: float
    high: float
    npv_low: float
    npv_high: float

    @property
    def swing(self) -> float:
        """How far the input moves the net present value over its range; 0 where no table could show it."""
        swing = abs(self.npv_high - self.npv_low)
        return swing if swing >= LEAST_MONEY else 0.0


def tornado(scenario: Scenario) -> tuple[Bar, ...]:
    """Each uncertain input moved to its low and high end, all others at their values; widest swing first.

    Inputs of equal swing stand in alphabetical order, so the ranking does not depend on the declaration.
    """
    ends = {name: (item.low, scenario.number(name), item.high) for name, item in scenario.effective_ranges.items()}
    return bars(ends, lambda rows: _npv_of(scenario, rows))


def learned_tornado(simulation: Simulation) -> tuple[Bar, ...]:
    """The tornado of a simulation: its scenario's, unless draws carry weights.

    Then each input runs from its weighted 10th to its 90th percentile, all others at their weighted medians.
    """
    if simulation.weights is None:
        return tornado(simulation.scenario)
    return bars(_learned_ends(simulation), lambda rows: _npv_of(simulation.scenario, rows))


def around(simulation: Simulation) -> float:
    """The net present value that the bars of `learned_tornado` start from: that of all inputs in their middle."""
    if simulation.weights is None:
        return float(_npv_of(simulation.scenario, {})[0])
    middles = {name: np.full((1, 1), item[1]) for name, item in _learned_ends(simulation).items()}
    return float(_npv_of(simulation.scenario, middles)[0])


def learned_ends(values: Mapping[str, Array], weights: Weights) -> dict[str, tuple[float, float, float]]:
    """The 10th, 50th and 90th percentile of each input's draws, `(S,)`, as they are weighted."""
    found = {}
    for name, column in values.items():
        order = np.argsort(column)
        low, middle, high = percentiles(column[order], _ENDS, None if weights is None else weights[order])
        found[name] = (float(low), float(middle), float(high))
    return found


def bars(
    ends: Mapping[str, tuple[float, float, float]], worth: Callable[[dict[str, Array]], Array]
) -> tuple[Bar, ...]:
    """The bars of inputs with their low end, middle and high end, widest first.

    `worth` says the net present value of rows of inputs, `(R, 1)` each: `(R,)`.
    """
    # All at once: two rows for each input, in which it alone is moved.
    moved = {name: np.full((2 * len(ends), 1), middle) for name, (_, middle, _) in ends.items()}
    for place, (name, (low, _, high)) in enumerate(ends.items()):
        moved[name][2 * place : 2 * place + 2, 0] = low, high
    values = np.broadcast_to(worth(moved), 2 * len(ends)).reshape(-1, 2)
    found = (
        Bar(name, low, high, *map(float, pair))
        for (name, (low, _, high)), pair in zip(ends.items(), values, strict=True)
    )
    return tuple(sorted(found, key=lambda bar: (-bar.swing, bar.name)))


def _learned_ends(simulation: Simulation) -> dict[str, tuple[float, float, float]]:
    count = min((column.size for column in simulation.inputs.values()), default=0)
    return learned_ends(simulation.inputs, of_those(simulation.weights, slice(count)))


def _npv_of(scenario: Scenario, rows: Mapping[str, Array]) -> Array:
    """The net present value of a scenario in rows of inputs, `(R,)`."""
    known = run(inputs_of(scenario) | dict(rows), lines_behind(frozenset({"npv"})))
    return np.asarray(METRICS["npv"].compute(known))[:, 0]


def means_given(simulation: Simulation) -> Mapping[str, Array]:
    """The mean net present value given each input alone, for each draw whose inputs are kept.

    All that a simulation teaches of single inputs is made of these: who needs more than one of the functions below
    finds them once.
    """
    results = simulation.metrics["npv"]
    found = {
        name: _mean_given(column, results[: column.size], _of_first(simulation, column))
        for name, column in simulation.inputs.items()
    }
    return MappingProxyType(found)


def importance(simulation: Simulation, means: Mapping[str, Array] | None = None) -> Mapping[str, float]:
    """Each input's first-order share of the variance of the net present value, largest first.

    The variance of the mean result given the input, over all variance, from the simulation's own draws; what
    chance alone would explain is taken off. With correlated inputs the shares overlap and can exceed 100 %.
    `means` are those of `means_given`.
    """
    results, known = simulation.metrics["npv"], means or means_given(simulation)
    shares = {
        name: _explained(given, results[: given.size], _of_first(simulation, given)) for name, given in known.items()
    }
    return MappingProxyType(dict(sorted(shares.items(), key=lambda item: (-item[1], item[0]))))


def evpi(simulation: Simulation) -> float:
    """Expected value of perfect information: what knowing everything before deciding is worth, in money."""
    return _value_of_knowing(simulation.metrics["npv"], simulation.weights)


def evpi_error(simulation: Simulation) -> float:
    """Sampling error of `evpi`, in money: see `model.uncertainty.simulation.Spread`."""
    results = simulation.metrics["npv"]
    return _error_of_knowing(results, results, simulation.weights)


def evppi(simulation: Simulation, means: Mapping[str, Array] | None = None) -> Mapping[str, float]:
    """What knowing each input alone before deciding between plan and holding is worth, largest first.

    `means` are those of `means_given`.
    """
    worth = {
        name: _value_of_knowing(given, _of_first(simulation, given))
        for name, given in (means or means_given(simulation)).items()
    }
    return MappingProxyType(dict(sorted(worth.items(), key=lambda item: (-item[1], item[0]))))


def evppi_errors(simulation: Simulation, means: Mapping[str, Array] | None = None) -> Mapping[str, float]:
    """Sampling errors of what `evppi` tells of each input, in money; `means` are those of `means_given`."""
    results, known = simulation.metrics["npv"], means or means_given(simulation)
    errors = {
        name: _error_of_knowing(given, results[: given.size], _of_first(simulation, given))
        for name, given in known.items()
    }
    return MappingProxyType(errors)


def _of_first(simulation: Simulation, kept: Array) -> Weights:
    """The weights of the draws that are kept, which are the first."""
    return of_those(simulation.weights, slice(kept.size))


def _mean_given(column: Array, results: Array, weights: Weights) -> Array:
    """The mean result for each draw's value of one input: a polynomial fitted through all draws."""
    from numpy.polynomial import Legendre

    degree = min(_DEGREE, np.unique(column).size - 1)
    # Values closer to each other than numbers can tell are one.
    if degree == 0 or np.ptp(column) < np.finfo(float).tiny or np.ptp(results) == 0:
        return np.full(results.shape, mean(results, weights))
    # In full, as it then fits what it can of values of all magnitudes instead of warning.
    counted = None if weights is None else np.sqrt(weights)
    series, _ = Legendre.fit(column, results, degree, full=True, w=counted)
    fitted: Array = series(column)
    return fitted


def _explained(given: Array, results: Array, weights: Weights) -> float:
    spread = variance(results, weights)
    if spread == 0:
        return 0.0
    share = variance(given, weights) / spread
    # A polynomial explains part of pure noise as well; that part is known and comes off.
    size = effective_size(weights, results.size)
    return max(0.0, 1 - (1 - share) * (size - 1) / (size - _DEGREE - 1))


def _value_of_knowing(expected: Array, weights: Weights) -> float:
    """Mean of the better of plan and holding once known, less the better of the two now."""
    return max(0.0, float(mean(np.maximum(expected, 0), weights) - max(float(mean(expected, weights)), 0.0)))


def _error_of_knowing(expected: Array, results: Array, weights: Weights) -> float:
    """Standard error of `_value_of_knowing`: of the mean of what the decision once known brings above that of now.

    Which decision is taken, once known and now, counts as given.
    """
    gained = np.where(expected > 0, results, 0.0) - (results if mean(expected, weights) > 0 else 0.0)
    return float(standard_error(gained, weights))
