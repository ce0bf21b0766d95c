"""The workbook of a tracked plan: Report, Actuals, Months, Causes, Forecast, Record and Recompute."""

from __future__ import annotations

from datetime import date

from report.tables.tracked.variance_report import VarianceReport, footer
from report.workbook.plain.plain_book import PlainBook
from report.workbook.tracked.causes import write_causes
from report.workbook.tracked.forecast import write_forecast
from report.workbook.tracked.front import write_front
from report.workbook.tracked.kept import write_record
from report.workbook.tracked.months import write_actuals, write_months
from report.workbook.tracked.places import ReportPlaces
from report.workbook.tracked.recompute import write_recompute


def build(of: VarianceReport, today: date) -> bytes:
    """The file; the same report gives the same bytes."""
    book, places = PlainBook(of.projection, today, footer(of, today)), ReportPlaces(of)
    write_front(book, places)
    write_actuals(book, places)
    write_months(book, places)
    write_causes(book, places)
    write_forecast(book, places)
    write_record(book, places)
    write_recompute(book, of, today)
    return book.finish()
