"""The options that a test may turn the decision between, and what each is worth in each draw, now or begun later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model.formula import Array
from model.learning.learned import Learned, blocks_of
from model.lines import LINES
from model.metrics import METRICS
from model.other.amounts import SIDES
from model.projection import Known, affected, computed, inputs_of, lines_behind, run
from model.uncertainty.sampling import Block
from model.uncertainty.side_by_side import side_by_side
from model.uncertainty.summaries import of_those

# What runs from the plan's beginning: begun later, each comes so many months later, and nothing before.
_BEGINS = ("ramp_progress", "planned_rise", "programme_active", "support_active", "alignment", *SIDES)
# On so many draws is found what beginning later does to an option's worth; it goes with that worth nearly as a line.
_DELAY_DRAWS = 512


@dataclass(frozen=True)
class Option:
    """What may be decided: which part of the plan's rise is taken, with training or not, with a partner or not."""

    name: str
    label: str
    part: float
    training: bool = False
    partner: bool = False


OPTIONS: tuple[Option, ...] = (
    Option("hold", "hold", 0.0),
    Option("hold_trained", "hold, with training", 0.0, True),
    Option("hold_partner", "hold, with training and a partner", 0.0, True, True),
    Option("half", "go half way", 0.5),
    Option("half_trained", "go half way, with training", 0.5, True),
    Option("half_partner", "go half way, with training and a partner", 0.5, True, True),
    Option("plan", "go the whole way", 1.0),
    Option("plan_trained", "go the whole way, with training", 1.0, True),
    Option("plan_partner", "go the whole way, with training and a partner", 1.0, True, True),
)


@dataclass(frozen=True)
class OptionWorths:
    """What each of OPTIONS is worth above holding: `now` (S, options) if begun at once.

    `weights` `(S,)` say how much each draw counts. `later` has for a number of months the line, level and slope by
    option, that what is begun so much later is worth on what it is worth now.
    """

    now: Array
    weights: Array
    later: Mapping[int, tuple[Array, Array]]

    def delayed(self, means: Array, months: int) -> Array:
        """Mean worths of options, as if they were begun so many months later."""
        level, slope = self.later[months]
        return np.asarray(level + slope * means)


def worth_of_options(learned: Learned, delays: Sequence[int]) -> OptionWorths:
    """What the options are worth in each draw, and how beginning later, by each of the delays, changes that."""
    certain = inputs_of(learned.scenario)

    def worked(block: Block) -> Array:
        size, drawn = block
        return np.column_stack([_npv(known, size) for known in _runs(certain | dict(drawn))])

    now = np.concatenate(list(side_by_side(worked, blocks_of(learned.values, learned.count))))
    weights = np.full(len(now), 1 / len(now)) if learned.weights is None else learned.weights
    return OptionWorths(now, weights, _later(learned, weights, sorted(set(delays))))


def _runs(inputs: Mapping[str, Any]) -> list[Known]:
    """A run of the lines for each option, in order."""
    plan = run(dict(inputs) | _programme(True, False), lines_behind(frozenset({"npv"})))
    found = []
    for part in dict.fromkeys(option.part for option in OPTIONS):
        trained = plan if part == 1 else _rerun(plan, _taken(plan, part))
        found += [
            _rerun(trained, _programme(option.training, option.partner)) for option in OPTIONS if option.part == part
        ]
    return found


def _programme(training: bool, partner: bool) -> dict[str, Array]:
    return {"training_programme": np.array([[float(training)]]), "strategic_partner": np.array([[float(partner)]])}


def _taken(plan: Known, part: float) -> dict[str, Array]:
    """What taking a part of the plan's rise changes: share and team; with none of it, what goes with the plan."""
    changes = {
        "planned_rise": part * plan["planned_rise"],
        "team_target": plan["team_start"] + part * (plan["team_target"] - plan["team_start"]),
    }
    if part:
        return changes
    return {**changes, **{name: np.zeros((1, 1)) for name in ("leadership_seat", *SIDES)}}


def _rerun(known: Known, changes: Mapping[str, Array]) -> Known:
    """As `model.projection.rerun` towards the present value; a line that comes out the same changes no other."""
    again, touched = known | dict(changes), set(changes)
    for name in affected(frozenset(changes), "present_value"):
        if touched.isdisjoint(LINES[name].precedents):
            continue
        value = computed(name, again)
        if not np.array_equal(value, known[name]):
            again[name] = value
            touched.add(name)
    return again


def first_inputs(learned: Learned, count: int) -> dict[str, Any]:
    """What a run of the lines takes, with the first draws."""
    return inputs_of(learned.scenario) | {name: column[:count] for name, column in learned.values.items()}


def _later(learned: Learned, weights: Array, delays: Sequence[int]) -> dict[int, tuple[Array, Array]]:
    """For each delay the line that what is begun later is worth on what it is worth now, by option."""
    first = slice(_DELAY_DRAWS)
    inputs = first_inputs(learned, _DELAY_DRAWS)
    counted = of_those(weights, first)
    assert counted is not None
    found: dict[int, tuple[list[float], list[float]]] = {delay: ([], []) for delay in delays}
    for known in _runs(inputs):
        now = _npv(known, len(counted))
        for delay in delays:
            later = _npv(begun_later(known, delay), len(counted))
            level, slope = _line(now, later, counted)
            found[delay][0].append(level)
            found[delay][1].append(slope)
    return {delay: (np.array(levels), np.array(slopes)) for delay, (levels, slopes) in found.items()}


def _npv(known: Known, rows: int) -> Array:
    return np.broadcast_to(METRICS["npv"].compute(known), (rows, 1))[:, 0]


def begun_later(known: Known, months: int) -> Known:
    """A run in which everything that is decided begins so many months later, within the same horizon."""
    if not months:
        return known
    last = known["t"].shape[1]
    changes = {}
    for name in _BEGINS:
        series = np.broadcast_to(known[name], (len(known[name]), last))
        nothing = np.zeros((len(series), min(months, last)))
        changes[name] = np.hstack([nothing, series[:, : max(0, last - months)]])
    return _rerun(known, changes)


def _line(now: Array, later: Array, weights: Array) -> tuple[float, float]:
    """Level and slope of the least squares line of one worth on the other."""
    middle, after = float(weights @ now), float(weights @ later)
    spread = float(weights @ (now - middle) ** 2)
    slope = float(weights @ ((now - middle) * (later - after))) / spread if spread > 0 else 0.0
    return after - slope * middle, slope
