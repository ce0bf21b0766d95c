"""What a test of spend found: what was changed, where, when, by how much, what came of it, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from model.history.importing.columns import channel_kind
from model.history.response.spend import Channel
from model.reading.faults import Fault, ScenarioError, nearest, shown
from model.reading.numerals import brief
from model.units import per_cent

# More take too long, as the fit is made once without each.
MOST_EXPERIMENTS = 20
DAYS_A_MONTH = 365.2425 / 12
DEFAULT_LEVEL = 0.95
# A shorter test shows what is felt at once only; over a longer one much else changes.
SHORTEST, LONGEST = 7 / DAYS_A_MONTH, 24.0
_MOST_WEEKS_AFTER = 52.0
_LEVELS = (0.5, 0.999)
_MOST_MONEY = 1e15
# By how much of its width an interval may lie beside its middle and still count as even.
_UNEVEN = 0.1
# The figures of an experiment, by the names that files and lines give them.
FIGURES: Mapping[str, str] = {
    "spend": "spend in the tested part over the test, had nothing been changed",
    "extra": "by how much that spend was changed; below zero where it was cut",
    "revenue": "incremental revenue: what came of the change; below zero where it was lost",
    "se": "its standard error",
    "low": "the lower end of its interval",
    "high": "the upper end of its interval",
    "level": "the level of the interval",
    "share": "how large a part of the business was tested",
    "weeks_after": "how many weeks after the end of the test revenue was still counted",
}
NEEDED = ("spend", "extra", "revenue")
# Those that are parts of a whole.
PARTS = frozenset({"level", "share"})


@dataclass(frozen=True)
class Period:
    """How long a test ran: its length in months, and from when to when where that is known."""

    months: float
    words: str

    @classmethod
    def between(cls, first: date, last: date) -> Period:
        """That of all days from the first to the last."""
        return cls(((last - first).days + 1) / DAYS_A_MONTH, f"{first} to {last}")

    @classmethod
    def of_weeks(cls, weeks: float) -> Period:
        """That of so many weeks."""
        return cls(weeks * 7 / DAYS_A_MONTH, f"{brief(weeks)} weeks")

    @classmethod
    def of_months(cls, months: float) -> Period:
        """That of so many months."""
        return cls(months, f"{brief(months)} months")


@dataclass(frozen=True)
class Experiment:
    """A test of spend on a channel.

    `spend` is what would have been spent in the tested part over the period, `extra` by how much that was changed,
    `revenue` what came of the change by `weeks_after` the end, `error` its standard error, all in money; `share` the
    part of the business that was tested, None where the spend there was today's. `told` is in sentences.
    """

    label: str
    channel: Channel
    period: Period
    spend: float
    extra: float
    revenue: float
    error: float
    share: float | None = None
    weeks_after: float = 0.0
    told: tuple[str, ...] = ()


def experiment(label: str, channel: Channel, period: Period, figures: Mapping[str, float]) -> Experiment:
    """The experiment with these figures. Raises ScenarioError, under its label, with everything that is wrong."""
    if faults := [Fault(label, message) for message in _faults(period, figures)]:
        raise ScenarioError(faults)
    error, told = _error(figures)
    return Experiment(
        label, channel, period, figures["spend"], figures["extra"], figures["revenue"], error,
        figures.get("share"), figures.get("weeks_after", 0.0), tuple(f"{label}: {sentence}" for sentence in told),
    )  # fmt: skip


def channel_named(label: str, name: str) -> Channel:
    """The channel of this name, or the one that it is a part of. Raises ScenarioError."""
    kind = channel_kind(name)
    if kind is None:
        mend = nearest(name, [*Channel]) or "; write social or other"
        raise ScenarioError([Fault(label, f"changed {shown(name)}, which is no channel of the model{mend}")])
    return Channel(kind)


def _faults(period: Period, figures: Mapping[str, float]) -> Iterator[str]:
    for name in NEEDED:
        if name not in figures:
            yield f"has no {name}: give {FIGURES[name]}"
    for name, value in figures.items():
        if not isfinite(value) or abs(value) > _MOST_MONEY:
            yield f"has {name} {brief(value)}, which is too much; at most {brief(_MOST_MONEY)} is read"
    if not SHORTEST <= period.months <= LONGEST:
        yield f"ran {period.words}; a test of 1 week to {brief(LONGEST)} months can be used"
    yield from _faults_of_change(figures.get("spend", 1.0), figures.get("extra", 1.0), figures.get("share"))
    yield from _faults_of_error(figures)
    if not 0 <= figures.get("weeks_after", 0.0) <= _MOST_WEEKS_AFTER:
        yield f"has weeks_after {brief(figures['weeks_after'])}; it must lie within 0 … {brief(_MOST_WEEKS_AFTER)}"


def _faults_of_change(spend: float, extra: float, share: float | None) -> Iterator[str]:
    if spend < 0:
        yield f"has spend {brief(spend)}, below zero; give what would have been spent without the test"
    elif extra < -spend:
        yield f"cuts {brief(-extra)} of a spend of {brief(spend)}; no more than all of it can be cut"
    if extra == 0:
        yield "has extra 0; give by how much spend was changed, below zero where it was cut"
    if share is not None and not 0 < share <= 1:
        yield f"has share {brief(share)}; it must lie within 0 … 1: write 20% or 0.2 for a fifth of the business"
    if spend == 0 and share is None:
        yield "has spend 0 and no share: give how large a part of the business was tested, as share=20%"


def _faults_of_error(figures: Mapping[str, float]) -> Iterator[str]:
    ends = [name for name in ("low", "high") if name in figures]
    if "se" in figures and figures["se"] <= 0:
        yield f"has se {brief(figures['se'])}; a standard error is above zero"
    elif "se" not in figures and len(ends) < 2:
        yield "has neither a standard error (se) nor both ends of an interval (low, high): how sure is its revenue?"
    elif "se" not in figures and not figures["low"] < figures["high"]:
        yield f"has an interval of {brief(figures['low'])} to {brief(figures['high'])}; low must lie below high"
    elif "se" not in figures and not figures["low"] <= figures.get("revenue", figures["low"]) <= figures["high"]:
        yield f"has revenue {brief(figures['revenue'])} outside its interval; check the signs"
    if not _LEVELS[0] <= figures.get("level", DEFAULT_LEVEL) <= _LEVELS[1]:
        yield f"has level {brief(figures['level'])}; it must lie within 50% … 99.9%"


def _error(figures: Mapping[str, float]) -> tuple[float, list[str]]:
    """The standard error, and what was taken for granted of it."""
    if "se" in figures:
        unused = {"low", "high", "level"} & figures.keys()
        return figures["se"], ["its standard error is used, its interval is not"] if unused else []
    from scipy.special import ndtri

    told = []
    low, high = figures["low"], figures["high"]
    level = figures.get("level", DEFAULT_LEVEL)
    if "level" not in figures:
        told.append(f"its interval is taken as one of {per_cent(DEFAULT_LEVEL)}")
    if abs((low + high) / 2 - figures["revenue"]) > _UNEVEN * (high - low):
        told.append("its interval is not even about its revenue: half its width is used on both sides")
    return float((high - low) / (2 * ndtri((1 + level) / 2))), told
