"""The best plan in words: what was looked at, what it reaches, its limits, and the weak beliefs that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from model.choice.aims import Aim, Limit
from model.choice.optimise import Optimum
from model.choice.reliance import Reliance
from model.choice.search import LEVERS
from model.projection import Projection
from model.scenario import Scenario
from model.telling.caveats import at_foreign_prices
from model.units import DEFAULT_CURRENCY, MONEY, RATIO, SHARE, Format

# The measures of the programme, each as a thing by itself.
ITSELF: Mapping[str, str] = MappingProxyType(
    {
        "training_programme": "training",
        "strategic_partner": "the partner",
        "leadership_seat": "the leadership seat",
    }
)


def looked_at(scenario: Scenario) -> str:
    """What the search varies, and how far, with the reason where that is less than the hard bounds."""
    text, parts = scenario.format, []
    for lever in LEVERS:
        item = ASSUMPTIONS[lever.name]
        if not item.numeric:
            continue
        ends = f"{text.bare(lever.low, item.unit)} to {text.plain(lever.high, item.unit)} {item.unit.per}".rstrip()
        name = item.short_label[0].lower() + item.short_label[1:]
        parts.append(f"{name} from {ends}" + (f" ({lever.why})" if lever.why else ""))
    switches = " and ".join(ITSELF[lever.name] for lever in LEVERS if not ASSUMPTIONS[lever.name].numeric)
    return (
        f"The search varies {'; '.join(parts)}; and {switches}. The present plan is one of those it compares, "
        "and beliefs stay as uncertain as they are."
    )


def best_in_words(optimum: Optimum, plan: Projection, today: date | None = None) -> str:
    """The answer in one sentence: what changes against the present plan, what that is worth, how often it pays.

    `plan` is the optimum's projection.
    """
    within = " within your limits" if optimum.limits else ""
    worth = _worth(optimum)
    if not optimum.improves:
        return f"No better plan than the present one was found{within}: {worth}."
    choices = list(_choices(optimum, plan, today))
    listed = " and ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))
    reserve = f", with amounts still in {DEFAULT_CURRENCY}" if at_foreign_prices(optimum.scenario) else ""
    return f"Best{within}: {listed} – {worth}{reserve}."


def _worth(optimum: Optimum) -> str:
    """What the best plan is worth, and what the aim looks at where that is another figure."""
    text, best = optimum.scenario.format, optimum.standing
    mean = text.rounded(abs(best.expected_npv), MONEY, best.errors["expected_npv"])
    further = {
        Aim.P10_NPV: f", below {text.rounded(best.p10_npv, MONEY, best.errors['p10_npv'])} in 10",
        Aim.LOWEST_SPEND: f", for {text.rounded(best.spend, MONEY, best.errors['spend'])} of spend",
    }
    # Never all or none unless it is so.
    cases = min(99, max(1, round(100 * best.odds_of_gain))) if 0 < best.odds_of_gain < 1 else 100 * best.odds_of_gain
    told = f"worth {mean}" if best.expected_npv >= 0 else f"costs {mean} more than it returns"
    return f"{told}{further.get(optimum.aim, '')}, positive in {cases:.0f} of 100 cases"


def _choices(optimum: Optimum, plan: Projection, today: date | None) -> Iterator[str]:
    """Each decision that differs from the present plan's, in words."""
    best, before = optimum.scenario, optimum.searched
    if any(best.values[name] != before.values[name] for name in ("social_share_target", "ramp_years")):
        yield _share(plan, today)
    if (hours := hours_of_training(best)) != hours_of_training(before):
        unit = "hour" if hours == 1 else "hours"
        yield f"{best.format.plain(hours, RATIO)} {unit} of training a head a year" if hours else "no training"
    for name in ("strategic_partner", "leadership_seat"):
        if best.values[name] != before.values[name]:
            yield f"{'a' if best.values[name] else 'no'} {ITSELF[name].removeprefix('the ')}"


def hours_of_training(scenario: Scenario) -> float:
    """Hours of training a head and year, none where there is no training."""
    return scenario.number("training_hours") if scenario.values["training_programme"] else 0.0


def _share(plan: Projection, today: date | None) -> str:
    """The share with when it is reached; where that is after the horizon, what is reached by then."""
    scenario, target = plan.scenario, plan.scenario.stated("social_share_target")
    if scenario.number("social_share_target") == scenario.number("social_share_start"):
        return f"social held at {target}"
    months = scenario.calendar(today)
    last = ceil(12 * scenario.number("ramp_years")) if scenario.values["ramp_shape"] != "immediate" else 1
    if last <= len(months):
        return f"{target} social by {scenario.format.month(months[last - 1])}"
    reached = scenario.format.rounded(share_reached(plan), SHARE)
    end = scenario.format.month(months[-1])
    return f"{reached} social by {end}, on the way to {target} in {scenario.stated('ramp_years')} years"


def rise_in_time(projection: Projection) -> str:
    """How much of the rise is reached within the horizon, where that is not the target; else empty."""
    scenario = projection.scenario
    text, reached = scenario.format, share_reached(projection)
    target = scenario.stated("social_share_target")
    if text.rounded(reached, SHARE) == text.rounded(scenario.number("social_share_target"), SHARE):
        return ""
    horizon, ramp = scenario.horizon_years, scenario.number("ramp_years")
    late = scenario.values["ramp_shape"] != "immediate" and ramp > horizon
    why = f"the rise takes {scenario.stated('ramp_years')} years" if late else "not all of it is delivered"
    years = "1 year" if horizon == 1 else f"{horizon} years"
    return f"Of the {target} social aimed for, {text.rounded(reached, SHARE)} is reached within the {years}: {why}."


def share_reached(projection: Projection) -> float:
    """The social share at the end of the horizon."""
    return float(projection.lines["social_share"][-1])


def limit_in_words(limit: Limit, text: Format) -> str:
    """A limit, what the best plan uses of it, and whether more of it would serve: one of two, never both."""
    asked = text.plain(limit.allowed, limit.unit)
    used = (
        text.plain(round(limit.used, 4), limit.unit) if limit.unit is SHARE else text.rounded(limit.used, limit.unit)
    )
    told = f"{limit.label}: " + (
        f"{asked} asked, {used} reached" if limit.is_lowest else f"{asked} allowed, {used} used"
    )
    if limit.binding:
        return f"{told}; binding, as a better plan would break it."
    if limit.unspent:
        return f"{told}; {text.rounded(limit.unspent, limit.unit)} unspent, as more of it would not help."
    return f"{told}; not binding."


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
