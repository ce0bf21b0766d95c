"""The lines of a plan under draws, with what was spent and trained set as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array
from model.gates.indicators import INDICATORS
from model.projection import Known, affected, inputs_of, lines_behind, project, run
from model.scenario import Scenario
from model.track.actuals import Actual
from model.track.departures import Followed, follow, still_to_come
from model.track.measures import MEASURES, Measurable

_MONTHS_A_YEAR = 12
# A team of nobody learns nothing, whatever its hours.
_LEAST_TEAM = 1e-9


@dataclass(frozen=True)
class Worlds:
    """What a model's run says of each measure, given what is known until a month.

    `known` are the lines with spend and hours as they came, and afterwards as they departed from the plan;
    `modelled` each measure, `(S or 1, T)`, of spend and hours before they were set; `followed` how each that has
    actuals departed from it.
    """

    known: Known
    modelled: Mapping[str, Array]
    followed: Mapping[str, Followed]


@dataclass(frozen=True)
class Tracking:
    """A plan and what has been measured of it: the actuals by month and measure, up to the month `until`.

    From those `left_out` nothing is learnt, though each is forecast as the others are.
    """

    scenario: Scenario
    actuals: tuple[Actual, ...]
    until: int
    left_out: frozenset[Actual] = frozenset()

    @property
    def months(self) -> int:
        """The months of the plan."""
        return _MONTHS_A_YEAR * self.scenario.horizon_years

    def of(self, measure: str) -> tuple[Actual, ...]:
        """What was measured of something, by month."""
        return tuple(item for item in self.actuals if item.measure == measure)

    @cached_property
    def measured(self) -> tuple[Measurable, ...]:
        """What has actuals, in the order of declaration."""
        there = {item.measure for item in self.actuals}
        return tuple(item for name, item in MEASURES.items() if name in there)

    @cached_property
    def planned(self) -> Mapping[str, Array]:
        """Each measure as it was planned, `(T,)`: the point projection."""
        lines = project(self.scenario).lines
        shapes = inputs_of(self.scenario) | {name: series[np.newaxis] for name, series in lines.items()}
        return MappingProxyType({name: value_of(item, shapes)[0] for name, item in MEASURES.items()})

    def unit_of_noise(self, measure: Measurable) -> Array:
        """What its noise is stated in parts of, by month, `(T,)`; zeros where nothing was ever planned."""
        if not measure.of_plan:
            return np.ones(self.months)
        planned = np.abs(self.planned[measure.name])
        return np.where(planned > 0, planned, planned.max())

    def worlds(
        self,
        inputs: Mapping[str, Any],
        lines: Sequence[str] = (),
        last: int | None = None,
        luck: Mapping[str, Array] = MappingProxyType({}),
    ) -> Worlds:
        """A run up to the month `last`, by default the whole plan; `lines` are those needed beside the measures'.

        `inputs` are those of `model.projection.run`. `luck` is that of `luck`, for spend and hours still to come;
        without it they depart from the plan as is expected.
        """
        last = last or self.months
        cut = {name: _until(value, last) for name, value in inputs.items()}
        decided = [item for item in self.measured if item.decided]
        first = frozenset({"team"}).union(*map(_lines_of, decided))
        known = run(cut, lines_behind(frozenset(), first))
        before = {item.name: value_of(item, known) for item in decided}
        followed = {name: self._followed(MEASURES[name], values) for name, values in before.items()}
        came = {
            name: self._as_it_came(name, values, followed[name], luck.get(name)) for name, values in before.items()
        }
        needed = lines_behind(frozenset(), frozenset(lines).union(*map(_lines_of, self.measured)))
        known = with_set(known, {name: (1, series) for name, series in came.items()}, needed)
        after = {item.name: value_of(item, known) for item in self.measured if item.name not in before}
        followed |= {
            item.name: self._followed(item, after[item.name]) for item in self.measured if item.name in after
        }
        return Worlds(known, MappingProxyType(before | after), MappingProxyType(followed))

    def luck(self, stream: np.random.Generator, size: int) -> Mapping[str, Array]:
        """Standard normal deviates of so many draws for spend and hours still to come, `(2, S, T)` each."""
        return {item.name: stream.standard_normal((2, size, self.months)) for item in self.measured if item.decided}

    def where_known(self, *measures: str) -> dict[str, Array]:
        """The actuals of those that have any, by month up to `until`, `(1, until)`, NaN in between."""
        found = {}
        for name in measures:
            series = np.full((1, self.until), np.nan)
            for item in self.of(name):
                series[0, item.month - 1] = item.value
            if np.isfinite(series).any():
                found[name] = series
        return found

    def _followed(self, measure: Measurable, modelled: Array) -> Followed:
        return follow(measure, self.of(measure.name), modelled, self.unit_of_noise(measure), self.left_out)

    def _as_it_came(self, name: str, modelled: Array, followed: Followed, luck: Array | None) -> Array:
        """Spend or hours as they came; where none is known, as planned with what lasts of the departure."""
        last, measure = modelled.shape[1], MEASURES[name]
        departed = followed.expected if luck is None else still_to_come(measure, followed, luck[..., :last])
        values = np.maximum(0, modelled + self.unit_of_noise(measure)[:last] * departed)
        for item in self.of(name):
            if item.month <= last:
                values[:, item.month - 1] = item.value
        return values


def with_set(known: Known, came: Mapping[str, tuple[Any, Array]], needed: Sequence[str]) -> Known:
    """A run with spend and hours as they came, in the rows where 1 and the months where a value stands.

    `needed` are the lines of the run; those that are known and depend on nothing that came are not computed again.
    """
    changes: dict[str, Array] = {}
    for name, (where, series) in came.items():
        there = (np.asarray(where) == 1) & np.isfinite(series)
        if name != "training_hours":
            changes[name] = np.where(there, series, known[name])
            continue
        # Hours of a person in a year, as the assumption has them.
        hours = series * _MONTHS_A_YEAR / np.maximum(known["team"], _LEAST_TEAM)
        there = there & (series != known["trained_hours"])
        changes["training_hours"] = np.where(there, hours, known["training_hours"])
        changes["programme_active"] = np.where(there, series > 0, known["programme_active"])
    moved = {*affected(frozenset(changes))}
    again = [name for name in needed if name not in changes and (name not in known or name in moved)]
    return run(known | changes, again)


def tracking(
    scenario: Scenario, actuals: Sequence[Actual], until: int, left_out: frozenset[Actual] = frozenset()
) -> Tracking:
    """A plan with the actuals of its months up to one."""
    return Tracking(scenario, tuple(item for item in actuals if item.month <= until), until, left_out)


def point_inputs(scenario: Scenario, rows: Mapping[str, Array] = MappingProxyType({})) -> dict[str, Any]:
    """The inputs of a run of the plan itself, some assumptions given row by row, `(R, 1)`."""
    return inputs_of(scenario) | dict(rows)


def value_of(measure: Measurable, known: Mapping[str, Array]) -> Array:
    """A measure in a run, `(S or 1, T)`; NaN where it is divided by nothing."""
    months = known["t"].shape[-1]
    if measure.indicator:
        looked_at = INDICATORS[measure.indicator]
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.stack([looked_at.value(known, month) for month in range(1, months + 1)], axis=-1)
        return np.asarray(np.where(np.isfinite(value), value, np.nan))
    total = sum((np.atleast_2d(known[name]) for name in measure.lines), np.zeros((1, months)))
    if not measure.per:
        return np.asarray(total)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = total / known[measure.per]
    return np.asarray(np.where(np.isfinite(value), value, np.nan))


def _lines_of(measure: Measurable) -> set[str]:
    return {*measure.lines, measure.per} - {""}


def _until(value: Any, last: int) -> Any:
    """A given series up to the last month; assumptions as they are."""
    return value[:, :last] if np.ndim(value) == 2 and value.shape[1] > 1 else value
