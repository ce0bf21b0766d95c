"""Goal seek: the values of one assumption at which a metric meets a target."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from model.assumptions import ASSUMPTIONS, Assumption
from model.formula import Array
from model.metrics import LISTED, METRICS
from model.projection import appraise, inputs_of, lines_behind, project, rerun, run
from model.reading.faults import Fault, ScenarioError, nearest
from model.reading.scenario_validation import DELIVERY, delivered_share_faults
from model.scenario import Scenario

# Points of each grid that the hard bounds are searched on; two roots closer than the grid are found as none.
_GRID = 193
# What an undefined count of months stands for: later than any.
_NEVER = 1e9


def break_even(
    scenario: Scenario,
    name: str,
    metric: str = "npv",
    target: float = 0.0,
    known: Mapping[str, Any] | None = None,
) -> tuple[float, ...]:
    """All values of a numeric assumption within its hard bounds at which the metric equals the target, ascending.

    Everything else stays as the scenario has it. Empty where no value gets there, or where every one does. A
    metric in whole months has no exact value to meet: for it the thresholds between reaching the target and
    not. For an assumption in whole years: those that meet the target, and the first whole one on its other
    side. Where a whole stretch of values meets the target: the stretch's ends within the bounds. `known` is a run
    of the scenario, if there is one.
    Raises ScenarioError for an unknown or non-numeric name, an unknown metric or a target that is no number.
    """
    assumption = _checked(name, metric, target)
    points = _points(assumption, scenario)
    gap = partial(_gap, scenario, known or run(inputs_of(scenario)), name, metric, target)
    gaps = gap(points)
    crossed, edges = _crossed(gaps), _edges(gaps)
    if assumption.unit.whole:
        return _ascending(points[_exact(gaps, alone=False)], points[1:][crossed])
    between = _roots(gap, points[:-1][crossed], points[1:][crossed], leaps=METRICS[metric].unit.whole)
    ends = _roots(lambda at: (gap(at) == 0) - 0.5, points[:-1][edges], points[1:][edges], leaps=True)
    return _ascending(points[_exact(gaps, alone=True)], between, ends)


class End(NamedTuple):
    """An end of what an assumption may be, with the metric there, or None and why it has no value."""

    at: float
    value: float | None
    why: str


def at_the_ends(scenario: Scenario, name: str, metric: str = "npv") -> tuple[End, End]:
    """Where a metric stands at the lowest and the highest value that a numeric assumption may take.

    Raises ScenarioError as `break_even` does.
    """
    assumption = _checked(name, metric, 0.0)
    points = _points(assumption, scenario)[[0, -1]]
    lowest, highest = (int(end) if assumption.unit.whole else float(end) for end in points)
    return _end(scenario, name, lowest, metric), _end(scenario, name, highest, metric)


def _end(scenario: Scenario, name: str, at: float, metric: str) -> End:
    there = project(scenario.with_values(**{name: at}))
    return End(at, there.metrics[metric], there.undefined.get(metric, ""))


def _ascending(*found: Array) -> tuple[float, ...]:
    return tuple(sorted({float(value) for values in found for value in values}))


def _checked(name: str, metric: str, target: float) -> Assumption:
    faults = []
    if name not in ASSUMPTIONS:
        faults.append(Fault(name, f"is not an assumption{nearest(name, ASSUMPTIONS)}"))
    elif not ASSUMPTIONS[name].numeric:
        faults.append(Fault(name, "is a choice or a switch; only a number can be sought"))
    if metric not in LISTED:
        faults.append(Fault(metric, f"is not a metric{nearest(metric, LISTED)}"))
    if not math.isfinite(target):
        faults.append(Fault("target", f"is {target}, but must be a finite number"))
    if faults:
        raise ScenarioError(faults)
    return ASSUMPTIONS[name]


def _points(assumption: Assumption, scenario: Scenario) -> Array:
    """Where to look: evenly over the bounds, evenly in size, and densely about value and evidence."""
    low, high = assumption.bounds or (0.0, 1.0)
    if assumption.unit.whole:
        return np.arange(low, high + 1)
    value = scenario.number(assumption.name)
    evidence = scenario.effective_ranges.get(assumption.name)
    reach = 3 * (evidence.high - evidence.low if evidence else abs(value) or 1.0)
    grids = [
        np.linspace(low, high, _GRID),
        np.linspace(max(low, value - reach), min(high, value + reach), _GRID),
        np.geomspace(max(low, high * 1e-9), high, _GRID),
        np.array([value]),
    ]
    points = np.unique(np.clip(np.concatenate(grids), low, high))
    if assumption.name not in DELIVERY:
        return points
    return points[[not _impossible(scenario, assumption.name, point) for point in points]]


def _impossible(scenario: Scenario, name: str, value: float) -> bool:
    return bool(delivered_share_faults({**scenario.values, name: float(value)}, scenario.social_share_path))


def _gap(
    scenario: Scenario, known: Mapping[str, Any], name: str, metric: str, target: float, points: Array
) -> Array:
    """The metric less the target at each point, from a run of the scenario; NaN where the metric is undefined."""
    if ASSUMPTIONS[name].unit.whole:
        found = [project(scenario.with_values(**{name: int(point)})).metrics[metric] for point in points]
        values = np.array([math.nan if item is None else item for item in found])
    else:
        changed = rerun(known, {name: points[:, np.newaxis]}, lines_behind(frozenset({metric})))
        values = np.broadcast_to(appraise(changed, (metric,))[0][metric], (points.size, 1))[:, 0]
    if METRICS[metric].unit.whole:
        return np.asarray(np.nan_to_num(values, nan=_NEVER) - (math.floor(target) + 0.5), dtype=float)
    return np.asarray(values - target, dtype=float)


def _crossed(gaps: Array) -> Array:
    """For each pair of neighbours whether the target lies strictly between them."""
    return np.asarray(np.sign(gaps[:-1]) * np.sign(gaps[1:]) < 0)


def _exact(gaps: Array, *, alone: bool) -> npt.NDArray[np.bool_]:
    """The points that meet the target while their neighbours do not, or else those not amid others that do."""
    met = np.concatenate(([not alone], gaps == 0, [not alone]))
    beside = met[:-2] | met[2:] if alone else met[:-2] & met[2:]
    return np.asarray(met[1:-1] & ~beside)


def _edges(gaps: Array) -> Array:
    """For each pair of neighbours whether a stretch of points that meet the target ends between them."""
    stretch = (gaps == 0) & ~_exact(gaps, alone=True)
    return np.asarray(stretch[:-1] != stretch[1:])


def _roots(gap: Callable[[Array], Array], low: Array, high: Array, *, leaps: bool) -> Array:
    """Where the gap is zero between each low and high; with `leaps` also where it leaps past zero."""
    from scipy.optimize.elementwise import find_root

    if not low.size:
        return low

    def shaped(points: Array) -> Array:
        return gap(np.ravel(points)).reshape(np.shape(points))

    found: Any = find_root(shaped, (low, high))
    leap = np.abs(found.f_x) > 1e-6 * np.maximum(np.abs(gap(low)), np.abs(gap(high)))
    return np.asarray(found.x[~leap | leaps], dtype=float)
