"""What a worker does: some units projected, drawn and added up. Everything in it can go to another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.formula import Array
from model.metrics import METRICS
from model.portfolio.business_unit import BusinessUnit
from model.portfolio.next_unit import next_unit
from model.portfolio.shared_beliefs import Drawing, drawn
from model.projection import appraise, inputs_of, lines_behind, project, run
from model.scenario import Scenario
from model.telling.caveats import caveats
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import BAND_DRAWS, Spread, spread_of, worst_of

# Results are added up in blocks of so many units whoever works on them: sums then are equal to the last digit.
UNITS_IN_BLOCK = 8
CASH = "cumulative_cash"


@dataclass(frozen=True)
class UnitTask:
    """Units to be worked on: each with what its amounts are multiplied by, the draws, and the group's months."""

    units: tuple[BusinessUnit, ...]
    factors: tuple[float, ...]
    how: Drawing
    months: int


@dataclass(frozen=True)
class UnitOutcome:
    """What came of one unit, its amounts in its own currency.

    `npv` is how its net present value is distributed, `deviation` its standard deviation, `odds` the part of the
    draws with a gain, `shortfall` the mean of the worst tenth; `cash` its mean cumulative cash by month; `next_unit`
    what the next unit of social budget adds to the mean, None where its share cannot be varied; `caveats` what must
    be said beside its numbers. `factor` makes its amounts those of the group.
    """

    name: str
    factor: float
    npv: Spread
    deviation: float
    odds: float
    shortfall: float
    next_unit: float | None
    cash: tuple[float, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Failed:
    """A unit that could not be worked on, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Worked:
    """What came of a task: sums over its units in the group's currency, and each unit's own figures and draws.

    `npv` has shape (draws,), `cash` (first draws, months); `values` is what the units are worth at the likely
    values, `bars` by belief what its low and high end change of that; `draws` (units that came out, draws) are each
    unit's net present value.
    """

    npv: Array
    cash: Array
    values: float
    bars: Mapping[str, tuple[float, float]]
    outcomes: tuple[UnitOutcome, ...]
    failed: tuple[Failed, ...]
    draws: Array


def nothing(how: Drawing, months: int) -> Worked:
    """What comes of no units."""
    cash = np.zeros((min(how.count, BAND_DRAWS), months))
    return Worked(np.zeros(how.count), cash, 0.0, {}, (), (), np.empty((0, how.count)))


def added(one: Worked, other: Worked) -> Worked:
    """What came of two tasks, the first first."""
    bars = {
        name: tuple(
            a + b for a, b in zip(one.bars.get(name, (0.0, 0.0)), other.bars.get(name, (0.0, 0.0)), strict=True)
        )
        for name in dict.fromkeys((*one.bars, *other.bars))
    }
    return Worked(
        one.npv + other.npv,
        one.cash + other.cash,
        one.values + other.values,
        bars,  # type: ignore[arg-type]
        one.outcomes + other.outcomes,
        one.failed + other.failed,
        np.concatenate([one.draws, other.draws]),
    )


def work(task: UnitTask) -> Worked:
    """Every unit of a task; one that fails is told and leaves the sums as they were."""
    total = nothing(task.how, task.months)
    for unit, factor in zip(task.units, task.factors, strict=True):
        try:
            total = added(total, _unit(unit, factor, task))
        except Exception as error:
            total = added(total, lost(replace(task, units=(unit,)), _reason(error)))
    return total


def parts(task: UnitTask) -> list[UnitTask]:
    """A task for each of its units."""
    each = zip(task.units, task.factors, strict=True)
    return [replace(task, units=(unit,), factors=(factor,)) for unit, factor in each]


def together(results: Sequence[Worked]) -> Worked:
    """What came of the parts of a task, as if it had been done as one."""
    total = results[0]
    for result in results[1:]:
        total = added(total, result)
    return total


def lost(task: UnitTask, reason: str = "ended each worker that computed it: it may need more memory") -> Worked:
    """A task of which nothing came."""
    failed = tuple(Failed(unit.name, reason) for unit in task.units)
    return replace(nothing(task.how, task.months), failed=failed)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else f"cannot be computed: {type(error).__name__}: {error}"


def _unit(unit: BusinessUnit, factor: float, task: UnitTask) -> Worked:
    npv, cash = _simulated(unit.scenario, unit.name, task.how)
    if not (np.isfinite(npv).all() and np.isfinite(cash).all()):
        raise ValueError("its net present value is no finite number in some draws")
    value, bars = _tornado(unit.scenario)
    outcome = UnitOutcome(
        name=unit.name,
        factor=factor,
        npv=spread_of(np.sort(npv)),
        deviation=float(npv.std()),
        odds=float(np.mean(npv > 0)),
        shortfall=float(worst_of(npv).mean()),
        next_unit=next_unit(unit.scenario, task.how.seed),
        cash=tuple(cash.mean(axis=0).tolist()),
        caveats=caveats(project(unit.scenario)),
    )
    # After its horizon a unit keeps what it has and adds nothing.
    longer = np.pad(cash, ((0, 0), (0, task.months - cash.shape[1])), mode="edge")
    moved = {name: (factor * low, factor * high) for name, (low, high) in bars.items()}
    return Worked(factor * npv, factor * longer, factor * value, moved, (outcome,), (), npv[np.newaxis])


def _simulated(scenario: Scenario, name: str, how: Drawing) -> tuple[Array, Array]:
    """A unit's net present value in each draw, and its cumulative cash in the first, (draws, months)."""
    certain, needed = inputs_of(scenario), lines_behind(frozenset({"npv"}), frozenset({CASH}))
    npv = np.empty(how.count)
    cash = np.empty((min(how.count, BAND_DRAWS), certain["t"].shape[-1]))
    done = 0
    for size, values in drawn(scenario, name, how):
        known = run(certain | dict(values), needed)
        figures, _ = appraise(known, ("npv",))
        npv[done : done + size] = np.broadcast_to(figures["npv"], (size, 1))[:, 0]
        # Those beyond the first draws are left out.
        cash[done : done + size] = np.broadcast_to(known[CASH], (size, cash.shape[1]))[: max(0, len(cash) - done)]
        done += size
    return npv, cash


def _tornado(scenario: Scenario) -> tuple[float, dict[str, tuple[float, float]]]:
    """The net present value at the likely values, and what each belief's ends change of it."""
    value = float(METRICS["npv"].compute(run(inputs_of(scenario), lines_behind(frozenset({"npv"})))).item())
    return value, {bar.name: (bar.npv_low - value, bar.npv_high - value) for bar in tornado(scenario)}
