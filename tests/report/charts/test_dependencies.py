"""The picture of the model: boxes never touch, lines run to the right, and what it says is what the formulas say."""

import re
from datetime import date
from itertools import combinations

import pytest

from model.lines import LINES
from model.presets import PRESETS
from model.projection import project
from model.telling.dependencies import DEPENDANTS, PRECEDENTS, Role, neighbourhood, role
from model.telling.explain import label_of
from report.charts.dependencies import (
    CHART,
    STEPS,
    WHOLE,
    Around,
    height,
)
from report.charts.drawing.graph_layout import in_columns, layered
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import DARK, LIGHT
from tests.report.charts.checked import checked

PROJECTION = project(PRESETS["seat-at-the-table"])
AROUND = [(centre, steps) for centre in PRECEDENTS for steps in STEPS]


def boxes(figure):
    """Each quantity's box: left, right, top and bottom."""
    found = {}
    for bars in figure.select_traces({"type": "bar"}):
        for (name,), left, wide, row in zip(bars.customdata or (), bars.base, bars.x, bars.y, strict=False):
            found[name] = left, left + wide, row - bars.width / 2, row + bars.width / 2
    return found


def picture(centre, steps, month=12, projection=PROJECTION, theme=LIGHT):
    """The picture around a quantity."""
    return checked(CHART.figure(Around(projection, centre, steps, month), theme, date(2026, 11, 22)))


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def ends(figure):
    """First and last point of each curve."""
    paths = "".join(shape.path for shape in figure.layout.shapes).split("M")[1:]
    points = [[tuple(map(float, point.split(","))) for point in re.split("L", path)] for path in paths]
    return [(curve[0], curve[-1], curve) for curve in points]


@pytest.mark.parametrize(("centre", "steps"), AROUND)
def test_no_two_boxes_touch_and_lines_run_to_the_right_past_all_boxes(centre, steps):
    graph = neighbourhood(centre, steps)
    layout = layered(graph.columns, graph.edges)
    assert set(layout.places) == set(graph.columns)
    for (_, (column, row)), (_, (other_column, other_row)) in combinations(layout.places.items(), 2):
        assert column != other_column or abs(row - other_row) >= 1 - 1e-9
    for edge in graph.edges:
        stops = [layout.places[edge[0]], *layout.lanes.get(edge, ()), layout.places[edge[1]]]
        columns = [column for column, _ in stops]
        assert columns == list(range(columns[0], columns[0] + len(columns)))
        assert len(columns) >= 2
    for column, row in (point for points in layout.lanes.values() for point in points):
        for place, middle in layout.places.values():
            assert place != column or abs(middle - row) > 0.5
    assert all(0.5 - 1e-9 <= row <= layout.rows - 0.5 + 1e-9 for _, row in layout.places.values())


def test_ordering_leaves_no_crossing_that_can_be_avoided():
    layout = layered({"a": 0, "b": 0, "c": 1, "d": 1}, [("a", "d"), ("b", "c")])
    rows = {name: row for name, (_, row) in layout.places.items()}
    assert (rows["a"] < rows["b"]) is (rows["d"] < rows["c"])


def test_boxes_in_columns_keep_their_order():
    layout = in_columns({"a": 0, "b": 1, "c": 0})
    assert layout.places == {"a": (0, 0.5), "b": (1, 0.5), "c": (0, 1.5)}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("centre", ["net_cash", "costs", "causal_share", "npv", "t"])
def test_the_picture_holds_the_neighbourhood(centre, theme):
    graph = neighbourhood(centre, 2)
    figure = picture(centre, 2, theme=theme)
    drawn = boxes(figure)
    assert set(drawn) == set(graph.columns)
    assert not any(overlap(one, other) for one, other in combinations(drawn.values(), 2))
    curves = ends(figure)
    assert len(curves) == len(graph.edges)
    left, right = ({round(box[side], 3) for box in drawn.values()} for side in (0, 1))
    for start, end, curve in curves:
        assert round(start[0], 3) in right
        assert round(end[0], 3) in left
        assert [x for x, _ in curve] == sorted(x for x, _ in curve)
    assert height(Around(PROJECTION, centre, 2, 12)) >= 340


def test_roles_differ_by_shape_or_frame_and_not_by_colour_alone():
    figure = picture("benefits", 2)
    looks = {}
    for bars in figure.select_traces({"type": "bar"}):
        looks.setdefault(bars.name, set()).add((bars.marker.cornerradius, bars.marker.line.width))
        assert all(role(name) == bars.name for (name,) in bars.customdata)
    assert set(looks) == set(Role)
    assert len({look for found in looks.values() for look in found}) == 3


def test_a_box_tells_value_and_formula():
    figure = picture("net_cash", 1)
    told = {
        name: text
        for bars in figure.select_traces({"type": "bar"})
        for (name,), text in zip(bars.customdata, bars.hovertext, strict=True)
    }
    assert "Benefits − Costs" in told["net_cash"]
    assert "month 12" in told["net_cash"]
    assert f"{PROJECTION.lines['net_cash'][11]:,.2f}".replace("-", "−") in told["net_cash"]


def test_values_are_written_in_the_locale():
    scenario = PRESETS["social-plan"].changed(locale="da", currency="DKK")
    figure = picture("social_share", 1, 60, project(scenario))
    text = " ".join(item for bars in figure.select_traces({"type": "bar"}) for item in bars.text)
    assert "24,5\u00a0%" in text
    assert "24.5" not in text


def test_the_overview_marks_what_the_chosen_quantity_comes_from_and_reaches():
    figure = picture("training_cost", WHOLE, 60)
    drawn = boxes(figure)
    assert not any(overlap(one, other) for one, other in combinations(drawn.values(), 2))
    plain = {
        name
        for bars in figure.select_traces({"type": "bar"})
        for (name,) in bars.customdata or ()
        if bars.marker.color not in (LIGHT.accent, shade(LIGHT.accent, LIGHT.background, 0.25))
    }
    marked = set(drawn) - plain
    assert {"training_cost", "costs", "npv", "team", "cost_factor"} <= marked
    assert marked.isdisjoint({"social_spend", "benefits", "discount_factor"})


@pytest.mark.parametrize("centre", PRECEDENTS)
def test_the_words_name_all_that_is_near(centre):
    told = CHART.alt(Around(PROJECTION, centre, 1, 12))
    assert told.startswith(label_of(centre))
    for name in (*PRECEDENTS[centre], *DEPENDANTS[centre]):
        assert label_of(name) in told
    whole = CHART.alt(Around(PROJECTION, centre, WHOLE, 12))
    assert all(item.section in whole for item in LINES.values())
