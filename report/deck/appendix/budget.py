"""The slides of the budget: its three views, the headcount plan, and profit and loss beside cash, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from model.telling.budget.items import CASH, CONTRIBUTION, COSTS, OUTSIDE, RESULT, REVENUE, SOCIAL
from model.telling.budget.statement import Statement, StatementRow, Weight
from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.tables import SIDE, Row, SlideCell, SlideColumn, add_table, row, table_pages
from report.deck.text import height, width
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box, TextRun, write
from report.material import Material
from report.tables.budget_tables import ROUNDED, SCALES, WHOLE_PLAN, MoneyScale, figures, in_unit, joinings, message
from report.words.stamp import SEPARATOR

_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_LABEL, _NARROW_LABEL, _MANY_YEARS = 3.3, 2.7, 7
# Columns are no wider than reads well.
_WIDEST = 1.45
_SAID_BY_TOTALS = frozenset({SOCIAL, OUTSIDE, REVENUE, CONTRIBUTION, COSTS, RESULT, CASH})
_NOTE, _NOTE_GAP = 10.5, 0.1


def budget_slides(deck: Deck, material: Material) -> None:
    """What is to be paid by fiscal year and kind of cost: the plan, against holding, against the year before."""
    for view in material.budget.views:
        _statement_slides(deck, view, material, "")


def headcount_slide(deck: Deck, material: Material) -> None:
    """The people by fiscal year, with the months in which whole people come."""
    found = material.budget.headcount
    _statement_slides(deck, found.statement, material, joinings(found, material.scenario.format))


def profit_slide(deck: Deck, material: Material) -> None:
    """What the plan changes in profit and loss by fiscal year, beside the model's net cash."""
    _statement_slides(deck, material.budget.profit, material, "")


def _statement_slides(deck: Deck, statement: Statement, material: Material, further: str) -> None:
    """A statement as a table, as large as fits one slide, with what its amounts are below."""
    told = statement.told
    note = " ".join(filter(None, (further, statement.basis, ROUNDED)))
    tall = height([note], _NOTE, ROOM)
    columns = _columns(told)
    scale, rows, sizes = _readable(told, material, columns)
    room = BOTTOM - TOP - tall - _NOTE_GAP
    size = next((size for size in sizes if len(table_pages(rows, columns, room, size)) == 1), sizes[0])
    pages = table_pages(rows, columns, room, size)
    for number, shown in enumerate(pages, start=1):
        kicker = statement.title if len(pages) == 1 else f"{statement.title} ({number} of {len(pages)})"
        heading = f"{in_unit(statement, material, scale)}{SEPARATOR}{deck.scenario_line}"
        slide = deck.slide(message(statement, material), kicker, heading)
        add_table(slide, BODY_BOX, shown, columns, f"{kicker}. {statement.basis}", size)
        write(slide, Box(EDGE, BOTTOM - tall, ROOM, tall), [TextRun(note, color=LIGHT.muted)], _NOTE, name="Note")


def _readable(
    statement: Statement, material: Material, columns: Sequence[SlideColumn]
) -> tuple[MoneyScale, list[Row], list[float]]:
    """What amounts are counted in so that they fit their columns, the rows, and the type sizes that they fit in."""
    words = [word for column in columns[1:] for word in column.heading.split(" ")]
    room = columns[-1].width - 2 * SIDE
    for scale in SCALES:
        rows = _rows(statement, material, scale)
        texts = [*words, *(cell.text for item in rows for cell in item.cells[1:])]
        sizes = [size for size in _SIZES if max(width(text, size, True) for text in texts) <= room]
        if sizes:
            break
    return scale, rows, sizes or [_SIZES[-1]]


def _columns(statement: Statement) -> tuple[SlideColumn, ...]:
    headings = (*statement.headings, WHOLE_PLAN)
    label = _LABEL if len(headings) <= _MANY_YEARS else _NARROW_LABEL
    wide = min(_WIDEST, (ROOM - label) / len(headings))
    return (SlideColumn("", label, lines=2), *(SlideColumn(heading, wide, True, 2) for heading in headings))


def _rows(statement: Statement, material: Material, scale: MoneyScale) -> list[Row]:
    """The figures; a section whose total says what it is has no heading of its own, as room is short."""
    rows: list[Row] = []
    for section, found in groupby(statement.rows, key=lambda item: item.section):
        if section not in _SAID_BY_TOTALS:
            rows.append(row(section, *[""] * (len(statement.years) + 1), bold=True, shaded=True))
        rows += [_row(item, material, scale) for item in found]
    return rows


def _row(item: StatementRow, material: Material, scale: MoneyScale) -> Row:
    color = LIGHT.muted if item.weight in (Weight.PART, Weight.BESIDE) else LIGHT.text
    texts = (item.label, *figures(material.scenario.format, item, scale))
    return Row(tuple(SlideCell(text, item.weight is Weight.TOTAL, color) for text in texts))
