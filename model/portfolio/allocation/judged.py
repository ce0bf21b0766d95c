"""An allocation held against today's split on fresh draws: every unit at both its shares, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.formula import Array
from model.portfolio.block import Failed, UnitTask
from model.portfolio.next_unit import npv_at
from model.portfolio.shared_beliefs import drawn


@dataclass(frozen=True)
class JudgedTask:
    """Units with the share of each in the allocation; today's is its own."""

    task: UnitTask
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Both:
    """The sum of units' net present values in each draw, in the group's currency: allocated, and as today."""

    allocated: Array
    today: Array
    failed: tuple[Failed, ...] = ()


def judge(wanted: JudgedTask) -> Both:
    """Both sums over the units of a task; one that fails is told."""
    total = _none(wanted)
    for unit, factor, share in zip(wanted.task.units, wanted.task.factors, wanted.shares, strict=True):
        try:
            shares = (share, unit.scenario.number("social_share_target"))
            npv = npv_at(unit.scenario, drawn(unit.scenario, unit.name, wanted.task.how), shares)
        except Exception as error:
            total = both(total, Both(total.allocated * 0, total.today * 0, (Failed(unit.name, str(error)),)))
            continue
        total = both(total, Both(factor * npv[0], factor * npv[1]))
    return total


def both(one: Both, other: Both) -> Both:
    """What came of two tasks."""
    return Both(one.allocated + other.allocated, one.today + other.today, one.failed + other.failed)


def judged_parts(wanted: JudgedTask) -> list[JudgedTask]:
    """A task for each of its units."""
    each = zip(wanted.task.units, wanted.task.factors, wanted.shares, strict=True)
    return [
        JudgedTask(replace(wanted.task, units=(unit,), factors=(factor,)), (share,)) for unit, factor, share in each
    ]


def judged_together(results: Sequence[Both]) -> Both:
    """What came of the parts of a task, as one."""
    total = results[0]
    for result in results[1:]:
        total = both(total, result)
    return total


def not_judged(wanted: JudgedTask) -> Both:
    """A task of which nothing came."""
    failed = tuple(Failed(unit.name, "ended each worker that computed it") for unit in wanted.task.units)
    return replace(_none(wanted), failed=failed)


def _none(wanted: JudgedTask) -> Both:
    return Both(np.zeros(wanted.task.how.count), np.zeros(wanted.task.how.count))
