"""Skill areas in the chart, the report and the CSV tables."""

from datetime import date

import pytest

from model.presets import PRESETS
from model.projection import project
from model.reading.pasted_skills import areas_of_file
from model.skills.areas import SkillArea, competent_share, starting_areas
from model.skills.training_plan import plan_training, proposed
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.skills import CHART, MOST_ROWS, Trained
from report.document import html
from report.material import Material
from report.tables import data
from report.tables.comparison_tables import differences
from report.tables.skills_tables import COLUMNS, plan_rows, plan_table, skills_sentences

TODAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
TEAM = (
    SkillArea("=Crisis <b>and</b> PR", 1, 0.1, 1),
    SkillArea("Content", 5, 0.2, 0.8),
    SkillArea("Surplus", 2, 0.9, 0.5),
)
SCENARIO = PLAN.changed(skills=TEAM)
PROPOSED = proposed(SCENARIO)


def drawn(plan, theme=LIGHT):
    return CHART.figure(Trained(plan, project(SCENARIO)), theme, TODAY)


def notes(figure, name):
    return [note.text for note in figure.layout.annotations if note.name == name]


# The chart


def test_rows_stand_in_the_order_of_what_an_hour_closes():
    figure = drawn(PROPOSED)
    assert notes(figure, "row") == ["Content", "=Crisis &lt;b&gt;and&lt;/b&gt; PR", "Surplus"]
    marks = {trace.name: list(trace.x) for trace in figure.data}
    assert marks["today"] == [0.2, 0.1, 0.9]
    assert marks["wanted"] == [0.8, 1, 0.5]
    assert marks["after the plan"] == [PROPOSED.after[place] for place in (1, 0, 2)]


def test_hours_and_shares_are_labelled_directly():
    figure = drawn(PROPOSED)
    hours = [text.split(" h</b>")[0].removeprefix("<b>") for text in notes(figure, "hours")]
    assert [float(text) for text in hours] == [PROPOSED.hours[place] for place in (1, 0, 2)]
    assert sum(map(float, hours)) == 40
    # A surplus: what is wanted stands left of today, so the labels change sides.
    assert notes(figure, "share")[-2:] == ["50\u00a0%", "90\u00a0%"]


def test_the_title_says_where_to_train_first_or_that_none_comes_first():
    assert drawn(PROPOSED).layout.title.text == "Train first: Content"
    level = plan_training(PLAN, starting_areas(0.37), 40)
    assert drawn(level).layout.title.text == "An hour closes as much in 8 areas"
    closed = plan_training(PLAN, TEAM[2:], 40)
    assert drawn(closed).layout.title.text == "No area that matters has a gap to close"


def test_what_is_taught_is_a_line_from_today_to_after_and_what_is_missing_another():
    lines = {(line.name, line.y0): (line.x0, line.x1) for line in drawn(PROPOSED).layout.shapes}
    assert lines["taught", 0] == (0.2, PROPOSED.after[1])
    assert lines["missing", 1] == (PROPOSED.after[0], 1)
    assert ("taught", 2) not in lines


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_many_areas_are_cut_to_what_has_room_and_it_is_said(theme):
    many = tuple(SkillArea(f"area {n}", 1 + n, 0.2, 0.8) for n in range(30))
    figure = drawn(plan_training(PLAN, many, 40, 1), theme)
    assert len(notes(figure, "row")) == MOST_ROWS
    assert "10 of 30 areas" in figure.layout.title.subtitle.text
    assert "area 0 20\u00a0% today" in CHART.alt(Trained(plan_training(PLAN, many, 40, 1), project(SCENARIO)))


# Tables and sentences


def test_the_table_behind_the_chart_is_the_plans():
    cells = CHART.table(Trained(PROPOSED, project(SCENARIO))).cells(SCENARIO)
    shown = [[cell.text.replace("–", "") for cell in row] for row in cells]
    assert shown == [[cell.text for cell in row] for row in plan_table(PROPOSED, SCENARIO.format).rows]


def test_the_table_adds_up():
    *areas, (_, together) = plan_rows(PROPOSED)
    columns = list(zip(*(values for _, values in areas), strict=True))
    assert sum(columns[-1]) == together[-1] == 40
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


# Files


def test_the_table_s_file_is_safe_for_spreadsheets_and_is_read_in_again():
    table = data.tables(Material(project(SCENARIO), None, TODAY))["skills"]
    content = data.csv(table)
    assert b"\n'=Crisis" in content
    assert list(table["hours"]) == list(PROPOSED.hours)
    assert areas_of_file(content) == TEAM
    assert "skills" not in data.tables(Material(project(PLAN), None, TODAY))


def test_a_file_that_is_no_utf8_is_read_as_windows_writes_it():
    content = "Område;1;20;80".encode("cp1252")
    assert areas_of_file(content)[0].name == "Område"


def test_skills_that_differ_are_told_when_scenarios_are_compared():
    table = differences([PLAN, SCENARIO])
    row = next(row for row in table.rows if row[0].text == "Skill areas")
    assert row[1].text == "–"
    assert "Content: weight 5, 20\u00a0% competent, 80\u00a0% wanted" in row[2].text


def test_the_report_has_the_skills_of_a_scenario_that_has_any():
    page = html([SCENARIO], today=TODAY)
    assert '<a href="#skills">Skills</a>' in page
    assert "=Crisis &lt;b&gt;and&lt;/b&gt; PR" in page
    assert skills_sentences(PROPOSED, SCENARIO.format)[0] in page
    assert "grades U and D" in page
    assert 'id="skills"' not in html([PLAN], today=TODAY)
