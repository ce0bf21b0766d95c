"""One social budget allocated among the units of a group, held against today's split on fresh draws."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.portfolio.allocation.curves import (
    CURVES,
    Curves,
    CurveTask,
    ShareCurve,
    curve_parts,
    curves,
    curves_together,
    no_curves,
)
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.exchange import improved
from model.portfolio.allocation.joint import JointDraws
from model.portfolio.allocation.judged import (
    JUDGED,
    Judged,
    JudgedTask,
    added,
    judge,
    judged_parts,
    judged_together,
    not_judged,
)
from model.portfolio.allocation.limits import SplitLimits, Within, check_limits, members
from model.portfolio.allocation.odds import ladder, with_odds
from model.portfolio.allocation.result import Allocation, Binding, UnitPart
from model.portfolio.allocation.split import Split, SplitProblem, best_split, earns_beyond, out_of_reach, sum_of
from model.portfolio.block import UNITS_IN_BLOCK, Failed
from model.portfolio.business_unit import Portfolio
from model.portfolio.checkpoint import Resumed
from model.portfolio.consolidated import Counted, run_key, tasks
from model.portfolio.next_unit import CURVE_DRAWS, SHARE_NAME, lowest_and_highest
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.running.journal import Journal, remembered
from model.portfolio.running.pool import Pool, here
from model.portfolio.running.runner import Work
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault, Faults, ScenarioError
from model.uncertainty.sampling import MAX_SEED

_ROUNDING = 1e-6


def allocate(
    portfolio: Portfolio,
    limits: SplitLimits,
    how: Drawing,
    pool: Pool | None = None,
    progress: Counted | None = None,
    resume: Resumed | None = None,
    lost: Sequence[Failed] = (),
) -> Allocation:
    """The split of a budget with the highest mean net present value within the limits.

    `resume` keeps what was done on the way, and goes on from it. The units of `lost`, which failed already, stay as
    they are today and are left out of the split, as are those that fail here. Raises ScenarioError for limits that
    make no sense, or that no split meets (it names them), and for a kept run that does not fit.
    """
    how = Drawing(how.count, how.seed, portfolio.shared).checked(len(portfolio.units))
    check_limits(portfolio, limits)
    journal = Journal(resume.split, run_key(portfolio, how)) if resume else None
    doing = _Doing(how, pool or here(), progress or (lambda _done, _of: None), journal)
    try:
        left_out = {one.name for one in lost}
        # A unit that failed still counts among those that share beliefs.
        tried = replace(portfolio, units=tuple(unit for unit in portfolio.units if unit.name not in left_out))
        found, failed, rows = _all_curves(tried, doing, joint=limits.least_odds is not None)
        try:
            if not found:
                raise ScenarioError(Fault(one.name, one.reason) for one in failed[:100])
            left = {curve.name for curve in found}
            group = replace(portfolio, units=tuple(unit for unit in portfolio.units if unit.name in left))
            return _search(group, limits, doing, found, (*lost, *failed), rows)
        finally:
            rows.close()
    finally:
        if journal:
            journal.close()


@dataclass(frozen=True)
class _Doing:
    """How work is done: the draws, by whom, who is told of it, and where it is kept."""

    how: Drawing
    pool: Pool
    counted: Counted
    journal: Journal | None

    @property
    def fresh(self) -> Drawing:
        """The draws that a split is judged by: others than it was found on."""
        return replace(self.how, seed=(self.how.seed + 1) % (MAX_SEED + 1))


def _search(
    group: Portfolio,
    limits: SplitLimits,
    doing: _Doing,
    found: tuple[ShareCurve, ...],
    failed: tuple[Failed, ...],
    rows: DrawsOnDisk,
) -> Allocation:
    problem = _problem(group, limits, found)
    split = best_split(problem)
    best = improved(problem, split.budgets)
    today = _at_shares(group, found, SHARE_NAME, _today)
    seen: list[Judged] = []

    def judged(splits: Sequence[Array]) -> Array:
        seen.append(_judged(group, found, [today, *splits], doing))
        return seen[-1].npv[1:]

    if limits.least_odds is None:
        budgets, npv = best, judged([best])[0]
    else:
        held = np.clip(_at_shares(group, found, "social_share_start", _budget), problem.least, problem.most)
        anchors = [one for one in (today, held) if _keeps(problem, one)]
        budgets, npv = with_odds(ladder(JointDraws(rows, problem), [best, *anchors]), limits.least_odds, judged)
    return Allocation(
        portfolio=group,
        limits=limits,
        budget=problem.budget,
        parts=tuple(_parts(group, found, problem, budgets, today, split)),
        worth=sum_of(problem.envelopes, budgets),
        bound=split.bound,
        price=split.price,
        bindings=tuple(_bindings(problem, budgets, best, split)),
        npv=npv,
        npv_today=seen[0].npv[0],
        failed=failed + tuple(dict.fromkeys(one for result in seen for one in result.failed)),
    )


def _at_shares(
    group: Portfolio, found: tuple[ShareCurve, ...], name: str, budget: Callable[[ShareCurve, float], float]
) -> Array:
    """The budgets that the units' own shares of this name take."""
    each = zip(found, group.units, strict=True)
    return np.array([budget(curve, unit.scenario.number(name)) for curve, unit in each])


def _all_curves(
    portfolio: Portfolio, doing: _Doing, *, joint: bool
) -> tuple[tuple[ShareCurve, ...], tuple[Failed, ...], DrawsOnDisk]:
    """Every unit's curve, what failed, and on the disk the draws of those curves."""
    work: Work[CurveTask, Curves] = Work(curves, curve_parts, curves_together, no_curves)
    found: list[ShareCurve] = []
    failed: list[Failed] = []
    rows = DrawsOnDisk(CURVE_DRAWS)
    pieces = (CurveTask(task, joint) for task in tasks(portfolio, doing.how))
    names = hashlib.sha256(json.dumps([unit.name for unit in portfolio.units]).encode()).hexdigest()
    stage = f"curves{', joint' if joint else ''} {names}"
    for some, lost in remembered(doing.journal, stage, doing.pool, work, CURVES, pieces):
        for curve in some:
            if joint:
                rows.append(curve.draws)
            found.append(replace(curve, draws=np.empty((0, 0))))
        failed += lost
        doing.counted(len(found) + len(failed), len(portfolio.units))
    return tuple(found), tuple(failed), rows


def _judged(group: Portfolio, found: tuple[ShareCurve, ...], splits: Sequence[Array], doing: _Doing) -> Judged:
    """The group on fresh draws, split in several ways."""
    work: Work[JudgedTask, Judged] = Work(judge, judged_parts, judged_together, not_judged)
    shares = np.array([[_share(curve, at) for curve, at in zip(found, split, strict=True)] for split in splits])

    def pieces() -> Iterator[JudgedTask]:
        done = 0
        for task in tasks(group, doing.fresh):
            own = shares[:, done : done + len(task.units)].T.tolist()
            yield JudgedTask(task, tuple(map(tuple, own)))
            done += len(task.units)

    total = Judged(np.zeros((len(splits), doing.how.count)))
    stage = f"judged {hashlib.sha256(shares.tobytes()).hexdigest()}"
    for place, block in enumerate(remembered(doing.journal, stage, doing.pool, work, JUDGED, pieces()), start=1):
        total = added(total, block)
        doing.counted(min(place * UNITS_IN_BLOCK, len(group.units)), len(group.units))
    return total


def _problem(group: Portfolio, limits: SplitLimits, found: tuple[ShareCurve, ...]) -> SplitProblem:
    """The linear program of a group: totals of a single unit are its own least and most."""
    low, high = lowest_and_highest()
    least, most = [], []
    for curve, unit in zip(found, group.units, strict=True):
        sides = (low if unit.least_share is None else unit.least_share), unit.most_share or high
        ends = [float(np.clip(_budget(curve, share), curve.budgets[0], curve.budgets[-1])) for share in sides]
        least.append(ends[0])
        most.append(ends[1])
    totals: dict[str, tuple[tuple[int, ...], Within]] = {}
    faults = Faults()
    for name, within in limits.totals.items():
        places = members(group, name)
        if not places:
            # All that it is about failed.
            continue
        if len(places) > 1:
            totals[name] = (places, within)
            continue
        [place] = places
        if within.least > most[place] or within.most < least[place]:
            faults.append(Fault(f"--limit {name}", out_of_reach("the unit", least[place], most[place])))
        least[place], most[place] = max(least[place], within.least), min(most[place], within.most)
    if faults:
        raise ScenarioError(faults)
    targets = _at_shares(group, found, SHARE_NAME, _today).tolist()
    budget = float(sum(targets)) if limits.budget is None else limits.budget
    envelopes = tuple(Envelope(curve.budgets, curve.means) for curve in found)
    return SplitProblem(envelopes, np.array(least), np.array(most), budget, MappingProxyType(totals))


def _keeps(problem: SplitProblem, budgets: Array) -> bool:
    """Whether a split keeps all limits but that of odds."""
    little = _ROUNDING * max(1.0, problem.budget)
    own = bool((budgets >= problem.least - little).all() and (budgets <= problem.most + little).all())
    sums = ((float(budgets[list(places)].sum()), within) for places, within in problem.totals.values())
    return (
        own
        and float(budgets.sum()) <= problem.budget + little
        and all(within.least - little <= total <= within.most + little for total, within in sums)
    )


def _budget(curve: ShareCurve, share: float) -> float:
    """The budget of a share: along the straight line that budgets are."""
    if curve.fixed:
        return float(curve.budgets[0])
    slope = (curve.budgets[-1] - curve.budgets[0]) / (curve.shares[-1] - curve.shares[0])
    return float(curve.budgets[0] + slope * (share - curve.shares[0]))


def _today(curve: ShareCurve, share: float) -> float:
    """The budget that a unit's own target takes."""
    return float(curve.budgets[int(np.argmin(np.abs(curve.shares - share)))])


def _share(curve: ShareCurve, budget: float) -> float:
    """The share that takes a budget; a share it was tried at where it is that."""
    return float(np.interp(budget, curve.budgets, curve.shares))


def _parts(
    group: Portfolio,
    found: tuple[ShareCurve, ...],
    problem: SplitProblem,
    budgets: Array,
    today: Array,
    split: Split,
) -> Iterator[UnitPart]:
    charged = _charged(problem, split)
    for place, (curve, unit) in enumerate(zip(found, group.units, strict=True)):
        envelope, budget = problem.envelopes[place], float(budgets[place])
        last, following = earns_beyond(envelope, budget)
        little = _ROUNDING * max(1.0, float(np.ptp(curve.budgets)))
        at_most = budget > problem.most[place] - little and following > charged[place] + _ROUNDING
        at_least = budget < problem.least[place] + little and last < charged[place] - _ROUNDING
        shares = curve.shares
        yield UnitPart(
            name=curve.name,
            share_today=unit.scenario.number(SHARE_NAME),
            share=_share(curve, budget),
            budget_today=float(today[place]),
            budget=budget,
            earns=None if curve.fixed else float(following if following > -inf else last),
            bound="" if curve.fixed else "most" if at_most else "least" if at_least else "",
            gaps=tuple((float(shares[one]), float(shares[other])) for one, other in envelope.gaps),
        )


def _charged(problem: SplitProblem, split: Split) -> Array:
    """What each unit's next money must earn: the price of the budget and of the totals that it is in."""
    charged = np.full(len(problem.envelopes), split.price)
    for name, (places, _) in problem.totals.items():
        charged[list(places)] += split.prices.get(name, 0.0)
    return charged


def _bindings(problem: SplitProblem, budgets: Array, best: Array, split: Split) -> Iterator[Binding]:
    if not np.array_equal(budgets, best):
        yield Binding("odds of a gain", None)
        return
    if split.price > _ROUNDING:
        yield Binding("budget", split.price)
    for name in problem.totals:
        if abs(split.prices.get(name, 0.0)) > _ROUNDING:
            yield Binding(name, split.prices[name])
