"""Splits that trade some of the mean for better odds of a gain: a ladder that is the same whatever odds are asked.

The odds are no concave function, so that no program proves their best: a search finds it. Each split of a family is
the best one where the draws in which the group about breaks even count for more; of few units, money is then moved
between two at a time. On the ladder stands, for odds in even steps up to the best that were found, the split with
the highest mean that has them. The first whose odds hold on fresh draws is taken: lower odds asked never give a
worse answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor

import numpy as np

from model.formula import Array
from model.portfolio.allocation.exchange import MOST_EXCHANGED, Exchanges, scattered
from model.portfolio.allocation.joint import JointDraws, SplitCandidate
from model.portfolio.allocation.split import best_split
from model.reading.faults import Fault, ScenarioError
from model.units import SHARE, Format

# How much more than the mean the break-even draws count, and how often each is looked at again from its own split.
_STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 64.0)
_LOOKS = 3
_BETWEEN = np.linspace(0, 1, 9)[1:-1]
# Steps of the ladder, and how many of them are looked at first.
_STEPS, _FIRST = 32, 5
_CERTAIN_TO_MISS = 2.0
_STARTS, _APART = 8, 1 / 8
_ROUNDING = 1e-12
_TOLD = 10_000


def ladder(joint: JointDraws, first: Sequence[Array]) -> tuple[SplitCandidate, ...]:
    """Splits whose odds rise and whose mean falls, from the best mean on, the first of `first`.

    The others of `first` keep the limits too; they are what is mixed with each split that is found.
    """
    found = _family(joint, first)
    if len(first[0]) <= MOST_EXCHANGED:
        found += _exchanged(joint, found)
    return tuple({id(one): one for one in _rungs(found)}.values())


def with_odds(
    rungs: Sequence[SplitCandidate], asked: float, judged: Callable[[Sequence[Array]], Array]
) -> tuple[Array, Array]:
    """The first rung whose odds hold on fresh draws: its budgets, and the group's worth in each of these draws.

    `judged` tells the group's worth at splits, shape (splits, draws). Raises ScenarioError where no rung has them.
    """
    last = len(rungs) - 1
    places = sorted({round(place) for place in np.linspace(0, last, _FIRST)})
    found = dict(zip(places, judged([rungs[place].budgets for place in places]), strict=True))
    # Which places are looked at depends on what was asked only by which were too low: more asked stays further up.
    high = _first_with(found, asked)
    low = max((place for place in places if high is None or place < high), default=-1)
    if high is None:
        low = places[-2] if len(places) > 1 else last
    between = [place for place in range(low + 1, last if high is None else high) if place not in found]
    if between:
        found |= dict(zip(between, judged([rungs[place].budgets for place in between]), strict=True))
    chosen = _first_with({place: found[place] for place in sorted(found) if place > low}, asked)
    if chosen is None:
        raise ScenarioError([_out_of_reach(asked, max(map(_odds, found.values())))])
    return rungs[chosen].budgets, found[chosen]


def _first_with(found: dict[int, Array], asked: float) -> int | None:
    return next((place for place, npv in found.items() if _odds(npv) >= asked), None)


def _odds(npv: Array) -> float:
    return float(np.mean(npv > 0))


def _out_of_reach(asked: float, nearest: float) -> Fault:
    # Rounded down, so that what is told can be asked for.
    text, best = Format(), floor(nearest * _TOLD) / _TOLD
    told = (
        f"{text.plain(asked, SHARE)} are reached by no split that was found; the best has {text.plain(best, SHARE)} "
        "on fresh draws, found by search, which does not prove that none has more; ask for less, raise the budget "
        "or loosen a limit"
    )
    return Fault("--min-odds", told)


def _family(joint: JointDraws, first: Sequence[Array]) -> list[SplitCandidate]:
    """Splits for which the draws about break-even count more and more, what lies between, and mixtures."""
    best, *anchors = first
    found, here = [best], best
    for strength in _STRENGTHS:
        for _ in range(_LOOKS):
            before, here = here, best_split(joint.reweighted(_weights(joint.groups([here])[0], strength))).budgets
            if np.array_equal(before, here):
                break
            found += [before + part * (here - before) for part in (*_BETWEEN, 1.0)]
    corners = found[:: len(_BETWEEN) + 1]
    found += [one + part * (anchor - one) for anchor in anchors for one in corners for part in (*_BETWEEN, 1.0)]
    return joint.candidates(found)


def _exchanged(joint: JointDraws, family: Sequence[SplitCandidate]) -> list[SplitCandidate]:
    """What moving money makes of the family: the best mean and odds first, then the best mean at odds in between."""
    exchanges = Exchanges.of(joint)
    found = [*family, *joint.candidates(scattered(joint.problem))]
    apart = _APART * exchanges.widest
    for start in _highest(found, apart, lambda one: (one.worth, one.odds)):
        found += exchanges.better(start.budgets, 0.0)
    for start in _highest(found, apart, lambda one: (one.odds, one.worth)):
        found += exchanges.better(start.budgets, _CERTAIN_TO_MISS)
    before = max(found, key=lambda one: one.odds)
    for odds in _levels(found)[::-1]:
        best = _best_with(found, odds)
        for start in (best, *([before] if before is not best else [])):
            found += exchanges.better(start.budgets, odds)
        before = _best_with(found, odds)
    return found


def _highest(
    found: Sequence[SplitCandidate], apart: float, key: Callable[[SplitCandidate], tuple[float, float]]
) -> list[SplitCandidate]:
    """The best few, none of which is near another."""
    chosen: list[SplitCandidate] = []
    for one in sorted(found, key=key, reverse=True):
        if all(float(np.abs(one.budgets - other.budgets).max()) > apart for other in chosen):
            chosen.append(one)
            if len(chosen) == _STARTS:
                break
    return chosen


def _levels(found: Sequence[SplitCandidate]) -> list[float]:
    """Odds in even steps, from those of the best mean to the best."""
    lowest, highest = max(found, key=lambda one: (one.worth, one.odds)).odds, max(one.odds for one in found)
    return [float(odds) for odds in np.linspace(lowest, highest, _STEPS + 1)]


def _rungs(found: Sequence[SplitCandidate]) -> list[SplitCandidate]:
    return [_best_with(found, odds) for odds in _levels(found)]


def _best_with(found: Sequence[SplitCandidate], odds: float) -> SplitCandidate:
    """The split with the highest mean that has such odds; there is one."""
    return max((one for one in found if one.odds >= odds - _ROUNDING), key=lambda one: (one.worth, one.odds))


def _weights(group: Array, strength: float) -> Array:
    """How much each draw counts: the more, the nearer the group is to nothing; a normal kernel's usual width."""
    width = max(float(group.std()) * len(group) ** -0.2, np.finfo(float).tiny)
    near = np.exp(-0.5 * np.minimum((group / width) ** 2, 1400))
    mean = float(near.mean())
    return np.asarray((1 + strength * (near / mean if mean else near)) / len(group), dtype=float)
