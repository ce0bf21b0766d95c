"""The best split of a budget along concave curves: a linear program, whose dual prices prove it and are its prices.

Each piece of a unit's envelope is a variable, from nothing to its length, that earns its slope; as slopes fall along
an envelope, the best program fills each unit's pieces in their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.limits import Within
from model.reading.faults import Fault, ScenarioError

_ROUNDING = 1e-7


@dataclass(frozen=True)
class SplitProblem:
    """Envelopes, each within a least and a most budget, in all within `budget`; `totals` bind places together."""

    envelopes: tuple[Envelope, ...]
    least: Array
    most: Array
    budget: float
    totals: Mapping[str, tuple[tuple[int, ...], Within]]


@dataclass(frozen=True)
class Split:
    """The best budgets; `worth` is the sum of the envelopes there, `bound` what no split within the limits passes.

    `price` is what one more unit of the whole budget earns; `prices` what each total costs by name, by one unit more
    of its most (positive) or of its least (negative).
    """

    budgets: Array
    worth: float
    bound: float
    price: float
    prices: Mapping[str, float]


def best_split(problem: SplitProblem) -> Split:
    """The best split of a budget. Raises ScenarioError where the limits cannot be met, and names them."""
    from scipy.optimize import linprog

    pieces = [one.pieces(*ends) for one, *ends in zip(problem.envelopes, problem.least, problem.most, strict=True)]
    owner = np.repeat(np.arange(len(pieces)), [len(lengths) for lengths, _ in pieces])
    lengths = np.concatenate([lengths for lengths, _ in pieces])
    slopes = np.concatenate([earned for _, earned in pieces])
    names, rows, room = _rows(problem)
    base = sum(one.above(least) for one, least in zip(problem.envelopes, problem.least, strict=True))
    # In units of a mean budget: solvers hold their tolerances against numbers about one.
    scale = max(problem.budget, 1.0) / len(pieces)
    if not len(owner):
        if (room < -_ROUNDING * scale).any():
            raise ScenarioError(_unmet(problem))
        return Split(problem.least.copy(), base, base, 0.0, MappingProxyType({}))
    found = linprog(
        -slopes,
        A_ub=rows[:, owner],
        b_ub=room / scale,
        bounds=[(0.0, length) for length in (lengths / scale).tolist()],
        method="highs-ds",
    )
    if found.x is None or found.fun is None:
        raise ScenarioError(_unmet(problem))
    filled = np.bincount(owner, found.x * scale, len(pieces))
    budgets = np.clip(problem.least + filled, problem.least, problem.most)
    dual = float(found.ineqlin.marginals @ (room / scale) + found.upper.marginals @ (lengths / scale))
    prices = {name: -float(price) for name, price in zip(names, found.ineqlin.marginals, strict=True)}
    return Split(
        budgets=budgets,
        worth=base - float(found.fun) * scale,
        bound=base - dual * scale,
        price=prices.pop(""),
        prices=MappingProxyType(_by_total(prices)),
    )


def _by_total(prices: Mapping[str, float]) -> dict[str, float]:
    """The price of each total: of its most as it is, of its least (marked) with a minus."""
    return {
        name.removeprefix(_LEAST): -price if name.startswith(_LEAST) else price
        for name, price in prices.items()
        if price
    }


_LEAST = "\0least "


def _rows(problem: SplitProblem) -> tuple[list[str], Array, Array]:
    """The limits as rows over the units, and what room they leave above the least budgets; the budget's is first."""
    names, rows, room = [""], [np.ones(len(problem.envelopes))], [problem.budget - problem.least.sum()]
    for name, (places, within) in problem.totals.items():
        row = np.zeros(len(problem.envelopes))
        row[list(places)] = 1
        taken = float(row @ problem.least)
        if isfinite(within.most):
            names.append(name)
            rows.append(row)
            room.append(within.most - taken)
        if isfinite(within.least):
            names.append(_LEAST + name)
            rows.append(-row)
            room.append(taken - within.least)
    return names, np.array(rows), np.array(room)


def room_for(problem: SplitProblem) -> tuple[Array, Array]:
    """The limits as rows over the units, and what room each leaves above the least budgets."""
    _, rows, room = _rows(problem)
    return rows, room


def _unmet(problem: SplitProblem) -> list[Fault]:
    """Which limits cannot be met, each alone; else what budget they take together, or that they contradict."""
    faults = []
    for name, (places, within) in problem.totals.items():
        low, high = (float(side[list(places)].sum()) for side in (problem.least, problem.most))
        if within.most < low or within.least > high:
            faults.append(Fault(f"--limit {name}", out_of_reach("what it takes together", low, high)))
    if faults:
        return faults
    least = _least_budget(problem)
    if least is not None and least > problem.budget:
        named = [f"--limit {name}" for name, (_, within) in problem.totals.items() if isfinite(within.least)]
        mend = f"raise it, or lower their least{' or that of ' if named else ''}{', '.join(named)}"
        told = f"is {problem.budget:,.0f}, but the least that the units may have takes {least:,.0f}; {mend}"
        return [Fault("--budget", told)]
    together = ", ".join(f"--limit {name}" for name in problem.totals)
    return [Fault(together, "cannot be met together, though each can alone; loosen one")]


def out_of_reach(who: str, low: float, high: float) -> str:
    """What is told of a limit that leaves those it is about nothing that they may have."""
    mend = "move the ends of the limit there, or change the columns least_share and most_share"
    return f"cannot be met: {who} may have {low:,.0f} to {high:,.0f}; {mend}"


def _least_budget(problem: SplitProblem) -> float | None:
    """The smallest budget with which all limits can be met; None where none is enough."""
    from scipy.optimize import linprog

    _, rows, room = _rows(problem)
    scale = max(float(problem.most.max()), 1.0)
    found = linprog(
        np.ones(len(problem.least)),
        A_ub=rows[1:] if len(rows) > 1 else None,
        b_ub=room[1:] / scale if len(rows) > 1 else None,
        bounds=[(0.0, width) for width in ((problem.most - problem.least) / scale).tolist()],
        method="highs-ds",
    )
    return None if found.fun is None else float(problem.least.sum() + found.fun * scale)


def earns_beyond(envelope: Envelope, budget: float) -> tuple[float, float]:
    """What the last and the next money earn at a budget; infinite where there is none before, minus so after."""
    at = envelope.budgets[list(envelope.knots)]
    little = _ROUNDING * max(1.0, float(np.ptp(at)))
    before = [slope for start, slope in zip(at, envelope.slopes, strict=False) if start < budget - little]
    after = [slope for end, slope in zip(at[1:], envelope.slopes, strict=False) if end > budget + little]
    return (before[-1] if before else inf), (after[0] if after else -inf)


def sum_of(envelopes: Sequence[Envelope], budgets: Array) -> float:
    """What units are worth themselves at budgets."""
    return float(sum(one.worth(float(budget)) for one, budget in zip(envelopes, budgets, strict=True)))
