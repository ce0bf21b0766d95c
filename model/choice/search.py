"""The search for the best levers: a fixed lattice of decisions, judged on one set of draws.

The lattice is the same whatever the limits: first it is tried coarsely, then step by step around the best points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from types import MappingProxyType
from typing import cast

import numpy as np

from model.assumptions import ASSUMPTIONS, Value
from model.formula import Array
from model.metrics import FURTHER_COSTS, METRICS
from model.projection import inputs_of, rerun, run
from model.reading.faults import Fault, ScenarioError
from model.reading.scenario_validation import delivered_share_faults
from model.scenario import Scenario
from model.uncertainty.sampling import draws, reach_faults
from model.uncertainty.simulation import Progress
from model.units import MONEY, SHARE, Unit

SEARCH_DRAWS = 512
# By how much of what fresh draws broke a limit it is then held more strictly.
_CAUTION = 1.25
_MAP_SHARES, _MAP_HOURS = 15, 11


class Aim(StrEnum):
    """What the optimiser is to serve."""

    EXPECTED_NPV = "expected_npv"
    P10_NPV = "p10_npv"
    ODDS_OF_GAIN = "odds_of_gain"
    LOWEST_SPEND = "lowest_spend"


AIM_LABELS: Mapping[Aim, tuple[str, Unit]] = {
    Aim.EXPECTED_NPV: ("Mean net present value", MONEY),
    Aim.P10_NPV: ("Net present value that 10 % of cases end below", MONEY),
    Aim.ODDS_OF_GAIN: ("Odds of a gain", SHARE),
    Aim.LOWEST_SPEND: ("Lowest spend that reaches a target", MONEY),
}


@dataclass(frozen=True)
class Lever:
    """A decision the optimiser varies: from `low` by `step` to `high`, first tried every `stride` steps."""

    name: str
    low: float
    high: float
    step: float
    stride: int

    def values(self, present: float) -> tuple[float, ...]:
        """The values of its lattice, ascending: its own and the one that the present plan has."""
        size = round((self.high - self.low) / self.step) + 1
        own = (round(self.low + index * self.step, 9) for index in range(size))
        return tuple(sorted({*own, present}))


# No training hours means no programme: the switch follows the hours.
LEVERS: tuple[Lever, ...] = (
    Lever("social_share_target", 0.01, 0.99, 0.001, 140),
    Lever("ramp_years", 0.25, 10, 0.25, 13),
    Lever("training_hours", 0, 200, 1, 40),
    Lever("strategic_partner", 0, 1, 1, 1),
    Lever("leadership_seat", 0, 1, 1, 1),
)

# The numeric levers come first.
_NUMBERS = 3
_RAMP = 1

Place = tuple[int, ...]


@dataclass(frozen=True)
class Limits:
    """What the plan must keep within; None is no limit. Money limits hold for the mean over the draws.

    `new_money` in all over the horizon and `peak_funding`, in money; `lowest_share` and `highest_share` of
    the target; `least_odds` of a gain; `target_npv` the mean that the lowest spend must reach.
    """

    new_money: float | None = None
    peak_funding: float | None = None
    lowest_share: float | None = None
    highest_share: float | None = None
    least_odds: float | None = None
    target_npv: float | None = None


@dataclass(frozen=True)
class Standing:
    """What the limits and aims look at, for one setting of the levers.

    `errors` are the sampling errors of its amounts, under their names, where it is judged on draws of its own.
    """

    expected_npv: float
    p10_npv: float
    odds_of_gain: float
    spend: float
    new_money: float
    peak_funding: float
    share: float
    errors: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def score(self, aim: Aim) -> float:
        """How well it serves an aim; more is better."""
        scores = {
            Aim.EXPECTED_NPV: self.expected_npv,
            Aim.P10_NPV: self.p10_npv,
            Aim.ODDS_OF_GAIN: self.odds_of_gain,
            Aim.LOWEST_SPEND: -self.spend,
        }
        return scores[aim]


@dataclass(frozen=True)
class Limit:
    """One limit as it stands: what it allows, what is used, whether it keeps the optimum from being better."""

    name: str
    label: str
    unit: Unit
    allowed: float
    used: float
    binding: bool

    @property
    def unspent(self) -> float | None:
        """Money the limit allows and the optimum leaves; None for limits that are not of money."""
        return max(0.0, self.allowed - self.used) if self.name in ("new_money", "peak_funding") else None


LIMITS: Mapping[str, tuple[str, Unit, Callable[[Standing], float], bool]] = {
    # label, unit, what is used, whether the limit is a lowest value
    "new_money": ("New money in all", MONEY, lambda s: s.new_money, False),
    "peak_funding": ("Peak funding", MONEY, lambda s: s.peak_funding, False),
    "lowest_share": ("Social share at least", SHARE, lambda s: s.share, True),
    "highest_share": ("Social share at most", SHARE, lambda s: s.share, False),
    "least_odds": ("Odds of a gain at least", SHARE, lambda s: s.odds_of_gain, True),
    "target_npv": ("Mean net present value at least", MONEY, lambda s: s.expected_npv, True),
}


class Search:
    """The lattice with what has been found on it so far."""

    def __init__(self, scenario: Scenario, aim: Aim, limits: Mapping[str, float], seed: int) -> None:
        self._scenario, self._aim = scenario, aim
        # What was asked, and what the search holds itself to, which fresh draws may have made stricter.
        self._asked, self._limits = dict(limits), dict(limits)
        _, drawn = next(draws(scenario, SEARCH_DRAWS, seed))
        self._known = run(inputs_of(scenario) | dict(drawn))
        self._found: dict[Place, Standing | None] = {}
        programme = bool(scenario.values["training_programme"])
        present = {lever.name: scenario.number(lever.name) for lever in LEVERS}
        present["training_hours"] *= programme
        self._values = tuple(lever.values(present[lever.name]) for lever in LEVERS)
        self._present = tuple(
            values.index(present[lever.name]) for lever, values in zip(LEVERS, self._values, strict=True)
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
        spread = (range(0, len(numbers), lever.stride) for lever, numbers in zip(LEVERS, self._values, strict=True))
        coarse = list(product(*spread))
        for done, place in enumerate(coarse):
            self._at(place)
            progress(0.5 * done / len(coarse))
        starts = dict.fromkeys([self._present, *self._firsts(coarse)])
        ends = []
        for done, start in enumerate(starts):
            ends.append(self._climb(start))
            progress(0.5 + 0.5 * (done + 1) / len(starts))
        kept = sorted(filter(self._keeps, ends), key=self._rank)
        if not kept:
            raise ScenarioError(self._unmet())
        return kept[0]

    def tighten(self, judged: Standing) -> bool:
        """Hold the limits that a plan breaks as judged on fresh draws more strictly; whether there were any."""
        broken = False
        for name, asked in self._asked.items():
            _, _, used, lowest = LIMITS[name]
            over = asked - used(judged) if lowest else used(judged) - asked
            if over > 1e-9 * max(1.0, abs(asked)):
                self._limits[name] += _CAUTION * (over if lowest else -over)
                broken = True
        return broken

    def _firsts(self, coarse: Iterable[Place]) -> list[Place]:
        """The coarse places to walk from: the first for every setting of partner and seat, and the first in haste.

        Rises that outlast the horizon are nearly one plan, whatever their target: on that shelf a walk would end
        that starts slowly.
        """
        firsts: dict[Place, Place] = {}
        for place in sorted((place for place in coarse if self._at(place) is not None), key=self._order):
            firsts.setdefault(place[_NUMBERS:], place)
            if not place[_RAMP]:
                firsts.setdefault((), place)
        return list(firsts.values())

    def limits_at(self, place: Place, judged: Standing) -> tuple[Limit, ...]:
        """Every limit with what the place uses of it as judged; binding where a better neighbour breaks it."""
        here = self._at(place)
        assert here is not None
        better = [
            near
            for near in self._neighbours(place, 1)
            if (there := self._at(near)) and self._score(there) >= self._score(here)
        ]
        return tuple(
            Limit(
                name,
                label,
                unit,
                self._asked[name],
                used(judged),
                any(self._breaks(near, name) > 0 for near in better),
            )
            for name, (label, unit, used, _) in LIMITS.items()
            if name in self._limits
        )

    def map(self, place: Place) -> tuple[Array, Array, Array]:
        """The aim over target share and training hours about a place: shares, hours and values."""
        shares, hours = np.array(self._values[0]), np.array(self._values[2])
        top = min(shares.size - 1, max(2 * place[0], int(np.searchsorted(shares, 0.4))))
        rows = np.unique(np.append(np.linspace(0, top, _MAP_SHARES).round(), place[0])).astype(int)
        columns = np.unique(np.append(np.linspace(0, hours.size - 1, _MAP_HOURS).round(), place[2])).astype(int)
        values = np.array([[self._value((row, place[1], column, *place[3:])) for column in columns] for row in rows])
        return shares[rows], hours[columns], values

    def _value(self, place: Place) -> float:
        here = self._at(place)
        if here is None or not self._keeps(place):
            return float("nan")
        return abs(self._score(here)) if self._aim is Aim.LOWEST_SPEND else self._score(here)

    def _climb(self, place: Place) -> Place:
        """Walk to the best neighbour, near ones and diagonal ones too, until none is better at the finest step."""
        stride = max(lever.stride for lever in LEVERS) // 2
        while stride:
            near = [spot for spot in self._neighbours(place, stride) if self._at(spot) is not None]
            ahead = min(near, key=self._order, default=place)
            if self._order(ahead) < self._order(place):
                place = ahead
            else:
                stride //= 2
        return place

    def _neighbours(self, place: Place, stride: int) -> Iterable[Place]:
        """Places one stride away along any of the numeric levers or several at once, and those one switch away."""
        largest = max(lever.stride for lever in LEVERS)
        reach = [max(1, round(stride * lever.stride / largest)) for lever in LEVERS[:_NUMBERS]]
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

    def _at(self, place: Place) -> Standing | None:
        """The figures at a place; None where the plan is impossible."""
        if place not in self._found:
            values = self.decisions(place)
            plan = {**self._scenario.values, **values}
            impossible = delivered_share_faults(plan, None) or reach_faults(self._scenario, plan)
            self._found[place] = None if impossible else self._stand(values)
        return self._found[place]

    def _stand(self, values: Mapping[str, Value]) -> Standing:
        changes = {name: np.array([[float(value)]]) for name, value in values.items()}
        known = rerun(self._known, changes, towards="present_value")
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

    def _score(self, standing: Standing) -> float:
        return standing.score(self._aim)

    def _breaks(self, place: Place, name: str) -> float:
        """By how much a place breaks a limit, relative to its size; 0 where it keeps it."""
        standing = self._at(place)
        assert standing is not None
        _, _, used, lowest = LIMITS[name]
        allowed = self._limits[name]
        over = allowed - used(standing) if lowest else used(standing) - allowed
        return max(0.0, over) / max(1.0, abs(allowed)) if over > 1e-9 * max(1.0, abs(allowed)) else 0.0

    def _breach(self, place: Place) -> float:
        return sum(self._breaks(place, name) for name in self._limits)

    def _keeps(self, place: Place) -> bool:
        return self._at(place) is not None and self._breach(place) == 0

    def _rank(self, place: Place) -> tuple[float, Place]:
        """Order of places that keep the limits: the best first, the smaller plan among equals."""
        standing = self._at(place)
        assert standing is not None
        return -self._score(standing), place

    def _order(self, place: Place) -> tuple[float, float, Place]:
        """Order of any places: those that break limits least, then the best."""
        return self._breach(place), *self._rank(place)

    def _unmet(self) -> list[Fault]:
        """The limits that no place keeps, each with the nearest that was reached; or that they clash."""
        faults = []
        for name, allowed in self._limits.items():
            alone = copy(self)  # shares what has been found
            alone._limits = {name: allowed}
            possible = (place for place, standing in self._found.items() if standing is not None)
            end = alone._climb(min(possible, key=alone._order))
            if not alone._keeps(end):
                label, unit, used, _ = LIMITS[name]
                nearest_value = used(cast(Standing, self._at(end)))
                text = self._scenario.format
                unmet = f"{label} {text.rounded(self._asked[name], unit)} is met by no plan"
                faults.append(Fault(name, f"{unmet}; the nearest any comes is {text.rounded(nearest_value, unit)}"))
        if not faults:
            names = ", ".join(self._limits)
            faults = [Fault(names, "cannot be met together, though each can alone; loosen one of them")]
        return faults


def mean_of(values: Array) -> float:
    """The mean over all draws."""
    return float(np.mean(values))
