"""The sheet Flat: a row a month and account, for systems that take such a table in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy as np

from model.formula import Array
from model.telling.budget.accounts import ACCOUNTS, SIGNS, Account
from model.telling.budget.items import STATED
from model.telling.budget.money import stated_names
from report.workbook.book import INPUT_FILL, INPUT_TEXT, MUTED, Book, Page, Value, address, down, in_row, serial
from report.workbook.excel_formula import text
from report.workbook.figures import MONTHS, Figures
from report.workbook.places import DATE_ROW, IN_HORIZON, MONTH_ROWS, MONTHS_SHEET, series_at

SHEET = "Flat"
COLUMNS = ("Entity", "Statement", "Account", "Cost centre", "Period", "Currency", "Amount")
ENTITY, STATEMENT, ACCOUNT, CENTRE, PERIOD, CURRENCY, AMOUNT = range(1, 8)
MONTH = AMOUNT + 1
CODE, LABEL = MONTH + 2, MONTH + 3
ENTITY_ROW, CENTRE_ROW, HEADING_ROW, TOP = 4, 5, 7, 8
END = TOP + MONTHS * len(ACCOUNTS)
_INPUT = {"font_color": INPUT_TEXT, "bg_color": INPUT_FILL, "locked": False}


def write_flat(book: Book, figures: Figures) -> Page:
    """Typed once: the entity, the cost centre and the code of each account; all else is live."""
    page = book.page(SHEET, "Flat: a row a month and account", "output",
        [3, 16, 22, 32, 16, 11, 10, 16, 8, 3, 32, 44])  # fmt: skip
    page.text(3, ENTITY, f"{SIGNS} Months beyond the horizon are 0. Each statement adds up by itself.",
        font_color=MUTED)  # fmt: skip
    for row, label, name in ((ENTITY_ROW, "Entity", "flat_entity"), (CENTRE_ROW, "Cost centre", "flat_cost_centre")):
        page.text(row, ENTITY, label)
        page.text(row, STATEMENT, "", **_INPUT)
        book.name(name, page.cell(row, STATEMENT))
    page.headings(HEADING_ROW, ENTITY, COLUMNS[:-1])
    page.headings(HEADING_ROW, AMOUNT, [COLUMNS[-1], "Month"], align="right")
    page.headings(HEADING_ROW, CODE, ["Account: type your codes", "What it is"])
    for place, account in enumerate(ACCOUNTS):
        page.text(TOP + place, CODE, account.code, **_INPUT)
        _write_meaning(page, TOP + place, account, figures)
        _write_account(page, TOP + place * MONTHS, account, address(TOP + place, CODE), figures)
    page.sheet.autofilter(HEADING_ROW, ENTITY, END - 1, MONTH)
    page.sheet.freeze_panes(TOP, 0)
    page.print_as(top=HEADING_ROW, last=(END - 1, MONTH))
    return page


def _write_meaning(page: Page, row: int, account: Account, figures: Figures) -> None:
    """What an account is; one that the scenario states by the name that it has there."""
    stated = next((name for name in account.lines if name in STATED), "")
    words = f"{stated_names(figures.scenario).get(stated, account.label)}, {account.statement}"
    if stated:
        named = f'IF({stated}_name="",{text(account.label)},{stated}_name)'
        page.formula(row, LABEL, f'={named}&", {account.statement}"', words, font_color=MUTED)
    else:
        page.text(row, LABEL, words, font_color=MUTED)


def _write_account(page: Page, top: int, account: Account, code: str, figures: Figures) -> None:
    """All months of an account."""
    rows, grey = range(top, top + MONTHS), {"font_color": MUTED}
    months = [address(row, MONTH, absolute=False) for row in rows]
    terms = "".join(
        f"{'+' if sign > 0 else '-'}{in_row(series_at(MONTHS_SHEET, MONTH_ROWS[name]), '{month}')}"
        for name, sign in account.lines.items()
    ).removeprefix("+")

    def fill(col: int, formulas: Iterable[str], values: Iterable[Value], **look: Any) -> None:
        page.series(zip(rows, repeat(col), formulas, values), **look)

    def of_month(formula: str) -> Iterable[str]:
        return (formula.format(month=month) for month in months)

    fill(MONTH, ["=1", *(f"={month}+1" for month in months)], range(1, MONTHS + 1), num_format="0", **grey)
    fill(ENTITY, repeat('=IF(flat_entity="","",flat_entity)'), repeat(None), **grey)
    for row in rows:
        page.text(row, STATEMENT, account.statement, **grey)
    fill(ACCOUNT, repeat(f"={code}"), repeat(account.code))
    fill(CENTRE, repeat('=IF(flat_cost_centre="","",flat_cost_centre)'), repeat(None), **grey)
    days = of_month(f"={in_row(series_at(MONTHS_SHEET, DATE_ROW), '{month}')}")
    fill(PERIOD, days, map(serial, figures.dates), num_format="yyyy-mm", align="left", **grey)
    fill(CURRENCY, repeat("=scenario_currency"), repeat(figures.scenario.currency), **grey)
    amount = of_month(f"={in_row(IN_HORIZON, '{month}')}*({terms})")
    fill(AMOUNT, amount, amounts(account, figures).tolist(), num_format="#,##0.00")


def total_of(statement: str) -> str:
    """The accounts of a statement, added up over all months."""
    cells = [down(col, TOP, END - 1) for col in (STATEMENT, AMOUNT)]
    return f'SUMIF({SHEET}!{cells[0]},"{statement}",{SHEET}!{cells[1]})'


def amounts(account: Account, figures: Figures) -> Array:
    """What an account comes to in each month of the sheet, 0 beyond the horizon."""
    total = sum((sign * figures.months[name] for name, sign in account.lines.items()), start=np.zeros(MONTHS))
    within: Array = np.where(np.arange(MONTHS) < figures.horizon, total, 0.0) + 0.0
    return within
