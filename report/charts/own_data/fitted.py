"""What the pictures of an own history draw from, and what stands on the axes of more than one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.formula import Array
from model.history.own_data import OwnData
from model.history.response.spend import carried_over
from model.lines import LINES, response
from model.projection import Projection
from model.telling.response import plan_level
from model.uncertainty.summaries import weighted_quantiles
from model.units import Format

# The parts of the draws below the ends of the middle 90 %, and below its middle.
_BAND: Array = np.array((0.05, 0.5, 0.95))
_POINTS, _BEYOND = 61, 1.1


@dataclass(frozen=True)
class OwnResponse:
    """What steady social spend brings a period, by the posterior, in the file's money; each array `(L,)`.

    `level` is relative to the last year's mean spend, which is 1.
    """

    level: Array
    low: Array
    middle: Array
    high: Array


@dataclass(frozen=True)
class Fitted:
    """What a history tells, and the plan beside which it is shown."""

    own: OwnData
    projection: Projection

    @property
    def text(self) -> Format:
        """The number format of the plan."""
        return self.projection.scenario.format

    @property
    def period(self) -> str:
        """What the history is counted in: "week" or "month"."""
        return "week" if self.own.history.weekly else "month"

    @property
    def spends(self) -> bool:
        """Whether anything was spent on social in the last year, which all levels are relative to."""
        return self.own.posterior.regression.today[0] > 0

    @cached_property
    def observed(self) -> tuple[float, float]:
        """The lowest and the highest level of social spend that was felt, carry-over included."""
        regression = self.own.posterior.regression
        today = regression.today[0]
        half_life = self.own.posterior.percentiles("carryover_half_life")[50] if self._is_uncertain else self._fixed
        weight = LINES["carryover_weight"].compute(
            {"carryover_half_life": np.array([[half_life / regression.months]])}
        )
        felt = carried_over(regression.social / today, regression.opening[0] / today, weight)
        return float(felt.min()), float(felt.max())

    @property
    def _is_uncertain(self) -> bool:
        return "carryover_half_life" in self.own.posterior.names

    @property
    def _fixed(self) -> float:
        return self.own.posterior.prior.scenario.number("carryover_half_life")

    @property
    def end(self) -> float:
        """The level at which the plan ends."""
        return plan_level(self.projection)

    @property
    def leaves_observed(self) -> bool:
        """Whether the plan ends where nothing was observed."""
        low, high = self.observed
        return not low <= self.end <= high

    @cached_property
    def curve(self) -> OwnResponse:
        """The response from nothing to beyond both what was observed and the plan's end."""
        return self.response(np.linspace(0, _BEYOND * max(1.0, self.end, self.observed[1]), _POINTS))

    def response(self, level: Array) -> OwnResponse:
        """The response at levels of spend."""
        posterior = self.own.posterior
        values = posterior.values
        back = values["social_relative_return"] * values["other_incremental_roas"] * posterior.regression.today[0]
        brought = back * response(values["saturation"], level, values["social_returns_exponent"])  # type: ignore[no-untyped-call]
        bands = (weighted_quantiles(column, posterior.draws.weights, _BAND) for column in brought.T)
        low, middle, high = np.array(list(bands)).T
        return OwnResponse(level, low, middle, high)
