"""The pictures of a group: the map with its names apart, the budget before and after, cash, and what it hangs on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from report.charts.drawing.narrow import narrowed
from report.charts.drawing.theme import DARK, LIGHT
from report.charts.portfolio import before_after, drivers, group_cash, risk_return
from report.charts.portfolio.labels import labels_beside
from tests.report.charts.checked import checked
from tests.report.groups import grouped

DAY = date(2026, 11, 22)
CHARTS = (risk_return.CHART, before_after.CHART, group_cash.CHART, drivers.TORNADO, drivers.VARIANCE)
ROOM = (330.0, 330.0)
WIDE, TALL = 60.0, 14.0


def trace(figure, name):
    return next(trace for trace in figure["data"] if trace["name"] == name)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_plotly_knows_every_property_and_each_has_words_and_a_table(chart):
    of = grouped()
    for theme in (LIGHT, DARK):
        assert checked(chart.figure(of, theme, DAY)).data
    checked(narrowed(chart.figure(of, LIGHT, DAY), chart.group.height))
    assert len(chart.alt(of)) > 100
    assert chart.table(of).cells(of.projection.scenario)
    assert chart.group.private


def test_the_bars_are_the_budgets_of_the_allocation():
    of = grouped()
    figure = before_after.CHART.figure(of, LIGHT, DAY)
    parts = sorted(of.allocation.parts, key=lambda one: -max(one.budget_today, one.budget))
    assert trace(figure, "today")["x"] == [one.budget_today for one in parts]
    assert trace(figure, "allocated")["x"] == [one.budget for one in parts]


def test_of_many_units_the_smallest_share_a_row_and_nothing_is_lost():
    of = grouped()
    part = of.allocation.parts[0]
    many = tuple(replace(part, name=f"Unit {place}", budget=1e6 + place) for place in range(30))
    rows = before_after.moved_rows(of._replace(allocation=replace(of.allocation, parts=many)))
    assert rows[-1].label == "23 units more, not to scale"
    assert sum(row.allocated for row in rows) == pytest.approx(sum(one.budget for one in many))


def test_shares_of_the_variance_that_are_drawn_add_up_to_one():
    of = grouped()
    assert sum(row.part for row in drivers.variance_rows(of)) == pytest.approx(1)
    many = dict.fromkeys((f"Unit {place}" for place in range(20)), 0.05)
    rows = drivers.variance_rows(of._replace(group=replace(of.group, variance_shares=many)))
    assert len(rows) == 8
    assert sum(row.part for row in rows) == pytest.approx(1)


def test_a_group_that_is_certain_says_so():
    of = grouped()
    calm = of._replace(group=replace(of.group, variance_shares={}, bars=()))
    for chart in (drivers.TORNADO, drivers.VARIANCE):
        figure = checked(chart.figure(calm, LIGHT, DAY))
        assert "Nothing of the group is uncertain" in figure.layout.title.text
        assert "uncertain" in chart.alt(calm)


def test_of_few_units_every_bar_is_as_long_as_its_budget_and_its_share():
    of = grouped()
    part = of.allocation.parts[0]
    parts = (
        replace(part, name="Big", budget_today=2e6, budget=2e6),
        replace(part, name="Small", budget_today=2e6, budget=23e6),
    )
    figure = before_after.CHART.figure(of._replace(allocation=replace(of.allocation, parts=parts)), LIGHT, DAY)
    assert trace(figure, "allocated")["x"] == [23e6, 2e6]
    assert trace(figure, "today")["x"] == [2e6, 2e6]
    offset = {"North": 0.1, "South": 1.9, "Offsetting": -1.0, "Most": 0.0}
    figure = drivers.VARIANCE.figure(of._replace(group=replace(of.group, variance_shares=offset)), LIGHT, DAY)
    assert trace(figure, "variance")["x"] == [1.9, 0.1, 0.0, -1.0]
    few = {"North": 0.1, "Offsetting": -1.0}
    figure = drivers.VARIANCE.figure(of._replace(group=replace(of.group, variance_shares=few)), LIGHT, DAY)
    assert trace(figure, "variance")["x"] == [0.1, -1.0]


def test_a_row_of_many_others_does_not_dwarf_the_largest_and_says_so():
    of = grouped()
    many = {**dict.fromkeys((f"Unit {place}" for place in range(1000)), 0.0009), "Large": 0.1}
    figure = drivers.VARIANCE.figure(of._replace(group=replace(of.group, variance_shares=many)), LIGHT, DAY)
    assert trace(figure, "variance")["x"] == pytest.approx([0.1, *[0.0009] * 6, 0.1])
    assert any("not to scale" in str(note["text"]) for note in figure["layout"]["annotations"])
    assert any("89.5" in str(note["text"]) for note in figure["layout"]["annotations"] if note["name"] == "share")
    part = of.allocation.parts[0]
    parts = tuple(replace(part, name=f"Unit {place}", budget_today=1e6, budget=1e6) for place in range(1000))
    figure = before_after.CHART.figure(of._replace(allocation=replace(of.allocation, parts=parts)), LIGHT, DAY)
    assert trace(figure, "allocated")["x"] == pytest.approx([1e6] * 8)
    assert any("not to scale" in str(note["text"]) for note in figure["layout"]["annotations"])


def test_the_map_of_a_thousand_units_is_soon_drawn_and_tells_whose_names_are_left_out():
    of = grouped()
    outcomes = tuple(
        replace(of.group.outcomes[place % 3], name=f"Unit {place}", factor=1 + place / 1000) for place in range(1000)
    )
    figure = checked(risk_return.CHART.figure(of._replace(group=replace(of.group, outcomes=outcomes)), LIGHT, DAY))
    names = [note for note in figure.layout.annotations if note.name == "unit"]
    (key,) = (note.text for note in figure.layout.annotations if note.name == "key")
    assert 0 < len(names) <= 60
    assert f"{1000 - len(names)} without room for a name" in key


def area(point, label):
    left = point[0] + label.xshift - {"left": 0, "center": WIDE / 2, "right": WIDE}[label.xanchor]
    bottom = point[1] + label.yshift - {"bottom": 0, "middle": TALL / 2, "top": TALL}[label.yanchor]
    return left, bottom, left + WIDE, bottom + TALL


@pytest.mark.parametrize("count", [2, 12, 40])
def test_names_beside_points_never_lie_on_each_other_nor_leave_the_plot(count):
    random = np.random.default_rng(count)
    points = [tuple(point) for point in random.uniform(0, 330, (count, 2)).tolist()]
    found = labels_beside(points, [WIDE] * count, ROOM)
    areas = [area(point, label) for point, label in zip(points, found, strict=True) if label]
    assert len(areas) >= 0.7 * count
    for one, other in combinations(areas, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(left >= 0 and bottom >= 0 and right <= 330 and top <= 330 for left, bottom, right, top in areas)


def test_where_every_place_is_taken_a_point_has_no_name():
    found = labels_beside([(165.0, 165.0)] * 60, [WIDE] * 60, ROOM)
    assert found[0] is not None
    assert None in found
