"""The statements in money: the budget in its three views, and profit and loss beside cash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from model.formula import Array
from model.other.amounts import SIDES
from model.projection import Projection, given_series, inputs_of, rerun, run
from model.scenario import Scenario
from model.telling.budget.items import BUDGET, MONEY_OUT, PROFIT, Item, Terms
from model.telling.budget.statement import FiscalYears, Statement, StatementRow, Weight, fiscal_years, floats
from model.units import LEAST_MONEY, MONEY

UNDISCOUNTED = "Nominal, undiscounted, before tax"
PLAN, AGAINST_HOLDING, AGAINST_YEAR_BEFORE = "plan", "against_holding", "against_year_before"
COMPARED = "Compared with"
PLAN_MONEY, BASE_MONEY = "plan_money", "base_money"
# The lines that rows of the budget have if the company holds.
HELD: tuple[str, ...] = tuple(dict.fromkeys(name for item in BUDGET for name in item.held))


@dataclass(frozen=True)
class View:
    """One way to look at the money: `base` says what it is measured against, empty for the plan itself."""

    name: str
    title: str
    basis: str
    base: str = ""
    base_basis: str = ""


VIEWS: tuple[View, ...] = (
    View(PLAN, "Budget of the plan", f"What is to be paid under the plan. {UNDISCOUNTED}."),
    View(
        AGAINST_HOLDING, "Budget against holding",
        f"What the plan adds to what holding today's share and team would cost. {UNDISCOUNTED}.",
        "Money to be paid if held", "Today's share of the growing marketing budget, and today's team.",
    ),
    View(
        AGAINST_YEAR_BEFORE, "Budget against the year before",
        "What each month costs more than the same month a year before. Months before the plan are at today's rate, "
        f"which is month 0. {UNDISCOUNTED}.",
        "Money paid a year before", "The same months a year before: the plan's, or today's rate before it began.",
    ),
)  # fmt: skip
PROFIT_AND_CASH = View(
    "profit", "Profit and loss beside cash",
    "What the plan changes, against holding. Nominal, undiscounted. The model's net cash is this profit: it pays in "
    "the month, capitalises nothing, knows no terms of payment, and counts working time as if it were paid for.",
)  # fmt: skip


def budget_views(projection: Projection, today: date | None = None) -> dict[str, Statement]:
    """The budget by fiscal year: the plan, its difference against holding and against the year before."""
    years, rates = fiscal_years(projection.scenario, today), todays_rates(projection.scenario)

    def base(view: View, item: Item) -> Array:
        if view.name == AGAINST_HOLDING:
            return _summed(projection, years, item.held)
        if view.name == AGAINST_YEAR_BEFORE:
            return years.added(_year_before(projection, item, rates))
        return np.zeros(len(years.months))

    return {view.name: _view(view, projection, years, partial(base, view)) for view in VIEWS}


def _view(view: View, projection: Projection, years: FiscalYears, base: Callable[[Item], Array]) -> Statement:
    """The budget less a base; where there is one, the totals of both stand below."""

    def planned(item: Item) -> Array:
        return _summed(projection, years, item.plan)

    found = _statement(view, projection, years, BUDGET, lambda item: planned(item) - base(item))
    if not view.base:
        return found
    money = next(item for item in BUDGET if item.name == MONEY_OUT)
    parts = [item for item in BUDGET if item.name in money.sums]
    beside = (
        StatementRow(PLAN_MONEY, "Money to be paid under the plan", COMPARED, MONEY, Weight.BESIDE,
            *_totalled(sum(map(planned, parts))), money.basis),
        StatementRow(BASE_MONEY, view.base, COMPARED, MONEY, Weight.BESIDE,
            *_totalled(sum(map(base, parts))), view.base_basis),
    )  # fmt: skip
    return replace(found, rows=(*found.rows, *beside))


def profit_and_cash(projection: Projection, today: date | None = None) -> Statement:
    """What the plan changes in profit and loss by fiscal year, line by line down to the model's net cash."""
    years = fiscal_years(projection.scenario, today)

    def measure(item: Item) -> Array:
        rate = projection.scenario.number(item.rate) if item.rate else 1.0
        return rate * _summed(projection, years, item.plan)

    return _statement(PROFIT_AND_CASH, projection, years, PROFIT, measure)


def todays_rates(scenario: Scenario, names: Iterable[str] = HELD) -> dict[str, float]:
    """Lines of holding today, at month 0: a month's amount where they are flows."""
    known = run(inputs_of(scenario))
    return {name: float(rerun(known, {"t": [[0.0]]}, towards=name)[name].item()) for name in names}


def stated_names(scenario: Scenario) -> dict[str, str]:
    """What the scenario itself calls the rows that it states, by their public names."""
    return {
        name: row.name
        for field, side in SIDES.items()
        for name, row in zip(side.series, getattr(scenario, field), strict=False)
    }


def _year_before(projection: Projection, item: Item, rates: Mapping[str, float]) -> Array:
    """What the same month cost a year before, shape `(T,)`: today's rate before the plan began."""
    todays = np.full(12, sum(sign * rates[name] for name, sign in item.held.items()), dtype=float)
    return np.concatenate((todays, _by_month(projection, item.plan)))[: projection.months]


def _summed(projection: Projection, years: FiscalYears, terms: Terms) -> Array:
    return years.added(_by_month(projection, terms))


def _by_month(projection: Projection, terms: Terms) -> Array:
    stated = given_series(projection.scenario)
    amounts = np.zeros(projection.months)
    for name, sign in terms.items():
        amounts = amounts + sign * (projection.lines[name] if name in projection.lines else stated[name][0])
    return amounts


def _statement(
    view: View, projection: Projection, years: FiscalYears, items: Iterable[Item], measure: Callable[[Item], Array]
) -> Statement:
    called = stated_names(projection.scenario)
    values: dict[str, Array] = {}
    rows = []
    for item in items:
        values[item.name] = _total(item, values) if item.sums else measure(item)
        weight, label = Weight.TOTAL if item.sums else Weight.ITEM, called.get(item.name, item.label)
        by_year, total = _totalled(values[item.name])
        rows.append(StatementRow(item.name, label, item.section, MONEY, weight, by_year, total, item.basis))
    return Statement(view.name, view.title, view.basis, years.labels, years.months, tuple(rows))


def _total(item: Item, values: dict[str, Array]) -> Array:
    """The sum of rows above; a difference that no table would show is rounding, and so nothing."""
    found: Array = np.sum([values[part] for part in item.sums], axis=0)
    for part in item.less:
        found = np.where(np.isclose(found, values[part], rtol=1e-9, atol=LEAST_MONEY), 0.0, found - values[part])
    return found


def _totalled(values: Any) -> tuple[tuple[float, ...], float]:
    """Amounts by year and their total."""
    return floats(values), float(np.sum(values)) + 0.0
