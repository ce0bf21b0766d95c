"""The workbook of a group: Group, Units and Allocation. What was simulated stands as values, and is said to be."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.portfolio.allocation.words import split_in_words
from model.uncertainty.simulation import PERCENTILES
from model.units import MONEY, SHARE, Unit
from report.tables.chart_table import ChartTable, Column
from report.tables.portfolio.grouped import Grouped, footer, what_the_group_is_worth, who_drives
from report.tables.portfolio.rows import EARNS, RETURNS, allocation_rows, belief_rows, cash_rows, unit_rows
from report.tables.portfolio.warnings import failed_in_words, warnings_in_words
from report.workbook.book import down, number_format
from report.workbook.plain.plain_book import FIRST, PlainBook, PlainSheet

_SIMULATED = "Values as they were simulated: they do not follow a change in this file. Sums are live formulas."
_HEAD = 4
# Columns whose sum means something; others, odds and deviations, do not add up.
_SUMMED = frozenset({"npv", "variance", "budget_today", "budget", "change"})


def build(of: Grouped, today: date) -> bytes:
    """The file; the same results give the same bytes."""
    book = PlainBook(of.projection, today, footer(of, today))
    _summary(book.sheet("Group", "The group", (62, *[20] * 9), _SIMULATED), of)
    units = book.sheet("Units", "Units, by what their next unit of money returns", (32, *[17] * 6), _SIMULATED)
    _table(units, of, _HEAD, unit_rows(of))
    if of.allocation:
        split = book.sheet("Allocation", "One budget, before and after", (32, *[17] * 7), _SIMULATED)
        end = _table(split, of, _HEAD, allocation_rows(of))
        for place, line in enumerate(split_in_words(of.allocation)):
            split.words(end + 2 + place, f"{line}.")
    return book.finish()


def _table(sheet: PlainSheet, of: Grouped, row: int, table: ChartTable, caption: str = "") -> int:
    """A table with its sums; returns the row after it."""
    if caption:
        sheet.section(row - 1, caption)
    count = len(table.frame)
    for place, (name, column) in enumerate(zip(table.frame.columns, table.described, strict=True)):
        col, form = FIRST + place, _form(column)
        sheet.heading(row, col, ", ".join(filter(None, column.title(of.currency))), number=not column.words)
        for below, value in enumerate(table.frame[name].to_list(), start=row + 1):
            sheet.cell(below, col, value, **form)
        if name in _SUMMED and count:
            sums = f"=SUM({down(col, row + 1, row + count)})"
            sheet.formula(row + count + 1, col, sums, float(table.frame[name].sum()), bold=True, top=1, **form)
    if _SUMMED & {*table.frame.columns}:
        sheet.cell(row + count + 1, FIRST, "Sum", bold=True, top=1)
    return row + count + 2


def _form(column: Column) -> dict[str, Any]:
    if column in (EARNS, RETURNS):
        return {"num_format": "0.000"}
    unit: Unit | None = column.unit
    if unit:
        return {"num_format": number_format(unit)}
    return {"align": "left"} if column.words else {}


def _summary(sheet: PlainSheet, of: Grouped) -> None:
    """What the group comes to, its cash by month and what moves it."""
    spread = of.group.spread
    sheet.words(_HEAD, f"{what_the_group_is_worth(of)}.", bold=True)
    sheet.words(_HEAD + 1, f"{who_drives(of).rstrip('.')}.")
    figures: list[tuple[str, float | None, Unit]] = [
        (f"Mean net present value, {of.currency}", spread.mean, MONEY),
        ("Its sampling error", spread.error, MONEY),
        *((f"{percent} % of cases end below", found.value, MONEY) for percent in PERCENTILES
          if (found := spread.percentile(percent))),
        ("Mean of the worst tenth", of.group.expected_shortfall, MONEY),
        ("Odds of a gain", of.group.odds_of_gain, SHARE),
        ("At the likely values", of.group.value, MONEY),
    ]  # fmt: skip
    row = _HEAD + 2
    for line in (*failed_in_words(of), *warnings_in_words(of)):
        sheet.paragraph(row, line)
        row += 1
    row += 1
    for label, value, unit in figures:
        sheet.cell(row, FIRST, label)
        sheet.cell(row, FIRST + 1, value, num_format=number_format(unit))
        row += 1
    moved = f"Net present value with each belief at its ends, {of.currency}"
    row = _table(sheet, of, row + 2, belief_rows(of), moved)
    _table(sheet, of, row + 2, cash_rows(of), f"Cumulative net cash by month, {of.currency}")
