"""The budget itself, by fiscal year: what is to be paid, whom it employs, and what it changes in profit and cash.

`budget_of` gives all of it for a projection; every writer takes its tables from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.projection import Projection
from model.telling.budget.headcount import Headcount, headcount
from model.telling.budget.money import AGAINST_HOLDING, AGAINST_YEAR_BEFORE, PLAN, budget_views, profit_and_cash
from model.telling.budget.statement import Statement


@dataclass(frozen=True)
class Budget:
    """A plan's budget in three views, its headcount plan, and profit and loss beside cash."""

    plan: Statement
    against_holding: Statement
    against_year_before: Statement
    headcount: Headcount
    profit: Statement

    @property
    def views(self) -> tuple[Statement, ...]:
        """The budget in its three views, the plan first."""
        return self.plan, self.against_holding, self.against_year_before

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every table, in the order in which they are told."""
        return *self.views, self.headcount.statement, self.profit


def budget_of(projection: Projection, today: date | None = None) -> Budget:
    """The budget of a plan; one without a start of its own begins after `today`, by default the computer's day."""
    views = budget_views(projection, today)
    return Budget(
        views[PLAN],
        views[AGAINST_HOLDING],
        views[AGAINST_YEAR_BEFORE],
        headcount(projection, today),
        profit_and_cash(projection, today),
    )
