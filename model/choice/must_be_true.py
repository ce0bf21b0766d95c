"""What must be true for a plan to pay: for each uncertain input the values at which it breaks even."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS, Range
from model.choice.goal_seek import break_evens
from model.formula import Array
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
    known, ranges = run(inputs_of(scenario)), scenario.effective_ranges
    found = break_evens(scenario, tuple(ranges), known=known)
    return tuple(
        MustBeTrue(name, item, scenario.has_own_range(name), scenario.number(name), found[name], pays)
        for (name, item), pays in zip(ranges.items(), _pays(known, found), strict=True)
    )


def _pays(
    known: Mapping[str, Any], found: Mapping[str, tuple[float, ...]]
) -> Iterator[tuple[tuple[float, float], ...]]:
    """For each input the stretches between its roots in which the net present value is above zero."""
    middles = {name: _middles(name, roots) for name, roots in found.items()}
    rows = sum(map(len, middles.values()))
    moved, start = {}, 0
    for name, values in middles.items():
        moved[name] = np.full((rows, 1), known[name].item())
        moved[name][start : start + len(values), 0] = values
        start += len(values)
    changed = rerun(known, moved, towards="present_value")
    worth = iter(np.broadcast_to(METRICS["npv"].compute(changed), (rows, 1))[:, 0].tolist())
    for roots in found.values():
        yield _stretches(roots, [next(worth) for _ in range(len(roots) + 1)])


def _middles(name: str, roots: tuple[float, ...]) -> Array:
    """A value between each two of the bounds and roots."""
    low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
    ends = np.array([low, *roots, high])
    return np.asarray((ends[:-1] + ends[1:]) / 2)


def _stretches(roots: tuple[float, ...], worth: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """The stretches that are worth more than zero; those that touch are one."""
    stretches: list[tuple[float, float]] = []
    for start, end, value in zip((-np.inf, *roots), (*roots, np.inf), worth, strict=True):
        if value > 0 and stretches and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], end)
        elif value > 0:
            stretches.append((start, end))
    return tuple(stretches)
