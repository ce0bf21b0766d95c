"""The gates of a plan as a person edits them: what one change makes of the scenario. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from model.choice.aims import Aim
from model.gates.stage_gate import LARGEST_COST, LARGEST_ERROR, MOST_GATES, StageGate
from model.projection import Projection
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.stages import staged
from model.stages.staged import Staged, proposed_gate
from model.units import MONEY, RATIO, Format

_QUARTER, _YEAR = 3, 12
# Odds that are told apart by less are told alike.
_SAME_ODDS = 0.01
# Where a gate that looks at something else begins; that of the relative return breaks even.
_THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {"social_return": 1.0, "competent_share": 0.5, "cumulative_cash": 0.0}
)


def months(scenario: Scenario, own: int) -> list[int]:
    """The months at whose end a gate can stand: ends of quarters in the horizon that no other has, and its own."""
    taken = {gate.month for gate in scenario.stages} - {own}
    ends = {*range(_QUARTER, _YEAR * scenario.horizon_years, _QUARTER), own}
    return sorted(ends - taken)


def may_have_more(scenario: Scenario) -> bool:
    """Whether another gate can be added."""
    return len(scenario.stages) < MOST_GATES and _next_month(scenario) is not None


def with_one_more(scenario: Scenario, plan: Projection) -> Scenario:
    """The scenario with a further gate: the proposed one, at the next year-end that is free."""
    gate, month = proposed_gate(plan), _next_month(scenario)
    if scenario.stages and month is not None:
        gate = replace(gate, month=month)
    return _with(scenario, (*scenario.stages, gate))


def without(scenario: Scenario, month: int) -> Scenario:
    """The scenario without the gate of a month."""
    return _with(scenario, tuple(gate for gate in scenario.stages if gate.month != month))


def changed(scenario: Scenario, plan: Projection, at: int, **values: Any) -> Scenario:
    """The scenario with the gate of a month changed; one that looks at something else begins at that one's figures.

    Raises ScenarioError.
    """
    if indicator := values.get("indicator"):
        values |= {"threshold": start(indicator, plan), "error": None, "cost": None}
    gates = (replace(gate, **values) if gate.month == at else gate for gate in scenario.stages)
    return _with(scenario, tuple(gates))


def start(indicator: str, plan: Projection) -> float:
    """The threshold at which a gate that looks at an indicator begins."""
    return _THRESHOLDS.get(indicator, proposed_gate(plan).threshold)


def read(gate: StageGate, what: str, typed: str, text: Format) -> float | None:
    """What was typed as a gate's threshold, error or cost; None, the indicator's own, where one of these is emptied.

    Raises ValueError as `NumberRule.read` does.
    """
    item = gate.looks_at
    if not typed and what != "threshold":
        return None
    rules = {
        "threshold": NumberRule(item.unit, *item.bounds, gate.threshold),
        "error": NumberRule(RATIO, 0.0, LARGEST_ERROR, item.error),
        "cost": NumberRule(MONEY, 0.0, LARGEST_COST, item.cost),
    }
    return rules[what].read(typed, text)


def with_best(found: Staged) -> Scenario | None:
    """The scenario with the best thresholds in three figures; None where no gate says them."""
    best = staged.with_best(found)
    if best is None:
        return None
    return _with(best, tuple(replace(gate, threshold=float(f"{gate.threshold:.3g}")) for gate in best.stages))


def does_as_well(found: Staged) -> bool:
    """Whether the gates' own thresholds serve the aim as well as the best found, as far as the draws can tell."""
    best, own = found.best, found.planned
    if found.aim is Aim.ODDS_OF_GAIN:
        return best.odds - own.odds < _SAME_ODDS
    if found.aim is Aim.P10_NPV:
        return best.p10 - own.p10 < own.error
    return best.mean - own.mean < own.value_error


def _with(scenario: Scenario, gates: tuple[StageGate, ...]) -> Scenario:
    return scenario.changed(stages=tuple(sorted(gates, key=lambda gate: gate.month)))


def _next_month(scenario: Scenario) -> int | None:
    """The first year-end, or else the first end of a quarter, that has no gate."""
    free = months(scenario, 0)[1:]
    years = [month for month in free if month % _YEAR == 0]
    return next(iter((*years, *free)), None)
