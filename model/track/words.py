"""What tracking found, in sentences and in rounded amounts that add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from model.history.checks import Trust
from model.learning.solved_draws import BEYOND
from model.track.actuals import Actual
from model.track.checks import FEWEST, fails
from model.track.forecasts import Forecast, warnings
from model.track.tracked import Outlook, Tracked
from model.track.variances import Variance, VarianceCause
from model.units import MONEY, NO_BREAK, Format, Style, Unit

# What the line that nobody measures is called.
CASH_LABEL = "Cumulative cash, as believed"
# Beside a count of warnings: how many there should be.
_BY_CHANCE = 0.2
# So many suspect actuals are named in a headline.
_MOST_NAMED = 2
# Most of a difference is one cause's from a half of it to hardly more than it: others then offset next to nothing.
_HALF, _HARDLY_OFFSET = 0.5, 1.1
# How many beliefs are told of that the worth of a plan still hangs on.
MOST_OPEN = 6
# A number has no more of them that can be told apart.
_MOST_FIGURES = 15


def lead(found: Tracked) -> str | None:
    """What is said before the odds, if anything: a suspect actual, else a check that failed, else a gate not met."""
    if found.suspect:
        which = " and ".join(f"month {item.month}, {item.of.label.lower()}" for item in found.suspect[:_MOST_NAMED])
        more = len(found.suspect) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        return f"Suspect, check the cell: {which}{others}; the odds cannot be relied on until that is done"
    failed = fails(found.checks)
    if failed:
        return f"{failed[0].verdict}: the odds cannot be relied on until that is understood"
    return next((seen.follows for seen in found.gates if seen.follows), None)


def doubtful(found: Tracked) -> bool:
    """Whether the odds are in doubt: an actual is suspect, or a check failed."""
    return bool(found.suspect or fails(found.checks))


def headline(found: Tracked) -> str:
    """What leads wherever a plan is told: what comes before the odds, else how they have moved."""
    return lead(found) or how_odds_moved(found)


def answer(found: Tracked) -> str:
    """How the odds of a gain have moved, and what the plan is worth by now, in one sentence."""
    if not found.actuals:
        before = in_100(found.before, found.scenario.format)
        return f"Nothing is measured yet: the odds of a gain are {before}, as when it was planned."
    return f"{how_odds_moved(found)}: {worth_by_now(found)}."


def how_odds_moved(found: Tracked) -> str:
    """How the odds of a gain have moved by what was measured."""
    text = found.scenario.format
    now, before = in_100(found.now, text), in_100(found.before, text)
    moved = "rose" if found.now.odds > found.before.odds else "fell"
    near = now == before or abs(found.now.odds - found.before.odds) < 2 * max(found.now.error, found.before.error)
    told = f"stay near {now}" if near else f"{moved} from {before} to {now}"
    return f"After {_months(found.until)} the odds of a gain {told}"


def worth_by_now(found: Tracked) -> str:
    """What the plan is worth by what was measured, with its band."""
    text = found.scenario.format
    value = text.rounded(found.now.middle, MONEY)
    low, high = (text.rounded(end, MONEY) for end in (found.now.low, found.now.high))
    return f"the plan is now worth {value} at the median, 8 in 10 odds that it lies within {low} … {high}"


def in_100(outlook: Outlook, text: Format) -> str:
    """Odds as a person says them: "57 in 100"."""
    return f"{text.number(outlook.odds * 100, 0)} in 100"


def warning_words(item: Forecast, text: Format) -> str:
    """An actual that left its band, in a sentence."""
    value, low, high = _told_apart((item.actual.value, item.low, item.high), item.actual.of.unit, text)
    side = "below" if item.actual.value < item.low else "above"
    far = "; so far out lie fewer than 1 in 100" if item.far else ""
    return (
        f"Month {item.actual.month}, {item.actual.of.label.lower()}: {value} lies {side} {low} … {high}, where 8 in "
        f"10 were forecast{far}."
    )


def _told_apart(values: Sequence[float], unit: Unit, text: Format) -> list[str]:
    """Amounts in three significant figures, or in as few more as tell the first from the others."""
    told, figures = [text.rounded(one, unit) for one in values], 3
    while told[0] in told[1:] and figures < _MOST_FIGURES:
        figures += 1
        told = [text.plain(float(f"{one:.{figures}g}"), unit) for one in values]
    return told


def alarming(found: Tracked) -> bool:
    """Whether a check failed or an actual lies far out: that some leave their bands is to be expected."""
    return doubtful(found) or any(item.far for item in found.forecasts)


def by_chance(found: Tracked) -> str:
    """How many of the actuals would leave their bands by chance alone."""
    return found.scenario.format.number(_BY_CHANCE * len(found.forecasts), 0)


def warned(found: Tracked) -> Iterator[str]:
    """How many actuals left their bands and would by chance, those far out, and the others in one sentence."""
    out, text = warnings(found.forecasts), found.scenario.format
    if found.forecasts:
        count, every = (text.number(len(items), 0) for items in (out, found.forecasts))
        yield f"{count} of {every} actuals left P10–P90; {by_chance(found)} would by chance alone."
    yield from (warning_words(item, text) for item in out if item.far)
    near = defaultdict[str, list[int]](list)
    for item in out:
        if not item.far:
            near[item.actual.of.label.lower()].append(item.actual.month)
    if near:
        yield f"Outside, but not far: {'; '.join(_in_months(label, when) for label, when in near.items())}."


def _in_months(label: str, months: Sequence[int]) -> str:
    return f"{label}, month{'s' * (len(months) > 1)} {', '.join(map(str, months))}"


def verdicts(found: Tracked) -> Iterator[str]:
    """Which actuals are suspect, and what the checks say of whether the world is as the plan has it."""
    yield from (_suspect_words(item, found.scenario.format) for item in found.suspect)
    failed = fails(found.checks)
    if len(found.forecasts) < FEWEST and not failed:
        yield "Too few actuals to tell whether the world is as the plan and its noise have it."
    elif all(item.trust is Trust.YES for item in found.checks) and not any(one.far for one in found.forecasts):
        yield "The actuals are what the plan and its noise lead one to expect."
    for item in failed:
        yield f"{item.verdict}: the odds above cannot be relied on until that is understood (check “{item.name}”)."
    yield from (f"{item.verdict} (check “{item.name}”)." for item in found.checks if item.trust is Trust.CARE)


def _suspect_words(item: Actual, text: Format) -> str:
    return (
        f"Month {item.month}, {item.of.label.lower()}: {text.rounded(item.value, item.of.unit)} lies more than "
        f"{text.number(BEYOND, 0)} standard deviations from all that the plan's ranges allow, and is left out of "
        "odds and gates. Check this cell; if it is right, widen the ranges and have the plan approved anew."
    )


def difference(item: Variance, text: Format) -> str:
    """The variance signed, of a share in points."""
    delta = item.total(item.delta)
    if item.unit.style is Style.PERCENT:
        return f"{text.signed_number(delta * item.unit.scale, 1)}{NO_BREAK}points"
    return text.signed(delta, item.unit.of_a_year)


def made_by(item: Variance, text: Format) -> str:
    """What made a variance: one cause where most of it is its own, else the two largest, and whether they offset."""
    delta = item.total(item.delta)
    parts = {cause: item.total(series) for cause, series in item.parts.items()}
    first, second = sorted(parts, key=lambda cause: -abs(parts[cause]))[:2]
    if delta and _HALF <= parts[first] / delta <= _HARDLY_OFFSET:
        return f"most of it {first.value}"
    one, other = (f"{cause.value} {text.signed(parts[cause], item.unit.of_a_year)}" for cause in (first, second))
    return f"{one} and {other}{', which offset each other' if parts[first] * parts[second] < 0 else ''}"


def shown_unit(item: Variance) -> Unit:
    """The unit of a variance as tables show it, of a year where months add up: money in whole numbers."""
    unit = item.unit.of_a_year
    return replace(unit, decimals=0) if unit.style is Style.MONEY else unit


def shown_parts(item: Variance) -> Mapping[VarianceCause, Decimal]:
    """The parts of a variance as tables show them, so that they add up to it: the largest takes what is left."""
    unit = shown_unit(item)
    parts = {cause: unit.as_shown(item.total(series)) for cause, series in item.parts.items()}
    left = unit.as_shown(item.total(item.actual)) - unit.as_shown(item.total(item.plan)) - sum(parts.values())
    parts[max(parts, key=lambda cause: abs(parts[cause]))] += left
    return MappingProxyType(parts)


def _months(until: int) -> str:
    return "1 month" if until == 1 else f"{until} months"
