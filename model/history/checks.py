"""How far a fit can be trusted: each check with its figures and a verdict in words, and the gate they lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.history.design import MONTHS_A_QUARTER, MONTHS_A_YEAR, periods_in
from model.history.fit import Posterior, fit
from model.history.importing.history import OwnHistory
from model.history.ranges import BeliefUpdate
from model.history.regression import Regression
from model.reading.faults import ScenarioError
from model.units import per_cent

# Least parts of the variance of revenue that a fit explains, and most correlations of channels.
_GOOD_FIT = 0.5
_RELATED, _SAME = 0.7, 0.95
# How much of a channel's variation may follow trend, season and controls.
_FOLLOWS_SEASON = 0.9
# Odds of finding what is not there, for each test.
SIGNIFICANCE = 0.01
_LAGS_A_TEST = 4
# How many quarters earlier the history is fitted again.
_EARLIER = (1, 2)
# How small a part of a range's probability is its end.
_UNUSUAL = 0.03
_DECISIVE = "social_relative_return"


class Trust(StrEnum):
    """How far something can be relied on."""

    YES = "yes"
    CARE = "care"
    NO = "no"


GATE: Mapping[Trust, str] = {
    Trust.YES: "usable",
    Trust.CARE: "usable with care",
    Trust.NO: "not usable",
}


@dataclass(frozen=True)
class Diagnostic:
    """One check: how far it lets the fit be trusted, why in words, and its figures."""

    name: str
    trust: Trust
    verdict: str
    figures: Mapping[str, float | None]


@dataclass(frozen=True)
class Gate:
    """Whether a fit is usable, and why it is not or with care only."""

    trust: Trust
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """As a sentence."""
        because = f", because {'; '.join(self.reasons)}" if self.reasons else ""
        return f"{GATE[self.trust][0].upper()}{GATE[self.trust][1:]}{because}."


def checks(
    posterior: Posterior, history: OwnHistory, found: Sequence[BeliefUpdate], earlier: Sequence[Posterior | None]
) -> tuple[Diagnostic, ...]:
    """Every check of a fit of a history; `earlier` are its `earlier_fits`."""
    quarter = _quarter(posterior.regression)
    return (
        _draws(posterior),
        _units(history),
        _fit_against_actual(posterior),
        _held_out(posterior.regression, forecast(posterior, earlier), quarter),
        _earlier_fits(found, earlier, quarter, history),
        _residuals(posterior),
        _settled(_collinear(posterior.regression), posterior),
        _follows_sales(posterior.regression),
        _within_ranges(posterior),
        _told(posterior, found),
    )


def checks_without_history(posterior: Posterior, found: Sequence[BeliefUpdate]) -> tuple[Diagnostic, ...]:
    """The checks that make sense of experiments alone."""
    return (_draws(posterior), _within_ranges(posterior), _told(posterior, found))


def gate(made: Sequence[Diagnostic]) -> Gate:
    """What the checks lead to: as bad as the worst of them, for their reasons."""
    order = list(Trust)
    worst = max((check.trust for check in made), key=order.index)
    return Gate(worst, tuple(check.verdict for check in made if check.trust is worst is not Trust.YES))


def earlier_fits(posterior: Posterior, seed: int) -> tuple[Posterior | None, ...]:
    """The fits of the same history one quarter earlier and two; None where it was too short by then."""
    regression = posterior.regression
    ends = (len(regression.revenue) - back * _quarter(regression) for back in _EARLIER)
    return tuple(_refit(posterior, end, seed) for end in ends)


def forecast(posterior: Posterior, earlier: Sequence[Posterior | None]) -> Array | None:
    """The revenue of the last quarter, by period, as it is forecast without it; None where that was too short."""
    before = earlier[0]
    if before is None:
        return None
    quarter = _quarter(posterior.regression)
    hidden = posterior.regression.without_last(quarter)
    brought = before.draws.weights @ hidden.media(before.values)
    return hidden.expected(brought, before.autocorrelation)[-quarter:]


def _quarter(regression: Regression) -> int:
    return periods_in(MONTHS_A_QUARTER, regression.months)


def _refit(posterior: Posterior, periods: int, seed: int) -> Posterior | None:
    """The fit of the first periods alone, None where they are too few for it."""
    try:
        return fit(posterior.regression.until(periods), posterior.prior, seed, posterior.lifts)
    except ScenarioError:
        return None


def _draws(posterior: Posterior) -> Diagnostic:
    """The draws themselves; those that are not good enough were refused before."""
    draws = posterior.draws
    verdict = f"{len(draws.weights)} draws are worth {draws.effective:.0f} independent ones; they can be relied on"
    return Diagnostic(
        "draws", Trust.YES, verdict, {"effective": draws.effective, "pareto_k": _finite(draws.pareto_k)}
    )


def _units(history: OwnHistory) -> Diagnostic:
    """Whether revenue and spend are in the same money, as far as their sizes tell."""
    earned, spent = (
        float(part[history.observed].sum()) for part in (history.revenue, history.social + history.other)
    )
    verdict = history.doubts or "spend beside revenue is as where both are in the same money"
    trust = Trust.CARE if history.doubts else Trust.YES
    return Diagnostic("units", trust, verdict, {"spend_to_revenue": spent / earned if earned else None})


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _fit_against_actual(posterior: Posterior) -> Diagnostic:
    seen = posterior.regression.observed
    actual, expected = posterior.regression.revenue[seen], posterior.expected[seen]
    explained = 1 - float(np.var(actual - expected) / np.var(actual)) if np.var(actual) else 0.0
    error = float(np.mean(np.abs(actual - expected)) / np.mean(np.abs(actual)))
    good = explained >= _GOOD_FIT
    verdict = (
        f"the fit {'explains' if good else 'explains only'} {per_cent(explained)} of the variance of revenue "
        f"and is off by {per_cent(error)} on average"
    )
    return Diagnostic(
        "fit", Trust.YES if good else Trust.CARE, verdict, {"explained": explained, "mean_error": error}
    )


def _held_out(whole: Regression, told: Array | None, quarter: int) -> Diagnostic:
    """The last quarter as it was forecast without its revenue, beside the same quarter a year before."""
    if told is None:
        return Diagnostic("held_out", Trust.CARE, "the history is too short to hold out its last quarter", {})
    year, start = periods_in(MONTHS_A_YEAR, whole.months), len(whole.revenue) - quarter
    which = start + np.flatnonzero(whole.observed[start:])
    actual = whole.revenue[which]
    scale = np.mean(np.abs(actual))
    ours = float(np.mean(np.abs(told[which - start] - actual)) / scale)
    naive = float(np.mean(np.abs(whole.revenue[which - year] - actual)) / scale)
    beats = ours <= naive
    verdict = (
        f"the last quarter, held out, was forecast to within {per_cent(ours)}, "
        f"{'better than' if beats else 'worse than the'} {per_cent(naive)} of taking the same weeks or months "
        "a year before"
    )
    return Diagnostic("held_out", Trust.YES if beats else Trust.CARE, verdict, {"error": ours, "naive_error": naive})


def _earlier_fits(
    found: Sequence[BeliefUpdate], earlier: Sequence[Posterior | None], quarter: int, history: OwnHistory
) -> Diagnostic:
    """Whether what a fit without the last quarter, or two, told lies where the whole history now has it."""
    known = {back * quarter: one for back, one in zip(_EARLIER, earlier, strict=True) if one is not None}
    if not known:
        return Diagnostic("earlier_fits", Trust.CARE, "the history is too short to fit it at an earlier time", {})
    jumped = [
        item.name
        for item in found
        if any(
            not item.posterior[5] <= one.percentiles(item.name)[50] <= item.posterior[95] for one in known.values()
        )
    ]
    unit = "weeks" if history.weekly else "months"
    backs = " and ".join(map(str, known))
    labels = " and ".join(f"“{ASSUMPTIONS[name].short_label}”" for name in jumped)
    verdict = (
        f"fits that end {backs} {unit} earlier give another answer for {labels}"
        if jumped
        else f"fits that end {backs} {unit} earlier give the same answer"
    )
    figures = {
        f"{item.name}_{back}_earlier": one.percentiles(item.name)[50]
        for item in found
        for back, one in known.items()
    }
    return Diagnostic("earlier_fits", Trust.CARE if jumped else Trust.YES, verdict, figures)


def _residuals(posterior: Posterior) -> Diagnostic:
    """Whether what the autocorrelated noise leaves over is still related to what was left before (Ljung and Box)."""
    from scipy.special import gammaincc

    rho = float(posterior.autocorrelation @ posterior.regression.autocorrelations)
    left = np.where(posterior.regression.observed, posterior.regression.revenue - posterior.expected, 0.0)
    steps = left[1:] - rho * left[:-1]
    size = len(steps)
    lags = np.arange(1, _LAGS_A_TEST + 1)
    related = np.array([_correlation(steps[lag:], steps[:-lag]) for lag in lags])
    statistic = size * (size + 2) * float(np.sum(related**2 / (size - lags)))
    odds = float(gammaincc(_LAGS_A_TEST / 2, statistic / 2))
    bad = odds < SIGNIFICANCE
    verdict = (
        "what the fit leaves over still follows a pattern: something that moved revenue is not in the file"
        if bad
        else "what the fit leaves over follows no pattern"
    )
    figures = {"autocorrelation": rho, "left": float(related[0]), "odds_by_chance": odds}
    return Diagnostic("residuals", Trust.CARE if bad else Trust.YES, verdict, figures)


def _collinear(regression: Regression) -> Diagnostic:
    """Whether social has variation of its own, beside other channels and beside trend, season and controls."""
    social, other = (_own(regression, spend) for spend in (regression.social, regression.other))
    related = _correlation(social, other)
    followed = 1 - float(np.var(social) / np.var(regression.social)) if np.var(regression.social) else 1.0
    if not np.var(regression.social):
        trust, verdict = (
            Trust.NO,
            "social spend never changes, so nothing can follow from it; vary it, region by region",
        )
    elif abs(related) > _SAME:
        trust, verdict = Trust.NO, "social and other spend move as one; change one of them alone to tell them apart"
    elif abs(related) > _RELATED:
        trust = Trust.CARE
        verdict = "social and other spend move together and are hard to tell apart; change one of them alone"
    elif followed > _FOLLOWS_SEASON:
        trust = Trust.CARE
        verdict = "social spend follows trend, season and controls and hardly varies beside them; vary it on purpose"
    else:
        trust, verdict = Trust.YES, "social spend varies by itself"
    return Diagnostic("collinear", trust, verdict, {"correlation": related, "follows_season": followed})


def _settled(check: Diagnostic, posterior: Posterior) -> Diagnostic:
    """What the history alone would not be usable for, where an experiment changed one channel alone."""
    if check.trust is not Trust.NO or not posterior.lifts:
        return check
    return replace(check, trust=Trust.CARE, verdict=f"{check.verdict}; only the experiment tells of it")


def _follows_sales(regression: Regression) -> Diagnostic:
    """Whether revenue of the last periods tells social spend beside that spend's own past (Granger 1969)."""
    from scipy.special import fdtrc

    social, revenue = (_own(regression, series) for series in (regression.social, regression.revenue))
    if not np.var(social):
        return Diagnostic("follows_sales", Trust.YES, "social spend follows nothing, as it never changes", {})
    now = social[_LAGS_A_TEST:]
    past = np.column_stack(
        [series[_LAGS_A_TEST - lag : -lag] for series in (social, revenue) for lag in range(1, _LAGS_A_TEST + 1)]
    )
    restricted, full = _left(past[:, :_LAGS_A_TEST], now), _left(past, now)
    free = regression.free - _LAGS_A_TEST - past.shape[1]
    statistic = (restricted - full) / _LAGS_A_TEST / (full / max(free, 1))
    odds = float(fdtrc(_LAGS_A_TEST, max(free, 1), max(statistic, 0.0)))
    pull = _correlation(social[1:], revenue[:-1])
    follows = odds < SIGNIFICANCE
    verdict = (
        "social spend follows sales: when sales moved, spend moved after them, so that sales that would have come "
        "anyway may be put down to it; a test that switches it off in some regions would settle that"
        if follows
        else "social spend is not seen to follow sales"
    )
    figures = {"correlation_with_last_sales": pull, "odds_by_chance": odds}
    return Diagnostic("follows_sales", Trust.CARE if follows else Trust.YES, verdict, figures)


def _within_ranges(posterior: Posterior) -> Diagnostic:
    """Whether the history agrees with the ranges; where it contradicts them it was refused before."""
    ends = posterior.at_the_end(_UNUSUAL)
    labels = " and ".join(f"“{ASSUMPTIONS[name].short_label}”" for name in ends)
    verdict = (
        f"by the {posterior.source} {labels} would be at the end of what was plausible: check units and columns, or "
        "widen the range"
        if ends
        else f"what the {posterior.source} told was plausible before"
    )
    return Diagnostic("within_ranges", Trust.CARE if ends else Trust.YES, verdict, {"at_the_end": float(len(ends))})


def _told(posterior: Posterior, found: Sequence[BeliefUpdate]) -> Diagnostic:
    """Whether anything is told at all, and of that what decides the plan."""
    told, source = [item.name for item in found if item.told], posterior.source
    label = ASSUMPTIONS[_DECISIVE].short_label
    if not told:
        trust, verdict = Trust.NO, f"none of the beliefs is told by the {source}: their ranges stay as they were"
    elif _DECISIVE not in told:
        trust = Trust.CARE
        verdict = (
            f"{len(told)} of {len(found)} beliefs are told by the {source}, but not “{label}”, "
            "which decides the plan"
        )
    else:
        trust, verdict = Trust.YES, f"{len(told)} of {len(found)} beliefs are told by the {source}"
    return Diagnostic("told", trust, verdict, {"told": float(len(told)), "of": float(len(found))})


def _own(regression: Regression, series: Array) -> Array:
    """A series less what trend, season and controls say of it."""
    design = regression.design
    return np.asarray(series - design @ np.linalg.lstsq(design, series, rcond=None)[0])


def _left(known: Array, series: Array) -> float:
    """The sum of squares that a regression leaves."""
    apart = series - known @ np.linalg.lstsq(known, series, rcond=None)[0]
    return float(apart @ apart)


def _correlation(one: Array, other: Array) -> float:
    """Pearson's correlation, 0 where one of them does not vary."""
    spread = float(np.std(one) * np.std(other))
    if spread <= np.finfo(float).eps * float(np.max(np.abs(one)) * np.max(np.abs(other)) + 1):
        return 0.0
    return float(np.mean((one - one.mean()) * (other - other.mean())) / spread)
