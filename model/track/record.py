"""The record of how honest the bands were: how often they held, and what they scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from model.track.forecasts import HELD, Forecast
from model.track.measures import MEASURES

# What the interval of the part that held covers.
_SURE = 0.9


@dataclass(frozen=True)
class Record:
    """How often bands that should hold 8 in 10 actuals did, over months and over plans.

    `low` and `high` are the ends of the 90 % interval of the part that held (Clopper and Pearson 1934), `score` the
    mean interval score, in parts of what was planned, `far` how many actuals had odds below 1 in 100 on their side.
    """

    actuals: int
    held: int
    low: float
    high: float
    score: float
    far: int

    @property
    def part(self) -> float:
        """The part of the actuals that lay within their bands."""
        return self.held / self.actuals

    @property
    def words(self) -> str:
        """As a sentence."""
        told = f"{self.held} of {self.actuals} actuals lay within bands that should hold 8 in 10: {self.part:.0%}"
        return f"{told}, {self.low:.0%} to {self.high:.0%} with chance allowed for; {self._verdict}."

    @property
    def _verdict(self) -> str:
        if self.high < HELD:
            return "the bands are too narrow"
        return "the bands are wider than they need be" if self.low > HELD else "that agrees"


def record(made: Iterable[Forecast]) -> Record | None:
    """The record of forecasts, of one plan or of several; None where there are none."""
    from scipy.special import betaincinv

    found = tuple(made)
    if not found:
        return None
    count, held = len(found), sum(item.held for item in found)
    outside = (1 - _SURE) / 2
    low = float(betaincinv(held, count - held + 1, outside)) if held else 0.0
    high = float(betaincinv(held + 1, count - held, 1 - outside)) if held < count else 1.0
    score = sum(item.score for item in found) / count
    return Record(count, held, low, high, score, sum(item.far for item in found))


def records(made: Iterable[Forecast]) -> Mapping[str, Record]:
    """The record of each measure that has actuals."""
    found = tuple(made)
    by = {name: record(item for item in found if item.actual.measure == name) for name in MEASURES}
    return {name: one for name, one in by.items() if one}
