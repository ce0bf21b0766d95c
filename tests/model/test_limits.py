"""The projection at its limits: what must come out exactly where everything else falls away."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.checks import HOLD_ZEROS
from model.presets import PRESETS
from model.projection import HOLD, inputs_of, project, rerun, run
from tests import reference
from tests.scenarios import draws, scenario_of

# Holding


@given(draws())
def test_holding_changes_nothing_whatever_the_company(values_and_path):
    values, _ = values_and_path
    held = values | {
        "social_share_target": values["social_share_start"], "ramp_shape": "linear",
        "team_target": values["team_start"],
        "training_programme": False, "strategic_partner": False, "leadership_seat": False,
    }  # fmt: skip
    projection = project(scenario_of(held))
    for name in (*HOLD_ZEROS, "present_value", "cumulative_present_value"):
        assert not projection.lines[name].any(), name
    for name in ("npv", "payback_month", "peak_funding", "run_off_value", "total_programme_cost"):
        assert projection.metrics[name] == 0, name
    assert np.array_equal(
        projection.lines["plan_revenue_per_employee"], projection.lines["hold_revenue_per_employee"]
    )
    assert projection.sound


@given(draws())
def test_what_a_plan_is_held_against_changes_nothing_whatever_the_plan(values_and_path):
    values, path = values_and_path
    for pays in (True, False):
        held = rerun(run(inputs_of(scenario_of(values | {"team_pay_in_budget": pays}, path))), HOLD)
        for name in (*HOLD_ZEROS, "present_value", "cumulative_present_value"):
            assert not np.any(held[name]), name
        assert np.all(held["team"] == values["team_start"])
        assert np.all(held["plan_employees"] == values["employees"])
        assert np.all(held["social_response"] == 1)
        assert np.all(held["other_response"] == 1)


@given(draws())
def test_a_plan_that_is_not_delivered_is_its_programme(values_and_path):
    values, path = values_and_path
    projection = project(scenario_of(values | {"plan_delivery": 0.0, "team_pay_in_budget": True}, path))
    assert not projection.lines["extra_social_spend"].any()
    if projection.metrics["programme_npv"] is not None:  # it has a cost
        assert projection.metrics["programme_npv"] == projection.metrics["npv"]
    assert projection.counterfactuals["npv_without_programme"] == 0


@given(draws())
def test_people_come_even_where_the_money_does_not(values_and_path):
    values, path = values_and_path
    projection = project(scenario_of(values | {"plan_delivery": 0.0, "team_pay_in_budget": False}, path))
    kept = (1 - values["tax_rate"]) * projection.lines["discount_factor"]
    staff = float(np.sum(projection.lines["staff_cost"] * kept))
    assert projection.counterfactuals["npv_without_programme"] == pytest.approx(-staff, rel=1e-9)


@given(draws(), st.floats(0, 0.9))
def test_tax_takes_its_part_and_changes_no_ratio(values_and_path, tax):
    values, path = values_and_path
    before = project(scenario_of(values | {"tax_rate": 0.0}, path)).metrics
    after = project(scenario_of(values | {"tax_rate": tax}, path)).metrics
    scale = abs(before["pv_benefits"]) + abs(before["pv_costs"])
    for name in ("npv", "pv_benefits", "pv_costs"):
        assert after[name] == pytest.approx(before[name] * (1 - tax), rel=1e-9, abs=1e-12 * scale)
    for name in ("final_social_share", "final_revenue_per_employee", "total_programme_cost"):
        assert after[name] == before[name]
    for name in ("bcr", "roi"):
        if before[name] is not None and abs(before["pv_costs"]) > 1e-6 * scale:
            assert after[name] == pytest.approx(before[name], rel=1e-6, abs=1e-6)


@given(draws())
def test_an_immediate_ramp_is_there_in_month_one(values_and_path):
    values, _ = values_and_path
    lines = project(scenario_of(values | {"ramp_shape": "immediate"})).lines
    a = {**reference.DEFAULTS, **values}
    start, target = a["social_share_start"], a["social_share_target"]
    assert lines["social_share"] == pytest.approx(start + a["plan_delivery"] * (target - start))
    assert lines["team"] == pytest.approx(a["team_target"])


@pytest.mark.parametrize("shape", ["linear", "s_curve", "front_loaded", "immediate"])
def test_every_shape_reaches_the_target_at_the_end_of_the_ramp_and_stays(shape):
    lines = project(PRESETS["social-plan"].with_values(ramp_shape=shape, ramp_years=2.5)).lines
    share = lines["social_share"]
    assert share[29:] == pytest.approx(0.245)
    assert (np.diff(share) >= -1e-15).all()
    assert share[0] > 0.133


def test_the_shapes_at_the_middle_of_the_ramp():
    middle = {
        shape: project(PRESETS["social-plan"].with_values(ramp_shape=shape)).lines["ramp_progress"][29]
        for shape in ("linear", "s_curve", "front_loaded", "immediate")
    }
    assert middle == pytest.approx({"linear": 0.5, "s_curve": 0.5, "front_loaded": 0.75, "immediate": 1.0})


@given(draws())
def test_a_custom_path_that_is_straight_is_the_linear_shape(values_and_path):
    values, _ = values_and_path
    years = values["horizon_years"]
    start, target = values["social_share_start"], values["social_share_target"]
    straight = [start + (target - start) * (year + 1) / years for year in range(years)]
    straight[-1] = target
    linear = project(scenario_of(values | {"ramp_shape": "linear", "ramp_years": years}))
    custom = project(scenario_of(values | {"ramp_shape": "custom", "ramp_years": years}, straight))
    scale = max(linear.lines["marketing_budget"])
    for name in ("social_share", "team", "social_spend", "competent_share"):
        np.testing.assert_allclose(custom.lines[name], linear.lines[name], rtol=1e-9)
    np.testing.assert_allclose(custom.lines["net_cash"], linear.lines["net_cash"], rtol=1e-9, atol=1e-6 * scale)


def test_a_custom_path_passes_through_its_year_ends():
    path = [0.2, 0.15, 0.3]
    scenario = scenario_of({"ramp_shape": "custom", "horizon_years": 3}, path)
    share = project(scenario).lines["social_share"]
    assert share[[11, 23, 35]] == pytest.approx(path)
    assert share[5] == pytest.approx((0.133 + 0.2) / 2)
    assert share[17] == pytest.approx((0.2 + 0.15) / 2)


def test_everything_on_social():
    lines = project(PRESETS["social-plan"].with_values(social_share_target=1.0, ramp_shape="immediate")).lines
    assert lines["other_spend"] == pytest.approx(0, abs=1e-9)
    # In the long run the other channels bring nothing any more.
    everything = -4.0 * lines["hold_other_spend"][-1]
    assert lines["other_revenue_gain"][-1] == pytest.approx(everything, rel=1e-6)


def test_rounding_never_takes_more_from_other_channels_than_they_have():
    # 0.5 + 1.5 × a third of the way is 100 %, and a hair: legal, as it is rounding.
    target = 0.5 + 0.5 / 1.5 * (1 + 1e-13)
    values = {"social_share_start": 0.5, "social_share_target": target, "plan_delivery": 1.5}
    lines = project(PRESETS["social-plan"].with_values(**values, ramp_shape="immediate")).lines
    assert lines["social_share"][0] > 1
    assert not lines["other_spend"].any()
    assert np.isfinite(lines["other_revenue_gain"]).all()


def test_nothing_but_social_today():
    lines = project(
        PRESETS["social-plan"].with_values(social_share_start=1.0, social_share_target=0.5, ramp_shape="immediate")
    ).lines
    assert (lines["other_carryover"] == 1).all()
    assert not lines["other_revenue_gain"].any()
    assert (lines["extra_social_spend"] < 0).all()


def test_a_falling_share_frees_money_for_other_channels():
    projection = project(PRESETS["bigger-budget-same-skills"].with_values(social_share_target=0.05))
    assert (projection.lines["extra_social_spend"] < 0).all()
    assert (projection.lines["other_revenue_gain"] > 0).all()
    assert projection.metrics["pv_costs"] < 0
    assert projection.metrics["roi"] is None


def test_without_forgetting_or_leavers_everyone_becomes_competent():
    values = {"team_turnover": 0.0, "skill_half_life": 50.0, "training_hours": 1000.0, "hours_to_competence": 1.0}
    lines = project(PRESETS["social-plan"].with_values(**values)).lines
    assert lines["competent_share"] == pytest.approx(1.0, abs=0.01)
    assert (lines["competent_share"] <= 1).all()


def test_when_the_programme_stops_competence_halves_by_its_half_life():
    values = {"programme_years": 1.0, "team_turnover": 0.0, "skill_half_life": 2.0}
    gain = project(PRESETS["social-plan"].with_values(**values)).lines["competence_gain"]
    assert gain[11 + 24] == pytest.approx(gain[11] / 2)
    cost = project(PRESETS["social-plan"].with_values(**values)).lines["training_cost"]
    assert (cost[:12] > 0).all()
    assert not cost[12:].any()


def test_carry_over_reaches_half_after_its_half_life():
    pressure = project(
        PRESETS["social-plan"].with_values(ramp_shape="immediate", carryover_half_life=6.0)
    ).lines["social_carryover"]  # fmt: skip
    assert (pressure[5] - 1) / (0.245 / 0.133 - 1) == pytest.approx(0.5)
    assert (pressure[11] - 1) / (0.245 / 0.133 - 1) == pytest.approx(0.75)


def test_without_diminishing_returns_money_moved_is_worth_the_difference_in_return():
    # 4.8 a unit on social against 4 elsewhere, everything felt at once: 0.8 gained on each unit moved.
    for saturation in (0.0, 0.5, 1.0):
        lines = project(
            PRESETS["bigger-budget-same-skills"].with_values(
                social_returns_exponent=1.0, other_returns_exponent=1.0, carryover_half_life=0.01,
                saturation=saturation,
            )
        ).lines  # fmt: skip
        assert lines["revenue_gain"] == pytest.approx(0.8 * lines["moved_money"], rel=1e-9)
        assert lines["net_cash"] == pytest.approx(0.35 * 0.8 * lines["moved_money"], rel=1e-9)


@pytest.mark.parametrize("exponent", [0.3, 0.7, 1.0])
def test_the_curve_is_a_power_curve_at_saturation_0_and_a_hill_curve_at_1(exponent):
    plan = PRESETS["social-plan"].with_values(social_returns_exponent=exponent, other_returns_exponent=exponent)
    power, hill = (project(plan.with_values(saturation=end)).lines for end in (0.0, 1.0))
    middle = project(plan.with_values(saturation=0.25)).lines
    for response, carryover in (("social_response", "social_carryover"), ("other_response", "other_carryover")):
        level = power[carryover]
        assert power[response] == pytest.approx(level**exponent, rel=1e-12)
        if exponent < 1:
            # The textbook form, most · level / (half + level), of which half is reached at `half`.
            half = exponent / (1 - exponent)
            assert hill[response] == pytest.approx((1 + half) * level / (half + level), rel=1e-12)
        else:
            assert hill[response] == pytest.approx(level, rel=1e-12)
        assert middle[response] == pytest.approx(0.75 * power[response] + 0.25 * hill[response], rel=1e-12)


@pytest.mark.parametrize("saturation", [0.0, 0.3, 1.0])
def test_both_curves_rise_from_today_by_the_exponent(saturation):
    # A rise so small, and felt at once, that the curve is its slope.
    plan = PRESETS["social-plan"].with_values(
        saturation=saturation, social_share_target=0.133 * (1 + 1e-6), ramp_shape="immediate",
        carryover_half_life=0.01, social_returns_exponent=0.4,
    )  # fmt: skip
    assert project(plan).lines["social_response"] - 1 == pytest.approx(0.4e-6, rel=1e-5)


@pytest.mark.parametrize("saturation", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("half_life", [0.01, 1.0, 6.0])
def test_at_equal_returns_and_without_training_a_move_costs_exactly_the_concavity_loss(saturation, half_life):
    plan = PRESETS["bigger-budget-same-skills"].with_values(
        social_relative_return=1.0, saturation=saturation, carryover_half_life=half_life
    )  # fmt: skip
    loss, felt, weight = 0.0, 0.0, 0.5 ** (1 / half_life)

    def bend(level):
        """How far the response stays below its tangent of today."""
        hill = level / (0.7 + 0.3 * level)
        return 1 + 0.7 * (level - 1) - (1 - saturation) * level**0.7 - saturation * hill

    for month in range(1, 61):
        # What is felt of the points moved; along the tangents one channel would gain what the other loses.
        felt = weight * felt + (1 - weight) * 0.112 * month / 60
        bent = 0.133 * bend(1 + felt / 0.133) + 0.867 * bend(1 - felt / 0.867)
        budget = 500 * 250_000 / 12 * 0.077 * 1.03 ** (month / 12)
        loss += 0.35 * 4 * budget * bent * 1.1 ** (-month / 12)
    assert loss > 0
    assert project(plan).metrics["npv"] == pytest.approx(-loss, rel=1e-9)


def test_what_a_unit_of_social_spend_returns_drifts_by_the_year():
    here, there = (
        project(PRESETS["social-plan"].with_values(social_return_drift=drift)).lines for drift in (0.0, -0.04)
    )
    ratio = there["social_base_revenue"] / here["social_base_revenue"]
    assert ratio[[11, 23, 59]] == pytest.approx([0.96, 0.96**2, 0.96**5])
    assert np.array_equal(there["other_revenue_gain"], here["other_revenue_gain"])


def test_pay_beside_the_budget_costs_the_people_added():
    on, off = (project(PRESETS["social-plan"].with_values(team_pay_in_budget=pays)) for pays in (True, False))
    assert not on.lines["staff_cost"].any()
    month = np.arange(1, 61)
    pay = 2 * month / 60 * 62_000 * 1.42 / 12 * 1.02 ** (month / 12)
    assert off.lines["staff_cost"] == pytest.approx(pay, rel=1e-12)
    assert off.bridge["staff_cost"] == pytest.approx(-np.sum(pay * 1.1 ** (-month / 12)))
    assert off.metrics["npv"] == pytest.approx(on.metrics["npv"] + off.bridge["staff_cost"])
    # Neither the programme nor the budget's own lines know of it, but what is left for media does.
    assert off.metrics["total_programme_cost"] == on.metrics["total_programme_cost"]
    assert np.array_equal(off.lines["working_media"], off.lines["social_spend"])
    assert on.lines["working_media"] == pytest.approx(on.lines["social_spend"] - on.lines["team_payroll"])
    assert np.array_equal(on.lines["budget_payroll"], on.lines["team_payroll"])
    assert not off.lines["pay_share"].any()


def test_a_team_that_shrinks_beside_the_budget_saves_its_pay():
    values = {"team_pay_in_budget": False, "team_target": 2.0}
    projection = project(PRESETS["social-plan"].with_values(**values))
    assert (projection.lines["staff_cost"] < 0).all()
    assert projection.bridge["staff_cost"] > 0


def test_those_hired_are_employees_and_those_moved_are_already():
    moved, hired = (project(PRESETS["social-plan"].with_values(hired_share=part)).lines for part in (0.0, 1.0))
    assert (moved["plan_employees"] == 500).all()
    assert hired["plan_employees"] == pytest.approx(500 + 2 * np.arange(1, 61) / 60)
    for lines in (moved, hired):
        each = 12 * (lines["company_revenue"] + lines["revenue_gain"]) / lines["plan_employees"]
        assert lines["plan_revenue_per_employee"] == pytest.approx(each)
    assert (hired["plan_revenue_per_employee"] < moved["plan_revenue_per_employee"]).all()
    assert np.array_equal(hired["net_cash"], moved["net_cash"])


def test_a_company_has_at_least_one_employee():
    few = PRESETS["social-plan"].with_values(employees=3.0, team_start=9.0, team_target=1.0)
    assert project(few).lines["plan_employees"][-1] == 1


@given(draws())
def test_a_team_as_competent_as_the_reference_gains_as_in_version_1(values_and_path):
    values, path = values_and_path
    values = values | {"benefit_route": "per_employee", "training_programme": True}
    values["competent_share_reference"] = start = values["competent_share_start"]
    lines = project(scenario_of(values, path)).lines
    caught_up = lines["competence_gain"] / (1 - start)
    assert (caught_up <= 1 + 1e-12).all()
    each = values["revenue_per_employee"] / 12 * lines["growth_factor"] * values["headline_uplift"]
    assert lines["training_revenue_gain"] == pytest.approx(
        lines["team"] * each * values["causal_share"] * caught_up, rel=1e-9
    )


def test_a_team_with_more_skills_gains_less_from_the_same_training():
    gained = [
        project(PRESETS["social-plan"].with_values(competent_share_start=start)).metrics["npv"]
        for start in (0.2, 0.37, 0.55, 0.9)
    ]
    assert gained == sorted(gained, reverse=True)


def test_media_is_what_pay_leaves_of_the_budget_today():
    lines = project(PRESETS["social-plan"].with_values(social_return_basis="platform")).lines
    media = 1 - 4 * 62_000 * 1.42 / (0.133 * 0.077 * 125_000_000)
    assert lines["hold_media_share"] == pytest.approx(media)
    assert lines["hold_pay_share"] == pytest.approx(1 - media)
    assert lines["social_return"] == pytest.approx(4 * 0.6 * 2 * media)
    paid_elsewhere = PRESETS["social-plan"].with_values(team_pay_in_budget=False)
    assert (project(paid_elsewhere).lines["hold_media_share"] == 1).all()
    too_many = PRESETS["social-plan"].with_values(team_start=40.0, social_return_basis="platform")
    assert not project(too_many).lines["social_return"].any()
    assert project(too_many).lines["working_media"][0] < 0


def test_the_two_routes_are_never_counted_together():
    plan = PRESETS["social-plan"]
    per_employee, efficiency = project(plan), project(plan.with_values(benefit_route="media_efficiency"))
    assert (per_employee.lines["media_efficiency"] == 1).all()
    assert per_employee.lines["training_revenue_gain"].all()
    assert (efficiency.lines["media_efficiency"] > 1).all()
    assert not efficiency.lines["training_revenue_gain"].any()
