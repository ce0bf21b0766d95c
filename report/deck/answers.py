"""The slides of what was asked about the decision: each answer's tables as large as fits, what is said below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.tables import SIDE, Row, SlideCell, SlideColumn, add_table, row, table_height, table_pages
from report.deck.text import fitting, height, pages, width
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box, TextRun, write
from report.tables.decide.told import Telling
from report.tables.document_tables import Cell, Table

_SIZES = (14.0, 13.0, 12.0, 11.0)
# Where one slide cannot hold all tables each has its own, at these sizes.
_SMALLER = (*_SIZES, 10.5, 10.0)
_SAID, _NAME, _GAP = 12.0, 0.3, 0.18
# How much of a slide tables leave to what is said, at least.
_LEFT = 0.45
_LINES = 4
# A column of figures that are told in words wraps beyond so many inches; in two lines a heading takes this part of
# its width, or a little more.
_WIDEST, _HEADED = 1.9, 0.6


def answer_slides(deck: Deck, title: str, told: Telling) -> None:
    """An answer on one slide, or where its tables do not fit there on one for each; the rest on further slides."""
    tables = list(told.tables.items())
    rest = [*told.sentences, *dict.fromkeys(filter(None, (table.caption for table in told.tables.values())))]
    said = height(rest, _SAID, ROOM)
    wished = (said, said / 2, _LEFT)
    size = next((size for left in wished if (size := _largest(tables, _SIZES, left))), None)
    for part in [tables] if size else [[item] for item in tables]:
        slide = deck.slide(told.message, title, deck.scenario_line)
        top = TOP
        found = (_largest(part, _SMALLER, left) for left in wished[1:])
        shown = size or next(filter(None, found), _SMALLER[-1])
        for name, table in part:
            if len(tables) > 1:
                write(slide, Box(EDGE, top, ROOM, 0.24), [TextRun(name, True, LIGHT.accent)], _SAID, name="What")
                top += _NAME
            columns = _columns(table, shown)
            for place, rows in enumerate(table_pages(_written(table), columns, BOTTOM - top, shown)):
                if place:
                    slide, top = deck.slide(told.message, title, deck.scenario_line), TOP
                top += add_table(slide, Box(EDGE, top, ROOM, 1.0), rows, columns, f"{title}: {name}.", shown) + _GAP
        rest = _said(slide, rest, top)
    for page in pages(rest, _SAID, ROOM, BODY_BOX.height) if rest else ():
        _said(deck.slide(told.message, title, deck.scenario_line), page, TOP)


def _largest(tables: Sequence[tuple[str, Table]], sizes: Sequence[float], left: float) -> float | None:
    """The first of the type sizes at which tables leave so many inches of a slide."""
    return next((size for size in sizes if _tall(tables, size) <= BODY_BOX.height - left), None)


def _said(slide: object, sentences: Sequence[str], top: float) -> list[str]:
    """As many sentences, whole, as there is room for; returns the others."""
    words, rest = fitting(sentences, _SAID, ROOM, BOTTOM - top)
    if words:
        said = [TextRun(text, color=LIGHT.muted) for text in words]
        write(slide, Box(EDGE, top, ROOM, height(words, _SAID, ROOM)), said, _SAID, name="Note")
    return rest


def _tall(tables: Sequence[tuple[str, Table]], size: float) -> float:
    """Inches that tables of a type size take below each other, with their names."""
    tall = 0.0
    for _, table in tables:
        columns = _columns(table, size)
        (rows,) = islice(table_pages(_written(table), columns, 99.0, size), 1)
        tall += table_height(rows, columns, size) + _NAME + _GAP
    return tall


def _written(table: Table) -> list[Row]:
    """The rows as a slide has them: those marked stand out."""
    return [
        row(*(SlideCell(_text(cell), place in table.marked) for cell in cells))
        for place, cells in enumerate(table.rows)
    ]


def _text(cell: Cell) -> str:
    return f"{cell.text}, {cell.small}" if cell.small else cell.text


def _columns(table: Table, size: float) -> list[SlideColumn]:
    """Columns as wide as what they hold asks for; where that is too much, words wrap first."""
    parts = [[_text(cells[place]) for cells in table.rows] for place in range(len(table.headings))]
    numbers = [table.values_from <= place <= table.values_to for place in range(len(parts))]
    bounds = [_bounds(*column, size) for column in zip(parts, table.headings, numbers, strict=True)]
    wide = _shared([low for low, _ in bounds], [high for _, high in bounds])
    return [
        SlideColumn(words, room, number, _LINES)
        for words, room, number in zip(table.headings, wide, numbers, strict=True)
    ]


def _bounds(column: Sequence[str], heading: str, number: bool, size: float) -> tuple[float, float]:
    """Inches that a column takes at least, and with its cells unwrapped below a heading of two lines."""
    whole = max((width(text, size, True) for text in column), default=0.0)
    words = [width(word, size, True) for text in (heading, *column) for word in text.split(" ")]
    low = max(words)
    if number:
        low = max(low, min(whole, _WIDEST))
    high = max(low, min(whole, 2 * _WIDEST) if number else whole, _HEADED * width(heading, size, True))
    return low + 2.2 * SIDE, high + 2.2 * SIDE


def _shared(low: Sequence[float], high: Sequence[float]) -> list[float]:
    """The room of a slide shared out: at least `low` where that fits, then towards `high`, the rest evenly."""
    left = ROOM - sum(low)
    if left < 0:
        return [ROOM * need / sum(low) for need in low]
    wished = sum(high) - sum(low)
    part = min(1.0, left / wished) if wished else 0.0
    rest = (left - part * wished) / len(low)
    return [need + part * (most - need) + rest for need, most in zip(low, high, strict=True)]
