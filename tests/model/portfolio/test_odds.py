"""Splits with minimum odds against brute force over grids of random groups, near the best odds that can be had."""

from types import MappingProxyType

import numpy as np
import pytest

from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.exchange import improved
from model.portfolio.allocation.joint import JointDraws, SplitCandidate
from model.portfolio.allocation.limits import Within
from model.portfolio.allocation.odds import ladder, with_odds
from model.portfolio.allocation.split import SplitProblem, best_split, sum_of
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.reading.faults import ScenarioError

DRAWS, MOST = 128, 12
# A search that only reweighted draws missed the best odds of these by 2 to 7 % of the draws.
MISSED = (363, 378, 386, 393, 394)
SEEDS = (*MISSED, *range(300, 326))
# How many steps a grid has for so many units.
STEPS = {2: 49, 3: 25, 4: 13}


def joint(seed: int) -> JointDraws:
    """A group of two to four units, returns concave or not, whose odds of a gain lie somewhere about a half."""
    random = np.random.default_rng(seed)
    count, shared = int(random.integers(2, 5)), random.normal(size=DRAWS)
    places, worths = [], []
    for _ in range(count):
        inner = np.sort(random.choice(np.arange(1, MOST), int(random.integers(1, 5)), replace=False))
        money = np.array([0, *inner, MOST], dtype=float)
        scale = random.uniform(1, 6)
        concave = scale * (np.sqrt(money * MOST) - random.uniform(0.2, 1) * money)
        steep = scale * MOST * 0.8 / (1 + np.exp(-(money - 6) / 1.5))
        load = np.sqrt(random.uniform(0, 0.9))
        risk = load * shared + np.sqrt(1 - load**2) * random.normal(size=DRAWS)
        own = (steep if random.random() < 0.25 else concave)[:, np.newaxis]
        own = own + money[:, np.newaxis] * risk * scale * random.uniform(0.05, 1.2)
        places.append(money)
        worths.append(own + random.uniform(0, 6) * random.normal(size=DRAWS))
    middle = sum(own[len(own) // 2] for own in worths)
    worths[0] = worths[0] - np.quantile(middle, random.uniform(0.15, 0.5))
    rows = DrawsOnDisk(DRAWS)
    for own in worths:
        rows.append(own)
    envelopes = tuple(Envelope(money, own.mean(axis=1)) for money, own in zip(places, worths, strict=True))
    together = {"both": ((0, 1), Within(most=float(random.integers(4, 18))))} if random.random() < 0.4 else {}
    budget = float(round(random.uniform(0.3, 0.8) * MOST * count))
    least, most = np.zeros(count), np.full(count, float(MOST))
    return JointDraws(rows, SplitProblem(envelopes, least, most, budget, MappingProxyType(together)))


def grid(drawn: JointDraws) -> list[SplitCandidate]:
    """Every split in even steps that keeps the limits."""
    made = drawn.problem
    axis = np.linspace(0, MOST, STEPS[len(made.least)])
    splits = np.stack(np.meshgrid(*[axis] * len(made.least), indexing="ij"), -1).reshape(-1, len(made.least))
    kept = splits.sum(axis=1) <= made.budget
    for places, within in made.totals.values():
        kept &= splits[:, list(places)].sum(axis=1) <= within.most
    return drawn.candidates(splits[kept])


def rungs(drawn: JointDraws) -> tuple[SplitCandidate, ...]:
    best = best_split(drawn.problem).budgets
    return ladder(drawn, [best, drawn.problem.least])


def keeps(made: SplitProblem, budgets: np.ndarray) -> bool:
    sums = [(budgets.sum(), made.budget), *((budgets[list(at)].sum(), w.most) for at, w in made.totals.values())]
    return bool((budgets >= made.least).all() and (budgets <= made.most).all()) and all(
        total <= most + 1e-6 for total, most in sums
    )


@pytest.mark.parametrize("part", range(5))
def test_what_a_grid_reaches_is_found_and_costs_no_more_of_the_mean(part):
    for seed in SEEDS[part::5]:
        drawn = joint(seed)
        made, tried, found = drawn.problem, grid(drawn), rungs(drawn)
        plain = max(tried, key=lambda one: one.worth)
        highest = max(one.odds for one in tried)
        span = plain.worth - min(one.worth for one in tried)
        # All but one of the draws in which a grid gains at best.
        for asked in (plain.odds, (plain.odds + highest) / 2, max(plain.odds, highest - 1 / DRAWS)):
            budgets, npv = with_odds(found, asked - 1e-9, drawn.groups)
            assert np.mean(npv > 0) >= asked - 1e-9, seed
            assert keeps(made, budgets), seed
            exact = max(one.worth for one in tried if one.odds >= asked - 1e-9)
            assert sum_of(made.envelopes, budgets) >= exact - 0.01 * span, (seed, asked)


def test_more_odds_never_give_a_better_answer_whatever_fresh_draws_say():
    random = np.random.default_rng(1)
    found = [SplitCandidate(np.array([place]), -place, place / 40) for place in range(33)]
    # Fresh odds that do not rise at every step.
    fresh = np.array([random.normal(0.02 * place, 1, 200) for place in range(33)])
    assert np.any(np.diff((fresh > 0).mean(axis=1)) < 0)
    reached = []
    for asked in np.linspace(0.3, 0.9, 121):
        try:
            budgets, npv = with_odds(found, asked, lambda splits: fresh[np.array(splits)[:, 0]])
        except ScenarioError:
            reached.append(-np.inf)
            continue
        assert np.mean(npv > 0) >= asked
        reached.append(-float(budgets[0]))
    assert reached == sorted(reached, reverse=True)
    assert -np.inf in reached
    assert len(set(reached)) > 8


def test_odds_rise_and_the_mean_falls_along_the_ladder():
    found = rungs(joint(MISSED[0]))
    assert [one.odds for one in found] == sorted(one.odds for one in found)
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)


def test_odds_out_of_reach_are_refused_with_the_best_that_were_found_and_can_be_asked_for():
    drawn = joint(MISSED[0])
    found = rungs(drawn)
    with pytest.raises(ScenarioError, match="found by search, which does not prove that none has more") as raised:
        with_odds(found, 1.0, drawn.groups)
    told = str(raised.value).partition("the best has ")[2].partition("%")[0]
    assert float(told) / 100 == pytest.approx(found[-1].odds, abs=1e-4)
    with_odds(found, float(told) / 100, drawn.groups)


def test_one_unit_and_fixed_units_have_a_ladder_too():
    rows = DrawsOnDisk(DRAWS)
    rows.append(np.random.default_rng(1).normal(size=(1, DRAWS)))
    fixed = Envelope(np.array([5.0]), np.array([1.0]))
    made = SplitProblem((fixed,), np.array([5.0]), np.array([5.0]), 9.0, MappingProxyType({}))
    (only,) = ladder(JointDraws(rows, made), [made.least])
    assert only.budgets.tolist() == [5.0]


def test_where_returns_are_not_concave_moving_money_finds_what_the_lines_miss():
    # Two equal steps: half of the budget each is worth nothing, all of it in one is.
    step = Envelope(np.arange(5.0), np.array([0.0, 0.0, 0.0, 6.0, 6.0]))
    made = SplitProblem((step, step), np.zeros(2), np.full(2, 4.0), 4.0, MappingProxyType({}))
    found = improved(made, np.array([2.0, 2.0]))
    assert sum_of(made.envelopes, found) == 6.0
    assert found.sum() <= 4.0
