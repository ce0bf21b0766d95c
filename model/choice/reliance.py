"""What the best plan rests on: decisions that pay only as long as one weakly evidenced belief holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS, Kind, Range
from model.choice.search import SEARCH_DRAWS
from model.metrics import METRICS
from model.projection import inputs_of, rerun, run
from model.scenario import Scenario
from model.uncertainty.sampling import draws
from model.units import LEAST_MONEY

RISE = "social_share_target"


@dataclass(frozen=True)
class Reliance:
    """A decision that is worth its price on average, but no longer with one belief of grade C or D at `end`.

    `end` is the end of the belief's range; `own` says that the belief matters to nothing but this decision.
    """

    decision: str
    belief: str
    end: float
    own: bool


def reliances(scenario: Scenario, count: int, seed: int) -> tuple[Reliance, ...]:
    """For each decision of a plan the belief that turns it most, if one alone does.

    Decisions are the rise of the share and the measures of the programme. What one is worth is the mean difference
    of the net present value to the same plan without it, over at most SEARCH_DRAWS draws, all else as uncertain as
    it is.
    """
    _, drawn = next(draws(scenario, min(count, SEARCH_DRAWS), seed))
    known = run(inputs_of(scenario) | dict(drawn))
    ends = [
        (name, end, _mean(known, {name: end}))
        for name, item in _weak(scenario).items()
        for end in (item.low, item.high)
    ]
    present = _mean(known, {})
    found = (_of(known, decision, off, present, ends) for decision, off in _decisions(scenario))
    return tuple(filter(None, found))


def _decisions(scenario: Scenario) -> Iterator[tuple[str, float]]:
    """What the plan decides for, each with the value at which it would not."""
    start = scenario.number("social_share_start")
    if scenario.number(RISE) != start:
        yield RISE, start
    yield from ((measure, 0.0) for measure in scenario.measures)


def _weak(scenario: Scenario) -> dict[str, Range]:
    """The beliefs of grade C or D with what is plausible for them, whether or not the plan draws them."""
    known = {
        name: scenario.effective_ranges.get(name) or item.range
        for name, item in ASSUMPTIONS.items()
        if item.kind is Kind.BELIEF and item.weak
    }
    return {name: ends for name, ends in known.items() if ends}


def _of(
    known: Mapping[str, Any], decision: str, off: float, present: float, ends: list[tuple[str, float, float]]
) -> Reliance | None:
    """The belief that turns a decision most, if one does."""
    without = _mean(known, {decision: off})
    if present - without < LEAST_MONEY:
        return None
    worth = [(with_it - _mean(known, {decision: off, name: end}), name, end) for name, end, with_it in ends]
    least, belief, end = min(worth)
    if least > -LEAST_MONEY:
        return None
    own = abs(_mean(known, {decision: off, belief: end}) - without) < LEAST_MONEY
    return Reliance(decision, belief, end, own)


def _mean(known: Mapping[str, Any], changes: Mapping[str, float]) -> float:
    """The mean net present value with some assumptions changed."""
    changed = rerun(known, {name: np.array([[value]]) for name, value in changes.items()}, towards="present_value")
    return float(METRICS["npv"].compute(changed).mean())
