"""The skill areas as rows of the editable table, and what edits of them make: pure functions, no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from model.reading.faults import Fault, ScenarioError
from model.reading.pasted_skills import areas_of
from model.reading.skill_validation import KEYS
from model.skills.areas import SkillArea
from model.units import RATIO, SHARE, Format

Row = tuple[str | float, ...]
# By place in the table as it started, then in the order added; None where a row was deleted or is left out.
Rows = tuple[Row | None, ...]


class SkillsTable(NamedTuple):
    """The table in a session: the areas it started from, those that its legal edits made and their rows.

    `renewed` counts how often it started anew.
    """

    start: tuple[SkillArea, ...] = ()
    made: tuple[SkillArea, ...] = ()
    rows: Rows = ()
    renewed: int = 0

    @property
    def key(self) -> str:
        """The key of its widget."""
        return f"skills-{self.renewed}"

    def anew(self, areas: tuple[SkillArea, ...]) -> SkillsTable:
        """The table under another key, with areas that nobody has edited in it."""
        return SkillsTable(areas, areas, as_rows(areas), self.renewed + 1)


class EditedAreas(NamedTuple):
    """What came of some edits: the areas and rows of those that are legal, and what is wrong with the others."""

    areas: tuple[SkillArea, ...]
    rows: Rows
    faults: tuple[Fault, ...]


def rows_of(areas: Sequence[SkillArea], text: Format) -> dict[str, list[str]]:
    """The table's columns, as a person reads and types them."""
    cells = (
        (
            area.name,
            text.plain(area.importance, RATIO),
            *(text.plain(share, SHARE) for share in (area.competent, area.wanted)),
        )
        for area in areas
    )
    return dict(zip(KEYS, map(list, zip(*cells, strict=True)), strict=True))


def as_rows(areas: Sequence[SkillArea]) -> tuple[Row, ...]:
    """The areas as rows of a table that nobody has edited."""
    return tuple((area.name, area.importance, area.competent, area.wanted) for area in areas)


def edited(areas: Sequence[SkillArea], changes: Mapping[str, Any], before: Rows) -> EditedAreas:
    """What the table's changes make of the areas; cells that were left alone keep their value to the last digit.

    `changes` are what Streamlit's data editor holds: edited cells by row, added rows, positions of deleted rows;
    `before` are the rows of the last outcome. A cell that is refused stays as it was there, an added row that is
    refused is left out; their faults name the row that a person sees.
    """
    typed = _typed(areas, changes)
    try:
        return EditedAreas(_read(typed), typed, ())
    except ScenarioError as error:
        # Where an added row was deleted, nothing says which: no other is to get its cells.
        legal = _legal(typed, before if len(before) <= len(typed) else before[: len(areas)])
        rows = legal if _is_legal(legal) else before
        return EditedAreas(_read(rows), rows, error.faults)


def _typed(areas: Sequence[SkillArea], changes: Mapping[str, Any]) -> Rows:
    """The rows as the table shows them."""
    rows = [list(row) for row in as_rows(areas)]
    for place, cells in changes["edited_rows"].items():
        for key, text in cells.items():
            rows[int(place)][KEYS.index(key)] = text or ""
    deleted = set(changes["deleted_rows"])
    left = [None if place in deleted else tuple(row) for place, row in enumerate(rows)]
    return (*left, *(tuple(row.get(key) or "" for key in KEYS) for row in changes["added_rows"]))


def _legal(typed: Rows, before: Rows) -> Rows:
    """The rows of before, with all that is legal of what was typed since: cell by cell, a new row as a whole."""
    rows = [known if row else None for row, known in zip_longest(typed, before)]
    for place, row in enumerate(typed):
        if row and rows[place] is None:
            rows = _tried(rows, place, row)
        for column, cell in enumerate(row or ()):
            if known := rows[place]:
                rows = _tried(rows, place, (*known[:column], cell, *known[column + 1 :]))
    return tuple(rows)


def _tried(rows: list[Row | None], place: int, row: Row) -> list[Row | None]:
    """The rows with another one in a place, or as they are where that is not legal."""
    trial = [*rows[:place], row, *rows[place + 1 :]]
    return trial if row != rows[place] and _is_legal(trial) else rows


def _is_legal(rows: Sequence[Row | None]) -> bool:
    try:
        _read(rows)
    except ScenarioError:
        return False
    return True


def _read(rows: Sequence[Row | None]) -> tuple[SkillArea, ...]:
    """The areas of the rows that there are. Raises ScenarioError."""
    return areas_of(enumerate((row for row in rows if row), start=1))
