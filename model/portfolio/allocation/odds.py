"""Splits that trade some of the mean for better odds of a gain: a family that is the same whatever odds are asked.

The odds are no concave function, so that no program proves their best. Each split of the family is the best one
where the draws in which the group about breaks even count for more: what helps there lifts the odds. Of them, and of
mixtures of them, the one with the highest mean that reaches the odds is taken: lower odds asked never give a
worse answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.formula import Array
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.split import SplitProblem, best_split, sum_of
from model.portfolio.running.draws_on_disk import DrawsOnDisk
from model.reading.faults import Fault, ScenarioError
from model.units import SHARE, Format

# How much more than the mean the break-even draws count, and how often each is looked at again from its own split.
_STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0)
_LOOKS = 3
_BETWEEN = np.linspace(0, 1, 9)[1:-1]


@dataclass(frozen=True)
class JointDraws:
    """The worth of every unit at the places of its curve in each of a few draws, one unit after the other."""

    rows: DrawsOnDisk
    problem: SplitProblem

    def group(self, budgets: Array) -> Array:
        """The group's worth in each draw at these budgets, along straight lines between the places."""
        total: Array | float = 0.0
        for envelope, own, budget in self._units(budgets):
            places = np.arange(len(envelope.budgets))
            at = float(np.interp(budget, envelope.budgets, places))
            below = min(int(at), len(own) - 1)
            above = min(below + 1, len(own) - 1)
            total = total + (own[below] + (at - below) * (own[above] - own[below]))
        return np.asarray(total, dtype=float)

    def reweighted(self, weights: Array) -> SplitProblem:
        """The problem with every unit's worth as the mean over draws that count so much."""
        envelopes = tuple(
            Envelope(one.budgets, own @ weights)
            for one, own, _ in self._units(np.zeros(len(self.problem.envelopes)))
        )
        return replace(self.problem, envelopes=envelopes)

    def _units(self, budgets: Array) -> Iterator[tuple[Envelope, Array, float]]:
        left, blocks = np.empty((0, 0)), self.rows.blocks()
        for envelope, budget in zip(self.problem.envelopes, budgets, strict=True):
            need = len(envelope.budgets)
            while len(left) < need:
                block = next(blocks)
                left = np.concatenate([left, block]) if len(left) else block
            yield envelope, left[:need], float(budget)
            left = left[need:]


@dataclass(frozen=True)
class SplitCandidate:
    """A split with its mean worth and its odds of a gain on the draws that were searched."""

    budgets: Array
    worth: float
    odds: float


def candidates(joint: JointDraws, first: Sequence[Array]) -> tuple[SplitCandidate, ...]:
    """The family, from the best split by the mean on, the first of `first`; the others keep the limits too.

    Those others are what is mixed with each split that is found.
    """
    best, *anchors = first
    found, here = [best], best
    for strength in _STRENGTHS:
        for _ in range(_LOOKS):
            before, here = here, best_split(joint.reweighted(_weights(joint.group(here), strength))).budgets
            if np.array_equal(before, here):
                break
            found += [before + part * (here - before) for part in (*_BETWEEN, 1.0)]
    corners = found[:: len(_BETWEEN) + 1]
    found += [one + part * (anchor - one) for anchor in anchors for one in corners for part in (*_BETWEEN, 1.0)]
    return tuple(_candidate(joint, budgets) for budgets in found)


def best_with_odds(found: Sequence[SplitCandidate], odds: float) -> SplitCandidate:
    """The candidate with the highest mean that has such odds of a gain. Raises ScenarioError where none has."""
    reach = [one for one in found if one.odds >= odds]
    if reach:
        return max(reach, key=lambda one: one.worth)
    text = Format()
    asked, nearest = text.plain(odds, SHARE), text.rounded(max(one.odds for one in found), SHARE)
    mend = "ask for less, raise the budget or loosen a limit"
    told = f"{asked} are reached by no split that was found; the nearest any comes is {nearest}; {mend}"
    raise ScenarioError([Fault("--min-odds", told)])


def _weights(group: Array, strength: float) -> Array:
    """How much each draw counts: the more, the nearer the group is to nothing; a normal kernel's usual width."""
    width = max(float(group.std()) * len(group) ** -0.2, np.finfo(float).tiny)
    near = np.exp(-0.5 * np.minimum((group / width) ** 2, 1400))
    mean = float(near.mean())
    return np.asarray((1 + strength * (near / mean if mean else near)) / len(group), dtype=float)


def _candidate(joint: JointDraws, budgets: Array) -> SplitCandidate:
    return SplitCandidate(
        budgets, sum_of(joint.problem.envelopes, budgets), float(np.mean(joint.group(budgets) > 0))
    )
