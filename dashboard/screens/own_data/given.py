"""A file as it was given, its columns as they are mapped, and the history that makes: pure, no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model.history.importing.columns import Named, roles
from model.history.importing.data_file import DataFile
from model.history.importing.dates import looks_like_dates
from model.history.importing.history import OwnHistory, read_history
from model.history.importing.read import read_table
from model.history.importing.table import TextTable
from model.reading.faults import Fault, ScenarioError

# What columns can be, as a person calls it; which of these is one column at most, and which there must be.
ROLES: Mapping[str, str] = {
    "date": "Date",
    "revenue": "Revenue",
    "social": "Social spend",
    "other": "Other marketing",
    "control": "Controls",
    "people": "People",
}
ONE_COLUMN, NEEDED = ("date", "revenue", "people"), ("date", "revenue", "social")


@dataclass(frozen=True)
class GivenFile:
    """A file, its columns, which of them each role has, and the history or else why there is none.

    `sheet` is the sheet of a workbook that is read, `sheets` all that it has.
    """

    file: DataFile
    sheet: str
    sheets: tuple[str, ...]
    heading: tuple[str, ...]
    mapping: Mapping[str, tuple[str, ...]]
    history: OwnHistory | None
    faults: tuple[Fault, ...] = ()

    def mapped(self, role: str, names: Sequence[str]) -> GivenFile:
        """The same file with other columns for a role; a column has one role, so it leaves the one it had."""
        others = {
            one: tuple(name for name in kept if name not in names)
            for one, kept in self.mapping.items()
            if one != role
        }
        return _read(replace(self, mapping={**others, role: tuple(names)}))


def opened(file: DataFile, before: GivenFile | None = None, sheet: str | None = None) -> GivenFile:
    """A file with its columns guessed, or as they were mapped before where it has them all.

    Raises ScenarioError where it, or its sheet of that name, holds no table.
    """
    table = read_table(file, sheet)
    given = GivenFile(file, table.grid.sheet, table.grid.sheets, table.heading, {}, None)
    if before and _fits(table, before):
        return _read(replace(given, mapping=before.mapping))
    try:
        return _guessed(given)
    except ScenarioError:
        # What is guessed of the columns stands, and what is missing or wrong is told beside them.
        found = roles(table, Named(), lambda name: looks_like_dates(table.column(name), table.grid.day_zero))
        return _read(replace(given, mapping=found))


def _fits(table: TextTable, before: GivenFile) -> bool:
    """Whether a table has all columns that were mapped before, and these were enough."""
    mapped = {name for names in before.mapping.values() for name in names}
    return mapped <= {*table.heading} and all(before.mapping[role] for role in NEEDED)


def _guessed(given: GivenFile) -> GivenFile:
    """The file with the history that reading makes of it by itself. Raises ScenarioError."""
    history = read_history(given.file, Named(), given.sheet or None)
    found = {role: getattr(history.columns, role) for role in ROLES}
    mapping = {role: (names,) if isinstance(names, str) else names for role, names in found.items()}
    return replace(given, mapping=mapping, history=history)


def _read(given: GivenFile) -> GivenFile:
    """The file with the history that its columns make, or with what is wrong with them."""
    missing = [Fault(role, "is needed: choose its column") for role in NEEDED if not given.mapping[role]]
    try:
        if missing:
            raise ScenarioError(missing)
        history = read_history(given.file, _named(given.mapping), given.sheet or None)
        return replace(given, history=history, faults=())
    except ScenarioError as error:
        return replace(given, history=None, faults=tuple(error.faults))


def _named(mapping: Mapping[str, tuple[str, ...]]) -> Named:
    """What a person said: also that a role has no column."""
    date, revenue, people = (next(iter(mapping[role]), "") for role in ONE_COLUMN)
    return Named(date, revenue, mapping["social"], mapping["other"], mapping["control"], people)
