"""The worth of all units together in each of a few draws, at any split: what the odds of a split are counted in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.formula import Array
from model.portfolio.allocation.envelope import Envelope
from model.portfolio.allocation.split import SplitProblem, sum_of
from model.portfolio.running.draws_on_disk import DrawsOnDisk


@dataclass(frozen=True)
class SplitCandidate:
    """A split with its mean worth and its odds of a gain on the draws that were searched."""

    budgets: Array
    worth: float
    odds: float


@dataclass(frozen=True)
class JointDraws:
    """The worth of every unit at the places of its curve in each of a few draws, one unit after the other."""

    rows: DrawsOnDisk
    problem: SplitProblem

    def groups(self, splits: Sequence[Array]) -> Array:
        """The group's worth, shape (splits, draws), along straight lines between the places."""
        total: Array | float = 0.0
        budgets = np.array(splits)
        for place, (envelope, own) in enumerate(self.units()):
            total = total + between(envelope.budgets, own, budgets[:, place])
        return np.asarray(total, dtype=float)

    def candidates(self, splits: Sequence[Array]) -> list[SplitCandidate]:
        """The splits with their worths and odds."""
        odds = (self.groups(splits) > 0).mean(axis=1).tolist()
        worths = (sum_of(self.problem.envelopes, budgets) for budgets in splits)
        return [SplitCandidate(*found) for found in zip(splits, worths, odds, strict=True)]

    def reweighted(self, weights: Array) -> SplitProblem:
        """The problem with every unit's worth as the mean over draws that count so much."""
        envelopes = tuple(Envelope(one.budgets, own @ weights) for one, own in self.units())
        return replace(self.problem, envelopes=envelopes)

    def units(self) -> Iterator[tuple[Envelope, Array]]:
        """Each unit's envelope with its worth at the places of it, shape (places, draws)."""
        left, blocks = np.empty((0, 0)), self.rows.blocks()
        for envelope in self.problem.envelopes:
            need = len(envelope.budgets)
            while len(left) < need:
                block = next(blocks)
                left = np.concatenate([left, block]) if len(left) else block
            yield envelope, left[:need]
            left = left[need:]


def between(places: Array, values: Array, at: Array) -> Array:
    """Rows of values known at ascending places, shape (places, columns), at others along straight lines."""
    index = np.interp(at, places, np.arange(len(places)))
    below = np.minimum(index.astype(int), len(places) - 1)
    above = np.minimum(below + 1, len(places) - 1)
    return np.asarray(values[below] + (index - below)[:, np.newaxis] * (values[above] - values[below]), dtype=float)
