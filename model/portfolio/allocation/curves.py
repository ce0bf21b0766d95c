"""What each unit is worth at other social shares, on average and in each draw: what an allocation weighs up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from model.formula import Array
from model.portfolio.block import Failed, UnitTask
from model.portfolio.business_unit import BusinessUnit
from model.portfolio.next_unit import CURVE_DRAWS, SHARE_NAME, budgets, can_have, npv_at, varies
from model.portfolio.running.journal import Form
from model.portfolio.shared_beliefs import Drawing, drawn
from model.scenario import Scenario
from model.uncertainty.sampling import draws

# The shares at which every unit is tried, whatever the limits, so that wider ones never give a worse answer; between
# them the worth is taken along the straight line, which lies below a concave curve.
_SHARES = (
    0.001, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.34, 0.38, 0.42,
    0.46, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1.0,
)  # fmt: skip


@dataclass(frozen=True)
class ShareCurve:
    """A unit at the shares it is tried at, ascending: amounts are the group's.

    `budgets` are its social budgets over the plan, `means` its mean net present values; `draws` these in each of a
    few draws, shape (shares, draws), with no draws where nobody asks for odds. A unit whose share is fixed has one.
    """

    name: str
    shares: Array
    budgets: Array
    means: Array
    draws: Array

    @property
    def fixed(self) -> bool:
        """Whether its share cannot be varied."""
        return len(self.shares) == 1


@dataclass(frozen=True)
class CurveTask:
    """Units whose curves are wanted; `joint` where their draws are wanted too, as they come together."""

    task: UnitTask
    joint: bool


Curves = tuple[tuple[ShareCurve, ...], tuple[Failed, ...]]


def curves(wanted: CurveTask) -> Curves:
    """The curve of every unit; one that fails is told."""
    found, failed = [], []
    for unit, factor in zip(wanted.task.units, wanted.task.factors, strict=True):
        try:
            found.append(_curve(unit, factor, wanted.task.how, wanted.joint))
        except Exception as error:
            failed.append(Failed(unit.name, f"cannot be computed: {error}"))
    return tuple(found), tuple(failed)


def tried_shares(scenario: Scenario) -> tuple[float, ...]:
    """The shares at which a unit is tried: those of all, today's and its target, as far as it can have them."""
    target = scenario.number(SHARE_NAME)
    if not varies(scenario):
        return (target,)
    own = {target, scenario.number("social_share_start")}
    return tuple(share for share in sorted({*_SHARES, *own}) if can_have(scenario, share))


def _curve(unit: BusinessUnit, factor: float, how: Drawing, joint: bool) -> ShareCurve:
    shares = tried_shares(unit.scenario)
    few = replace(how, count=CURVE_DRAWS)
    # The mean goes by the unit's own beliefs alone, however these are shared: the evenest points tell it best.
    means = npv_at(unit.scenario, draws(unit.scenario, few.count, few.seed), shares).mean(axis=1)
    together = (
        npv_at(unit.scenario, drawn(unit.scenario, unit.name, few), shares) if joint else np.empty((len(shares), 0))
    )
    money = budgets(unit.scenario, shares)
    return ShareCurve(unit.name, np.array(shares), factor * money, factor * means, factor * together)


def curve_parts(wanted: CurveTask) -> list[CurveTask]:
    """A task for each of its units."""
    each = zip(wanted.task.units, wanted.task.factors, strict=True)
    return [replace(wanted, task=replace(wanted.task, units=(unit,), factors=(factor,))) for unit, factor in each]


def curves_together(results: Sequence[Curves]) -> Curves:
    """What came of the parts of a task, as one."""
    return tuple(one for found, _ in results for one in found), tuple(one for _, lost in results for one in lost)


def no_curves(wanted: CurveTask) -> Curves:
    """A task of which nothing came."""
    return (), tuple(Failed(unit.name, "ended each worker that computed it") for unit in wanted.task.units)


def _written(result: Curves) -> tuple[Any, Sequence[Array]]:
    found, failed = result
    arrays = [array for one in found for array in (one.shares, one.budgets, one.means, one.draws)]
    return [[one.name for one in found], [asdict(item) for item in failed]], arrays


def _read(plain: Any, arrays: Sequence[Array]) -> Curves:
    names, failed = plain
    found = (ShareCurve(name, *arrays[4 * at : 4 * at + 4]) for at, name in enumerate(names))
    return tuple(found), tuple(Failed(**item) for item in failed)


CURVES = Form(_written, _read)
