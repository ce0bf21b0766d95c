"""A history to try: weeks of a company that does not exist, made by the model's own response to spend."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from model.formula import Array
from model.history.design import MONTHS_A_YEAR, linear, periods_in
from model.history.importing.data_file import EXAMPLE, DataFile
from model.history.importing.history import WEEK_IN_MONTHS
from model.history.prior import FITTED, Prior
from model.history.regression import Regression
from model.presets import DEFAULT_PRESET, PRESETS

_SEED, _WEEKS, _FIRST = 7, 156, date(2021, 1, 4)
# Weeks of spend before the first that is told, which are felt in it.
_BEFORE = 60
# A week's revenue without spend; how it grows in a year and swings with the season and the price; its noise.
_REVENUE, _GROWTH, _SEASON, _PRICE, _NOISE, _AUTOCORRELATION = 1e6, 0.03, 0.08, 0.01, 0.01, 0.4
# A week's mean spend on social and elsewhere, and how far it varies.
_SPEND, _VARYING, _SPEND_AUTOCORRELATION = (10_000.0, 65_000.0), 0.6, 0.5
_HEADING = "Date,Revenue,Social spend,Other marketing spend,Price"


def example_history() -> DataFile:
    """The example as a file: the beliefs are drawn from the ranges of the first preset, the rest stands above."""
    random = np.random.default_rng(_SEED)
    beliefs = Prior(PRESETS[DEFAULT_PRESET]).values(random.standard_normal((1, len(FITTED))))
    weeks = _BEFORE + _WEEKS
    years = np.arange(weeks) * WEEK_IN_MONTHS / MONTHS_A_YEAR
    price = random.standard_normal(weeks)
    base = _REVENUE * (1 + _GROWTH * years + _SEASON * np.sin(2 * np.pi * years) + _PRICE * price)
    noise = _REVENUE * _NOISE * _autocorrelated(random, weeks, _AUTOCORRELATION)
    social, other = (
        mean * np.exp(_VARYING * _autocorrelated(random, weeks, _SPEND_AUTOCORRELATION) - _VARYING**2 / 2)
        for mean in _SPEND
    )
    year = slice(-periods_in(MONTHS_A_YEAR, WEEK_IN_MONTHS), None)
    company = Regression(
        revenue=base, observed=np.ones(weeks, bool), design=linear(weeks, WEEK_IN_MONTHS), social=social,
        other=other, opening=(social[0], other[0]), today=(social[year].mean(), other[year].mean()),
        months=WEEK_IN_MONTHS,
    )  # fmt: skip
    revenue = base + noise + company.media(beliefs)[0]
    columns = (one[_BEFORE:] for one in (revenue, social, other, price))
    rows = [
        f"{_FIRST + timedelta(weeks=week)},{sold:.0f},{on_social:.0f},{elsewhere:.0f},{at:.2f}"
        for week, (sold, on_social, elsewhere, at) in enumerate(zip(*columns, strict=True))
    ]
    return DataFile(EXAMPLE, ("\n".join([_HEADING, *rows]) + "\n").encode())


def _autocorrelated(random: np.random.Generator, size: int, strength: float) -> Array:
    """Noise of variance 1 whose neighbours are so strongly correlated."""
    noise = random.standard_normal(size)
    for week in range(1, size):
        noise[week] = strength * noise[week - 1] + np.sqrt(1 - strength**2) * noise[week]
    return noise
