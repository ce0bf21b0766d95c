"""The slide of a group: one slide with its answer, a native table and a native chart that holds the budgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

from pptx import Presentation

from report.deck.portfolio.group_slide import build
from report.deck.write import BOTTOM
from report.tables.portfolio.grouped import footer, what_the_group_is_worth
from tests.report.groups import grouped, with_one_failed_and_many_warned

DAY = date(2026, 11, 22)
INCH = 914_400


def shapes_of(of):
    (slide,) = Presentation(BytesIO(build(of, DAY))).slides
    return slide, {shape.name: shape for shape in slide.shapes}


def test_it_has_the_answer_the_units_and_the_budgets():
    of = grouped()
    slide, shapes = shapes_of(of)
    assert slide.shapes.title.text_frame.text == what_the_group_is_worth(of)
    names = [row.cells[0].text for row in shapes["Table"].table.rows][1:]
    assert names == [one.name for one in of.group.by_next_unit]
    assert shapes["Footer"].text_frame.text.split("\n") == [*footer(of, DAY)]
    plot = shapes["Before and after"].chart.plots[0]
    budgets = {one.name: (one.budget, one.budget_today) for one in of.allocation.parts}
    drawn = zip(plot.categories, plot.series[0].values, plot.series[1].values, strict=True)
    assert {name: (allocated, today) for name, allocated, today in drawn} == budgets


def test_of_many_units_the_first_stand_there_and_all_stays_on_the_slide():
    of = grouped()
    many = tuple(replace(one, name=f"{one.name} {place}") for place in range(20) for one in of.group.outcomes)
    _, shapes = shapes_of(of._replace(group=replace(of.group, outcomes=many), allocation=None))
    assert "of 60" in shapes["Table heading"].text_frame.text
    table, words = shapes["Table"], shapes["In words"]
    assert (table.top + table.height) <= words.top
    assert (words.top + words.height) / INCH <= BOTTOM + 0.01


def test_the_others_in_one_row_do_not_dwarf_the_units_and_say_so():
    of = grouped()
    part = of.allocation.parts[0]
    parts = tuple(replace(part, name=f"Unit {place}", budget_today=1e6, budget=1e6) for place in range(40))
    _, shapes = shapes_of(of._replace(allocation=replace(of.allocation, parts=parts)))
    chart = shapes["Before and after"].chart
    assert next(iter(chart.plots[0].categories)) == "33 units more, not to scale"
    assert chart.plots[0].series[0].values[0] == 33e6
    assert chart.value_axis.maximum_scale < 2e6


def test_it_says_who_failed_and_in_brief_what_to_beware_of():
    _, shapes = shapes_of(with_one_failed_and_many_warned())
    words = shapes["In words"].text_frame.text
    assert "Not in these figures, as they failed: 1; Atlantis: sank" in words
    assert "4 units: Not converted: Revenue per employee" in words
