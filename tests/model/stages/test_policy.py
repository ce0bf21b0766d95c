"""The thresholds found against brute force, and against backward induction on small trees."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.choice.aims import Aim
from model.stages.policy import AIMS, ALWAYS, NEVER, best_policy, ends, results, served


def cuts(seen):
    """Every threshold that parts what is seen otherwise."""
    values = np.unique(seen)
    return [NEVER, *((values[1:] + values[:-1]) / 2), ALWAYS]


def brute(npv, paid, observed, aim):
    """The most that any thresholds reach."""
    every = product(*map(cuts, observed))
    return max(served(results(npv, paid, observed, policy), aim) for policy in every)


def trial(seed, gates, count, ties=False):
    rng = np.random.default_rng(seed)
    state = rng.standard_normal(count)
    npv = np.vstack(
        [100 * state + rng.normal(0, 40, count) + 10 * rng.standard_normal(), *rng.normal(0, 30, (gates, count))]
    )
    observed = state + rng.normal(0, 0.7, (gates, count))
    paid = np.abs(rng.normal(0, 2, (gates, count)))
    return npv, paid, np.round(observed) if ties else observed


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("gates", [1, 2])
def test_one_and_two_gates_are_as_good_as_brute_force(aim, ties, seed, gates):
    npv, paid, observed = trial(seed, gates, 25, ties)
    found = served(results(npv, paid, observed, best_policy(npv, paid, observed, aim)), aim)
    most = brute(npv, paid, observed, aim)
    # A percentile lies between two draws, and levels are those of draws.
    slack = np.ptp(np.sort(npv.ravel())) * 0.02 if aim is Aim.P10_NPV else 1e-9
    assert found >= most - slack


@pytest.mark.parametrize("seed", range(4))
def test_three_gates_come_near_brute_force(seed):
    npv, paid, observed = trial(seed, 3, 14)
    found = served(
        results(npv, paid, observed, best_policy(npv, paid, observed, Aim.EXPECTED_NPV)), Aim.EXPECTED_NPV
    )
    most = brute(npv, paid, observed, Aim.EXPECTED_NPV)
    assert found >= most - 0.05 * abs(most)


def test_a_small_tree_by_backward_induction():
    """Two signals, each good or bad, tell a state of the world; from the leaves back to the root."""
    state = np.array([1, 1, 1, 1, 0, 0, 0, 0])
    first = np.array([1, 1, 1, 0, 0, 0, 0, 1])
    second = np.array([1, 1, 0, 1, 0, 0, 1, 0])
    go, early, late = np.where(state == 1, 100.0, -120.0), 2.0, 0.0
    at_second = {(a, b): max(go[(first == a) & (second == b)].mean(), late) for a in (0, 1) for b in (0, 1)}
    at_first = {a: np.mean([at_second[a, b] for b in second[first == a]]) for a in (0, 1)}
    root = np.mean([max(at_first[a], early) for a in first])
    npv = np.vstack([go, np.full(8, early), np.full(8, late)])
    observed = np.vstack([first, second]).astype(float)
    policy = best_policy(npv, np.zeros((2, 8)), observed, Aim.EXPECTED_NPV)
    assert served(results(npv, np.zeros((2, 8)), observed, policy), Aim.EXPECTED_NPV) == pytest.approx(root)
    assert policy == (0.5, 0.5)


@given(st.integers(0, 10**6), st.integers(1, 3), st.sampled_from(AIMS))
def test_it_is_never_worse_than_looking_at_nothing(seed, gates, aim):
    npv, paid, observed = trial(seed, gates, 12, ties=seed % 2 == 0)
    found = served(results(npv, paid, observed, best_policy(npv, paid, observed, aim)), aim)
    assert found >= max(served(row, aim) for row in npv) - 1e-9


@given(st.integers(0, 10**6))
def test_where_all_look_alike_nothing_is_parted(seed):
    npv, paid, observed = trial(seed, 1, 20)
    policy = best_policy(npv, paid, np.zeros_like(observed), Aim.EXPECTED_NPV)
    assert policy in ((NEVER,), (ALWAYS,))


def test_a_draw_stops_at_the_first_gate_that_it_does_not_pass_and_pays_for_what_was_measured():
    observed = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]])
    npv = np.array([[10.0, 10.0, 10.0], [1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])
    paid = np.full((2, 3), 0.25)
    assert ends(observed, (0.5, 0.5)).tolist() == [1, 2, 0]
    assert results(npv, paid, observed, (0.5, 0.5)).tolist() == [0.75, 1.5, 9.5]
    assert results(npv, paid, observed, (NEVER, 0.5)).tolist() == [1.75, 1.75, 9.75]
    assert results(npv, paid, observed, (ALWAYS, 0.5)).tolist() == [1.0, 1.0, 1.0]
