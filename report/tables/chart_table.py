"""The table behind a chart: raw rows for a program, and the same as text for a reader, on a screen or on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from model.scenario import Scenario
from model.telling.tables import in_units, stamped
from model.units import RATIO, Format, Unit
from report.tables.document_tables import NOTHING, Cell, Table, number

if TYPE_CHECKING:
    import pandas as pd

# Writes a value for a reader, given the unit of its column or else of its row.
Writer = Callable[[Format, Any, Unit], str]


class Column(NamedTuple):
    """How a reader is told of a column.

    Its values are numbers in `unit`, which then stands in the heading, or without one in the unit of their row;
    `write` writes them otherwise. `words` marks a column of no numbers; `names` are what the names in it stand
    for: each gives its label, and its row the unit. `currency` is that of its amounts, where not the scenario's.
    """

    heading: str
    unit: Unit | None = None
    write: Writer | None = None
    words: bool = False
    names: Mapping[str, Any] | None = None
    currency: str = ""

    def title(self, currency: str) -> tuple[str, str]:
        """The heading, and the unit to stand with it; empty where there is none or the cells have it."""
        return self.heading, self.unit.words(currency) if self.unit and not self.write else ""


@dataclass(frozen=True)
class ChartTable:
    """Rows of raw values under the names that files give them; `columns` says how a reader is told of each.

    A column that is not described there has its name as heading and bare numbers, or words. `printed` is what
    stands on paper if not everything does, `monthly` the same rows by month if there are such, `others` are the
    scenarios beside the first that have columns of their own.
    """

    frame: pd.DataFrame
    columns: Mapping[str, Column] = field(default_factory=dict)
    caption: str = ""
    printed: ChartTable | None = None
    monthly: ChartTable | None = None
    others: tuple[Scenario, ...] = ()

    @property
    def described(self) -> tuple[Column, ...]:
        """Each column of the rows, in order."""
        return tuple(self.columns.get(name) or _plain(name, self.frame[name]) for name in self.frame.columns)

    def cells(self, scenario: Scenario) -> tuple[tuple[Cell, ...], ...]:
        """The rows for a reader, in the scenario's locale and currency; gaps as dashes."""
        columns = self.described
        return tuple(_row(scenario, columns, values) for values in self.frame.itertuples(index=False, name=None))

    def pages(self, scenario: Scenario) -> tuple[Table, ...]:
        """The table on paper; in several parts where it is wider than a page."""
        if self.printed:
            return self.printed.pages(scenario)
        columns = self.described
        headings = tuple(", ".join(filter(None, column.title(scenario.currency))) for column in columns)
        values = [place for place, column in enumerate(columns) if not column.words] or [len(columns)]
        return (Table(headings, self.cells(scenario), values[0], self.caption, values_to=values[-1]),)

    def file(self, scenario: Scenario, made_on: date, text: Format | None = None) -> pd.DataFrame:
        """The rows as a file holds them, of a scenario: several numbers in one cell as text, units, whose they are.

        A column of one unit has it in its heading; that of each row stands in a column `unit`. `text` is what the
        numbers in words are written with, where not as declared.
        """
        rows = self.frame.map(lambda value: several(value, text) if isinstance(value, tuple) else value)
        for name, column in zip(rows.columns, self.described, strict=True):
            if text and column.words and column.write:
                told = (written(text, column, value) if isinstance(value, str) else value for value in rows[name])
                rows[name] = list(told)
            if names := column.names:
                rows["unit"] = [names[value].unit.stored_words(scenario.currency) for value in rows[name]]
            if unit := column.unit:
                rows = in_units(rows, {name: unit}, column.currency or scenario.currency)
        return stamped(rows, scenario, made_on, *self.others)


def several(values: tuple[float, ...], text: Format | None = None) -> str:
    """Several numbers as the text of one cell."""
    told = "; ".join(f"{value:.6g}" for value in values)
    return text.localised(told) if text else told


def _plain(name: str, values: pd.Series) -> Column:
    heading = name.replace("_", " ").capitalize()
    if values.dtype.kind in "if":
        return Column(heading, write=lambda text, value, _: number(text, value, RATIO))
    return Column(heading, words=True)


def _row(scenario: Scenario, columns: tuple[Column, ...], values: tuple[Any, ...]) -> tuple[Cell, ...]:
    of = next((column.names[value] for column, value in zip(columns, values, strict=True) if column.names), None)
    own = of.unit if of else RATIO
    return tuple(
        Cell(of.label, own.words(scenario.currency))
        if of and column.names
        else Cell(written(scenario.format, column, value, own))
        for column, value in zip(columns, values, strict=True)
    )


def written(text: Format, column: Column, value: Any, own: Unit = RATIO) -> str:
    """A value for a reader; `own` is the unit of its row."""
    # Not a number is unlike itself.
    if value is None or value != value:
        return NOTHING
    if column.write:
        return column.write(text, value, column.unit or own)
    return str(value) if column.words else number(text, value, column.unit or own)
