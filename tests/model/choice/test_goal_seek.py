"""Goal seek: what it finds meets the target, nothing is missed, and where there is nothing it says none."""

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS
from model.choice.goal_seek import at_the_ends, break_even
from model.command_line.output import seek_in_words
from model.metrics import LISTED, METRICS
from model.presets import PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.units import NO_BREAK
from tests import reference

PLAN = PRESETS["social-plan"]
# Money goes out first and comes back late: what a rate of return, and a horizon, can be sought of.
TRAINING = PRESETS["hold"].with_values(training_programme=True, causal_share=0.08)


def metric_at(scenario, name, value, metric="npv"):
    """The metric with the assumption set, from the point projection."""
    return project(scenario.with_values(**{name: value})).metrics[metric]


def test_npv_crosses_zero_twice_over_the_target_share():
    low, high = break_even(PLAN, "social_share_target")
    assert 0.133 < low < 0.15
    assert 0.245 < high < 0.5
    inside, below, above = (
        metric_at(PLAN, "social_share_target", share) for share in (0.245, low - 0.002, high + 0.01)
    )
    assert below < 0 < inside
    assert above < 0


@pytest.mark.parametrize("preset", ["social-plan", "plan-with-partner", "sceptical-cfo"])
def test_every_root_put_back_meets_zero_in_the_reference_engine(preset):
    scenario = PRESETS[preset]
    found = {name: break_even(scenario, name) for name in scenario.effective_ranges}
    assert sum(map(len, found.values())) >= 5
    scale = reference.project(dict(scenario.assumptions))["metrics"]["pv_costs"]
    for name, roots in found.items():
        low, high = ASSUMPTIONS[name].bounds
        for root in roots:
            assert low <= root <= high
            npv = reference.project({**scenario.assumptions, name: root})["metrics"]["npv"]
            assert abs(npv) < 1e-9 * scale, name


@pytest.mark.parametrize(
    "name", ["saturation", "social_relative_return", "other_returns_exponent", "social_return_drift"]
)
def test_no_crossing_of_a_fine_grid_is_missed(name):
    # An independent look at a grid that shares no point with the one searched.
    item = PLAN.effective_ranges[name]
    values = np.linspace(item.low, item.high, 38)
    npv = [reference.project({name: float(value)})["metrics"]["npv"] for value in values]
    crossed = [(a, b) for a, b, x, y in zip(values, values[1:], npv, npv[1:], strict=False) if x * y < 0]
    roots = [root for root in break_even(PLAN, name) if item.low <= root <= item.high]
    assert len(crossed) == len(roots)
    assert all(a < root < b for (a, b), root in zip(crossed, roots, strict=True))


@pytest.mark.parametrize(
    ("metric", "name", "target"),
    [
        ("npv", "discount_rate", 90_000.0),
        ("npv", "employees", 1_000_000.0),
        ("roi", "causal_share", 0.15),
        ("bcr", "social_relative_return", 1.25),
        ("break_even_relative_return", "saturation", 1.1),
        ("npv_with_run_off", "skill_half_life", 130_000.0),
        ("peak_funding", "training_fee_per_hour", 10_000.0),
        ("final_social_share", "plan_delivery", 0.2),
        ("final_competent_share", "training_hours", 0.6),
        ("total_programme_cost", "annual_pay", 400_000.0),
        ("programme_roi", "causal_share", 0.0),
        ("final_revenue_per_employee", "revenue_growth", 260_000.0),
    ],
)
def test_a_root_meets_the_target(metric, name, target):
    roots = break_even(PLAN, name, metric, target)
    assert roots
    for root in roots:
        assert metric_at(PLAN, name, root, metric) == pytest.approx(target, rel=1e-9, abs=1e-9)


def test_what_the_present_value_gives_is_found_again():
    for scenario, metric in ((PLAN, "npv"), (PLAN, "roi"), (PLAN, "peak_funding"), (TRAINING, "irr")):
        target = project(scenario).metrics[metric]
        present = pytest.approx(scenario.values["causal_share"], rel=1e-9)
        assert present in break_even(scenario, "causal_share", metric, target)


def test_a_rate_of_return_is_sought_where_it_says_something():
    (root,) = break_even(TRAINING, "causal_share", "irr", 0.4)
    assert metric_at(TRAINING, "causal_share", root, "irr") == pytest.approx(0.4)
    assert break_even(PLAN, "causal_share", "irr", 0.4) == ()


@pytest.mark.parametrize("preset", ["social-plan", "plan-with-partner", "seat-at-the-table", "sceptical-cfo"])
def test_agrees_with_the_break_even_metrics(preset):
    scenario = PRESETS[preset]
    metrics = project(scenario).metrics
    for metric, expected in (
        ("npv", metrics["break_even_causal_share"]),
        ("programme_npv", metrics["programme_break_even_causal_share"]),
    ):
        within = [expected] if 0 <= expected <= 1 else []
        assert list(break_even(scenario, "causal_share", metric)) == pytest.approx(within, rel=1e-9)
    needed = metrics["break_even_relative_return"]
    assert list(break_even(scenario, "social_relative_return")) == pytest.approx([needed], rel=1e-9)


def test_none_in_bounds():
    assert break_even(PLAN, "causal_share", "npv", 1e12) == ()
    assert break_even(PLAN, "cost_inflation", "npv", -1e12) == ()
    assert break_even(PLAN.with_values(causal_share=0.0, training_fee_per_hour=1e5), "retained_share") == ()


def test_what_changes_nothing_has_no_break_even():
    for name in ("causal_share", "social_reported_roas", "discount_rate", "horizon_years"):
        assert break_even(PRESETS["hold"], name) == ()
    assert break_even(PLAN, "media_waste") == ()
    assert break_even(PLAN, "social_reported_roas") == ()  # of the other basis
    assert break_even(PLAN, "media_waste", "npv", project(PLAN).metrics["npv"]) == ()
    assert break_even(PRESETS["hold"], "causal_share", "roi") == ()  # undefined everywhere


def test_a_root_at_the_bound_itself():
    assert break_even(PLAN, "reallocated_share", "final_social_share", 0.2) == ()
    assert break_even(PLAN, "training_hours", "final_competent_share", 0.37) == (0.0,)
    at_most = metric_at(PLAN, "causal_share", 1.0)
    assert break_even(PLAN, "causal_share", "npv", at_most) == (1.0,)


# Steps: metrics in whole months, assumptions in whole years, stretches that all meet the target


@pytest.mark.parametrize("target", [3, 5, 5.7, 6, 9])
def test_thresholds_of_payback(target):
    roots = break_even(PLAN, "causal_share", "payback_month", target)
    assert roots

    def reached(value):
        month = metric_at(PLAN, "causal_share", value, "payback_month")
        return month is not None and month <= target

    for root in roots:
        assert reached(root - 1e-9) != reached(root + 1e-9)


def test_the_threshold_between_some_payback_and_none():
    (root,) = break_even(PLAN, "social_relative_return", "payback_month", 60)
    assert metric_at(PLAN, "social_relative_return", root - 1e-9, "payback_month") is None
    assert metric_at(PLAN, "social_relative_return", root + 1e-9, "payback_month") <= 60


def test_whole_years():
    signs = {years: metric_at(TRAINING, "horizon_years", years) > 0 for years in range(1, 11)}
    first = min(years for years, gain in signs.items() if gain)
    assert not signs[first - 1]
    assert break_even(TRAINING, "horizon_years") == (float(first),)


@pytest.mark.parametrize("years", [1, 3, 5, 10])
def test_whole_years_that_meet_the_target_exactly(years):
    target = metric_at(PLAN, "horizon_years", years)
    assert float(years) in break_even(PLAN, "horizon_years", "npv", target)


def test_the_end_of_a_stretch_that_meets_the_target():
    # Above some causal share the plan is never out of pocket: what is told is where that begins.
    (root,) = break_even(PLAN, "causal_share", "peak_funding", 0.0)
    assert metric_at(PLAN, "causal_share", root + 1e-9, "peak_funding") == 0
    assert metric_at(PLAN, "causal_share", root - 1e-9, "peak_funding") > 0
    (years,) = break_even(PLAN, "programme_years", "total_programme_cost", 0.0)
    assert years == pytest.approx(1 / 12)


def test_a_leap_past_the_target_is_no_root():
    costs = [metric_at(PLAN, "programme_years", years, "total_programme_cost") for years in (2, 2 + 1 / 12)]
    assert break_even(PLAN, "programme_years", "total_programme_cost", sum(costs) / 2) == ()


# Impossible plans and refusals


def test_impossible_shares_are_passed_over():
    scenario = PLAN.with_values(social_share_target=0.7)
    for root in break_even(scenario, "plan_delivery"):
        assert metric_at(scenario, "plan_delivery", root) == pytest.approx(0, abs=1e-3)
    assert break_even(scenario, "plan_delivery", "final_social_share", 0.95) == pytest.approx([0.817 / 0.567])


def test_the_custom_path_does_not_heed_the_target_share():
    data = {"name": "x", "assumptions": {"ramp_shape": "custom"}, "social_share_path": [0.2] * 5}
    assert break_even(Scenario.from_data(data), "social_share_target") == ()


@pytest.mark.parametrize(
    ("name", "metric", "target", "words"),
    [
        ("causal_shar", "npv", 0, "causal_shar: is not an assumption; did you mean 'causal_share'?"),
        ("ramp_shape", "npv", 0, "ramp_shape: is a choice or a switch"),
        ("training_programme", "npv", 0, "training_programme: is a choice or a switch"),
        ("causal_share", "nvp", 0, "nvp: is not a metric; did you mean 'npv'?"),
        ("causal_share", "pv_programme_cost", 0, "pv_programme_cost: is not a metric"),
        ("causal_share", "npv", float("nan"), "target: is nan, but must be a finite number"),
        ("causal_share", "npv", float("inf"), "target: is inf, but must be a finite number"),
    ],
)
def test_refusals(name, metric, target, words):
    with pytest.raises(ScenarioError) as refusal:
        break_even(PLAN, name, metric, target)
    assert words in str(refusal.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(ScenarioError) as refusal:
        break_even(PLAN, "x", "y", float("nan"))
    assert len(refusal.value.faults) == 3


def test_where_the_metric_stands_at_both_ends():
    (low, at_low, _), (high, at_high, _) = at_the_ends(PLAN, "social_relative_return")
    assert (low, high) == (0.0, 100.0)
    assert at_low == project(PLAN.with_values(social_relative_return=0.0)).metrics["npv"]
    assert at_high == project(PLAN.with_values(social_relative_return=100.0)).metrics["npv"]
    assert at_the_ends(PLAN, "horizon_years")[0][0] == 1
    nothing = at_the_ends(PRESETS["hold"], "causal_share", "roi")[0]
    assert (nothing.value, nothing.why) == (None, project(PRESETS["hold"]).undefined["roi"])


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        *((name, "npv") for name, item in ASSUMPTIONS.items() if item.numeric),
        *(("training_hours", metric) for metric in LISTED),
    ],
)
def test_a_target_out_of_reach_is_told_with_both_ends_for_every_number_and_metric(name, metric):
    """What has no value at an end says why, and a month is called one."""
    told = seek_in_words(PLAN, name, metric, 1e15, ()).replace(NO_BREAK, " ")
    for end in at_the_ends(PLAN, name, metric):
        at = PLAN.format.plain(end.at, ASSUMPTIONS[name].unit).replace(NO_BREAK, " ")
        assert f" at {at}" in told
        assert end.value is not None or (end.why and f"has no value at {at} ({end.why})" in told)
    assert METRICS[metric].unit.per != "month" or "to month " in told
