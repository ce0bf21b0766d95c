"""The fit: known truths are found, and where a closed form exists the draws agree with it."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from model.assumptions import Distribution, Range
from model.history.design import linear
from model.history.fit import fit
from model.history.importance import pareto_k, sample
from model.history.prior import FITTED, Prior
from model.history.regression import _precision
from model.history.response.spend import carried_over
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.uncertainty.sampling import quantile
from model.uncertainty.summaries import weighted_quantiles, weighted_ranks
from tests.model.history.simulated import SCENARIO, simulated
from tests.model.history.study import covered, fitted, history, regression_of


def test_intervals_hold_the_truth():
    made = [history(number) for number in range(6)]
    hits = [hit for one in made for hit in covered(one, fitted(one)).values()]
    assert 0.8 <= np.mean(hits) <= 1


def test_the_draws_are_good_and_the_same_for_the_same_seed():
    made = history(1)
    posterior = fitted(made)
    assert posterior.draws.effective > 2700
    assert posterior.draws.pareto_k < 0.6
    assert np.array_equal(posterior.draws.scores, fitted(made).draws.scores)
    other = fitted(made, seed=1)
    assert other.draws.scores.tolist() != posterior.draws.scores.tolist()
    for name in FITTED:
        width = posterior.percentiles(name)[95] - posterior.percentiles(name)[5]
        assert other.percentiles(name)[50] == pytest.approx(posterior.percentiles(name)[50], abs=0.06 * width)


def test_a_rich_history_narrows_what_it_is_about():
    made = simulated(3, periods=208, noise=0.002, varying=0.8)
    posterior = fitted(made)
    for name in ("social_relative_return", "other_incremental_roas", "carryover_half_life"):
        before = quantile(SCENARIO.effective_ranges[name])(np.array([0.05, 0.95]))
        after = posterior.percentiles(name)
        assert after[95] - after[5] < 0.65 * (before[1] - before[0])


def test_without_variation_in_spend_the_posterior_is_the_prior():
    made = history(1)
    flat = replace(made, social=np.full(len(made.social), 1e4), other=np.full(len(made.other), 6e4))
    posterior = fitted(flat)
    for name in FITTED:
        before = quantile(SCENARIO.effective_ranges[name])(np.array([0.05, 0.5, 0.95]))
        after = [posterior.percentiles(name)[level] for level in (5, 50, 95)]
        assert after == pytest.approx(before, abs=0.03 * (before[2] - before[0]))


def test_without_a_likelihood_the_draws_are_the_prior():
    draws = sample(lambda scores: np.zeros(len(scores)), 3, 1)
    found = weighted_quantiles(draws.scores[:, 0], draws.weights, np.array([0.05, 0.5, 0.95]))
    assert found == pytest.approx(stats.norm.ppf([0.05, 0.5, 0.95]), abs=0.03)


def test_a_normal_likelihood_gives_the_conjugate_posterior():
    centre, spread = np.array([3.0, -1.0]), np.array([0.05, 0.5])
    draws = sample(lambda scores: -0.5 * np.sum(((scores - centre) / spread) ** 2, axis=1), 2, 1)
    variance = 1 / (1 + 1 / spread**2)
    mean = draws.weights @ draws.scores
    assert mean == pytest.approx(centre / spread**2 * variance, abs=0.003)
    assert draws.weights @ (draws.scores - mean) ** 2 == pytest.approx(variance, rel=0.04)


def linear_history():
    """Revenue that is linear in one return, with independent noise, and a scenario in which all else is certain."""
    random, size = np.random.default_rng(5), 120
    spend = random.gamma(4, 250, size)
    revenue = 4 * spend + 5e4 + random.normal(0, 1500, size)
    values = {
        "social_relative_return": 1.0, "social_returns_exponent": 1.0, "saturation": 0.0,
        "carryover_half_life": 0.01, "other_returns_exponent": 1.0,
    }  # fmt: skip
    wide = {"other_incremental_roas": Range(1e-9, 500, 1000, Distribution.UNIFORM)}
    scenario = PRESETS["social-plan"].with_values(**values)
    scenario = scenario.changed(ranges={**dict.fromkeys(values), **wide})
    made = regression_of(replace(simulated(1, periods=size), revenue=revenue, social=spend, control=np.zeros(size)))
    made = replace(made, other=np.zeros(size), today=(made.today[0], 0.0), autocorrelations=np.zeros(1))
    return made, scenario


def test_a_linear_history_gives_the_student_distribution_of_least_squares():
    made, scenario = linear_history()
    posterior = fit(made, Prior(scenario), 1)
    assert posterior.names == ("other_incremental_roas",)
    columns = np.column_stack((linear(len(made.revenue), made.months), made.social))
    coefficients, [left], *_ = np.linalg.lstsq(columns, made.revenue)
    free = len(columns) - columns.shape[1]
    error = np.sqrt(left / free * np.linalg.inv(columns.T @ columns)[-1, -1])
    expected = stats.t.ppf([0.05, 0.25, 0.5, 0.75, 0.95], free) * error + coefficients[-1]
    assert [*posterior.percentiles("other_incremental_roas").values()] == pytest.approx(expected, abs=0.05 * error)


def test_the_likelihood_is_the_restricted_one_of_dense_matrices():
    made = replace(regression_of(history(0)), autocorrelations=np.array([0.0, 0.6]))
    values = Prior(SCENARIO).values(np.random.default_rng(2).standard_normal((2, len(FITTED))))
    media, design = made.media(values), made.design
    found = made.log_likelihood(media)
    expected = np.empty((2, 2))
    for place, rho in enumerate(made.autocorrelations):
        steps = np.subtract.outer(np.arange(len(design)), np.arange(len(design)))
        covariance = rho ** np.abs(steps) / (1 - rho**2)
        inverse = np.linalg.inv(covariance)
        plane = design.T @ inverse @ design
        for draw in range(2):
            known = made.revenue - media[draw]
            apart = known - design @ np.linalg.solve(plane, design.T @ inverse @ known)
            expected[draw, place] = (
                -0.5 * np.linalg.slogdet(covariance)[1] - 0.5 * np.linalg.slogdet(plane)[1]
                - 0.5 * (len(design) - design.shape[1]) * np.log(apart @ inverse @ apart)
            )  # fmt: skip
    assert found - found[0, 0] == pytest.approx(expected - expected[0, 0], abs=1e-6)


def test_the_precision_is_the_inverse_covariance():
    steps = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    assert _precision(5, 0.3) @ (0.3**steps / (1 - 0.3**2)) == pytest.approx(np.eye(5))


def test_a_period_that_is_not_observed_counts_for_nothing_and_is_forecast():
    made = regression_of(history(1))
    hidden = replace(made, observed=np.arange(len(made.revenue)) != 40)
    spoilt = replace(hidden, revenue=np.where(hidden.observed, made.revenue, 1e9))
    media = made.media(Prior(SCENARIO).values(np.zeros((1, len(FITTED)))))
    assert hidden.log_likelihood(media) == pytest.approx(spoilt.log_likelihood(media))
    forecast = spoilt.expected(media[0], np.full(20, 1 / 20))[40]
    assert forecast == pytest.approx(made.revenue[40], rel=0.1)


def test_pressure_is_what_the_model_makes_of_steady_spend():
    assert carried_over(np.ones(10), 1.0, np.full((1, 1), 0.5)).tolist() == [[1.0] * 10]
    assert carried_over(np.array([0.0, 0.0]), 1.0, np.full((1, 1), 0.5)).tolist() == [[0.5, 0.25]]


@pytest.mark.parametrize("shape", [0.3, 0.6, 0.9])
def test_the_tail_index_of_pareto_weights_is_found(shape):
    weights = stats.genpareto(shape).rvs(20_000, random_state=1)
    assert pareto_k(np.log(weights)) == pytest.approx(shape, abs=0.1)


def test_a_bent_posterior_is_covered():
    """The two halves of a ridge that bends: the mean of each score and of their products have closed forms."""

    def log_likelihood(scores):
        return -0.5 * ((scores[:, 1] - scores[:, 0] ** 2) / 0.8) ** 2

    draws = sample(log_likelihood, 2, 1)
    across = np.linspace(-6, 6, 4001)
    # Given the first score, the second is normal: about its square, weighed with its own prior.
    precision = 1 + 1 / 0.8**2
    weight = np.exp(-0.5 * across**2 - 0.5 * across**4 / (1 + 0.8**2))
    weight /= weight.sum()
    assert draws.weights @ draws.scores[:, 0] == pytest.approx(0, abs=0.03)
    assert draws.weights @ draws.scores[:, 0] ** 2 == pytest.approx(weight @ across**2, rel=0.05)
    expected = weight @ (across**2 / 0.8**2 / precision)
    assert draws.weights @ draws.scores[:, 1] == pytest.approx(expected, rel=0.05)
    assert draws.pareto_k < 0.7
    assert draws.effective > 1000


def test_a_heavy_tail_is_drawn_again():
    found = [fitted(history(number)).draws.pareto_k for number in (164,)]
    assert max(found) <= 0.5


def test_a_fit_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr("model.history.fit.FEWEST_EFFECTIVE", 5000)
    with pytest.raises(
        ScenarioError, match=r"4096 draws are worth \d+ .*check the columns, their units and the ranges"
    ):
        fitted(history(0))


def test_a_history_with_more_controls_than_it_can_tell_apart_is_refused():
    made = regression_of(history(3))
    wide = replace(made, design=np.column_stack((made.design, np.random.default_rng(1).standard_normal((48, 35)))))
    with pytest.raises(ScenarioError, match="name fewer controls or give a longer history"):
        fit(wide, Prior(SCENARIO), 1)


def test_a_scenario_without_a_range_has_nothing_to_fit():
    certain = SCENARIO.changed(ranges=dict.fromkeys(FITTED))
    with pytest.raises(ScenarioError, match="no belief left"):
        fit(regression_of(history(0)), Prior(certain), 1)


def test_a_control_that_says_what_others_say_changes_nothing():
    made = regression_of(history(1))
    twice = replace(made, design=np.column_stack((made.design, 3 * made.design[:, -1] + 1)))
    media = made.media(Prior(SCENARIO).values(np.zeros((1, len(FITTED)))))
    assert twice.log_likelihood(media) == pytest.approx(made.log_likelihood(media))


def test_correlations_of_the_scenario_are_part_of_the_prior():
    pairs = (("other_incremental_roas", "social_relative_return", -0.7),)
    prior = Prior(SCENARIO.changed(correlations=pairs))
    values = prior.values(np.random.default_rng(1).standard_normal((4000, len(FITTED))))
    found = stats.spearmanr(values["other_incremental_roas"][:, 0], values["social_relative_return"][:, 0])
    assert found.statistic == pytest.approx(-0.7, abs=0.03)


def test_weighted_ranks_and_quantiles_count_weights():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.25, 0.25])
    assert weighted_ranks(values, weights).tolist() == [0.75, 0.125, 0.375]
    assert weighted_quantiles(values, weights, np.array([0.375]))[0] == 2.0
