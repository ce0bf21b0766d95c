"""What the optimiser is to serve and to keep within: aims, limits, and the figures of a plan that both look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from model.units import MONEY, SHARE, Unit

_ROUNDING = 1e-9


class Aim(StrEnum):
    """What the optimiser is to serve."""

    EXPECTED_NPV = "expected_npv"
    P10_NPV = "p10_npv"
    ODDS_OF_GAIN = "odds_of_gain"
    LOWEST_SPEND = "lowest_spend"


AIM_MEANINGS: Mapping[Aim, str] = {
    Aim.EXPECTED_NPV: "What the plan is worth today above holding, on average over all cases.",
    Aim.P10_NPV: "As much as possible even in bad cases: nine in ten end above it.",
    Aim.ODDS_OF_GAIN: "How often it is worth more than holding, however little: small safe steps serve it best.",
    Aim.LOWEST_SPEND: "The least social spend and programme cost that reaches the mean net present value asked for.",
}
AIM_LABELS: Mapping[Aim, tuple[str, Unit]] = {
    Aim.EXPECTED_NPV: ("Mean net present value", MONEY),
    Aim.P10_NPV: ("Net present value that 10 % of cases end below", MONEY),
    Aim.ODDS_OF_GAIN: ("Odds of a gain", SHARE),
    Aim.LOWEST_SPEND: ("Lowest spend that reaches a target", MONEY),
}


@dataclass(frozen=True)
class Limits:
    """What the plan must keep within; None is no limit. Money limits hold for the mean over the draws.

    `new_money` in all over the horizon and `peak_funding`, in money; `lowest_share` and `highest_share` of
    the target; `least_odds` of a gain; `target_npv` the mean that the lowest spend must reach.
    """

    new_money: float | None = None
    peak_funding: float | None = None
    lowest_share: float | None = None
    highest_share: float | None = None
    least_odds: float | None = None
    target_npv: float | None = None


@dataclass(frozen=True)
class Standing:
    """What the limits and aims look at, for one setting of the levers.

    `errors` are the sampling errors of its amounts, under their names, where it is judged on draws of its own.
    """

    expected_npv: float
    p10_npv: float
    odds_of_gain: float
    spend: float
    new_money: float
    peak_funding: float
    share: float
    errors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def reached(self, aim: Aim) -> float:
        """The figure that an aim looks at, in its unit."""
        figures = {
            Aim.EXPECTED_NPV: self.expected_npv,
            Aim.P10_NPV: self.p10_npv,
            Aim.ODDS_OF_GAIN: self.odds_of_gain,
            Aim.LOWEST_SPEND: self.spend,
        }
        return figures[aim]

    def score(self, aim: Aim) -> float:
        """How well it serves an aim; more is better."""
        return -self.spend if aim is Aim.LOWEST_SPEND else self.reached(aim)


@dataclass(frozen=True)
class Limit:
    """One limit as it stands: what it allows, what is used, whether it keeps the optimum from being better."""

    name: str
    label: str
    unit: Unit
    allowed: float
    used: float
    binding: bool

    @property
    def is_lowest(self) -> bool:
        """Whether it is a value to reach, rather than one not to pass."""
        return LIMITS[self.name].lowest

    @property
    def unspent(self) -> float | None:
        """Money the limit allows and no better plan would need; None where it binds or is not of money."""
        money = self.name in ("new_money", "peak_funding")
        return max(0.0, self.allowed - self.used) if money and not self.binding else None

    def broken_by(self, standing: Standing) -> bool:
        """Whether another plan with these figures does not keep it."""
        return excess(self.name, self.allowed, standing) > 0


def excess(name: str, allowed: float, standing: Standing) -> float:
    """By how much a plan passes a limit, or falls short of one that is a lowest value; 0 but for rounding."""
    kind = LIMITS[name]
    over = allowed - kind.used(standing) if kind.lowest else kind.used(standing) - allowed
    return over if over > _ROUNDING * max(1.0, abs(allowed)) else 0.0


class LimitKind(NamedTuple):
    """What a limit is: of which figure, whether a value to reach or not to pass, and what it means."""

    label: str
    unit: Unit
    used: Callable[[Standing], float]
    lowest: bool
    meaning: str


LIMITS: Mapping[str, LimitKind] = {
    "new_money": LimitKind("New money in all", MONEY, lambda s: s.new_money, False,
        "What the marketing budget grows by over the whole horizon, on average over the cases."),
    "peak_funding": LimitKind("Peak funding", MONEY, lambda s: s.peak_funding, False,
        "The most that the plan is ever out of pocket, on average over the cases."),
    "lowest_share": LimitKind("Social share at least", SHARE, lambda s: s.share, True,
        "The lowest share to aim for. No plan below is looked at; the same value in both fields fixes it."),
    "highest_share": LimitKind("Social share at most", SHARE, lambda s: s.share, False,
        "The highest share to aim for. No plan above is looked at; the same value in both fields fixes it."),
    "least_odds": LimitKind("Odds of a gain at least", SHARE, lambda s: s.odds_of_gain, True,
        "In how many of 100 cases the plan must be worth more than holding."),
    "target_npv": LimitKind("Mean net present value at least", MONEY, lambda s: s.expected_npv, True,
        "What the plan must be worth today on average; the lowest spend needs it, as nothing costs least."),
}  # fmt: skip
