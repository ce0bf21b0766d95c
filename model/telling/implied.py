"""What a scenario's assumptions imply, so that it can be held against what is known from outside."""

from __future__ import annotations

from dataclasses import dataclass

from model.projection import Projection

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
    scenario, lines = projection.scenario, projection.lines
    if not scenario.number("team_pay_in_budget"):
        return None
    # At month 0 nothing has grown yet.
    budget = lines["hold_social_spend"][0] / lines["growth_factor"][0]
    today = scenario.number("team_start") * lines["team_pay"][0] / budget
    return PayShare(float(today), float(lines["team_payroll"][-1] / lines["social_spend"][-1]))


def elasticity(projection: Projection) -> float:
    """By how much 1 % more of the whole marketing budget raises company revenue today, in per cent."""
    scenario, lines = projection.scenario, projection.lines
    social = scenario.number("social_returns_exponent") * lines["social_return"][0] * lines["hold_social_spend"][0]
    other = scenario.number("other_returns_exponent") * scenario.number("other_incremental_roas")
    return float((social + other * lines["hold_other_spend"][0]) / lines["company_revenue"][0])


@dataclass(frozen=True)
class Productivity:
    """What a member of the team achieves above holding, a fraction: after a year, and in the last month."""

    after_a_year: float
    end: float


def productivity(projection: Projection) -> Productivity:
    """The productivity that training is assumed to bring."""
    gained = projection.lines["productivity_gain"]
    return Productivity(float(gained[11]), float(gained[-1]))


def average_contributions(projection: Projection) -> dict[str, float]:
    """What a unit of budget earns today on average, by block: below 1 every unit of it loses money."""
    margin = projection.scenario.number("contribution_margin")
    return {
        "social media": margin * float(projection.lines["social_return"][0]),
        "the other channels": margin * projection.scenario.number("other_incremental_roas"),
    }
