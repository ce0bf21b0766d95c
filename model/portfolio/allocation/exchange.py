"""Splits made better by moving money between two units at a time, where returns or odds are not concave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.formula import Array
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.joint import JointDraws, SplitCandidate, between
from model.portfolio.allocation.split import SplitProblem, best_split, room_for, sum_of

Places = NDArray[np.int64]
# Of more units two hardly move the odds of all. Of those that are taken, so many are tried for more, and for less.
MOST_EXCHANGED, _TRIED = 50, 12
# Amounts are halved so often, from half of the widest range on, and a search makes so many moves at most.
_HALVINGS, _MOST_MOVES = 6, 200
_ROUNDING = 1e-9
# How many splits a search may begin from, of how many corners, the fewer of them in each the smaller the last.
_SCATTERED, _CORNERS, _MIXED = 1024, 32, 0.1


@dataclass(frozen=True)
class Exchanges:
    """All moves of an amount from one unit, or from what is unspent, to another, within the limits.

    `values` are each unit's at the places of its envelope, shape (places, draws + 1): its worth in every draw, and
    the mean last.
    """

    problem: SplitProblem
    values: Sequence[Array]

    @classmethod
    def of(cls, joint: JointDraws) -> Exchanges:
        """Those of units with joint draws."""
        return cls(joint.problem, [np.column_stack([own, one.worths]) for one, own in joint.units()])

    @property
    def widest(self) -> float:
        """The widest range that a unit's budget has."""
        return float((self.problem.most - self.problem.least).max())

    def better(self, start: Array, least_odds: float) -> Iterator[SplitCandidate]:
        """Each move's split: those raise the odds up to the least, and from there on the mean at no less odds."""
        here, step = self._candidate(start), self.widest / 2
        for _ in range(_MOST_MOVES if step else 0):
            moved = self._moved(here, step, least_odds)
            if moved is not None:
                here = moved
                yield here
            elif step < self.widest / 2**_HALVINGS:
                return
            else:
                step /= 2

    def _moved(self, here: SplitCandidate, step: float, least_odds: float) -> SplitCandidate | None:
        """The best move of such an amount; None where none makes the split better."""
        now, gets, gives = self._at(here.budgets), *self._may(here.budgets, step)
        changes = [self._at(here.budgets + side) - now for side in (step, -step)]
        # The last place is what is unspent.
        more, less = (np.vstack([change, np.zeros_like(now[:1])]) for change in changes)
        group = now.sum(axis=0)
        # The smaller the amounts, the nearer to the odds themselves is what is raised.
        width = max(float(group[:-1].std()) * step / self.widest, np.finfo(float).tiny)
        raising = here.odds < least_odds

        def worth(sums: Array) -> Array:
            return _about(sums[..., :-1], width) if raising else np.asarray(sums[..., -1])

        to, source = (_first(worth(group + side), may) for side, may in ((more, gets), (less, gives)))
        sums = (group + more[to])[:, np.newaxis] + less[source]
        before, reached = float(worth(group)), worth(sums)
        better = self._allowed(here.budgets, step, to, source) & (
            reached > before + _ROUNDING * max(1.0, abs(before))
        )
        if not raising:
            better &= (sums[..., :-1] > 0).mean(axis=-1) >= least_odds
        if not better.any():
            return None
        best = np.where(better, reached, -np.inf)
        one, other = np.unravel_index(int(best.argmax()), best.shape)
        moves = np.zeros(len(gets))
        moves[to[one]], moves[source[other]] = step, -step
        return self._candidate(np.clip(here.budgets + moves[:-1], self.problem.least, self.problem.most))

    def _may(self, budgets: Array, step: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which units may get and give an amount within their own limits, and that what is unspent may."""
        gets = np.append(budgets + step <= self.problem.most + self._little, True)
        return gets, np.append(budgets - step >= self.problem.least - self._little, True)

    def _allowed(self, budgets: Array, step: float, to: Places, source: Places) -> NDArray[np.bool_]:
        """Which moves keep the limits of all: the unit that gets more along the rows, the other the columns."""
        rows, room = self._limits
        left = room - rows[:, :-1] @ (budgets - self.problem.least) + self._little
        own = step * (rows[:, to, np.newaxis] - rows[:, np.newaxis, source])
        return np.asarray((own <= left[:, np.newaxis, np.newaxis]).all(axis=0) & (to[:, np.newaxis] != source))

    @cached_property
    def _limits(self) -> tuple[Array, Array]:
        rows, room = room_for(self.problem)
        return np.column_stack([rows, np.zeros(len(rows))]), room

    @property
    def _little(self) -> float:
        return _ROUNDING * max(1.0, self.problem.budget)

    def _at(self, budgets: Array) -> Array:
        each = zip(self.problem.envelopes, self.values, budgets[:, np.newaxis], strict=True)
        return np.concatenate([between(one.budgets, own, at) for one, own, at in each])

    def _candidate(self, budgets: Array) -> SplitCandidate:
        group = self._at(budgets).sum(axis=0)
        return SplitCandidate(budgets, float(group[-1]), float((group[:-1] > 0).mean()))


def improved(problem: SplitProblem, best: Array) -> Array:
    """The best split by the envelopes, made better where returns are not concave and units are few."""
    if len(best) > MOST_EXCHANGED or not any(one.gaps for one in problem.envelopes):
        return best
    # The means stand for the only draw.
    means = Exchanges(problem, [np.column_stack([one.worths, one.worths]) for one in problem.envelopes])
    found = [SplitCandidate(best, sum_of(problem.envelopes, best), 0.0), *means.better(best, 0.0)]
    return max(found, key=lambda one: one.worth).budgets


def _about(group: Array, width: float) -> Array:
    """The part of draws above nothing, those about it in part."""
    return np.asarray(np.clip(0.5 + group / (2 * width), 0.0, 1.0).mean(axis=-1))


def _first(worths: Array, may: NDArray[np.bool_]) -> Places:
    """The places that come first by themselves, of those that may, and always the last one."""
    found = np.flatnonzero(may[:-1])
    return np.append(found[np.argsort(-worths[found], kind="stable")[:_TRIED]], len(may) - 1)


def scattered(problem: SplitProblem) -> list[Array]:
    """Splits all over what the limits leave: mixtures of corners, the same for the same limits."""
    random = np.random.default_rng(_CORNERS)
    corners = np.array([_corner(problem, slopes) for slopes in random.normal(size=(_CORNERS, len(problem.least)))])
    return list(random.dirichlet(np.full(_CORNERS, _MIXED), size=_SCATTERED) @ corners)


def _corner(problem: SplitProblem, slopes: Array) -> Array:
    """The best split where all that a unit gets earns the same."""
    ends = [one.budgets[:: max(1, len(one.budgets) - 1)] for one in problem.envelopes]
    lines = tuple(Envelope(end, slope * end) for end, slope in zip(ends, slopes, strict=True))
    return best_split(replace(problem, envelopes=lines)).budgets
