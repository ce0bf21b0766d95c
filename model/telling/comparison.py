"""Scenarios side by side: how their metrics differ and why, in which assumptions, and how often one beats another.

The first scenario is the one that the others are measured against. Amounts in different currencies are never
subtracted, added or ranked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS, Assumption, Kind, Value
from model.lines import LINES
from model.metrics import BRIDGE, METRICS
from model.other.amounts import SIDES
from model.projection import Projection
from model.scenario import SETTINGS, Scenario
from model.sheet import Cause, Line
from model.telling.caveats import is_defensible
from model.uncertainty.simulation import Simulation, odds_better
from model.units import LEAST_MONEY, MONEY, Style, Unit

RESULT = "npv"
OTHER_CURRENCY = "it is in another currency than the first scenario"
# How exact sums of floating-point numbers are, as a part of the amounts added.
_EXACT = 1e-12


# How metrics differ


@dataclass(frozen=True)
class Change:
    """A scenario's metric beside the first one's, in the metric's unit.

    `by` is the difference of the two values as tables show them, so that a reader who subtracts them finds the
    same to the last decimal; of a per cent it is percentage points, as a fraction. `part` is `by` for each unit
    of the first value; None where that is not above zero, as a quotient's sign would then mislead. `reason`
    says why there is no `by`.
    """

    value: float | None
    by: float | None
    part: float | None
    reason: str = ""


def changes(projections: Sequence[Projection]) -> Mapping[str, tuple[Change, ...]]:
    """Every metric of every scenario against the first one's."""
    first = projections[0]
    return {name: tuple(_change(name, first, one) for one in projections) for name in first.metrics}


def _change(name: str, first: Projection, one: Projection) -> Change:
    unit, value, base = METRICS[name].unit, one.metrics[name], first.metrics[name]
    if value is None:
        return Change(None, None, None, one.undefined[name])
    if base is None:
        return Change(value, None, None, f"the first scenario has no value: {first.undefined[name]}")
    if not comparable(first.scenario, one.scenario, unit):
        return Change(value, None, None, OTHER_CURRENCY)
    was = unit.as_shown(base)
    by = unit.as_shown(value) - was
    return Change(value, float(by) / unit.scale, float(by / was) if was > 0 else None)


def comparable(one: Scenario, other: Scenario, unit: Unit = MONEY) -> bool:
    """Whether values of a unit can be subtracted: amounts of money only within one currency."""
    return unit.style is not Style.MONEY or one.currency == other.currency


def reservations(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What hampers a fair comparison, in sentences; empty where nothing does."""
    found = []
    currencies = dict.fromkeys(scenario.currency for scenario in scenarios)
    if len(currencies) > 1:
        found.append(
            f"The currencies differ ({', '.join(currencies)}): amounts in them are not subtracted, ranked or drawn "
            "together."
        )
    horizons = sorted({scenario.horizon_years for scenario in scenarios})
    if len(horizons) > 1:
        found.append(
            f"The horizons differ ({', '.join(map(str, horizons))} years): a longer one counts more benefits and "
            "more costs."
        )
    for field, side in SIDES.items():
        stating = [scenario.name for scenario in scenarios if getattr(scenario, field)]
        if 0 < len(stating) < len(scenarios):
            named = ", ".join(f"“{name}”" for name in stating)
            found.append(f"{side.plural} are stated for {named} alone: the others have none.")
    if beliefs := differing_beliefs(scenarios):
        labels = "; ".join(item.label for item in beliefs)
        found.append(f"Beliefs about the world differ ({labels}): that part is no one's to choose.")
    return tuple(found)


def differing_beliefs(scenarios: Sequence[Scenario]) -> tuple[Assumption, ...]:
    """The beliefs about the world that are not the same in all scenarios."""
    beliefs = (item for item in ASSUMPTIONS.values() if item.kind is Kind.BELIEF)
    return tuple(item for item in beliefs if len({scenario.values[item.name] for scenario in scenarios}) > 1)


def best_of(projections: Sequence[Projection]) -> Projection | None:
    """The scenario of the highest net present value among those that can be defended.

    None where none can be, and where they differ in currency or horizon, so that the values measure
    different things.
    """
    if len({(one.scenario.currency, one.scenario.horizon_years) for one in projections}) > 1:
        return None
    sound = (one for one in projections if is_defensible(one.scenario))
    return max(sound, key=lambda one: one.metrics[RESULT] or 0.0, default=None)


# Why they differ


def _cause_of(step: Line) -> Cause:
    """What a step of the value bridge is put down to: what it declares, else itself."""
    if step.cause is not None:
        return step.cause
    meaning = step.meaning.partition("\n\n")[0].removesuffix(".")
    return Cause(step.name, step.label, meaning[:1].lower() + meaning[1:])


_CAUSE_OF: Mapping[str, Cause] = MappingProxyType({name: _cause_of(LINES[name]) for name in BRIDGE})
CAUSES: Mapping[str, Cause] = MappingProxyType({cause.name: cause for cause in _CAUSE_OF.values()})


def worth_by_cause(projection: Projection) -> Mapping[str, float]:
    """What each cause adds to the net present value, after tax, signed; they add up to it.

    Each benefit and cost counts whole where it belongs; what is multiplied by several causes is not shared out.
    So the margin, the tax, the discount rate and the horizon show in every cause, and what the leadership seat
    and, on the media-efficiency route, training do for social revenue shows in social spend.
    """
    worth = dict.fromkeys(CAUSES, 0.0)
    for step, value in projection.bridge.items():
        worth[_CAUSE_OF[step].name] += value
    return worth


def contributions(one: Projection, other: Projection) -> Mapping[str, float]:
    """By how much each cause raises the net present value from one scenario to the other; they add up to the rise.

    Raises ValueError where the scenarios are in different currencies.
    """
    if not comparable(one.scenario, other.scenario):
        raise ValueError(f"no difference between {one.scenario.currency} and {other.scenario.currency}")
    before, after = worth_by_cause(one), worth_by_cause(other)
    return {name: after[name] - before[name] for name in CAUSES}


def shown_by_cause(projection: Projection) -> Mapping[str, Decimal]:
    """As `worth_by_cause`, rounded as tables show it so that the rounded parts add up to the rounded whole.

    What rounding leaves over goes to the largest part. Raises ArithmeticError where more is left over: then a
    part is missing.
    """
    exact = worth_by_cause(projection)
    parts = {name: MONEY.as_shown(value) for name, value in exact.items()}
    left = MONEY.as_shown(projection.metrics[RESULT] or 0.0) - sum(parts.values())
    added = sum(float(abs(projection.lines[step]).sum()) for step in BRIDGE)
    most = (len(parts) + 1) * LEAST_MONEY + _EXACT * added
    if abs(left) > most:
        raise ArithmeticError(f"the causes leave {left} of the net present value unexplained")
    parts[max(exact, key=lambda name: abs(exact[name]))] += left
    return parts


# Which assumptions differ


class Aspect(StrEnum):
    """What of the scenarios differs."""

    VALUE = "value"
    RANGE = "range"
    NOTE = "note"
    PATH = "path"
    CORRELATIONS = "correlations"
    SKILLS = "skills"
    OTHER = "other"
    STAGES = "stages"
    FRAME = "frame"


@dataclass(frozen=True)
class Difference:
    """Something that is not the same in all scenarios; `of` is the assumption it belongs to, if any.

    `values` hold it for each scenario as the scenario does: a value, a Range, a note, a path, correlations, skill
    areas, rows of other amounts, gates; None where there is none.
    """

    aspect: Aspect
    label: str
    values: tuple[Any, ...]
    of: str = ""

    @property
    def title(self) -> str:
        """What differs, in words."""
        return f"{self.label}: {self.aspect}" if self.aspect in (Aspect.RANGE, Aspect.NOTE) else self.label


def differences(scenarios: Sequence[Scenario]) -> tuple[Difference, ...]:
    """All that differs but names and descriptions: frame, assumptions, path, pairs, skills, other amounts, gates."""
    candidates = [
        *(
            # Only the first month can be unset.
            Difference(Aspect.FRAME, label, tuple(getattr(one, field) or "next January" for one in scenarios))
            for field, label in SETTINGS.items()
        ),
        *(item for name in ASSUMPTIONS for item in _of_assumption(name, scenarios)),
        Difference(
            Aspect.PATH, "Social share at each year's end", tuple(one.social_share_path for one in scenarios)
        ),
        Difference(Aspect.CORRELATIONS, "Drawn together", tuple(one.correlations for one in scenarios)),
        Difference(Aspect.SKILLS, "Skill areas", tuple(one.skills for one in scenarios)),
        Difference(Aspect.STAGES, "Gates", tuple(one.stages for one in scenarios)),
        *(
            Difference(Aspect.OTHER, f"{side.label}s", tuple(getattr(one, side.field) for one in scenarios))
            for side in SIDES.values()
        ),
    ]
    return tuple(item for item in candidates if len(set(item.values)) > 1)


def _of_assumption(name: str, scenarios: Sequence[Scenario]) -> list[Difference]:
    """An assumption's values, notes and, where they reach differently, ranges."""
    label = ASSUMPTIONS[name].label
    ranges = tuple(one.effective_ranges.get(name) for one in scenarios)
    same_reach = len({_reach(one, name) for one in scenarios}) == 1
    return [
        Difference(Aspect.VALUE, label, tuple(one.values[name] for one in scenarios), name),
        *([] if same_reach else [Difference(Aspect.RANGE, label, ranges, name)]),
        Difference(Aspect.NOTE, label, tuple(one.notes.get(name) for one in scenarios), name),
    ]


def _reach(scenario: Scenario, name: str) -> tuple[Value | None, ...] | None:
    """A range without its likely value where that is only the scenario's own value, which is told already."""
    known = scenario.effective_ranges.get(name)
    if known is None:
        return None
    likely = None if known.likely == scenario.values[name] else known.likely
    return known.low, likely, known.high, known.distribution


# How often one beats another


def odds_between(one: Simulation, other: Simulation) -> float | None:
    """The part of the draws in which one is worth more than the other, on the same draws.

    None where that means nothing: in different currencies, or drawn otherwise. Against itself it is 0.
    """
    alike = (one.draws, one.seed) == (other.draws, other.seed)
    return odds_better(one, other) if alike and comparable(one.scenario, other.scenario) else None


def odds_table(simulations: Sequence[Simulation]) -> tuple[tuple[float | None, ...], ...]:
    """For each scenario the odds that it beats each of them, itself included."""
    return tuple(tuple(odds_between(one, other) for other in simulations) for one in simulations)
