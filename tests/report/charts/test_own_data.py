"""The pictures of an own history: it and its fit, with what was held out, observed and planned marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from dashboard.session import compute
from model.history.example import example_history
from model.history.importing.columns import Named
from model.history.importing.history import read_history
from model.history.own_data import learn
from model.lines import response
from model.presets import PRESETS
from model.projection import project
from model.telling.response import plan_level
from model.uncertainty.summaries import weighted_quantiles
from report.charts.drawing.narrow import WIDTH, narrowed
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.own_data import actual, beliefs
from report.charts.own_data import response as reach
from report.charts.own_data.fitted import Fitted
from report.tables.own_data_tables import (
    CHECKS,
    check_rows,
    figure_rows,
    rows_set_aside,
    rows_used,
    what_history_tells,
)
from tests.report.charts.checked import checked
from tests.report.charts.test_narrow import NARROW_LETTER, visible, words

DAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
LONG = PLAN.changed(name="A rather long name that somebody gave to a plan of theirs", locale="da", currency="DKK")
CHARTS = (actual.CHART, beliefs.CHART, reach.CHART)


@pytest.fixture(scope="module")
def own():
    return learn(read_history(example_history(), Named()), PLAN, 2027)


@pytest.fixture(scope="module")
def fitted(own):
    return Fitted(own, project(PLAN))


def traces(figure, name):
    return [trace for trace in figure["data"] if trace["name"] == name]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize("scenario", [PLAN, LONG], ids=["plan", "long"])
def test_plotly_knows_every_property_and_a_phone_keeps_every_word(chart, scenario, own):
    fitted = Fitted(own, project(scenario))
    for theme in (LIGHT, DARK):
        assert checked(chart.figure(fitted, theme, DAY)).data
    wide, narrow = chart.figure(fitted, LIGHT, DAY), narrowed(chart.figure(fitted, LIGHT, DAY), chart.group.height)
    checked(narrow)
    assert words(narrow) == words(wide)
    longest = max(len(visible(line)) for line in narrow["layout"]["title"]["text"].split("<br>"))
    assert longest * NARROW_LETTER * 16 <= WIDTH
    assert len(chart.title) < 60


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_each_has_words_and_a_table(chart, fitted):
    assert len(chart.alt(fitted)) > 100
    table = chart.table(fitted)
    assert len(table.frame) > 5
    assert table.cells(PLAN)
    assert all(column.heading for column in table.described)


def test_no_figure_of_a_history_is_remembered_for_other_sessions(fitted, monkeypatch):
    def remembered(*_):
        raise AssertionError("it is remembered")

    monkeypatch.setattr(compute, "_figure", remembered)
    for chart in CHARTS:
        assert compute.figure(chart, fitted, LIGHT, DAY) == chart.figure(fitted, LIGHT, DAY)


# Fit against actual


def test_the_title_of_a_perfect_fit_is_short(fitted):
    checks = [
        replace(check, figures={"explained": 1.0, "error": 3.53e-16}) if check.name in ("fit", "held_out") else check
        for check in fitted.own.checks
    ]
    perfect = replace(fitted, own=replace(fitted.own, checks=tuple(checks)))
    assert actual.fit_message(perfect).replace("\u00a0", " ") == (
        "The fit explains 100 %, forecast less than 0.001 % off"
    )


def test_the_lines_are_revenue_the_fit_and_the_forecast_of_the_quarter_that_is_shaded(fitted):
    figure = actual.CHART.figure(fitted, LIGHT, DAY)
    posterior, history = fitted.own.posterior, fitted.own.history
    assert traces(figure, "actual")[0]["y"] == history.revenue.tolist()
    assert traces(figure, "fit")[0]["y"] == posterior.expected.tolist()
    (forecast,) = traces(figure, "forecast")
    assert forecast["y"] == fitted.own.forecast.tolist()
    assert forecast["x"] == list(range(143, 156))
    (shaded,) = [shape for shape in figure.layout["shapes"] if shape["name"] == "held out"]
    assert (shaded["x0"], shaded["x1"]) == (142.5, 155.5)
    np.testing.assert_allclose(traces(figure, "left over")[0]["y"], history.revenue - posterior.expected)


def test_the_forecast_that_is_drawn_is_the_one_that_was_judged(fitted):
    judged = next(check for check in fitted.own.checks if check.name == "held_out").figures["error"]
    real = fitted.own.history.revenue[-13:]
    assert np.mean(np.abs(fitted.own.forecast - real)) / np.mean(real) == pytest.approx(judged)


def test_a_period_without_a_row_is_a_gap_and_a_short_history_has_no_forecast(own):
    observed = own.history.observed.copy()
    observed[40] = False
    history = replace(own.history, observed=observed)
    fitted = Fitted(replace(own, read=history, forecast=None), project(PLAN))
    figure = checked(actual.CHART.figure(fitted, LIGHT, DAY))
    shown = figure.to_plotly_json()["data"]
    assert next(trace for trace in shown if trace["name"] == "actual")["y"][40] is None
    assert not [trace for trace in shown if trace["name"] == "forecast"]
    assert rows_used(history).cells(PLAN)[40][1].text == "–"


@pytest.mark.parametrize("months", [30, 48, 156, 520])
def test_few_months_are_named_below(months):
    days = [date(2000 + place // 12, place % 12 + 1, 1) for place in range(months)]
    kept = actual._first_days(days)
    assert 2 <= len(kept) <= 8
    assert {b - a for a, b in pairwise(kept)} in ({6}, {12}, {24}, {60}, {120})


# Before and after


def test_each_belief_has_its_percentiles_before_and_after(fitted):
    table = beliefs.CHART.table(fitted).frame.set_index(["belief", "when"])
    for item in fitted.own.findings:
        for when, found in (("before", item.prior), ("after", item.posterior)):
            assert table.loc[(item.name, when), [f"p{level}" for level in found]].tolist() == [*found.values()]
    untold = [item.name for item in fitted.own.findings if not item.told]
    assert untold
    text = " ".join(words(beliefs.CHART.figure(fitted, LIGHT, DAY)))
    assert text.count("not told: its range stays") == len(untold)


# Response


def test_at_today_s_spend_social_brings_its_return_times_that_spend(fitted):
    posterior = fitted.own.posterior
    back = posterior.values["social_relative_return"] * posterior.values["other_incremental_roas"]
    wanted = weighted_quantiles(back[:, 0], posterior.draws.weights, np.array((0.05, 0.5, 0.95)))
    told = fitted.response(np.array((1.0,)))
    got = np.array((told.low, told.middle, told.high))[:, 0]
    np.testing.assert_allclose(got, wanted * fitted.own.history.social[-52:].mean())


def test_the_curve_is_the_model_s_own_where_nothing_is_uncertain(own):
    draws = replace(own.posterior.draws, scores=0 * own.posterior.draws.scores)
    certain = replace(own, posterior=replace(own.posterior, draws=draws))
    levels = np.array((0.0, 0.5, 1.0, 2.0))
    told = Fitted(certain, project(PLAN)).response(levels)
    values = {name: float(found[0, 0]) for name, found in certain.posterior.values.items()}
    shape = response(values["saturation"], levels, values["social_returns_exponent"])
    back = values["social_relative_return"] * values["other_incremental_roas"]
    np.testing.assert_allclose(told.middle, back * own.history.social[-52:].mean() * shape)
    np.testing.assert_allclose(told.low, told.high)


def test_what_was_observed_is_shaded_and_the_plan_s_end_marked(fitted):
    figure = reach.CHART.figure(fitted, LIGHT, DAY)
    low, high = fitted.observed
    (shaded,) = figure.layout["shapes"]
    assert (shaded["x0"], shaded["x1"]) == (low, high)
    spend = fitted.own.history.social / fitted.own.history.social[-52:].mean()
    assert spend.min() <= low < 1 < high <= spend.max()
    assert traces(figure, "marks")[0]["x"] == [1.0, plan_level(fitted.projection)]


@pytest.mark.parametrize(
    ("share", "message"),
    [(0.245, "weeks only to"), (0.15, "weeks went to"), (0.03, "down to")],
)
def test_the_heading_says_whether_the_plan_goes_where_nothing_was_observed(own, share, message):
    fitted = Fitted(own, project(PLAN.with_values(social_share_target=share)))
    assert message in reach.reach_message(fitted)
    assert fitted.leaves_observed == ("only" in reach.reach_message(fitted))


def test_a_year_without_social_spend_is_said_in_place_of_a_curve(own):
    posterior = replace(own.posterior, history=replace(own.posterior.regression, today=(0.0, 1.0)))
    fitted = Fitted(replace(own, posterior=posterior), project(PLAN))
    assert checked(reach.CHART.figure(fitted, LIGHT, DAY)).data
    assert "Nothing was spent" in reach.CHART.alt(fitted)
    assert len(reach.CHART.table(fitted).frame) == 1


# Tables and sentences


def test_the_tables_have_every_row_check_and_control(own):
    table = rows_used(own.history)
    assert len(table.frame) == 156
    assert [column.heading for column in table.described] == [
        "Week from", "Revenue", "Social spend", "Other marketing", "Control: Price"
    ]  # fmt: skip
    assert [cell.text for cell in table.cells(PLAN)[0]] == ["2021-01-04", "1,439,352", "9,919", "84,671", "0.9"]
    assert rows_set_aside(own.history).frame.empty
    assert [name for name, *_ in check_rows(own)] == [CHECKS[check.name] for check in own.checks]
    assert [row[:3] for row in figure_rows(own.figures, PLAN)[2:4]] == [
        ("Social share of marketing budget today", "15.4\u00a0%", "13.3\u00a0%"),
        ("Marketing budget", "4.75\u00a0%", "7.7\u00a0%"),
    ]
    assert what_history_tells(own) == "Usable: the example's history tells 5 of 6 beliefs"
