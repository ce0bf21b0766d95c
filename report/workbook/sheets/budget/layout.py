"""Where the tables of the sheet Budget stand, and how a row of one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from model.telling.budget.items import Terms
from model.telling.budget.statement import Statement, StatementRow, Weight
from report.workbook.book import ACCENT, MUTED, RULE, Page, across, address, column_letter
from report.workbook.places import FISCAL_ROW, IN_HORIZON, MONTH_ROW, MONTH_ROWS, MONTHS_SHEET, series_at
from report.workbook.sheets import years

SHEET = "Budget"
LABEL, UNIT, TOTAL, FIRST = range(1, 5)
LAST = FIRST + years.YEARS - 1
YEAR_ROW, COUNT_ROW, TOP = 4, 5, 7
# Characters of a line of words that runs over the columns of a plan of one year.
_CHARACTERS = 95
FISCAL = series_at(MONTHS_SHEET, FISCAL_ROW)
MONTH = series_at(MONTHS_SHEET, MONTH_ROW)
NOTHING = "0"
Body = Callable[[int], str]


@dataclass(frozen=True)
class Placed:
    """A statement on the sheet, in a currency: `rows` are those of its figures, `headings` those of its sections."""

    statement: Statement
    currency: str
    top: int
    rows: Mapping[str, int]
    headings: Mapping[int, str]
    end: int

    def cell(self, name: str, col: int) -> str:
        """The cell of a figure in a column."""
        return f"{column_letter(col)}{self.rows[name] + 1}"


def placed(statement: Statement, currency: str, top: int) -> Placed:
    """A statement from a row on: its title, what it is, then its sections."""
    rows: dict[str, int] = {}
    headings: dict[int, str] = {}
    row, section = top + 1 + len(lines_of(statement.basis)), ""
    for item in statement.rows:
        if item.section != section:
            headings[row] = section = item.section
            row += 1
        rows[item.name] = row
        row += 1
    return Placed(statement, currency, top, rows, headings, row)


def of_years(row: int, col: int) -> str:
    """The cell of the sheet Years in one of its rows, for a column's fiscal year."""
    return f"{years.SHEET}!{column_letter(years.FIRST + col - FIRST)}${row + 1}"


def count_cell(col: int) -> str:
    """How many months of the plan fall into a column's year."""
    return f"{column_letter(col)}${COUNT_ROW + 1}"


def series(name: str) -> str:
    """All months of a line or of a stated row."""
    return series_at(MONTHS_SHEET, MONTH_ROWS[name])


def signed(terms: Iterable[tuple[str, int]], place: Callable[[str], str]) -> str:
    """A sum of quantities with their signs, each at its place; 0 for none."""
    written = "".join(f"{'+' if sign > 0 else '-'}{place(name)}" for name, sign in terms)
    return written.removeprefix("+") or NOTHING


def in_year(amounts: str, col: int, before: int = 0) -> str:
    """Amounts by month added up over a column's year, or over a year so many `before` it."""
    year = of_years(years.NUMBER_ROW, col) + (f"-{before}" if before else "")
    return f"SUMPRODUCT(({FISCAL}={year})*{IN_HORIZON}*({amounts}))"


def summed(terms: Terms, col: int) -> str:
    """A sum of lines, added up over a column's year."""
    return in_year(signed(terms.items(), series), col) if terms else NOTHING


def lines_of(words: str) -> list[str]:
    """Words in lines that fit the page."""
    return wrap(words, _CHARACTERS, subsequent_indent="   ")


def write_lines(page: Page, row: int, words: str) -> int:
    """Words below each other; the row after them."""
    for line in lines_of(words):
        page.text(row, LABEL, line, font_color=MUTED)
        row += 1
    return row


def write_head(page: Page, placed_: Placed) -> None:
    """The title of a statement, what it is, and the headings of its sections."""
    page.section(placed_.top, placed_.statement.title, LAST)
    write_lines(page, placed_.top + 1, placed_.statement.basis)
    for row, words in placed_.headings.items():
        page.text(row, LABEL, words, bold=True, font_color=ACCENT)


def write_row(page: Page, at: Placed, item: StatementRow, body: Body, total: str | None = None) -> None:
    """A figure by year, empty where the year has no month of the plan; its total first, by default the sum."""
    row, look = at.rows[item.name], looks(item)
    name = f"{at.statement.name}_{item.name}"
    page.public_name(row, name)
    page.book.name(f"budget_{name}", f"{SHEET}!{across(row, FIRST, LAST)}")
    for offset in range(LAST - FIRST + 1):
        col = FIRST + offset
        value = item.values[offset] if offset < len(item.values) else None
        page.formula(row, col, f'=IF({count_cell(col)}=0,"",{body(col)})', value, **look)
    if item.total is not None:
        added = f"SUM({address(row, FIRST, absolute=False)}:{address(row, LAST, absolute=False)})"
        page.formula(row, TOTAL, f"={total or added}", item.total, **look)


def looks(item: StatementRow) -> dict[str, Any]:
    """How the numbers of a row look."""
    return {"num_format": years.zero_is_dash(item.unit), "align": "right"} | emphasis(item.weight)


def emphasis(weight: Weight) -> dict[str, Any]:
    """How a row stands out: a total by a line above, what is beside it in grey."""
    if weight is Weight.TOTAL:
        return {"bold": True, "top": 1, "top_color": RULE}
    return {"font_color": MUTED} if weight in (Weight.PART, Weight.BESIDE) else {}


def write_label(page: Page, at: Placed, item: StatementRow, live: str = "") -> None:
    """What a row is called, and its unit; `live` gives the name that the scenario has for it."""
    row = at.rows[item.name]
    page.unit(row, UNIT, item.unit, at.currency, **emphasis(item.weight) | {"bold": False, "font_color": MUTED})
    look: dict[str, Any] = emphasis(item.weight) | ({"indent": 1} if item.weight is Weight.PART else {})
    if live:
        page.formula(row, LABEL, f"={live}", item.label, **look)
    else:
        page.text(row, LABEL, item.label, **look)
