"""General financial functions on any cash flow: NPV, IRR, MIRR, ROI, benefit–cost ratio, payback.

Flows are one per period, oldest first; an array of flows has time as its last axis. Where a figure is
undefined the scalar functions return None and the `*_each` functions NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from model.formula import Array, traced

Flows = Sequence[float] | Array

# Logarithms of the discount factor that rates are sought between: all that floating point can hold.
_WIDEST = 700.0

# Newton's method: the largest exponent it may meet, the step after which none is left that counts, as the next would
# be its square, and after how many steps it gives up.
_EXPONENT, _SETTLED, _NEWTON_STEPS = 600.0, 1e-9, 40

# What rounding may leave of a sum of flows, as a part of their size.
_ROUNDING = 1e-14


def npv(rate: float, flows: Flows, first_period: int = 0) -> float:
    """Net present value at `rate` per period.

    `first_period` says when the first flow falls: 0 today (as NumPy Financial), 1 one period from now
    (as the NPV function of spreadsheets). Raises ValueError for a rate of −100 % or less.
    """
    if not rate > -1:
        raise ValueError(f"rate must be above -1, not {rate}")
    series = np.asarray(flows, dtype=float)
    periods = np.arange(first_period, first_period + series.size)
    return float(np.sum(series * (1 + rate) ** -periods.astype(float)))


def roi(benefits: float, costs: float) -> float | None:
    """Return on investment, (benefits − costs) / costs; None unless costs are above zero."""
    return (benefits - costs) / costs if costs > 0 else None


def bcr(benefits: float, costs: float) -> float | None:
    """Benefit–cost ratio, benefits / costs; None unless costs are above zero."""
    return benefits / costs if costs > 0 else None


def irr(flows: Flows) -> float | None:
    """Rate per period at which the flows' net present value is zero.

    None where the flows never change sign (no rate does it) or change it more than once (several may).
    """
    return _none_if_nan(irr_each(np.atleast_2d(np.asarray(flows, dtype=float))))


def mirr(flows: Flows, finance_rate: float, reinvest_rate: float) -> float | None:
    """Modified internal rate of return: money is borrowed at one rate and reinvested at another.

    None unless there are both negative and positive flows.
    """
    series = np.asarray(flows, dtype=float)
    paid, received = np.minimum(series, 0), np.maximum(series, 0)
    if not paid.any() or not received.any():
        return None
    periods = series.size - 1
    future_value = npv(reinvest_rate, received) * (1 + reinvest_rate) ** periods
    return float((future_value / -npv(finance_rate, paid)) ** (1 / periods) - 1)


def payback(flows: Flows, first_period: int = 0) -> int | None:
    """First period from which the flows' running total stays at or above zero, after having been below.

    0 where it never is below; None where it ends below. A total no larger than what rounding leaves of the flows is
    zero: −0.8, 0.1 and 0.7 are paid back.
    """
    amounts = np.asarray(flows, dtype=float)
    running, rounding = np.cumsum(amounts), _ROUNDING * np.cumsum(np.abs(amounts))
    running = np.where(np.abs(running) <= rounding, 0.0, running)[np.newaxis]
    found = _none_if_nan(payback_each(running, first_period))
    return None if found is None else int(found)


@traced
def annuity_factor(rate: Array, periods: float) -> Array:
    """Present value of 1 at the end of each of so many periods, at `rate` per period; rate above −100 %."""
    nothing = np.equal(rate, 0)
    safe = np.where(nothing, 1, rate)
    factor: Array = np.where(nothing, periods, -np.expm1(-periods * np.log1p(safe)) / safe)
    return factor


@traced
def sign_changes(flows: Array) -> Array:
    """How often each row's flows change sign, zeros passed over; shape (…, 1)."""
    signs = np.sign(flows)
    # Carry the last sign that was not zero forward, so that zeros never count.
    position = np.where(signs != 0, np.arange(signs.shape[-1]), 0)
    carried = np.take_along_axis(signs, np.maximum.accumulate(position, axis=-1), axis=-1)
    changes = carried[..., 1:] * carried[..., :-1] < 0
    counted: Array = np.sum(changes, axis=-1, keepdims=True).astype(float)
    return counted


@traced
def payback_each(running: Array, first_period: int = 1) -> Array:
    """First period from which each running total stays at or above zero; (…, 1), NaN where it ends below."""
    periods = np.arange(first_period, first_period + running.shape[-1])
    below = running < 0
    last_below = np.max(np.where(below, periods, first_period - 1), axis=-1, keepdims=True)
    after = np.where(below.any(axis=-1, keepdims=True), last_below + 1, 0).astype(float)
    return np.where(below[..., -1:], np.nan, after)


@traced
def irr_each(flows: Array) -> Array:
    """Internal rate of return per period of each row; shape (…, 1), NaN unless the sign changes just once."""
    found = np.full((*flows.shape[:-1], 1), np.nan)
    unique = sign_changes(flows)[..., 0] == 1
    if unique.any():
        found[unique, 0] = _single_roots(flows[unique])
    return found


def _single_roots(flows: Array) -> Array:
    """The one rate per period of each row whose sign changes once (Descartes: there is exactly one)."""
    rate = _by_newton(flows)
    left = np.isnan(rate)
    if left.any():
        rate[left] = _by_bracketing(flows[left])
    return rate


def _by_newton(flows: Array) -> Array:
    """The rates, NaN where a few steps of Newton's method do not settle.

    What is received over what is paid, in logarithms, is nearly straight in the logarithm of the discount factor.
    """
    periods, count = flows.shape[1], flows.shape[0]
    # Months first, what is received beside what is paid: each step then runs over all draws at once.
    both = np.ascontiguousarray(np.stack([np.maximum(flows, 0), np.maximum(-flows, 0)]).transpose(2, 0, 1))
    widest = _EXPONENT / periods
    log_discount, step = np.zeros(count), np.zeros(count)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for _ in range(_NEWTON_STEPS):
            sums, slopes = _log_sum(both, np.exp(log_discount))
            step = (sums[0] - sums[1]) / (slopes[0] - slopes[1])
            log_discount = np.clip(log_discount - step, -widest, widest)
            if np.all(np.abs(step) <= _SETTLED):
                break
        settled = (np.abs(step) <= _SETTLED) & (np.abs(log_discount) < widest)
    return np.where(settled, np.expm1(-log_discount), np.nan)


def _log_sum(amounts: Array, discount: Array) -> tuple[Array, Array]:
    """The logarithm of discounted amounts added up, periods first; its slope in that of the discount factor."""
    value, slope = np.zeros(amounts.shape[1:]), np.zeros(amounts.shape[1:])
    for amount in amounts[::-1]:
        slope *= discount
        slope += value
        value *= discount
        value += amount
    return np.log(value), slope * discount / value


def _by_bracketing(flows: Array) -> Array:
    from scipy.optimize.elementwise import find_root

    count, periods = flows.shape
    paid = flows != 0
    first = np.argmax(paid, axis=1)
    final = periods - 1 - np.argmax(paid[:, ::-1], axis=1)
    when = np.arange(periods)

    def value(log_discount: Array, row: Array) -> Any:
        # Scaled so that the leading flow keeps the factor 1: the sign is kept and nothing overflows.
        rows = row.astype(int)
        anchor = np.where(log_discount < 0, first[rows], final[rows])
        exponent = log_discount[..., np.newaxis] * (when - anchor[..., np.newaxis])
        return np.sum(flows[rows] * np.exp(np.minimum(exponent, 0) * paid[rows]), axis=-1)

    limits = (np.full(count, -_WIDEST), np.full(count, _WIDEST))
    solved = find_root(
        value, limits, args=(np.arange(count, dtype=float),), tolerances={"xatol": 1e-16, "xrtol": 1e-15}
    )
    rate: Array = np.where(solved.success, np.expm1(-solved.x), np.nan)
    return rate


def _none_if_nan(value: Array) -> float | None:
    scalar = float(value.item())
    return None if np.isnan(scalar) else scalar
