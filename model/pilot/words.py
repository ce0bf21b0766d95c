"""What tests are worth, in words: which to run first, what becomes of each, and how exact it is."""

from __future__ import annotations

import math

from model.pilot.assumed import ASSUMED
from model.pilot.decided import ReadingRange, how_far, option_in_words, with_what
from model.pilot.pilots import Pilot, Pilots, Rung, Verdict
from model.units import COUNT, LEAST_MONEY, MONEY, RATIO, SHARE, Format

# How many standard errors an effect must have for a test at 5 % to find it in 80 of 100 cases: 1.96 + 0.84.
DETECTED = 2.8

# Which decision every worth of a test is of.
DECISION = (
    "All worths are of one decision: to hold, go half of the way or all of it, each with and without training and a "
    "partner. Risk tells them of another: the plan or holding. Waiting counts as a later start: what is decided "
    "after a test begins when it ends, within the same horizon."
)
# What the amount beside a test stands for.
QUESTION = (
    "The whole question is what knowing exactly what the test measures would be worth; the test is worth less."
)


def answer(found: Pilots) -> str:
    """Whether to test first, what and for how long, in a sentence or two."""
    first, text = found.first, found.scenario.format
    now = f"the best that can be decided now is to {decided_now(found)}"
    if first is None or first.best is None:
        return f"Decide now: no test is worth what it costs, and {now}."
    rung = first.best
    return (
        f"Test before deciding: run “{first.design.label}” first, {_length(first.months)}, {size_of(first, rung)}. "
        f"{_money(text, rung.net, rung.error)} {text.within(rung.error, MONEY)} remain after all it costs; "
        f"without it, {now}."
    )


def decided_now(found: Pilots) -> str:
    """The option that is best without any test, as it is said after "to"."""
    return option_in_words(found.now, found.scenario)


def result_decides(pilot: Pilot, rung: Rung) -> str:
    """Which option is best between which readings of a test of a size, begun when it ends."""
    scenario, reads = pilot.setting.scenario, pilot.design.reads
    if len(rung.readings) == 1:
        return f"Whatever it finds: {option_in_words(rung.readings[0].option, scenario)}."
    alike = len({with_what(one.option, scenario) for one in rung.readings}) == 1
    told = [
        f"{_between(one, rung, scenario.format)}: "
        f"{how_far(one.option) if alike else option_in_words(one.option, scenario)}"
        for one in rung.readings
    ]
    told += [f"each {with_what(rung.readings[0].option, scenario)}"] if alike else []
    return f"Where {reads} is measured {'; '.join(told)}."


def _between(one: ReadingRange, rung: Rung, text: Format) -> str:
    finest = rung.standard_error / 10
    low, high = (text.rounded(end, SHARE, finest) if math.isfinite(end) else "" for end in (one.low, one.high))
    if low and high:
        return f"from {low} to {high}"
    return f"above {low}" if low else f"below {high}"


def verdict(pilot: Pilot) -> str:
    """What is to become of a test, and why, in a sentence."""
    text, rung = pilot.setting.scenario.format, pilot.best
    if rung is None:
        return f"Cannot be run: {pilot.design.impossible}."
    if pilot.verdict is Verdict.NOTHING:
        return f"Not worth it: whatever it finds, the decision stays; {_costs(pilot, rung)}."
    known = f"the whole question is worth {_money(text, pilot.known, pilot.known_error)}"
    worth = _money(text, rung.worth, rung.error)
    if pilot.verdict is Verdict.NOT_WORTH:
        return f"Not worth it: {known}, this test of it {worth}; {_costs(pilot, rung)}.{_hardly(rung)}"
    remain = f"{_money(text, rung.net, rung.error)} {text.within(rung.error, MONEY)}"
    return (
        f"Run this: it is worth {worth}; {_costs(pilot, rung)}. {remain} remain, and it changes the decision in "
        f"{in_100(rung.odds_changed)} cases; {known}.{_hardly(rung)}"
    )


def own_figures(found: Pilots) -> str:
    """Which figures of the designs are the company's own, beside what is declared; empty where none is."""
    text = found.scenario.format
    told = [
        f"{item.label} {text.plain(own, item.unit)} instead of {text.plain(item.value, item.unit)}"
        for item in ASSUMED.values()
        if (own := found.assumed[item.name]) != item.value
    ]
    return f"The company's own figures: {'; '.join(told)}." if told else ""


def power(pilot: Pilot, rung: Rung) -> str:
    """How exact a test of a size is, in words, beside what is expected of it."""
    text, error = pilot.setting.scenario.format, rung.standard_error
    left = pilot.spread * error / math.hypot(pilot.spread, error)
    shown = (text.rounded(value, SHARE) for value in (pilot.expected, pilot.spread, left, DETECTED * error))
    expected, spread, after, found = shown
    binds = ""
    if pilot.is_largest and rung.worth >= LEAST_MONEY:
        binds = " It is the largest size that these figures allow: a larger test might be worth more."
    return (
        f"{pilot.design.words(pilot.setting, rung.size)}. Expected is {expected}, give or take {spread}; after the "
        f"test, give or take {after}. That is what the decision needs: no result has to be significant. Were that "
        f"asked all the same, an effect of {found} would be in 80 of 100 cases, at 5 %.{binds}"
    )


def size_of(pilot: Pilot, rung: Rung) -> str:
    """A size with what it is in: "50 regions"."""
    one, several = pilot.design.counts
    return f"{pilot.setting.scenario.format.exact(rung.size, COUNT)} {one if rung.size == 1 else several}"


def in_100(odds: float) -> str:
    """Odds as cases: "51 of 100", "fewer than 1 of 100"."""
    if 0 < odds < 0.005:
        return "fewer than 1 of 100"
    return "more than 99 of 100" if 0.995 < odds < 1 else f"{100 * odds:.0f} of 100"


def _hardly(rung: Rung) -> str:
    """What is to be said where other draws may turn the verdict."""
    return " It is so near that other draws may say otherwise." if abs(rung.net) < 2 * rung.error else ""


def _costs(pilot: Pilot, rung: Rung) -> str:
    """What waiting, the work on it and its changes cost or bring, each by itself."""
    text, hours = pilot.setting.scenario.format, pilot.design.hours(pilot.setting, rung.size)
    waiting = f"waiting for it {_taken(text, rung.delay, 'costs', 'saves')}"
    spent = "1 hour of work costs" if hours == 1 else f"{text.plain(hours, RATIO)} hours of work cost"
    work = f"{spent} {_money(text, rung.work, 0.0)}"
    if abs(rung.effect) < LEAST_MONEY:
        return f"{waiting} and {work}"
    return f"{waiting}, {work}, and {pilot.design.changed} {_taken(text, rung.effect, 'cost', 'bring')} meanwhile"


def _taken(text: Format, cost: float, costs: str, brings: str) -> str:
    return f"{costs if cost >= 0 else brings} {_money(text, abs(cost), 0.0)}"


def _money(text: Format, value: float, error: float) -> str:
    """An amount to as many figures as its sampling error allows; what no table could show is nothing."""
    return text.rounded(value if abs(value) >= LEAST_MONEY else 0.0, MONEY, error)


def _length(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"
