"""Draws against SciPy's distributions and closed forms: quantiles, coordinates, correlations, refusals."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from model.assumptions import ASSUMPTIONS, Distribution, Range
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.reading.numerals import brief
from model.scenario import Scenario
from model.uncertainty import sampling
from model.uncertainty.sampling import COORDINATES, MAX_DRAWS, MAX_SEED, correlation_root, draws, quantile

ROOT = Path(__file__).parents[3]
PLAN = PRESETS["social-plan"]
PROBABILITY = np.concatenate(([1e-12, 1e-9, 1e-6], np.linspace(0.0005, 0.9995, 1999), [1 - 1e-6]))
RANGES = [(0, 5, 12), (10, 10, 20), (10, 20, 20), (-0.03, 0.01, 0.02), (1e6, 2e6, 9e6), (0.3, 0.6, 1)]


def uncertain(ranges, correlations=(), **values):
    """The social plan with only these ranges; each (low, likely, high, distribution)."""
    none = {name: None for name, item in ASSUMPTIONS.items() if item.range}
    given = {
        name: dict(zip(("low", "likely", "high", "distribution"), item, strict=True))
        for name, item in ranges.items()
    }
    return Scenario.from_data(
        {"name": "test", "assumptions": values, "ranges": none | given, "correlations": list(correlations)}
    )


def drawn(scenario, count=8192, seed=1):
    """All draws of each uncertain assumption, one array a name."""
    blocks = [values for _, values in draws(scenario, count, seed)]
    return {name: np.concatenate([block[name][:, 0] for block in blocks]) for name in blocks[0]}


# Distributions


@pytest.mark.parametrize("ends", RANGES)
def test_pert_is_the_beta_distribution(ends):
    low, likely, high = ends
    found = quantile(Range(low, likely, high))(PROBABILITY)
    a, b = 1 + 4 * (likely - low) / (high - low), 1 + 4 * (high - likely) / (high - low)
    expected = stats.beta(a, b, loc=low, scale=high - low).ppf(PROBABILITY)
    assert np.abs(found - expected).max() < 1e-11 * (high - low)
    assert np.all(np.diff(found) > 0)
    assert found.min() >= low
    assert found.max() <= high


@pytest.mark.parametrize("ends", RANGES)
def test_moments_of_pert(ends):
    low, likely, high = ends
    values = quantile(Range(low, likely, high))((np.arange(100_000) + 0.5) / 100_000)
    mean = (low + 4 * likely + high) / 6
    assert values.mean() == pytest.approx(mean, abs=1e-6 * (high - low))
    assert values.var() == pytest.approx((mean - low) * (high - mean) / 7, rel=1e-4)


@pytest.mark.parametrize("ends", RANGES)
def test_triangular(ends):
    low, likely, high = ends
    found = quantile(Range(low, likely, high, Distribution.TRIANGULAR))(PROBABILITY)
    expected = stats.triang((likely - low) / (high - low), loc=low, scale=high - low).ppf(PROBABILITY)
    assert np.abs(found - expected).max() < 1e-12 * (high - low)


def test_uniform():
    found = quantile(Range(-2, 0, 6, Distribution.UNIFORM))(np.array([0, 0.25, 0.5, 1]))
    assert found.tolist() == [-2, 0, 2, 6]


def test_normal_has_its_ends_at_5_and_95_per_cent():
    found = quantile(Range(10, 11, 30, Distribution.NORMAL))(np.array([0.05, 0.5, 0.95, 0.99]))
    sigma = 10 / stats.norm.ppf(0.95)
    assert found == pytest.approx([10, 20, 30, 20 + sigma * stats.norm.ppf(0.99)])


@pytest.mark.parametrize("ends", [(2, 8), (1e-300, 2e-300), (1e8, 1e9)])
def test_lognormal_has_its_ends_at_5_and_95_per_cent(ends):
    low, high = ends
    found = quantile(Range(low, low, high, Distribution.LOGNORMAL))(np.array([0.05, 0.5, 0.95]))
    assert found == pytest.approx([low, np.sqrt(low) * np.sqrt(high), high], rel=1e-9, abs=0)


@pytest.mark.parametrize("distribution", ["pert", "triangular", "uniform", "normal", "lognormal"])
def test_draws_have_the_distribution(distribution):
    values = drawn(uncertain({"social_reported_roas": (2, 3, 6, distribution)}))["social_reported_roas"]
    fractions = np.linspace(0.02, 0.98, 49)
    exact = quantile(Range(2, 3, 6, Distribution(distribution)))(fractions)
    # Scrambled Sobol points lie far more evenly than random ones: each part holds its draws almost exactly.
    assert np.abs(np.searchsorted(np.sort(values), exact) / 8192 - fractions).max() < 0.001


def test_draws_stay_within_hard_bounds():
    ranges = {
        "retained_share": (0.5, 0.9, 1.0, "normal"),
        "causal_share": (0.0, 0.0, 0.1, "normal"),
        "media_waste": (0.3, 0.5, 0.95, "lognormal"),
    }
    found = drawn(uncertain(ranges))
    assert found["retained_share"].max() == 1
    # A twentieth lies above P95, so exactly so many draws are held at the bound.
    assert np.mean(found["retained_share"] == 1) == pytest.approx(0.05, abs=0.001)
    assert found["causal_share"].min() == 0
    assert np.mean(found["causal_share"] == 0) == pytest.approx(0.05, abs=0.001)
    assert found["media_waste"].max() == ASSUMPTIONS["media_waste"].bounds[1]


# Common random numbers


def test_a_draw_does_not_depend_on_what_else_is_uncertain():
    everything = drawn(PLAN)
    for name in ("causal_share", "social_reported_roas"):
        item = PLAN.effective_ranges[name]
        alone = drawn(uncertain({name: (item.low, item.likely, item.high, "pert")}))
        assert list(alone) == [name]
        assert np.array_equal(alone[name], everything[name])
    more = Scenario.from_data(
        PLAN.to_data() | {"ranges": {"employees": {"low": 400, "likely": 500, "high": 700}, "media_waste": None}}
    )
    again = drawn(more)
    assert "media_waste" not in again
    assert all(np.array_equal(again[name], everything[name]) for name in again if name != "employees")


def test_correlating_two_leaves_the_draws_of_others():
    related = PLAN.changed(correlations=[("causal_share", "retained_share", 0.7)])
    plain, changed = drawn(PLAN), drawn(related)
    moved = {name for name in plain if not np.array_equal(plain[name], changed[name])}
    assert moved == {"causal_share", "retained_share"}


def test_a_draw_does_not_depend_on_the_block_size(monkeypatch):
    related = PLAN.changed(correlations=[("causal_share", "retained_share", 0.7)])
    plain, correlated = drawn(PLAN, 5000), drawn(related, 5000)
    monkeypatch.setattr(sampling, "BLOCK", 256)
    assert [size for size, _ in draws(PLAN, 600, 1)] == [256, 256, 88]
    assert all(np.array_equal(values, plain[name]) for name, values in drawn(PLAN, 5000).items())
    for name, values in drawn(related, 5000).items():
        assert values == pytest.approx(correlated[name], rel=1e-12, abs=0)


@pytest.mark.parametrize("count", [128, 1000, 2048, 2049, 5000])
def test_fewer_draws_are_the_first_of_more(count):
    more, fewer = drawn(PLAN, 8192), drawn(PLAN, count)
    assert all(values.size == count for values in fewer.values())
    assert all(np.array_equal(values, more[name][:count]) for name, values in fewer.items())


def test_another_seed_differs():
    one, other = drawn(PLAN, 128, seed=1), drawn(PLAN, 128, seed=2)
    assert all(not np.any(one[name] == other[name]) for name in one)


def test_no_two_inputs_share_a_coordinate():
    found = drawn(PLAN, 128)
    ranks = {name: tuple(np.argsort(values)) for name, values in found.items()}
    assert len(set(ranks.values())) == len(found)
    assert len(set(COORDINATES)) == len(COORDINATES)


def test_the_same_seed_gives_the_same_digits_in_another_process():
    code = (
        "import json, numpy as np\n"
        "from model.presets import PRESETS\n"
        "from model.uncertainty.sampling import draws\n"
        "plan = PRESETS['social-plan'].changed(correlations=[('causal_share', 'retained_share', -0.6)])\n"
        "blocks = [values for _, values in draws(plan, 3000, 77)]\n"
        "print(json.dumps({n: np.concatenate([b[n][:, 0] for b in blocks]).tolist() for n in blocks[0]}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    plan = PLAN.changed(correlations=[("causal_share", "retained_share", -0.6)])
    assert json.loads(done.stdout) == {name: values.tolist() for name, values in drawn(plan, 3000, 77).items()}


# Correlations

PAIRS = [("causal_share", "retained_share"), ("social_reported_roas", "other_incremental_roas")]


@pytest.mark.parametrize("strength", [-1, -0.95, -0.6, -0.2, 0.1, 0.5, 0.8, 0.95, 1])
@pytest.mark.parametrize("seed", [1, 2027])
def test_achieved_spearman(strength, seed):
    related = drawn(PLAN.changed(correlations=[(*pair, strength) for pair in PAIRS]), seed=seed)
    for one, other in PAIRS:
        assert stats.spearmanr(related[one], related[other]).statistic == pytest.approx(strength, abs=0.03)
    across = stats.spearmanr(related[PAIRS[0][0]], related[PAIRS[1][0]]).statistic
    assert across == pytest.approx(0, abs=0.03)


def test_achieved_spearman_of_three_that_hang_together():
    wanted = [
        ("social_returns_exponent", "other_returns_exponent", 0.9),
        ("social_returns_exponent", "carryover_half_life", -0.5),
        ("other_returns_exponent", "carryover_half_life", -0.7),
    ]
    found = drawn(PLAN.changed(correlations=wanted))
    for one, other, strength in wanted:
        assert stats.spearmanr(found[one], found[other]).statistic == pytest.approx(strength, abs=0.03)


@pytest.mark.parametrize("distribution", ["pert", "triangular", "uniform", "normal", "lognormal"])
def test_correlation_leaves_each_distribution_as_it_is(distribution):
    ranges = {"social_reported_roas": (2, 3, 6, distribution), "team_turnover": (0.1, 0.15, 0.3, "pert")}
    plain = drawn(uncertain(ranges))
    related = drawn(uncertain(ranges, [("social_reported_roas", "team_turnover", 0.8)]))
    fractions = np.linspace(0.02, 0.98, 49)
    for name, values in plain.items():
        below = np.searchsorted(np.sort(related[name]), np.quantile(values, fractions)) / 8192
        # Mixed points are even no longer in every direction, but still far better than random ones (0.015).
        assert np.abs(below - fractions).max() < 0.006


def test_correlation_with_what_is_certain_is_refused_by_name():
    one = uncertain({"retained_share": (0.5, 0.67, 0.8, "pert")}, [("causal_share", "retained_share", 0.5)])
    with pytest.raises(ScenarioError, match="names causal_share, which has no range"):
        correlation_root(one)


CONTRADICTION = [
    ("causal_share", "retained_share", 0.9),
    ("causal_share", "skill_half_life", 0.9),
    ("retained_share", "skill_half_life", -0.9),
]


def test_contradictory_correlations_are_refused_by_name():
    with pytest.raises(ScenarioError, match="contradict") as refusal:
        draws(PLAN.changed(correlations=CONTRADICTION), 128, 1)
    for one, other, strength in CONTRADICTION:
        assert f"{one} with {other} {brief(strength)}" in str(refusal.value)


def test_correlations_on_the_edge_of_contradiction_are_drawn():
    edge = [(one, other, 1.0) for one, other, _ in CONTRADICTION]
    found = drawn(PLAN.changed(correlations=edge), 1024)
    ranks = [tuple(np.argsort(found[name])) for name in ("causal_share", "retained_share", "skill_half_life")]
    assert all(one == other for one, other in pairwise(ranks))


# Refusals, before the first block is drawn


@pytest.mark.parametrize("count", [-5, 0, 1, 127, MAX_DRAWS + 1, 10**9])
def test_a_number_of_draws_out_of_bounds_is_refused(count):
    with pytest.raises(
        ScenarioError, match=f"draws: is {brief(count, 10)}, out of bounds: must lie within 128 … 1000000"
    ):
        draws(PLAN, count, 1)


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1])
def test_a_seed_out_of_bounds_is_refused(seed):
    with pytest.raises(ScenarioError, match=f"seed: is {brief(seed, 10)}, out of bounds"):
        draws(PLAN, 128, seed)
    with pytest.raises(ScenarioError, match=r"draws: .*\nseed: "):
        draws(PLAN, 0, seed)


@pytest.mark.parametrize(
    ("ranges", "values", "named"),
    [
        # So rare that few draws would ever get there: the range is refused all the same.
        ({"plan_delivery": (0.5, 0.6, 1.5, "pert")}, {"social_share_target": 0.8}, "plan_delivery"),
        ({"plan_delivery": (0.9, 1.0, 1.2, "normal")}, {"social_share_target": 0.8}, "plan_delivery"),
        (
            {"social_share_start": (0.1, 0.2, 0.9, "pert")},
            {"plan_delivery": 1.5, "social_share_target": 0.2},
            "social_share_start",
        ),
        (
            {"plan_delivery": (0.5, 1.0, 1.4, "uniform"), "social_share_start": (0.1, 0.133, 0.2, "uniform")},
            {"social_share_target": 0.03},
            "plan_delivery",
        ),
    ],
)
def test_a_range_that_takes_the_delivered_share_out_of_bounds_is_refused(ranges, values, named):
    with pytest.raises(ScenarioError, match=f"ranges.{named}: reaches too far: .*outside 0.1.*100") as refusal:
        draws(uncertain(ranges, **values), 128, 1)
    assert len(refusal.value.faults) == 1


@pytest.mark.parametrize("distribution", ["pert", "triangular", "uniform"])
def test_a_range_may_reach_up_to_the_bound(distribution):
    scenario = uncertain(
        {"plan_delivery": (0.5, 0.6, 1.0, distribution)}, social_share_target=1.0, plan_delivery=0.6
    )
    assert drawn(scenario, 128)["plan_delivery"].max() <= 1


def test_draws_that_are_remembered_are_those_of_the_ranges_and_correlations_and_cannot_be_changed():
    plan = PRESETS["social-plan"]
    moved = plan.with_values(social_share_target=0.31)
    related = plan.changed(correlations=(("causal_share", "social_relative_return", 0.6),))
    of_plan, of_moved, of_related, of_seed = (
        next(draws(*asked))[1] for asked in ((plan, 256, 1), (moved, 256, 1), (related, 256, 1), (plan, 256, 2))
    )
    assert all(of_plan[name] is of_moved[name] for name in of_plan)
    assert any(not np.array_equal(of_plan[name], of_related[name]) for name in of_plan)
    assert all(not np.array_equal(of_plan[name], of_seed[name]) for name in of_plan)
    with pytest.raises(ValueError, match="read-only"):
        of_plan["causal_share"][0] = 0
    with pytest.raises(TypeError):
        of_plan["causal_share"] = 0
