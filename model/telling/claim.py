"""What a scenario implies that training does, to stand beside the causal studies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.projection import Known, inputs_of, run
from model.scenario import Scenario


@dataclass(frozen=True)
class Implied:
    """Productivity that the team has gained by a month, after so many hours of training a person, as fractions.

    `low` and `high` are the ends for the plausible range of the causal share, alike where it has none; `full` is
    what it would be if training caused all of the uplift.
    """

    month: int
    hours: float
    productivity: float
    low: float
    high: float
    full: float

    def causal_share(self, productivity: float) -> float | None:
        """The causal share that brings this productivity by then, as a fraction; None where nothing is learnt."""
        return productivity / self.full if self.full else None


def implied(scenario: Scenario) -> tuple[Implied, ...]:
    """What the scenario implies after a year and at its end; where these are the same month, once.

    It is what the team gains, before wages take their part, whichever way training is taken to pay.
    """
    value, known = scenario.number("causal_share"), scenario.effective_ranges.get("causal_share")
    low, high = (known.low, known.high) if known else (value, value)
    lines = _lines(scenario, value, low, high, 1.0)
    gains = _productivity(lines)
    hours = np.cumsum(lines["programme_active"] * lines["training_hours"] / 12)
    return tuple(
        Implied(month, float(hours[month - 1]), *(float(gain) for gain in gains[:, month - 1]))
        for month in dict.fromkeys((12, hours.size))
    )


def _lines(scenario: Scenario, *causal_shares: float) -> Known:
    """All lines for several causal shares, a row each, with training that pays per employee."""
    changes = {"causal_share": np.array(causal_shares)[:, np.newaxis], "benefit_route": "per_employee"}
    return run(inputs_of(scenario) | changes)


def _productivity(lines: Known) -> Array:
    """Revenue that training adds, as a part of what the team brings without it."""
    held = lines["team"] * lines["revenue_per_employee"] / 12 * lines["growth_factor"]
    gains: Array = lines["training_revenue_gain"] / held
    return gains
