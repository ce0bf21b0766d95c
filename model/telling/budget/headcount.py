"""The headcount plan: people by fiscal year, when whole people come, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from model.formula import Array
from model.projection import Projection
from model.telling.budget.statement import (
    FiscalYears,
    Statement,
    StatementRow,
    Weight,
    fiscal_years,
    floats,
)
from model.units import FULL_TIME, MONEY, MONEY_YEAR, WHOLE_PEOPLE, Unit

# A need this close to a whole number is that number: what is left is rounding.
WHOLE_DIGITS = 6
TITLE = "Headcount plan"
BASIS = (
    "The social team as full-time equivalents at the end of the month. A whole person comes in the month in which "
    "the need, rounded up, passes the next whole number; the budget pays the need, not the rounding."
)
TEAM, WHOLE, PAY = "Team, full-time equivalents", "Whole people", "Pay"


@dataclass(frozen=True)
class Joining:
    """A month in which the whole people needed change: by so many, to so many; fewer where the team shrinks."""

    month: int
    day: date
    people: int
    team: int


@dataclass(frozen=True)
class Headcount:
    """The plan of people by fiscal year, and the months in which whole people come or go."""

    statement: Statement
    joinings: tuple[Joining, ...]


def headcount(projection: Projection, today: date | None = None) -> Headcount:
    """The headcount plan; a plan without a start of its own begins after `today`."""
    scenario, years = projection.scenario, fiscal_years(projection.scenario, today)
    needed = whole_people(np.concatenate([[scenario.number("team_start")], projection.lines["team"]]))
    rows = (*_team(projection, years), *_whole(years, needed), *_pay(projection, years, needed))
    statement = Statement("headcount", TITLE, BASIS, years.labels, years.months, rows)
    days = scenario.calendar(today)
    changes = np.diff(needed).astype(int)
    joinings = (
        Joining(int(place) + 1, days[place], int(changes[place]), int(needed[place + 1]))
        for place in np.flatnonzero(changes)
    )
    return Headcount(statement, tuple(joinings))


def whole_people(team: Array) -> Array:
    """The need rounded up to whole people."""
    needed: Array = np.ceil(np.round(team, WHOLE_DIGITS))
    return needed


def _team(projection: Projection, years: FiscalYears) -> tuple[StatementRow, ...]:
    scenario = projection.scenario
    ends = projection.lines["team"][list(years.lasts)]
    starts = np.array([scenario.number("team_start"), *ends[:-1]])
    gained, hired = ends - starts, scenario.number("hired_share")
    added = np.maximum(gained, 0)

    def row(*words: Any, values: Array, total: float, weight: Weight = Weight.ITEM) -> StatementRow:
        return _row(TEAM, FULL_TIME, *words, values=values, total=total, weight=weight)

    return (
        row("team_at_start", "At the start of the year", "Today's team, then last year's end.",
            values=starts, total=starts[0]),
        row("added", "Added (− fewer)", "The end of the year less its start.",
            values=gained, total=gained.sum()),
        row("hired", "of which hired", "By the part of the added people who are hired.",
            values=hired * added, total=hired * added.sum(), weight=Weight.PART),
        row("moved_here", "of which moved from other jobs", "The rest of those added.",
            values=(1 - hired) * added, total=(1 - hired) * added.sum(), weight=Weight.PART),
        row("team_at_end", "At the end of the year", "The last month of the plan in the year.",
            values=ends, total=ends[-1], weight=Weight.TOTAL),
    )  # fmt: skip


def _whole(years: FiscalYears, needed: Array) -> tuple[StatementRow, ...]:
    # Position 0 is today, so that a month's end stands one further on.
    ends = needed[[place + 1 for place in years.lasts]]
    joined = np.diff(np.concatenate([needed[:1], ends]))
    return (
        _row(WHOLE, WHOLE_PEOPLE, "whole_joining", "Joining (− leaving)",
            "Whole people who come in the year, net.", values=joined, total=joined.sum()),
        _row(WHOLE, WHOLE_PEOPLE, "whole_at_end", "Whole people at the end of the year",
            "The need of the last month, rounded up.", values=ends, total=ends[-1], weight=Weight.TOTAL),
    )  # fmt: skip


def _pay(projection: Projection, years: FiscalYears, needed: Array) -> tuple[StatementRow, ...]:
    lines = projection.lines
    a_person = lines["team_pay"] * lines["cost_factor"]
    rate = 12 * years.added(a_person) / np.array(years.months)
    payroll, whole = years.added(lines["team_payroll"]), years.added(needed[1:] * a_person)
    return (
        _row(PAY, MONEY_YEAR, "pay_a_head", "Pay a head, a year",
            "Gross pay with employer cost at the year's prices, as a yearly rate.", values=rate, total=None,
            weight=Weight.BESIDE),
        _row(PAY, MONEY, "payroll", "Team's payroll", "Full-time equivalents times pay: what the budget holds.",
            values=payroll, total=payroll.sum(), weight=Weight.TOTAL),
        _row(PAY, MONEY, "whole_payroll_extra", "More if whole people are paid",
            "What the payroll would be above that with whole people from the months they come; not in the budget.",
            values=whole - payroll, total=(whole - payroll).sum(), weight=Weight.BESIDE),
    )  # fmt: skip


def _row(
    section: str, unit: Unit, name: str, label: str, basis: str, *, values: Array, total: float | None,
    weight: Weight = Weight.ITEM,
) -> StatementRow:  # fmt: skip
    whole = None if total is None else float(total) + 0.0
    return StatementRow(name, label, section, unit, weight, floats(values), whole, basis)
