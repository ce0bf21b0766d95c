"""What is remembered is told apart by everything that shows in it, and found again where nothing differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.session import compute
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.skills.areas import starting_areas
from model.skills.training_plan import proposed
from model.uncertainty.simulation import simulate
from report.charts import skills
from report.charts.catalogue import CHARTS
from report.charts.comparison import BRIDGE, OVERLAYS, Between, Compared
from report.charts.decide import tracked
from report.charts.dependencies import CHART as PICTURE
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.own_data import actual, beliefs, response
from report.material import BANDS
from tests.report.charts.checked import checked

PLAN, DAY = PRESETS["social-plan"], date(2026, 11, 22)
OTHERS = {
    "name": PLAN.changed(name="Another name"),
    "description": PLAN.changed(description="Another description"),
    "currency": PLAN.changed(currency="DKK"),
    "locale": PLAN.changed(locale="da"),
    "first month": PLAN.changed(start_month="2030-01"),
    "fiscal year": PLAN.changed(fiscal_year_start=7),
    "notes": PLAN.changed(notes={"employees": "counted in May"}),
    "a value": PLAN.with_values(employees=501),
    "a range": PLAN.changed(ranges={"team_turnover": None}),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_scenario_is_remembered_by_all_that_it_holds(other: Scenario) -> None:
    assert compute.projection(PLAN).scenario == PLAN
    assert compute.projection(other).scenario == other


def titles(figure: dict[str, Any]) -> Any:
    return figure["layout"]["title"]


def test_a_figure_is_remembered_by_chart_subject_theme_and_day() -> None:
    cash, value = CHARTS["cumulative_cash"], CHARTS["value_bridge"]
    plan, renamed = compute.material(PLAN, today=DAY), compute.material(OTHERS["name"], today=DAY)
    asked = [(cash, plan, LIGHT, DAY), (value, plan, LIGHT, DAY), (cash, renamed, LIGHT, DAY),
             (cash, plan, DARK, DAY), (cash, plan, LIGHT, date(2030, 1, 2))]  # fmt: skip
    for chart, material, theme, day in asked * 2:
        assert checked(compute.figure(chart, material, theme, day)) == checked(chart.figure(material, theme, day))


def test_no_figure_of_actuals_or_own_data_is_remembered_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compute, "_figure", lambda *_: pytest.fail("remembered for all sessions"))
    for chart in (tracked.VARIANCE, tracked.FORECAST, actual.CHART, beliefs.CHART, response.CHART):
        drawn = replace(chart, figure=lambda *asked: {"asked": asked})
        assert compute.figure(drawn, PLAN, LIGHT, DAY) == {"asked": (PLAN, LIGHT, DAY)}


def test_what_follows_from_a_simulation_is_remembered_by_its_draws_and_seed() -> None:
    for count, seed in ((256, 7), (256, 8), (512, 7)) * 2:
        drawn = compute.simulation(PLAN, count, seed)
        assert (drawn.draws, drawn.seed) == (count, seed)
        _, found = compute.material(PLAN, drawn).simulated
        direct = simulate(PLAN, count, seed, lines=BANDS)
        assert found.evppi == pytest.approx(compute.findings(direct).evppi)
        told = CHARTS["npv_distribution"]
        material = compute.material(PLAN, drawn, DAY)
        assert checked(compute.figure(told, material, LIGHT, DAY)) == checked(told.figure(material, LIGHT, DAY))


def test_charts_of_other_subjects_are_remembered_as_well() -> None:
    one, other = project(PLAN), project(PRESETS["hold"])
    plan = proposed(PLAN.changed(skills=starting_areas(0.3)))
    fewer = replace(plan, budget=1.0, hours=tuple(0.0 for _ in plan.hours))
    subjects: list[tuple[Any, Any]] = [
        (OVERLAYS["compared_cash"], Compared((one, other))), (OVERLAYS["compared_cash"], Compared((other, one))),
        (OVERLAYS["compared_share"], Compared((one, other))), (BRIDGE, Between(one, other)),
        (BRIDGE, Between(other, one)), (skills.CHART, skills.Trained(plan, one)),
        (skills.CHART, skills.Trained(fewer, one)),
    ]  # fmt: skip
    for chart, subject in subjects * 2:
        assert checked(compute.figure(chart, subject, LIGHT, DAY)) == checked(chart.figure(subject, LIGHT, DAY))


def test_no_two_charts_have_one_name() -> None:
    everything = [*CHARTS.values(), *OVERLAYS.values(), BRIDGE, skills.CHART, PICTURE]
    assert len({chart.name for chart in everything}) == len(everything)
