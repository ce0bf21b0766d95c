"""Weighted summaries: equal weights are none, whole weights are repeated draws."""

import pickle

import numpy as np
import pytest

from model.learning.learned import learn
from model.learning.observation import Observation
from model.learning.quantity import belief
from model.presets import PRESETS
from model.uncertainty.sensitivity import evpi, evpi_error, evppi, evppi_errors, importance
from model.uncertainty.simulation import PERCENTILES, Simulation, odds_better
from model.uncertainty.summaries import (
    effective_size,
    mean,
    percentile_errors,
    percentiles,
    standard_error,
    variance,
    worst_part,
)

PARTS = np.array(PERCENTILES) / 100
RANDOM = np.random.default_rng(5)
VALUES = np.sort(RANDOM.normal(size=400))
EQUAL = np.full(400, 1 / 400)


def test_equal_weights_are_none():
    for figure in (mean, variance, standard_error):
        assert figure(VALUES, EQUAL) == pytest.approx(figure(VALUES))
    for figure in (percentiles, percentile_errors):
        assert figure(VALUES, PARTS, EQUAL) == pytest.approx(figure(VALUES, PARTS), abs=1e-9)
    assert effective_size(EQUAL, 400) == pytest.approx(400)


def test_percentiles_without_weights_are_numpy_s():
    assert percentiles(VALUES, PARTS).tolist() == pytest.approx(np.percentile(VALUES, PERCENTILES).tolist())


def test_rows_are_summed_up_one_by_one():
    rows, weights = np.stack([VALUES, VALUES**3]), np.stack([EQUAL, EQUAL])
    assert percentiles(rows, PARTS, weights)[:, 1] == pytest.approx(percentiles(VALUES**3, PARTS), abs=1e-9)


def test_a_whole_weight_is_a_draw_repeated():
    counts = RANDOM.integers(1, 6, size=2000)
    values = np.sort(RANDOM.normal(size=2000))
    weights, repeated = counts / counts.sum(), np.repeat(values, counts)
    assert mean(values, weights) == pytest.approx(repeated.mean())
    assert variance(values, weights) == pytest.approx(repeated.var())
    assert percentiles(values, PARTS, weights) == pytest.approx(percentiles(repeated, PARTS), abs=0.01)


def test_the_worst_part_is_as_much_weight_as_was_asked_for():
    weights = np.array([0.05, 0.1, 0.4, 0.45])
    assert worst_part(weights, 0.1).tolist() == pytest.approx([0.5, 0.5, 0, 0])
    assert worst_part(weights, 0.05).tolist() == pytest.approx([1, 0, 0, 0])


@pytest.fixture(scope="module")
def observed():
    seen = Observation(belief("social_relative_return"), 1.35, 0.15)
    return learn(PRESETS["social-plan"], [seen], 4096).simulate(("net_cash",), ("npv", "payback_month"))


@pytest.fixture(scope="module")
def resampled(observed):
    """The same draws, each as often as it weighs."""
    size = 40_000
    which = np.searchsorted(np.cumsum(observed.weights), (np.arange(size) + 0.5) / size)
    return Simulation(
        observed.scenario, size, 1, {name: item[which] for name, item in observed.metrics.items()},
        {name: item[which] for name, item in observed.inputs.items()}, observed.bands, observed.band_errors,
    )  # fmt: skip


def test_every_summary_of_weighted_draws_is_that_of_draws_repeated(observed, resampled):
    for figure in (
        lambda one: one.odds_of_gain,
        lambda one: one.odds_of_payback(36),
        lambda one: one.spread("payback_month").defined,
        evpi,
        lambda one: importance(one)["social_returns_exponent"],
        lambda one: evppi(one)["social_returns_exponent"],
        lambda one: one.expected_shortfall,
        lambda one: one.spread("npv").mean,
    ):
        assert figure(observed) == pytest.approx(figure(resampled), rel=0.01, abs=0.002)
    assert observed.spread("npv").percentiles == pytest.approx(resampled.spread("npv").percentiles, rel=0.01)


def test_sampling_errors_count_what_the_draws_are_worth(observed, resampled):
    # By chance about as many again as the effective size says.
    larger = np.sqrt(40_000 / effective_size(observed.weights, 4096))
    for figure in (lambda one: one.spread("npv").error, evpi_error, lambda one: one.shortfall_error):
        assert figure(observed) == pytest.approx(larger * figure(resampled), rel=0.25)
    assert set(evppi_errors(observed)) == set(observed.inputs)


def test_weighted_bands_are_kept_when_a_simulation_is_copied(observed):
    band = observed.band("net_cash", 50)
    assert band.shape == (60,)
    again = pickle.loads(pickle.dumps(observed))  # noqa: S301 - our own
    assert np.array_equal(again.weights, observed.weights)
    assert np.array_equal(again.band("net_cash", 50), band)


def test_weighted_and_plain_draws_are_not_compared(observed):
    assert odds_better(observed, observed) == 0
    with pytest.raises(ValueError, match="weighted alike"):
        odds_better(observed, Simulation(**{**vars(observed), "weights": None}))
