"""What would change our mind: the gates of a plan in stages on the decision page, in the deck and the Word file."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pytest
from docx import Document
from pptx import Presentation

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.projection import project
from report.deck import build as build_deck
from report.document import html
from report.material import Material
from report.proposal import build as build_proposal
from report.words.decision import CHANGES_OUR_MIND, decision, decision_paragraphs

TODAY = date(2026, 11, 29)
GATES = (
    StageGate(12, "relative_return", 1.1, Below.BACK),
    StageGate(24, "cumulative_cash", -5_000.0, Below.HOLD, cost=1_000.0),
)
STAGED = PRESETS["social-plan"].changed(stages=GATES, name="In stages")


@cache
def material(staged=True):
    scenario = STAGED if staged else PRESETS["social-plan"]
    return Material(project(scenario), None, TODAY).with_odds(256, 7)


def word_tables(content):
    return [[cell.text for cell in table.rows[0].cells] for table in Document(io.BytesIO(content)).tables]


def test_the_decision_has_a_clause_for_each_gate_with_its_odds():
    first, second = decision(material()).clauses
    assert (first.when, first.threshold) == ("31 Dec 2027", "below 1.1")
    assert first.odds.endswith(" in 100")
    assert " in 100 of the " in second.odds
    assert second.then == "The share and the team stay where they are, and the programme ends"
    assert STAGED.hash in decision(material()).stage_lead


def test_the_text_says_each_clause():
    said = decision_paragraphs(decision(material()))
    assert said[-2].startswith("If on 31 Dec 2027, at the end of month 12, return of social beside other channels")


def test_without_stages_or_odds_nothing_is_said():
    assert decision(material(staged=False)).clauses == ()
    assert decision(Material(project(STAGED), None, TODAY)).clauses == ()
    assert CHANGES_OUR_MIND not in html([material(staged=False)])


@pytest.mark.parametrize("words", [CHANGES_OUR_MIND, "a geo test of both over the last year", "Odds today"])
def test_the_report_has_the_table(words):
    assert words in html([material()])


def test_the_word_file_has_the_table():
    headings = ["When", "Looked at", "If measured", "Then", "Odds today"]
    assert headings in word_tables(build_proposal([material()]))


def test_the_deck_has_the_slide():
    slides = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in Presentation(io.BytesIO(build_deck([material()]))).slides
    ]
    assert sum(CHANGES_OUR_MIND in texts for texts in slides) == 1
