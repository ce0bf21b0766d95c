"""Tables of many columns on a page that has less room: the columns that matter most."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.browser import Room, room
from dashboard.components.tables import static_table
from report.tables.document_tables import Table


def fitting_table(table: Table, words: str, medium: tuple[int, ...], narrow: tuple[int, ...]) -> None:
    """A table with all its columns, or with these where the page is a tablet's or a phone's; others are left out."""
    kept = {Room.MEDIUM: medium, Room.NARROW: narrow}.get(room())
    static_table(_with_columns(table, kept) if kept else table, words)


def _with_columns(table: Table, places: tuple[int, ...]) -> Table:
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    values_from = sum(place < table.values_from for place in places)
    return replace(
        table, headings=tuple(table.headings[place] for place in places), rows=rows, values_from=values_from
    )
