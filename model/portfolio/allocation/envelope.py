"""The least concave line above a unit's worth over its budget: along it the next money never earns more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.formula import Array
from model.units import LEAST_MONEY

# What of a unit's whole worth counts as no gap.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Envelope:
    """A worth over budgets, both ascending in the budget, and its least concave majorant."""

    budgets: Array
    worths: Array

    @cached_property
    def knots(self) -> tuple[int, ...]:
        """The places at which the majorant touches the worth: the upper hull."""
        hull: list[int] = []
        for place in range(len(self.budgets)):
            while len(hull) > 1 and self._slope(hull[-2], hull[-1]) <= self._slope(hull[-1], place):
                hull.pop()
            hull.append(place)
        return tuple(hull)

    def _slope(self, one: int, other: int) -> float:
        rise = float(self.worths[other] - self.worths[one])
        return rise / float(self.budgets[other] - self.budgets[one])

    @cached_property
    def slopes(self) -> Array:
        """What the next money earns along each piece between knots, falling."""
        return np.array([self._slope(one, other) for one, other in zip(self.knots, self.knots[1:], strict=False)])

    def pieces(self, least: float, most: float) -> tuple[Array, Array]:
        """How long each piece is within a least and a most budget, and what the next money earns along it."""
        at = np.clip(self.budgets[list(self.knots)], least, most)
        return np.diff(at), self.slopes

    def above(self, budget: float) -> float:
        """The majorant at a budget."""
        knots = list(self.knots)
        return float(np.interp(budget, self.budgets[knots], self.worths[knots]))

    def worth(self, budget: float) -> float:
        """The worth itself at a budget, along straight lines."""
        return float(np.interp(budget, self.budgets, self.worths))

    @cached_property
    def gaps(self) -> tuple[tuple[int, int], ...]:
        """Where the worth is not concave: places of the ends of each piece that leaves it."""
        little = max(LEAST_MONEY, _ROUNDING * float(np.ptp(self.worths)))
        return tuple(
            (one, other)
            for one, other in zip(self.knots, self.knots[1:], strict=False)
            if any(self.above(self.budgets[at]) - self.worths[at] > little for at in range(one + 1, other))
        )
