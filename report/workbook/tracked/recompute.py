"""The sheet Recompute: what the figures were worked out from, and the command that gives the same digits again."""

from __future__ import annotations

from datetime import date

from report.tables.tracked.facts import command, facts
from report.tables.tracked.variance_report import VarianceReport
from report.workbook.plain.plain_book import FIRST, PlainBook
from report.workbook.tracked.places import ACTUALS

_SAME = (
    "The same actuals of the same plan give the same digits, with the same versions of the program and its packages:"
)
_PLAN = (
    "PLAN.json is the plan as the library or the Export screen gives it; one with another hash is refused. With "
    "“python -m report track” and “--out FILE.xlsx” the same command makes this file anew, with what was typed."
)


def write_recompute(book: PlainBook, of: VarianceReport, today: date) -> None:
    """Facts and commands."""
    sheet = book.sheet("Recompute", "How these figures can be had again", (34, 100), kind="text")
    for row, (label, value) in enumerate(facts(of, today), start=4):
        sheet.cell(row, FIRST, label, bold=True)
        sheet.cell(row, FIRST + 1, value)
    sheet.paragraph(row + 2, _SAME)
    sheet.paragraph(row + 3, command(of, f"PLAN.json THIS-FILE.xlsx --sheet {ACTUALS}"), font_name="Courier New")
    sheet.paragraph(row + 4, _PLAN)
