"""Learning from observations: against closed forms, in any order, with draws that can be trusted or a refusal."""

import numpy as np
import pytest
from scipy.special import betainc

from model.assumptions import Distribution, Range
from model.learning.learned import learn
from model.learning.observation import Observation
from model.learning.quantity import Quantity, belief
from model.presets import PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.scenario import Scenario

PLAN = PRESETS["social-plan"]
SOCIAL = "social_relative_return"
# 5th and 95th percentile of a normal range with mean 1.2 and standard deviation 0.2.
SPREAD = 0.2
NORMAL = PLAN.changed(
    ranges={
        SOCIAL: Range(1.2 - 1.6448536269514722 * SPREAD, 1.2, 1.2 + 1.6448536269514722 * SPREAD, Distribution.NORMAL)
    }
)


def conjugate(seen, error):
    """Mean and standard deviation of a normal belief after a normal observation of it."""
    precision = 1 / SPREAD**2 + 1 / error**2
    return (1.2 / SPREAD**2 + seen / error**2) / precision, precision**-0.5


@pytest.mark.parametrize(("seen", "error"), [(1.4, 0.2), (1.0, 0.4), (1.5, 0.02)])
def test_a_normal_belief_and_a_normal_observation_have_their_closed_form(seen, error):
    learned = learn(NORMAL, [Observation(belief(SOCIAL), seen, error)])
    values, weights = learned.values[SOCIAL][:, 0], learned.weights
    mean, spread = conjugate(seen, error)
    assert weights @ values == pytest.approx(mean, abs=4 * spread / np.sqrt(learned.effective))
    assert np.sqrt(weights @ (values - weights @ values) ** 2) == pytest.approx(spread, rel=0.05)
    assert learned.redrawn is (error == 0.02)


def test_odds_after_an_observation_are_those_of_numerical_integration():
    low, high, seen, error = 0.8, 1.7, 1.4, 0.15
    learned = learn(PLAN, [Observation(belief(SOCIAL), seen, error)])
    grid = np.linspace(low, high, 20_001)
    peak = (1.2 - low) / (high - low)
    density = np.gradient(betainc(1 + 4 * peak, 5 - 4 * peak, (grid - low) / (high - low)), grid)
    after = density * np.exp(-0.5 * ((grid - seen) / error) ** 2)
    expected = after[grid > 1.3].sum() / after.sum()
    found = learned.weights @ (learned.values[SOCIAL][:, 0] > 1.3)
    assert found == pytest.approx(expected, abs=0.01)


def test_two_observations_are_one_of_their_weighted_mean():
    both = learn(NORMAL, [Observation(belief(SOCIAL), 1.1, 0.2), Observation(belief(SOCIAL), 1.5, 0.2)])
    one = learn(NORMAL, [Observation(belief(SOCIAL), 1.3, 0.2 / np.sqrt(2))])
    assert both.weights == pytest.approx(one.weights, rel=1e-9)


def test_replaying_gives_the_same_digits_and_the_order_does_not_matter():
    seen = [
        Observation(Quantity("revenue_gain", (6, 6)), 9_000.0, 4_000.0),
        Observation(Quantity("revenue_gain", (12, 12)), 20_000.0, 6_000.0),
        Observation(belief("team_turnover"), 0.2, 0.05),
    ]
    first, again = learn(PLAN, seen, 512), learn(PLAN, seen[::-1], 512)
    assert np.array_equal(first.weights, again.weights)
    assert first.simulate((), ("npv",)).spread("npv") == again.simulate((), ("npv",)).spread("npv")


def test_nothing_observed_is_the_simulation_as_it_was():
    from model.uncertainty.simulation import simulate

    lines, only = ("net_cash",), ("npv", "payback_month")
    plain, learned = simulate(PLAN, 1024, 3, lines=lines, only=only), learn(PLAN, (), 1024, 3).simulate(lines, only)
    assert learned.weights is None
    assert learned.spread("payback_month") == plain.spread("payback_month")
    assert np.array_equal(learned.bands["net_cash"], plain.bands["net_cash"])


def test_a_line_is_observed_in_its_month():
    exact = PLAN.changed(ranges=dict.fromkeys(PLAN.effective_ranges))
    learned = learn(exact, (), 128)
    assert learned.of(Quantity("revenue_gain", (18, 18)))[0] == pytest.approx(
        project(exact).lines["revenue_gain"][17]
    )


def test_a_difference_comes_of_the_changed_model():
    exact = PLAN.changed(ranges=dict.fromkeys(PLAN.effective_ranges))
    held = (("plan_delivery", 0.0), ("team_target", "team_start"), ("training_programme", 0.0))
    swap = Quantity("revenue_gain", (1, 12), (("plan_delivery", 1.0), ("training_programme", 0.0)), held)
    without = project(exact.with_values(training_programme=False)).lines["revenue_gain"][:12]
    assert learn(exact, (), 128).of(swap)[0] == pytest.approx(without.mean())


def test_seeing_more_revenue_than_expected_raises_the_odds():
    plain = learn(PLAN, (), 2048)
    usual = plain.of(Quantity("revenue_gain", (24, 24)))
    seen = Observation(Quantity("revenue_gain", (24, 24)), float(usual.mean() + usual.std()), float(usual.std()))
    learned = learn(PLAN, [seen], 2048)
    assert learned.simulate((), ("npv",)).odds_of_gain > plain.simulate((), ("npv",)).odds_of_gain + 0.1


def test_too_few_draws_that_agree_are_drawn_anew_with_their_correlations():
    correlated = PLAN.changed(correlations=((SOCIAL, "social_returns_exponent", 0.6),))
    learned = learn(correlated, [Observation(belief(SOCIAL), 1.3, 0.005)])
    assert learned.redrawn
    assert learned.effective >= 400
    assert learned.weights @ learned.values[SOCIAL][:, 0] == pytest.approx(1.3, abs=0.002)
    # What is correlated with it moves along; what is not stays.
    before = learn(correlated, (), 2048)
    for name, moves in (("social_returns_exponent", True), ("other_returns_exponent", False)):
        shift = learned.weights @ learned.values[name][:, 0] - before.values[name].mean()
        assert (shift > 0.005) == moves


def test_what_was_not_seen_stays_independent_of_what_was_where_draws_are_made_anew():
    learned = learn(PLAN, [Observation(belief(SOCIAL), 1.3, 0.005)])
    assert learned.redrawn
    seen = learned.values[SOCIAL][:, 0]
    for name, column in learned.values.items():
        others = column[:, 0]
        together = np.cov(seen, others, aweights=learned.weights)
        if name != SOCIAL:
            assert abs(together[0, 1]) < 0.1 * np.sqrt(together[0, 0] * together[1, 1]), name


@pytest.mark.parametrize(
    ("quantity", "value", "error", "words"),
    [
        (belief(SOCIAL), 9.0, 0.01, "contradicts the ranges: they come no nearer than 1.6"),
        (Quantity("revenue_gain", (12, 12)), 200_000.0, 300.0, "as too few agree"),
        (Quantity("social_relatve_return"), 1.0, 0.1, "did you mean 'social_relative_return'"),
        (belief("training_hours"), 40.0, 1.0, "is chosen, not observed"),
        (Quantity("revenue_gain", (61, 61)), 1.0, 1.0, "within 1 … 60"),
        (belief(SOCIAL), float("nan"), 0.1, "must be a finite number"),
        (belief(SOCIAL), 1.0, 0.0, "must lie above 0"),
    ],
)
def test_what_cannot_be_learnt_is_refused_with_the_mend(quantity, value, error, words):
    with pytest.raises(ScenarioError, match=words):
        learn(PLAN, [Observation(quantity, value, error)], 256)


def test_every_fault_is_told_at_once_and_work_is_bounded():
    with pytest.raises(ScenarioError) as refused:
        learn(PLAN, [Observation(belief("nothing"), float("inf"), -1.0)], 1024)
    assert [fault.key for fault in refused.value.faults] == [
        "observations.1.nothing", "observations.1.value", "observations.1.standard_error",
    ]  # fmt: skip
    with pytest.raises(ScenarioError, match="at most 1000"):
        learn(PLAN, [Observation(belief(SOCIAL), 1.0, 1.0)] * 1001, 1024)


def test_a_scenario_without_ranges_learns_nothing_and_says_so_by_equal_weights():
    exact = Scenario.from_data({"name": "Exact", "schema_version": 2}).changed(
        ranges=dict.fromkeys(PLAN.effective_ranges)
    )
    learned = learn(exact, [Observation(Quantity("revenue_gain", (3, 3)), 2_000.0, 1_000.0)], 1024)
    assert learned.effective == pytest.approx(1024)
