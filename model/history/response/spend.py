"""Revenue that a channel's spend brings: felt with carry-over, at diminishing returns, at today's return."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from model.formula import Array
from model.lines import LINES, response


class Channel(StrEnum):
    """What the model tells apart: social, and all other marketing as one."""

    SOCIAL = "social"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a sentence calls it."""
        return "social" if self is Channel.SOCIAL else "other marketing"


def carried_over(ratio: Array, opening: float, weight: Array) -> Array:
    """Advertising pressure in each period, `(S, n)`, from spend relative to today, `(n,)`, by the model's line."""
    step = LINES["social_carryover"].function
    pressure = np.empty((len(ratio), len(weight)))
    previous: Array = np.full(len(weight), opening)
    for period, now in enumerate(ratio):
        previous = step(previous, weight[:, 0], now)
        pressure[period] = previous
    return np.ascontiguousarray(pressure.T)


def brought(values: Mapping[str, Array], channel: Channel, ratio: Array, opening: float, months: float) -> Array:
    """Revenue in each period for each unit of today's spend a period, `(S, n)`.

    `values` are draws of the beliefs, each `(S, 1)`; `ratio` is spend relative to today's, `(n,)`, `opening` the
    same before the first period, `months` the length of a period.
    """
    weight = LINES["carryover_weight"].compute({"carryover_half_life": values["carryover_half_life"] / months})
    returned = values["other_incremental_roas"]
    if channel is Channel.SOCIAL:
        returned = values["social_relative_return"] * returned
    level = carried_over(ratio, opening, weight)
    answer = response(values["saturation"], level, values[f"{channel}_returns_exponent"])  # type: ignore[no-untyped-call]
    return np.asarray(returned * answer)
