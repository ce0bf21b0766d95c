"""The slide of a tracked plan: a line by month with its differences, all lines so far, what it means in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.track.words import headline, worth_by_now
from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.tables import Row, SlideColumn, add_table, first_page, row
from report.deck.text import fitting
from report.deck.tracked.by_month import amounts_chart, cause_chart, delta_chart, window
from report.deck.write import BOTTOM, EDGE, ROOM, TINY, TOP, Box, TextRun, write
from report.tables.tracked.variance_report import VarianceReport, footer, in_brief, lines_so_far

_WIDE, _GAP = 6.45, 0.35
_WORDS_TALL, _HEADING, _AMOUNTS = 1.5, 0.3, 1.85
_TABLE_TALL = 2.15
_SIZE = 11.0
_NUMBERS = tuple(SlideColumn(name, wide, number=True) for name, wide in (("PL", 0.95), ("AC", 0.95), ("ΔPL", 1.15)))
_BESIDE = sum(column.width for column in _NUMBERS)


def build(of: VarianceReport, today: date) -> bytes:
    """The file, a slide; the same report gives the same bytes."""
    deck = Deck(of.projection, today, footer(of, today))
    worth = worth_by_now(of.found)
    subtitle = f"{worth[0].upper()}{worth[1:]}"
    slide = deck.slide(headline(of.found), "Monthly variance report", subtitle)
    item, middle = of.main, TOP + _AMOUNTS
    shown, foot = window(of, item), BOTTOM - _WORDS_TALL
    amounts_chart(slide, Box(EDGE, TOP, _WIDE, _AMOUNTS), of, shown)
    delta_chart(slide, Box(EDGE, middle, _WIDE, foot - middle), of, shown)
    left = EDGE + _WIDE + _GAP
    place = Box(left, TOP, EDGE + ROOM - left, _TABLE_TALL)
    columns = (SlideColumn(f"So far, {of.found.scenario.currency}", place.width - _BESIDE, lines=2), *_NUMBERS)
    rows = first_page(_rows(of), columns, place.height, TINY)
    tall = add_table(slide, place, rows, columns, "Actual against plan, all months so far", TINY)
    below = TOP + tall + 0.15
    cause_chart(slide, Box(left, below, place.width, foot - below), of, item)
    _words(slide, of, foot)
    return deck.finish()


def _rows(of: VarianceReport) -> list[Row]:
    """Every line added up so far."""
    return [row(*cells) for cells in lines_so_far(of)]


def _words(slide: Any, of: VarianceReport, top: float) -> None:
    """What came, what it means for the odds and what is due, side by side."""
    parts = in_brief(of)
    wide = (ROOM - (len(parts) - 1) * _GAP) / len(parts)
    for place, part in enumerate(parts):
        left = EDGE + place * (wide + _GAP)
        alarm = of.misspecified and place == 1
        head = TextRun(part.heading, True, LIGHT.warning if alarm else LIGHT.accent)
        write(slide, Box(left, top, wide, _HEADING), [head], 13, name=f"{part.heading}, heading")
        words, _ = fitting(part.sentences, _SIZE, wide, _WORDS_TALL - _HEADING)
        if words:
            write(slide, Box(left, top + _HEADING, wide, _WORDS_TALL - _HEADING), words, _SIZE, name=part.heading)
