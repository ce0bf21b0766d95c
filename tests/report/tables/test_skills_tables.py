"""Skill areas in tables and sentences, in the report and in the CSV tables."""

import pytest

from model.projection import project
from model.reading.pasted_skills import areas_of_file
from model.skills.areas import competent_share
from model.skills.training_plan import plan_training
from model.units import MONEY, Format
from report.charts.skills import CHART, Trained
from report.document import html
from report.tables import data
from report.tables.comparison_tables import differences
from report.tables.skills_tables import COLUMNS, plan_rows, plan_table, skills_sentences, worth_sentences
from tests.materials import materials
from tests.report.charts.test_skills import PLAN, PROPOSED, SCENARIO, TEAM


def test_the_table_behind_the_chart_is_the_plans():
    cells = CHART.table(Trained(PROPOSED, project(SCENARIO))).cells(SCENARIO)
    shown = [[cell.text.replace("–", "") for cell in row] for row in cells]
    assert shown == [[cell.text for cell in row] for row in plan_table(PROPOSED, SCENARIO.format).rows]


def test_the_table_adds_up():
    *areas, (_, together) = plan_rows(PROPOSED)
    columns = list(zip(*(values for _, values in areas), strict=True))
    assert sum(columns[-2]) == together[-2] == 40
    assert columns[-1] == tuple(PROPOSED.worth.hours_earn[place] for place in PROPOSED.ranked)
    weighted = [sum(w * share for w, share in zip(columns[0], columns[at], strict=True)) / 8 for at in (1, 2, 3)]
    assert together[1:4] == pytest.approx(weighted)
    assert together[1] == pytest.approx(competent_share(TEAM))
    table = plan_table(PROPOSED, SCENARIO.format)
    assert len(table.headings) == 1 + len(COLUMNS)
    assert table.rows[-1][1].text == ""


def test_sentences_tell_where_how_much_and_what_is_left_over():
    first, planned = skills_sentences(PROPOSED, SCENARIO.format)
    assert first.startswith("An hour of training closes most in Content: ")
    assert "from 36.3\u00a0% to" in planned
    assert planned.startswith("40 hours per person and year")
    assert "training closes no gap" in skills_sentences(plan_training(PLAN, TEAM[2:], 40), PLAN.format)[0]
    *_, over = skills_sentences(plan_training(PLAN, TEAM[1:], 1000), PLAN.format)
    assert "no gap is left" in over
    *_, over = skills_sentences(plan_training(PLAN, TEAM, 2.5, 1.0), PLAN.format)
    assert over == "Left over of the budget: 0.5 hours; they make no full step."


def test_sentences_tell_what_the_gap_and_the_last_hour_are_worth():
    closing, hour = worth_sentences(PROPOSED, SCENARIO)
    worth, money = PROPOSED.worth, SCENARIO.format
    assert f"worth {money.rounded(worth.closing.over_the_horizon, MONEY)} more" in closing
    assert "the model run twice" in closing
    assert "what closing the gap costs not counted" in closing
    assert f"costs {money.rounded(worth.hour_costs, MONEY)} for the whole team" in hour
    assert hour.endswith("by area: less than it costs.")
    closed = plan_training(PLAN, TEAM[2:], 40)
    assert worth_sentences(closed, PLAN) == ()


@pytest.mark.parametrize(
    ("causal", "verdict"), [(0.001, "less than it costs."), (1.0, "as much as it costs or more.")]
)
def test_the_last_hour_is_held_against_its_cost(causal, verdict):
    scenario = SCENARIO.with_values(causal_share=causal)
    assert worth_sentences(plan_training(scenario, TEAM, 40, 1.0), scenario)[-1].endswith(verdict)


def test_the_table_s_file_is_safe_for_spreadsheets_and_is_read_in_again():
    table = data.tables(*materials(SCENARIO))["skills"]
    content = data.csv(table)
    assert b"\n\"'=Crisis" in content
    assert list(table["hours (hours a year)"]) == list(PROPOSED.hours)
    assert table["hour_costs (USD)"].iloc[0] == PROPOSED.worth.hour_costs
    assert areas_of_file(content) == TEAM
    assert areas_of_file(data.csv(table, Format("de"))) == TEAM
    assert "skills" not in data.tables(*materials(PLAN))


def test_a_file_that_is_no_utf8_is_read_as_windows_writes_it():
    content = "Område;1;20;80".encode("cp1252")
    assert areas_of_file(content)[0].name == "Område"


def test_skills_that_differ_are_told_when_scenarios_are_compared():
    table = differences([PLAN, SCENARIO])
    row = next(row for row in table.rows if row[0].text == "Skill areas")
    assert row[1].text == "–"
    assert "Content: weight 5, 20\u00a0% competent, 80\u00a0% wanted" in row[2].text


def test_the_report_has_the_skills_of_a_scenario_that_has_any():
    page = html(materials(SCENARIO))
    assert '<a href="#skills">Skills</a>' in page
    assert "=Crisis &lt;b&gt;and&lt;/b&gt; PR" in page
    assert skills_sentences(PROPOSED, SCENARIO.format)[0] in page
    assert worth_sentences(PROPOSED, SCENARIO)[0] in page
    assert "grades U and D" in page
    assert 'id="skills"' not in html(materials(PLAN))
