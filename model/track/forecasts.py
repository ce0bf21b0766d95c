"""What was forecast of each month from all before it, beside what came: bands, warnings, scores, the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.track.actuals import Actual
from model.track.beliefs import Expected
from model.track.measures import MEASURES
from model.track.worlds import Tracking
from model.units import SHARE, Format

# The parts below the low and the high end of a band, and that which lies between.
LOW, HIGH = 0.1, 0.9
HELD = HIGH - LOW
# Beyond such odds on one side an actual is far outside.
FAR = 0.01
_PARTS = np.array([LOW, 0.5, HIGH])
_MOST_STEPS, _NEAR = 60, 1e-10
_ROOT = np.sqrt(2 * np.pi)
_FURTHEST = 8.0
# What the interval of the part that held covers.
SURE = 0.9
# The least odds that are told apart from none.
_LEAST = 1e-15


@dataclass(frozen=True)
class Forecast:
    """An actual beside what was forecast of it from all before its month.

    What is observed is forecast from the spend and hours of its month as well, so that these are not held against
    it. `low`, `middle` and `high` are the 10th, 50th and 90th percentile; `below` the odds, then, of less than what
    came. `unit` is what the interval score is told in parts of.
    """

    actual: Actual
    low: float
    middle: float
    high: float
    below: float
    unit: float

    @property
    def held(self) -> bool:
        """Whether it lies within the band."""
        return self.low <= self.actual.value <= self.high

    @property
    def far(self) -> bool:
        """Whether so little, or so much, had odds below 1 in 100."""
        return min(self.below, 1 - self.below) < FAR

    @property
    def deviate(self) -> float:
        """Where it lies as a standard normal deviate: independent ones, where forecasts are honest (Dawid 1984)."""
        from scipy.special import ndtri

        return float(ndtri(np.clip(self.below, _LEAST, 1 - _LEAST)))

    @property
    def score(self) -> float:
        """The interval score of the band (Gneiting and Raftery 2007), in parts of `unit`: lower is better.

        Its width, and where it did not hold, how far outside, by 2 for each part that lies outside by right.
        """
        outside = max(self.low - self.actual.value, self.actual.value - self.high, 0.0)
        return (self.high - self.low + 2 / (1 - HELD) * outside) / self.unit


def forecasts(followed: Tracking, expected: Iterable[Expected]) -> tuple[Forecast, ...]:
    """What was forecast of each actual."""
    return tuple(_forecast(followed, item) for item in expected)


def warnings(made: Sequence[Forecast]) -> tuple[Forecast, ...]:
    """Those that left their band, by month."""
    return tuple(item for item in made if not item.held)


def _forecast(followed: Tracking, item: Expected) -> Forecast:
    from scipy.special import ndtr

    low, middle, high = mixture_percentiles(item.mean, item.deviation, item.weights)
    below = float(item.weights @ ndtr((item.actual.value - item.mean) / item.deviation))
    unit = followed.unit_of_noise(item.actual.of)[item.actual.month - 1]
    return Forecast(item.actual, low, middle, high, min(below, 1.0), float(unit))


def mixture_percentiles(mean: Array, deviation: Array, weights: Array) -> tuple[float, float, float]:
    """The 10th, 50th and 90th percentile of a weighted mixture of normal distributions, by Newton's method.

    A step that leaves where the percentile is known to lie is replaced by halving that.
    """
    from scipy.special import ndtr, ndtri

    counts = weights > 0
    mean, deviation, weights = mean[counts], deviation[counts], weights[counts]
    low = np.full(len(_PARTS), np.min(mean - _FURTHEST * deviation))
    high = np.full(len(_PARTS), np.max(mean + _FURTHEST * deviation))
    middle = weights @ mean
    found = middle + ndtri(_PARTS) * np.sqrt(weights @ (deviation**2 + (mean - middle) ** 2))
    for _ in range(_MOST_STEPS):
        away = (found[:, np.newaxis] - mean) / deviation
        short = ndtr(away) @ weights - _PARTS
        low, high = np.where(short < 0, found, low), np.where(short < 0, high, found)
        step = found - short / np.maximum(np.exp(-0.5 * away**2) @ (weights / deviation) / _ROOT, _LEAST)
        near = np.abs(short) < _NEAR
        if near.all():
            break
        found = np.where(near, found, np.where((step > low) & (step < high), step, (low + high) / 2))
    return float(found[0]), float(found[1]), float(found[2])


# The record of how honest the bands were


@dataclass(frozen=True)
class Record:
    """How often bands that should hold 8 in 10 actuals did, over months and over plans.

    `low` and `high` are the ends of the 90 % interval of the part that held (Clopper and Pearson 1934), `score` the
    mean interval score, in parts of what was planned, `far` how many actuals had odds below 1 in 100 on their side.
    """

    actuals: int
    held: int
    low: float
    high: float
    score: float
    far: int

    @property
    def part(self) -> float:
        """The part of the actuals that lay within their bands."""
        return self.held / self.actuals

    def words(self, text: Format) -> str:
        """As a sentence."""
        held, every = (text.number(count, 0) for count in (self.held, self.actuals))
        part, low, high = (text.rounded(one, SHARE) for one in (self.part, self.low, self.high))
        return (
            f"{held} of {every} actuals lay within bands that should hold 8 in 10: {part}, {low} to {high} with "
            f"chance allowed for; {self._verdict}."
        )

    @property
    def _verdict(self) -> str:
        if self.high < HELD:
            return "the bands are too narrow"
        return "the bands are wider than they need be" if self.low > HELD else "that agrees"


def record(made: Iterable[Forecast]) -> Record | None:
    """The record of forecasts, of one plan or of several; None where there are none."""
    from scipy.special import betaincinv

    found = tuple(made)
    if not found:
        return None
    count, held = len(found), sum(item.held for item in found)
    outside = (1 - SURE) / 2
    low = float(betaincinv(held, count - held + 1, outside)) if held else 0.0
    high = float(betaincinv(held + 1, count - held, 1 - outside)) if held < count else 1.0
    score = sum(item.score for item in found) / count
    return Record(count, held, low, high, score, sum(item.far for item in found))


def records(made: Iterable[Forecast]) -> Mapping[str, Record]:
    """The record of each measure that has actuals."""
    found = tuple(made)
    by = {name: record(item for item in found if item.actual.measure == name) for name in MEASURES}
    return {name: one for name, one in by.items() if one}
