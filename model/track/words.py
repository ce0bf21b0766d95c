"""What tracking found, in sentences and in rounded amounts that add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from model.history.checks import Trust
from model.track.checks import FEWEST, fails
from model.track.forecasts import Forecast, warnings
from model.track.tracked import Outlook, Tracked
from model.track.variances import Variance, VarianceCause
from model.units import MONEY, Format

# Beside a count of warnings: how many there should be.
_BY_CHANCE = 0.2


def answer(found: Tracked) -> str:
    """How the odds of a gain have moved, in one sentence."""
    if not found.actuals:
        return f"Nothing is measured yet: the odds of a gain are {in_100(found.before)}, as when it was planned."
    text = found.scenario.format
    moved = "rose" if found.now.odds > found.before.odds else "fell"
    near = abs(found.now.odds - found.before.odds) < 2 * max(found.now.error, found.before.error)
    told = (
        f"stay near {in_100(found.now)}" if near else f"{moved} from {in_100(found.before)} to {in_100(found.now)}"
    )
    value = text.rounded(found.now.middle, MONEY)
    low, high = (text.rounded(end, MONEY) for end in (found.now.low, found.now.high))
    return (
        f"After {_months(found.until)} the odds of a gain {told}: the plan is now worth {value}, 8 in 10 odds that "
        f"it lies within {low} … {high}."
    )


def in_100(outlook: Outlook) -> str:
    """Odds as a person says them: "57 in 100"."""
    return f"{outlook.odds * 100:.0f} in 100"


def warning_words(item: Forecast, text: Format) -> str:
    """An actual that left its band, in a sentence."""
    unit = item.actual.of.unit
    ends = (item.actual.value, item.low, item.high)
    value, low, high = (text.rounded(one, unit) for one in ends)
    if value in (low, high):
        value, low, high = (text.exact(one, unit) for one in ends)
    side = "below" if item.actual.value < item.low else "above"
    far = "; so far out lie fewer than 1 in 100" if item.far else ""
    return (
        f"Month {item.actual.month}, {item.actual.of.label.lower()}: {value} lies {side} {low} … {high}, where 8 in "
        f"10 were forecast{far}."
    )


def warned(found: Tracked) -> Iterator[str]:
    """Every early warning, after a sentence on how many there are by chance alone."""
    out = warnings(found.forecasts)
    if found.forecasts:
        usual = _BY_CHANCE * len(found.forecasts)
        yield f"{len(out)} of {len(found.forecasts)} actuals left P10–P90; {usual:.0f} would by chance alone."
    yield from (warning_words(item, found.scenario.format) for item in out)


def verdicts(found: Tracked) -> Iterator[str]:
    """What the checks say of whether the world is as the plan has it."""
    failed = fails(found.checks)
    if len(found.forecasts) < FEWEST and not failed:
        yield "Too few actuals to tell whether the world is as the plan and its noise have it."
    elif all(item.trust is Trust.YES for item in found.checks):
        yield "The actuals are what the plan and its noise lead one to expect."
    for item in failed:
        yield f"{item.verdict}: the odds above cannot be relied on until that is understood (check “{item.name}”)."
    yield from (f"{item.verdict} (check “{item.name}”)." for item in found.checks if item.trust is Trust.CARE)


def shown_parts(item: Variance) -> Mapping[VarianceCause, Decimal]:
    """The parts of a variance as tables show them, so that they add up to it: the largest takes what is left."""
    unit = item.unit
    parts = {cause: unit.as_shown(item.total(series)) for cause, series in item.parts.items()}
    left = unit.as_shown(item.total(item.actual)) - unit.as_shown(item.total(item.plan)) - sum(parts.values())
    parts[max(parts, key=lambda cause: abs(parts[cause]))] += left
    return MappingProxyType(parts)


def _months(until: int) -> str:
    return "1 month" if until == 1 else f"{until} months"
