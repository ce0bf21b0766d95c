"""Other costs and benefits as rows of an editable table, and what edits make of them: no Streamlit.

The table has as many rows as there may be, and what is typed into one stays there: a row more or less would draw the
table anew under the hands of who types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from model.other.amounts import LARGEST, MOST_ROWS, SIDES, OtherAmount
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule
from model.reading.row_validation import NAME_KEY
from model.reading.texts import alike
from model.scenario import Scenario
from model.units import MONEY, Format

_AMOUNT = NumberRule(MONEY, -LARGEST, LARGEST, 12_000)
# A row of the table: which of costs and benefits, and the place in it.
Place = tuple[str, int]
PLACES: tuple[Place, ...] = tuple((field, number) for field in SIDES for number in range(MOST_ROWS))
# What stands in each place; None where nothing does.
Rows = tuple[OtherAmount | None, ...]


class EditedRows(NamedTuple):
    """What came of some edits: the scenario with those that are legal, where its rows stand, and what is wrong."""

    scenario: Scenario
    rows: Rows
    faults: tuple[Fault, ...]


def rows_of(scenario: Scenario, before: Rows = ()) -> Rows:
    """The rows of a scenario where they stood before; from the first place on, where it now has other ones."""
    if before and _stated(before) == {field: getattr(scenario, field) for field in SIDES}:
        return before
    return tuple(_at(scenario, *place) for place in PLACES)


def cells_of(scenario: Scenario, rows: Rows) -> list[dict[str, str]]:
    """The table's cells: what each row is called, and its amounts by plan year as a person reads and types them."""
    return [_cells(row, scenario) for row in rows]


def label_of(place: Place) -> str:
    """What a row of the table is: "Other cost 1"."""
    field, number = place
    return SIDES[field].numbered(number + 1)


def year_key(year: int) -> str:
    """The column of a plan year, counted from 1."""
    return f"year_{year}"


def same(scenario: Scenario, column: str, one: str | None, other: str | None) -> bool:
    """Whether two texts in a column say the same: 20000 and 20,000, or twice nothing."""
    one, other = (" ".join((words or "").split()) for words in (one, other))
    if one == other or column == NAME_KEY:
        return one == other
    try:
        return _amount(one, scenario.format) == _amount(other, scenario.format)
    except ValueError:
        return False


def edited(scenario: Scenario, before: Rows, changes: Mapping[int, Mapping[str, Any]]) -> EditedRows:
    """What the changed cells of some rows make of the scenario; a refused cell stays as it was.

    A row with an amount and no name is called as the table calls it; one with neither, in the years that are shown,
    is none.
    """
    faults: list[Fault] = []
    rows = _named(
        tuple(
            _changed(scenario, place, row, changes.get(index, {}), faults)
            for index, (place, row) in enumerate(zip(PLACES, before, strict=True))
        )
    )
    try:
        after = scenario.changed(**_stated(rows))
    except ScenarioError as error:
        return EditedRows(scenario, before, (*faults, *error.faults))
    # As the scenario has them: without spaces and zeros at an end.
    taken = {field: iter(getattr(after, field)) for field in SIDES}
    laid_out = tuple(next(taken[field]) if row else None for (field, _), row in zip(PLACES, rows, strict=True))
    return EditedRows(after, laid_out, tuple(faults))


def _stated(rows: Rows) -> dict[str, tuple[OtherAmount, ...]]:
    """The rows of each side without the empty places between them, as a scenario has them."""
    return {
        side: tuple(row for (field, _), row in zip(PLACES, rows, strict=True) if row and field == side)
        for side in SIDES
    }


def _changed(
    scenario: Scenario, place: Place, before: OtherAmount | None, cells: Mapping[str, Any], faults: list[Fault]
) -> OtherAmount | None:
    """A row with its changed cells; adds what is refused to `faults`."""
    row = before or OtherAmount("", ())
    name = str(cells[NAME_KEY] or "").strip() if NAME_KEY in cells else row.name
    amounts = []
    for year in range(1, max(scenario.horizon_years, len(row.by_year)) + 1):
        amount, column = row.in_year(year), year_key(year)
        if column in cells:
            words = str(cells[column] or "").strip()
            try:
                amount = _amount(words, scenario.format)
            except ValueError as error:
                faults.append(Fault(f"{label_of(place)}, year {year}", f"'{words}' {error}"))
        amounts.append(amount)
    if not name and not any(amounts[: scenario.horizon_years]):
        return None
    return OtherAmount(name, tuple(amounts))


def _named(rows: Rows) -> Rows:
    """The rows, one without a name called as the table calls it, or by the next number that is free."""
    taken = {alike(row.name) for row in rows if row}
    found: list[OtherAmount | None] = []
    for (field, number), row in zip(PLACES, rows, strict=True):
        if row and not row.name:
            numbers = (number + 1, *range(1, 2 * MOST_ROWS + 1))
            names = map(SIDES[field].numbered, numbers)
            row = replace(row, name=next(name for name in names if alike(name) not in taken))
            taken.add(alike(row.name))
        found.append(row)
    return tuple(found)


def _amount(words: str, text: Format) -> float:
    """An amount as typed, nothing for an empty cell. Raises ValueError in words."""
    return _AMOUNT.read(words, text) if words else 0.0


def _at(scenario: Scenario, field: str, place: int) -> OtherAmount | None:
    rows: tuple[OtherAmount, ...] = getattr(scenario, field)
    return rows[place] if place < len(rows) else None


def _cells(row: OtherAmount | None, scenario: Scenario) -> dict[str, str]:
    years = range(1, scenario.horizon_years + 1)
    amounts = {year_key(year): (row.in_year(year) if row else 0.0) for year in years}
    return {NAME_KEY: row.name if row else ""} | {
        key: scenario.format.bare(amount, MONEY) if amount else "" for key, amount in amounts.items()
    }
