"""The slide of the skill areas: what there is, what is wanted, what training closes."""

from __future__ import annotations

from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.tables import SlideCell, SlideColumn, add_table, row, table_pages
from report.deck.text import height
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box, TextRun, write
from report.material import Material
from report.tables.skills_tables import LEARNING, OWN_JUDGEMENT, plan_table
from report.words.headings import what_hours_close

_AREA, _SIZE, _NOTE, _GAP = 3.4, 11.0, 10.5, 0.1


def skills_slides(deck: Deck, material: Material) -> None:
    """The areas with the hours proposed and what they teach; no slide where nobody judged them."""
    plan, text = material.training, material.scenario.format
    if plan is None:
        return
    table = plan_table(plan, text)
    wide = (ROOM - _AREA) / (len(table.headings) - 1)
    first, *others = table.headings
    columns = (SlideColumn(first, _AREA), *(SlideColumn(heading, wide, True) for heading in others))
    rows = [
        row(*(SlideCell(cell.text, place in table.marked) for cell in cells))
        for place, cells in enumerate(table.rows)
    ]
    note = f"{OWN_JUDGEMENT} {LEARNING}"
    tall = height([note], _NOTE, ROOM)
    shared = table_pages(rows, columns, BOTTOM - TOP - tall - _GAP, _SIZE)
    for number, shown in enumerate(shared, start=1):
        kicker = "Skills" if len(shared) == 1 else f"Skills ({number} of {len(shared)})"
        slide = deck.slide(what_hours_close(plan, text), kicker, deck.scenario_line)
        add_table(slide, BODY_BOX, shown, columns, f"{kicker}: areas, hours and what they teach.", _SIZE)
        write(slide, Box(EDGE, BOTTOM - tall, ROOM, tall), [TextRun(note, color=LIGHT.muted)], _NOTE, name="Note")
