"""What stands along a table of two inputs: the live value and a few on both sides of it, as far as bounds allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from report.workbook.figures import Figures

STEPS = 5
_ROUND = (5.0, 2.5, 2.0, 1.0)


@dataclass(frozen=True)
class Axis:
    """The input along one side of a table: its public name, its values in ascending order, which of them is live.

    The others are typed. `bounded` is the assumption whose bounds they must keep.
    """

    name: str
    values: tuple[float, ...]
    live: int
    bounded: str


def around(live: float, step: float, low: float, high: float) -> tuple[tuple[float, ...], int]:
    """Values a step apart, the live one among them and in the middle unless a bound is in the way, and its place.

    The step is made smaller where so many do not fit between the bounds.
    """
    step = min(step, (high - low) / (STEPS - 1))
    room = floor((live - low) / step + _ROUNDING), floor((high - live) / step + _ROUNDING)
    below = min(max(STEPS // 2, STEPS - 1 - room[1]), room[0])
    # Neither side holds all that is missing on the other only where the step is as wide as the bounds allow.
    first = live - below * step
    values = [min(high, max(low, round(first + place * step, 10))) for place in range(STEPS)]
    values[below] = live
    return tuple(values), below


_ROUNDING = 1e-9


def round_step(size: float) -> float:
    """The largest of 1, 2, 2.5 and 5 times a power of ten that is not above the size."""
    power = 10.0 ** floor(log10(size) + _ROUNDING)
    return next(step for step in (part * power for part in _ROUND) if step <= size * (1 + _ROUNDING))


def axes(figures: Figures) -> Mapping[str, Axis]:
    """The sides of the tables for a scenario, by the name of the input."""
    scenario = figures.scenario
    rise = abs(scenario.number("social_share_target") - scenario.number("social_share_start"))
    relative = figures.projection.metrics["relative_return"]
    return MappingProxyType(
        {
            axis.name: axis
            for axis in (
                _axis("relative_return", "social_relative_return", 1.0 if relative is None else relative, 1 / 6),
                _axis("causal_share", "causal_share", scenario.number("causal_share"), 1 / 2),
                _axis("social_share_target", "social_share_target", scenario.number("social_share_target"),
                    size=rise / 4),
                _axis("ramp_years", "ramp_years", scenario.number("ramp_years"), size=1.0),
            )
        }
    )  # fmt: skip


# Where a part of the live value says nothing about how far apart the values should be.
_LEAST = MappingProxyType(
    {"relative_return": 0.1, "causal_share": 0.005, "social_share_target": 0.005, "ramp_years": 1.0}
)


def _axis(name: str, bounded: str, live: float, part: float = 0.0, size: float = 0.0) -> Axis:
    low, high = ASSUMPTIONS[bounded].bounds or (live, live)
    step = round_step(max(part * live, size, _LEAST[name]))
    # A relative return on the platform basis may be above what can be typed as one.
    return Axis(name, *around(live, step, low, max(high, live)), bounded)
