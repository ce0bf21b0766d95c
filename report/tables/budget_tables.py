"""The budget's statements as tables for a reader, by fiscal year, and as rows for a program."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from model.telling.budget import Budget
from model.telling.budget.headcount import Headcount
from model.telling.budget.items import MONEY_OUT
from model.telling.budget.money import AGAINST_YEAR_BEFORE
from model.telling.budget.statement import Statement, StatementRow, Weight
from model.telling.tables import fiscal_year_words
from model.units import MONEY, RATIO, Format, Style
from report.material import Material
from report.tables.document_tables import NOTHING, Cell, Table
from report.tables.line_tables import column_parts
from report.words.stamp import years

if TYPE_CHECKING:
    import pandas as pd

WHOLE_PLAN = "Whole plan"
# Pixels beside the labels of a statement on a printed page.
_ROOM = 520
_MOST_MONTHS = 12


def statement_tables(statement: Statement, material: Material, room: float = _ROOM) -> tuple[Table, ...]:
    """A statement for a reader, without items of nothing; more years than a page is wide stand in a second table."""
    told, text = statement.told, material.scenario.format
    columns = list(zip(*(figures(text, row) for row in told.rows), strict=True))
    headings = (*told.headings, WHOLE_PLAN)
    return tuple(
        _table(told.rows, headings[part], columns[part], "" if part.start else caption(statement, material))
        for part in column_parts(columns, room)
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


class MoneyScale(NamedTuple):
    """What amounts of money are counted in: units of `per`, which `words` name, with so many decimals."""

    per: float = 1.0
    decimals: int = 0
    words: str = ""


# From the finest on: the others are for where there is no room.
SCALES = (
    MoneyScale(),
    MoneyScale(1e3, 1, "thousand "),
    MoneyScale(1e3, 0, "thousand "),
    MoneyScale(1e6, 1, "million "),
)


def in_unit(statement: Statement, material: Material, scale: MoneyScale = SCALES[0]) -> str:
    """The years of a statement and what its amounts are counted in: "USD by fiscal year"."""
    when = f"by {fiscal_year_words(material.scenario)}"
    unit = f"{scale.words}{material.scenario.currency}"
    money = all(row.unit.style is Style.MONEY for row in statement.rows)
    return f"{unit[0].upper()}{unit[1:]} {when}" if money else f"People {when}, pay in {unit}"


def figures(text: Format, row: StatementRow, scale: MoneyScale = SCALES[0]) -> tuple[str, ...]:
    """A row's figures, its total last; what rounds to nothing in whole units is a dash."""
    return tuple(_figure(text, row, value, scale) for value in (*row.values, row.total))


def _figure(text: Format, row: StatementRow, value: float | None, scale: MoneyScale) -> str:
    money = row.unit.style is Style.MONEY
    if value is None or not round(value, 0 if money else row.unit.decimals):
        return NOTHING
    return text.number(value / scale.per, scale.decimals) if money else text.number(value, row.unit.decimals)


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


# What each statement comes to, in a few words


def _plan_message(material: Material) -> str:
    """How much is to be paid, and how much of it in the first fiscal year."""
    money, text = material.budget.plan.by_name[MONEY_OUT], material.scenario.format
    first = text.rounded(money.values[0] or 0.0, MONEY)
    whole = f"{text.rounded(money.total or 0.0, MONEY)} to be paid over {years(material.scenario.horizon_years)}"
    return whole if len(money.values) == 1 else f"{whole}, {first} of it in {material.budget.plan.years[0]}"


def _against_message(statement: Statement, material: Material) -> str:
    """How much more or less than a base is to be paid, and how much of it is moved or new money."""
    text, rows = material.scenario.format, statement.by_name
    if statement.name == AGAINST_YEAR_BEFORE:
        return _step_message(rows[MONEY_OUT], material)
    what = statement.title.removeprefix("Budget ")
    if rows[MONEY_OUT].nothing:
        return f"Nothing more to pay {what}"
    found = (
        f", {text.rounded(rows[name].total or 0.0, MONEY)} of it {words}"
        for name, words in _SOURCES.items()
        if not rows[name].nothing
    )
    return f"{text.signed(rows[MONEY_OUT].total or 0.0, MONEY)} {what}{next(found, '')}"


def _step_message(money: StatementRow, material: Material) -> str:
    """What a year costs at the end above today's rate: the steps from year to year add up to that."""
    whole, over = money.total or 0.0, years(material.scenario.horizon_years)
    if money.nothing:
        return "A year costs what it costs today"
    amount = material.scenario.format.rounded(abs(whole), MONEY)
    return f"A year's budget {'rises' if whole >= 0 else 'falls'} by {amount} over {over}"


_SOURCES = {"moved": "moved from other channels", "new": "new money for social media"}


def _people_message(material: Material) -> str:
    """How the team changes, and when the first whole person comes or goes."""
    found, text = material.budget.headcount, material.scenario.format
    rows = found.statement.by_name
    start, end = (text.plain(rows[name].total or 0.0, RATIO) for name in ("team_at_start", "team_at_end"))
    if start == end:
        return f"The team stays at {end} people"
    first = text.month(found.joinings[0].day) if found.joinings else ""
    grows = (rows["added"].total or 0.0) > 0
    when = f", the first {'joins' if grows else 'leaves'} in {first}" if first else ""
    return f"The team {'grows' if grows else 'shrinks'} from {start} to {end} people{when}"


def _profit_message(material: Material) -> str:
    """What profit changes by over the horizon, and that cash changes by the same."""
    net, scenario = material.budget.profit.by_name["net_profit"], material.scenario
    if net.nothing:
        return "Profit and cash stay as they are"
    changed = scenario.format.signed(net.total or 0.0, MONEY)
    return f"{changed} net profit over {years(scenario.horizon_years)}, working time valued"


def message(statement: Statement, material: Material) -> str:
    """What a statement comes to."""
    budget = material.budget
    if statement.name == budget.plan.name:
        return _plan_message(material)
    if statement.name == budget.profit.name:
        return _profit_message(material)
    if statement.name == budget.headcount.statement.name:
        return _people_message(material)
    return _against_message(statement, material)
