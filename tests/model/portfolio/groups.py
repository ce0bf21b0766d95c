"""Groups that the tests of a portfolio are about: few units, few draws, beliefs that can be followed by hand."""

from collections.abc import Sequence

from model.assumptions import Distribution, Range
from model.portfolio.business_unit import BusinessUnit, Portfolio, portfolio
from model.presets import PRESETS
from model.scenario import Scenario

PLAN = PRESETS["social-plan"]


def linear(employees: float) -> Scenario:
    """A plan whose worth is a straight line in the one belief that is uncertain, which is normal."""
    ranges = dict.fromkeys(PLAN.effective_ranges)
    made = PLAN.changed(ranges={**ranges, "contribution_margin": Range(0.30, 0.35, 0.40, Distribution.NORMAL)})
    assert list(made.effective_ranges) == ["contribution_margin"]
    return made.with_values(employees=employees)


def units(*scenarios: Scenario, weights: Sequence[float] = ()) -> tuple[BusinessUnit, ...]:
    """The scenarios as units called A, B, …"""
    counts = weights or (1.0,) * len(scenarios)
    return tuple(
        BusinessUnit(chr(ord("A") + place), scenario, weight)
        for place, (scenario, weight) in enumerate(zip(scenarios, counts, strict=True))
    )


def group(*scenarios: Scenario, correlation: float = 1.0, weights: Sequence[float] = ()) -> Portfolio:
    """The scenarios as a group in their currency."""
    return portfolio(units(*scenarios, weights=weights), scenarios[0].currency, (), correlation)
