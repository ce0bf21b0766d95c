"""What must be true for a plan to pay: for each uncertain input the values at which it breaks even."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS, Range
from model.choice.goal_seek import break_even
from model.metrics import METRICS
from model.projection import inputs_of, rerun, run
from model.scenario import Scenario


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
        own, roots = scenario.has_own_range(name), break_even(scenario, name, known=known)
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
