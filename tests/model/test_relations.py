"""Relations that hold for every company: what raises the value, what lowers it, in what it is a straight line."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.projection import project
from tests import reference
from tests.scenarios import draws, money_names, scenario_of


@given(draws(), st.floats(0.01, 100))
def test_the_unit_of_money_does_not_matter(values_and_path, rate):
    values, path = values_and_path
    a = {**reference.DEFAULTS, **values}
    amounts = {name: a[name] * rate for name in money_names()}
    assume(all(low <= amounts[name] <= high for name in amounts for low, high in [ASSUMPTIONS[name].bounds]))
    here, there = project(scenario_of(values, path)), project(scenario_of(values | amounts, path))
    scale = float(np.sum(here.lines["company_revenue"]))
    assert there.metrics["npv"] == pytest.approx(here.metrics["npv"] * rate, rel=1e-9, abs=1e-12 * rate * scale)
    assert there.metrics["payback_month"] == here.metrics["payback_month"]


def npv_at(values, path, name, part):
    """The npv with an assumption at a part of the way through its bounds (a small one: bounds are wide)."""
    low, high = ASSUMPTIONS[name].bounds
    return project(scenario_of(values | {name: low + (high - low) * part}, path)).metrics["npv"]


@pytest.mark.parametrize("name", ["causal_share", "headline_uplift", "retained_share", "alignment_gain"])
@given(values_and_path=draws(), parts=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
def test_what_makes_training_and_support_pay_raises_the_value(name, values_and_path, parts):
    values, path = values_and_path
    values = values | {"benefit_route": "per_employee", "training_programme": True, "leadership_seat": True}
    low, high = (npv_at(values, path, name, part) for part in parts)
    assert low <= high + 1e-9 * abs(high)


@pytest.mark.parametrize(
    "name",
    ["training_fee_per_hour", "training_admin", "annual_pay", "on_cost", "partner_cost", "leadership_hours",
     "leadership_hourly_cost"],
)  # fmt: skip
@given(values_and_path=draws(), parts=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
def test_what_the_programme_costs_lowers_the_value(name, values_and_path, parts):
    values, path = values_and_path
    values = values | {"training_programme": True, "strategic_partner": True, "leadership_seat": True}
    # On the platform basis pay leaves less for media; a team that shrinks beside the budget saves its pay.
    values |= {"social_return_basis": "relative", "team_target": max(values["team_start"], values["team_target"])}
    low, high = (npv_at(values, path, name, part) for part in parts)
    assert high <= low + 1e-9 * abs(low)


@given(values_and_path=draws(), parts=st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted))
def test_other_channels_that_bring_more_make_moving_money_dearer(values_and_path, parts):
    values, _ = values_and_path
    # On the relative basis social returns more as well.
    rising = values | {"ramp_shape": "linear", "plan_delivery": 1.0, "social_return_basis": "platform"}
    rising["social_share_target"] = max(values["social_share_start"], values["social_share_target"])
    low, high = (npv_at(rising, None, "other_incremental_roas", part) for part in parts)
    assert high <= low + 1e-9 * abs(low)


def test_the_effects_are_there_where_they_should_be():
    # The relations above allow for no change at all; here each must move the value.
    plan = PRESETS["seat-at-the-table"]
    before = project(plan).metrics["npv"]
    for name, sign in (("causal_share", 1), ("headline_uplift", 1), ("retained_share", 1), ("alignment_gain", 1),
                       ("skill_half_life", 1), ("partner_learning_boost", 1), ("social_relative_return", 1),
                       ("social_returns_exponent", 1), ("saturation", -1), ("competent_share_reference", 1),
                       ("competent_share_start", -1), ("training_fee_per_hour", -1), ("training_admin", -1),
                       ("annual_pay", -1), ("on_cost", -1), ("partner_cost", -1), ("leadership_hours", -1),
                       ("leadership_hourly_cost", -1), ("team_turnover", -1), ("hours_to_competence", -1),
                       ("cost_inflation", -1)):  # fmt: skip
        moved = project(plan.with_values(**{name: plan.values[name] * 1.1})).metrics["npv"]
        assert np.sign(moved - before) == sign, name
    assert project(plan.with_values(social_return_drift=0.01)).metrics["npv"] > before


def test_on_the_platform_basis_its_three_beliefs_count_and_the_relative_return_does_not():
    plan = PRESETS["seat-at-the-table"].with_values(social_return_basis="platform")
    before = project(plan).metrics["npv"]
    for name in ("social_reported_roas", "social_incremental_share", "social_long_run_multiplier"):
        assert project(plan.with_values(**{name: plan.values[name] * 1.1})).metrics["npv"] > before, name
    assert project(plan.with_values(social_relative_return=2.0)).metrics["npv"] == before
    assert project(plan.with_values(other_incremental_roas=4.4)).metrics["npv"] < before


@given(draws())
def test_the_value_is_a_straight_line_in_the_causal_share(values_and_path):
    values, path = values_and_path
    at = [project(scenario_of(values | {"causal_share": share}, path)) for share in (0.0, 0.5, 1.0)]
    npv = [projection.metrics["npv"] for projection in at]
    scale = abs(at[2].metrics["pv_benefits"]) + abs(at[2].metrics["pv_costs"])
    assert npv[1] == pytest.approx((npv[0] + npv[2]) / 2, rel=1e-9, abs=1e-9 * scale)
