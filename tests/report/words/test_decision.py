"""What is decided when, where a plan has gates or a test is to be run first: no rule stands beside another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.projection import project
from report.asked import Answers
from report.material import Material
from report.words.decision import decision
from report.words.narrative import ONE_DECISION, first_study

TODAY = date(2026, 11, 29)
PLAN = PRESETS["social-plan"]
STAGED = PLAN.changed(stages=(StageGate(12, "relative_return", 1.1, Below.BACK),), name="In stages")


def material(scenario):
    return Material(project(scenario), None, TODAY).with_odds(256, 7)


def with_test(scenario, months):
    """A material whose answer is a test of so many months, or none where it is 0."""
    pilot = SimpleNamespace(design=SimpleNamespace(label="Geo test"), best=True, months=months)
    return replace(material(scenario), answers=Answers(tests=SimpleNamespace(first=pilot if months else None)))


def milestones(of):
    return [(one.when, one.decided, one.looked_at) for one in decision(of).milestones]


def test_where_a_plan_has_gates_they_alone_decide_whether_it_stops():
    dated = milestones(material(STAGED))
    (gate,) = (one for one in dated if one[1].startswith("gate of month 12"))
    assert gate[0] == "31 Dec 2027"
    assert gate[2][0].startswith("return of social beside other channels: below 1.1, share and team go back")
    assert "or stop" not in str(dated)
    (review,) = (one for one in dated if one[1].startswith("review"))
    assert review[1].endswith("whether to go on is for the gates to say")
    assert len(review[2]) == 2
    assert "at least" not in str(review)


def test_without_gates_the_review_decides():
    (review,) = (one for one in milestones(material(PLAN)) if one[1].startswith("review"))
    assert review[1].endswith("go on, correct or stop")


def test_gates_stand_where_odds_were_not_drawn():
    assert "gate of month 12" in str(milestones(Material(project(STAGED), None, TODAY)))


def test_a_test_worth_running_comes_before_the_approval():
    first, second, third, *_ = milestones(with_test(PLAN, 3))
    assert first[:2] == ("Now", "“Geo test” is run first, for 3 months, or not")
    assert second[0] == "After the test"
    assert second[1].startswith("the plan and the money of its first fiscal year are approved, or not")
    assert (
        third[1] == "the plan starts; with the test first what is asked for begins 3 months later than planned here"
    )
    assert "study" not in str(milestones(with_test(PLAN, 3)))


def test_where_no_test_is_worth_it_no_study_is_told():
    first, second, *_ = milestones(with_test(PLAN, 0))
    assert first[1].startswith("the plan and the money")
    assert second[1:] == ("the plan starts", ())


def test_what_a_study_is_worth_names_its_decision():
    one = material(PLAN)
    assert ONE_DECISION in first_study(one.found, one.simulation)
