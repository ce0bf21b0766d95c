"""What is linear in a history, and what spend today's is: from a history to the regression that is fitted."""

from __future__ import annotations

import numpy as np

from model.formula import Array, Mask
from model.history.regression import Regression

MONTHS_A_YEAR, MONTHS_A_QUARTER = 12, 3
# Pairs of waves a year: as many where two years or more show the season, one where fewer do.
_WAVES, _WAVES_OF_SHORT = 3, 1
# How long it takes until half of what was felt from spend before the history is gone, in months.
_FADES = 1.0


def regression(
    revenue: Array, observed: Mask, spend: tuple[Array, Array], controls: Array, months: float
) -> Regression:
    """The regression of a history; `spend` is social and other, `controls` `(n, C)`, `months` a period's length."""
    social, other = spend
    return Regression(
        revenue=revenue,
        observed=observed,
        design=np.column_stack((linear(len(revenue), months), standard(controls))),
        social=social,
        other=other,
        opening=_means(spend, slice(None, periods_in(MONTHS_A_QUARTER, months))),
        today=_means(spend, slice(-periods_in(MONTHS_A_YEAR, months), None)),
        months=months,
    )


def _means(spend: tuple[Array, Array], which: slice) -> tuple[float, float]:
    social, other = spend
    return float(social[which].mean()), float(other[which].mean())


def periods_in(months: int, length: float) -> int:
    """How many periods of a length in months so many months are."""
    return round(months / length)


def linear(size: int, months: float) -> Array:
    """Level, trend and season, and what fades from before: ones, a line, waves by the year, and a decay, `(n, p)`.

    Spend before the first period is not known; where the fit takes a wrong one for it, the decay makes up for that.
    """
    time = np.arange(size) * months / MONTHS_A_YEAR
    fading = 0.5 ** (np.arange(1, size + 1) * months / _FADES)
    waves = _WAVES if time[-1] + months / MONTHS_A_YEAR >= 2 else _WAVES_OF_SHORT
    turns = [2 * np.pi * number * time for number in range(1, waves + 1)]
    season = [wave(turn) for turn in turns for wave in (np.sin, np.cos)]
    return np.column_stack((np.ones(size), time - time.mean(), *season, fading))


def standard(controls: Array) -> Array:
    """Controls about their mean in units of their spread; those that never change tell nothing and are left out."""
    spread = controls.std(axis=0)
    varying = spread > 0
    return np.asarray((controls[:, varying] - controls[:, varying].mean(axis=0)) / spread[varying])
