"""What each screen comes to, in a line that can stand as its heading."""

from __future__ import annotations

from collections.abc import Sequence

from model.assumptions import ASSUMPTIONS
from model.choice.counter.offer import Counteroffer
from model.choice.counter.words import decided
from model.metrics import METRICS
from model.pilot.pilots import Pilot, Pilots, Verdict
from model.pilot.words import decided_now
from model.projection import Projection
from model.skills.areas import weighted_gap
from model.skills.training_plan import TrainingPlan
from model.stages.staged import Staged
from model.telling.basis import grade_of
from model.uncertainty.sensitivity import Bar
from model.units import LEAST_MONEY, MONEY, RATIO, SHARE, Format


def what_it_turns_on(projection: Projection, bars: Sequence[Bar]) -> str:
    """The assumption that the result turns on most, with its value and grade; `bars` is the tornado."""
    if not bars or not bars[0].swing:
        return "Nothing that is uncertain moves the result"
    item = ASSUMPTIONS[bars[0].name]
    value = projection.scenario.stated(item.name)
    return f"Most turns on “{item.short_label}”: {value}, grade {grade_of(projection.scenario, item)}"


def how_it_adds_up(projection: Projection) -> str:
    """Benefits less costs, as present values: the net present value in one line."""
    text, unit = projection.scenario.format, METRICS["npv"].unit
    benefits, costs, npv = (projection.metrics[name] or 0.0 for name in ("pv_benefits", "pv_costs", "npv"))
    parts = [text.rounded(amount, unit) for amount in (benefits, costs, npv)]
    return f"{parts[0]} of benefits less {parts[1]} of costs: {parts[2]} today"


def what_hours_close(plan: TrainingPlan, text: Format) -> str:
    """How much of the team's weighted gap the hours close."""
    before, after = (SHARE.scale * gap for gap in (weighted_gap(plan.areas), plan.gap))
    if not plan.foremost:
        return "No gap is left to close"
    hours = text.rounded(sum(plan.hours), RATIO)
    closed, missing = (text.rounded(points, RATIO) for points in (before - after, before))
    return f"{hours} hours a person and year close {closed} of {missing} points of the skills gap"


def whether_to_test(found: Pilots) -> str:
    """Whether to test before deciding, which test and for how long, what it is worth and what it costs."""
    text, first = found.scenario.format, found.first
    if first is not None and first.best is not None:
        rung = first.best
        costs = rung.delay + rung.cost
        spent = f"costs {text.rounded(costs, MONEY)} with the delay" if costs > 0 else "costs nothing"
        spent += ", net of what it brings meanwhile" if rung.effect <= -LEAST_MONEY else ""
        return (
            f"Test first: run “{first.design.label}” for {length(first)}. It is worth "
            f"{text.rounded(rung.worth, MONEY, rung.error)} and {spent}"
        )
    asked = max(found.pilots, key=lambda pilot: pilot.known)
    if asked.verdict in (Verdict.NOTHING, Verdict.IMPOSSIBLE):
        return f"Decide now: {decided_now(found)}. No test would change the decision"
    known = text.rounded(asked.known, MONEY, asked.known_error)
    stays = f"Decide now: {decided_now(found)}. No test is worth its cost"
    return f"{stays}; knowing exactly what one measures would be worth {known}"


def net_message(found: Pilots) -> str:
    """Which test is left with most, in a few words."""
    first, text = found.first, found.scenario.format
    if first is None or first.best is None:
        return "No test is worth what it costs"
    if abs(first.best.net) <= 2 * first.best.error:
        return "The best test leaves no more after its costs than the draws can tell"
    net = text.rounded(first.best.net, MONEY, first.best.error)
    return f"The best test leaves {net} after its costs"


def length(pilot: Pilot) -> str:
    """How long a test takes: "3 months"."""
    return "1 month" if pilot.months == 1 else f"{pilot.months} months"


def what_stopping_is_worth(found: Staged) -> str:
    """What being able to stop at the gates is worth, and how often the plan goes on to its end."""
    text, value = found.scenario.format, found.planned.value
    error = found.planned.value_error
    ends = f"{text.number(100 * found.planned.goes_on, 0)} in 100 cases go on to the end"
    if not found.planned.can_be_told:
        return f"Being able to stop is worth no more than the draws can tell; {ends}"
    side = "is worth" if value > 0 else "at these thresholds costs"
    return f"Being able to stop {side} {text.rounded(abs(value), MONEY, error)}; {ends}"


def ends_message(found: Staged) -> str:
    """How often a plan in stages runs to its end, in a few words."""
    on = found.scenario.format.number(100 * found.planned.goes_on, 0)
    return f"{on} in 100 cases go on to the end"


def offer_message(found: Counteroffer) -> str:
    """What the counter-offer gives up against the ask, in a few words."""
    if not found.worth_doing:
        return "Nothing inside the limits is worth doing" if found.fits else "No part of the ask keeps the limits"
    if not found.told_apart:
        return "The counter-offer is worth as much as the ask, as far as the draws can tell"
    told = found.scenario.format.rounded(abs(found.gives_up), MONEY, found.gives_up_error)
    return f"The counter-offer is worth {told} {'less' if found.gives_up > 0 else 'more'} than the ask"


def what_can_be_offered(found: Counteroffer) -> str:
    """The counter-offer: what it decides and is worth, and what it gives up."""
    text = found.scenario.format
    if not found.fits:
        return "No part of the ask keeps these limits"
    if not found.worth_doing:
        return "Hold: nothing inside these limits is worth more than holding"
    worth = text.rounded(found.offered.mean, MONEY, found.offered.error)
    told = f"Offer {decided(found.scenario)}: worth {worth}"
    if not found.told_apart:
        return f"{told}, as much as the ask as far as the draws can tell"
    side = "less" if found.gives_up > 0 else "more"
    return f"{told}, {text.rounded(abs(found.gives_up), MONEY, found.gives_up_error)} {side} than the ask"
