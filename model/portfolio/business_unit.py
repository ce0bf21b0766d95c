"""The units of a group: each a scenario of its own that counts so often, in one currency of the group."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from model.portfolio.rates import Rate, Rated
from model.reading.faults import Fault, Faults, ScenarioError, shown
from model.reading.texts import alike
from model.scenario import Scenario
from model.units import DEFAULT_CURRENCY, Format

MOST_UNITS = 20_000


@dataclass(frozen=True)
class BusinessUnit:
    """One unit of a group: a brand, a market, a team.

    `weight` is how often it counts in the group's figures (0.6 where 60 % of it is owned); `tags` are the names
    under which limits may take several units together; `least_share` and `most_share` bound its social share target
    in an allocation, as fractions, None for what the model takes. `rate` is what one unit of its currency is in the
    group's where its row says so itself.
    """

    name: str
    scenario: Scenario
    weight: float = 1.0
    tags: tuple[str, ...] = ()
    notes: str = ""
    rate: Rate | None = None
    least_share: float | None = None
    most_share: float | None = None


@dataclass(frozen=True)
class Portfolio:
    """The units of a group, the currency it is told in, and the dated rates at which theirs become that.

    `correlation` is how far the units share their beliefs: the rank correlation of one belief between two units, 0
    for worlds apart, 1 for the same world. Made by `portfolio`, which refuses what is not valid.
    """

    units: tuple[BusinessUnit, ...]
    currency: str = DEFAULT_CURRENCY
    rates: Mapping[str, Rate] = field(default_factory=lambda: MappingProxyType({}))
    correlation: float = 1.0

    @property
    def shared(self) -> float:
        """How far beliefs are shared in the draws; a lone unit has none to differ from."""
        return self.correlation if len(self.units) > 1 else 1.0

    def rate(self, unit: BusinessUnit) -> float:
        """What one unit of a unit's currency is in the group's."""
        if unit.rate is not None:
            return unit.rate.value
        return 1.0 if unit.scenario.currency == self.currency else self.rates[unit.scenario.currency].value

    def factor(self, unit: BusinessUnit) -> float:
        """What an amount of the unit is multiplied by in the group's figures: how often it counts, at its rate."""
        return unit.weight * self.rate(unit)

    @property
    def months(self) -> int:
        """The longest horizon of a unit, in months."""
        return 12 * max(unit.scenario.horizon_years for unit in self.units)

    @property
    def format(self) -> Format:
        """How amounts of the group are written."""
        return Format(self.units[0].scenario.format.locale, self.currency)

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of all that the results of a run rest on."""
        content: list[Any] = [self.currency, self.correlation]
        content += [[unit.name, unit.scenario.hash, unit.weight, self.rate(unit)] for unit in self.units]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:12]

    @property
    def told(self) -> tuple[str, ...]:
        """What must be said beside the group's figures."""
        used = {unit.rate or self.rates.get(unit.scenario.currency) for unit in self.units} - {None}
        rates = "; ".join(sorted(rate.words(self.currency) for rate in used if rate))
        horizons = sorted({unit.scenario.horizon_years for unit in self.units})
        lengths = f"Horizons differ, {horizons[0]} to {horizons[-1]} years: after its own a unit adds nothing"
        return (*([f"Rates: {rates}"] if used else []), *([lengths] if len(horizons) > 1 else []))


def portfolio(
    units: Sequence[BusinessUnit],
    currency: str = DEFAULT_CURRENCY,
    rates: Iterable[Rate] = (),
    correlation: float = 1.0,
) -> Portfolio:
    """A portfolio of units, all of it checked. Raises ScenarioError that lists every fault."""
    faults = Faults()
    by_currency: dict[str, Rate] = {}
    for rate in rates:
        if by_currency.setdefault(rate.currency, rate) != rate:
            faults.append(Fault(f"--rate {rate.currency}", "is given twice and differs; keep one of the two"))
    if not 0 <= correlation <= 1:
        faults.append(Fault("correlation", f"is {shown(correlation)}, out of bounds: must lie within 0 … 1"))
    if not 1 <= len(units) <= MOST_UNITS:
        faults.append(Fault("units", f"are {len(units)}; a portfolio has 1 … {MOST_UNITS}"))
    faults += _twice(units)
    without = [unit.scenario.currency for unit in units if unit.rate is None]
    with_own = [unit.scenario.currency for unit in units if unit.rate is not None]
    rated = Rated(currency, frozenset(by_currency))
    faults += rated.faults(without)
    faults += rated.unused(by_currency.values(), with_own, without) if units else []
    faults += (Fault(unit.name, f"has a rate that {told}") for unit in units
               if unit.rate is not None and (told := rated.own(unit.rate)))  # fmt: skip
    if faults:
        raise ScenarioError(faults)
    return Portfolio(tuple(units), currency, MappingProxyType(by_currency), correlation)


def of_scenarios(scenarios: Iterable[Scenario]) -> tuple[BusinessUnit, ...]:
    """Scenarios, such as those of a library, as units that count once each, named as they are."""
    return tuple(BusinessUnit(scenario.name, scenario) for scenario in scenarios)


def _twice(units: Sequence[BusinessUnit]) -> Iterable[Fault]:
    """A fault for each unit whose name another has: a unit's draws go by its name."""
    seen: set[str] = set()
    for unit in units:
        if alike(unit.name) in seen:
            yield Fault(unit.name, "is the name of two units; give each a name of its own")
        seen.add(alike(unit.name))
