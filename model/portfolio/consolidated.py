"""The group: every unit projected and drawn, added up in one currency, and who drives what may become of it."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.portfolio.block import UNITS_IN_BLOCK, Failed, UnitOutcome, UnitTask, lost, parts, together, work
from model.portfolio.business_unit import Portfolio
from model.portfolio.checkpoint import Checkpoint, Progressed, Resumed, begin
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.running.pool import Pool, here
from model.portfolio.running.runner import Work, in_order
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault, ScenarioError
from model.uncertainty.simulation import Spread, by_month, spread_of, worst_of

# How many units are done, and of how many.
Counted = Callable[[int, int], None]
# How often at most what was done is kept, in seconds, and at most what part of the time that may take.
_KEPT_EVERY, _KEEPING = 2.0, 0.05
_WORK = Work(work, parts, together, lost)


@dataclass(frozen=True)
class GroupBar:
    """A belief's bar in the tornado: the group's net present value with it at its ends in all units."""

    name: str
    npv_low: float
    npv_high: float

    @property
    def swing(self) -> float:
        """How far the belief moves the group's net present value."""
        return abs(self.npv_high - self.npv_low)


@dataclass(frozen=True)
class Consolidated:
    """The draws of a group, summed up in its currency; nothing in it can be changed.

    `npv` holds the group's net present value in every draw; `fan` the mean and percentiles of its cumulative cash by
    month, shape (1 + percentiles, months), made of the first draws where not all have room. `outcomes` are those of
    the units that came out, `failed` the others; `variance_shares` are by unit its covariance with the group over
    the group's variance, which add up to 1; empty where the group does not vary. `value` is the net present value at
    the likely values.
    """

    portfolio: Portfolio
    how: Drawing
    npv: Array
    fan: Array
    value: float
    bars: tuple[GroupBar, ...]
    outcomes: tuple[UnitOutcome, ...]
    failed: tuple[Failed, ...]
    variance_shares: Mapping[str, float]

    @property
    def spread(self) -> Spread:
        """How the group's net present value is distributed."""
        return spread_of(np.sort(self.npv))

    @property
    def odds_of_gain(self) -> float:
        """Part of the draws in which the group is worth more than holding everywhere."""
        return float(np.mean(self.npv > 0))

    @property
    def expected_shortfall(self) -> float:
        """Mean net present value of the group in the worst tenth of the draws."""
        return float(worst_of(self.npv).mean())

    @property
    def by_next_unit(self) -> tuple[UnitOutcome, ...]:
        """The units by what the next unit of social budget returns, the best first; those that cannot vary last."""
        return tuple(
            sorted(self.outcomes, key=lambda one: (one.next_unit is None, -(one.next_unit or 0.0), one.name))
        )


def consolidate(
    portfolio: Portfolio,
    how: Drawing,
    pool: Pool | None = None,
    progress: Counted | None = None,
    resume: Resumed | None = None,
) -> Consolidated:
    """Project, draw and add up a group: the same to the last digit whoever does it, however often it was stopped.

    `resume` names a file in which the run is kept until that is `done`; where it is there, the run goes on from it.
    Raises ScenarioError for draws out of bounds, for such a file that does not fit, and where no unit comes out.
    """
    how = Drawing(how.count, how.seed, portfolio.shared).checked(len(portfolio.units))
    kept = Checkpoint(resume, run_key(portfolio, how)) if resume else None
    state = kept.load(how, portfolio.months) if kept else begin(how, portfolio.months)
    try:
        _work_through(portfolio, how, pool or here(), state, kept, progress)
        if not state.outcomes:
            raise ScenarioError(Fault(failed.name, failed.reason) for failed in state.failed[:100])
        return _summed_up(portfolio, how, state)
    finally:
        state.draws.close()


def tasks(portfolio: Portfolio, how: Drawing, first: int = 0) -> Iterator[UnitTask]:
    """The units in blocks, from a block on."""
    units = iter(portfolio.units[first * UNITS_IN_BLOCK :])
    while block := tuple(islice(units, UNITS_IN_BLOCK)):
        yield UnitTask(block, tuple(map(portfolio.factor, block)), how, portfolio.months)


def _work_through(
    portfolio: Portfolio,
    how: Drawing,
    pool: Pool,
    state: Progressed,
    kept: Checkpoint | None,
    progress: Counted | None,
) -> None:
    """Add every block that is not there yet; what was done is kept now and then, and where it is broken off."""
    saved, wait = time.monotonic(), _KEPT_EVERY
    try:
        for block in in_order(pool, _WORK, tasks(portfolio, how, state.blocks)):
            state.add(block)
            if progress:
                progress(len(state.outcomes) + len(state.failed), len(portfolio.units))
            if kept and time.monotonic() - saved >= wait:
                begun = time.monotonic()
                kept.save(state)
                saved = time.monotonic()
                wait = max(_KEPT_EVERY, (saved - begun) / _KEEPING)
    finally:
        if kept:
            kept.save(state)


def run_key(portfolio: Portfolio, how: Drawing) -> str:
    """What a run rests on: a file of another one is not gone on with."""
    content = [portfolio.hash, how.count, how.seed, how.correlation, UNITS_IN_BLOCK, *_versions()]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


@cache
def _versions() -> tuple[str, ...]:
    """What computes: the libraries by their versions, the model by its own text, as releases differ."""
    import scipy

    text = hashlib.sha256()
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*.py")):
        text.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return np.__version__, scipy.__version__, text.hexdigest()


def _summed_up(portfolio: Portfolio, how: Drawing, state: Progressed) -> Consolidated:
    bars = (GroupBar(name, state.values + low, state.values + high) for name, (low, high) in state.bars.items())
    fan, _ = by_month([state.cash], portfolio.months)
    for array in (state.npv, fan):
        array.setflags(write=False)
    return Consolidated(
        portfolio=portfolio,
        how=how,
        npv=state.npv,
        fan=fan,
        value=state.values,
        bars=tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name))),
        outcomes=tuple(state.outcomes),
        failed=tuple(state.failed),
        variance_shares=_shares(state.outcomes, state.draws, state.npv),
    )


def _shares(outcomes: list[UnitOutcome], draws: DrawsOnDisk, npv: Array) -> Mapping[str, float]:
    """Each unit's covariance with the group over the group's variance."""
    about = npv - npv.mean()
    variance = float(about @ about)
    if not variance:
        return MappingProxyType({})
    covariances = np.concatenate([block @ about for block in draws.blocks()])
    found = zip(outcomes, covariances, strict=True)
    return MappingProxyType({one.name: one.factor * float(part) / variance for one, part in found})
