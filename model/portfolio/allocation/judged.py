"""Splits held against each other on fresh draws: every unit at its share in each of them, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from model.formula import Array
from model.portfolio.block import Failed, UnitTask
from model.portfolio.next_unit import npv_at
from model.portfolio.running.journal import Form
from model.portfolio.shared_beliefs import drawn


@dataclass(frozen=True)
class JudgedTask:
    """Units with the share of each in every split."""

    task: UnitTask
    shares: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Judged:
    """The sum of units' net present values, in the group's currency, shape (splits, draws)."""

    npv: Array
    failed: tuple[Failed, ...] = ()


def judge(wanted: JudgedTask) -> Judged:
    """The sums over the units of a task; one that fails is told."""
    total = _none(wanted)
    for unit, factor, shares in zip(wanted.task.units, wanted.task.factors, wanted.shares, strict=True):
        try:
            npv = npv_at(unit.scenario, drawn(unit.scenario, unit.name, wanted.task.how), shares)
        except Exception as error:
            total = added(total, replace(_none(wanted), failed=(Failed(unit.name, str(error)),)))
            continue
        total = added(total, Judged(factor * npv))
    return total


def added(one: Judged, other: Judged) -> Judged:
    """What came of two tasks."""
    return Judged(one.npv + other.npv, one.failed + other.failed)


def judged_parts(wanted: JudgedTask) -> list[JudgedTask]:
    """A task for each of its units."""
    each = zip(wanted.task.units, wanted.task.factors, wanted.shares, strict=True)
    return [
        JudgedTask(replace(wanted.task, units=(unit,), factors=(factor,)), (shares,))
        for unit, factor, shares in each
    ]


def judged_together(results: Sequence[Judged]) -> Judged:
    """What came of the parts of a task, as one."""
    total = results[0]
    for result in results[1:]:
        total = added(total, result)
    return total


def not_judged(wanted: JudgedTask) -> Judged:
    """A task of which nothing came."""
    failed = tuple(Failed(unit.name, "ended each worker that computed it") for unit in wanted.task.units)
    return replace(_none(wanted), failed=failed)


def _none(wanted: JudgedTask) -> Judged:
    return Judged(np.zeros((len(wanted.shares[0]), wanted.task.how.count)))


def _written(result: Judged) -> tuple[Any, Sequence[Array]]:
    return [asdict(item) for item in result.failed], [result.npv]


def _read(plain: Any, arrays: Sequence[Array]) -> Judged:
    return Judged(arrays[0], tuple(Failed(**item) for item in plain))


JUDGED = Form(_written, _read)
