"""How social revenue responds to spend, as a curve: what the scenario takes, and the band of what is believed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from model.formula import Array
from model.lines import response
from model.projection import Projection
from model.telling.implied import believed

# What the curve's shape rests on.
SHAPE = ("saturation", "social_returns_exponent")
DRIFT = "social_return_drift"
# As a part of today's spend: small enough for a slope, large enough for its digits.
_STEP = 1e-6


@dataclass(frozen=True)
class Response:
    """Social revenue at levels of spend, all relative to today, shape `(L,)`.

    `low` and `high` bound it over the plausible ranges of the curve's shape; `next_unit` is the contribution that
    one more unit of budget earns there at today's prices, not a number where nothing is spent.
    """

    level: Array
    revenue: Array
    low: Array
    high: Array
    next_unit: Array


def responses(projection: Projection, levels: Array) -> Response:
    """The response at levels of spend relative to today."""
    scenario = projection.scenario
    shape = tuple(scenario.number(name) for name in SHAPE)
    # It only rises or only falls with each of the two, on either side of today: the corners are the bounds.
    corners = [_response(corner, levels) for corner in product(*(believed(scenario, name) for name in SHAPE))]
    return Response(
        levels,
        _response(shape, levels),
        np.min(corners, axis=0),
        np.max(corners, axis=0),
        _next_unit(projection, shape, levels),
    )


def plan_level(projection: Projection) -> float:
    """Spend on social in the last month relative to today's share, weighted by how well it is spent."""
    return float(projection.lines["effective_spend_ratio"][-1])


def _response(shape: tuple[float, ...], levels: Array) -> Array:
    saturation, exponent = shape
    revenue: Array = response(saturation, levels, exponent)  # type: ignore[no-untyped-call]
    return revenue


def _next_unit(projection: Projection, shape: tuple[float, ...], levels: Array) -> Array:
    """Today's marginal contribution, as the slope there compares with today's."""
    slopes: Array = _slope(shape, levels) / _slope(shape, np.ones(1))
    return (projection.metrics["social_marginal_contribution"] or 0.0) * slopes


def _slope(shape: tuple[float, ...], levels: Array) -> Array:
    above, below = (_response(shape, levels * end) for end in (1 + _STEP, 1 - _STEP))
    slope: Array = (above - below) / (2 * _STEP * np.where(levels > 0, levels, np.nan))
    return slope
