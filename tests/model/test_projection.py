"""The projection: against a second engine, its limits, and one engine for points and for draws."""

import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import given

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import appraise, inputs_of, project, rerun, run
from model.scenario import Scenario
from tests import reference
from tests.scenarios import draws, random_scenarios, scenario_of

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
    alone, mask = appraise(known, (metric,))
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


def test_nothing_has_no_sign():
    assert {str(value) for value in project(PRESETS["hold"]).metrics.values() if value == 0} == {"0.0"}
