"""The conservative case: what remains of a plan when every weakly evidenced belief is at its worse end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.assumptions import ASSUMPTIONS, Kind
from model.projection import Projection, project
from model.scenario import Scenario
from model.uncertainty.sensitivity import Bar, tornado
from model.units import LEAST_MONEY


@dataclass(frozen=True)
class Move:
    """A belief that moves: from the plan's value to the end of its range; the NPV if it alone moved, in money."""

    name: str
    value: float
    end: float
    npv_alone: float


@dataclass(frozen=True)
class Remains:
    """The plan beside its conservative case; `moves` tells them apart, the most harmful first."""

    plan: Projection
    careful: Projection
    moves: tuple[Move, ...]


def remains(plan: Projection, bars: Sequence[Bar]) -> Remains:
    """The plan beside its conservative case; `bars` is its tornado.

    Every belief graded C or D moves to the end of its range that lowers the net present value, all at once;
    decisions, own figures and better evidenced beliefs stay, as does a belief that both ends would raise.
    """
    moves = _moves(plan, bars)
    careful = plan.scenario.with_values(**{move.name: move.end for move in moves})
    return Remains(plan, project(careful) if moves else plan, moves)


def conservative(scenario: Scenario) -> Scenario:
    """The scenario of the conservative case; see `remains`."""
    return remains(project(scenario), tornado(scenario)).careful.scenario


def _moves(plan: Projection, bars: Sequence[Bar]) -> tuple[Move, ...]:
    now = plan.metrics["npv"] or 0.0
    found = []
    for bar in bars:
        assumption = ASSUMPTIONS[bar.name]
        worst, end = min((bar.npv_low, bar.low), (bar.npv_high, bar.high))
        if assumption.weak and assumption.kind is Kind.BELIEF and now - worst >= LEAST_MONEY:
            found.append(Move(bar.name, plan.scenario.number(bar.name), end, worst))
    return tuple(sorted(found, key=lambda move: (move.npv_alone, move.name)))
