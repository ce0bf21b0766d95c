"""What a gate can look at: quantities of the model up to a month, each with the error and the cost of measuring it.

An error is one standard deviation of what is measured, in units of the indicator's `scale`; errors and costs are
judgement (grade D) and meant to be typed in. Costs are in the scenario's currency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array, ratio
from model.gates.noise import REVENUE_NOISE
from model.units import MONEY, RATIO, SHARE, Unit

# Of a flow the months that are looked at, or all of them where fewer have passed.
_WINDOW = 12
Known = Mapping[str, Any]


@dataclass(frozen=True)
class Indicator:
    """A quantity that can be measured while a plan runs.

    `value` is its true value at the end of a month, `(S,)`, from a run's lines, none of which it reads beyond that
    month; `scale` what its error is a part of, in the same unit and shape; `bounds` hold for a threshold, `error`
    and `cost` are what measuring it once takes where nothing else is said. `measured` says how it is known.
    `besides` is one standard deviation that comes on top of any such error, `(S,)`: no care in measuring lessens it.
    """

    name: str
    label: str
    unit: Unit
    bounds: tuple[float, float]
    error: float
    error_of: str
    cost: float
    measured: str
    value: Callable[[Known, int], Array]
    scale: Callable[[Known, int], Array]
    besides: Callable[[Known, int], Array] = lambda _known, _month: np.zeros(1)

    def deviation(self, known: Known, month: int, error: float) -> Array:
        """One standard deviation of what is measured at the end of a month, `(S,)`, in the indicator's unit."""
        return np.hypot(error * self.scale(known, month), self.besides(known, month))


def _until(known: Known, line: str, month: int) -> Array:
    """A line's months up to one, `(S, months)`."""
    values = np.atleast_2d(np.asarray(known[line], dtype=float))
    return np.broadcast_to(values, (values.shape[0], known["t"].shape[-1]))[:, :month]


def _added(known: Known, line: str, month: int) -> Array:
    """A flow over the last months that are looked at."""
    total: Array = _until(known, line, month)[:, -_WINDOW:].sum(axis=-1)
    return total


def _at(known: Known, line: str, month: int) -> Array:
    """A line at the end of a month."""
    return _until(known, line, month)[:, -1]


def _social_return(known: Known, month: int) -> Array:
    revenue = _added(known, "social_base_revenue", month) + _added(known, "social_revenue_gain", month)
    return revenue / _added(known, "social_spend", month)


def _other_return(known: Known, month: int) -> Array:
    held = _added(known, "hold_other_spend", month) * _at(known, "other_incremental_roas", month)
    spend = _added(known, "other_spend", month)
    return ratio(held + _added(known, "other_revenue_gain", month), spend, 0)


def _relative_return(known: Known, month: int) -> Array:
    return ratio(_social_return(known, month), _other_return(known, month), 0)


def _money_at_work(known: Known, month: int) -> Array:
    total: Array = np.abs(_until(known, "extra_social_spend", month)).sum(axis=-1)
    return total


def _cash(known: Known, month: int) -> Array:
    total: Array = _until(known, "net_cash", month).sum(axis=-1)
    return total


def _cash_of_revenue(known: Known, month: int) -> Array:
    """What else moves revenue moves cash by the margin on it, after tax: none can tell it from the plan."""
    revenue = _until(known, "company_revenue", month) + _until(known, "revenue_gain", month)
    kept = np.asarray(known["contribution_margin"])[:, 0] * (1 - np.asarray(known["tax_rate"])[:, 0])
    deviation: Array = kept * REVENUE_NOISE.of_sum(revenue)
    return deviation


def _one(known: Known, month: int) -> Array:
    return np.ones_like(_at(known, "social_share", month))


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        item.name: item
        for item in (
            Indicator("relative_return", "Return of social beside other channels", RATIO, (0.0, 100.0), 0.25,
                "as a ratio", 20_000.0, "a geo test of both over the last year", _relative_return, _one),
            Indicator("social_return", "Revenue per unit of social spend", RATIO, (0.0, 1000.0), 0.20,
                "as a part of the true value", 20_000.0, "a geo test of social over the last year", _social_return,
                _social_return),
            Indicator("competent_share", "Competent part of the team", SHARE, (0.0, 1.0), 0.05,
                "as a part of the team", 2_000.0, "a skills test of the whole team",
                lambda known, month: _at(known, "competent_share", month), _one),
            Indicator("cumulative_cash", "Cumulative net cash against holding", MONEY, (-1e12, 1e12), 0.10,
                "as a part of the extra social spend so far, and what company revenue departs by",
                0.0, "the books, beside the forecast of what holding would have brought", _cash, _money_at_work,
                _cash_of_revenue),
        )
    }
)  # fmt: skip
# The lines and inputs that indicators read.
READ: tuple[str, ...] = (
    "social_base_revenue", "social_revenue_gain", "social_spend", "hold_other_spend", "other_spend",
    "other_revenue_gain", "extra_social_spend", "net_cash", "competent_share", "social_share",
    "company_revenue", "revenue_gain", "contribution_margin", "tax_rate",
)  # fmt: skip
