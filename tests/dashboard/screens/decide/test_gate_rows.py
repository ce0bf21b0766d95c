"""The gates as a person edits them, without Streamlit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.screens.decide import gate_rows
from model.gates.stage_gate import MOST_GATES, Below
from model.presets import PRESETS
from model.projection import project
from model.reading.faults import ScenarioError
from model.stages.policy import ALWAYS
from model.stages.staged import staged

PLAN = PRESETS["social-plan"].with_values(horizon_years=3)
POINT = project(PLAN)


def test_gates_are_added_at_year_ends_then_at_quarters_up_to_as_many_as_there_may_be():
    scenario = PLAN
    while gate_rows.may_have_more(scenario):
        scenario = gate_rows.with_one_more(scenario, POINT)
    assert [gate.month for gate in scenario.stages] == [3, 6, 12, 24]
    assert len(scenario.stages) == MOST_GATES
    assert gate_rows.without(scenario, 12) == gate_rows.without(gate_rows.without(scenario, 12), 12)


def test_a_short_plan_takes_as_many_gates_as_it_has_quarters_to_look_at():
    short = PLAN.with_values(horizon_years=1)
    while gate_rows.may_have_more(short):
        short = gate_rows.with_one_more(short, project(short))
    assert [gate.month for gate in short.gates] == [3, 6, 9]


def test_a_gate_that_looks_at_something_else_takes_a_threshold_of_that():
    scenario = gate_rows.with_one_more(PLAN, POINT)
    (gate,) = scenario.stages
    assert gate.threshold == gate_rows.start("relative_return", POINT)
    (other,) = gate_rows.changed(scenario, POINT, gate.month, indicator="competent_share").stages
    assert (other.threshold, other.month, other.below) == (0.5, gate.month, gate.below)
    (moved,) = gate_rows.changed(scenario, POINT, gate.month, month=24, below=Below.HOLD).stages
    assert (moved.month, moved.below, moved.threshold) == (24, Below.HOLD, gate.threshold)


def test_two_gates_in_one_month_are_refused_and_not_offered():
    scenario = gate_rows.with_one_more(gate_rows.with_one_more(PLAN, POINT), POINT)
    first, second = (gate.month for gate in scenario.stages)
    assert second not in gate_rows.months(scenario, first)
    assert first in gate_rows.months(scenario, first)
    with pytest.raises(ScenarioError, match="two gates"):
        gate_rows.changed(scenario, POINT, first, month=second)


def test_a_best_that_stops_whatever_is_seen_is_not_taken_over():
    found = staged(gate_rows.with_one_more(PLAN, POINT), count=128)
    assert gate_rows.with_best(replace(found, best=replace(found.best, policy=(ALWAYS,)))) is None


def test_the_best_thresholds_are_taken_over_in_three_figures_and_do_then_as_well():
    scenario = gate_rows.changed(gate_rows.with_one_more(PLAN, POINT), POINT, 12, month=24, threshold=3.0)
    found = staged(scenario, count=2048)
    assert not gate_rows.does_as_well(found)
    better = gate_rows.with_best(found)
    for gate in better.stages:
        assert gate.threshold == float(f"{gate.threshold:.3g}")
    if better.stages:
        assert gate_rows.does_as_well(staged(better, count=2048))
