"""The chart of the skill areas."""

from datetime import date

import pytest

from model.presets import PRESETS
from model.projection import project
from model.skills.areas import SkillArea, starting_areas
from model.skills.training_plan import plan_training, proposed
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.skills import CHART, MOST_ROWS, Trained
from tests.report.charts.checked import checked

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
    return checked(CHART.figure(Trained(plan, project(SCENARIO)), theme, TODAY))


def notes(figure, name):
    return [note.text for note in figure.layout.annotations if note.name == name]


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
