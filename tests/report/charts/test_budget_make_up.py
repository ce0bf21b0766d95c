"""What the social budget pays: people and media, as the lines have it."""

from datetime import date

import pytest

from model.presets import PRESETS
from model.projection import project
from model.telling.one_line import pay_beside_media
from model.units import NO_BREAK
from report.charts.budget_make_up import (
    CHART,
    budget_by_year,
    held_media,
    held_people,
    make_up_alt,
    make_up_message,
)
from report.charts.drawing.theme import DARK
from report.material import Material
from tests.report.charts.checked import checked

TODAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]


def material(scenario):
    return Material(project(scenario), None, TODAY)


def bars(scenario):
    """The bars of people and of media, by year."""
    figure = checked(CHART.figure(material(scenario), DARK, TODAY))
    return {trace.name: list(trace.y) for trace in figure.data}


def test_people_and_media_are_the_social_spend():
    lines, drawn = project(PLAN).lines, bars(PLAN)
    assert sum(drawn["people"]) == pytest.approx(lines["team_payroll"].sum())
    assert sum(drawn["media"]) == pytest.approx(lines["working_media"].sum())
    assert drawn["people"][0] + drawn["media"][0] == pytest.approx(lines["social_spend"][:12].sum())
    # 6 people at 62,000 · 1.42 · 1.02^5 at the end of the fifth year.
    assert lines["team_payroll"][-1] * 12 == pytest.approx(6 * 62_000 * 1.42 * 1.02**5)


def test_a_team_paid_from_elsewhere_takes_nothing_of_it():
    elsewhere = PLAN.with_values(team_pay_in_budget=False)
    assert bars(elsewhere)["people"] == [0.0] * 5
    assert make_up_message(project(elsewhere)) == "All of the social budget buys media"


def test_what_holding_pays_is_what_the_preset_hold_pays():
    plan, hold = project(PLAN), project(PRESETS["hold"])
    assert held_people(plan) == pytest.approx(hold.lines["team_payroll"].sum())
    assert held_media(plan) == pytest.approx(hold.lines["working_media"].sum())


def test_the_words():
    assert (
        make_up_message(project(PLAN)).replace(NO_BREAK, " ")
        == "Pay is 28 % of the social budget today, 21 % at the end"
    )
    told = make_up_alt(material(PLAN))
    assert told.startswith(pay_beside_media(project(PLAN)))
    assert all(f"{year.name}: " in told for year in budget_by_year(project(PLAN), None))


def test_pay_beyond_the_budget_is_drawn_below_zero():
    beyond = PLAN.with_values(team_start=18.0, team_target=18.0)
    assert min(bars(beyond)["media"]) < 0
    assert make_up_message(project(beyond)) == "The social budget does not even pay the team"
