"""What was forecast of each month from all before it, beside what came: bands, early warnings, scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.track.actuals import Actual
from model.track.beliefs import Expected
from model.track.worlds import Tracking

# The parts below the low and the high end of a band, and that which lies between.
LOW, HIGH = 0.1, 0.9
HELD = HIGH - LOW
# Beyond such odds on one side an actual is far outside.
_FAR = 0.01
_PARTS = np.array([LOW, 0.5, HIGH])
_MOST_STEPS, _NEAR = 60, 1e-10
_ROOT = np.sqrt(2 * np.pi)
_FURTHEST = 8.0
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
        return min(self.below, 1 - self.below) < _FAR

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
