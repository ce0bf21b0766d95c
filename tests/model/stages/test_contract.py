"""The contract: round trip, marks, faults, words and the scenario's stamp."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.stages.contract import Contract, State, contract_for, contract_of
from model.stages.staged import staged
from tests.scenarios import anything

GATES = (
    StageGate(6, "competent_share", 0.4, Below.HOLD),
    StageGate(12, "relative_return", 1.1, Below.BACK, 0.2, 100.0),
)
PLAN = PRESETS["social-plan"].with_values(horizon_years=2).changed(stages=GATES, start_month="2027-03")
FOUND = staged(PLAN, count=256)
MADE = contract_of(PLAN, FOUND.planned.ends, 256, FOUND.seed, date(2026, 11, 29))


def test_it_is_stamped_and_dated():
    assert (MADE.scenario, MADE.hash, MADE.draws) == (PLAN.name, PLAN.hash, 256)
    assert MADE.holds_for(PLAN)
    assert not MADE.holds_for(PLAN.with_values(team_target=5))
    assert [clause.on for clause in MADE.clauses] == [date(2027, 8, 31), date(2028, 2, 29)]


def test_the_odds_are_those_of_the_plan_s_own_thresholds():
    for clause, end in zip(MADE.clauses, FOUND.planned.ends, strict=True):
        assert clause.below * clause.reached == pytest.approx(end.stopped)


def test_it_is_the_same_without_the_search_for_better_thresholds():
    assert contract_for(PLAN, 256, FOUND.seed, date(2026, 11, 29)) == MADE
    assert contract_for(PRESETS["hold"], 256, 1, date(2026, 11, 29)) is None


def test_its_file_says_the_same():
    marked = MADE.marked(12, 1.05, date(2028, 3, 9))
    for one in (MADE, marked):
        assert Contract.from_json(one.to_json()) == one


def test_a_clause_is_marked_by_what_was_measured():
    assert [clause.state for clause in MADE.clauses] == [State.OPEN, State.OPEN]
    assert MADE.marked(12, 1.1, date(2028, 3, 9)).clauses[1].state is State.MET
    missed = MADE.marked(12, 1.05, date(2028, 3, 9)).clauses[1]
    assert missed.state is State.NOT_MET
    assert "Measured 1.05 on 9 Mar 2028: not met: share and team go back" in missed.sentence(PLAN.format)
    with pytest.raises(ScenarioError, match="month: is 7, but the contract's gates are at month 6, 12"):
        MADE.marked(7, 1.0, date(2028, 3, 9))


def test_a_clause_in_words_has_day_threshold_consequence_and_odds():
    words = MADE.clauses[1].sentence(PLAN.format)
    assert words.startswith("If on 29 Feb 2028, at the end of month 12, return of social beside other channels is ")
    assert "below 1.1 (a geo test of both over the last year), share and team go back" in words
    assert "Odds today: " in words


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"contract_version": 2}, "contract_version: is 2, but this release reads version 1"),
        ({"hash": "x"}, "hash: is 'x', but must be twelve hexadecimal digits"),
        ({"made_on": "yesterday"}, "made_on: is 'yesterday', but must be a day"),
        ({"draws": -1}, "draws: is −1"),
        ({"clauses": []}, "clauses: is list, but must be a list of at least one clause"),
        ({"more": 1}, "contract: has the unknown key 'more'"),
        ({"scenario": ""}, "scenario: is empty"),
    ],
)
def test_faults_are_told(change, told):
    with pytest.raises(ScenarioError) as refused:
        Contract.from_data(MADE.to_data() | change)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"state": "met"}, "clauses[1]: has the state 'met', but what was measured says 'open'"),
        ({"reached": 2}, "clauses[1]: is 2, out of bounds"),
        ({"observed": 1.0}, "clauses[1]: has one of observed and observed_on"),
        ({"gate": {"month": 6}}, "clauses[1].gate[1].threshold: is missing"),
        ({"gate": 4}, "clauses[1]: is 4, but must be an object"),
    ],
)
def test_faults_of_a_clause_are_told(change, told):
    data = MADE.to_data()
    data["clauses"][0] |= change
    with pytest.raises(ScenarioError) as refused:
        Contract.from_data(data)
    assert told in str(refused.value)


@given(anything())
def test_any_data_is_refused_in_words(data):
    with pytest.raises(ScenarioError):
        Contract.from_data(data)


def test_a_contract_is_no_scenario():
    with pytest.raises(ScenarioError):
        Scenario.from_json(MADE.to_json())
