"""Histories whose truth is known: drawn from the ranges, with season, trend and noise as the fit allows for.

The response is written out here once more, month by month or week by week, so that it tests the fit's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from model.history.prior import FITTED, Prior
from model.presets import PRESETS

SCENARIO = PRESETS["social-plan"]
BEFORE = 60


@dataclass(frozen=True)
class Simulated:
    """A history and what it was made with."""

    truth: dict
    revenue: np.ndarray
    social: np.ndarray
    other: np.ndarray
    control: np.ndarray
    months: float


def simulated(seed, *, periods=156, weekly=True, noise=0.02, autocorrelation=0.4, varying=0.5, follows=0.0):
    """A history of so many periods; `noise` is its size relative to revenue, `varying` how spend varies.

    `follows` is how much of last period's departure of revenue is passed on to social spend.
    """
    random = np.random.default_rng(seed)
    drawn = Prior(SCENARIO).values(random.standard_normal((1, len(FITTED))))
    truth = {name: float(drawn[name][0, 0]) for name in FITTED}
    months = 12 / 52.1775 if weekly else 1.0
    total, time = BEFORE + periods, np.arange(BEFORE + periods) * months / 12
    control = random.standard_normal(total)
    base = 1e6 * (1 + 0.03 * time + 0.08 * np.sin(2 * np.pi * time) + 0.01 * control)
    shocks = autocorrelated(random, total, autocorrelation) * noise * 1e6
    spend = [
        mean * np.exp(varying * autocorrelated(random, total, 0.5) - varying**2 / 2) for mean in (10_000.0, 65_000.0)
    ]
    if follows:
        spend[0][1:] *= np.exp(follows * shocks[:-1] / (noise * 1e6))
    year = round(12 / months)
    today = [one[-year:].mean() for one in spend]
    returns = (truth["social_relative_return"] * truth["other_incremental_roas"], truth["other_incremental_roas"])
    exponents = (truth["social_returns_exponent"], truth["other_returns_exponent"])
    brought = sum(
        back * now * blend(pressure(one / now, 0.5 ** (months / truth["carryover_half_life"])), exponent, truth)
        for back, now, one, exponent in zip(returns, today, spend, exponents, strict=True)
    )
    kept = slice(BEFORE, None)
    revenue = (base + shocks + brought)[kept]
    return Simulated(truth, revenue, spend[0][kept], spend[1][kept], control[kept], months)


def autocorrelated(random, size, strength):
    """Noise of variance 1 whose neighbours are so strongly correlated."""
    noise = random.standard_normal(size)
    for place in range(1, size):
        noise[place] = strength * noise[place - 1] + np.sqrt(1 - strength**2) * noise[place]
    return noise


def pressure(ratio, weight):
    """Spend with carry-over, from steady spend before."""
    felt, last = [], ratio[0]
    for now in ratio:
        last = weight * last + (1 - weight) * now
        felt.append(last)
    return np.array(felt)


def blend(level, exponent, truth):
    """The response: between a power and a Hill curve."""
    share = truth["saturation"]
    return (1 - share) * level**exponent + share * level / (exponent + (1 - exponent) * level)


def written(made):
    """A history as a file: by weeks from 2021-01-04, or by months; controls beside each other."""
    first = date(2021, 1, 4)
    controls = made.control.reshape(len(made.revenue), -1)
    names = ["Price"] if len(controls[0]) == 1 else [f"Price {number}" for number in range(len(controls[0]))]
    rows = [",".join(["Date", "Revenue", "Social spend", "Other marketing spend", *names])]
    for place, (revenue, social, other, control) in enumerate(
        zip(made.revenue, made.social, made.other, controls, strict=True)
    ):
        month = date(2021 + place // 12, place % 12 + 1, 1)
        when = first + timedelta(days=7 * place) if made.months < 1 else month
        rows.append(f"{when},{revenue:.0f},{social:.0f},{other:.0f}" + "".join(f",{one:.2f}" for one in control))
    return "\n".join(rows) + "\n"
