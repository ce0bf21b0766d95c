"""The first words of the first screen: whose plan it is, and what it is worth at which odds."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.projection import Projection
from model.telling.caveats import claim_in_words, is_defensible
from model.uncertainty.simulation import Simulation
from model.units import MONEY, PEOPLE
from report.words.odds import odds_in_100
from report.words.stamp import SEPARATOR, years


def whose_plan(projection: Projection) -> str:
    """The company and what the plan changes in it: people, revenue, marketing budget, of it social, team."""
    scenario = projection.scenario
    text, lines = scenario.format, projection.lines
    # At month 0 nothing has grown yet.
    revenue, marketing = (
        float(12 * lines[name][0] / lines["growth_factor"][0]) for name in ("company_revenue", "marketing_budget")
    )
    unit = ASSUMPTIONS["social_share_start"].unit
    # What is reached within the horizon, as far as it is delivered.
    share_end, team_end = (float(projection.lines[name][-1]) for name in ("social_share", "team"))
    share = _from_to(*(text.rounded(part, unit) for part in (scenario.number("social_share_start"), share_end)))
    team = _from_to(*(text.plain(people, PEOPLE) for people in (scenario.number("team_start"), team_end)))
    return SEPARATOR.join(
        (
            f"{text.plain(scenario.number('employees'), PEOPLE)} people",
            f"{text.rounded(revenue, MONEY)} revenue",
            f"{text.rounded(marketing, MONEY)} marketing",
            f"of it social {share}",
            f"social team {team}",
        )
    )


def _from_to(start: str, end: str) -> str:
    return start if start == end else f"{start} → {end}"


def headline(projection: Projection, simulation: Simulation | None = None) -> str:
    """The answer in one line: the amount, over what and, where they are drawn, the odds.

    A claim beyond its evidence is said to be one instead.
    """
    scenario, npv = projection.scenario, projection.metrics["npv"] or 0.0
    if not any(projection.bridge.values()):
        return "Nothing to gain, nothing to lose: share and team are held"
    over, worth = f"over {years(scenario.horizon_years)}", scenario.format.rounded(abs(npv), METRICS["npv"].unit)
    if not is_defensible(scenario):
        return f"Cannot be defended: {worth} {over}, by taking {claim_in_words(scenario)}"
    said = f"Worth {worth} more than holding {over}"
    if npv < 0:
        said = f"Costs {worth} more than it returns {over}"
    elif npv == 0:
        said = f"Worth exactly as much as holding {over}"
    if simulation is None or not scenario.effective_ranges or not simulation.metrics["npv"].any():
        return said
    odds = odds_in_100(simulation.odds_of_gain)
    return f"{said}; {odds[0].lower()}{odds[1:]} of a gain"
