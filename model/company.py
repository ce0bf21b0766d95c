"""The company that a plan is about: the few figures that make it one's own, and what is left of the default firm."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS, Kind
from model.presets import is_edited, is_preset, on_company
from model.scenario import Scenario

# In the order in which a person is asked for them.
FIGURES: tuple[str, ...] = (
    "employees", "revenue_per_employee", "marketing_share_of_revenue", "social_share_start", "team_start",
    "annual_pay", "contribution_margin",
)  # fmt: skip


def is_demonstration(scenario: Scenario) -> bool:
    """Whether none of the company's figures has been typed in yet."""
    return not any(name in scenario.assumptions for name in FIGURES)


def left_at_default(scenario: Scenario) -> tuple[str, ...]:
    """The company's figures, beside those of the form, that stand at their defaults: names of assumptions."""
    return tuple(
        name
        for name, item in ASSUMPTIONS.items()
        if item.kind is Kind.OWN_FIGURE and name not in FIGURES and scenario.values[name] == item.default
    )


def with_company(present: Scenario, start: Scenario, currency: str, figures: dict[str, float]) -> Scenario:
    """The present plan for a company with these figures; `start` is what the plan started from.

    A preset that is not edited is taken anew for the company; in any other plan the team at the end keeps its
    proportion to the team today, in whole people. Raises ScenarioError.
    """
    untouched = is_preset(start) and not is_edited(present, start)
    values = {**present.assumptions, **figures}
    before, after = present.number("team_start"), figures["team_start"]
    if after != before:
        values["team_target"] = float(max(1, round(present.number("team_target") * after / before)))
    changed = present.changed(currency=currency, assumptions=values)
    return on_company(start, changed, start) if untouched else changed
