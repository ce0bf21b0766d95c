"""A plan in stages by the model's own lines: its branches, the limits of what can be learnt, and its words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS
from model.choice.aims import Aim
from model.gates.stage_gate import LARGEST_ERROR, Below, StageGate
from model.presets import PRESETS
from model.projection import inputs_of, project, run
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.stages.branches import branches, stopped
from model.stages.policy import ALWAYS, NEVER
from model.stages.staged import found_policies, proposed_gate, staged, valued, with_best
from model.stages.words import staged_in_words
from model.uncertainty.sensitivity import evpi
from model.uncertainty.simulation import simulate

PLAN = PRESETS["social-plan"].with_values(horizon_years=3)
CASH = StageGate(12, "cumulative_cash", 0.0, Below.BACK)
RETURN = StageGate(12, "relative_return", 1.1, Below.BACK)
COUNT = 512


def alone(*names, **values):
    """The plan with these uncertain and nothing else."""
    certain = {name: None for name, item in ASSUMPTIONS.items() if item.range and name not in names}
    return PLAN.changed(ranges=certain).with_values(**values)


def test_a_draw_s_past_is_its_own_whichever_way_it_goes():
    known = run(inputs_of(PLAN))
    for below in Below:
        gate = replace(RETURN, below=below, month=15)
        again = stopped(known, gate)
        for line in ("social_share", "team", "net_cash", "competent_share"):
            assert np.array_equal(again[line][:, :15], np.broadcast_to(known[line], (1, 36))[:, :15]), line


def test_held_the_share_and_the_team_stay_and_training_ends():
    known = run(inputs_of(PLAN.with_values(strategic_partner=True)))
    again = stopped(known, replace(RETURN, below=Below.HOLD))
    for line in ("social_share", "team"):
        assert np.ptp(again[line][:, 11:]) == pytest.approx(0, abs=1e-12)
        assert again[line][0, 11] > known["social_share_start"] * (line == "social_share")
    assert not again["training_cost"][:, 12:].any()
    assert not again["partner_fee"][:, 12:].any()


def test_back_the_share_and_the_team_are_at_the_start_within_a_year():
    known = run(inputs_of(PLAN))
    again = stopped(known, RETURN)
    assert again["social_share"][0, 23:] == pytest.approx(PLAN.number("social_share_start"))
    assert again["team"][0, 23:] == pytest.approx(PLAN.number("team_start"))
    assert again["social_share"][0, 17] == pytest.approx(
        (again["social_share"][0, 11] + PLAN.number("social_share_start")) / 2
    )
    assert not again["new_money"][:, 23:].any()


def test_rows_of_the_scenario_s_own_end_with_the_way_back_only():
    row = [{"name": "Licence", "by_year": [1200, 1200, 1200]}]
    scenario = Scenario.from_data(PLAN.to_data() | {"other_costs": row, "other_benefits": row})
    known = run(inputs_of(scenario))
    assert stopped(known, RETURN)["other_costs"][0, 12:].sum() == 0
    assert stopped(known, replace(RETURN, below=Below.HOLD))["other_costs"][0, 12:].sum() == pytest.approx(2400)


def test_never_stopping_is_the_simulation_to_the_digit():
    found = branches(PLAN, (RETURN,), COUNT, 2027)
    assert np.array_equal(found.npv[0], simulate(PLAN, COUNT, 2027, lines=(), only=("npv",)).metrics["npv"])


def test_a_custom_path_and_other_shapes_can_be_stopped_too():
    custom = PLAN.changed(
        social_share_path=(0.2, 0.3, 0.3), assumptions={**PLAN.assumptions, "ramp_shape": "custom"}
    )
    for scenario in (custom, PLAN.with_values(ramp_shape="immediate")):
        again = stopped(run(inputs_of(scenario)), RETURN)
        assert again["social_share"][0, -1] == pytest.approx(0.133)


def test_the_noise_is_the_same_whatever_threshold_error_and_cost():
    one = branches(PLAN, (RETURN,), COUNT, 1)
    other = branches(PLAN, (replace(RETURN, threshold=2.0, error=0.5, cost=1.0),), COUNT, 1)
    assert np.array_equal(one.true, other.true)
    assert (other.observed - other.true) == pytest.approx(2 * (one.observed - one.true))


def test_what_is_seen_does_not_depend_on_what_comes_later():
    later = PLAN.changed(other_costs=Scenario.from_data(
        {"name": "x", "other_costs": [{"name": "Late", "by_year": [0, 0, 1e6]}]}).other_costs)  # fmt: skip
    gates = (CASH, replace(RETURN, month=24))
    one, other = (branches(scenario, gates, COUNT, 1) for scenario in (PLAN, later))
    assert np.array_equal(one.observed, other.observed)
    assert not np.array_equal(one.npv[0], other.npv[0])


# The limits of what can be learnt


@pytest.mark.parametrize("below", Below)
def test_where_everything_is_learnt_it_is_the_better_of_both_in_each_draw(below):
    scenario = alone("social_relative_return")
    gate = StageGate(1, "relative_return", 1.0, below, error=0.0, cost=0.0)
    policy, _ = found_policies(scenario, (gate,), Aim.EXPECTED_NPV, 3)
    found = branches(scenario, (gate,), 2048, 9)
    perfect = found.npv.max(axis=0).mean()
    assert valued(found, policy).mean == pytest.approx(perfect, abs=0.002 * np.ptp(found.npv[0]))


def test_at_the_start_with_no_error_stopping_is_worth_all_that_knowing_is():
    # A plan that rises later: back within a year of month 1 is nearly holding.
    scenario = alone("social_relative_return", ramp_shape="s_curve", training_programme=False, team_target=4.0)
    gate = StageGate(1, "relative_return", 1.0, Below.BACK, error=0.0, cost=0.0)
    policy, _ = found_policies(scenario, (gate,), Aim.EXPECTED_NPV, 3)
    knowing = simulate(scenario, 2048, 9, lines=(), only=("npv",))
    expected = evpi(knowing) + max(0.0, float(knowing.metrics["npv"].mean()))
    assert valued(branches(scenario, (gate,), 2048, 9), policy).mean == pytest.approx(expected, rel=0.01)


def test_where_nothing_is_learnt_nothing_is_worth_looking_at():
    blind = replace(CASH, error=LARGEST_ERROR, cost=0.0)
    for seed in range(2):
        policy, unseeing = found_policies(PLAN, (blind,), Aim.EXPECTED_NPV, seed)
        assert policy == unseeing
        assert policy in ((NEVER,), (ALWAYS,))


def test_where_nothing_is_uncertain_stopping_is_worth_nothing():
    scenario = alone().with_values(social_relative_return=2.0)
    found = staged(scenario, (replace(RETURN, error=0.0, cost=0.0),), count=128)
    assert found.best.policy == (NEVER,)
    assert (found.best.value, found.planned.value) == (0.0, 0.0)


def test_a_smaller_error_is_worth_more():
    values = []
    for error in (0.0, 0.5, 5.0):
        gate = replace(RETURN, error=error, cost=0.0, below=Below.HOLD)
        policy, _ = found_policies(PLAN, (gate,), Aim.EXPECTED_NPV, 1)
        values.append(valued(branches(PLAN, (gate,), 2048, 5), policy).mean)
    assert values[0] > values[1] > values[2]


def test_the_ends_add_up_and_a_second_gate_is_reached_by_those_whom_the_first_lets_through():
    found = staged(PLAN, (RETURN, replace(CASH, month=24)), count=COUNT)
    for one in (found.never, found.planned, found.best, found.blind):
        assert one.goes_on + sum(end.stopped for end in one.ends) == pytest.approx(1)
        assert one.ends[1].reached == pytest.approx(1 - one.ends[0].stopped)
    assert found.never.goes_on == 1
    assert found.never.value == 0
    first = found.planned.ends[0]
    assert 0 < first.pocket <= first.most


def test_the_same_again_in_every_digit():
    one, other = (staged(PLAN, (CASH,), count=COUNT, seed=4) for _ in range(2))
    assert one.best.mean == other.best.mean


@pytest.mark.parametrize(
    ("policy", "kept"), [((NEVER, 1.5), [1.5]), ((NEVER, NEVER), []), ((ALWAYS, NEVER), None), ((1.5, ALWAYS), None)]
)
def test_the_best_thresholds_are_taken_over_unless_one_stops_whatever_is_seen(policy, kept):
    found = staged(PLAN, (RETURN, replace(RETURN, month=24)), count=128)
    found = replace(found, best=replace(found.best, policy=policy))
    taken = with_best(found)
    assert (None if taken is None else [gate.threshold for gate in taken.stages]) == kept
    assert any("ask for less" in sentence for sentence in staged_in_words(found)) == (kept is None)


def test_without_a_gate_within_the_horizon_it_is_refused():
    with pytest.raises(ScenarioError, match="must have a gate, and each within month 1 … 35"):
        staged(PLAN)
    with pytest.raises(ScenarioError, match="must have a gate"):
        staged(PLAN, (replace(CASH, month=36),))
    with pytest.raises(ScenarioError, match="aim: is lowest_spend"):
        staged(PLAN, (CASH,), Aim.LOWEST_SPEND)


def test_the_proposed_gate_stands_at_the_break_even():
    gate = proposed_gate(project(PLAN))
    assert gate.threshold == round(project(PLAN).metrics["break_even_relative_return"], 2)
    assert proposed_gate(project(PLAN.with_values(horizon_years=1))).month == 6


def test_the_words_have_the_answer_first():
    told = staged_in_words(staged(PLAN, (RETURN,), count=COUNT))
    assert told[0].startswith("Being able to stop at these thresholds ")
    assert "Before month 12 can stop it" in told[1]
    assert told[2].startswith("Best for the mean net present value: month 12: ")
