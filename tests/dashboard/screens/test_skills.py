"""The Skills screen: edits of its table, pasted rows, the hours, and the share that feeds the projection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.screens.skills import rows
from dashboard.session import edits
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.skills.areas import SkillArea, competent_share, starting_areas
from model.skills.training_plan import HALF_HOURS, plan_training
from model.units import MONEY, Format
from tests.dashboard.app import opened, shown

PLAN = PRESETS["social-plan"]
TEAM = (SkillArea("Content", 3, 0.4, 0.8), SkillArea("Crisis and PR", 1, 1 / 3, 0.9))
NOTHING = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


def with_team(**values: object) -> Scenario:
    return PLAN.with_values(**values).changed(skills=TEAM)


def button(test: AppTest, label: str):
    return next(item for item in test.button if item.label == label)


def edited(changes: dict[str, object], before: rows.Rows | None = None) -> rows.EditedAreas:
    return rows.edited(TEAM, NOTHING | changes, before or rows.as_rows(TEAM))


def faults(changes: dict[str, object]) -> dict[str, str]:
    return {fault.key: fault.message for fault in edited(changes).faults}


# The table's edits


def test_a_table_left_alone_keeps_every_digit():
    assert edited(NOTHING).areas == TEAM


@given(st.sampled_from(["en", "da", "de", "fr"]))
def test_what_the_table_shows_can_be_typed_in_again(locale):
    areas = starting_areas(0.375)
    columns = rows.rows_of(areas, Format(locale))
    typed = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    changes = NOTHING | {"edited_rows": dict(enumerate(typed))}
    assert rows.edited(areas, changes, rows.as_rows(areas)).areas == areas


def test_cells_rows_added_and_rows_deleted():
    changes = {
        "edited_rows": {0: {"competent": "45,5"}, 1: {"importance": "7"}},
        "added_rows": [{"area": "New", "importance": "2", "competent": "0 %", "wanted": "80 %"}],
        "deleted_rows": [1],
    }
    assert edited(changes).areas == (SkillArea("Content", 3, 0.455, 0.8), SkillArea("New", 2, 0, 0.8))
    assert edited({"deleted_rows": [0, 1]}).areas == ()


def test_what_is_legal_is_taken_beside_a_refused_cell_which_stays_as_it_was_last():
    first = edited({"edited_rows": {0: {"competent": "45"}}})
    cells = {0: {"competent": "much", "wanted": "90"}, 1: {"importance": "2"}}
    second = edited({"edited_rows": cells}, first.rows)
    assert second.areas == (SkillArea("Content", 3, 0.45, 0.9), SkillArea("Crisis and PR", 2, 1 / 3, 0.9))
    assert [fault.key for fault in second.faults] == ["Row 1, competent today"]
    cells[0]["competent"] = "50"
    mended = edited({"edited_rows": cells}, second.rows)
    assert mended.faults == ()
    assert mended.areas[0] == SkillArea("Content", 3, 0.5, 0.9)


def test_an_added_row_that_is_refused_is_left_out_and_keeps_what_it_had_once_taken():
    new = {"area": "New", "importance": "2", "competent": "0 %", "wanted": "80 %"}
    refused = edited({"added_rows": [new | {"wanted": "x"}, new | {"area": "Newer"}], "deleted_rows": [1]})
    assert refused.areas == (TEAM[0], SkillArea("Newer", 2, 0, 0.8))
    assert [fault.key for fault in refused.faults] == ["Row 2, wanted"]
    taken = edited({"added_rows": [new]})
    again = edited({"added_rows": [new | {"wanted": "x", "competent": "10"}]}, taken.rows)
    assert again.areas == (*TEAM, SkillArea("New", 2, 0.1, 0.8))
    fewer = edited(
        {"added_rows": [new | {"area": "Newer", "wanted": "x"}]},
        edited({"added_rows": [new, new | {"area": "Newer"}]}).rows,
    )
    assert fewer.areas == TEAM
    assert "a second time" in faults({"added_rows": [new | {"area": "content"}]})["Row 3, area"]


def test_edits_that_leave_no_area_any_weight_are_told_and_the_last_of_them_is_not_taken():
    rows = {0: {"importance": "0"}, 1: {"importance": "0"}}
    outcome = edited({"edited_rows": rows})
    assert "at least one area more than 0" in outcome.faults[0].message
    assert outcome.areas == (SkillArea("Content", 0, 0.4, 0.8), TEAM[1])
    last = edited({"edited_rows": {0: {"importance": "0"}}, "deleted_rows": [1]}, outcome.rows)
    assert last.areas == outcome.areas


def test_faults_name_the_row_that_a_person_sees():
    told = faults({"edited_rows": {1: {"competent": "half"}}, "deleted_rows": [0]})
    assert "'half' is not a number" in told["Row 1, competent today"]
    assert "is empty" in faults({"edited_rows": {0: {"area": None}}})["Row 1, area"]
    out = faults({"edited_rows": {1: {"wanted": "120"}}})["Row 2, wanted"]
    assert out == "'120' is out of bounds: 0\u00a0% … 100\u00a0%"


# Feeding the projection


def test_the_weighted_share_comes_with_a_note_that_says_where_from():
    scenario = with_team().changed(notes={"competent_share_start": "Seen in the skills test of May."})
    used = edits.with_competence_of_skills(scenario)
    assert used.values["competent_share_start"] == pytest.approx(competent_share(TEAM))
    told, own = used.notes["competent_share_start"].splitlines()
    assert told.startswith(
        "Weighted over the skill areas: Content: weight 3, 40\u00a0% competent, 80\u00a0% wanted; Crisis"
    )
    assert "grades U and D" in told
    assert own == "Seen in the skills test of May."
    assert edits.with_competence_of_skills(used) == used


def test_using_the_share_changes_the_plan_and_tells_that_it_is_used():
    test = opened(with_team(), "skills")
    button(test, "Use as part already competent").click().run()
    assert not test.exception
    scenario = test.session_state["scenario"]
    assert scenario.values["competent_share_start"] == pytest.approx(competent_share(TEAM))
    assert "Weighted over the skill areas" in scenario.notes["competent_share_start"]
    assert button(test, "Use as part already competent").disabled
    assert "is what the projection starts from" in shown(test)


def test_a_more_competent_team_is_told_to_gain_less_from_training() -> None:
    better = (SkillArea("Content", 1, 0.7, 0.9),)
    scenario = PLAN.changed(skills=better)
    told = shown(opened(scenario, "skills"))
    now, then = (
        scenario.format.rounded(project(one).metrics["npv"] or 0.0, MONEY)
        for one in (scenario, scenario.with_values(competent_share_start=0.7))
    )
    assert f"takes the plan's net present value from {now} to {then}: the more of the team are competent" in told
    assert "Over 5 years the plan is worth" in told
    assert "The last hour a year costs" in told


def test_a_share_that_leaves_nobody_to_train_is_refused():
    everyone = PLAN.changed(skills=(SkillArea("Content", 1, 1, 1),))
    test = opened(everyone, "skills")
    button(test, "Use as part already competent").click().run()
    assert test.session_state["scenario"] == everyone
    assert "0.99" in test.error[0].value.replace("\\", "")


# The screen


def test_the_start_is_told_to_be_none_of_the_company_s_own():
    test = opened(screen="skills")
    assert not test.exception
    assert "a place to start, not a finding" in test.info[0].value
    assert "An hour of training closes as much in each of 8 areas" in shown(test)
    assert not [item for item in test.button if item.label == "Use as part already competent"]
    assert test.session_state["scenario"] == PLAN


def test_pasted_rows_become_the_scenario_s_skills_and_start_again_forgets_them():
    test = opened(screen="skills")
    test.text_area(key="skills paste").input("Content\t3\t40 %\t80 %\nCrisis\t1\t12,5\t90")
    button(test, "Use these rows").click().run()
    assert not test.exception
    scenario = test.session_state["scenario"]
    assert scenario.skills == (SkillArea("Content", 3, 0.4, 0.8), SkillArea("Crisis", 1, 0.125, 0.9))
    assert scenario.name == "Social plan"
    assert test.text_area(key="skills paste").value == ""
    assert test.toast[0].value == "2 areas are read; Content: weight 3, 40\u00a0% today, 80\u00a0% wanted"
    assert "An hour of training closes most in Content" in shown(test)
    assert not test.info
    button(test, "Start again").click().run()
    assert test.session_state["scenario"] == PLAN


def test_a_faulty_paste_is_told_and_nothing_is_lost():
    start = with_team()
    test = opened(start, "skills")
    pasted = "Content\t3\t140 %\t80 %\nCrisis\thigh\t10"
    test.text_area(key="skills paste").input(pasted)
    button(test, "Use these rows").click().run()
    assert test.session_state["scenario"] == start
    assert "Row 2: has 3 columns" in test.error[0].value.replace("\\", "")
    assert test.text_area(key="skills paste").value == pasted


def test_the_budget_follows_the_training_hours_until_another_is_entered():
    test = opened(with_team(training_hours=10.0), "skills")
    budget, hours = test.text_input(key="skills budget"), "Hours per person and year"
    assert budget.value == "10"
    metric = {item.label: item.value for item in test.metric}
    assert metric[hours] == "10"
    budget.set_value("7.5").run()
    test.segmented_control(key="skills step").set_value("Half hours").run()
    plan = plan_training(test.session_state["scenario"], TEAM, 7.5, HALF_HOURS)
    metric = {item.label: item.value for item in test.metric}
    assert metric[hours].replace("\\", "") == "7.5"
    table = test.table[0].value
    assert sorted(table["Hours a year"].dropna())[-1] == sum(plan.hours)
    assert test.session_state["scenario"] == with_team(training_hours=10.0)
    test.text_input(key="skills budget").set_value("").run()
    assert test.text_input(key="skills budget").value == "10"


def test_without_a_programme_the_hours_are_told_to_be_what_if():
    assert "Training is switched off" in shown(opened(with_team(training_programme=False), "skills"))


def test_names_are_text():
    test = opened(PLAN.changed(skills=(SkillArea("**<b>=SUM(1)</b>** [x](http://y)", 1, 0, 1),)), "skills")
    assert not test.exception
    assert "**<b>=SUM" not in test.table[0].value["Area"][0]
    assert "=SUM" in test.table[0].value["Area"][0].replace("\\", "")


def test_a_refused_budget_stays_typed_with_bounds_and_mend_until_a_legal_one_is_typed():
    test = opened(with_team(training_hours=10.0).changed(locale="da"), "skills")
    hours = "Hours per person and year"

    def typed(text: str) -> str:
        test.text_input(key="skills budget").set_value(text).run()
        assert not test.exception
        return test.error[0].value.replace("\\", "") if test.error else ""

    assert typed("7,5") == ""
    for text, fault in (("-5", "is out of bounds"), ("99999", "is out of bounds"), ("abc", "is not a number")):
        assert typed(text) == (
            f"Budget (hours per person and year): '{text}' {fault}; type a number within 0 … 1.000, like 40. "
            "In force: 7,5."
        )
        assert test.text_input(key="skills budget").value == text
        assert {item.label: item.value for item in test.metric}[hours].replace("\\", "") == "7"
    assert typed("12,5") == ""
    assert test.session_state["kept"]["skills budget"] == 12.5
