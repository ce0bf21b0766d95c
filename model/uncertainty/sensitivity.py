"""What matters, what must be true and what is worth finding out, for one scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS, Range
from model.formula import Array
from model.projection import Projection, inputs_of, project, rerun, run
from model.scenario import Scenario
from model.seek import break_even
from model.uncertainty import Simulation
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
    known = run(inputs_of(scenario))

    def npv(name: str, value: float) -> float:
        changed = rerun(known, {name: np.array([[value]])}, towards="present_value")
        return float(METRICS["npv"].compute(changed).item())

    bars = (
        Bar(name, item.low, item.high, npv(name, item.low), npv(name, item.high))
        for name, item in scenario.effective_ranges.items()
    )
    return tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name)))


def importance(simulation: Simulation) -> Mapping[str, float]:
    """Each input's first-order share of the variance of the net present value, largest first.

    The variance of the mean result given the input, over all variance, from the simulation's own draws; what
    chance alone would explain is taken off. With correlated inputs the shares overlap and can exceed 100 %.
    """
    results = simulation.metrics["npv"]
    shares = {name: _explained(column, results[: column.size]) for name, column in simulation.inputs.items()}
    return MappingProxyType(dict(sorted(shares.items(), key=lambda item: (-item[1], item[0]))))


def evpi(simulation: Simulation) -> float:
    """Expected value of perfect information: what knowing everything before deciding is worth, in money."""
    return _value_of_knowing(simulation.metrics["npv"])


def evppi(simulation: Simulation) -> Mapping[str, float]:
    """What knowing each input alone before deciding between plan and holding is worth, largest first."""
    results = simulation.metrics["npv"]
    worth = {
        name: _value_of_knowing(_mean_given(column, results[: column.size]))
        for name, column in simulation.inputs.items()
    }
    return MappingProxyType(dict(sorted(worth.items(), key=lambda item: (-item[1], item[0]))))


@dataclass(frozen=True)
class MustBeTrue:
    """An uncertain input beside the values at which the net present value is zero.

    `range` is what it is drawn from, `own` whether that is the scenario's own (`Scenario.has_own_range`),
    `value` what the scenario assumes, `break_even` the roots within its hard bounds, `pays` the stretches in which
    the plan pays: from break-even to break-even, or ±infinity as far as bounds go.
    """

    name: str
    range: Range
    own: bool
    value: float
    break_even: tuple[float, ...]
    pays: tuple[tuple[float, float], ...]

    @property
    def within_range(self) -> bool:
        """Whether a break-even lies in the range, which leaves open which way it goes."""
        return any(self.range.low <= root <= self.range.high for root in self.break_even)


def what_must_be_true(scenario: Scenario) -> tuple[MustBeTrue, ...]:
    """For every uncertain input the values at which the plan breaks even, in the order of declaration."""
    known = run(inputs_of(scenario))
    found = []
    for name, item in scenario.effective_ranges.items():
        own, roots = scenario.has_own_range(name), break_even(scenario, name)
        found.append(MustBeTrue(name, item, own, scenario.number(name), roots, _pays(known, name, roots)))
    return tuple(found)


def _pays(known: Mapping[str, Any], name: str, roots: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """The stretches between roots in which the net present value is above zero; those that touch are one."""
    low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
    ends = np.array([low, *roots, high])
    middles = (ends[:-1] + ends[1:]) / 2
    changed = rerun(known, {name: middles[:, np.newaxis]}, towards="present_value")
    npv = np.broadcast_to(METRICS["npv"].compute(changed), (middles.size, 1))[:, 0]
    stretches: list[tuple[float, float]] = []
    for start, end, worth in zip((-np.inf, *roots), (*roots, np.inf), npv.tolist(), strict=True):
        if worth > 0 and stretches and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], end)
        elif worth > 0:
            stretches.append((start, end))
    return tuple(stretches)


@dataclass(frozen=True)
class Findings:
    """What a simulation teaches, computed once: see the functions of this file; `plan` is the point projection.

    `bars` are the tornado's, widest first; `must_be_true` stands in the order of declaration.
    """

    plan: Projection
    bars: tuple[Bar, ...]
    importance: Mapping[str, float]
    must_be_true: tuple[MustBeTrue, ...]
    evpi: float
    evppi: Mapping[str, float]

    def pays(self, name: str) -> tuple[tuple[float, float], ...]:
        """The stretches of an uncertain input's values in which the plan pays; see `MustBeTrue`."""
        return next(item.pays for item in self.must_be_true if item.name == name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (
            self.plan, self.bars, dict(self.importance), self.must_be_true, self.evpi, dict(self.evppi)
        )  # fmt: skip


def findings(simulation: Simulation) -> Findings:
    """All that a simulation teaches about its inputs; takes about as long as the simulation itself."""
    return Findings(
        plan=project(simulation.scenario),
        bars=tornado(simulation.scenario),
        importance=importance(simulation),
        must_be_true=what_must_be_true(simulation.scenario),
        evpi=evpi(simulation),
        evppi=evppi(simulation),
    )


def _rebuilt(
    plan: Projection,
    bars: tuple[Bar, ...],
    shares: dict[str, float],
    truths: tuple[MustBeTrue, ...],
    everything: float,
    each: dict[str, float],
) -> Findings:
    """Findings from their parts, frozen again."""
    return Findings(plan, bars, MappingProxyType(shares), truths, everything, MappingProxyType(each))


def _mean_given(column: Array, results: Array) -> Array:
    """The mean result for each draw's value of one input: a polynomial fitted through all draws."""
    from numpy.polynomial import Legendre

    degree = min(_DEGREE, np.unique(column).size - 1)
    if degree == 0 or np.ptp(results) == 0:
        return np.full(results.shape, results.mean())
    fitted: Array = Legendre.fit(column, results, degree)(column)
    return fitted


def _explained(column: Array, results: Array) -> float:
    variance = float(np.var(results))
    if variance == 0:
        return 0.0
    share = float(np.var(_mean_given(column, results))) / variance
    # A polynomial explains part of pure noise as well; that part is known and comes off.
    free = results.size - _DEGREE - 1
    return max(0.0, 1 - (1 - share) * (results.size - 1) / free)


def _value_of_knowing(expected: Array) -> float:
    """Mean of the better of plan and holding once known, less the better of the two now."""
    return max(0.0, float(np.maximum(expected, 0).mean() - max(float(expected.mean()), 0.0)))
