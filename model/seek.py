"""Goal seek: the values of one assumption at which a metric meets a target."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS, Assumption
from model.formula import Array
from model.projection import appraise, inputs_of, project, rerun, run
from model.scenario import Scenario
from model.validation import Fault, ScenarioError, delivered_share_faults, nearest

# Points of each grid that the hard bounds are searched on; two roots closer than the grid are found as none.
_GRID = 193
# What an undefined count of months stands for: later than any.
_NEVER = 1e9


def break_even(scenario: Scenario, name: str, metric: str = "npv", target: float = 0.0) -> tuple[float, ...]:
    """All values of a numeric assumption within its hard bounds at which the metric equals the target, ascending.

    Everything else stays as the scenario has it. Empty where no value gets there, or where every one does. A
    metric in whole months has no exact value to meet: for it the thresholds between reaching the target and
    not. For an assumption in whole years: the first whole one on the other side of the target.
    Raises ScenarioError for an unknown or non-numeric name, an unknown metric or a target that is no number.
    """
    assumption = _checked(name, metric, target)
    points = _points(assumption, scenario)
    gaps = _gap(scenario, name, metric, target, points)
    if assumption.unit.whole:
        return tuple(float(point) for point in points[1:][_crossed(gaps)])
    exact = points[_exact(gaps)]
    crossed = _crossed(gaps)
    between = _refined(scenario, name, metric, target, points[:-1][crossed], points[1:][crossed])
    return tuple(sorted({float(root) for root in (*exact, *between)}))


def _checked(name: str, metric: str, target: float) -> Assumption:
    faults = []
    if name not in ASSUMPTIONS:
        faults.append(Fault(name, f"is not an assumption{nearest(name, ASSUMPTIONS)}"))
    elif not ASSUMPTIONS[name].numeric:
        faults.append(Fault(name, "is a choice or a switch; only a number can be sought"))
    sought = [known for known, item in METRICS.items() if item.headline]
    if metric not in sought:
        faults.append(Fault(metric, f"is not a metric{nearest(metric, sought)}"))
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
    return points[[not _impossible(scenario, assumption.name, point) for point in points]]


def _impossible(scenario: Scenario, name: str, value: float) -> bool:
    return bool(delivered_share_faults({**scenario.values, name: float(value)}, scenario.social_share_path))


def _gap(scenario: Scenario, name: str, metric: str, target: float, points: Array) -> Array:
    """The metric less the target at each point; NaN where the metric is undefined."""
    if ASSUMPTIONS[name].unit.whole:
        found = [project(scenario.with_values(**{name: int(point)})).metrics[metric] for point in points]
        values = np.array([math.nan if item is None else item for item in found])
    else:
        known = rerun(run(inputs_of(scenario)), {name: points[:, np.newaxis]})
        values = np.broadcast_to(appraise(known)[0][metric], (points.size, 1))[:, 0]
    if METRICS[metric].unit.whole:
        return np.asarray(np.nan_to_num(values, nan=_NEVER) - (target + 0.5), dtype=float)
    return np.asarray(values - target, dtype=float)


def _crossed(gaps: Array) -> Array:
    """For each pair of neighbours whether the target lies strictly between them."""
    return np.asarray(gaps[:-1] * gaps[1:] < 0)


def _exact(gaps: Array) -> Array:
    """The points that meet the target, other than those amid others that do."""
    met = gaps == 0
    beside = np.concatenate(([True], met[:-1])) & np.concatenate((met[1:], [True]))
    return np.asarray(met & ~beside)


def _refined(scenario: Scenario, name: str, metric: str, target: float, low: Array, high: Array) -> Array:
    from scipy.optimize.elementwise import find_root

    if not low.size:
        return low

    def gap(points: Array) -> Array:
        return _gap(scenario, name, metric, target, np.ravel(points)).reshape(np.shape(points))

    found: Any = find_root(gap, (low, high))
    # Where the metric leaps past the target there is no value that meets it.
    leap = np.abs(found.f_x) > 1e-6 * np.maximum(np.abs(gap(low)), np.abs(gap(high)))
    return np.asarray(found.x[~leap | METRICS[metric].unit.whole], dtype=float)
