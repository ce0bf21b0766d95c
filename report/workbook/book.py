"""The file and its pages: formats, cells that hold text as text, the header of every sheet, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from model.projection import Projection
from model.reading.texts import as_shown
from model.scenario import Scenario
from model.units import Style, Unit
from report.office_properties import office_properties
from report.words.stamp import SEPARATOR, shortened
from report.workbook.printing import ABOVE, BELOW, LEFT, RIGHT, Strip, column_points, layout

Value = float | int | bool | str | None
Cell = tuple[int, int]

# Colours: inputs are blue on cream, everything calculated black on white, names and notes grey.
ACCENT, TEXT, MUTED, FAINT, RULE = "#0B6E8A", "#1B2733", "#56636F", "#B4BCC4", "#D5DBE0"
INPUT_TEXT, INPUT_FILL, SECTION_FILL, NO_OPENING = "#0000CC", "#FFF7DB", "#E8F1F4", "#F3F5F7"
GOOD_TEXT, GOOD_FILL, BAD_TEXT, BAD_FILL = "#1E6B34", "#E3F3E6", "#FFFFFF", "#B3261E"
# A name of any script begins at the left, so that it runs on to the right and is not cut.
NAME = {"align": "left", "reading_order": 1}
TABS = {"input": "#E0B400", "calculation": "#87929D", "output": ACCENT, "text": "#FFFFFF"}

SCENARIO_ROW, CHECK_ROW = 1, 2
MARK, TITLE, MASTER = "scenario_mark", "scenario_title", "master_check"
# How many formulas are not those delivered, how many of those behind the master check, and whether it can be told.
CHANGED, VERDICT_CHANGED, COMPARED = "formulas_changed", "verdict_changed", "formulas_compared"
PASSED, FAILED = "Model checks passed", "MODEL CHECK FAILED: see the sheet Checks"
NOT_COMPARED = "formulas not compared (this program cannot print them)"
_ERROR_CODES = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
MONTH_FORMAT = "mmm yyyy"
# What a reader may do on a protected sheet besides typing where it is meant.
_ALLOWED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "autofilter", "sort", "objects"), True)
_PAPER_A4 = 9
_LINE, _ROW, _LARGEST_ROW = 13.2, 15.0, 400.0


def without_guesses() -> dict[str, Any]:
    """How a file is begun: texts stay texts, whatever they look like. Anew for each file, which changes it."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


def number_format(unit: Unit) -> str:
    """The Excel number format of a unit; the reader's Excel puts its own separators."""
    if unit.style is Style.MONEY:
        return "#,##0.00" if unit.name == "money/hour" else "#,##0"
    if unit.style is Style.PERCENT:
        return "0.00%"
    if unit.style is Style.SWITCH:
        return '"on";"on";"off"'
    if unit.style is Style.CHOICE:
        return "General"
    return "#,##0" + ("." + "0" * unit.decimals if unit.decimals else "")


def address(row: int, col: int, *, absolute: bool = True) -> str:
    """A cell's address, rows and columns counted from 0."""
    fixed = "$" if absolute else ""
    return f"{fixed}{column_letter(col)}{fixed}{row + 1}"


@cache
def column_letter(col: int) -> str:
    """The letters of a column counted from 0."""
    return str(xl_col_to_name(col))


def across(row: int, first: int, last: int, *, absolute: bool = True) -> str:
    """The address of cells side by side."""
    return f"{address(row, first, absolute=absolute)}:{address(row, last, absolute=absolute)}"


def in_row(cells: str, number: str) -> str:
    """The cell with a number among cells side by side; not all programs take one number for a row."""
    return f"INDEX({cells},1,{number})"


def in_column(cells: str, number: str) -> str:
    """The cell with a number among cells below each other."""
    return f"INDEX({cells},{number},1)"


def down(col: int, first: int, last: int) -> str:
    """The address of cells below each other."""
    return f"{address(first, col)}:{address(last, col)}"


def serial(day: date) -> int:
    """A date as a cell holds it."""
    return (day - date(1899, 12, 30)).days


class Book:
    """The workbook being written; `heading` is what the first scenario is called in every header."""

    def __init__(self, projection: Projection, today: date, heading: str) -> None:
        self._buffer = BytesIO()
        self.file = xlsxwriter.Workbook(self._buffer, without_guesses())
        self._describe(projection, today)
        self.file.set_calc_mode("auto")
        self._looks: dict[frozenset[tuple[str, Any]], Any] = {}
        scenario = projection.scenario
        self._heading, self._passed, self._footer = heading, projection.sound, _footer(scenario, today)
        self._locale = scenario.format.office_code
        self.pages: list[Page] = []
        self.names: dict[str, str] = {}

    def _describe(self, projection: Projection, today: date) -> None:
        created = {"created": datetime(today.year, today.month, today.day)}
        self.file.set_properties(office_properties(projection, today) | created)

    def look(self, **properties: Any) -> Any:
        """The format with these XlsxWriter properties; the same ones give the same format."""
        key = frozenset(properties.items())
        if key not in self._looks:
            # A number too long for its column shrinks; it is never shown as a row of signs.
            full = {"font_name": "Arial", "font_size": 10, "font_color": TEXT, "valign": "top"} | properties
            full["shrink"] = "num_format" in properties and not properties.get("text_wrap")
            self._looks[key] = self.file.add_format(full)
        return self._looks[key]

    def dated(self, form: str) -> str:
        """A date format that names months as the scenario's locale does, where Excel knows it, else the reader's."""
        return f"{self._locale}{form}"

    def name(self, name: str, place: str) -> None:
        """Give a cell or cells a defined name; `place` with sheet and absolute address."""
        self.names[name] = place
        self.file.define_name(name, f"={place}")

    def page(self, name: str, title: str, kind: str, widths: Sequence[float]) -> Page:
        """A new sheet with its header; `kind` is a key of TABS."""
        page = Page(self, self.file.add_worksheet(name, _Sheet), name, widths)
        self.pages.append(page)
        page.sheet.hide_gridlines(2)
        page.sheet.set_tab_color(TABS[kind])
        for col, width in enumerate(widths):
            page.sheet.set_column(col, col, width)
        page.sheet.set_column(0, 0, 2.5)
        page.text(0, 1, title, font_size=15, bold=True, font_color=ACCENT, valign="vcenter")
        page.height(0, 22)
        page.formula(SCENARIO_ROW, 1, f"={TITLE}", self._heading, bold=True, **NAME)
        page.state(CHECK_ROW, 1, passed=self._passed)
        page.rule((SCENARIO_ROW, 1), f'={MARK}<>""', font_color=BAD_FILL)
        page.sheet.protect("", _ALLOWED)
        self._print_setup(page)
        return page

    def _print_setup(self, page: Page) -> None:
        page.sheet.set_landscape()
        page.sheet.set_paper(_PAPER_A4)
        page.sheet.set_margins(left=LEFT, right=RIGHT, top=ABOVE, bottom=BELOW)
        page.sheet.set_footer(f"&L&8{self._footer}&R&8&A · page &P of &N", {"scale_with_doc": False})

    def finish(self) -> bytes:
        """The file."""
        for page in self.pages:
            page.set_print()
        self.file.close()
        return self._buffer.getvalue()


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are.

    XlsxWriter would look in each for thirty functions of newer programs, to give them their prefix: half the time
    that a workbook takes, and ours name such functions with it.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


@dataclass(frozen=True)
class Page:
    """One sheet; rows and columns are counted from 0, looks given as XlsxWriter format properties.

    `formulas` are all its formulas but those that depend on comparing them: of these `verdicts` are what the
    master check is made of. A reader may type a value over the `live` ones.
    """

    book: Book
    sheet: Any
    name: str
    widths: Sequence[float]
    heights: dict[int, float] = field(default_factory=dict)
    printed: dict[str, Any] = field(default_factory=dict)
    formulas: dict[Cell, str] = field(default_factory=dict)
    live: set[Cell] = field(default_factory=set)
    verdicts: dict[Cell, str] = field(default_factory=dict)

    def text(self, row: int, col: int, words: str, **look: Any) -> None:
        """Words as text, whatever they look like."""
        # XlsxWriter passes strings between these tags through as markup.
        shown = as_shown(words)
        raw = shown.startswith("<r>") and shown.endswith("</r>")
        self.sheet.write_string(row, col, shown + " " if raw else shown, self.book.look(**look))

    def link(self, row: int, col: int, address: str, **look: Any) -> None:
        """An address of ours, without "https://", as a link; an empty one leaves the cell empty."""
        if address:
            shown = self.book.look(font_color=ACCENT, **look)
            self.sheet.write_url(row, col, f"https://{address}", shown, string=address)
        else:
            self.value(row, col, None, **look)

    def number(self, row: int, col: int, value: float, **look: Any) -> None:
        """A number typed in: an input, a stored result or a label of the time line."""
        self.sheet.write_number(row, col, float(value), self.book.look(**look))

    def day(self, row: int, col: int, day: date, **look: Any) -> None:
        """A date."""
        self.sheet.write_datetime(row, col, datetime(day.year, day.month, day.day), self.book.look(**look))

    def valued_at(self, row: int, col: int, first: date, **look: Any) -> None:
        """The day as of which present values stand, the live plan's first one, with its label left of it."""
        self.text(row, col - 1, "Present values are valued at", **look)
        form = self.book.dated("d mmmm yyyy")
        self.formula(row, col, "=scenario_start_month", serial(first), num_format=form, align="left", **look)

    def formula(self, row: int, col: int, formula: str, value: Value, **look: Any) -> None:
        """A formula with its computed value; None is an empty text."""
        self.formulas[row, col] = formula
        self.words(row, col, formula, value, **look)

    def series(self, cells: Iterable[tuple[int, int, str, Value]], **look: Any) -> None:
        """Formulas of one look: the row, the column, the formula and the computed value of each."""
        shown, write = self.book.look(**look), self.sheet.write_formula
        for row, col, formula, value in cells:
            self.formulas[row, col] = formula
            write(row, col, formula, shown, _stored(value))

    def live_input(self, row: int, col: int, formula: str, value: Value, **look: Any) -> None:
        """As `formula`, where a value typed over it is an edit, no fault."""
        self.live.add((row, col))
        self.formula(row, col, formula, value, **look)

    def verdict(self, row: int, col: int, formula: str, value: Value, **look: Any) -> None:
        """As `formula`, for what the master check makes of the comparison of all others."""
        self.verdicts[row, col] = formula
        self.words(row, col, formula, value, **look)

    def words(self, row: int, col: int, formula: str, value: Value, **look: Any) -> None:
        """A formula that shows the verdict, and so cannot be part of it."""
        self.sheet.write_formula(row, col, formula, self.book.look(**look), _stored(value))

    def value(self, row: int, col: int, value: Value, **look: Any) -> None:
        """A number or a text as such; None leaves the cell empty."""
        if isinstance(value, str):
            self.text(row, col, value, **look)
        elif value is None:
            self.sheet.write_blank(row, col, None, self.book.look(**look))
        else:
            self.number(row, col, value, **look)

    def public_name(self, row: int, name: str) -> None:
        """The public name of the row's quantity, narrow and grey in column A."""
        self.text(row, 0, name, font_color=FAINT, font_size=6)

    def unit(
        self, row: int, col: int, unit: Unit, currency: str, *, of: str = "scenario_currency", **look: Any
    ) -> None:  # fmt: skip
        """The unit in words; money in the live scenario's currency, or in that of the cell `of`."""
        style: dict[str, Any] = {"font_color": MUTED, "align": "left", "indent": 1} | look
        if unit.style is Style.MONEY:
            after = f" {unit.per}" if unit.per else ""
            live = f'={of}&"{after}"' if after else f"={of}"
            self.formula(row, col, live, currency + after, **style)
        else:
            self.text(row, col, unit.words("") or unit.name, **style)

    def headings(self, row: int, first: int, words: Sequence[str], **look: Any) -> None:
        """Column headings."""
        style: dict[str, Any] = {"bold": True, "bottom": 1, "bottom_color": ACCENT, "text_wrap": True} | look
        for offset, word in enumerate(words):
            self.text(row, first + offset, word, **style)

    def fit(self, row: int, *texts: tuple[str, float]) -> None:
        """Make the row high enough for each text, wrapped in a column of its width."""
        lines = max(_lines(words, width) for words, width in texts)
        self.height(row, min(_LARGEST_ROW, _LINE * lines + 2))

    def height(self, row: int, points: float) -> None:
        """Make the row so high."""
        self.heights[row] = points
        self.sheet.set_row(row, points)

    def print_as(
        self,
        *,
        top: int = -1,
        labels: int = 0,
        last: tuple[int | None, int | None] = (None, None),
        chapters: Iterable[int] = (),
        parts: Iterable[int] = (),
    ) -> None:
        """Print up to the `last` row and column, None for all there are, without the public names in column A.

        Rows up to `top` and columns up to `labels` are repeated on every page; a page begins at each row of
        `chapters` and each column of `parts`.
        """
        self.printed.update(top=top, labels=labels, last=last, chapters=chapters, parts=parts)

    def set_print(self) -> None:
        """Cut the sheet into pages, once it is written."""
        if not self.printed:
            self.print_as()
        top, labels, last = (self.printed[key] for key in ("top", "labels", "last"))
        row = self.sheet.dim_rowmax if last[0] is None else last[0]
        col = len(self.widths) - 1 if last[1] is None else last[1]
        rows = Strip([self.heights.get(at, _ROW) for at in range(row + 1)], top + 1, tuple(self.printed["chapters"]))
        # Column A is not printed: the strip begins with the second.
        widths = [column_points(width) for width in self.widths[1 : col + 1]]
        columns = Strip(widths, labels, tuple(part - 1 for part in self.printed["parts"]))
        found = layout(rows, columns)
        self.sheet.set_print_scale(found.scale)
        self.sheet.print_area(0, 1, row, col)
        self.sheet.set_h_pagebreaks(found.rows)
        self.sheet.set_v_pagebreaks([at + 1 for at in found.columns])
        if top >= 0:
            self.sheet.repeat_rows(0, top)
        if labels:
            self.sheet.repeat_columns(1, labels)

    def section(self, row: int, title: str, last: int) -> None:
        """A band with a title from column A to `last`."""
        for col in range(last + 1):
            self.sheet.write_blank(row, col, None, self.book.look(bg_color=SECTION_FILL))
        self.text(row, 1, title, bold=True, bg_color=SECTION_FILL)

    def rule(self, where: tuple[int, ...], criteria: str, **look: Any) -> None:
        """Colour a cell (row, column) or an area (and its last row, column) where a formula is true."""
        area = where if len(where) == 4 else where * 2
        options = {"type": "formula", "criteria": criteria, "format": self.book.file.add_format(look)}
        self.sheet.conditional_format(*area, options)

    def constant(self, row: int, col: int, value: float, **look: Any) -> None:
        """A number of the model's own, as a formula: so it is missed where it was typed over."""
        # In full: not all programs read a number with an exponent.
        self.formula(row, col, f"={Decimal(repr(float(value))):f}".removesuffix(".0"), value, **look)

    def state(self, row: int, col: int, *, passed: bool) -> None:
        """Whether all checks hold, in words; also where the formulas behind the master check were changed."""
        words = f'IF({COMPARED}=1,"{PASSED}","{PASSED}; {NOT_COMPARED}")'
        self.words(row, col, f'=IF(AND({MASTER}=1,{VERDICT_CHANGED}=0),{words},"{FAILED}")',
            PASSED if passed else FAILED)  # fmt: skip
        self.colour_master(row, col)

    def colour_master(self, row: int, col: int) -> None:
        """Green where all checks hold, red where one does not."""
        holds = f"({MASTER}=1)*({VERDICT_CHANGED}=0)"
        self.rule((row, col), f"={holds}=1", font_color=GOOD_TEXT, bg_color=GOOD_FILL, bold=True)
        self.rule((row, col), f"={holds}<>1", font_color=BAD_TEXT, bg_color=BAD_FILL, bold=True)

    def cell(self, row: int, col: int) -> str:
        """The absolute address with the sheet's name."""
        return f"{self.name}!{address(row, col)}"


def _stored(value: Value) -> float | str:
    """A computed value as a cell keeps it; an empty text where there is none."""
    if value is None or value in _ERROR_CODES:
        return ""
    if isinstance(value, str):
        return as_shown(value)
    if isinstance(value, bool):
        return value
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _footer(scenario: Scenario, today: date) -> str:
    """The foot of every printed page: which scenario the file was delivered with."""
    words = (f"As delivered: {shortened(scenario.name)}", scenario.hash, scenario.format.day(today))
    return SEPARATOR.join(words).replace("&", "&&")


def _lines(words: str, width: float) -> int:
    """How many lines a text takes in a column, a little generously."""
    return sum(max(1, ceil(len(part) / (1.15 * width))) for part in words.split("\n"))
