"""Which thresholds serve an aim best, and what becomes of each draw: pure functions of what is seen and what is won.

A policy is a threshold for each gate; a draw stops at the first gate where what is seen lies below. `NEVER` looks at
nothing and goes on; `ALWAYS` stops whatever is seen. With one or two gates the search is exact: it tries every
threshold that parts the draws otherwise. With more it improves one threshold at a time from several starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from model.choice.aims import Aim
from model.formula import Array

NEVER, ALWAYS = float("-inf"), float("inf")
AIMS = (Aim.EXPECTED_NPV, Aim.ODDS_OF_GAIN, Aim.P10_NPV)
_WORST = 0.10
Policy = tuple[float, ...]
Ends = npt.NDArray[np.intp]
# What a draw's result counts for, the results going along as the last axis.
Utility = Callable[[Array], Array]


def ends(observed: Array, policy: Sequence[float]) -> Ends:
    """Where each draw ends, `(S,)`: 0 where it goes on, k where it stops at gate k, counted from 1.

    `observed` is of shape (gates, S).
    """
    end = np.zeros(observed.shape[1], dtype=np.intp)
    for gate, (seen, threshold) in enumerate(zip(observed, policy, strict=True), start=1):
        end[(end == 0) & (seen < threshold)] = gate
    return end


def worths(npv: Array, paid: Array, policy: Sequence[float]) -> Array:
    """What each end is worth in each draw, `(1 + gates, S)`, less what was measured on the way there.

    Nothing is measured at a gate that decides the same whatever is seen.
    """
    looks = np.isfinite(np.array(policy)).reshape(-1, 1)
    so_far = np.cumsum(paid * looks, axis=0)
    return np.concatenate([npv[:1] - (so_far[-1:] if len(paid) else 0.0), npv[1:] - so_far])


def results(npv: Array, paid: Array, observed: Array, policy: Sequence[float]) -> Array:
    """The net present value of each draw under a policy, `(S,)`."""
    worth = worths(npv, paid, policy)
    found: Array = worth[ends(observed, policy), np.arange(worth.shape[1])]
    return found


def served(values: Array, aim: Aim) -> float:
    """How well results of draws serve an aim; more is better."""
    if aim is Aim.EXPECTED_NPV:
        return float(values.mean())
    if aim is Aim.ODDS_OF_GAIN:
        return float(np.mean(values > 0))
    return float(np.quantile(values, _WORST))


def unseeing(gates: int) -> Iterator[Policy]:
    """The policies that look at nothing: going on, or stopping at one of the gates."""
    yield (NEVER,) * gates
    for gate in range(gates):
        yield tuple(ALWAYS if place == gate else NEVER for place in range(gates))


def best_policy(npv: Array, paid: Array, observed: Array, aim: Aim) -> Policy:
    """The policy that serves an aim best on these draws; the first in order of looking at less among equals."""
    gates = len(observed)
    found = list(unseeing(gates))
    sighted = filter(any, product((False, True), repeat=gates))
    found += [_with_looks(npv, paid, observed, looks, aim) for looks in sighted]
    values = [served(results(npv, paid, observed, policy), aim) for policy in found]
    return found[int(np.argmax(values))]


def _with_looks(npv: Array, paid: Array, observed: Array, looks: Sequence[bool], aim: Aim) -> Policy:
    """The best policy that looks at these gates alone."""
    at = [place for place, look in enumerate(looks) if look]
    worth = worths(npv, paid, [0.0 if look else NEVER for look in looks])
    part = _best(worth[[0, *(place + 1 for place in at)]], observed[at], aim)
    thresholds = dict(zip(at, part, strict=True))
    return tuple(thresholds.get(place, NEVER) for place in range(len(looks)))


def _best(worth: Array, observed: Array, aim: Aim) -> Policy:
    """The best thresholds for what the ends are worth."""
    if aim is Aim.EXPECTED_NPV:
        return _adding(worth, observed)
    if aim is Aim.ODDS_OF_GAIN:
        return _adding(np.where(worth > 0, 1.0, 0.0), observed)
    return _lowest_tenth(worth, observed)


def _lowest_tenth(worth: Array, observed: Array) -> Policy:
    """The thresholds with the highest 10th percentile.

    A level is reached where as few draws as there may be end below it: that adds up, and levels are halved.
    """
    levels = np.unique(worth)
    count = observed.shape[1]
    below, above, policy = 0, levels.size, (NEVER,) * len(observed)
    while above - below > 1:
        middle = (below + above) // 2
        kept = np.where(worth >= levels[middle], 1.0, 0.0)
        found = _adding(kept, observed)
        reached = kept[ends(observed, found), np.arange(count)].sum()
        if count - reached <= _WORST * (count - 1):
            below, policy = middle, found
        else:
            above = middle
    return policy


def _adding(worth: Array, observed: Array) -> Policy:
    """The thresholds with the highest sum of what each draw's end counts for."""
    gains = worth[1:] - worth[0]
    if len(gains) == 1:
        return (_one(gains[0], observed[0]),)
    if len(gains) == 2:
        return _two(gains, observed)
    return _in_turn(gains, observed)


def _cuts(seen: Array) -> tuple[npt.NDArray[np.intp], Array]:
    """The draws in order of what is seen, and for each number of the lowest the threshold that parts them.

    NaN where no threshold does, as two are alike. The last threshold stops all.
    """
    order = np.argsort(seen, kind="stable")
    ordered = seen[order]
    middle = np.where(ordered[1:] > ordered[:-1], (ordered[1:] + ordered[:-1]) / 2, np.nan)
    # Neighbours so close that nothing lies between are parted at the upper one.
    middle = np.where(middle <= ordered[:-1], ordered[1:], middle)
    return order, np.concatenate([[NEVER], middle, [ALWAYS]])


def _one(gain: Array, seen: Array) -> float:
    """The best threshold of a single gate: of all numbers of the lowest draws that could stop."""
    order, cuts = _cuts(seen)
    total = np.concatenate([[0.0], np.cumsum(gain[order])])
    return float(cuts[int(np.argmax(np.where(np.isnan(cuts), -np.inf, total)))])


def _two(gains: Array, observed: Array) -> Policy:
    """The best thresholds of two gates together: the second is the best for those whom the first lets through."""
    (first, cuts), (second, later) = map(_cuts, observed)
    rank = np.empty(first.size, dtype=np.intp)
    rank[first] = np.arange(first.size)
    stopping = np.concatenate([[0.0], np.cumsum(gains[0][first])])
    best = (-np.inf, NEVER, NEVER)
    for number in np.flatnonzero(~np.isnan(cuts)):
        through = np.where(rank[second] >= number, gains[1][second], 0.0)
        total = np.concatenate([[0.0], np.cumsum(through)])
        place = int(np.argmax(np.where(np.isnan(later), -np.inf, total)))
        best = max(best, (stopping[number] + total[place], float(cuts[number]), float(later[place])),
                   key=lambda item: item[0])  # fmt: skip
    return best[1:]


def _in_turn(gains: Array, observed: Array) -> Policy:
    """Thresholds of many gates, each improved while the others stay, until none gets better."""
    found = [_improved(gains, observed, start) for start in unseeing(len(gains))]
    return max(found, key=lambda policy: _sum(gains, observed, policy))


def _sum(gains: Array, observed: Array, policy: Policy) -> float:
    place, at = np.arange(observed.shape[1]), ends(observed, policy)
    return float(np.where(at > 0, gains[np.maximum(at, 1) - 1, place], 0.0).sum())


def _improved(gains: Array, observed: Array, policy: Policy) -> Policy:
    value = _sum(gains, observed, policy)
    while True:
        for gate in range(len(gains)):
            policy = (*policy[:gate], _best_between(gains, observed, policy, gate), *policy[gate + 1 :])
        better = _sum(gains, observed, policy)
        if better <= value:
            return policy
        value = better


def _best_between(gains: Array, observed: Array, policy: Policy, gate: int) -> float:
    """The best threshold of one gate while the others stay: draws that stop before are none of its own."""
    before = ends(observed[:gate], policy[:gate]) > 0
    alone = (*(NEVER,) * (gate + 1), *policy[gate + 1 :])
    after, place = ends(observed, alone), np.arange(observed.shape[1])
    otherwise = np.where(after > 0, gains[np.maximum(after, 1) - 1, place], 0.0)
    return _one(np.where(before, 0.0, gains[gate] - otherwise), observed[gate])
