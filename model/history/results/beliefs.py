"""Beliefs from the results of another tool, each with the words of how it was made; what cannot be made is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, exp, log, pi, sqrt

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.history.experiments.experiment import DAYS_A_MONTH
from model.history.response.spend import Channel
from model.history.results.table import ChannelResult, ToolResults
from model.reading.faults import Fault, ScenarioError
from model.reading.numerals import brief
from model.units import per_cent

_DIGITS = 4
# Where a table gives no interval: 90 % from half the figure to twice it, and of exponents within this of it.
_TWICE, _EXPONENT_WITHIN = 2.0, 0.15
_ONE_SIDED = 0.95


@dataclass(frozen=True)
class Belief:
    """A belief of the model as another tool's results have it, and how it was made of them."""

    name: str
    range: Range
    how: str


@dataclass(frozen=True)
class Mapped:
    """The beliefs that results give, the rank correlation of both returns, and what they do not give."""

    beliefs: tuple[Belief, ...]
    correlation: float | None
    untold: tuple[str, ...]


@dataclass(frozen=True)
class _ChannelBlock:
    """Social or all other marketing as one channel: its return, by how much of itself that is uncertain, and how.

    `returns` is the revenue that each of its channels brings for a unit of spend.
    """

    channel: Channel
    members: tuple[ChannelResult, ...]
    returns: tuple[float, ...]
    roi: float
    error: float
    assumed: bool

    @property
    def names(self) -> str:
        """Its channels."""
        return ", ".join(one.name for one in self.members)

    @property
    def brought(self) -> tuple[float, ...]:
        """What each channel brings, by which they are weighed; a loss counts as nothing."""
        return tuple(max(_spend(one) * roi, 0.0) for one, roi in zip(self.members, self.returns, strict=True))


def beliefs(results: ToolResults) -> Mapped:
    """The beliefs that results give. Raises ScenarioError where channels cannot be taken together."""
    blocks = {channel: _block(results, channel) for channel in Channel}
    social, other = blocks[Channel.SOCIAL], blocks[Channel.OTHER]
    found: list[Belief] = []
    correlation = None
    if other is not None:
        found.append(_return_of_other(other))
        if social is not None:
            belief, correlation = _relative_return(social, other)
            found.insert(0, belief)
    known = [block for block in blocks.values() if block is not None]
    others = [_exponent(block) for block in known]
    others.append(_half_life(known))
    found += [belief for belief in others if belief is not None]
    made = {belief.name for belief in found}
    return Mapped(tuple(found), correlation, tuple(_untold(made, social, other)))


def _untold(made: set[str], social: _ChannelBlock | None, other: _ChannelBlock | None) -> Iterator[str]:
    """What keeps its range, and why."""
    if other is None:
        yield "No channel of other marketing: neither return can be told"
    elif social is None:
        yield "No social channel: its return beside others cannot be told"
    needed = {
        "social_returns_exponent": "an exponent, a marginal return (mroi) or a slope with half-saturation",
        "other_returns_exponent": "an exponent, a marginal return (mroi) or a slope with half-saturation",
        "carryover_half_life": "a weekly theta of geometric adstock or a half-life",
    }
    for name, what in needed.items():
        if name not in made:
            yield f"{name} keeps its range: for it every channel needs {what}, within what the model's curve can be"
    yield "saturation keeps its range: other tools' curves are of another shape"


def _block(results: ToolResults, channel: Channel) -> _ChannelBlock | None:
    members = tuple(one for one in results.channels if one.channel is channel)
    if not members:
        return None
    if len(members) > 1 and any("spend" not in one.figures for one in members):
        message = (
            f"has several channels of {channel.words} without spend: add a column spend, by which they are weighed"
        )
        raise ScenarioError([Fault(results.file, message)])
    total = sum(_spend(one) for one in members)
    returns = tuple(_roi(results, one) for one in members)
    roi = sum(_spend(one) * each for one, each in zip(members, returns, strict=True)) / total
    if roi <= 0:
        raise ScenarioError(
            [Fault(results.file, f"has a return of {brief(roi)} for {channel.words}: none above zero")]
        )
    errors = [_error(one) for one in members]
    assumed = any(error is None for error in errors)
    together = (
        sqrt(sum((_spend(one) * (error or 0)) ** 2 for one, error in zip(members, errors, strict=True))) / total
    )
    return _ChannelBlock(channel, members, returns, roi, _half_to_twice() if assumed else together / roi, assumed)


def _spend(one: ChannelResult) -> float:
    return one.figures.get("spend", 1.0)


def _roi(results: ToolResults, one: ChannelResult) -> float:
    """Revenue for each unit of spend."""
    if "roi" in one.figures:
        return one.figures["roi"]
    if "contribution" in one.figures and one.figures.get("spend", 0.0) > 0:
        return one.figures["contribution"] / one.figures["spend"]
    raise ScenarioError([Fault(results.file, f"has no return for {one.name}: give roi, or spend and contribution")])


def _error(one: ChannelResult) -> float | None:
    """The standard error of a channel's return, None where the table has none."""
    from scipy.special import ndtri

    if {"low", "high"} <= one.figures.keys() and one.figures["low"] < one.figures["high"]:
        width = (one.figures["high"] - one.figures["low"]) / (2 * float(ndtri((1 + one.level) / 2)))
        # Where there is no column of returns, the interval is of contributions.
        return width if "roi" in one.figures else width / one.figures["spend"]
    error = one.figures.get("se")
    return error if error is None or "roi" in one.figures else error / one.figures["spend"]


def _half_to_twice() -> float:
    """The spread of the logarithm of which 90 % lie between half and twice."""
    from scipy.special import ndtri

    return log(_TWICE) / float(ndtri(_ONE_SIDED))


def _width_in_words(assumed: bool, blocks: Sequence[_ChannelBlock]) -> str:
    if assumed:
        return "no interval for every channel: 90 % from half to twice is assumed"
    together = ", errors of channels taken as independent" if any(len(block.members) > 1 for block in blocks) else ""
    return f"its width from the table's interval of {per_cent(blocks[0].members[0].level)}{together}"


def _return_of_other(other: _ChannelBlock) -> Belief:
    how = (
        f"revenue for each unit spent on {other.names}, weighed by spend: {brief(other.roi, 3)}; "
        f"{_width_in_words(other.assumed, [other])}"
    )
    return Belief("other_incremental_roas", _lognormal("other_incremental_roas", other.roi, other.error), how)


def _relative_return(social: _ChannelBlock, other: _ChannelBlock) -> tuple[Belief, float]:
    """The return of social beside that of others, and its rank correlation with the latter."""
    spread = sqrt(social.error**2 + other.error**2)
    ratio = social.roi / other.roi
    how = (
        f"return of {social.names}, {brief(social.roi, 3)}, divided by that of other channels, "
        f"{brief(other.roi, 3)}: {brief(ratio, 3)}; "
        f"{_width_in_words(social.assumed or other.assumed, [social, other])}"
    )
    correlation = round(6 / pi * asin(-other.error / spread / 2), 2)
    return Belief("social_relative_return", _lognormal("social_relative_return", ratio, spread), how), correlation


def _exponent(block: _ChannelBlock) -> Belief | None:
    """The slope of the response at today's spend, which is what all these say of it; None where one is not told."""
    slopes = map(_elasticity, block.members, block.returns)
    name = f"{block.channel}_returns_exponent"
    low, high = ASSUMPTIONS[name].bounds or (0.0, 1.0)
    told = [(slope, weight) for slope, weight in zip(slopes, block.brought, strict=True) if slope is not None]
    if len(told) < len(block.members):
        return None
    exponent = sum(slope * weight for slope, weight in told) / sum(block.brought)
    if not low < exponent < high:
        return None
    ends = max(low, exponent - _EXPONENT_WITHIN), exponent, min(high, exponent + _EXPONENT_WITHIN)
    how = (
        f"by how many per cent revenue of {block.names} rises with one per cent of spend: {brief(exponent, 3)}, "
        f"from {_slope_in_words(block.members[0])}; 90 % within {_EXPONENT_WITHIN} of it are assumed"
    )
    return Belief(name, _shortened(*ends, Distribution.NORMAL), how)


def _elasticity(one: ChannelResult, roi: float) -> float | None:
    """By how much of itself revenue rises with spend, from what a tool says of it and its return."""
    figures = one.figures
    if "exponent" in figures:
        return figures["exponent"]
    average = figures.get("average", roi)
    if "marginal" in figures and average > 0:
        return figures["marginal"] / average
    half, level = figures.get("half_saturation"), figures.get("mean_spend")
    if half is None or level is None:
        half, level = figures.get("half_saturation_in_medians"), 1.0
    if "slope" not in figures or not half or half < 0 or level < 0:
        return None
    slope = figures["slope"]
    return float(slope * half**slope / (half**slope + level**slope))


def _slope_in_words(one: ChannelResult) -> str:
    if "exponent" in one.figures:
        return "the table's exponent"
    if "marginal" in one.figures:
        return "the marginal return divided by the average one"
    if "half_saturation" in one.figures and "mean_spend" in one.figures:
        return "slope and half-saturation at mean spend"
    return "slope and half-saturation at the median spend of the tool's data"


def _half_life(blocks: Sequence[_ChannelBlock]) -> Belief | None:
    """One half-life for all channels, as in the model, by what they bring."""
    name = "carryover_half_life"
    low, high = ASSUMPTIONS[name].bounds or (0.0, 1e9)
    members = [one for block in blocks for one in block.members]
    weights = [weight for block in blocks for weight in block.brought]
    told = [(months, weight) for one, weight in zip(members, weights, strict=True)
            if (months := _months_to_half(one)) is not None]  # fmt: skip
    if not told or len(told) < len(members):
        return None
    total = sum(weights)
    months = min(max(sum(months * weight for months, weight in told) / total, low), high)
    how = (
        f"the half-lives of {', '.join(one.name for one in members)}, weighed by what they bring: "
        f"{brief(months, 3)} months (a theta is taken as weekly); 90 % from half to twice are assumed"
    )
    return Belief(name, _lognormal(name, months, _half_to_twice()), how)


def _months_to_half(one: ChannelResult) -> float | None:
    week = 7 / DAYS_A_MONTH
    if "half_life_months" in one.figures:
        return one.figures["half_life_months"]
    if "half_life_weeks" in one.figures:
        return one.figures["half_life_weeks"] * week
    theta = one.figures.get("theta")
    if theta is None or not 0 <= theta < 1:
        return None
    return log(0.5) / log(theta) * week if theta > 0 else 0.0


def _lognormal(name: str, middle: float, spread: float) -> Range:
    """The lognormal range about a middle, with this spread of its logarithm, within the belief's bounds."""
    from scipy.special import ndtri

    low, high = ASSUMPTIONS[name].bounds or (0.0, float("inf"))
    reach = exp(spread * float(ndtri(_ONE_SIDED)))
    return _shortened(max(low, middle / reach), middle, min(high, middle * reach), Distribution.LOGNORMAL)


def _shortened(low: float, likely: float, high: float, distribution: Distribution) -> Range:
    ends = [float(f"{end:.{_DIGITS}g}") for end in (low, likely, high)]
    return Range(ends[0], ends[1], ends[2], distribution)
