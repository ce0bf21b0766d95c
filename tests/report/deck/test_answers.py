"""The slides of what was asked about the decision: what has no room on one slide goes on a further one."""

from __future__ import annotations

import io
from datetime import date

from pptx import Presentation

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.projection import project
from report.deck.answers import answer_slides
from report.deck.canvas import Deck
from report.deck.decision import decision_slide
from report.material import Material
from report.signatories import NOBODY
from report.tables.decide.told import Telling
from report.tables.document_tables import Cell, Table
from report.words.decision import decision

TODAY = date(2026, 11, 29)


def deck_of(scenario):
    return Deck(project(scenario), TODAY)


def shown(deck):
    """All text of a deck's slides, and the cells of their tables."""
    slides = Presentation(io.BytesIO(deck.finish())).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    texts = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    return texts, [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]


def test_no_sentence_and_no_row_of_an_answer_is_dropped():
    sentences = tuple(
        f"Sentence {place} says what was found about the decision at hand. " * 4 for place in range(30)
    )
    rows = tuple((Cell(f"Row {place}"), Cell("1")) for place in range(70))
    deck = deck_of(PRESETS["social-plan"])
    answer_slides(deck, "Tests", Telling("Few words", sentences, {"All": Table(("What", "Much"), rows)}, {}, {}))
    texts, cells = shown(deck)
    assert [place for place in range(30) if f"Sentence {place} says" not in texts] == []
    assert [place for place in range(70) if f"Row {place}" not in cells] == []


def test_no_gate_is_dropped_from_what_is_decided_when():
    gates = tuple(StageGate(month, "relative_return", 1.1, Below.BACK) for month in (6, 12, 18, 24))
    material = Material(project(PRESETS["social-plan"].changed(stages=gates)), None, TODAY).with_odds(256, 7)
    deck, found = deck_of(material.scenario), decision(material)
    decision_slide(deck, found, "", NOBODY)
    _, cells = shown(deck)
    for gate in gates:
        assert f"Gate of month {gate.month}: go on, or not" in cells
    assert [one.when for one in found.clauses if cells.count(one.when) < 2] == []
