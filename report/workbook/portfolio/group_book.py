"""The workbook of a group: Group, Units and Allocation. What was simulated stands as values, and is said to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from model.portfolio.allocation.words import split_in_words
from model.reading.texts import as_shown
from model.uncertainty.simulation import PERCENTILES
from model.units import MONEY, SHARE, Unit
from report.office_bytes import settled
from report.office_properties import office_properties
from report.tables.chart_table import ChartTable, Column
from report.tables.portfolio.grouped import Grouped, footer, what_the_group_is_worth, who_drives
from report.tables.portfolio.rows import EARNS, allocation_rows, belief_rows, cash_rows, unit_rows
from report.workbook.book import ACCENT, MUTED, TABS, TEXT, down, number_format

_SIMULATED = "Values as they were simulated: they do not follow a change in this file. Sums are live formulas."
_FIRST, _HEAD = 1, 4
# Columns whose sum means something; others, odds and deviations, do not add up.
_SUMMED = frozenset({"npv", "variance", "budget_today", "budget", "change"})


def build(of: Grouped, today: date) -> bytes:
    """The file; the same results give the same bytes."""
    buffer = BytesIO()
    file = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Arial", "font_size": 10},
        },
    )
    created = {"created": datetime(today.year, today.month, today.day)}
    file.set_properties(office_properties(of.projection, today) | created)
    group = _GroupSheet(file, of, today, "Group", "The group", (62, *[18] * 9))
    _summary(group)
    units = _GroupSheet(file, of, today, "Units", "Units, by what their next unit of money returns", (32, *[17] * 6))
    units.table(_HEAD, unit_rows(of))
    if of.allocation:
        split = _GroupSheet(file, of, today, "Allocation", "One budget, before and after", (32, *[17] * 7))
        end = split.table(_HEAD, allocation_rows(of))
        for place, line in enumerate(split_in_words(of.allocation)):
            split.words(end + 2 + place, f"{line}.")
    file.close()
    return settled(buffer.getvalue(), today)


@dataclass
class _GroupSheet:
    """A sheet with its header: what it shows, of which group, and that its figures are values."""

    file: Any
    of: Grouped
    today: date
    name: str
    title: str
    widths: tuple[float, ...]

    def __post_init__(self) -> None:
        self.sheet = self.file.add_worksheet(self.name)
        self.sheet.hide_gridlines(2)
        self.sheet.set_tab_color(TABS["output"])
        self.sheet.set_column(0, 0, 2.5)
        for place, width in enumerate(self.widths):
            self.sheet.set_column(_FIRST + place, _FIRST + place, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.words(0, self.title, font_size=15, bold=True, font_color=ACCENT)
        self.words(1, " · ".join(footer(self.of, self.today)), font_color=MUTED)
        self.words(2, _SIMULATED, font_color=MUTED)

    def words(self, row: int, text: str, **look: Any) -> None:
        """A line of words, as text whatever it looks like."""
        self.cell(row, _FIRST, text, {}, **look)

    def cell(self, row: int, col: int, value: Any, form: Mapping[str, Any], **look: Any) -> None:
        """A number or words."""
        shown = self.file.add_format({"font_name": "Arial", "font_size": 10, "font_color": TEXT, **form, **look})
        # Not a number is unlike itself.
        if value is None or value != value:
            self.sheet.write_string(row, col, "–", shown)
        elif isinstance(value, str):
            text = as_shown(value)
            # XlsxWriter passes strings between these tags through as markup.
            self.sheet.write_string(row, col, text + " " * text.startswith("<r>"), shown)
        else:
            self.sheet.write_number(row, col, float(value), shown)

    def table(self, row: int, table: ChartTable, caption: str = "") -> int:
        """A table with its sums; returns the row after it."""
        if caption:
            self.words(row - 1, caption, bold=True, font_color=ACCENT)
        count = len(table.frame)
        for place, (name, column) in enumerate(zip(table.frame.columns, table.described, strict=True)):
            col, form = _FIRST + place, _form(column)
            title = ", ".join(filter(None, column.title(self.of.currency)))
            self.cell(row, col, title, {}, bold=True, bottom=1, text_wrap=True, valign="top",
                      align="left" if column.words else "right")  # fmt: skip
            for below, value in enumerate(table.frame[name].to_list(), start=row + 1):
                self.cell(below, col, value, form)
            if name in _SUMMED and count:
                total = float(table.frame[name].sum())
                shown = self.file.add_format({"bold": True, "top": 1, "font_color": TEXT, **form})
                sums = f"=SUM({down(col, row + 1, row + count)})"
                self.sheet.write_formula(row + count + 1, col, sums, shown, total)
        if _SUMMED & {*table.frame.columns}:
            self.cell(row + count + 1, _FIRST, "Sum", {}, bold=True, top=1)
        return row + count + 2


def _form(column: Column) -> dict[str, Any]:
    if column == EARNS:
        return {"num_format": "0.000"}
    unit: Unit | None = column.unit
    return {"num_format": number_format(unit)} if unit else {}


def _summary(sheet: _GroupSheet) -> None:
    """What the group comes to, its cash by month and what moves it."""
    of = sheet.of
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
    row = _HEAD + 3
    for label, value, unit in figures:
        sheet.cell(row, _FIRST, label, {})
        sheet.cell(row, _FIRST + 1, value, {"num_format": number_format(unit)})
        row += 1
    row = sheet.table(row + 2, belief_rows(of), f"Net present value with each belief at its ends, {of.currency}")
    sheet.table(row + 2, cash_rows(of), f"Cumulative net cash by month, {of.currency}")
