"""A workbook of results: what was simulated stands as values, sums and differences are live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from model.projection import Projection
from model.reading.texts import as_shown
from report.office_bytes import settled
from report.office_properties import office_properties
from report.words.stamp import SEPARATOR
from report.workbook.book import ACCENT, MUTED, TABS, TEXT, without_guesses

FIRST = 1
_PAPER_A4, _TITLE, _LINE, _LETTERS = 9, 22, 13.5, 1.0
# Scale in per cent at which eight columns and the months of five years fit on an upright page.
_UPRIGHT = 66
# What a reader may do on a protected sheet besides typing where it is meant.
_ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "autofilter", "sort"), True)


class PlainBook:
    """The workbook being written; every sheet carries the same `stamps`, the facts of which numbers these are."""

    def __init__(self, projection: Projection, today: date, stamps: Sequence[str]) -> None:
        self._buffer, self._today = BytesIO(), today
        self.stamps = tuple(stamps)
        self.file = xlsxwriter.Workbook(self._buffer, without_guesses())
        created = {"created": datetime(today.year, today.month, today.day)}
        self.file.set_properties(office_properties(projection, today) | created)
        self._looks: dict[frozenset[tuple[str, Any]], Any] = {}

    def look(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties; the same ones give the same format."""
        key = frozenset(properties.items())
        if key not in self._looks:
            known = {"font_name": "Arial", "font_size": 10, "font_color": TEXT, "valign": "top"}
            self._looks[key] = self.file.add_format(known | properties)
        return self._looks[key]

    def sheet(
        self, name: str, title: str, widths: Sequence[float], note: str = "", kind: str = "output"
    ) -> PlainSheet:
        """A new sheet with its header: title, stamps and what to know of its figures; `kind` is a key of TABS."""
        made = PlainSheet(self, self.file.add_worksheet(name), name, tuple(widths))
        page = made.page
        page.hide_gridlines(2)
        page.set_tab_color(TABS[kind])
        page.set_column(0, 0, 2.5)
        for place, width in enumerate(widths):
            page.set_column(FIRST + place, FIRST + place, width)
        page.set_landscape()
        page.set_paper(_PAPER_A4)
        page.fit_to_pages(1, 0)
        foot = SEPARATOR.join(self.stamps[:1]).replace("&", "&&")
        # Digits right after a size would belong to it.
        page.set_footer(f'&L&8&"Arial,Regular"{foot}&R&8&A · page &P of &N')
        page.set_row(0, _TITLE)
        made.words(0, title, font_size=15, bold=True, font_color=ACCENT, valign="vcenter")
        made.paragraph(1, SEPARATOR.join(self.stamps), font_color=MUTED)
        if note:
            made.paragraph(2, note, font_color=MUTED)
        return made

    def finish(self) -> bytes:
        """The file; the same content gives the same bytes."""
        self.file.close()
        return settled(self._buffer.getvalue(), self._today)


@dataclass(frozen=True)
class PlainSheet:
    """One sheet; rows and columns are counted from 0, looks given as XlsxWriter format properties."""

    book: PlainBook
    page: Any
    name: str
    widths: tuple[float, ...]
    heights: dict[int, float] = field(default_factory=dict)

    def words(self, row: int, text: str, **look: Any) -> None:
        """A line of words, as text whatever it looks like."""
        self.cell(row, FIRST, text, **look)

    def paragraph(self, row: int, text: str, **look: Any) -> None:
        """Words over all columns, in as many lines as they take."""
        shown = self.book.look(text_wrap=True, **look)
        last = FIRST + len(self.widths) - 1
        self.page.merge_range(row, FIRST, row, last, "", shown)
        self._fit(row, text, sum(self.widths))
        self._write(row, FIRST, text, shown)

    def cell(self, row: int, col: int, value: Any, **look: Any) -> None:
        """A number or words; a dash where there is neither."""
        shown = self.book.look(**look)
        # Not a number is unlike itself.
        if value is None or value != value:
            self.page.write_string(row, col, "–", self.book.look(**{"align": "right"} | look))
        elif isinstance(value, str):
            self._write(row, col, value, shown)
        else:
            self.page.write_number(row, col, float(value), shown)

    def blank(self, row: int, col: int, **look: Any) -> None:
        """An empty cell."""
        self.page.write_blank(row, col, None, self.book.look(**look))

    def formula(self, row: int, col: int, formula: str, value: float | str | None, **look: Any) -> None:
        """A formula with its computed value; None is an empty text."""
        stored = "" if value is None or value != value else value
        self.page.write_formula(row, col, formula, self.book.look(**look), stored)

    def headings(self, row: int, first: int, words: Sequence[str], left: int = 0) -> None:
        """Column headings; the first `left` of them stand over words, the others over numbers."""
        for place, word in enumerate(words):
            self.heading(row, first + place, word, number=place >= left)

    def heading(self, row: int, col: int, word: str, *, number: bool) -> None:
        """One column's heading."""
        align = "right" if number else "left"
        self._fit(row, word, self.widths[col - FIRST])
        self.cell(row, col, word, bold=True, bottom=1, text_wrap=True, align=align, valign="bottom")

    def section(self, row: int, words: str) -> None:
        """The heading of a part of the sheet."""
        self.words(row, words, bold=True, font_color=ACCENT)

    def colour(self, area: tuple[int, int, int, int], criteria: str, look: Mapping[str, Any]) -> None:
        """Colour an area (first row, first column, last row, last column) where a formula is true."""
        options = {"type": "formula", "criteria": criteria, "format": self.book.file.add_format(dict(look))}
        self.page.conditional_format(*area, options)

    def print_apart(self, title: str, top: int, head: int, left: int, starts: Sequence[int]) -> None:
        """Print a page for each group of columns, upright, the first `left` columns and the headings on each.

        `top` and `head` are the first and the last row of the headings, `starts` the columns at which pages begin.
        """
        page = self.page
        page.set_portrait()
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.set_header(f'&L&12&"Arial,Bold"{title}')
        page.set_print_scale(_UPRIGHT)
        page.print_area(top, FIRST, page.dim_rowmax, page.dim_colmax)
        page.repeat_columns(FIRST, FIRST + left - 1)
        page.repeat_rows(top, head)
        page.set_v_pagebreaks(starts)

    def protect(self) -> None:
        """Only cells that were written unlocked can be typed into; there is no password."""
        self.page.protect("", _ALLOWED)

    def _fit(self, row: int, text: str, wide: float) -> None:
        """Make the row high enough for a text that breaks into lines in so wide a column."""
        needed = _LINE * ceil(len(text) / (_LETTERS * wide)) + 2
        if needed > self.heights.get(row, 0.0):
            self.heights[row] = needed
            self.page.set_row(row, needed)

    def _write(self, row: int, col: int, text: str, shown: Any) -> None:
        told = as_shown(text)
        # XlsxWriter passes strings between these tags through as markup.
        self.page.write_string(row, col, told + " " * told.startswith("<r>"), shown)
