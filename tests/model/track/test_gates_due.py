"""Gates of a plan that is tracked: met or not by what was measured in their month."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from model.command_line.decide.marking import read_mark
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import Below, StageGate
from model.learning.learned import learn
from model.presets import PRESETS
from model.projection import inputs_of, project
from model.reading.faults import ScenarioError
from model.stages.contract import State, contract_for, marking_day
from model.track.actuals import Actual
from model.track.gates_due import GateMark, checked_marks, marked_contract, posted_data, posted_from
from model.track.tracked import track, with_marks
from model.track.words import headline
from model.track.worlds import Tracking
from tests import reference

PLAN = PRESETS["social-plan"]
FEW = 1024


def test_gates_are_met_or_not_by_what_was_measured_in_their_month():
    gates = [
        StageGate(3, "competent_share", 0.5, Below.HOLD),
        StageGate(4, "social_return", 4.0, Below.BACK),
        StageGate(5, "relative_return", 1.1, Below.BACK),
        StageGate(7, "cumulative_cash", 0.0, Below.HOLD),
    ]
    staged = replace(PLAN, stages=tuple(gates))
    actuals = [
        Actual(3, "competent_share", 0.5, tested=6),
        Actual(4, "social_return_test", 3.9, standard_error=1.0),
        Actual(6, "revenue", 1.05e7),
    ]
    found = track(staged, actuals, count=FEW)
    assert [item.state for item in found.gates] == [State.MET, State.NOT_MET, State.OPEN, State.OPEN]
    assert [item.due for item in found.gates] == [False, False, True, False]
    told = [item.words(PLAN.format) for item in found.gates]
    for sentence, end in zip(
        told, ("met.", "and the programme ends.", "not that of other channels.", "open, 1 month to go."), strict=True
    ):
        assert sentence.endswith(end)
    later = track(staged, [*actuals, Actual(7, "revenue", 1.05e7)], count=FEW)
    cash = next(item for item in later.variances if item.subject == "net_cash")
    assert later.gates[3].observed == pytest.approx(cash.total(cash.actual))


SWAP = StageGate(12, "relative_return", 1.1, Below.BACK)
SKILLS = StageGate(18, "competent_share", 0.45, Below.HOLD)
STAGED = replace(PLAN.changed(start_month="2027-01"), stages=(SWAP, SKILLS))
ON = date(2028, 1, 14)


def test_a_swap_test_measures_what_the_gate_on_relative_return_looks_at():
    lines = reference.calculate_lines(dict(reference.DEFAULTS), None)
    year = slice(6, 18)
    social = sum(lines["social_base_revenue"][year]) + sum(lines["social_revenue_gain"][year])
    other = reference.DEFAULTS["other_incremental_roas"] * sum(lines["hold_other_spend"][year])
    other += sum(lines["other_revenue_gain"][year])
    expected = social / sum(lines["social_spend"][year]) / (other / sum(lines["other_spend"][year]))
    planned = Tracking(PLAN, (), 0).planned["relative_return_test"]
    assert planned[17] == pytest.approx(expected, rel=1e-9)
    # And it is the indicator's own value.
    known = inputs_of(PLAN) | {name: line[np.newaxis] for name, line in project(PLAN).lines.items()}
    assert planned[11] == INDICATORS["relative_return"].value(known, 12)[0]


def test_a_swap_test_marks_its_gate_and_is_learnt_from():
    found = track(STAGED, [Actual(12, "relative_return_test", 1.4, standard_error=0.1)], count=FEW)
    assert (found.gates[0].observed, found.gates[0].state, found.gates[0].marked_on) == (1.4, State.MET, None)
    assert found.now.odds > found.before.odds + 0.1
    now = found.learned.weights @ found.learned.values["social_relative_return"][:, 0]
    assert now > learn(PLAN, (), FEW).values["social_relative_return"].mean() + 0.05


def test_a_gate_whose_month_has_come_says_what_would_tell_it():
    lift = Actual(9, "social_return_test", 5.0, standard_error=0.8)
    late = track(STAGED, [lift, Actual(12, "revenue", 1.05e7)], count=FEW).gates[0]
    assert late.standing == "not measured"
    assert "by a swap test” in month 12, or a mark, tells it; a lift test tells" in late.words(PLAN.format)
    early = track(STAGED, [lift], count=FEW).gates[0]
    assert early.standing == "not due"
    assert early.words(PLAN.format).endswith("open, 3 months to go.")


def test_a_mark_goes_before_what_actuals_tell_and_nothing_is_learnt_from_it():
    actuals = [Actual(12, "relative_return_test", 1.4, standard_error=0.1)]
    plain, marked = (track(STAGED, actuals, count=FEW, marks=marks) for marks in ((), (GateMark(12, 1.05, ON),)))
    assert (marked.gates[0].observed, marked.gates[0].standing) == (1.05, "not met")
    assert "1.05, marked on 14 Jan 2028, not met: share and team go back" in marked.gates[0].words(
        STAGED.format
    ).replace("\u00a0", " ")
    assert marked.now == plain.now
    assert with_marks(plain, [GateMark(12, 1.05, ON)]).gates == marked.gates


def test_what_the_contract_requires_of_a_gate_not_met_leads_and_is_due():
    early = GateMark(12, 1.05, date(2027, 12, 30))
    found = track(STAGED, [Actual(1, "revenue", 1.02e7)], count=FEW, marks=[early])
    assert headline(found).startswith("The gate of month 12 is not met: share and team go back")
    told = found.gates[0].words(STAGED.format).replace("\u00a0", " ")
    assert "marked on 30 Dec 2027, before the gate's day, 31 Dec 2027, not met: share and team go back" in told
    assert "before" not in with_marks(found, [GateMark(12, 1.05, ON)]).gates[0].words(STAGED.format)


def test_a_mark_s_day_is_given_or_its_gate_s_own_once_that_is_past():
    assert read_mark("12=1.05@2028-01-05", [SWAP]) == (12, 1.05, date(2028, 1, 5))
    assert read_mark("12=1.05", [SWAP]) == (12, 1.05, None)
    with pytest.raises(ScenarioError, match="must be a day such as"):
        read_mark("12=1.05@5 Jan", [SWAP])
    gate, later = date(2027, 12, 31), date(2028, 2, 1)
    assert (marking_day(gate, later), marking_day(later, gate)) == (gate, gate)


def test_the_contract_is_marked_by_marks_and_by_actuals_on_their_days():
    contract = contract_for(STAGED, 256, 1, date(2026, 12, 1))
    found = track(STAGED, [Actual(18, "competent_share", 0.5, tested=6)], count=FEW, marks=[GateMark(12, 1.05, ON)])
    first, second = marked_contract(contract, found.gates).clauses
    assert (first.state, first.observed_on, first.on) == (State.NOT_MET, ON, date(2027, 12, 31))
    assert (second.state, second.observed_on) == (State.MET, date(2028, 6, 30))
    assert (first.below, second.reached) == (contract.clauses[0].below, contract.clauses[1].reached)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ([GateMark(6, 1.0, ON)], "mark of month 6: has no gate: the plan's gates are at month 12, 18"),
        ([GateMark(18, 50.0, ON)], "out of bounds: must lie within −1 … 1"),
        ([GateMark(12, float("nan"), ON)], "finite number"),
        ([GateMark(12, 1.0, ON), GateMark(12, 1.1, ON)], "stands twice"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(marks, told):
    with pytest.raises(ScenarioError, match=told):
        checked_marks(STAGED, marks)


def test_actuals_and_marks_come_back_from_plain_data_and_actuals_alone_are_as_they_were():
    actuals, marks = (Actual(1, "revenue", 1e7),), (GateMark(12, 1.05, ON), GateMark(18, 0.5, ON))
    assert posted_from(STAGED, posted_data(actuals, marks)) == (actuals, marks)
    assert posted_data(actuals, ()) == [{"month": 1, "measure": "revenue", "value": 1e7}]
    assert posted_from(STAGED, posted_data(actuals, ())) == (actuals, ())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"actuals": []}, "marks: is missing"),
        ({"actuals": [], "marks": 3}, "must be a list"),
        ({"actuals": [], "marks": [{"month": 12, "observed": 1}]}, "on: is missing"),
        ({"actuals": [], "marks": [{"month": 12, "observed": "1", "on": "2028-01-14"}]}, "a number as observed"),
        ({"actuals": [], "marks": [{"month": 12, "observed": 1, "on": "soon"}]}, "a day such as"),
        ({"actuals": [{"month": 1}], "marks": []}, "measure: is missing"),
    ],
)
def test_what_was_posted_is_refused_where_it_cannot_be(data, told):
    with pytest.raises(ScenarioError, match=told):
        posted_from(STAGED, data)
