"""The sheet Budget as a whole: its header, its tables below each other, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable

from model.telling.budget import budget_of
from model.telling.budget.statement import Statement
from report.workbook.book import ACCENT, MUTED, Book, Page
from report.workbook.figures import Figures
from report.workbook.sheets import years
from report.workbook.sheets.budget.layout import (
    COUNT_ROW,
    FIRST,
    LABEL,
    LAST,
    SHEET,
    TOP,
    TOTAL,
    YEAR_ROW,
    Placed,
    of_years,
    placed,
    write_lines,
)
from report.workbook.sheets.budget.money import Rates, write_profit, write_view
from report.workbook.sheets.budget.people import NEEDED, write_headcount

_WIDTHS = [2.5, 33, 9, 11.5, *[10] * (LAST - FIRST + 1)]


def write_budget(book: Book, figures: Figures, longest: int) -> Page:
    """The budget, the people and the result by fiscal year; printed as far as the longest horizon delivered."""
    found = budget_of(figures.projection, figures.today)
    page = book.page(SHEET, "Budget: what is to be paid, whom it employs, what it changes", "output", _WIDTHS)
    _write_heading(page, found.plan)
    currency = figures.scenario.currency
    plan, *others = views = _stacked(found.views, currency, TOP)
    people = placed(found.headcount.statement, currency, others[-1].end + 1)
    profit = placed(found.profit, currency, people.end + NEEDED + 1)
    rates = Rates(profit.end + 1)
    for view in views:
        write_view(page, view, plan, rates)
    write_headcount(page, people, found.headcount)
    write_profit(page, profit)
    rates.write(page, figures)
    last = _write_meanings(page, rates.end + 1, found.statements)
    _set_print(page, [*(view.top for view in others), people.top, profit.top, rates.top], last, longest)
    return page


def _stacked(statements: Iterable[Statement], currency: str, top: int) -> list[Placed]:
    found: list[Placed] = []
    for statement in statements:
        found.append(placed(statement, currency, found[-1].end + 1 if found else top))
    return found


def _write_heading(page: Page, statement: Statement) -> None:
    """The years and their months, from the sheet Years."""
    style = {"bold": True, "bottom": 1, "bottom_color": ACCENT}
    page.headings(YEAR_ROW, LABEL, ["By fiscal year", "Unit"])
    page.text(YEAR_ROW, TOTAL, "Whole plan", align="right", **style)
    page.text(COUNT_ROW, LABEL, "Months of the plan in it", font_color=MUTED)
    page.public_name(YEAR_ROW, "fiscal_year")
    page.public_name(COUNT_ROW, "months")
    grey = {"font_color": MUTED, "num_format": "0", "align": "right"}
    page.formula(COUNT_ROW, TOTAL, "=horizon_months", sum(statement.months), **grey)
    for offset in range(LAST - FIRST + 1):
        col, used = FIRST + offset, offset < len(statement.years)
        label = statement.years[offset] if used else None
        page.formula(YEAR_ROW, col, f"={of_years(years.YEAR_ROW, col)}", label, align="right", **style)
        months = statement.months[offset] if used else 0
        page.formula(COUNT_ROW, col, f"={of_years(years.COUNT_ROW, col)}", months, **grey)


def _write_meanings(page: Page, row: int, statements: Iterable[Statement]) -> int:
    """What each row is; the last row written."""
    page.section(row, "What the rows are", LAST)
    row += 1
    for words in dict.fromkeys(f"{item.label}: {item.basis}" for one in statements for item in one.rows):
        row = write_lines(page, row, words)
    return row - 1


def _set_print(page: Page, breaks: list[int], last: int, longest: int) -> None:
    page.sheet.freeze_panes(COUNT_ROW + 1, FIRST)
    # A plan that does not begin with the fiscal year touches one more of them.
    page.print_as(top=COUNT_ROW, labels=LABEL, last=(last, FIRST + longest // 12), chapters=breaks)
