"""The conservative case: only weak beliefs move, each to the end that harms, and nothing gets better by it."""

import pickle

import pytest

from model.assumptions import ASSUMPTIONS, Kind
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.uncertainty.conservative_case import conservative, remains
from model.uncertainty.sensitivity import tornado
from tests.scenarios import random_scenarios, scenario_of

PLAN = PRESETS["social-plan"]


def npv(scenario):
    """Net present value of the point projection."""
    return project(scenario).metrics["npv"]


@pytest.mark.parametrize("target", [0.16, 0.2, 0.245, 0.3])
def test_an_error_of_rounding_is_no_harm(target):
    # Without diminishing returns the curves are one line, and differ by rounding only.
    straight = {"social_returns_exponent": 1.0, "other_returns_exponent": 1.0}
    plan = project(PRESETS["social-plan"].with_values(social_share_target=target, **straight))
    moved = {move.name for move in remains(plan, tornado(plan.scenario)).moves}
    assert "saturation" not in moved
    assert {"social_relative_return", "causal_share"} <= moved


@pytest.mark.parametrize("preset", list(PRESETS))
def test_the_conservative_case_moves_only_weak_beliefs(preset):
    scenario = PRESETS[preset]
    careful = conservative(scenario)
    moved = {name for name in ASSUMPTIONS if careful.values[name] != scenario.values[name]}
    for name in moved:
        item = ASSUMPTIONS[name]
        assert item.kind is Kind.BELIEF
        assert {"C", "D"} & set(item.grade)
        ends = scenario.effective_ranges[name]
        assert careful.values[name] in (ends.low, ends.high)
    assert moved or not any(project(scenario).bridge.values())
    assert {"other_incremental_roas", "team_turnover"}.isdisjoint(moved)  # measured, grade B
    assert npv(careful) <= npv(scenario)


def test_each_move_of_the_conservative_case_lowers_the_value():
    careful = conservative(PLAN)
    moved = [name for name in ASSUMPTIONS if careful.values[name] != PLAN.values[name]]
    assert "social_relative_return" in moved
    assert "saturation" in moved
    assert "causal_share" in moved
    for name in moved:
        assert npv(PLAN.with_values(**{name: careful.values[name]})) < npv(PLAN)


def test_own_figures_stay_even_with_a_range():
    data = PLAN.to_data() | {"ranges": {"productive_hours": {"low": 1000, "likely": 1600, "high": 1800}}}
    careful = conservative(Scenario.from_data(data))
    assert careful.values["productive_hours"] == 1600


def test_a_belief_that_both_ends_would_raise_stays():
    """A share that first rises and then falls below its start: worst at a middling exponent."""
    rise_and_fall = Scenario.from_data(
        {
            "name": "x",
            "assumptions": {
                "ramp_shape": "custom",
                "training_programme": False,
                "reallocated_share": 0.0,
                "revenue_growth": 0.0,
                "discount_rate": 0.0,
            },
            "social_share_path": [0.2, 0.2, 0.01, 0.01, 0.01],
        }
    )
    ends = next(bar for bar in tornado(rise_and_fall) if bar.name == "social_returns_exponent")
    assert min(ends.npv_low, ends.npv_high) > npv(rise_and_fall)
    careful = conservative(rise_and_fall)
    assert careful.values["social_returns_exponent"] == rise_and_fall.values["social_returns_exponent"]
    assert npv(careful) <= npv(rise_and_fall)


def test_the_conservative_case_is_never_better():
    for values, path in random_scenarios(60, seed=8):
        scenario = scenario_of(values, path)
        plan = project(scenario)
        scale = abs(plan.metrics["pv_costs"]) + abs(plan.metrics["pv_benefits"])
        assert npv(conservative(scenario)) <= plan.metrics["npv"] + 1e-9 * scale


def test_the_conservative_case_of_holding_is_holding():
    assert conservative(PRESETS["hold"]).hash == PRESETS["hold"].hash


@pytest.mark.parametrize("preset", list(PRESETS))
def test_what_remains_tells_each_move_with_its_value_alone(preset):
    plan = project(PRESETS[preset])
    found = remains(plan, tornado(plan.scenario))
    careful = found.careful.scenario
    assert found.plan is plan
    assert careful == conservative(plan.scenario)
    assert {move.name for move in found.moves} == {
        name for name in ASSUMPTIONS if careful.values[name] != plan.scenario.values[name]
    }
    for move in found.moves:
        assert (move.value, move.end) == (plan.scenario.values[move.name], careful.values[move.name])
        assert move.npv_alone == pytest.approx(npv(plan.scenario.with_values(**{move.name: move.end})))
    alone = [move.npv_alone for move in found.moves]
    assert alone == sorted(alone)


def test_what_remains_survives_the_cache():
    found = remains(project(PLAN), tornado(PLAN))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - its own
    assert (again.moves, again.careful.metrics) == (found.moves, found.careful.metrics)
