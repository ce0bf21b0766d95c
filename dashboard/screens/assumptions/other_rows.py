"""Other costs and benefits as rows of an editable table, and what edits make of them: no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from model.other.amounts import LARGEST, SIDES, OtherAmount
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule
from model.reading.other_validation import NAME_KEY
from model.scenario import Scenario
from model.units import MONEY, Format

_AMOUNT = NumberRule(MONEY, -LARGEST, LARGEST, 12_000)
# A row of the table: which of costs and benefits, and the place in it.
Place = tuple[str, int]


class EditedRows(NamedTuple):
    """What came of some edits: the scenario with those that are legal, and what is wrong with the others."""

    scenario: Scenario
    faults: tuple[Fault, ...]


def places(scenario: Scenario) -> tuple[Place, ...]:
    """The rows of the table: those stated and, as long as there may be more, an empty one after them."""
    return tuple(
        (field, number)
        for field, side in SIDES.items()
        for number in range(min(len(getattr(scenario, field)) + 1, len(side.series)))
    )


def rows_of(scenario: Scenario) -> list[dict[str, str]]:
    """The table's rows: what each is called, and its amounts by plan year as a person reads and types them."""
    return [_cells(_at(scenario, *place), scenario) for place in places(scenario)]


def label_of(place: Place) -> str:
    """What a row of the table is: "Other cost 1"."""
    field, number = place
    return SIDES[field].numbered(number + 1)


def year_key(year: int) -> str:
    """The column of a plan year, counted from 1."""
    return f"year_{year}"


def edited(scenario: Scenario, changes: Mapping[int, Mapping[str, Any]]) -> EditedRows:
    """What the changed cells of some rows make of the scenario; a refused cell stays as it was.

    A row with an amount and no name is called as the table calls it where it will stand; one with neither, in the
    years that are shown, is none.
    """
    faults: list[Fault] = []
    shown = places(scenario)
    rows = [_changed(scenario, place, changes.get(index, {}), faults) for index, place in enumerate(shown)]
    placed = [(field, row) for row, (field, _) in zip(rows, shown, strict=True) if row]
    stated = {field: _named(field, [row for side, row in placed if side == field]) for field in SIDES}
    try:
        return EditedRows(scenario.changed(**stated), tuple(faults))
    except ScenarioError as error:
        return EditedRows(scenario, (*faults, *error.faults))


def _changed(scenario: Scenario, place: Place, cells: Mapping[str, Any], faults: list[Fault]) -> OtherAmount | None:
    """The row at a place with its changed cells; adds what is refused to `faults`."""
    row, text = _at(scenario, *place) or OtherAmount("", ()), scenario.format
    name = str(cells[NAME_KEY] or "").strip() if NAME_KEY in cells else row.name
    amounts = []
    for year in range(1, max(scenario.horizon_years, len(row.by_year)) + 1):
        typed = cells.get(year_key(year), _KEPT)
        amounts.append(row.in_year(year) if typed is _KEPT else _read(typed, text, place, year, row, faults))
    if not name and not any(amounts[: scenario.horizon_years]):
        return None
    return OtherAmount(name, tuple(amounts))


def _named(field: str, rows: Sequence[OtherAmount]) -> tuple[OtherAmount, ...]:
    """The rows of a side, one without a name called by its number, or by the next that no other is called by."""
    taken = {row.name for row in rows}
    free = [name for name in map(SIDES[field].numbered, range(1, 2 * len(rows) + 1)) if name not in taken]
    found = []
    for number, row in enumerate(rows, start=1):
        own = SIDES[field].numbered(number)
        name = row.name or free.pop(free.index(own) if own in free else 0)
        found.append(replace(row, name=name))
    return tuple(found)


_KEPT = object()


def _read(typed: Any, text: Format, place: Place, year: int, row: OtherAmount, faults: list[Fault]) -> float:
    """An amount as typed, nothing for an empty cell; one that is refused stays what it was."""
    words = str(typed or "").strip()
    try:
        return _AMOUNT.read(words, text) if words else 0.0
    except ValueError as error:
        faults.append(Fault(f"{label_of(place)}, year {year}", f"'{words}' {error}"))
        return row.in_year(year)


def _at(scenario: Scenario, field: str, place: int) -> OtherAmount | None:
    rows: tuple[OtherAmount, ...] = getattr(scenario, field)
    return rows[place] if place < len(rows) else None


def _cells(row: OtherAmount | None, scenario: Scenario) -> dict[str, str]:
    years = range(1, scenario.horizon_years + 1)
    amounts = {year_key(year): (row.in_year(year) if row else 0.0) for year in years}
    return {NAME_KEY: row.name if row else ""} | {
        key: scenario.format.bare(amount, MONEY) if amount else "" for key, amount in amounts.items()
    }
