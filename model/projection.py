"""Runs the lines: one engine for a point projection and for arrays of draws, and the frozen result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from model.assumptions import WITHOUT_PROGRAMME
from model.checks import identities
from model.formula import Array, Expression, inlined
from model.lines import LINES
from model.metrics import BRIDGE, COUNTERFACTUALS, LISTED, METRICS, Metric
from model.other.amounts import SIDES, monthly
from model.scenario import Scenario
from model.sheet import Line

Known = dict[str, Any]
# A line, for all that it is made of; or the lines themselves; None for all.
Towards = str | tuple[str, ...] | None

BEYOND_NUMBERS = "it is a quotient too large to be calculated"

# What holding changes; a word names the assumption whose value is taken.
HOLD: Mapping[str, float | str] = MappingProxyType(
    {
        "plan_delivery": 0.0,
        "team_target": "team_start",
        **WITHOUT_PROGRAMME,
        **dict.fromkeys(SIDES, 0.0),
    }
)


def inputs_of(scenario: Scenario) -> Known:
    """Assumptions as arrays `(1, 1)` (choices as words) and the given series `(1, T)` of a scenario."""
    arrays: Known = {
        name: value if isinstance(value, str) else np.array([[float(value)]])
        for name, value in scenario.values.items()
    }
    return arrays | given_series(scenario)


def given_series(scenario: Scenario) -> Known:
    """The calendar, the custom path and the stated amounts, month by month, shape `(1, T)`."""
    years = scenario.horizon_years
    month = np.arange(1.0, 12 * years + 1)[np.newaxis]
    target = float(scenario.values["social_share_target"])
    path = scenario.social_share_path if scenario.values["ramp_shape"] == "custom" else None
    year_ends = path or (target,) * years
    at_year_ends = np.array([float(scenario.values["social_share_start"]), *year_ends])
    return {
        "t": month,
        "path_from": np.repeat(at_year_ends[:-1], 12)[np.newaxis],
        "path_to": np.repeat(at_year_ends[1:], 12)[np.newaxis],
        "path_month": (month - 1) % 12 + 1,
    } | {
        name: monthly(getattr(scenario, side.field), place, years)[np.newaxis]
        for side in SIDES.values()
        for place, name in enumerate(side.series)
    }


def run(inputs: Mapping[str, Any], only: Iterable[str] = tuple(LINES)) -> Known:
    """Lines for the inputs, each of shape `(S or 1, T or 1)`; the inputs are in the result too.

    `only` are those to be computed, in calculation order and with all they are made of: see `lines_behind`.
    """
    known: Known = dict(inputs)
    for name in only:
        known[name] = computed(name, known)
    return known


def rerun(known: Mapping[str, Any], changes: Mapping[str, Any], towards: Towards = None) -> Known:
    """The run with some assumptions changed, or lines given: only what depends on them is computed again.

    With `towards` only those that this line is made of, or those named; the others are then left as they were.
    """
    again: Known = dict(known) | {name: _taken(value, known) for name, value in changes.items()}
    for name in affected(frozenset(changes), towards):
        again[name] = computed(name, again)
    return again


def _taken(value: Any, known: Mapping[str, Any]) -> Array:
    """The values that a change gives; a word names the assumption whose value is taken."""
    return np.atleast_2d(np.asarray(known[value] if isinstance(value, str) else value, dtype=float))


@cache
def affected(names: frozenset[str], towards: Towards = None) -> tuple[str, ...]:
    """Lines that depend on any of the names, directly or not, in calculation order, without these; see `rerun`."""
    touched = set(names)
    for name, item in LINES.items():
        if not touched.isdisjoint(item.precedents):
            touched.add(name)
    wanted = ancestors(towards) if isinstance(towards, str) else set(LINES if towards is None else towards)
    return tuple(name for name in LINES if name in (touched - names) & wanted)


def ancestors(name: str) -> set[str]:
    """The line and all lines it is made of."""
    found = {name}
    for earlier in reversed(tuple(LINES)):
        if any(earlier in LINES[later].precedents for later in found):
            found.add(earlier)
    return found


@cache
def lines_behind(metrics: frozenset[str], lines: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """These lines and those that the metrics are computed from, with all they are made of, in calculation order."""
    wanted = {name for metric in metrics for name in made_of(metric)}
    parts = {part for name in wanted & METRICS.keys() for part in _precedents(METRICS[name])}
    parts |= {"present_value"} if wanted & COUNTERFACTUALS.keys() else set()
    found: set[str] = set().union(*(ancestors(name) for name in (parts | lines) & LINES.keys()))
    return tuple(name for name in LINES if name in found)


def written_out(line: str, inside: Collection[str]) -> Expression:
    """A line's formula with those of the lines `inside` written into it, and into each other, for their names.

    What runs along time cannot stand inside another formula: it takes its own last month.
    """
    return inlined(LINES[line].expression, lambda name: written_out(name, inside) if name in inside else None)


def computed(line: str, known: Known) -> Any:
    """The values of a line, `(S or 1, T or 1)`, from a mapping that holds all it is made of."""
    item = LINES[line]
    if item.opening is None:
        return item.compute(known)
    return _along_time(item, known)


def _along_time(item: Line, known: Known) -> Array:
    """A line that takes its own last month: month by month, all draws at once."""
    periods = known["t"].shape[-1]
    operands = {name: _by_month(known[name], periods) for name in item.precedents}
    draws = max(columns.shape[1] for columns in operands.values())
    values = np.empty((periods, draws, 1))
    previous = np.full((draws, 1), float(item.opening or 0))
    columns = [operands.get(name) for name in item.parameters]
    for month in range(periods):
        now = (previous if column is None else column[month] for column in columns)
        values[month] = previous = item.function(*now)
    return np.ascontiguousarray(values[..., 0].T)


def _by_month(values: Any, periods: int) -> Array:
    """Values `(S or 1, T or 1)` month by month, `(T, S or 1, 1)`; the same each month where they do not change."""
    columns = np.ascontiguousarray(np.atleast_2d(values).T)[..., np.newaxis]
    return np.broadcast_to(columns, (periods, *columns.shape[1:]))


def appraise(
    known: Mapping[str, Any],
    only: Iterable[str] = (*METRICS, *COUNTERFACTUALS),
    reruns: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> tuple[dict[str, Array], dict[str, tuple[Array, ...]]]:
    """Metrics of a run, `(S, 1)`, NaN where undefined; and for each metric its conditions' masks.

    Those in `only` and those they are made of, by default every one. `reruns` are those of counterfactuals that are
    known already.
    """
    wanted: frozenset[str] = frozenset().union(*map(made_of, only))
    values: Known = dict(known)
    for name, counterfactual in COUNTERFACTUALS.items():
        if name in wanted:
            again = reruns.get(name) or rerun(known, counterfactual.changes, towards="present_value")
            values[name] = METRICS["npv"].compute(again)
    masks: dict[str, tuple[Array, ...]] = {}
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for name, item in METRICS.items():
            if name not in wanted:
                continue
            masks[name] = tuple(condition.when.compute(values) for condition in item.undefined)
            values[name] = item.compute(values)
            if masks[name]:
                nowhere = np.any(np.broadcast_arrays(*masks[name]), axis=0)
                values[name] = np.where(nowhere | ~np.isfinite(values[name]), np.nan, values[name])
    return {name: values[name] for name in (*METRICS, *COUNTERFACTUALS) if name in wanted}, masks


@cache
def made_of(metric: str) -> frozenset[str]:
    """The metric with the metrics and counterfactual runs that it, or its being undefined, is computed from."""
    parts = _precedents(METRICS[metric]) if metric in METRICS else set()
    return frozenset({metric}).union(*map(made_of, parts & {*METRICS, *COUNTERFACTUALS}))


def _precedents(item: Metric) -> set[str]:
    """What a metric, or its being undefined, is computed from."""
    return {name for formula in (item, *(one.when for one in item.undefined)) for name in formula.precedents}


@dataclass(frozen=True)
class Projection:
    """A point projection of one scenario; nothing in it can be changed.

    `lines` are arrays of shape `(T,)`, month 1 first; `metrics` are numbers or None, with the reason in
    `undefined`; `counterfactuals` are the parts only metrics are made of; `checks` the model's identities.
    """

    scenario: Scenario
    lines: Mapping[str, Array]
    metrics: Mapping[str, float | None]
    undefined: Mapping[str, str]
    counterfactuals: Mapping[str, float]
    checks: Mapping[str, bool]

    @property
    def months(self) -> int:
        """Number of months in the horizon."""
        return 12 * self.scenario.horizon_years

    @property
    def sound(self) -> bool:
        """The master check: whether every identity holds."""
        return all(self.checks.values())

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """First day of each month of the plan."""
        return self.scenario.calendar()

    @cached_property
    def bridge(self) -> Mapping[str, float]:
        """What each benefit and cost adds to the net present value, after tax, signed; they add up to it."""
        kept = 1 - float(self.scenario.values["tax_rate"])
        return MappingProxyType(
            {
                name: sign * kept * float(np.sum(self.lines[name] * self.lines["discount_factor"]))
                for name, sign in BRIDGE.items()
            }
        )

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.lines, self.metrics, self.undefined, self.counterfactuals, self.checks)
        return _rebuilt, (self.scenario, *map(dict, parts))


def _rebuilt(scenario: Scenario, lines: dict[str, Array], *others: Mapping[str, Any]) -> Projection:
    """A projection from its parts, frozen again."""
    for series in lines.values():
        series.setflags(write=False)
    return Projection(scenario, MappingProxyType(lines), *map(MappingProxyType, others))


def project(scenario: Scenario) -> Projection:
    """The point projection: every line, metric and check of a scenario."""
    known = run(inputs_of(scenario))
    others = {name: item.changes for name, item in COUNTERFACTUALS.items()}
    held, without, *again = _side_by_side(known, (HOLD, WITHOUT_PROGRAMME, *others.values()))
    figures, masks = appraise(known, reruns=dict(zip(others, again, strict=True)))
    return Projection(
        scenario=scenario,
        lines=MappingProxyType({name: _series(known[name], known["t"]) for name in LINES}),
        metrics=MappingProxyType({name: _number(figures[name]) for name in LISTED}),
        undefined=MappingProxyType(_reasons(figures, masks)),
        counterfactuals=MappingProxyType(
            {name: float(values.item()) for name, values in figures.items() if name not in LISTED}
        ),
        checks=MappingProxyType(identities(known, held, without, figures)),
    )


def _side_by_side(known: Known, cases: Sequence[Mapping[str, float | str]]) -> list[Known]:
    """The reruns of a point projection with the changes of each case, worked out as so many draws at once."""
    given = {
        name: np.concatenate(np.broadcast_arrays(*(_taken(changes.get(name, name), known) for changes in cases)))
        for name in {name for changes in cases for name in changes}
    }
    again = rerun(known, given)
    rows = {name: again[name] for name in LINES if np.shape(again[name])[0] == len(cases)} | given
    return [again | {name: values[row : row + 1] for name, values in rows.items()} for row in range(len(cases))]


def _series(values: Any, month: Array) -> Array:
    series: Array = np.broadcast_to(np.asarray(values, dtype=float), month.shape)[0].copy()
    series.setflags(write=False)
    return series


def _number(values: Array) -> float | None:
    # Nothing has no sign: −0.0 becomes 0.0.
    number = float(values.item()) + 0.0
    return None if np.isnan(number) else number


def _reasons(figures: Mapping[str, Array], masks: Mapping[str, tuple[Array, ...]]) -> dict[str, str]:
    """For each undefined metric the first reason that applies."""
    return {
        name: next(
            (
                condition.reason
                for condition, mask in zip(METRICS[name].undefined, conditions, strict=True)
                if mask.item()
            ),
            BEYOND_NUMBERS,
        )
        for name, conditions in masks.items()
        if np.isnan(figures[name].item())
    }
