"""The tables in money on the sheet Budget: every row a sum of the lines of Months, by fiscal year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from model.lines import LINES
from model.projection import ancestors
from model.telling.budget.items import BUDGET, MONEY_OUT, PROFIT, STATED, Item, added
from model.telling.budget.money import (
    AGAINST_HOLDING,
    AGAINST_YEAR_BEFORE,
    BASE_MONEY,
    HELD,
    PLAN_MONEY,
    todays_rates,
)
from report.workbook.book import MUTED, Page, address, number_format
from report.workbook.excel_formula import Places, excel, text
from report.workbook.figures import Figures
from report.workbook.places import HORIZON
from report.workbook.sheets.budget.layout import (
    LABEL,
    LAST,
    MONTH,
    NOTHING,
    TOTAL,
    UNIT,
    Body,
    Placed,
    in_year,
    series,
    signed,
    summed,
    write_head,
    write_label,
    write_row,
)

_TOTAL = next(item for item in BUDGET if item.name == MONEY_OUT)
_PARTS = tuple(item for item in BUDGET if item.name in _TOTAL.sums)
# The total as the lines that it is made of.
_MONEY = replace(
    _TOTAL, sums=(), plan=added(*(item.plan for item in _PARTS)), held=added(*(item.held for item in _PARTS))
)
# What holding costs is made of these lines, in order.
RATE_LINES = tuple(name for name in LINES if any(name in ancestors(held) for held in HELD))

# What a row is measured against in a column, as a formula.
Base = Callable[[Item, int], str]


@dataclass(frozen=True)
class Rates:
    """The lines of holding at month 0, on the sheet Budget from row `top` on."""

    top: int

    @property
    def end(self) -> int:
        """The first row below them."""
        return self.top + 1 + len(RATE_LINES)

    def cell(self, name: str) -> str:
        """The cell of a line."""
        return address(self.top + 1 + RATE_LINES.index(name), TOTAL)

    def places(self, name: str) -> str:
        """What a formula refers to today: these lines, month 0, and the live inputs."""
        if name == "t":
            return "0"
        return self.cell(name) if name in RATE_LINES else name

    def write(self, page: Page, figures: Figures) -> None:
        """Each line by its own formula."""
        page.section(self.top, "Today: a month of holding, at month 0, the rate of the year before the plan", LAST)
        today = todays_rates(figures.scenario, RATE_LINES)
        for row, name in enumerate(RATE_LINES, start=self.top + 1):
            item = LINES[name]
            page.public_name(row, f"today_{name}")
            page.text(row, LABEL, item.label, font_color=MUTED)
            formula = excel(item.expression, Places(self.places))
            page.unit(row, UNIT, item.unit, figures.scenario.currency)
            page.formula(row, TOTAL, f"={formula}", today[name], num_format=number_format(item.unit), align="right")


def write_view(page: Page, view: Placed, plan: Placed, rates: Rates) -> None:
    """A view of the budget; `plan` is where that of the plan stands."""
    write_head(page, view)
    bases: Mapping[str, Base] = {AGAINST_HOLDING: _held, AGAINST_YEAR_BEFORE: partial(_year_before, rates)}
    base = bases.get(view.statement.name)
    for item in BUDGET:
        _write_item(page, view, item, partial(_budgeted, item, base))
    if base is None:
        return
    bodies: Mapping[str, Body] = {
        PLAN_MONEY: partial(plan.cell, MONEY_OUT),
        BASE_MONEY: partial(base, _MONEY),
    }
    for name, body in bodies.items():
        row = view.statement.by_name[name]
        write_label(page, view, row)
        write_row(page, view, row, body)


def write_profit(page: Page, at: Placed) -> None:
    """Profit and loss beside cash."""
    write_head(page, at)
    for item in PROFIT:
        _write_item(page, at, item, partial(_earned, item))


def _write_item(page: Page, at: Placed, item: Item, body: Body) -> None:
    row = at.statement.by_name[item.name]
    own = f"{item.name}_name"
    write_label(page, at, row, f'IF({own}="",{text(item.label)},{own})' if item.name in STATED else "")
    write_row(page, at, row, partial(_total, at, item) if item.sums else body)


def _budgeted(item: Item, base: Base | None, col: int) -> str:
    """A row under the plan, less what it is measured against."""
    planned, against = summed(item.plan, col), base(item, col) if base else NOTHING
    return planned if against == NOTHING else f"{planned}-({against})"


def _held(item: Item, col: int) -> str:
    return summed(item.held, col)


def _year_before(rates: Rates, item: Item, col: int) -> str:
    """The same months a year before: those of the plan, and today's monthly rate for its first twelve months."""
    earlier = in_year(f"({MONTH}<={HORIZON}-12)*({signed(item.plan.items(), series)})", col, before=1)
    first = in_year(f"{MONTH}<=12", col)
    return f"{earlier}+{first}*({signed(item.held.items(), rates.cell)})" if item.held else earlier


def _earned(item: Item, col: int) -> str:
    return summed(item.plan, col) + (f"*{item.rate}" if item.rate else "")


def _total(at: Placed, item: Item, col: int) -> str:
    """A sum of rows above; a difference is rounded to what a table shows of it."""
    found = "+".join(at.cell(name, col) for name in item.sums)
    if not item.less:
        return found
    return f"ROUND({found}-{'-'.join(at.cell(name, col) for name in item.less)},2)"
