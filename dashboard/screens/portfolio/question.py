"""What is asked of a group: its currency and rates, how its beliefs are shared, the budget and its limits. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.portfolio.allocation.limits import SplitLimits, totals_of
from model.portfolio.business_unit import BusinessUnit, Portfolio, portfolio
from model.portfolio.rates import Rate
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault

_MISSING = "is missing"
# What an option of the command line is called on the screen.
_FIELDS = {"--limit": "Limit", "--budget": "Budget", "--min-odds": "Least odds", "--rate": "Rate of"}


@dataclass(frozen=True)
class GroupQuestion:
    """The settings; `limits` are as they were typed, one a line; a `budget` of None is today's."""

    currency: str
    correlation: float
    rates: tuple[Rate, ...]
    budget: float | None
    limits: str
    least_odds: float | None
    draws: int

    @property
    def how(self) -> Drawing:
        """How beliefs are drawn."""
        return Drawing(self.draws)

    def portfolio(self, units: Sequence[BusinessUnit]) -> Portfolio:
        """The group. Raises ScenarioError."""
        return portfolio(units, self.currency, self.rates, self.correlation)

    def split(self) -> SplitLimits:
        """What the allocation keeps within. Raises ScenarioError."""
        lines = (line.strip() for line in self.limits.splitlines())
        return SplitLimits(self.budget, totals_of([line for line in lines if line]), self.least_odds)


def foreign(units: Sequence[BusinessUnit], currency: str) -> list[str]:
    """The currencies that need a rate: those of units whose rows give none."""
    return sorted({unit.scenario.currency for unit in units if unit.rate is None} - {currency})


def told(fault: Fault) -> str:
    """A fault under the name of the field that it is about."""
    option, _, name = fault.key.partition(" ")
    if option not in _FIELDS:
        return f"{fault.key}: {fault.message}"
    if option == "--rate" and fault.message.startswith(_MISSING):
        return f"Rate of {name}: {_MISSING}; type it above, or give it in a column rate of the table"
    return f"{_FIELDS[option]}{f' {name}' * bool(name)}: {fault.message}"
