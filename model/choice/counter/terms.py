"""The terms of a counter-offer: what finance could accept, of which figure, and by how much a limit is relaxed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import NamedTuple

from model.reading.faults import Fault, ScenarioError
from model.reading.numerals import brief
from model.units import HEADS, MONEY, MONEY_YEAR, MONTH, SHARE, Unit

_ROUNDING = 1e-9
_MOST_MONEY, _MOST_PEOPLE, _MOST_MONTHS = 1e12, 1e6, 120


@dataclass(frozen=True)
class Terms:
    """What a counter-offer must keep within; None is no limit. All but people hold for the mean over the draws.

    `odds` of a gain at least; at most: `payback`, the month from which mean cumulative cash stays at or above zero,
    `people` in the social team, `yearly` money in any plan year beyond holding and `new_money` in all.
    """

    odds: float | None = None
    payback: float | None = None
    people: float | None = None
    yearly: float | None = None
    new_money: float | None = None

    @property
    def given(self) -> dict[str, float]:
        """Those that are set, by name. Raises ScenarioError for values that make no sense."""
        found = {item.name: value for item in fields(self) if (value := getattr(self, item.name)) is not None}
        faults = []
        for name, value in found.items():
            high = TERMS[name].most
            if not math.isfinite(value) or not 0 <= value <= high:
                bounds = f"0 … {brief(high)}"
                faults.append(Fault(name, f"is {brief(value)}, out of bounds: must lie within {bounds}"))
            elif TERMS[name].unit is MONTH and value % 1:
                faults.append(Fault(name, f"is {brief(value)}, but must be a whole month within 0 … {brief(high)}"))
        if faults:
            raise ScenarioError(faults)
        return found


@dataclass(frozen=True)
class Deal:
    """The figures of a plan that terms look at, judged on draws it was not found on; amounts as the terms say.

    `mean` is the mean net present value with its sampling error, `p10` what one case in ten ends below, `payback`
    infinite where the mean cash never comes back, `paid_back` the part of the draws that have paid back by the month
    asked for, or by the end.
    """

    mean: float
    error: float
    p10: float
    odds: float
    payback: float
    paid_back: float
    people: float
    yearly: float
    new_money: float


class TermKind(NamedTuple):
    """What a term is: its label, the unit, whether it is a lowest value, the highest that is read, what it means.

    `step` is by how much it is relaxed, None where that follows from its size.
    """

    label: str
    unit: Unit
    lowest: bool
    most: float
    step: float | None
    used: Callable[[Deal], float]
    meaning: str


TERMS: Mapping[str, TermKind] = MappingProxyType(
    {
        "odds": TermKind("Odds of a gain at least", SHARE, True, 1.0, 0.01, lambda deal: deal.odds,
            "the part of the draws in which the plan is worth more than holding"),
        "payback": TermKind("Payback by month", MONTH, False, _MOST_MONTHS, 1.0, lambda deal: deal.payback,
            "the month from which cumulative net cash, the mean of the draws, stays at or above zero"),
        "people": TermKind("People in the team at most", HEADS, False, _MOST_PEOPLE, 1.0, lambda deal: deal.people,
            "the social team, today's or that of the plan, whichever is larger"),
        "yearly": TermKind("Money a year at most", MONEY_YEAR, False, _MOST_MONEY, None, lambda deal: deal.yearly,
            "the yearly commitment, mean of the draws: money moved and new, fees, people added, other costs"),
        "new_money": TermKind("New money in all at most", MONEY, False, _MOST_MONEY, None,
            lambda deal: deal.new_money, "what the marketing budget grows by over the horizon, mean of the draws"),
    }
)  # fmt: skip


def excess(name: str, allowed: float, used: float) -> float:
    """By how much a figure passes a term, or falls short of a lowest value; 0 but for rounding."""
    over = allowed - used if TERMS[name].lowest else used - allowed
    return over if over > _ROUNDING * max(1.0, abs(allowed)) else 0.0


def relaxed(name: str, allowed: float, asked: float) -> float:
    """The term one unit wider; of money the power of ten below a tenth of it, or of what was asked where it is 0."""
    kind = TERMS[name]
    if kind.step is not None:
        return max(0.0, allowed - kind.step) if kind.lowest else allowed + kind.step
    size = allowed or asked or 1.0
    return allowed + 10.0 ** math.floor(math.log10(size / 10))
