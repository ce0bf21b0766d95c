"""The company that a plan is about: the few figures that make it one's own, and what is left of the default firm."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS, Kind
from model.presets import HELD, is_edited, is_preset, on_company
from model.scenario import Scenario

# In the order in which a person is asked for them.
FIGURES: tuple[str, ...] = (
    "employees", "revenue_per_employee", "marketing_share_of_revenue", "social_share_start", "team_start",
    "annual_pay", "contribution_margin",
)  # fmt: skip


def is_demonstration(scenario: Scenario) -> bool:
    """Whether the company is still the default one: neither its people nor their revenue have been typed in."""
    return not any(name in scenario.assumptions for name in FIGURES[:2])


def left_at_default(scenario: Scenario) -> tuple[str, ...]:
    """The company's figures, beside those of the form, that stand at their defaults: names of assumptions."""
    return tuple(
        name
        for name, item in ASSUMPTIONS.items()
        if item.kind is Kind.OWN_FIGURE and name not in FIGURES and scenario.values[name] == item.default
    )


def with_company(present: Scenario, start: Scenario, currency: str, figures: dict[str, float]) -> Scenario:
    """The present plan for a company with these figures; `start` is what the plan started from.

    Share and team at the end are what the preset makes of the company where they have not been edited; they hold
    where they held, and stay where they were decided. Raises ScenarioError.
    """
    changed = present.changed(currency=currency, assumptions={**present.assumptions, **figures})
    if not is_preset(start):
        return changed
    before, after = (on_company(start, scenario, start) for scenario in (present, changed))
    if not is_edited(present, start):
        return after
    ends = {}
    for end, begin in HELD.items():
        if present.values[end] == present.values[begin]:
            ends[end] = figures[begin]
        elif present.values[end] == before.values[end]:
            ends[end] = after.number(end)
    return changed.with_values(**ends) if ends else changed
