"""The projection: against a second engine, its limits, and one engine for points and for draws."""

import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model.assumptions import ASSUMPTIONS
from model.checks import HOLD_ZEROS
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import HOLD, appraise, inputs_of, project, rerun, run
from model.scenario import Scenario
from tests import reference
from tests.scenarios import draws, money_names, random_scenarios, scenario_of

RANDOM = random_scenarios(200, seed=20260101)


# Against the second engine


# Amounts that may come out near nothing are judged by what they are a difference of.
DIFFERENCES = {
    "npv", "pv_benefits", "peak_funding", "programme_npv", "total_extra_social_spend", "npv_with_run_off",
}  # fmt: skip


def assert_agrees(values, path):
    """Every line and every metric as the second engine has it, None exactly where it has None.

    A line to 1e-9 of its largest month, a metric to 1e-9 of itself, a value to 1e-9 of what the plan costs.
    """
    expected = reference.project(values, path)
    found = project(scenario_of(values, path))
    for name, series in expected["lines"].items():
        largest = max(map(abs, series))
        np.testing.assert_allclose(found.lines[name], series, rtol=0, atol=1e-9 * largest, err_msg=name)

    metrics = expected["metrics"]
    assert found.metrics.keys() == metrics.keys()
    defined = {name for name, value in metrics.items() if value is not None}
    assert {name for name, value in found.metrics.items() if value is not None} == defined
    assert found.undefined.keys() == metrics.keys() - defined
    for name in defined:
        size = max(abs(metrics[name]), abs(metrics["pv_costs"]) if name in DIFFERENCES else 0.0)
        assert found.metrics[name] == pytest.approx(metrics[name], rel=0, abs=1e-9 * size), name


@pytest.mark.parametrize("name", reference.PRESETS)
def test_presets_agree_with_the_second_engine(name):
    assert_agrees(reference.PRESETS[name], None)


@pytest.mark.parametrize("number", range(len(RANDOM)))
def test_random_scenarios_agree_with_the_second_engine(number):
    assert_agrees(*RANDOM[number])


@pytest.mark.parametrize(("preset", "stated"), reference.STATED_NPV.items())
def test_the_net_present_values_that_the_specification_states(preset, stated):
    assert project(PRESETS[preset]).metrics["npv"] == pytest.approx(stated, rel=0, abs=0.0005)


@pytest.mark.parametrize(("metric", "stated"), reference.STATED_OF_PLAN.items())
def test_the_other_figures_that_the_specification_states(metric, stated):
    assert project(PRESETS["social-plan"]).metrics[metric] == pytest.approx(stated, rel=0, abs=0.0005)


def test_the_default_plan_by_hand():
    # Month 1 on paper: 1/60 of the rise of 11.2 points, on a budget of 7.7 % of 500 × 250,000 a year.
    lines = project(PRESETS["social-plan"]).lines
    growth, prices = 1.03 ** (1 / 12), 1.02 ** (1 / 12)
    budget = 500 * 250_000 / 12 * growth * 0.077
    share = 0.133 + 0.112 / 60
    assert lines["social_share"][0] == pytest.approx(share)
    assert lines["extra_social_spend"][0] == pytest.approx(budget * 0.112 / 60)
    team = 4 + 2 / 60
    assert lines["team"][0] == pytest.approx(team)
    an_hour = 62_000 * 1.42 / 1600 + 30 * 1.1
    assert lines["training_cost"][0] == pytest.approx(team * 40 / 12 * an_hour * prices)
    payroll = team * 62_000 * 1.42 / 12 * prices
    assert lines["team_payroll"][0] == pytest.approx(payroll)
    assert lines["working_media"][0] == pytest.approx(share * budget - payroll)
    assert lines["plan_employees"][0] == pytest.approx(500 + 2 / 60)
    # A half-life of one month: half of the change is felt at once.
    pressure = 1 + 0.5 * (share / 0.133 - 1)
    assert lines["social_carryover"][0] == pytest.approx(pressure)
    response = (pressure**0.7 + pressure / (0.7 + 0.3 * pressure)) / 2
    assert lines["social_revenue_gain"][0] == pytest.approx(1.2 * 4 * 0.133 * budget * (response - 1))


# One engine for points and for draws


def same_horizon(count, years, seed):
    """Random scenarios that share a horizon, so that they can be stacked."""
    found = []
    for values, path in random_scenarios(count * 3, seed):
        values = values | {"horizon_years": years}
        if path is not None:
            path = (path * years)[:years]
        found.append(scenario_of(values, path))
    return found[:count]


def stacked(scenarios):
    """The inputs of many scenarios as one: assumptions (S, 1), words too, given series (S, T)."""
    each = [inputs_of(scenario) for scenario in scenarios]
    return {
        name: np.concatenate([np.atleast_2d(inputs[name]) for inputs in each]) for name in each[0] if name != "t"
    } | {"t": each[0]["t"]}


def test_many_draws_at_once_are_what_each_is_alone():
    scenarios = same_horizon(40, 4, seed=5)
    known = run(stacked(scenarios))
    figures, _ = appraise(known)
    for row, scenario in enumerate(scenarios):
        alone = project(scenario)
        for name in LINES:
            together = np.broadcast_to(known[name], (len(scenarios), alone.months))[row]
            np.testing.assert_allclose(together, alone.lines[name], rtol=1e-12, atol=0, err_msg=name)
        for name, value in alone.metrics.items():
            found = np.broadcast_to(figures[name], (len(scenarios), 1))[row].item()
            if value is None:
                assert np.isnan(found), name
            else:
                assert found == pytest.approx(value, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_alone_is_what_it_is_among_all(metric):
    presets = [plan.with_values(horizon_years=4) for plan in PRESETS.values()]
    known = run(stacked([*same_horizon(40, 4, seed=5), *presets]))
    every, every_mask = appraise(known)
    alone, mask = appraise(known, only=metric)
    np.testing.assert_array_equal(alone[metric], every[metric])
    assert len(mask[metric]) == len(every_mask[metric])


def test_draws_of_a_few_assumptions_leave_the_rest_alone():
    inputs = inputs_of(PRESETS["seat-at-the-table"])
    shares = np.array([[0.0], [0.05], [0.12]])
    figures, _ = appraise(run(inputs | {"causal_share": shares}))
    for share, npv in zip(shares[:, 0], figures["npv"][:, 0], strict=True):
        assert npv == pytest.approx(
            project(PRESETS["seat-at-the-table"].with_values(causal_share=share)).metrics["npv"]
        )


@pytest.mark.parametrize("name", [n for n, a in ASSUMPTIONS.items() if n != "horizon_years" and not a.choices])
@pytest.mark.parametrize("shape", ["linear", "custom"])
@pytest.mark.parametrize("route", ["per_employee", "media_efficiency"])
def test_running_again_with_a_change_is_running_the_changed(name, shape, route):
    base = {"ramp_shape": shape, "benefit_route": route, "strategic_partner": True, "leadership_seat": True}
    path = [0.15, 0.22, 0.18]
    item = ASSUMPTIONS[name]
    value = item.bounds[0] + 0.37 * (item.bounds[1] - item.bounds[0]) if item.bounds else not base.get(name, True)
    if name == "plan_delivery":
        value = 0.37
    before = run(inputs_of(scenario_of(base | {"horizon_years": 3}, path)))
    again = rerun(before, {name: value})
    fresh = run(inputs_of(scenario_of(base | {"horizon_years": 3, name: value}, path)))
    for line in LINES:
        if line == "path_start" and shape != "custom":
            continue  # only the custom shape has a path
        together = np.broadcast_arrays(again[line], fresh[line])
        assert np.array_equal(*together), line


def test_running_again_leaves_the_first_run_alone():
    known = run(inputs_of(PRESETS["social-plan"]))
    before = {name: np.array(known[name]) for name in LINES}
    rerun(known, {"revenue_growth": 0.5, "training_hours": 0.0})
    assert all(np.array_equal(known[name], before[name]) for name in LINES)


# Holding, and other limits


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


# Relations that hold for every company


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


# The result


@given(draws())
def test_the_bridge_adds_up_to_the_value(values_and_path):
    projection = project(scenario_of(*values_and_path))
    scale = sum(abs(step) for step in projection.bridge.values())
    assert sum(projection.bridge.values()) == pytest.approx(projection.metrics["npv"], rel=1e-9, abs=1e-9 * scale)


def test_the_bridge_of_the_default_plan():
    bridge = project(PRESETS["social-plan"]).bridge
    assert list(bridge)[:2] == ["social_contribution", "training_contribution"]
    assert {name for name, step in bridge.items() if step > 0} == {"social_contribution", "training_contribution"}
    assert {name for name, step in bridge.items() if step < 0} == {"lost_other_contribution", "training_cost"}
    assert sum(bridge.values()) == pytest.approx(102_042.479, abs=0.0005)


def test_a_result_cannot_be_changed():
    projection = project(PRESETS["social-plan"])
    with pytest.raises(dataclasses.FrozenInstanceError):
        projection.metrics = {}
    for mapping in (projection.lines, projection.metrics, projection.undefined, projection.counterfactuals,
                    projection.checks, projection.bridge):  # fmt: skip
        with pytest.raises(TypeError):
            mapping["npv"] = 0
    for series in projection.lines.values():
        with pytest.raises(ValueError, match="read-only"):
            series[0] = 0


def test_pickling_keeps_a_result_and_its_frost():
    projection = project(PRESETS["sceptical-cfo"])
    again = pickle.loads(pickle.dumps(projection))  # noqa: S301 - our own
    assert again.scenario == projection.scenario
    assert again.metrics == projection.metrics
    assert again.checks == projection.checks
    assert all(np.array_equal(again.lines[name], projection.lines[name]) for name in LINES)
    with pytest.raises(ValueError, match="read-only"):
        again.lines["net_cash"][0] = 0
    with pytest.raises(TypeError):
        again.metrics["npv"] = 0


def test_the_same_scenario_gives_the_same_result():
    first, second = (project(Scenario.from_data({"assumptions": {"tax_rate": 0.22}})) for _ in range(2))
    assert first.metrics == second.metrics
    assert all(np.array_equal(first.lines[name], second.lines[name]) for name in LINES)


def test_a_result_has_a_month_for_each_month():
    projection = project(PRESETS["social-plan"].with_values(horizon_years=3).changed(start_month="2027-04"))
    assert projection.months == 36
    assert len(projection.dates) == 36
    assert (projection.dates[0].year, projection.dates[0].month) == (2027, 4)
    assert {series.shape for series in projection.lines.values()} == {(36,)}
