"""The money that is asked for: by fiscal year, beyond holding, newly paid or moved, as amounts and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from model.projection import Projection
from model.scenario import Scenario
from model.telling.budget import Budget
from model.telling.budget.items import MONEY_OUT
from model.telling.budget.statement import Statement
from model.telling.measurement import SPENT
from model.units import LEAST_MONEY, MONEY, Format


@dataclass(frozen=True)
class Amounts:
    """An amount of money by fiscal year and in all, as a table writes it."""

    label: str
    years: tuple[str, ...]
    total: str


_WHOLE, _MORE, _NEW = "Money to be paid under the plan", "of it more than holding", "of that newly paid, not moved"
# The rows of the table of money: in which view of the budget, which rows of it added up.
_ROWS: Mapping[str, tuple[Callable[[Budget], Statement], tuple[str, ...]]] = MappingProxyType(
    {
        _WHOLE: (lambda budget: budget.plan, (MONEY_OUT,)),
        _MORE: (lambda budget: budget.against_holding, (MONEY_OUT,)),
        _NEW: (lambda budget: budget.against_holding, ("new", "outside")),
    }
)


def amounts_asked_for(scenario: Scenario, budget: Budget) -> tuple[Amounts, ...]:
    """What is asked for by fiscal year: all of it, what it is more than holding, and what of that is new."""
    text = scenario.format
    return tuple(
        Amounts(label, tuple(text.number(amount, 0) for amount in amounts), text.number(total, 0))
        for label, (amounts, total) in zip(_ROWS, map(partial(_added, budget), _ROWS), strict=True)
    )


def _added(budget: Budget, label: str) -> tuple[tuple[float, ...], float]:
    """The amounts of a row by fiscal year, and in all."""
    view, names = _ROWS[label]
    rows = [view(budget).by_name[name] for name in names]
    amounts = tuple(
        sum(value or 0.0 for value in values) for values in zip(*(row.values for row in rows), strict=True)
    )
    return amounts, sum(amounts)


def message(scenario: Scenario, budget: Budget) -> str:
    """What is asked for beyond holding, in a few words."""
    amounts, more = _added(budget, _MORE)
    if more < LEAST_MONEY:
        return _no_more(scenario, more)
    first = f", {scenario.format.rounded(amounts[0], MONEY)} of it in {budget.plan.years[0]}"
    told = f"{scenario.format.rounded(more, MONEY)} more than holding is asked for"
    return told + (first if len(amounts) > 1 and amounts[0] >= LEAST_MONEY else "")


def _no_more(scenario: Scenario, more: float) -> str:
    if more > -LEAST_MONEY:
        return "No more money than holding is asked for"
    return f"{scenario.format.rounded(-more, MONEY)} less than holding is to be paid"


def money_in_words(plan: Projection, budget: Budget, dearest: str) -> str:
    """How much money that takes beyond holding, in all and in the `dearest` year, and where it comes from."""
    scenario, text = plan.scenario, plan.scenario.format
    whole, more, new = (_added(budget, label)[1] for label in _ROWS)
    together = f"In all {text.rounded(whole, MONEY)} is to be paid. Amounts are {SPENT.words(scenario)}."
    if more < LEAST_MONEY:
        return f"{_no_more(scenario, more)}. {together}"
    yearly = text.rounded(plan.metrics["yearly_commitment"] or 0.0, MONEY)
    return (
        f"That takes {text.rounded(more, MONEY)} more than holding over the plan, at most {yearly} more in one plan "
        f"year ({dearest}){_source(text, more, new)}. {together}"
    )


def _source(text: Format, more: float, new: float) -> str:
    """How much of the money beyond holding is newly paid, and how much other channels give up or get."""
    moved = more - new
    if abs(moved) < LEAST_MONEY:
        return ", all of it newly paid"
    if moved < 0:
        return (
            f"; {text.rounded(new, MONEY)} is newly paid, and other channels get {text.rounded(-moved, MONEY)} back"
        )
    if new < LEAST_MONEY:
        return ", moved from other channels"
    return f"; {text.rounded(new, MONEY)} of it is newly paid, the rest moved from other channels"
