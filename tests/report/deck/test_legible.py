"""The deck on paper: type of 10 points or more, and hatching that means one thing and says so."""

import re

import pytest
from lxml import etree

from report.charts.drawing.figure import HATCHED
from tests.report.deck.test_deck import deck_of

LEAST, LEAST_OF_SOURCES = 10.0, 9.0
SUBJECTS = ("social-plan", "falling")
# What hatched columns may be: each is an amount below zero, or how often one comes.
NEGATIVE = {"Loss", "Loss below zero", "Less under the plan"}


def sizes(element):
    """Every type size that a part names, in points."""
    return [int(size) / 100 for size in re.findall(r'\bsz="(\d+)"', etree.tostring(element).decode())]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_type_has_ten_points_and_more_but_in_the_table_of_sources(subject):
    seen = 0
    for slide in deck_of(subject).slides:
        sources = "Sources" in slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            found = sizes(shape.chart._chartSpace) if shape.has_chart else sizes(shape._element)
            seen += len(found)
            # A card's label is as large as its one line allows.
            least = LEAST_OF_SOURCES if (sources and shape.has_table) or shape.name == "Figure" else LEAST
            assert min(found, default=LEAST) >= least, (slide.shapes.title.text_frame.text, shape.name)
            # Nothing in a chart is left to the size that a program thinks of.
            assert not shape.has_chart or shape.chart.font.size.pt >= LEAST
    assert seen > 100


@pytest.mark.parametrize("subject", SUBJECTS)
def test_hatched_columns_are_below_zero_and_the_chart_says_what_they_are(subject):
    hatched = 0
    for slide in deck_of(subject).slides:
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            for series in (series for plot in chart.plots for series in plot.series):
                if "pattFill" not in etree.tostring(series._element).decode():
                    continue
                hatched += 1
                assert series.name in NEGATIVE
                if series.name == "Less under the plan":
                    assert max(series.values) <= 0
                told = "".join(chart._chartSpace.itertext())
                assert chart.has_legend or HATCHED in told, series.name
    assert hatched >= 1
