"""The presets: plans that the program knows by id; the company that a plan is about, and a preset for that company.

A preset is a set of decisions; `sceptical-cfo` and `headline-claim` set beliefs as well. Everything else of a
scenario is the company's.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS, Kind, Value
from model.scenario import OF_THE_PLAN, Scenario

DEFAULT_PRESET = "social-plan"

PRESETS: Mapping[str, Scenario] = MappingProxyType(
    {
        "social-plan": Scenario.from_data(
            {
                "name": "Social plan",
                "description": "The share goes to the level that was forecast in 2021, and the team is trained.",
            }
        ),
        "hold": Scenario.from_data(
            {
                "name": "Hold",
                "description": "The share and the team stay as they are, and there is no programme.",
                "assumptions": {"social_share_target": 0.133, "training_programme": False, "team_target": 4.0},
            }
        ),
        "smaller-step": Scenario.from_data(
            {
                "name": "Smaller step",
                "description": "The share goes to 16 % only: less to gain, and safer.",
                "assumptions": {"social_share_target": 0.16},
            }
        ),
        "bigger-budget-same-skills": Scenario.from_data(
            {
                "name": "Bigger budget, same skills",
                "description": "The share goes where the social plan takes it, but nobody is trained: what the "
                "article warns of.",
                "assumptions": {"training_programme": False},
            }
        ),
        "plan-with-partner": Scenario.from_data(
            {
                "name": "Plan with partner",
                "description": "The social plan with a strategic partner who speeds learning.",
                "assumptions": {"strategic_partner": True},
            }
        ),
        "seat-at-the-table": Scenario.from_data(
            {
                "name": "Seat at the table",
                "description": "Training, a partner and a leadership seat: all that the article advises.",
                "assumptions": {"strategic_partner": True, "leadership_seat": True},
            }
        ),
        "sceptical-cfo": Scenario.from_data(
            {
                "name": "Sceptical CFO",
                "description": "44 % of the change is delivered, a unit of social budget returns what it returns "
                "elsewhere, returns saturate in full, and hardly any of the uplift is causal.",
                "assumptions": {
                    "plan_delivery": 0.44,
                    "social_relative_return": 1.0,
                    "saturation": 1.0,
                    "causal_share": 0.013,
                },
            }
        ),
        "headline-claim": Scenario.from_data(
            {
                "name": "Headline claim (not defensible)",
                "description": "The 218 % at face value, as if training caused all of it.",
                "assumptions": {"causal_share": 1.0},
            }
        ),
    }
)

# Decisions on how a plan is appraised, not on what is done: they stay under another preset.
_METHOD = frozenset({"horizon_years", "benefit_route", "social_return_basis"})
# What is held, by what it is held at.
HELD: Mapping[str, str] = MappingProxyType(
    {"social_share_target": "social_share_start", "team_target": "team_start"}
)


def is_preset(scenario: Scenario) -> bool:
    """Whether a scenario is one of the presets, as declared."""
    return scenario in PRESETS.values()


def on_company(preset: Scenario, present: Scenario, leaving: Scenario) -> Scenario:
    """A preset as a plan of the company that the present scenario is about.

    Own figures, method, currency, calendar, skills, ranges and notes are the present scenario's, and so are its
    beliefs but those that `leaving`, what it started from, had set. Decisions are the preset's: `hold` holds the
    company's own share and team, and where a preset does not state the team, that grows in the default plan's
    proportion, to whole people. Other costs and benefits and the gates are the plan's, so the preset's as well.
    """
    # A file's or a link's beliefs are its own.
    left = leaving.assumptions if is_preset(leaving) else {}
    kept = {name: value for name, value in present.assumptions.items() if _stays(name, value, left)}
    values = {**kept, **preset.assumptions}
    known = {**{name: item.default for name, item in ASSUMPTIONS.items()}, **values}
    if preset == PRESETS["hold"]:
        values |= {end: known[start] for end, start in HELD.items()}
    elif "team_target" not in preset.assumptions:
        values["team_target"] = _grown(float(known["team_start"]))
    other = {field: getattr(preset, field) for field in OF_THE_PLAN}
    return present.changed(
        name=preset.name, description=preset.description, assumptions=values, social_share_path=None, **other
    )


def of_company(preset: Scenario, present: Scenario) -> Scenario:
    """A preset for the present company, with no belief, range or note of the present scenario beside the company's.

    What is about the company stays, and so do currency, calendar and skills.
    """
    company = present.changed(
        assumptions={name: value for name, value in present.assumptions.items() if _is_company_s(name)},
        ranges={name: item for name, item in present.ranges.items() if _is_company_s(name)},
        notes={name: note for name, note in present.notes.items() if _is_company_s(name)},
        correlations=(),
        social_share_path=None,
    )
    return on_company(preset, company, preset)


def is_edited(scenario: Scenario, preset: Scenario) -> bool:
    """Whether a scenario is no longer the preset it started from: a decision or a belief is another one.

    The company's figures, ranges, skills and settings make no other plan of it.
    """
    plain = on_company(preset, scenario, preset)
    beliefs = (name for name, item in ASSUMPTIONS.items() if item.kind is Kind.BELIEF and not item.company_s)
    return (
        plain.values != scenario.values
        or scenario.social_share_path is not None
        or any(getattr(plain, field) != getattr(scenario, field) for field in OF_THE_PLAN)
        or any(scenario.values[name] != preset.values[name] for name in beliefs)
    )


def _stays(name: str, value: Value, left: Mapping[str, Value]) -> bool:
    """Whether a value of the present scenario is the company's, or a belief that the preset it left had not set."""
    if ASSUMPTIONS[name].kind is Kind.DECISION or ASSUMPTIONS[name].company_s:
        return _is_company_s(name)
    return left.get(name) != value


def _is_company_s(name: str) -> bool:
    """Whether an assumption is about the company, or the method that it appraises plans by."""
    return name in _METHOD or ASSUMPTIONS[name].company_s


def _grown(team: float) -> float:
    """The team at the end of the rise, as much larger as in the default plan."""
    start, end = (float(ASSUMPTIONS[name].default) for name in ("team_start", "team_target"))
    low, high = ASSUMPTIONS["team_target"].bounds or (1.0, team)
    return end if team == start else float(min(high, max(low, round(team * end / start))))


# In the order in which a person is asked for them.
FIGURES: tuple[str, ...] = (
    "employees", "revenue_per_employee", "marketing_share_of_revenue", "social_share_start", "team_start",
    "annual_pay", "contribution_margin",
)  # fmt: skip


def is_demonstration(scenario: Scenario) -> bool:
    """Whether the company is still the default one: neither its people nor their revenue have been typed in."""
    return not any(name in scenario.assumptions for name in ("employees", "revenue_per_employee"))


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
