"""The units of a group from one table: a row each, a column for each assumption that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS, Assumption, Value
from model.history.importing.data_file import DataFile
from model.history.importing.read import read_rows
from model.history.importing.table import TextTable
from model.portfolio.business_unit import MOST_UNITS, BusinessUnit
from model.portfolio.numbers_in_columns import SHARE_TARGET, NumbersInColumns, numbers_in
from model.portfolio.rates import Rate, Rated, currency_code
from model.reading.faults import MOST_FAULTS, Fault, Faults, Refused, ScenarioError, checked_text, nearest, shown
from model.reading.scenario_validation import MAX_NAME, MAX_TEXT
from model.reading.texts import alike, from_cell
from model.scenario import Scenario

# The columns that are no assumptions, and what each holds.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "name": "the unit's name, which no other has",
        "currency": "a three-letter code; without it the currency of the scenario",
        "rate": "what one unit of that currency is in the group's, with its date: 1.08@2026-11-01",
        "weight": "how often the unit counts, 60 % or 0.6 where that part is owned; without it once",
        "tags": "names that limits may take units together by, set apart by |",
        "least_share": "the least social share that an allocation may give it",
        "most_share": "the most social share that an allocation may give it",
        "notes": "what a reader should know",
    }
)
_SHARES = ("least_share", "most_share")
# A cell that says nothing; "no" and "none" do.
_BLANK = frozenset({"", "-", "–"})
_BETWEEN_TAGS = "|"
_MOST_TAGS = 20


def units_of(
    file: DataFile, base: Scenario, sheet: str | None = None, rated: Rated | None = None
) -> tuple[BusinessUnit, ...]:
    """The units of a table, in a workbook of that sheet; what it does not say is as in `base`.

    Raises ScenarioError that lists every fault by row and column, up to a bound; headings and the number of cells
    come first, and alone. A currency without a rate is a fault, told once, where `rated` says which have one.
    """
    # One row more is the heading; in a second row of it units of words alone would be lost.
    table = read_rows(file, sheet, MOST_UNITS + 1, tallest_heading=1)
    faults = Faults()
    faults += [Fault(f"Row {item.row}", item.reason) for item in table.set_aside if item.reason.startswith("has ")]
    columns = _columns(table, faults)
    if faults:
        raise ScenarioError(faults)
    numbers = numbers_in(
        {
            heading: (item, [from_cell(cell) for cell in table.column(heading)])
            for heading, role in columns.items()
            if (item := _assumption(role)) is not None
        },
        table.grid,
    )
    units, before = [], _Before(rated)
    for number, cells in table.rows:
        filled = {
            heading: from_cell(cell)
            for heading, cell in zip(table.heading, cells, strict=True)
            if heading in columns and cell not in _BLANK
        }
        units.append(_UnitRow(number, filled, columns, numbers, base, faults, before).unit())
    if faults:
        raise ScenarioError(faults)
    return tuple(unit for unit in units if unit is not None)


def _assumption(role: str) -> Assumption | None:
    """The assumption whose numbers a column holds, if any."""
    return SHARE_TARGET if role in _SHARES else ASSUMPTIONS.get(role)


def _columns(table: TextTable, faults: Faults) -> dict[str, str]:
    """What each column holds: one of COLUMNS or an assumption, by its name or its label."""
    known = {_plain(name): name for name in (*ASSUMPTIONS, *COLUMNS)}
    for item in ASSUMPTIONS.values():
        known |= {_plain(label): item.name for label in (item.label, item.short_label)}
    found: dict[str, str] = {}
    for heading in table.heading:
        role = known.get(_plain(heading)) or known.get(_plain(heading.partition("(")[0]))
        if role is None:
            faults.append(Fault(f"Column {shown(heading)}", f"is not known{nearest(_plain(heading), known)}"))
        elif role in found.values():
            faults.append(Fault(f"Column {shown(heading)}", f"holds {role}, as another does; keep one of the two"))
        else:
            found[heading] = role
    if "name" not in found.values():
        faults.append(Fault("Column 'name'", "is missing; it holds the name of each unit"))
    return found


def _plain(heading: str) -> str:
    """A heading as it is compared: its words, however they are joined."""
    return alike(from_cell(heading).replace("_", " "))


@dataclass
class _Before:
    """What the rows before have: which currencies have a rate or were told, and the row of each name."""

    rated: Rated | None
    told: set[str] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)

    def named(self, name: str, row: int) -> str:
        """What is wrong with a name, if anything."""
        first = self.names.setdefault(alike(name), row)
        return "" if first == row else f"is the name of row {first} too; give each a name of its own"

    def paid_in(self, code: str) -> str:
        """What is wrong with a currency without a rate in its row, if anything."""
        if self.rated is None or code in {self.rated.into, *self.rated.codes, *self.told}:
            return ""
        self.told.add(code)
        return f"is {code}, which has no rate; {self.rated.mend(code)}"


@dataclass(frozen=True)
class _UnitRow:
    """One row of the table: its number, its filled cells by heading, where its faults go, and what came before."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    numbers: NumbersInColumns
    base: Scenario
    faults: Faults
    before: _Before

    def unit(self) -> BusinessUnit | None:
        """The unit of the row; None where it has a fault, which is then among the others."""
        before = len(self.faults)
        currency = self._currency()
        read: dict[str, Any] = {
            "name": self._read("name", self._name),
            "weight": self._read("weight", self.numbers.weight),
            "tags": self._read("tags", _tags),
            "notes": self._read("notes", lambda cell: checked_text(cell, MAX_TEXT)),
            "rate": self._read("rate", lambda cell: self._rate(cell, currency)),
            **{side: self._share(side) for side in _SHARES},
        }
        if not self._says("name"):
            self.faults.append(Fault(f"Row {self.number}, name", "is empty; give the unit a name"))
        if (read["least_share"] or 0) > (read["most_share"] or 1):
            self.faults.append(Fault(f"Row {self.number}, least_share", "is above most_share; lower it"))
        scenario = self._scenario(read["name"], currency, dict(self._values(currency)))
        if len(self.faults) > before or scenario is None:
            return None
        given = {key: value for key, value in read.items() if value is not None}
        return BusinessUnit(scenario=scenario, **given)

    def _says(self, role: str) -> bool:
        """Whether the row has a cell of that column that says something."""
        return any(self.columns[heading] == role for heading in self.cells)

    def _name(self, cell: str) -> str:
        name = checked_text(cell, MAX_NAME, required=True)
        if told := self.before.named(name, self.number):
            raise Refused(told)
        return name

    def _currency(self) -> str:
        """The row's currency, that of the scenario where it says none or one that is refused."""
        before = len(self.faults)
        currency: str = self._read("currency", currency_code) or self.base.currency
        if len(self.faults) == before and not self._says("rate") and (told := self.before.paid_in(currency)):
            self._told("currency", told)
        return currency

    def _rate(self, cell: str, currency: str) -> Rate:
        rate = self.numbers.rate(cell, currency)
        if self.before.rated is not None and (told := self.before.rated.own(rate)):
            raise Refused(told)
        return rate

    def _read(self, role: str, read: Callable[[str], Any]) -> Any:
        """What a column that is no assumption holds in this row; None where it holds nothing or a fault."""
        for heading, cell in self.cells.items():
            if self.columns[heading] == role:
                try:
                    return read(cell)
                except Refused as refusal:
                    self._told(heading, str(refusal))
        return None

    def _share(self, side: str) -> Any:
        heading = next((heading for heading, role in self.columns.items() if role == side), side)
        return self._read(side, lambda cell: self.numbers.value(SHARE_TARGET, cell, heading, self.base.currency))

    def _values(self, currency: str) -> Iterator[tuple[str, Value]]:
        for heading, cell in self.cells.items():
            role = self.columns[heading]
            if role in ASSUMPTIONS:
                try:
                    yield role, self.numbers.value(ASSUMPTIONS[role], cell, heading, currency)
                except Refused as refusal:
                    self._told(heading, str(refusal))

    def _scenario(self, name: str | None, currency: str, values: Mapping[str, Value]) -> Scenario | None:
        """The row's scenario; what cannot be together is told by the column it is about."""
        try:
            return self.base.changed(
                name=name or self.base.name,
                currency=currency,
                assumptions={**self.base.assumptions, **values},
            )
        except ScenarioError as error:
            headings = {role: heading for heading, role in self.columns.items()}
            for fault in islice(error.faults, MOST_FAULTS):
                self._told(headings.get(fault.key, fault.key), fault.message)
            return None

    def _told(self, heading: str, message: str) -> None:
        self.faults.append(Fault(f"Row {self.number}, {heading}", message))


def _tags(cell: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag.strip() for tag in cell.split(_BETWEEN_TAGS) if tag.strip()))
    if len(tags) > _MOST_TAGS:
        raise Refused(f"has {len(tags)} tags; at most {_MOST_TAGS} are kept")
    return tuple(checked_text(tag, MAX_NAME, required=True) for tag in tags)
