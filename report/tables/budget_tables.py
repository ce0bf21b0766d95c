"""The budget's statements as tables for a reader, by fiscal year, and as rows for a program."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from model.telling.budget import Budget
from model.telling.budget.headcount import Headcount
from model.telling.budget.statement import Statement, StatementRow, Weight
from model.telling.tables import fiscal_year_words
from model.units import Format, Style
from report.material import Material
from report.tables.document_tables import NOTHING, Cell, Table
from report.tables.line_tables import column_parts

if TYPE_CHECKING:
    import pandas as pd

WHOLE_PLAN = "Whole plan"
# Pixels beside the labels of a statement on a printed page.
_ROOM = 520
_MOST_MONTHS = 12


def statement_tables(statement: Statement, material: Material) -> tuple[Table, ...]:
    """A statement for a reader, without items of nothing; more years than a page is wide stand in a second table."""
    told, text = statement.told, material.scenario.format
    columns = list(zip(*(figures(text, row) for row in told.rows), strict=True))
    headings = (*told.headings, WHOLE_PLAN)
    return tuple(
        _table(told.rows, headings[part], columns[part], "" if part.start else caption(statement, material))
        for part in column_parts(columns, _ROOM)
    )


def _table(
    rows: tuple[StatementRow, ...], headings: tuple[str, ...], columns: list[tuple[str, ...]], words: str
) -> Table:
    """Labels beside some columns; each section under a heading of its own."""
    lines: list[tuple[Cell, ...]] = []
    heads, totals = [], []
    known = zip(rows, zip(*columns, strict=True), strict=True)
    for section, found in groupby(known, key=lambda pair: pair[0].section):
        heads.append(len(lines))
        lines.append((Cell(section), *(Cell("") for _ in columns)))
        for row, values in found:
            if row.weight is Weight.TOTAL:
                totals.append(len(lines))
            lines.append((Cell(row.label), *map(Cell, values)))
    return Table(("", *headings), tuple(lines), caption=words, heads=frozenset(heads), totals=frozenset(totals))


def caption(statement: Statement, material: Material) -> str:
    """What the amounts of a statement are."""
    return f"{in_unit(statement, material)}. {statement.basis} {ROUNDED}"


ROUNDED = "Each figure is rounded by itself, so that sums can be one off."


def in_unit(statement: Statement, material: Material) -> str:
    """The years of a statement and the currency of its amounts: "USD by fiscal year"."""
    scenario, years = material.scenario, f"by {fiscal_year_words(material.scenario)}"
    money = all(row.unit.style is Style.MONEY for row in statement.rows)
    return f"{scenario.currency} {years}" if money else f"People {years}, pay in {scenario.currency}"


def figures(text: Format, row: StatementRow) -> tuple[str, ...]:
    """A row's figures, its total last: money in whole units, nothing as a dash."""
    return tuple(_figure(text, row, value) for value in (*row.values, row.total))


def _figure(text: Format, row: StatementRow, value: float | None) -> str:
    if value is None:
        return NOTHING
    decimals = 0 if row.unit.style is Style.MONEY else row.unit.decimals
    shown = text.number(value, decimals)
    return NOTHING if shown == text.number(0.0, decimals) else shown


def joinings(found: Headcount, text: Format) -> str:
    """When whole people come or go, in a sentence."""
    if not found.joinings:
        return "No whole person comes or goes."
    told = [
        f"{text.signed_number(item.people, 0)} in {text.month(item.day)}" for item in found.joinings[:_MOST_MONTHS]
    ]
    more = "" if len(found.joinings) <= _MOST_MONTHS else f", and so on in {len(found.joinings)} months in all"
    last = found.joinings[-1]
    return f"Whole people: {', '.join(told)}{more}; then the team is {text.number(last.team, 0)}."


def budget_rows(budget: Budget, currency: str) -> pd.DataFrame:
    """One row a statement, row and fiscal year; rows that are totals of others are marked by `kind`."""
    import pandas as pd

    return pd.DataFrame(
        {
            "statement": one.name,
            "row": row.name,
            "label": row.label,
            "section": row.section,
            "kind": row.weight.value,
            "unit": row.unit.stored_words(currency),
            "year": year,
            "months": months,
            "value": value,
        }
        for one in budget.statements
        for row in one.rows
        for year, months, value in zip(one.years, one.months, row.values, strict=True)
    )


def joining_rows(found: Headcount) -> pd.DataFrame:
    """One row a month in which whole people come or go."""
    import pandas as pd

    return pd.DataFrame(
        [(item.month, item.day, item.people, item.team) for item in found.joinings],
        columns=["month", "date", "people", "team"],
    )
