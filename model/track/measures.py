"""What of a plan can be measured month by month, and how far what is measured may lie from the model; stated once.

What is measured departs from a line in two ways, each normal and independent of the other: by scatter from month to
month, and by something lasting, of which a part is still there a month later: what the model itself leaves out
(model discrepancy, Kennedy and O'Hagan 2001). Without the second, actuals would in time be believed without bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from model import units as u
from model.gates.noise import REVENUE_NOISE, Noise


class Takes(StrEnum):
    """What an actual of a measure is given with, beside its value."""

    NOTHING = "nothing"
    TESTED = "tested"
    STANDARD_ERROR = "standard_error"


@dataclass(frozen=True)
class Measurable:
    """Something that can be measured each month; in the model the sum of `lines`, divided by the line `per` if any.

    One that measures what a gate looks at is the `indicator` of that name instead, made of `lines`, over the months
    that it looks at.
    What was `decided` (spend, hours) is set in the model once it is known; all else is observed. `of_plan` says
    whether its noise is in parts of the planned value, rather than in the unit itself, `signed` whether it may be
    below zero, as what is estimated may. `words` are those of a
    column's heading: one of each group stands in it.
    """

    name: str
    label: str
    unit: u.Unit
    lines: tuple[str, ...]
    noise: Noise
    words: tuple[str, ...]
    takes: Takes = Takes.NOTHING
    decided: bool = False
    of_plan: bool = True
    signed: bool = False
    per: str = ""
    indicator: str = ""


_SPEND = "spend cost costs budget udgift kosten"
_REVENUE = "revenue sales turnover omsætning umsatz"


_DECLARED = (
    Measurable(
        "social_spend", "Social spend", u.MONEY_FLOW, ("social_spend",),
        Noise(0.05, 0.10, 0.9, "D", "How closely a month keeps to its budget, and how long an overrun goes on."),
        ("social", _SPEND), decided=True,
    ),
    Measurable(
        "training_hours", "Training hours of the team", u.HOURS_MONTH, ("trained_hours",),
        Noise(0.20, 0.20, 0.9, "D", "Courses fall into some months and are put off for others."),
        ("hours timer stunden",), decided=True,
    ),
    Measurable(
        "revenue", "Company revenue", u.MONEY_FLOW, ("company_revenue", "revenue_gain"),
        REVENUE_NOISE, (_REVENUE,),
    ),
    Measurable(
        "social_revenue", "Revenue put down to social", u.MONEY_FLOW, ("social_base_revenue", "social_revenue_gain"),
        Noise(
            0.10, 0.46, 1.0, "C",
            "Attribution is off for good: by 31 % at the median in a vendor's own tests, as a normal error is whose "
            "standard deviation is 46 %. So it tells of changes rather than of the level.",
            "meta-2025",
        ),
        ("social", _REVENUE), signed=True,
    ),
    Measurable(
        "competent_share", "Competent part of the team, tested", u.SHARE, ("competent_share",),
        Noise(
            0.0, 0.05, 1.0, "D",
            "How far a test's idea of competent lies from the model's. The chance of whom it tests comes on top: "
            "√(p·(1 − p)/n).",
        ),
        ("competent skill skills kompetent",), takes=Takes.TESTED, of_plan=False,
    ),
    Measurable(
        "social_return_test", "Return of social, by a lift test", u.RATIO,
        ("social_base_revenue", "social_revenue_gain"),
        Noise(
            0.10, 0.0, 1.0, "D",
            "A test's weeks and places are not the year and the market. Its own standard error comes on top.",
        ),
        ("lift", "test return lift roas"), takes=Takes.STANDARD_ERROR, signed=True, per="social_spend",
    ),
    Measurable(
        "training_test", "Productivity gained by training, by a trial", u.SHARE, ("productivity_gain",),
        Noise(0.0, 0.0, 1.0, "D", "Nothing beside the trial's own standard error: its halves work side by side."),
        ("productivity trial", "training productivity trial"), takes=Takes.STANDARD_ERROR,
        of_plan=False, signed=True,
    ),
    Measurable(
        "relative_return_test", "Return of social beside other channels, by a swap test", u.RATIO,
        ("social_base_revenue", "social_revenue_gain", "social_spend", "hold_other_spend", "other_spend",
         "other_revenue_gain"),
        Noise(
            0.10, 0.0, 1.0, "D",
            "A test's places are not the market. Its own standard error comes on top. Of the last twelve months, "
            "as a gate looks at it.",
        ),
        ("swap", "test return swap"), takes=Takes.STANDARD_ERROR, signed=True, per="social_spend",
        indicator="relative_return",
    ),
)  # fmt: skip

MEASURES: Mapping[str, Measurable] = MappingProxyType({measure.name: measure for measure in _DECLARED})
