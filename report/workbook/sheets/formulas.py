"""The sheet Formulas: every line and metric in words, with its meaning: where each number comes from."""

from __future__ import annotations

from model.lines import LINES
from model.metrics import LISTED, METRICS
from model.notation import plain_text
from model.telling.explain import explain
from report.workbook.book import MUTED, Book, Page
from report.workbook.figures import Figures

_WIDTHS = (3, 38, 12, 66, 54)
_LABEL, _UNIT, _WORDS, _MEANING = range(1, 5)
_TOP = 6


def write_formulas(book: Book, figures: Figures) -> Page:
    """A row a line, then a row a metric."""
    page = book.page("Formulas", "Formulas in words", "text", _WIDTHS)
    page.text(
        3, _LABEL, "The live formulas of Months and Summary are written from the same source.", font_color=MUTED
    )
    page.headings(_TOP - 2, _LABEL, ["Quantity", "Unit", "Is", "What it means"])
    page.section(_TOP - 1, "Line items, month by month", _MEANING)
    for place, name in enumerate(LINES):
        _write_row(page, _TOP + place, name, figures)
    top = _TOP + len(LINES) + 1
    page.section(top - 1, "Metrics, over all months of the horizon", _MEANING)
    for place, name in enumerate(LISTED):
        _write_row(page, top + place, name, figures)
    page.sheet.freeze_panes(_TOP - 1, _LABEL + 1)
    page.print_as(top=_TOP - 2)
    return page


def _write_row(page: Page, row: int, name: str, figures: Figures) -> None:
    told = explain(figures.projection, name, 1)
    unit = LINES[name].unit if name in LINES else METRICS[name].unit
    words, meaning = plain_text(told.words), " ".join(told.meaning.split())
    opening = LINES[name].opening if name in LINES else None
    if opening is not None:
        words += f"; {figures.scenario.format.plain(opening, unit)} at month 0"
    page.public_name(row, name)
    page.text(row, _LABEL, told.label)
    page.unit(row, _UNIT, unit, figures.scenario.currency)
    page.text(row, _WORDS, words, text_wrap=True)
    page.text(row, _MEANING, meaning, text_wrap=True, font_color=MUTED)
    page.fit(row, (words, _WIDTHS[_WORDS]), (meaning, _WIDTHS[_MEANING]))
