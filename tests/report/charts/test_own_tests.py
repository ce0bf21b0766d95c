"""The picture of a company's own tests: what each found beside what is expected, and what own data then tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from model.history.experiments.spec import EXAMPLE, read_spec
from model.history.own_data import learn
from model.presets import PRESETS
from model.projection import project
from report.charts.drawing.narrow import narrowed
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.own_data import beliefs, experiments
from report.charts.own_data.fitted import Fitted
from report.tables.own_data_tables import (
    check_rows,
    evidence_words,
    experiment_rows,
    told_by_label,
    what_history_tells,
)
from tests.report.charts.checked import checked
from tests.report.charts.test_narrow import words

DAY = date(2026, 11, 22)
PLAN = PRESETS["social-plan"]
OTHER = "other,2 months,spend=200000,extra=100000,revenue=350000,se=40000"


@pytest.fixture(scope="module")
def own():
    return learn(None, PLAN, 2027, [read_spec(EXAMPLE), read_spec(OTHER)])


@pytest.fixture(scope="module")
def fitted(own):
    return Fitted(own, project(PLAN))


def test_each_test_stands_beside_what_is_expected_of_it(fitted):
    figure = experiments.CHART.figure(fitted, LIGHT, DAY)
    rows = {name: [one for one in figure["data"] if one["name"] == name] for name in ("found", "expected")}
    for place, one in enumerate(fitted.own.experiments):
        found, expected = (rows[name][place]["x"][0] for name in ("found", "expected"))
        assert (found < expected) == (one.experiment.revenue < one.predicted)
        [span] = [trace for trace in figure["data"] if trace["name"] == "found 90 %"][place : place + 1]
        shown = [one.experiment.revenue + end * 1.645 * one.experiment.error for end in (-1, 1)]
        expected_span = [one.predicted + end * 1.645 * one.spread for end in (-1, 1)]
        scale = max(*shown, *expected_span) - min(*shown, *expected_span)
        assert span["x"][1] - span["x"][0] == pytest.approx((shown[1] - shown[0]) / scale)
    table = experiments.CHART.table(fitted)
    assert table.frame["z"].tolist() == [one.z for one in fitted.own.experiments]
    assert table.cells(PLAN)
    assert "Other marketing, 2 months: found 350,000" in experiments.CHART.alt(fitted)


def test_plotly_knows_every_property_and_a_phone_keeps_every_word(fitted):
    for theme in (LIGHT, DARK):
        assert checked(experiments.CHART.figure(fitted, theme, DAY)).data
    wide, narrow = (experiments.CHART.figure(fitted, LIGHT, DAY) for _ in range(2))
    narrow = narrowed(narrow, experiments.CHART.group.height)
    checked(narrow)
    assert words(narrow) == words(wide)


def test_of_many_tests_the_furthest_apart_are_drawn_and_all_stand_in_the_table(fitted):
    one = fitted.own.experiments[0]
    many = tuple(replace(one, z=float(place)) for place in range(12))
    crowded = replace(fitted, own=replace(fitted.own, experiments=many))
    figure = checked(experiments.CHART.figure(crowded, LIGHT, DAY)).to_plotly_json()
    assert sum(trace["name"] == "found" for trace in figure["data"]) == 8
    assert "The 8 furthest apart of 12" in str(figure["layout"]["annotations"])
    assert len(experiments.CHART.table(crowded).frame) == 12
    assert "lie 11.0 standard errors at most away" in experiments.agreement_message(crowded)


def test_one_that_nothing_is_known_of_beside_it_says_so(fitted):
    alone = replace(fitted.own.experiments[0], predicted=None, spread=None, z=None)
    single = replace(fitted, own=replace(fitted.own, experiments=(alone,)))
    assert "expected cannot be told" in experiments.CHART.alt(single)
    assert experiments.agreement_message(single) == "The tests stand by themselves"
    assert checked(experiments.CHART.figure(single, LIGHT, DAY)).data
    assert experiments.CHART.table(single).cells(PLAN)
    assert experiment_rows(single.own, PLAN.format)[0][2:] == ("cannot be told", "–")


def test_tests_alone_are_told_as_tests(own, fitted):
    assert own.tested
    assert f"your tests tell {sum(item.told for item in own.findings)} of 6" in what_history_tells(own)
    assert ": grade A, experiment. A test tells of its weeks" in evidence_words(own)
    assert "correlation" not in evidence_words(own)
    assert "told by experiment" in " ".join(words(beliefs.CHART.figure(fitted, LIGHT, DAY)))
    assert "Tests of your own" in [name for name, _, _ in check_rows(own)]


def test_a_sentence_stands_under_the_label_of_its_belief():
    assert told_by_label("saturation keeps its range") == "“How strongly returns saturate” keeps its range"
    assert told_by_label("No social channel") == "No social channel"
