"""What matters and what is worth finding out: how far each uncertain input moves the net present value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.metrics import METRICS
from model.projection import inputs_of, lines_behind, run
from model.scenario import Scenario
from model.uncertainty.simulation import Simulation
from model.uncertainty.summaries import Weights, effective_size, mean, of_those, standard_error, variance
from model.units import LEAST_MONEY

# Degree of the polynomial that stands for the mean result given one input; the results are smooth in it.
_DEGREE = 5


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
    ranges = scenario.effective_ranges
    # All at once: two rows for each input, in which it alone is moved.
    moved = {name: np.full((2 * len(ranges), 1), scenario.number(name)) for name in ranges}
    for place, (name, item) in enumerate(ranges.items()):
        moved[name][2 * place : 2 * place + 2, 0] = item.low, item.high
    known = run(inputs_of(scenario) | moved, lines_behind(frozenset({"npv"})))
    values = np.broadcast_to(METRICS["npv"].compute(known), (2 * len(ranges), 1)).reshape(-1, 2)
    bars = (
        Bar(name, item.low, item.high, *map(float, ends))
        for (name, item), ends in zip(ranges.items(), values, strict=True)
    )
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name)))


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
