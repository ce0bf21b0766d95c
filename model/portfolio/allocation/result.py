"""What came of an allocation: each unit's part, what binds, and how it compares with today's split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.portfolio.allocation.limits import SplitLimits
from model.portfolio.block import Failed
from model.portfolio.business_unit import Portfolio
from model.uncertainty.summaries import standard_error
from model.units import LEAST_MONEY

# What a solver's tolerances may leave of a budget, as a part of it.
_ROUNDING = 1e-7


@dataclass(frozen=True)
class UnitPart:
    """What one unit gets: share and budget (in the group's currency, over the plan) today and allocated.

    `earns` is what its next money earns there, on average, None where its share is fixed; `bound` says which of its
    limits keeps it from a better share: "least", "most" or nothing; `gaps` are shares between which its returns are
    not concave.
    """

    name: str
    share_today: float
    share: float
    budget_today: float
    budget: float
    earns: float | None
    bound: str
    gaps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Binding:
    """A limit that keeps the group from a better split, and what one unit more of it would earn, where known."""

    name: str
    price: float | None


@dataclass(frozen=True)
class Allocation:
    """The best split found; amounts are the group's, over the plan.

    `worth` is its mean net present value on the draws that were searched, `bound` what no split within the limits
    passes there (odds aside), `overstated` by how much that may lie above what can be had as returns are not concave
    somewhere. `price` is what one more unit of the budget earns. `gain` over today's split, `gain_error` and
    `odds_better` are of fresh draws, as are `odds_of_gain` of the group, allocated and today.
    """

    portfolio: Portfolio
    limits: SplitLimits
    budget: float
    parts: tuple[UnitPart, ...]
    worth: float
    bound: float
    price: float
    bindings: tuple[Binding, ...]
    npv: Array
    npv_today: Array
    failed: tuple[Failed, ...]

    @property
    def unspent(self) -> float:
        """What of the budget no unit earns anything with; 0 where that is no more than rounding."""
        unspent = self.budget - sum(part.budget for part in self.parts)
        return unspent if unspent > max(LEAST_MONEY, _ROUNDING * self.budget) else 0.0

    @property
    def left_out(self) -> tuple[str, ...]:
        """The units that failed before the split: they stay as they are today, outside its budget."""
        given = {part.name for part in self.parts}
        return tuple(dict.fromkeys(one.name for one in self.failed if one.name not in given))

    @property
    def not_judged(self) -> tuple[str, ...]:
        """The units of the split that failed on fresh draws: gain and odds are those of the others."""
        given = {part.name for part in self.parts}
        return tuple(dict.fromkeys(one.name for one in self.failed if one.name in given))

    @property
    def overstated(self) -> float:
        """By how much the bound lies above the split's own worth."""
        return max(0.0, self.bound - self.worth)

    @property
    def gain(self) -> float:
        """What the split is worth above today's on average, on fresh draws."""
        return float((self.npv - self.npv_today).mean())

    @property
    def gain_error(self) -> float:
        """Its sampling error."""
        return float(standard_error(self.npv - self.npv_today))

    @property
    def odds_better(self) -> float:
        """The part of fresh draws in which the split is worth more than today's."""
        return float(np.mean(self.npv - self.npv_today >= LEAST_MONEY))

    @property
    def odds_of_gain(self) -> float:
        """The part of fresh draws in which the group gains with the split."""
        return float(np.mean(self.npv > 0))

    @property
    def odds_today(self) -> float:
        """The same with today's split."""
        return float(np.mean(self.npv_today > 0))
