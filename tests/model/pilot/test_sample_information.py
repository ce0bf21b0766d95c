"""What sample information is worth: closed form, a published example, a second method, and its laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import norm

from model.pilot.conditional_means import conditional_means
from model.pilot.sample_information import informed, question
from model.uncertainty.sobol import Sobol

DRAWS = 8192
SCORES = ndtri(np.clip(Sobol(4, 11).block(0, DRAWS), 1e-12, 1 - 1e-12))
EQUAL = np.full(DRAWS, 1 / DRAWS)


def of_normal(mean, spread):
    """What it is worth to learn a normal gain exactly, when not gaining is the other option."""
    return spread * norm.pdf(mean / spread) - abs(mean) * norm.cdf(-abs(mean) / spread)


@pytest.mark.parametrize("mean", [-0.8, 0.1, 1.5])
@pytest.mark.parametrize("error", [0.2, 1.0, 3.0])
def test_the_normal_linear_case_has_its_closed_form(mean, error):
    belief, rest = mean + SCORES[:, 0], 1.5 * SCORES[:, 1]
    asked = question(belief, np.column_stack([np.zeros(DRAWS), belief + rest]), EQUAL)
    [found] = informed(asked, [error])
    # What the reading leaves of the belief: its mean is spread this far beforehand.
    expected = of_normal(mean, 1 / np.sqrt(1 + error**2))
    assert found.worth == pytest.approx(expected, abs=0.0005)
    assert asked.known == pytest.approx(of_normal(mean, 1.0), abs=0.0005)
    assert asked.everything == pytest.approx(of_normal(mean, np.hypot(1, 1.5)), abs=0.0005)
    turned = ndtr(-abs(mean) * np.sqrt(1 + error**2))
    assert found.odds_changed == pytest.approx(turned, abs=0.001)


# Jackson, voi 1.0.3, package overview, seed 1, 10,000 draws: EVSI of 10, 100 and 1,000 observations, EVPPI and EVPI.
# (chjackson.github.io/voi/articles/voi.html)
PUBLISHED = {10: 0.07440250, 100: 0.08106261, 1000: 0.08189925}
PUBLISHED_KNOWN, PUBLISHED_EVERYTHING = 0.08210074, 0.4798107


def test_the_published_example_of_the_package_voi():
    effect, cost = 1 + SCORES[:, 0], 2 * SCORES[:, 1]
    asked = question(effect, np.column_stack([np.zeros(DRAWS), effect - cost]), EQUAL)
    found = informed(asked, [1 / np.sqrt(size) for size in PUBLISHED])
    assert [one.worth for one in found] == pytest.approx(list(PUBLISHED.values()), rel=0.035)
    assert asked.known == pytest.approx(PUBLISHED_KNOWN, rel=0.03)
    assert asked.everything == pytest.approx(PUBLISHED_EVERYTHING, rel=0.002)


def nested(measured, worth, error, seed):
    """EVSI by nested simulation: data drawn from a truth, options averaged over all draws by their likelihood."""
    random = np.random.default_rng(seed)
    truths = random.integers(len(measured), size=600)
    gained = []
    for reading in measured[truths] + error * random.normal(size=600):
        odds = np.exp(-0.5 * ((reading - measured) / error) ** 2)
        gained.append(np.max(odds @ worth / odds.sum()))
    return np.mean(gained) - np.max(worth.mean(axis=0)), np.std(gained) / np.sqrt(600)


@pytest.mark.parametrize(
    ("worth", "error"),
    [
        # Three options whose worth bends with what is measured.
        (lambda x, e: np.column_stack([0 * x, 0.5 - x**2 + e, np.tanh(2 * x) + 0.3 * e]), 0.5),
        # Two crossings for one option.
        (lambda x, e: np.column_stack([0 * x, np.cos(2 * x) + 0.2 * e]), 0.3),
    ],
)
def test_nested_simulation_agrees(worth, error):
    measured, values = SCORES[:, 0], worth(SCORES[:, 0], SCORES[:, 2])
    [found] = informed(question(measured, values, EQUAL), [error])
    expected, chance = nested(measured, values, error, 7)
    assert found.worth == pytest.approx(expected, abs=3 * chance + 2 * found.error)
    assert found.worth > 0.1


def test_what_tells_nothing_is_worth_next_to_nothing():
    random = np.random.default_rng(3)
    noise = [
        question(random.normal(size=DRAWS), np.column_stack([np.zeros(DRAWS), random.normal(size=DRAWS)]), EQUAL)
        for _ in range(20)
    ]
    # Chance alone would make a straight line worth 0.0044 of what knowing all is worth on average, five bends more.
    assert np.mean([asked.known for asked in noise]) < 0.002
    assert max(asked.known - 3 * asked.known_error for asked in noise) < 1e-12


def test_a_quantity_that_does_not_vary_tells_nothing():
    asked = question(np.full(DRAWS, 2.0), np.column_stack([np.zeros(DRAWS), SCORES[:, 0]]), EQUAL)
    [found] = informed(asked, [0.1])
    assert (asked.known, found.worth, found.odds_changed) == (0, 0, 0)


def test_weights_count_as_draws_repeated():
    counts = np.random.default_rng(2).integers(1, 4, size=2000)
    measured, gain = SCORES[:2000, 0], SCORES[:2000, 0] + SCORES[:2000, 1]
    worth = np.column_stack([np.zeros(2000), gain])
    weighted = question(measured, worth, counts / counts.sum())
    which = np.repeat(np.arange(2000), counts)
    repeated = question(measured[which], worth[which], np.full(len(which), 1 / len(which)))
    for one, other in zip(informed(weighted, [1.0, 0.3]), informed(repeated, [1.0, 0.3]), strict=True):
        assert one.worth == pytest.approx(other.worth, rel=0.02)


def test_the_sampling_error_is_what_other_draws_move_the_worth_by():
    random, found, told = np.random.default_rng(8), [], []
    for _ in range(30):
        belief, rest = random.normal(size=(2, 1024))
        asked = question(belief, np.column_stack([np.zeros(1024), 0.2 + belief + rest]), np.full(1024, 1 / 1024))
        [one] = informed(asked, [0.7])
        found.append(one.worth)
        told.append(one.error)
    assert np.std(found) == pytest.approx(np.mean(told), rel=0.5)


def test_the_mean_over_all_draws_stays_what_it_is():
    worth = np.column_stack([SCORES[:, 0] ** 3, np.exp(SCORES[:, 1])])
    assert EQUAL @ conditional_means(SCORES[:, 0], worth, EQUAL) == pytest.approx(EQUAL @ worth)


@settings(max_examples=25, deadline=None)
@given(
    level=st.floats(-2, 2),
    slope=st.floats(-2, 2),
    bend=st.floats(-1, 1),
    noise=st.floats(0, 3),
    largest=st.floats(0.05, 20),
)
def test_the_laws_hold_over_a_ladder_of_ten(level, slope, bend, noise, largest):
    measured = np.exp(0.5 * SCORES[:1024, 0])
    worth = np.column_stack([
        np.zeros(1024), level + slope * measured + noise * SCORES[:1024, 1], level / 2 + bend * measured**2,
    ])  # fmt: skip
    asked = question(measured, worth, np.full(1024, 1 / 1024))
    found = [one.worth for one in informed(asked, largest / np.sqrt(np.arange(1, 11)))]
    assert found[0] >= 0
    assert np.all(np.diff(found) >= 0)
    assert found[-1] <= asked.known <= asked.everything
