"""The slides that are decided on: what is asked for, when what is decided, who signs, and what must be true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.choice.must_be_true import MustBeTrue
from model.units import Format
from report.charts.drawing.theme import LIGHT
from report.charts.truths import must_be_true_message
from report.deck.answers import answer_slides
from report.deck.canvas import Deck
from report.deck.tables import (
    SIDE,
    Row,
    SlideCell,
    SlideColumn,
    add_table,
    first_page,
    row,
    table_height,
    table_pages,
)
from report.deck.text import clipped, fitting, height, plain, width
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box, TextRun, flat, rgb, write
from report.signatories import SIGN_HERE, Signatories
from report.tables.decide.told import SUBJECTS, Telling
from report.words.decision import CHANGES_OUR_MIND, DECISION, TRUTHS, Decision
from report.words.stamp import SEPARATOR
from report.words.values import amount, stretch

_SIGN_TALL, _SIGN_GAP, _BETWEEN = 0.74, 0.35, 0.1
_ASKED = 15.0
_SIZES = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0)
# The amounts of many years stand in narrow columns.
_NARROW = (*_SIZES, 9.5, 9.0, 8.5, 8.0)
_SIGNED, _SIGN_HERE = 10.5, 10.0
_WHEN = "What is decided when"
_MANY_YEARS = 6
# How much wider than a year the column of all years is.
_ALL_WIDER = 1.25
_TRUTHS, _TRUTH, _NOTE_TALL = 10, 11.0, 0.3
# What marks a range that was given for the plan.
_OWN = "Own"


def decision_slide(
    deck: Deck, found: Decision, made_with: str, signatories: Signatories, edited: Sequence[str] | None = None,
    answers: Mapping[str, Telling] = MappingProxyType({}),
) -> list[str]:  # fmt: skip
    """What is asked for, the money by fiscal year, what is decided when, and the lines to sign on.

    What is decided when has a slide of its own, so that it can be read.
    So have the `answers` of what was asked about it, and the gates of a plan in stages.
    `edited` stands in place of what is asked for and of what is decided when; what of it does not fit is returned.
    """
    slide = deck.slide(found.message, DECISION, f"{deck.scenario_line}{SEPARATOR}{made_with}")
    bottom = BOTTOM - _SIGN_TALL
    _sign_lines(slide, bottom, signatories)
    bottom -= _BETWEEN
    asked = [plain(text) for text in edited] if edited is not None else [found.asked]
    money_tall = _money_table(slide, found, bottom) + _BETWEEN if found.money else 0.0
    bottom -= money_tall
    size, room = _ASKED, bottom - TOP
    words, rest = fitting(asked, size, ROOM, room)
    if words:
        tall = height(words, size, ROOM)
        write(slide, Box(EDGE, TOP, ROOM, tall), words, size, name="Asked for")
    if edited is None and found.milestones:
        _milestones(deck, found)
    for name, told in answers.items():
        answer_slides(deck, SUBJECTS[name].title, told)
    if found.clauses:
        _clauses(deck, found)
    return rest


def _money_table(slide: Any, found: Decision, bottom: float) -> float:
    """The money by fiscal year in a table that ends at a height; returns the inches it takes."""
    many = len(found.years) > _MANY_YEARS
    label = 2.3 if many else 3.1
    wide = (ROOM - label) / max(len(found.years) + _ALL_WIDER, 4)
    columns = (
        SlideColumn(found.basis, label),
        *(SlideColumn(name, wide, True) for name in found.years),
        SlideColumn("All years", _ALL_WIDER * wide, True),
    )
    rows = [
        row(amounts.label, *amounts.years, amounts.total, bold=place == 0)
        for place, amounts in enumerate(found.money)
    ]
    size = next((size for size in _NARROW if _widest(found, size) <= wide - 2 * SIDE), _NARROW[-1])
    (shown,) = table_pages(rows, columns, BOTTOM, size)
    tall = table_height(shown, columns, size)
    alt = "; ".join(f"{amounts.label}: {amounts.total}" for amounts in found.money)
    add_table(slide, Box(EDGE, bottom - tall, ROOM, tall), shown, columns, f"{found.basis}, all years. {alt}.", size)
    return tall


def _widest(found: Decision, size: float) -> float:
    """Inches that the widest amount of a year takes."""
    return max(width(amount, size, True) for row in found.money for amount in row.years)


def _milestones(deck: Deck, found: Decision) -> None:
    """What is decided when, as large as fits; what does not fit on further slides."""
    when = max(width(one.when, _SIZES[0], True) for one in found.milestones) + 3 * SIDE
    columns = (
        SlideColumn("When", when), SlideColumn("What is decided", 3.3, lines=6),
        SlideColumn("Looked at", ROOM - 3.3 - when, lines=12),
    )  # fmt: skip
    rows = [row(SlideCell(when, True), *words) for when, *words in (one.cells for one in found.milestones)]
    room = BODY_BOX.height
    size = next((size for size in _SIZES if len(table_pages(rows, columns, room, size)) == 1), _SIZES[-1])
    for shown in table_pages(rows, columns, room, size):
        slide = deck.slide(_WHEN, DECISION, deck.scenario_line)
        add_table(slide, BODY_BOX, shown, columns, f"{_WHEN}, and which quantity is looked at.", size)


def _clauses(deck: Deck, found: Decision) -> None:
    """The gates of a plan in stages with their odds, and how they are meant; what does not fit on further slides."""
    when = max(width(one.when, _SIZES[0], True) for one in found.clauses) + 3 * SIDE
    columns = (
        SlideColumn("When", when), SlideColumn("Looked at", 3.1, lines=6), SlideColumn("If measured", 1.6, lines=3),
        SlideColumn("Then", ROOM - 6.3 - when, lines=6), SlideColumn("Odds today", 1.6, lines=4),
    )  # fmt: skip
    rows = [
        row(SlideCell(one.when, True), one.looked_at, one.threshold, one.then, one.odds) for one in found.clauses
    ]
    room = BODY_BOX.height - _NOTE_TALL
    size = next((size for size in _SIZES if len(table_pages(rows, columns, room, size)) == 1), _SIZES[-1])
    note = [TextRun(found.stage_lead, color=LIGHT.muted)]
    for shown in table_pages(rows, columns, room, size):
        slide = deck.slide(CHANGES_OUR_MIND, DECISION, deck.scenario_line)
        used = add_table(slide, BODY_BOX, shown, columns, f"{CHANGES_OUR_MIND}: the gates with their odds.", size)
        write(slide, Box(EDGE, TOP + used + 0.1, ROOM, 0.2), note, 11, name="Note")


def _sign_lines(slide: Any, top: float, signatories: Signatories) -> None:
    """A line to sign on for each role, its name above it."""
    lines = signatories.lines
    wide = (ROOM - (len(lines) - 1) * _SIGN_GAP) / len(lines)
    for place, (label, name) in enumerate(lines):
        left = EDGE + place * (wide + _SIGN_GAP)
        who = clipped(f"{label}: {name}" if name else f"{label}:", _SIGNED, wide, bold=True)
        write(slide, Box(left, top, wide, 0.22), [TextRun(who, True)], _SIGNED, name="Signatory")
        rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(left, top + 0.52, wide, 0.012).emu)
        rule.name = "Line to sign on"
        rule.fill.solid()
        rule.fill.fore_color.rgb = rgb(LIGHT.text)
        rule.line.fill.background()
        flat(rule)
        write(
            slide,
            Box(left, top + 0.55, wide, 0.18),
            [TextRun(SIGN_HERE, color=LIGHT.muted)],
            _SIGN_HERE,
            name="Sign here",
        )


def truth_slide(deck: Deck, found: Findings) -> None:
    """What must be true: each input's evidence, the plan's value and the break-even; no slide where none matters."""
    scenario = deck.projection.scenario
    items = found.truths
    columns = (
        SlideColumn("Everything else as assumed", 4.4), SlideColumn("Grade", 1.4), SlideColumn("Range", 1.75, True),
        SlideColumn("Plan assumes", 1.4, True), SlideColumn("Plan pays", 1.75, True),
        SlideColumn("Break-even", 1.43),
    )  # fmt: skip
    rows = [_truth_row(item, found, scenario.format) for item in items[:_TRUTHS]]
    if not rows:
        return
    slide = deck.slide(must_be_true_message(found), TRUTHS,
                       f"Uncertain inputs, the widest swing first{SEPARATOR}{deck.scenario_line}")  # fmt: skip
    shown = first_page(rows, columns, BOTTOM - TOP - _NOTE_TALL, _TRUTH)
    used = add_table(slide, BODY_BOX, shown, columns, f"{must_be_true_message(found)}.", _TRUTH)
    words = "Break-even within the range: it leaves open whether the plan pays."
    if any(item.own for item in items[: len(shown)]):
        words += f" {_OWN}: the plan's, not the evidence's."
    if len(items) > len(shown):
        words += f" {len(items) - len(shown)} more inputs move the result less."
    write(slide, Box(EDGE, TOP + used + 0.1, ROOM, 0.2), [TextRun(words, color=LIGHT.muted)], 11, name="Note")


def _truth_row(item: MustBeTrue, found: Findings, text: Format) -> Row:
    low, value, high = (
        amount(text, item.name, number, exact=True) for number in (item.range.low, item.value, item.range.high)
    )
    ends = f"{low} to {high}{f' ({_OWN.lower()})' if item.own else ''}"
    opened = item.within_range
    stretches = found.pays(item.name)
    pays = " or ".join(stretch(text, item.name, *ends) for ends in stretches) or "at no value"
    return row(
        SlideCell(ASSUMPTIONS[item.name].short_label, opened), ASSUMPTIONS[item.name].grade_text or "–", ends,
        value, SlideCell(pays, opened),
        SlideCell("within" if opened else "outside" if item.break_even else "none", opened,
                  LIGHT.warning if opened else LIGHT.muted),
    )  # fmt: skip
