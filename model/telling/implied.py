"""What a scenario's assumptions imply, so that it can be held against what is known from outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.projection import Projection, inputs_of, run
from model.scenario import Scenario

# Above this part of the social budget the team's pay is said to be a caveat.
MUCH_PAY = 0.5


@dataclass(frozen=True)
class PayShare:
    """Part of the social budget that is the team's pay, a fraction: today, and in the last month of the plan.

    Above 1 the budget does not even pay the team.
    """

    today: float
    end: float

    @property
    def highest(self) -> float:
        """The higher of the two."""
        return max(self.today, self.end)


def pay_share(projection: Projection) -> PayShare | None:
    """The part of pay in the social budget; None where the team is paid from elsewhere."""
    lines = projection.lines
    if not projection.scenario.number("team_pay_in_budget"):
        return None
    return PayShare(float(lines["hold_pay_share"][0]), float(lines["pay_share"][-1]))


def elasticity(projection: Projection) -> float:
    """By how much 1 % more of the whole marketing budget raises company revenue today, in per cent."""
    scenario, lines = projection.scenario, projection.lines
    social = scenario.number("social_returns_exponent") * lines["social_return"][0] * lines["hold_social_spend"][0]
    other = scenario.number("other_returns_exponent") * scenario.number("other_incremental_roas")
    return float((social + other * lines["hold_other_spend"][0]) / lines["company_revenue"][0])


def average_return(projection: Projection) -> float:
    """Incremental revenue per unit of the whole marketing budget today."""
    lines = projection.lines
    social = lines["social_return"][0] * lines["hold_social_spend"][0]
    other = projection.scenario.number("other_incremental_roas") * lines["hold_other_spend"][0]
    return float((social + other) / lines["marketing_budget"][0])


@dataclass(frozen=True)
class Productivity:
    """What a member of the team achieves above holding by a month, after so many hours of training, as fractions.

    `low` and `high` are the ends for the plausible range of the causal share, alike where it has none; `full` is
    what it would be if training caused all of the uplift.
    """

    month: int
    hours: float
    gain: float
    low: float
    high: float
    full: float

    def causal_share(self, gain: float) -> float | None:
        """The causal share that brings this gain by then, as a fraction; None where nothing is learnt."""
        return gain / self.full if self.full else None


def productivity(scenario: Scenario) -> tuple[Productivity, ...]:
    """The productivity that training is assumed to bring: after a year and in the last month, once if they are one.

    It is what the team gains, before wages take their part, whichever way training is taken to pay.
    """
    shares = np.array((scenario.number("causal_share"), *believed(scenario, "causal_share"), 1.0))
    lines = run(inputs_of(scenario) | {"causal_share": shares[:, np.newaxis]})
    hours = np.cumsum(lines["programme_active"] * lines["training_hours"] / 12)
    return tuple(
        Productivity(month, float(hours[month - 1]), *map(float, lines["productivity_gain"][:, month - 1]))
        for month in dict.fromkeys((12, hours.size))
    )


def believed(scenario: Scenario, name: str) -> tuple[float, float]:
    """The plausible range of an assumption; its value twice where it is taken as certain."""
    value, known = scenario.number(name), scenario.effective_ranges.get(name)
    return (known.low, known.high) if known else (value, value)


def average_contributions(projection: Projection) -> dict[str, float]:
    """What a unit of budget earns today on average, by block: below 1 every unit of it loses money."""
    margin = projection.scenario.number("contribution_margin")
    return {
        "social media": margin * float(projection.lines["social_return"][0]),
        "the other channels": margin * projection.scenario.number("other_incremental_roas"),
    }
