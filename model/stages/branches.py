"""The branches of a plan in stages, worked out by the model's own lines: going on, or stopped at each gate.

Every branch is a run of all draws. Which branch a draw takes is decided by what its gates show of the months so far,
so no draw sees its own future.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.formula import Array
from model.gates.indicators import READ
from model.gates.stage_gate import Below, StageGate
from model.metrics import METRICS
from model.other.amounts import SIDES
from model.projection import Known, inputs_of, lines_behind, rerun, run
from model.scenario import Scenario
from model.uncertainty.sampling import draws
from model.uncertainty.side_by_side import side_by_side

# How long the way back takes.
BACK_MONTHS = 12
_STREAM = 17


@dataclass(frozen=True)
class Branches:
    """All branches of a scenario in each of the draws; nothing in it can be changed.

    `npv[0]` is the net present value of going on to the end and `npv[k]` of stopping at gate k, counted from 1,
    before what measuring costs; shape (1 + gates, S). `true[k]` is what gate k + 1 looks at, `observed[k]` what is
    measured, `paid[k]` what measuring costs there, valued today and after tax; `pocket[k]` the most that the plan
    has been out of pocket by then and `committed[k]` the money paid by then beyond holding; all (gates, S).
    """

    scenario: Scenario
    gates: tuple[StageGate, ...]
    seed: int
    npv: Array
    true: Array
    observed: Array
    paid: Array
    pocket: Array
    committed: Array

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return int(self.npv.shape[1])


def branches(scenario: Scenario, gates: Sequence[StageGate], count: int, seed: int) -> Branches:
    """Every branch of the scenario with these gates, in order of time, in each of the draws.

    The same arguments give the same digits; other thresholds, errors or costs keep the draws and the noise. Raises
    ScenarioError as `model.uncertainty.sampling.draws` does.
    """
    needed = lines_behind(frozenset({"npv"}), frozenset({*READ, "commitment"}))
    certain = inputs_of(scenario)

    def worked(block: tuple[int, Mapping[str, Array]]) -> tuple[Array, ...]:
        size, drawn = block
        return _block(run(certain | dict(drawn), needed), gates, size)

    parts = tuple(zip(*side_by_side(worked, draws(scenario, count, seed)), strict=True))
    npv, true, deviation, paid, pocket, committed = (np.concatenate(part, axis=1) for part in parts)
    noise = np.array([_noise(gate, count, seed) for gate in gates]).reshape(len(gates), count)
    observed = true + deviation * noise
    found = Branches(scenario, tuple(gates), seed, npv, true, observed, paid, pocket, committed)
    for array in (npv, true, observed, paid, pocket, committed):
        array.setflags(write=False)
    return found


def _noise(gate: StageGate, count: int, seed: int) -> Array:
    """Standard normal errors of a gate's measurement, the same whatever its threshold, error and cost."""
    stream = np.random.default_rng([_STREAM, seed, gate.month])
    return stream.standard_normal(count)


def _block(known: Known, gates: Sequence[StageGate], size: int) -> tuple[Array, ...]:
    """What `Branches` holds of a block of draws, and one standard deviation of the errors."""

    def rows(values: Sequence[Array]) -> Array:
        return np.array([np.broadcast_to(one, (size,)) for one in values], dtype=float).reshape(len(values), size)

    npv = [METRICS["npv"].compute(one)[:, 0] for one in (known, *(stopped(known, gate) for gate in gates))]
    cash = np.cumsum(np.atleast_2d(known["net_cash"]), axis=-1)
    spent = np.cumsum(np.atleast_2d(known["commitment"]), axis=-1)
    return (
        rows(npv),
        rows([gate.looks_at.value(known, gate.month) for gate in gates]),
        rows([gate.looks_at.deviation(known, gate.month, gate.deviation) for gate in gates]),
        rows([_paid(known, gate) for gate in gates]),
        rows([np.maximum(0, -cash[:, : gate.month].min(axis=-1)) for gate in gates]),
        rows([spent[:, gate.month - 1] for gate in gates]),
    )


def _paid(known: Known, gate: StageGate) -> Array:
    """What measuring costs at a gate, valued today and after tax."""
    factor = np.atleast_2d(known["discount_factor"])[:, gate.month - 1]
    kept = 1 - np.asarray(known["tax_rate"])[:, 0]
    paid: Array = gate.price * kept * factor
    return paid


def stopped(known: Known, gate: StageGate) -> Known:
    """The run of a plan that stops at a gate: the months up to it as they were, the rest by the branch.

    Share and team stay or go back evenly; the programme ends; what the scenario states in rows of its own ends with
    the way back, and goes on where the share is held.
    """
    return rerun(known, _changes(known, gate), towards="present_value")


def _changes(known: Known, gate: StageGate) -> dict[str, Any]:
    month = known["t"]
    before = month <= gate.month
    left: Array = np.ones_like(month)
    if gate.below is Below.BACK:
        left = np.clip(1 - (month - gate.month) / BACK_MONTHS, 0, 1)
    rise, team, start = (np.atleast_2d(known[name]) for name in ("planned_rise", "team", "team_start"))
    place = slice(gate.month - 1, gate.month)
    changes: dict[str, Any] = {
        "planned_rise": np.where(before, rise, rise[:, place] * left),
        "team": np.where(before, team, start + (team[:, place] - start) * left),
        **{name: known[name] * before for name in ("programme_active", "support_active")},
    }
    if gate.below is Below.BACK:
        changes |= {name: known[name] * before for name in SIDES}
    return changes
