"""How an amount is counted: as a present value or undiscounted, before or after tax, and as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from model.formula import Formula
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS
from model.scenario import Scenario
from model.units import Style


@dataclass(frozen=True)
class Basis:
    """Whether an amount is discounted to a present value, and whether tax is off it."""

    discounted: bool
    taxed: bool

    def in_short(self, *scenarios: Scenario) -> str:
        """The basis of these scenarios, or of any: "undiscounted, before tax", "present value, after tax".

        Where none of them counts tax, what is after tax is before tax.
        """
        taxed = self.taxed and (not scenarios or any(scenario.number("tax_rate") for scenario in scenarios))
        return f"{'present value' if self.discounted else 'undiscounted'}, {'after' if taxed else 'before'} tax"

    def words(self, scenario: Scenario) -> str:
        """The basis with a scenario's own rates: "present value at 10 % a year, after 22 % tax".

        Where no tax is counted, what is after tax is before tax.
        """
        rate = scenario.stated("discount_rate")
        return f"{f'present value at {rate} a year' if self.discounted else 'undiscounted'}, {self.tax(scenario)}"

    def tax(self, scenario: Scenario) -> str:
        """The part on tax, for where the footer has the rate: "after 22 % tax"."""
        counted = self.taxed and scenario.number("tax_rate")
        return f"after {scenario.stated('tax_rate')} tax" if counted else "before tax"


# What is to be spent, what the company's cash does, and what that is worth.
SPENT = Basis(discounted=False, taxed=False)
IN_CASH = Basis(discounted=False, taxed=True)
WORTH = Basis(discounted=True, taxed=True)


def basis_of(name: str) -> Basis:
    """The basis of a line or a metric, as its formula has it. Raises KeyError for what is neither."""
    made_of = _made_of(name)
    return Basis("discount_factor" in made_of, "tax_rate" in made_of)


@cache
def _made_of(name: str) -> frozenset[str]:
    """Everything that a quantity is computed from, directly or not; the rerun of a plan like its own value."""
    if name in COUNTERFACTUALS:
        return _made_of("npv")
    quantity: Formula = LINES[name] if name in LINES else METRICS[name]
    known = (part for part in quantity.precedents if part in LINES or part in METRICS or part in COUNTERFACTUALS)
    return frozenset(quantity.precedents).union(*map(_made_of, known))


def short_basis(name: str, *scenarios: Scenario) -> str:
    """The basis of a metric that is an amount or made of amounts; empty for another."""
    counted = basis_of(name)
    return counted.in_short(*scenarios) if METRICS[name].unit.style is Style.MONEY or counted.taxed else ""


def label_with_basis(name: str, *scenarios: Scenario) -> str:
    """A metric's label where amounts on several bases stand together: "Peak funding (undiscounted, after tax)"."""
    item, words = METRICS[name], short_basis(name, *scenarios)
    # A label that says "present value" needs the tax only.
    told = words.removeprefix("present value, ") if "present value" in item.label.lower() else words
    return f"{item.label} ({told})" if item.unit.style is Style.MONEY else item.label


def full_meaning(name: str, *scenarios: Scenario) -> str:
    """What a metric says, with the basis of what is an amount or made of amounts."""
    said, counted = " ".join(METRICS[name].meaning.split()), short_basis(name, *scenarios)
    return f"{said} Basis: {counted}." if counted else said


def valued_at(scenario: Scenario, today: date | None = None) -> str:
    """As of which day present values stand: "valued at 1 April 2027".

    Cash falls at the ends of months and is discounted from the start of month 1, so that month 0 is its first day.
    """
    return f"valued at {scenario.format.full_day(scenario.first_month(today))}"
