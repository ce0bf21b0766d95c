"""A sheet for each answer about the decision: what it comes to, and its rows at full precision, as values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from model.telling.tables import WITHIN
from model.units import RATIO, Unit
from report.material import Material
from report.tables.chart_table import ChartTable, Column
from report.tables.decide.told import SUBJECTS, Subject, Telling, answers_of
from report.tables.document_tables import NOTHING
from report.workbook.book import MUTED, NAME, Book, Page, number_format
from report.workbook.sheets.risk import write_state

# Names stand in the first column and longer words in the second; all else begins at the same column in every block.
LABEL, FIRST = 1, 3
_TOP = 5
# Eleven columns of these widths make one printed page.
_NAMES, _WORDS, _NUMBERS = 36, 36, 11
# By so much narrower a column is taken to be where it is found out how tall a row must be.
_SPARE = 4


def write_answers(book: Book, materials: Sequence[Material]) -> None:
    """The answers of the first scenario; no sheet for what was not asked."""
    first = materials[0]
    for name, told in answers_of(first).items():
        _write(book, SUBJECTS[name], told, first)


def _write(book: Book, subject: Subject, told: Telling, material: Material) -> None:
    scenario, title = material.scenario, f"{subject.title}, as values from the app"
    page = book.page(subject.sheet, title, "output", [3, *_widths(told)])
    page.text(3, LABEL, "Values from the app: nothing here follows an edit.", bold=True)
    page.text(_TOP, LABEL, scenario.name, bold=True, **NAME)
    # A sentence runs on beyond its cell, but not beyond the page.
    lines = [line for sentence in told.sentences for line in wrap(sentence, int(sum(page.widths[LABEL:])))]
    for row, line in enumerate(lines, start=_TOP + 1):
        page.text(row, LABEL, line)
    row = _TOP + 1 + len(lines)
    write_state(page, row, 1)
    row += 2
    for rows in told.rows.values():
        page.text(row, LABEL, rows.title, bold=True)
        row = _write_rows(page, rows.table, row + 1, scenario.currency) + 1
    page.text(row, LABEL, f"[{scenario.hash}]  {material.made_with}. {WITHIN}", font_color=MUTED)
    page.print_as()


def _widths(told: Telling) -> list[float]:
    """The widths of the columns from B on, for all blocks below each other."""
    last = max(_places(rows.table)[-1] for rows in told.rows.values())
    return [_NAMES, _WORDS, *[_NUMBERS] * (last - FIRST + 1)]


def _places(table: ChartTable) -> list[int]:
    """The column in which each of the table's columns stands."""
    lead = 2 if table.described[1].words else 1
    return [LABEL + place if place < lead else FIRST + place - lead for place in range(len(table.described))]


def _write_rows(page: Page, table: ChartTable, row: int, currency: str) -> int:
    """Headings with units, then a row each; the row below them."""
    columns, places = table.described, _places(table)
    headings = [", ".join(filter(None, column.title(currency))) for column in columns]
    page.headings(row, LABEL, [""] * (places[-1] - LABEL + 1))
    for place, column, words in zip(places, columns, headings, strict=True):
        page.headings(row, place, [words], **_side(column, place))
    page.fit(
        row, *((words, _NUMBERS - _SPARE) for words, place in zip(headings, places, strict=True) if place >= FIRST)
    )
    for at, values in enumerate(table.frame.itertuples(index=False, name=None), start=row + 1):
        of = next((column.names[value] for column, value in zip(columns, values, strict=True) if column.names), None)
        told = [of.unit.beside(of.label, currency) if column.names and of else value
                for column, value in zip(columns, values, strict=True)]  # fmt: skip
        for place, column, value in zip(places, columns, told, strict=True):
            _write_cell(page, (at, place), column, value, of.unit if of else RATIO)
        wrapped = [(str(value), page.widths[place] - _SPARE) for place, value in zip(places, told, strict=True)
                   if place < FIRST]  # fmt: skip
        page.fit(at, *wrapped)
    return row + 1 + len(table.frame)


def _is_words(column: Column) -> bool:
    return column.words or column.names is not None


def _side(column: Column, place: int) -> dict[str, Any]:
    """Numbers flush right; words left, between numbers apart from the one before."""
    return {"align": "left", "indent": int(place > FIRST)} if _is_words(column) else {"align": "right"}


def _write_cell(page: Page, place: tuple[int, int], column: Column, value: Any, unit: Unit) -> None:
    """A value in its own unit or that of its row; words wrap in the wide columns alone."""
    # Not a number is unlike itself.
    if value is None or value != value:
        page.text(*place, NOTHING, **_side(column, place[1]))
    elif isinstance(value, date):
        page.day(*place, value, num_format=page.book.dated("d mmm yyyy"), **_side(column, place[1]))
    elif _is_words(column):
        page.text(*place, value, text_wrap=place[1] < FIRST, **_side(column, place[1]))
    else:
        page.number(*place, value, num_format=number_format(column.unit or unit))
