"""Draws that are solved for: against closed forms, integration and the other method, and none where not trusted."""

import numpy as np
import pytest

from model.assumptions import Distribution, Range
from model.learning.learned import learn
from model.learning.observation import Observation
from model.learning.quantity import Quantity, belief
from model.learning.redraw import redraw, solve
from model.learning.solved_draws import solved_draws
from model.presets import PRESETS
from model.reading.faults import ScenarioError

PLAN = PRESETS["social-plan"]
NAMES = ("social_relative_return", "team_turnover", "saturation")
MIDDLES, SPREADS = np.array([1.2, 0.2, 0.5]), np.array([0.2, 0.02, 0.08])
NORMAL = PLAN.changed(
    ranges={
        name: Range(middle - 1.6448536269514722 * spread, middle, middle + 1.6448536269514722 * spread,
                    Distribution.NORMAL)
        for name, middle, spread in zip(NAMES, MIDDLES, SPREADS, strict=True)
    }
)  # fmt: skip


def moments(draws):
    mean = draws.weights @ draws.scores
    apart = draws.scores - mean
    return mean, (apart * draws.weights[:, np.newaxis]).T @ apart


def test_linear_observations_have_their_closed_form_however_precise_and_weights_are_alike():
    rng = np.random.default_rng(1)
    slopes, errors = rng.normal(size=(4, 6)), np.array([0.001, 0.001, 0.01, 0.5])
    # Two of them nearly say the same.
    slopes[1] = slopes[0] + 0.001 * slopes[1]
    seen = slopes @ rng.normal(size=6)
    found = solved_draws(lambda scores: (scores @ slopes.T - seen) / errors, 6, 3)
    exact = np.linalg.inv(np.eye(6) + (slopes.T / errors**2) @ slopes)
    mean, covariance = moments(found)
    assert found.effective == pytest.approx(len(found.weights), rel=1e-6)
    assert mean == pytest.approx(exact @ (slopes.T @ (seen / errors**2)), abs=0.03)
    assert covariance == pytest.approx(exact, abs=0.03)


@pytest.mark.parametrize("error", [0.5, 0.01, 0.0005])
def test_a_bent_observation_has_the_moments_of_integration(error):
    bend, seen = 0.3, 0.4
    found = solved_draws(lambda scores: (scores[:, :1] + bend * scores[:, 1:] ** 2 - seen) / error, 2, 3)
    grid = np.linspace(-6, 6, 4001)
    density = np.exp(-0.5 * grid**2 - 0.5 * (seen - bend * grid**2) ** 2 / (1 + error**2))
    assert found.effective > 400
    for power in (1, 2, 4):
        exact = density @ grid**power / density.sum()
        values = found.scores[:, 1] ** power
        spread = np.sqrt(density @ grid ** (2 * power) / density.sum())
        assert found.weights @ values == pytest.approx(exact, abs=4 * spread / np.sqrt(found.effective))


@pytest.mark.parametrize(
    "residuals",
    [
        # Two places that agree with what was seen, and none between.
        lambda scores: (scores[:, :1] ** 2 - 4) / 0.01,
        # A contradiction of what was believed, and one of each other.
        lambda scores: (scores[:, :1] - 7) / 0.1,
        lambda scores: (scores[:, :1] - np.array([[-1.0, 1.0]])) / 0.1,
    ],
)
def test_none_where_solutions_are_not_the_only_ones_or_all_is_contradicted(residuals):
    assert solved_draws(residuals, 2, 3) is None


def test_several_precise_tests_of_normal_beliefs_have_their_closed_form():
    tests = [(0, 1.5, 0.004), (0, 1.49, 0.004), (1, 0.23, 0.0005), (1, 0.231, 0.0005), (2, 0.42, 0.002)]
    observations = [Observation(belief(NAMES[place]), value, error) for place, value, error in tests]
    for learned in (learn(NORMAL, observations), solve(NORMAL, observations, 5)):
        values, weights = (
            (learned.values, learned.weights) if hasattr(learned, "values") else (learned[0], learned[1].weights)
        )
        for place, name in enumerate(NAMES):
            own = [(value, error) for at, value, error in tests if at == place]
            precision = 1 / SPREADS[place] ** 2 + sum(1 / error**2 for _, error in own)
            mean = (MIDDLES[place] / SPREADS[place] ** 2 + sum(v / e**2 for v, e in own)) / precision
            column = values[name][:, 0]
            assert weights @ column == pytest.approx(mean, abs=0.1 * precision**-0.5)
            assert np.sqrt(weights @ (column - mean) ** 2) == pytest.approx(precision**-0.5, rel=0.06)


def precise(part, months):
    """Observations of what a draw of the plan brought in some months, within a part of what was believed."""
    before = learn(PLAN, (), 1024)
    found = []
    for month in months:
        quantity = Quantity("revenue_gain", (month, month))
        values = before.of(quantity)
        found.append(Observation(quantity, float(values[7]), part * float(values.std())))
    return found


def test_several_precise_observations_of_a_line_are_learnt_from():
    seen = precise(0.02, (6, 12, 24))
    learned = learn(PLAN, seen)
    assert learned.redrawn
    assert learned.effective >= 400
    assert learned.pareto_k <= 0.7
    for item in seen:
        values = learned.of(item.quantity)
        assert learned.weights @ values == pytest.approx(item.value, abs=3 * item.standard_error)
        assert np.sqrt(learned.weights @ (values - item.value) ** 2) < 3 * item.standard_error
    assert np.array_equal(learned.weights, learn(PLAN, seen[::-1]).weights)


def test_where_draws_can_be_hit_both_methods_find_the_same():
    seen = precise(0.3, (6, 12, 24))
    (hit, of_hit), (solved, of_solved) = redraw(PLAN, seen, 5), solve(PLAN, seen, 5)
    size = min(of_hit.effective, of_solved.effective)
    assert size > 400
    for name in PLAN.effective_ranges:
        means = [draws.weights @ values[name][:, 0] for values, draws in ((hit, of_hit), (solved, of_solved))]
        assert means[0] == pytest.approx(means[1], abs=5 * hit[name].std() / np.sqrt(size)), name


def test_precise_observations_that_contradict_each_other_are_refused():
    quantity = Quantity("revenue_gain", (12, 12))
    first = precise(0.02, (12,))[0]
    apart = [Observation(quantity, first.value * factor, first.standard_error) for factor in (0.9, 1.6)]
    with pytest.raises(ScenarioError, match="as too few agree with all that was seen"):
        learn(PLAN, apart)
