"""The allocation against brute force, a convex solver, closed forms and its own dual."""

from dataclasses import replace
from itertools import product
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from model.portfolio.allocation.allocate import allocate
from model.portfolio.allocation.curves import tried_shares
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.limits import SplitLimits, Within, check_limits, totals_of
from model.portfolio.allocation.split import SplitProblem, best_split, sum_of
from model.portfolio.allocation.words import split_in_words
from model.portfolio.block import Failed
from model.portfolio.next_unit import CURVE_DRAWS, budgets, npv_at
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import ScenarioError
from model.uncertainty.sampling import draws
from tests.model.portfolio.groups import PLAN, group

FEW = Drawing(128, 5)


def problem(curves, budget, least=None, most=None, totals=()):
    """A problem of curves, each a pair of budgets and worths."""
    envelopes = tuple(
        Envelope(np.array(money, dtype=float), np.array(worth, dtype=float)) for money, worth in curves
    )
    low = np.array([one.budgets[0] for one in envelopes]) if least is None else np.array(least, dtype=float)
    high = np.array([one.budgets[-1] for one in envelopes]) if most is None else np.array(most, dtype=float)
    return SplitProblem(envelopes, low, high, float(budget), MappingProxyType(dict(totals)))


def roots(scale, knots=400):
    """A square root with a scale."""
    money = np.linspace(0, 100, knots + 1)
    return money, scale * np.sqrt(money)


# The split


def test_along_square_roots_budgets_go_by_the_squares_of_their_scales():
    found = best_split(problem([roots(1), roots(2), roots(3)], 70))
    # a·√x: the next money earns the same everywhere where x is as a².
    assert found.budgets == pytest.approx([5, 20, 45], abs=0.3)
    assert found.price == pytest.approx(1 / (2 * np.sqrt(5)), rel=0.01)
    assert found.bound == pytest.approx(found.worth, abs=1e-9)


def test_where_returns_are_concave_a_convex_solver_finds_no_more():
    scales, budget = np.array([1.0, 2.5, 0.7, 4.0]), 120.0
    found = best_split(
        problem([roots(a) for a in scales], budget, least=[10, 0, 5, 0], totals=[("ab", ((0, 3), Within(most=60)))])
    )
    solved = minimize(
        lambda x: -(scales * np.sqrt(np.maximum(x, 1e-12))).sum(),
        np.array([20, 30, 20, 30]),
        method="SLSQP",
        bounds=[(10, 100), (0, 100), (5, 100), (0, 100)],
        constraints=[
            {"type": "ineq", "fun": lambda x: budget - x.sum()},
            {"type": "ineq", "fun": lambda x: 60 - x[0] - x[3]},
        ],
    )
    assert solved.success
    # The envelope runs along chords of the curve, which lie below it.
    assert -solved.fun - 0.02 <= found.worth <= -solved.fun + 1e-6
    assert found.budgets == pytest.approx(solved.x, abs=0.3)
    assert set(found.prices) == {"ab"}


@st.composite
def problems(draw):
    """A few short curves of any shape with whole budgets, limits and a total."""
    count = draw(st.integers(2, 3))
    curves = []
    for _ in range(count):
        size = draw(st.integers(2, 5))
        curves.append((range(size), draw(st.lists(st.integers(-20, 20), min_size=size, max_size=size))))
    budget = draw(st.integers(0, 9))
    most = draw(st.integers(0, 8))
    return problem(curves, budget, totals=[("both", ((0, 1), Within(most=most)))])


@given(problems())
def test_no_split_on_the_grid_is_better_and_the_dual_proves_it(made):
    found = best_split(made)
    assert found.bound == pytest.approx(found.worth, abs=1e-6)
    assert found.budgets.sum() <= made.budget + 1e-6
    assert found.budgets[:2].sum() <= made.totals["both"][1].most + 1e-6
    worths = [
        sum(float(one.worths[at]) for one, at in zip(made.envelopes, places, strict=True))
        for places in product(*(range(len(one.budgets)) for one in made.envelopes))
        if sum(places) <= made.budget and sum(places[:2]) <= made.totals["both"][1].most
    ]
    assert found.worth >= max(worths) - 1e-6
    # Where every curve is concave the split itself is as good as its envelopes.
    if not any(one.gaps for one in made.envelopes):
        assert sum_of(made.envelopes, found.budgets) == pytest.approx(found.worth, abs=1e-6)
    else:
        assert sum_of(made.envelopes, found.budgets) <= found.worth + 1e-6


@given(problems(), st.integers(0, 3), st.integers(0, 3))
def test_wider_limits_never_give_a_worse_answer(made, budget, total):
    places, within = made.totals["both"]
    wider = SplitProblem(
        made.envelopes,
        made.least,
        made.most,
        made.budget + budget,
        MappingProxyType({"both": (places, Within(most=within.most + total))}),
    )
    assert best_split(wider).worth >= best_split(made).worth - 1e-6


def test_an_envelope_is_the_least_concave_line_above():
    # An s-shaped return: nothing at first, then much, then little.
    curve = Envelope(np.arange(5.0), np.array([0.0, 0.0, 6.0, 8.0, 7.0]))
    assert curve.knots == (0, 2, 3, 4)
    assert curve.gaps == ((0, 2),)
    assert (curve.above(1), curve.worth(1)) == (3, 0)
    assert curve.slopes.tolist() == [3, 2, -1]


def test_limits_that_no_split_meets_are_named_with_the_mend():
    two = [roots(1), roots(1)]
    with pytest.raises(
        ScenarioError, match="--budget: is 5, but the least that the units may have takes 10; raise it"
    ):
        best_split(problem([roots(1)], 5, least=[10]))
    with pytest.raises(ScenarioError, match=r"--limit both: cannot be met: .* may have 0 to 200; move the ends"):
        best_split(problem(two, 50, totals=[("both", ((0, 1), Within(least=280)))]))
    # The least of a total counts, also where it is above that of its units.
    apart = [("one", ((0,), Within(least=40))), ("other", ((1,), Within(least=30)))]
    told = "--budget: is 50, but .* takes 70; raise it, or lower their least or that of --limit one, --limit other"
    with pytest.raises(ScenarioError, match=told):
        best_split(problem(two, 50, totals=apart))
    against = [("all", ((0, 1), Within(least=150))), ("one", ((0,), Within(most=20)))]
    with pytest.raises(ScenarioError, match="--limit all, --limit one: cannot be met together"):
        best_split(problem(two, 500, totals=against))


def test_a_limit_whose_ends_are_the_wrong_way_round_is_told_in_whole_amounts():
    with pytest.raises(ScenarioError, match="its least 9,000,000 is above its most 5,000,000; write the lower one"):
        check_limits(group(PLAN), SplitLimits(totals=totals_of(["A=9m..5m"])))


@pytest.mark.parametrize("text", ["Nordics", "Nordics=5", "=..5", "Nordics=..", "Nordics=a..5"])
def test_a_limit_that_says_nothing_is_refused(text):
    with pytest.raises(ScenarioError, match="--limit"):
        totals_of([text])


# The whole


SMALL, LARGE = PLAN.with_values(employees=400, social_share_target=0.35), PLAN.with_values(employees=900)


def test_an_allocation_is_that_of_brute_force_over_the_model_s_own_lines():
    found = allocate(group(SMALL, LARGE), SplitLimits(budget=11e6), FEW)
    worths, money = [], []
    for scenario in (SMALL, LARGE):
        shares = tried_shares(scenario)
        worths.append(npv_at(scenario, draws(scenario, CURVE_DRAWS, FEW.seed), shares).mean(axis=1))
        money.append(budgets(scenario, shares))
    steps = np.linspace(money[0][0], money[0][-1], 400)
    exact = max(
        np.interp(step, money[0], worths[0]) + np.interp(min(11e6 - step, money[1][-1]), money[1], worths[1])
        for step in steps
        if 11e6 - step >= money[1][0]
    )
    assert found.worth == pytest.approx(exact, rel=2e-3)
    assert found.worth >= exact - 1
    assert found.bound == pytest.approx(found.worth)
    assert found.price > 0
    assert [limit.name for limit in found.bindings] == ["budget"]
    assert found.unspent == pytest.approx(0, abs=20)
    # On fresh draws the gain is what the difference of the means says, within the errors of few draws.
    today = sum(worth[money_.tolist().index(at)] for worth, money_, at in _today(worths, money))
    assert found.gain == pytest.approx(found.worth - today, abs=5 * found.gain_error)


def _today(worths, money):
    for scenario, worth, own in zip((SMALL, LARGE), worths, money, strict=True):
        yield worth, own, own[tried_shares(scenario).index(scenario.number("social_share_target"))]


def test_more_budget_than_earns_is_left_unspent_and_limits_bind_by_name():
    free = allocate(group(SMALL, LARGE), SplitLimits(budget=1e9), FEW)
    assert free.unspent > 9e8
    assert free.price == pytest.approx(0, abs=1e-9)
    assert not free.bindings
    held = allocate(group(SMALL, LARGE), SplitLimits(budget=1e9, totals=totals_of(["A=..3.5m", "B=18m..19m"])), FEW)
    assert [part.bound for part in held.parts] == ["most", "least"]
    assert [part.budget for part in held.parts] == pytest.approx([3.5e6, 18e6])
    assert held.worth < free.worth


def test_odds_that_are_asked_for_hold_on_fresh_draws_and_more_of_them_never_give_a_better_answer():
    worths = []
    for asked in (0.5, 0.62):
        found = allocate(group(SMALL, LARGE, correlation=0.2), SplitLimits(least_odds=asked), FEW)
        assert found.odds_of_gain >= asked
        worths.append(found.worth)
    assert worths == sorted(worths, reverse=True)
    with pytest.raises(ScenarioError, match="--min-odds"):
        allocate(group(SMALL, LARGE), SplitLimits(least_odds=0.999), FEW)


def test_limits_that_make_no_sense_are_refused_all_at_once():
    limits = SplitLimits(budget=-1.0, totals={"Nordic": Within(most=1), "A": Within(5, 2)}, least_odds=2.0)
    with pytest.raises(ScenarioError) as raised:
        allocate(group(SMALL, LARGE), limits, FEW)
    assert [fault.key for fault in raised.value.faults] == [
        "--budget", "--min-odds", "--limit Nordic", "--limit A",
    ]  # fmt: skip


def test_a_unit_whose_share_cannot_vary_keeps_it():
    fixed = PLAN.with_values(plan_delivery=0)
    found = allocate(group(fixed, LARGE), SplitLimits(), FEW)
    assert found.parts[0].share == found.parts[0].share_today
    assert found.parts[0].earns is None


def test_the_pieces_of_an_envelope_are_a_linear_program_that_another_statement_solves_alike():
    curves = [roots(1, 20), roots(2, 20)]
    found = best_split(problem(curves, 50))
    # Another statement: the weights of the places of each curve, which add up to one.
    money = np.concatenate([one for one, _ in curves])
    worth = np.concatenate([one for _, one in curves])
    sums = np.kron(np.eye(2), np.ones(21))
    other = linprog(-worth, A_ub=money[np.newaxis], b_ub=[50], A_eq=sums, b_eq=[1, 1])
    assert found.worth == pytest.approx(-other.fun)


def test_progress_counts_the_units_that_are_done():
    told = []
    fixed = PLAN.with_values(plan_delivery=0)
    allocate(group(*[fixed] * 9), SplitLimits(), FEW, progress=lambda done, of: told.append((done, of)))
    # Their curves, then the split on fresh draws.
    assert told == [(8, 9), (9, 9)] * 2


# Units that fail


def test_a_unit_that_failed_gets_no_money_and_that_is_said():
    lost = (Failed("A", "ended each worker"),)
    found = allocate(group(SMALL, LARGE, SMALL), SplitLimits(totals=totals_of(["A=1..2"])), FEW, lost=lost)
    assert [part.name for part in found.parts] == ["B", "C"]
    assert found.budget == pytest.approx(sum(part.budget_today for part in found.parts))
    assert (found.failed, found.left_out, found.not_judged) == (lost, ("A",), ())
    told = "Left out of the split, as they failed (1), and kept as they are outside its budget: A"
    assert told in split_in_words(found)


def test_a_unit_that_failed_on_fresh_draws_is_left_out_of_the_gain_and_that_is_said():
    found = allocate(group(SMALL, LARGE), SplitLimits(), FEW)
    found = replace(found, failed=(Failed("B", "no finite number"),))
    assert "Gain and odds leave out, as they failed on fresh draws (1): B" in split_in_words(found)


def test_what_rounding_leaves_of_a_budget_is_not_unspent():
    found = allocate(group(SMALL, LARGE), SplitLimits(), FEW)
    spent = sum(part.budget for part in found.parts)
    assert replace(found, budget=spent + 4e-9).unspent == 0
    assert replace(found, budget=spent + 1000).unspent == pytest.approx(1000)
