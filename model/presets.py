"""The presets: scenarios that the program knows by id."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.scenario import Scenario

DEFAULT_PRESET = "social-plan"

PRESETS: Mapping[str, Scenario] = MappingProxyType(
    {
        "social-plan": Scenario.from_data(
            {
                "name": "Social plan",
                "description": "The share rises from 13.3 % to 24.5 % in five years, and the team is trained.",
            }
        ),
        "hold": Scenario.from_data(
            {
                "name": "Hold",
                "description": "The share stays at 13.3 %, the team as it is, and there is no programme.",
                "assumptions": {"social_share_target": 0.133, "training_programme": False, "team_target": 4.0},
            }
        ),
        "smaller-step": Scenario.from_data(
            {
                "name": "Smaller step",
                "description": "The share rises from 13.3 % to 16 % only: less to gain, and safer.",
                "assumptions": {"social_share_target": 0.16},
            }
        ),
        "bigger-budget-same-skills": Scenario.from_data(
            {
                "name": "Bigger budget, same skills",
                "description": "The share rises, but nobody is trained: what the article warns of.",
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
                "description": "44 % of the rise is delivered, a unit of social budget returns what it returns "
                "elsewhere, returns saturate in full, and 1.3 % of the uplift is causal.",
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
