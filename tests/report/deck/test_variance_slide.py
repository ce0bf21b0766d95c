"""The slide of a tracked plan: its answer, native charts of AC, PL, FC and ΔPL, and words that stay on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL

from model.track.words import headline
from report.deck.tracked.by_month import window
from report.deck.tracked.variance_slide import build
from report.deck.write import BOTTOM
from report.tables.tracked.variance_report import footer
from tests.report.variances import PLAN, of_another_world, of_plan, reported

DAY = date(2026, 11, 22)
INCH = 914_400


def shapes_of(of):
    (slide,) = Presentation(BytesIO(build(of, DAY))).slides
    return slide, {shape.name: shape for shape in slide.shapes}


@pytest.fixture(scope="module")
def made():
    return shapes_of(reported())


def test_its_title_is_the_answer_and_its_table_every_line(made):
    slide, shapes = made
    of = reported()
    assert slide.shapes.title.text_frame.text == headline(of.found)
    assert [row.cells[0].text for row in shapes["Table"].table.rows][1:] == [item.label for item in of.measured]
    assert shapes["Footer"].text_frame.text.split("\n") == [*footer(of, DAY)]


def test_the_actual_is_solid_the_plan_outlined_and_the_forecast_hatched(made):
    of, shapes = reported(), made[1]
    shown = window(of, of.main)
    plan, came = shapes["AC and PL by month"].chart.plots[0].series
    assert tuple(plan.values) == pytest.approx(shown.plan)
    assert tuple(came.values) == pytest.approx(shown.came)
    assert shown.months == tuple(range(7, 22))
    assert (plan.format.fill.fore_color.rgb, plan.format.line.color.rgb) == (
        _rgb("FFFFFF"), came.format.fill.fore_color.rgb
    )  # fmt: skip
    kinds = {month: came.points[place].format.fill.type for place, month in enumerate(shown.months)}
    assert {month for month, kind in kinds.items() if kind == MSO_FILL.PATTERNED} == {19, 20, 21}


def _rgb(text):
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(text)


def test_differences_are_signed_and_add_up(made):
    of, shapes = reported(), made[1]
    shown = window(of, of.main)
    (delta,) = shapes["ΔPL by month"].chart.plots[0].series
    assert tuple(delta.values) == pytest.approx(shown.came - shown.plan)
    hatched = {place for place, value in enumerate(delta.values) if value < 0}
    fills = [delta.points[place].format.fill.type for place in range(len(shown.months))]
    assert {place for place, kind in enumerate(fills) if kind == MSO_FILL.PATTERNED} == hatched
    causes = shapes["ΔPL by cause"].chart.plots[0]
    assert sum(causes.series[0].values) == pytest.approx(of.main.total(of.main.delta))
    assert causes.data_labels.number_format.count("+") == 1


def test_words_say_what_came_then_the_odds_then_what_is_due_below_the_charts(made):
    of, (slide, shapes) = reported(), made
    heads = [shape for shape in slide.shapes if shape.name.endswith(", heading")]
    assert [shape.text_frame.text for shape in heads] == ["What came", "What it means for the odds", "What is due"]
    assert of.found.record.words(of.text) in shapes["What it means for the odds"].text_frame.text
    assert "not met" in shapes["What is due"].text_frame.text
    drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert max(shape.top + shape.height for shape in drawn) <= min(shape.top for shape in heads) + 9
    assert max(shapes[head.text_frame.text].top + shapes[head.text_frame.text].height for head in heads) / INCH <= (
        BOTTOM + 0.01
    )


def test_another_world_is_the_title():
    slide, shapes = shapes_of(of_another_world())
    assert slide.shapes.title.text_frame.text == headline(of_another_world().found)
    assert "cannot be relied on" in slide.shapes.title.text_frame.text
    assert shapes["What it means for the odds, heading"].text_frame.paragraphs[0].runs[0].font.color.rgb == _rgb(
        "A3400A"
    )


def test_a_first_month_makes_a_slide_too():
    of = of_plan(PLAN, 1)
    assert len(shapes_of(of)[1]["ΔPL by month"].chart.plots[0].categories) == 4
    assert build(of, DAY) == build(of, DAY)
