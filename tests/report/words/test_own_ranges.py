"""A range that was given for the plan is told as the plan's: the evidence is not said to give it."""

from io import BytesIO

from pptx import Presentation

from model.assumptions import ASSUMPTIONS, Range
from model.presets import PRESETS
from report.deck import build
from report.words.proposal import as_text, text_of
from tests.materials import materials

PLAN = PRESETS["social-plan"].changed(ranges={"social_relative_return": Range(1.1, 1.2, 1.5)})
LABEL = ASSUMPTIONS["social_relative_return"].short_label
MATERIALS = materials(PLAN, draws=128)


def test_in_the_proposal():
    givers = {item.short_label: item.range_giver for item in ASSUMPTIONS.values()}
    told = as_text(text_of(MATERIALS[0], None)).replace("\u00a0", " ")
    lines = [
        line
        for line in told.splitlines()
        if line.split(": ")[0] in givers and line.split(": ")[1].startswith(("at least ", "at most "))
    ]
    own = [line for line in lines if "this plan takes" in line]
    assert len(own) == 1
    assert LABEL in own[0]
    assert "this plan takes 1.1 to 1.5" in own[0]
    others = [line for line in lines if line not in own]
    assert others
    assert all(f"{givers[line.split(': ')[0]]} gives" in line for line in others)


def test_a_declared_range_with_a_source_is_called_evidence():
    (declared,) = materials(PRESETS["social-plan"], draws=128)
    told = as_text(text_of(declared, None))
    (line,) = (line for line in told.splitlines() if line.startswith(f"{LABEL}: at least"))
    assert "the evidence gives 0.8 to 1.7" in line


def test_in_the_deck():
    slides = Presentation(BytesIO(build(MATERIALS))).slides
    slide = next(s for s in slides if any(shape.name == "Note" for shape in s.shapes) and truths(s))
    ranges = {row[0]: row[2] for row in truths(slide)[1:]}
    marked = [label for label, ends in ranges.items() if ends.endswith("(own)")]
    assert marked == [LABEL]
    note = next(shape for shape in slide.shapes if shape.name == "Note").text_frame.text
    assert "Own: the plan's, not the evidence's." in note


def truths(slide):
    """The rows of what must be true, as texts; empty on other slides."""
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [
        [cell.text_frame.text.replace("\u00a0", " ") for cell in row.cells] for table in tables for row in table.rows
    ]
    return rows if rows and rows[0][0] == "Everything else as assumed" else []
