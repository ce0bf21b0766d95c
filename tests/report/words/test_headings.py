"""Each screen's heading is its answer."""

from model.presets import PRESETS
from model.projection import project
from model.skills.areas import SkillArea, starting_areas
from model.skills.training_plan import WHOLE_HOURS, plan_training
from model.uncertainty.sensitivity import tornado
from report.words.headings import how_it_adds_up, what_hours_close, what_it_turns_on

PLAN = PRESETS["social-plan"]


def plain(text):
    return text.replace("\u00a0", " ")


def test_what_a_plan_turns_on_most():
    said = plain(what_it_turns_on(project(PLAN), tornado(PLAN)))
    assert said == "Most turns on “Return of social beside other channels, per unit of budget”: 1.2, grade C"
    held = PRESETS["hold"]
    assert what_it_turns_on(project(held), tornado(held)) == "Nothing that is uncertain moves the result"


def test_how_a_plan_adds_up():
    assert plain(how_it_adds_up(project(PLAN))) == "2.3 m USD of benefits less 2.2 m USD of costs: 102,000 USD today"
    assert "0 USD of benefits" in plain(how_it_adds_up(project(PRESETS["hold"])))


def test_what_hours_close():
    areas = starting_areas(0.37)
    plan = plan_training(PLAN, areas, 40.0, WHOLE_HOURS)
    said = plain(what_hours_close(plan, PLAN.format))
    assert said == "40 hours a person and year close 20.8 of 43 points of the skills gap"
    done = plan_training(PLAN, (SkillArea("All", 1, 0.8, 0.8),), 40.0, WHOLE_HOURS)
    assert what_hours_close(done, PLAN.format) == "No gap is left to close"
