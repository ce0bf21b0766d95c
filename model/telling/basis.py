"""What a scenario's value rests on: its default, and the grade and sources that speak for that."""

from __future__ import annotations

from model.assumptions import Assumption
from model.history.ranges import own_source
from model.scenario import Scenario
from model.units import DEFAULT_CURRENCY, Format, Style


def default_text(scenario: Scenario, item: Assumption) -> str:
    """An assumption's default as a person reads it, money in the currency it is declared in."""
    return default_format(scenario).plain(item.default, item.unit)


def default_format(scenario: Scenario) -> Format:
    """A scenario's number format for amounts of the declarations, which keep their own currency."""
    return Format(scenario.locale, DEFAULT_CURRENCY)


def is_foreign(scenario: Scenario, item: Assumption) -> bool:
    """Whether an assumption's default is an amount in another currency than the scenario's."""
    return item.unit.style is Style.MONEY and scenario.currency != DEFAULT_CURRENCY


def basis(scenario: Scenario, item: Assumption) -> tuple[str, str]:
    """Grade and sources to stand beside a scenario's value, empty where there is none.

    They speak for the default: beside another value that is said, so that no source seems to have given it. A value
    that the company's own data give has theirs.
    """
    if known := own_source(scenario, item.name):
        return known
    grade, source = item.grade_text, ", ".join(item.source)
    if item.name not in scenario.assumptions:
        return grade, source
    own = f"own; default {grade}" if grade else "own"
    # The company's own figure is what that grade means.
    return grade if item.grade == ("U",) else own, f"default {source}" if source else ""


def grade_of(scenario: Scenario, item: Assumption) -> str:
    """The grade of an assumption's evidence: that of own data where they give its value, else the default's."""
    known = own_source(scenario, item.name)
    return known[0] if known else item.grade_text
