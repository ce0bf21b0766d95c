"""What a split of one social budget must keep within: totals of units and of tags, and odds of a gain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from types import MappingProxyType

from model.portfolio.business_unit import Portfolio
from model.reading.faults import Fault, Faults, Refused, ScenarioError, nearest, shown
from model.units import MONEY


@dataclass(frozen=True)
class Within:
    """An amount's least and most, in the group's currency over the plan; infinite where there is none."""

    least: float = -inf
    most: float = inf


@dataclass(frozen=True)
class SplitLimits:
    """What an allocation keeps within.

    `budget` is the social budget of all units together over the months of their plans, in the group's currency, None
    for what the table's own targets take; `totals` are by unit or tag; `least_odds` is of a gain of the group.
    """

    budget: float | None = None
    totals: Mapping[str, Within] = field(default_factory=lambda: MappingProxyType({}))
    least_odds: float | None = None


def total_of(text: str) -> tuple[str, Within]:
    """A limit as a command line gives it: "Nordics=5m..12m", either end may be left away. Raises Refused."""
    name, equals, ends = text.rpartition("=")
    least, dots, most = ends.partition("..")
    if not (equals and dots and name.strip() and (least.strip() or most.strip())):
        raise Refused(f"is {shown(text)}; write it NAME=LEAST..MOST, for example Nordics=5m..12m or Nordics=..12m")
    return name.strip(), Within(_amount(least, -inf), _amount(most, inf))


def _amount(text: str, otherwise: float) -> float:
    if not text.strip():
        return otherwise
    try:
        return float(MONEY.parse(text))
    except ValueError as error:
        raise Refused(str(error)) from None


def totals_of(texts: Iterable[str]) -> Mapping[str, Within]:
    """Limits of a command line by name. Raises ScenarioError that lists every fault."""
    found: dict[str, Within] = {}
    faults = Faults()
    for text in texts:
        try:
            name, within = total_of(text)
        except Refused as refusal:
            faults.append(Fault("--limit", str(refusal)))
            continue
        if name in found:
            faults.append(Fault(f"--limit {name}", "is given twice; put its least and most in one"))
        found[name] = within
    if faults:
        raise ScenarioError(faults)
    return MappingProxyType(found)


def check_limits(portfolio: Portfolio, limits: SplitLimits) -> None:
    """Refuse limits that make no sense for a portfolio. Raises ScenarioError that lists every fault."""
    faults = Faults()
    known = [unit.name for unit in portfolio.units] + sorted({tag for unit in portfolio.units for tag in unit.tags})
    if limits.budget is not None and not (isfinite(limits.budget) and limits.budget >= 0):
        faults.append(Fault("--budget", f"is {shown(limits.budget)}, out of bounds: a budget is 0 or more"))
    if limits.least_odds is not None and not 0 <= limits.least_odds <= 1:
        told = f"is {shown(limits.least_odds)}, out of bounds: must lie within 0 … 1; write 60% or 0.6"
        faults.append(Fault("--min-odds", told))
    for name, within in limits.totals.items():
        if name not in known:
            faults.append(Fault(f"--limit {name}", f"names neither a unit nor a tag{nearest(name, known)}"))
        if within.least > within.most:
            ends = f"its least {within.least:,.0f} is above its most {within.most:,.0f}"
            faults.append(Fault(f"--limit {name}", f"cannot be met: {ends}; write the lower one first"))
    if faults:
        raise ScenarioError(faults)


def members(portfolio: Portfolio, name: str) -> tuple[int, ...]:
    """The places of the units that a limit takes together: of this name or with this tag."""
    return tuple(place for place, unit in enumerate(portfolio.units) if name == unit.name or name in unit.tags)
