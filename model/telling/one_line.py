"""What stands in a line each beside every answer: what must be true for it, and what the social budget pays."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.projection import Projection
from model.scenario import Scenario
from model.telling.implied import pay_share
from model.telling.measurement import SPENT
from model.units import MONEY, PEOPLE, SHARE

_NAME = "break_even_relative_return"


def beside_the_answer(projection: Projection) -> tuple[str, ...]:
    """The lines together; those that say nothing left out."""
    return tuple(filter(None, (what_decides(projection), pay_beside_media(projection))))


def what_decides(projection: Projection) -> str:
    """At which relative return the plan pays, beside what is assumed and what studies say; empty if none decides."""
    needed, assumed = projection.metrics[_NAME], projection.metrics["relative_return"]
    if not any(projection.bridge.values()) or needed is None or assumed is None:
        return ""
    return f"{_condition(projection, needed)}; {_beside(projection, assumed)}."


def studied(scenario: Scenario, name: str = "social_relative_return") -> str:
    """What the evidence gives for a belief that has a declared range: "0.8 to 1.7", "0 to 12 %"."""
    item = ASSUMPTIONS[name]
    assert item.range is not None
    text = scenario.format
    return f"{text.bare(item.range.low, item.unit)} to {text.plain(item.range.high, item.unit)}"


def pay_beside_media(projection: Projection) -> str:
    """The part of the social budget that is the team's pay, today and at the end of the plan."""
    share = pay_share(projection)
    if share is None:
        return "The team is paid from elsewhere: all of the social budget buys media."
    # To the whole percent: pay and headcount are no more exact.
    today, end = (projection.scenario.format.plain(round(part, 2), SHARE) for part in (share.today, share.end))
    rest = "the rest buys media" if share.highest <= 1 else "above 100 % there is no money for media"
    return f"The team's pay is {today} of the social budget today and {end} at the end; {rest}."


def team_and_its_pay(projection: Projection) -> str:
    """How many people the team has today and at the end, and what they cost over the horizon."""
    scenario, lines = projection.scenario, projection.lines
    text, size = scenario.format, lines["team"][-1]
    start, end = (text.plain(people, PEOPLE) for people in (scenario.number("team_start"), float(size)))
    grows = f"The team numbers {start} today and {end} at the end" if start != end else f"The team numbers {end}"
    pay = text.rounded(float(lines["team_payroll"].sum()), MONEY)
    over = f"over the horizon ({SPENT.words(scenario)})"
    return f"{grows}; with what employers pay on top of wages it costs {pay} {over}."


def _condition(projection: Projection, needed: float) -> str:
    rises = projection.counterfactuals["pv_social_contribution"] / (projection.metrics["relative_return"] or 1.0) > 0
    if needed < 0:
        return "It pays even if social returns nothing" if rises else "It does not pay, whatever social returns"
    text = projection.scenario.format.rounded(needed, METRICS[_NAME].unit)
    return (
        f"It pays if a unit moved to social returns at least {text} times what it returns elsewhere"
        if rises
        else f"It pays if a unit taken from social returns at most {text} times what it returns elsewhere"
    )


def _beside(projection: Projection, assumed: float) -> str:
    """What is assumed, on whichever basis, and what the studies say."""
    basis = "assumed"
    if projection.scenario.values["social_return_basis"] == "platform":
        basis = "the platforms’ figures come to"
    shown = projection.scenario.format.rounded(assumed, METRICS[_NAME].unit)
    return f"{basis} {shown}, studies say {studied(projection.scenario)}"
