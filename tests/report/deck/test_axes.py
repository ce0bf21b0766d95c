"""What stands at the axes of the deck's charts is what is there, and what cites a source leads to it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.evidence.sources import SOURCES
from model.units import MONEY, SHARE, Format
from report.deck.charts import Scale, axis_code
from tests.report.deck.test_deck import deck_of

LOCALES = ("en", "de", "da", "fr", "ja")


def shown_as(code, value):
    """The number that an axis shows of a value: scaled and rounded as its format says."""
    positive = re.sub(r"\[[^]]*\]", "", code).split(";")[0]
    digits = re.match(r'#,##0(?:\.(0+))?(,*)(?:"[^"]*")?(%?)', positive)
    assert digits, code
    decimals, commas, percent = digits.groups()
    factor = (100 if percent else 1) / 1000 ** len(commas)
    return round(value * factor, len(decimals or "")) / factor


@given(
    low=st.floats(-1, 1), span=st.floats(0.001, 1), size=st.integers(-1, 9), about=st.integers(2, 8),
    unit=st.sampled_from((MONEY, SHARE)), locale=st.sampled_from(LOCALES),
)  # fmt: skip
def test_no_tick_of_an_axis_is_rounded(low, span, size, about, unit, locale):
    power = 1 if unit is SHARE else 10**size
    scale = Scale.over((low * power, (low + span) * power), about)
    code = axis_code(Format(locale), unit, scale)
    for count in range(round((scale.high - scale.low) / scale.step) + 1):
        tick = scale.low + count * scale.step
        assert shown_as(code, tick) == pytest.approx(tick, rel=1e-9, abs=scale.step * 1e-6)


def test_a_step_of_two_and_a_half_per_cent_is_never_three():
    code = axis_code(Format("de"), SHARE, Scale(0.0, 0.1, 0.025))
    assert code.startswith('[$-407]#,##0.0"\u00a0"%;')
    assert axis_code(Format("de"), SHARE, Scale(0.0, 0.2, 0.05)).startswith('[$-407]#,##0"\u00a0"%;')


def test_years_at_an_axis_are_whole():
    scale = Scale.over((2009.5, 2021.0), 5, whole=True)
    assert scale.step == int(scale.step)


@pytest.mark.parametrize("name", ["social-plan", "danish", "falling"])
def test_every_value_axis_shows_its_ticks_as_they_are(name):
    seen = 0
    for slide in deck_of(name).slides:
        for shape in slide.shapes:
            if not shape.has_chart:
                continue
            axis = shape.chart.value_axis
            for count in range(round((axis.maximum_scale - axis.minimum_scale) / axis.major_unit) + 1):
                tick = axis.minimum_scale + count * axis.major_unit
                told = shown_as(axis.tick_labels.number_format, tick)
                assert told == pytest.approx(tick, rel=1e-9, abs=axis.major_unit * 1e-6)
                seen += 1
    assert seen > 20


def test_every_source_with_an_address_is_a_link_to_it():
    links = [
        (run.text, run.hyperlink.address)
        for slide in deck_of("social-plan").slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert links == [(source.address, source.link) for source in SOURCES.values() if source.address]


def test_an_address_can_only_be_one_of_a_page():
    for source in SOURCES.values():
        assert source.link == "" or re.fullmatch(r"https://[a-z0-9.-]+(/[\w./%-]*)?", source.link), source.id
