"""The search for the best levers: a lattice of decisions, judged on one set of draws.

The lattice is the same whatever the limits, but that the ends a limit gives the share are places of it too. First it
is tried coarsely, then step by step around the best places, at last along the limits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from itertools import product
from typing import cast

import numpy as np

from model.assumptions import ASSUMPTIONS, Value
from model.choice.aims import LIMITS, Aim, Limit, Standing, excess
from model.choice.reruns import Reruns
from model.formula import Array
from model.metrics import FURTHER_COSTS, METRICS
from model.projection import inputs_of, run
from model.reading.faults import Fault, ScenarioError
from model.reading.scenario_validation import delivered_share_faults
from model.scenario import Scenario
from model.uncertainty.sampling import draws, reach_faults
from model.uncertainty.simulation import Progress

SEARCH_DRAWS = 512
# By how much of what fresh draws broke a limit it is then held more strictly.
_CAUTION = 1.25
_ROUNDING = 1e-9
# Strides of the share at which walks begin, in steps.
_FAR, _NEAR, _CLOSE = 64, 16, 4
_MAP_SHARES, _MAP_HOURS = 15, 11
# How far the map reaches at least, and by how many steps at least beyond what is allowed.
_MAP_END, _MAP_BEYOND = 0.4, 5


@dataclass(frozen=True)
class Lever:
    """A decision the optimiser varies: from `low` by `step` to `high`, `stride` steps at once in a walk's first.

    `first` are the values tried first; `why` says what speaks for ends narrower than the hard bounds.
    """

    name: str
    low: float
    high: float
    step: float
    stride: int
    first: tuple[float, ...]
    why: str = ""

    def values(self, *others: float) -> tuple[float, ...]:
        """The values of its lattice, ascending: its own and others, such as the one that the present plan has."""
        size = round((self.high - self.low) / self.step) + 1
        own = (round(self.low + index * self.step, 9) for index in range(size))
        return tuple(sorted({*own, *others}))


# No training hours means no programme: the switch follows the hours.
LEVERS: tuple[Lever, ...] = (
    Lever("social_share_target", 0.001, 1, 0.001, 140, (0.001, 0.06, 0.13, 0.2, 0.3, 0.45, 0.7, 1)),
    Lever("ramp_years", 0.25, 10, 0.25, 13, (0.25, 2, 5, 10), "budgets are moved by the quarter"),
    Lever("training_hours", 0, 200, 1, 40, (0, 20, 60, 200), "200 hours are five weeks of work"),
    Lever("strategic_partner", 0, 1, 1, 1, (0, 1)),
    Lever("leadership_seat", 0, 1, 1, 1, (0, 1)),
)

# The numeric levers come first, the share before the others.
_NUMBERS = 3
_RAMP = 1
_LARGEST = max(lever.stride for lever in LEVERS)

Place = tuple[int, ...]
# Where a walk may go from a place, so far at once.
Moves = Callable[[Place, int], Iterable[Place]]


class Search:
    """The lattice with what has been found on it so far."""

    def __init__(self, scenario: Scenario, aim: Aim, limits: Mapping[str, float], seed: int) -> None:
        self._scenario, self._aim = scenario, aim
        # What was asked, and what the search holds itself to, which fresh draws may have made stricter.
        self._asked, self._limits = dict(limits), dict(limits)
        _, drawn = next(draws(scenario, SEARCH_DRAWS, seed))
        decisions = frozenset({*(lever.name for lever in LEVERS), "training_programme"})
        self._runs = Reruns(run(inputs_of(scenario) | dict(drawn)), decisions, towards="present_value")
        self._found: dict[Place, Standing | None] = {}
        present = {lever.name: scenario.number(lever.name) for lever in LEVERS}
        present["training_hours"] *= bool(scenario.values["training_programme"])
        own = [{value} for value in present.values()]
        own[0] |= {limits[name] for name in ("lowest_share", "highest_share") if name in limits}
        self._values = tuple(lever.values(*others) for lever, others in zip(LEVERS, own, strict=True))
        self.present = self._at_or_above(present.values())
        shares = self._values[0]
        # The first and the last share that the limits allow.
        self._domain = (
            bisect_left(shares, limits.get("lowest_share", shares[0])),
            bisect_right(shares, limits.get("highest_share", shares[-1])) - 1,
        )

    def decisions(self, place: Place) -> dict[str, Value]:
        """The assumptions that a place of the lattice sets."""
        values: dict[str, Value] = {}
        for lever, numbers, index in zip(LEVERS, self._values, place, strict=True):
            number = numbers[index]
            values[lever.name] = number if ASSUMPTIONS[lever.name].numeric else bool(number)
        values["training_programme"] = bool(values["training_hours"])
        return values

    def best(self, progress: Progress) -> Place:
        """The best place that keeps all limits. Raises ScenarioError that names limits which none keeps."""
        coarse = self._coarse()
        for done, place in enumerate(coarse):
            self._at(place)
            progress(0.4 * done / len(coarse))
        starts = dict.fromkeys([self._within(self.present), *self._firsts(coarse)])
        for done, start in enumerate(starts):
            self._walk(self._walk(start, self._other_shares, _FAR), self._neighbours, _NEAR)
            progress(0.4 + 0.3 * (done + 1) / len(starts))
        kept = list(filter(self._keeps, self._found))
        if not kept:
            raise ScenarioError(self._unmet())
        best = self._at_any_haste(self._walk(min(kept, key=self._rank), self._refitted, _NEAR))
        progress(1.0)
        return best

    def _coarse(self) -> list[Place]:
        """The places tried first, those beyond the limits of the share moved to the nearest within."""
        first = product(*(lever.first for lever in LEVERS))
        return list(dict.fromkeys(self._within(self._at_or_above(values)) for values in first))

    def _at_or_above(self, values: Iterable[float]) -> Place:
        """The place of values, or of the next ones above them."""
        pairs = zip(self._values, values, strict=True)
        return tuple(bisect_left(own, value - _ROUNDING) for own, value in pairs)

    def _within(self, place: Place) -> Place:
        """The place, or the nearest whose share the limits allow."""
        lowest, highest = self._domain
        return min(max(place[0], lowest), highest), *place[1:]

    def tighten(self, judged: Standing) -> bool:
        """Hold the limits that a plan breaks as judged on fresh draws more strictly; whether there were any."""
        broken = {name: over for name, asked in self._asked.items() if (over := excess(name, asked, judged))}
        for name, over in broken.items():
            self._limits[name] += _CAUTION * (over if LIMITS[name].lowest else -over)
        return bool(broken)

    def _firsts(self, coarse: Iterable[Place]) -> list[Place]:
        """The coarse places to walk from: the first for every setting of the switches and for every haste.

        Rises that outlast the horizon are nearly one plan, whatever their target: on that shelf a walk could end
        that starts slowly.
        """
        firsts: dict[Place, Place] = {}
        for place in sorted((place for place in coarse if self._at(place) is not None), key=self._order):
            firsts.setdefault(place[_NUMBERS:], place)
            firsts.setdefault((place[_RAMP],), place)
        return list(firsts.values())

    def limits_at(self, place: Place, judged: Standing) -> tuple[Limit, ...]:
        """Every limit with what the place uses of it as judged.

        It binds where a better place breaks it: any that breaks no other, or a neighbour.
        """
        near = set(self._neighbours(place, 1))
        score = self._score_at(place)
        better = [spot for spot in {*self._found, *near} if self._at(spot) and self._score_at(spot) > score]
        breaches = [(spot, {name for name in self._limits if self._breaks(spot, name)}) for spot in better]
        binding = {name for spot, broken in breaches if spot in near or len(broken) == 1 for name in broken}
        return tuple(
            Limit(name, kind.label, kind.unit, self._asked[name], kind.used(judged), name in binding)
            for name, kind in LIMITS.items()
            if name in self._limits
        )

    def map(self, place: Place) -> tuple[Array, Array, Array]:
        """The aim over target share and training hours about a place: shares, hours and values.

        The shares are those allowed and a little beyond.
        """
        hours = len(self._values[2])
        columns = np.unique(np.append(np.linspace(0, hours - 1, _MAP_HOURS).round(), place[2])).astype(int)
        rows = self._map_rows(place, {place[2], *columns[:: _MAP_HOURS // 2]})
        values = np.array([[self._value((row, place[1], column, *place[3:])) for column in columns] for row in rows])
        return np.array(self._values[0])[rows], np.array(self._values[2])[columns], values

    def _map_rows(self, place: Place, columns: Iterable[int]) -> list[int]:
        """The shares of the map, the allowed ones found by a look at some of its columns."""
        shares = self._values[0]
        (low, high), end = self._domain, max(2 * place[0], self.present[0], bisect_left(shares, _MAP_END))
        high = min(high, max(end, low))
        for _ in range(2):
            far = max(_MAP_BEYOND, (high - low) // _MAP_SHARES)
            ends = max(0, low - far), min(len(shares) - 1, high + far)
            rows = sorted({*map(round, np.linspace(*ends, _MAP_SHARES)), place[0]})
            kept = [row for row in rows if any(self._keeps((row, place[1], one, *place[3:])) for one in columns)]
            if 2 * len(kept) >= len(rows):
                break
            low, high = kept[0], kept[-1]
        return rows

    def _value(self, place: Place) -> float:
        return cast(Standing, self._at(place)).reached(self._aim) if self._keeps(place) else float("nan")

    def _walk(self, place: Place, moves: Moves, stride: int) -> Place:
        """Walk to the best place that a move leads to, until none is better at the finest stride."""
        while stride:
            spots = (place, *moves(place, stride))
            legal = [spot for spot in spots if self._within(spot) == spot and self._at(spot)]
            ahead = min(legal, key=self._order, default=place)
            if ahead == place:
                stride //= 2
            place = ahead
        return place

    def _neighbours(self, place: Place, stride: int) -> Iterator[Place]:
        """Places one stride away along any of the numeric levers or several at once, and those one switch away."""
        reach = [max(1, round(stride * lever.stride / _LARGEST)) for lever in LEVERS[:_NUMBERS]]
        moves = [
            (*(sign * far for sign, far in zip(signs, reach, strict=True)), *(0,) * (len(LEVERS) - _NUMBERS))
            for signs in product((-1, 0, 1), repeat=_NUMBERS)
        ]
        moves += [tuple(int(lever is other) for other in LEVERS) for lever in LEVERS[_NUMBERS:]]
        for move in moves:
            spot = tuple(
                (index + way) % 2 if len(numbers) == 2 else index + way
                for index, way, numbers in zip(place, move, self._values, strict=True)
            )
            if any(move) and all(
                0 <= index < len(numbers) for index, numbers in zip(spot, self._values, strict=True)
            ):
                yield spot

    def _refitted(self, place: Place, stride: int) -> Iterator[Place]:
        """Neighbours of the same share, each with the share that is then best: so a walk follows a limit."""
        for spot in self._neighbours(place, stride):
            if spot[0] == place[0]:
                yield self._walk(spot, self._other_shares, _NEAR)

    def _at_any_haste(self, place: Place) -> Place:
        """The best of all hastes, each with the share that is then best: nearly one plan, with many peaks."""
        fitted = [place]
        for ramps in (range(place[_RAMP] + 1, len(self._values[_RAMP])), reversed(range(place[_RAMP]))):
            share = place[0]
            for ramp in ramps:
                fitted.append(self._walk((share, ramp, *place[_RAMP + 1 :]), self._other_shares, _CLOSE))
                share = fitted[-1][0]
        return self._walk(min(filter(self._keeps, fitted), key=self._rank), self._neighbours, 1)

    def _other_shares(self, place: Place, stride: int) -> Iterator[Place]:
        shares = (place[0] - stride, place[0] + stride)
        return ((share, *place[1:]) for share in shares if 0 <= share < len(self._values[0]))

    def _at(self, place: Place) -> Standing | None:
        """The figures at a place; None where the plan is impossible."""
        if place not in self._found:
            values = self.decisions(place)
            plan = {**self._scenario.values, **values}
            impossible = delivered_share_faults(plan, None) or reach_faults(self._scenario, plan)
            self._found[place] = None if impossible else self._stand(values)
        return self._found[place]

    def _stand(self, values: Mapping[str, Value]) -> Standing:
        known = self._runs.rerun({name: float(value) for name, value in values.items()})
        known["cumulative_cash"] = np.cumsum(known["net_cash"], axis=-1)
        npv = METRICS["npv"].compute(known)[:, 0]
        return Standing(
            expected_npv=float(npv.mean()),
            p10_npv=float(np.quantile(npv, 0.10)),
            odds_of_gain=float(np.mean(npv > 0)),
            spend=mean_of(METRICS["total_extra_social_spend"].compute(known))
            + mean_of(METRICS["total_programme_cost"].compute(known))
            + sum(mean_of(np.sum(known[name], axis=-1)) for name in FURTHER_COSTS),
            new_money=mean_of(np.sum(known["new_money"], axis=-1)),
            peak_funding=mean_of(METRICS["peak_funding"].compute(known)),
            share=float(values["social_share_target"]),
        )

    def _score_at(self, place: Place) -> float:
        return cast(Standing, self._at(place)).score(self._aim)

    def _breaks(self, place: Place, name: str) -> float:
        """By how much a place breaks a limit, relative to its size; 0 where it keeps it."""
        allowed = self._limits[name]
        return excess(name, allowed, cast(Standing, self._at(place))) / max(1.0, abs(allowed))

    def _breach(self, place: Place) -> float:
        return sum(self._breaks(place, name) for name in self._limits)

    def _keeps(self, place: Place) -> bool:
        return self._at(place) is not None and self._breach(place) == 0

    def _rank(self, place: Place) -> tuple[float, Place]:
        """Order of places that keep the limits: the best first, the smaller plan among equals."""
        return -self._score_at(place), place

    def _order(self, place: Place) -> tuple[float, float, Place]:
        """Order of any places: those that break limits least, then the best."""
        return self._breach(place), *self._rank(place)

    def _unmet(self) -> list[Fault]:
        """The limits that no place keeps, each with the nearest that was reached; or that they clash."""
        faults = []
        for name, allowed in self._limits.items():
            alone = copy(self)  # shares what has been found
            alone._limits, alone._domain = {name: allowed}, (0, len(self._values[0]) - 1)
            possible = filter(self._at, dict.fromkeys([self.present, *self._found]))
            end = alone._walk(min(possible, key=alone._order), alone._neighbours, _LARGEST // 2)
            if not alone._keeps(end):
                kind, text = LIMITS[name], self._scenario.format
                nearest = text.rounded(kind.used(cast(Standing, self._at(end))), kind.unit)
                unmet = f"{kind.label} {text.rounded(self._asked[name], kind.unit)} is met by no plan"
                faults.append(Fault(name, f"{unmet}; the nearest any comes is {nearest}"))
        if not faults:
            names = ", ".join(self._limits)
            faults = [Fault(names, "cannot be met together, though each can alone; loosen one of them")]
        return faults


def mean_of(values: Array) -> float:
    """The mean over all draws."""
    return float(np.mean(values))
