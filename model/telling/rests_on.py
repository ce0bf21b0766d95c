"""What the best plan rests on, in words: weak beliefs, and what the model leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from model.choice.optimise import Optimum
from model.choice.reliance import Reliance
from model.scenario import Scenario

# The measures of the programme, each as a thing by itself.
ITSELF: Mapping[str, str] = MappingProxyType(
    {
        "training_programme": "training",
        "strategic_partner": "the partner",
        "leadership_seat": "the leadership seat",
    }
)


def rests_on(optimum: Optimum) -> tuple[str, ...]:
    """What must be said beside the best plan; empty where it rests on nothing of the kind."""
    return *(_belief(optimum.scenario, item) for item in optimum.reliances), *_friction(optimum)


def _belief(scenario: Scenario, item: Reliance) -> str:
    belief, text = ASSUMPTIONS[item.belief], scenario.format
    decision = ITSELF.get(item.decision) or f"moving social to {scenario.stated(item.decision)}"
    whose = "its own assumption" if item.own else "an assumption"
    return (
        f"{decision[0].upper()}{decision[1:]} pays only by {whose}: “{belief.short_label}” is "
        f"{scenario.stated(item.belief)} (grade {belief.grade_text}); at {text.plain(item.end, belief.unit)}, an "
        "end of its range, the plan is worth more without it."
    )


def _friction(optimum: Optimum) -> tuple[str, ...]:
    """That nothing in the model speaks against haste, where the best plan makes all there is of it."""
    if not optimum.fastest:
        return ()
    scenario = optimum.scenario
    rises = scenario.number("social_share_target") > scenario.number("social_share_start")
    ramp = f"{scenario.stated('ramp_years')} {ASSUMPTIONS['ramp_years'].unit.per}"
    told = (
        f"The fastest {'rise' if rises else 'fall'} ({ramp}) is best because moving money has no friction here: no "
        "ramp of learning, no half-used contracts."
    )
    return (told,)
