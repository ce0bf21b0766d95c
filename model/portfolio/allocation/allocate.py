"""One social budget allocated among the units of a group, held against today's split on fresh draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import inf
from types import MappingProxyType

import numpy as np

from model.formula import Array
from model.portfolio.allocation.curves import (
    Curves,
    CurveTask,
    ShareCurve,
    curve_parts,
    curves,
    curves_together,
    no_curves,
)
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.judged import (
    Both,
    JudgedTask,
    both,
    judge,
    judged_parts,
    judged_together,
    not_judged,
)
from model.portfolio.allocation.limits import SplitLimits, Within, check_limits, members
from model.portfolio.allocation.odds import JointDraws, SplitCandidate, best_with_odds, candidates
from model.portfolio.allocation.split import Split, SplitProblem, best_split, earns_beyond, out_of_reach, sum_of
from model.portfolio.block import UNITS_IN_BLOCK, Failed
from model.portfolio.business_unit import Portfolio
from model.portfolio.consolidated import Counted, tasks
from model.portfolio.next_unit import CURVE_DRAWS, SHARE_NAME, lowest_and_highest
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.portfolio.running.pool import Pool, here
from model.portfolio.running.runner import Work, in_order
from model.portfolio.shared_beliefs import Drawing
from model.reading.faults import Fault, Faults, ScenarioError
from model.uncertainty.sampling import MAX_SEED
from model.uncertainty.summaries import standard_error
from model.units import LEAST_MONEY, SHARE, Format

# How often odds that fresh draws miss are asked for more strictly, and by how much of what was missed.
_TRIES = 4
_CAUTION = 1.25
_ROUNDING = 1e-6


@dataclass(frozen=True)
class UnitPart:
    """What one unit gets: share and budget (in the group's currency, over the plan) today and allocated.

    `earns` is what its next money earns there, on average, None where its share is fixed; `bound` says which of its
    limits keeps it from a better share: "least", "most" or nothing; `gaps` are shares between which its returns are
    not concave.
    """

    name: str
    share_today: float
    share: float
    budget_today: float
    budget: float
    earns: float | None
    bound: str
    gaps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Binding:
    """A limit that keeps the group from a better split, and what one unit more of it would earn, where known."""

    name: str
    price: float | None


@dataclass(frozen=True)
class Allocation:
    """The best split found; amounts are the group's, over the plan.

    `worth` is its mean net present value on the draws that were searched, `bound` what no split within the limits
    passes there (odds aside), `overstated` by how much that may lie above what can be had as returns are not concave
    somewhere. `price` is what one more unit of the budget earns. `gain` over today's split, `gain_error` and
    `odds_better` are of fresh draws, as are `odds_of_gain` of the group, allocated and today.
    """

    portfolio: Portfolio
    limits: SplitLimits
    budget: float
    parts: tuple[UnitPart, ...]
    worth: float
    bound: float
    price: float
    bindings: tuple[Binding, ...]
    npv: Array
    npv_today: Array
    failed: tuple[Failed, ...]

    @property
    def unspent(self) -> float:
        """What of the budget no unit earns anything with."""
        return max(0.0, self.budget - sum(part.budget for part in self.parts))

    @property
    def overstated(self) -> float:
        """By how much the bound lies above the split's own worth."""
        return max(0.0, self.bound - self.worth)

    @property
    def gain(self) -> float:
        """What the split is worth above today's on average, on fresh draws."""
        return float((self.npv - self.npv_today).mean())

    @property
    def gain_error(self) -> float:
        """Its sampling error."""
        return float(standard_error(self.npv - self.npv_today))

    @property
    def odds_better(self) -> float:
        """The part of fresh draws in which the split is worth more than today's."""
        return float(np.mean(self.npv - self.npv_today >= LEAST_MONEY))

    @property
    def odds_of_gain(self) -> float:
        """The part of fresh draws in which the group gains with the split."""
        return float(np.mean(self.npv > 0))

    @property
    def odds_today(self) -> float:
        """The same with today's split."""
        return float(np.mean(self.npv_today > 0))


def allocate(
    portfolio: Portfolio,
    limits: SplitLimits,
    how: Drawing,
    pool: Pool | None = None,
    progress: Counted | None = None,
) -> Allocation:
    """The split of a budget with the highest mean net present value within the limits.

    Raises ScenarioError for limits that make no sense, or that no split meets (it names them).
    """
    how = Drawing(how.count, how.seed, portfolio.shared).checked(len(portfolio.units))
    check_limits(portfolio, limits)
    workers, counted = pool or here(), progress or (lambda _done, _of: None)
    found, failed, rows = _all_curves(portfolio, how, workers, counted, joint=limits.least_odds is not None)
    try:
        left = {curve.name for curve in found}
        group = replace(portfolio, units=tuple(unit for unit in portfolio.units if unit.name in left))
        if not found:
            raise ScenarioError(Fault(one.name, one.reason) for one in failed[:100])
        # A unit that failed still counts among those that share beliefs.
        return _search(group, limits, how, found, failed, rows, workers, counted)
    finally:
        rows.close()


def _search(
    group: Portfolio,
    limits: SplitLimits,
    how: Drawing,
    found: tuple[ShareCurve, ...],
    failed: tuple[Failed, ...],
    rows: DrawsOnDisk,
    pool: Pool,
    counted: Counted,
) -> Allocation:
    problem = _problem(group, limits, found)
    split = best_split(problem)
    today = np.array(
        [_today(curve, unit.scenario.number(SHARE_NAME)) for curve, unit in zip(found, group.units, strict=True)]
    )
    fresh = replace(how, seed=(how.seed + 1) % (MAX_SEED + 1))

    def judged(budgets: Array) -> Both:
        shares = tuple(_share(curve, float(budget)) for curve, budget in zip(found, budgets, strict=True))
        return _judged(group, fresh, shares, pool, counted)

    if limits.least_odds is None:
        budgets, both_npv = split.budgets, judged(split.budgets)
    else:
        held = np.array(
            [
                _budget(curve, unit.scenario.number("social_share_start"))
                for curve, unit in zip(found, group.units, strict=True)
            ]
        )
        anchors = [one for one in (today, np.clip(held, problem.least, problem.most)) if _keeps(problem, one)]
        family = candidates(JointDraws(rows, problem), [split.budgets, *anchors])
        budgets, both_npv = _with_odds(family, limits.least_odds, judged)
    return Allocation(
        portfolio=group,
        limits=limits,
        budget=problem.budget,
        parts=tuple(_parts(group, found, problem, budgets, today, split)),
        worth=sum_of(problem.envelopes, budgets),
        bound=split.bound,
        price=split.price,
        bindings=tuple(_bindings(problem, budgets, split, limits)),
        npv=both_npv.allocated,
        npv_today=both_npv.today,
        failed=failed + both_npv.failed,
    )


def _with_odds(
    family: tuple[SplitCandidate, ...], asked: float, judged: Callable[[Array], Both]
) -> tuple[Array, Both]:
    """The best of the family that has the odds on fresh draws as well. Raises ScenarioError where none has."""
    odds = asked
    for _ in range(_TRIES):
        best = best_with_odds(family, odds)
        found = judged(best.budgets)
        missed = asked - float(np.mean(found.allocated > 0))
        if missed <= 0:
            return best.budgets, found
        odds = min(1.0, max(odds, best.odds) + _CAUTION * missed)
    told = f"{Format().rounded(asked, SHARE)} are kept on the draws searched, but not on fresh ones; ask for less"
    raise ScenarioError([Fault("--min-odds", told)])


def _all_curves(
    portfolio: Portfolio, how: Drawing, pool: Pool, counted: Counted, *, joint: bool
) -> tuple[tuple[ShareCurve, ...], tuple[Failed, ...], DrawsOnDisk]:
    """Every unit's curve, what failed, and on the disk the draws of those curves."""
    work: Work[CurveTask, Curves] = Work(curves, curve_parts, curves_together, no_curves)
    found: list[ShareCurve] = []
    failed: list[Failed] = []
    rows = DrawsOnDisk(CURVE_DRAWS)
    for some, lost in in_order(pool, work, (CurveTask(task, joint) for task in tasks(portfolio, how))):
        for curve in some:
            if joint:
                rows.append(curve.draws)
            found.append(replace(curve, draws=np.empty((0, 0))))
        failed += lost
        counted(len(found) + len(failed), len(portfolio.units))
    return tuple(found), tuple(failed), rows


def _judged(group: Portfolio, how: Drawing, shares: tuple[float, ...], pool: Pool, counted: Counted) -> Both:
    """The group on fresh draws, allocated and as today."""
    work: Work[JudgedTask, Both] = Work(judge, judged_parts, judged_together, not_judged)

    def pieces() -> Iterator[JudgedTask]:
        done = 0
        for task in tasks(group, how):
            yield JudgedTask(task, shares[done : done + len(task.units)])
            done += len(task.units)

    total = Both(np.zeros(how.count), np.zeros(how.count))
    for place, block in enumerate(in_order(pool, work, pieces()), start=1):
        total = both(total, block)
        counted(min(place * UNITS_IN_BLOCK, len(group.units)), len(group.units))
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
        if len(places) != 1:
            totals[name] = (places, within)
            continue
        [place] = places
        if within.least > most[place] or within.most < least[place]:
            faults.append(Fault(f"--limit {name}", out_of_reach("the unit", least[place], most[place])))
        least[place], most[place] = max(least[place], within.least), min(most[place], within.most)
    if faults:
        raise ScenarioError(faults)
    targets = [
        _today(curve, unit.scenario.number(SHARE_NAME)) for curve, unit in zip(found, group.units, strict=True)
    ]
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


def _bindings(problem: SplitProblem, budgets: Array, split: Split, limits: SplitLimits) -> Iterator[Binding]:
    if limits.least_odds is not None and not np.array_equal(budgets, split.budgets):
        yield Binding("odds of a gain", None)
        return
    if split.price > _ROUNDING:
        yield Binding("budget", split.price)
    for name in problem.totals:
        if abs(split.prices.get(name, 0.0)) > _ROUNDING:
            yield Binding(name, split.prices[name])
