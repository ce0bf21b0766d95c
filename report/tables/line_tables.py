"""The tables of line items: by fiscal year, and by month."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from model.lines import LINES
from model.scenario import Scenario
from model.telling.tables import fiscal_year_words, monthly, yearly
from report.material import Material
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import Cell, Table

# Pixels that the values of a table may take beside their labels on a printed page, and that a digit takes.
_ROOM, _DIGIT, _PADDING = 430, 6.0, 12
_BY_YEAR = "By {}: flows of money added up, everything else as in the year's last month."
_CALENDAR: Mapping[str, Column] = {
    "month": Column("Month", words=True),
    "date": Column("Date", write=lambda text, day, _: text.month(day), words=True),
    "year": Column("Fiscal year", words=True),
    "months": Column("Months", words=True),
}


def by_year(*lines: str, note: str = "") -> Callable[[Material], ChartTable]:
    """The table behind a chart of some lines: a row a fiscal year, and the same by month; `note` is told of both."""

    def table(material: Material) -> ChartTable:
        months = {line: Column(LINES[line].label, LINES[line].unit) for line in lines}
        years = {name: column._replace(unit=LINES[name].unit.of_a_year) for name, column in months.items()}
        detail = ChartTable(monthly(material.dated, lines), {**_CALENDAR, **months}, note)
        caption = " ".join(filter(None, (_BY_YEAR.format(fiscal_year_words(material.scenario)), note)))
        return _Years(yearly(material.dated, lines), {**_CALENDAR, **years}, caption, monthly=detail)

    return table


class _Years(ChartTable):
    """Rows by fiscal year."""

    def pages(self, scenario: Scenario) -> tuple[Table, ...]:
        """A row a line and a column a fiscal year; more years than a page is wide stand in a second table."""
        years, months, *lines = zip(*self.cells(scenario), strict=True)
        heads = [_heading(year.text, int(count.text)) for year, count in zip(years, months, strict=True)]
        labels = [Cell(*column.title(scenario.currency)) for column in self.described[2:]]
        return tuple(
            Table(
                (self.described[0].heading, *heads[part]),
                tuple((label, *cells[part]) for label, cells in zip(labels, lines, strict=True)),
                caption="" if part.start else self.caption,
            )
            for part in column_parts(_texts(lines))
        )


def _heading(year: str, months: int) -> str:
    return f"{year} · {months} months" if months < 12 else year


def _texts(rows: Iterable[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """The texts of each column of some rows."""
    return list(zip(*([cell.text for cell in row] for row in rows), strict=True))


def column_parts(columns: Sequence[Sequence[str]], room: float = _ROOM) -> list[slice]:
    """Even runs of columns of texts, each as many as a page has room for."""
    widest = max(len(text) for column in columns for text in column)
    most = max(1, int(room / (_DIGIT * widest + _PADDING)))
    size = math.ceil(len(columns) / math.ceil(len(columns) / most))
    return [slice(first, first + size) for first in range(0, len(columns), size)]
