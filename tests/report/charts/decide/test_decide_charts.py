"""The charts of Decide: what they show is what was found, on a laptop and on a phone, in both brightnesses."""

from __future__ import annotations

from datetime import date

import pytest

from model.gates.stage_gate import Below, StageGate
from model.pilot.pilots import Pilots, pilots
from model.presets import PRESETS
from model.projection import project
from model.stages.staged import Staged, staged
from model.track.actuals import Actual
from model.track.tracked import CASH, Tracked, track
from report.charts.decide.ends import ENDS, Ending
from report.charts.decide.ladder import LADDER, Laddered
from report.charts.decide.pilots import NET, Priced
from report.charts.decide.tracked import FORECAST, VARIANCE, Came
from report.charts.drawing.narrow import narrowed
from report.charts.drawing.theme import DARK, LIGHT
from report.tables.decide.tests import pilots_in_brief
from report.tables.tracked.tables import calibration, gates_due, variances_table
from report.words.headings import what_stopping_is_worth, whether_to_test
from tests.report.charts.checked import checked

DAY = date(2026, 11, 22)
GATES = (StageGate(12, "competent_share", 0.4, Below.HOLD), StageGate(24, "relative_return", 1.1, Below.BACK))
PLAN = PRESETS["social-plan"].changed(stages=GATES, locale="da", currency="DKK")
DRAWS = 256


@pytest.fixture(scope="module")
def tests() -> Pilots:
    return pilots(PLAN, count=DRAWS)


@pytest.fixture(scope="module")
def stages() -> Staged:
    return staged(PLAN, count=DRAWS)


@pytest.fixture(scope="module")
def came() -> Tracked:
    planned = project(PLAN).lines["social_spend"]
    spent = [Actual(month, "social_spend", 1.1 * float(planned[month - 1])) for month in range(1, 13)]
    return track(PLAN, [*spent, Actual(12, "competent_share", 0.3, tested=40)], count=1024)


@pytest.fixture(scope="module")
def every(tests: Pilots, stages: Staged, came: Tracked) -> list[tuple]:
    plan = project(PLAN)
    ladders = [(LADDER, Laddered(tests, pilot.design.name, plan)) for pilot in tests.pilots]
    tracked = [(VARIANCE, Came(came, item.subject, plan)) for item in came.variances]
    ahead = [(FORECAST, Came(came, subject, plan)) for subject in came.ahead]
    return [(NET, Priced(tests, plan)), *ladders, (ENDS, Ending(stages, plan)), *tracked, *ahead]


def test_every_chart_is_drawn_told_and_has_its_rows(every):
    for chart, subject in every:
        for theme in (LIGHT, DARK):
            figure = checked(chart.figure(subject, theme, DAY))
            assert len(figure.layout.title.text) <= 66, figure.layout.title.text
            assert PLAN.hash in figure.layout.annotations[0].text + str(figure.layout.annotations)
        checked(narrowed(chart.figure(subject, LIGHT, DAY), chart.group.height))
        assert len(chart.alt(subject)) > 40
        assert len(chart.table(subject).cells(PLAN)) >= 1


def test_the_bars_are_the_net_worths_of_the_best_sizes_in_order(tests):
    figure = NET.figure(Priced(tests, project(PLAN)), LIGHT, DAY)
    shown = list(figure["data"][0]["x"])
    assert shown == [pilot.best.net for pilot in tests.pilots if pilot.best]
    assert shown == sorted(shown, reverse=True)


def test_the_heading_names_the_test_that_is_most_worth_running_or_none(tests):
    told = whether_to_test(tests)
    if tests.first:
        assert tests.first.design.label in told
        assert f"{tests.first.months} month" in told
        assert told.endswith(", net of what it brings meanwhile") == (tests.first.best.effect < 0)
    else:
        assert told.startswith("Decide now")
    assert len(pilots_in_brief(tests).rows) == len(tests.pilots)
    hold = whether_to_test(pilots(PRESETS["hold"], count=DRAWS))
    assert hold.startswith("Decide now")


def test_the_streams_of_a_plan_in_stages_are_all_of_its_cases(stages):
    figure = ENDS.figure(Ending(stages, project(PLAN)), LIGHT, DAY)
    streams = [trace["y"][3] - trace["y"][2] for trace in figure["data"] if trace["name"].startswith("stops")]
    stopped = [one.stopped for one in stages.planned.ends if one.stopped]
    assert streams == pytest.approx(stopped)
    assert stages.planned.goes_on == pytest.approx(1 - sum(stopped))
    assert "in 100 cases go on to the end" in what_stopping_is_worth(stages)


def test_causes_of_a_variance_add_up_as_they_are_shown(came):
    plan = project(PLAN)
    for item in came.variances:
        figure = VARIANCE.figure(Came(came, item.subject, plan), LIGHT, DAY)
        *parts, whole = figure["data"][1]["x"]
        # Parts are in whole money, and so is what they add up to.
        assert sum(parts) == pytest.approx(whole, abs=1)
        assert list(figure["data"][0]["x"]) == [item.total(item.plan), item.total(item.actual)]


def test_a_gate_is_met_or_not_where_it_was_measured_and_due_where_it_was_not(came):
    (first, second) = gates_due(came).rows
    assert first[-1].text == f"not met: {Below.HOLD.words}"
    assert second[-1].text == "not due"
    assert len(calibration(came).rows) == 2
    assert len(variances_table(came).rows) == len(came.variances)


def test_what_is_forecast_of_cash_is_beside_the_plan(came):
    plan = project(PLAN)
    rows = FORECAST.table(Came(came, CASH, plan)).frame
    assert list(rows["plan"]) == list(plan.lines[CASH])
    assert (rows["p10"] <= rows["p90"]).all()
