"""Goal seek: the values of one assumption at which a metric meets a target."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
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

# Which of several assumptions each point is a value of.
Places = npt.NDArray[np.intp]
# Points of each grid that the hard bounds are searched on; two roots closer than the grid are found as none.
_GRID = 193
# What an undefined count of months stands for: later than any.
_NEVER = 1e9


def break_even(scenario: Scenario, name: str, metric: str = "npv", target: float = 0.0) -> tuple[float, ...]:
    """All values of a numeric assumption within its hard bounds at which the metric equals the target, ascending.

    Everything else stays as the scenario has it. Empty where no value gets there, or where every one does. A
    metric in whole months has no exact value to meet: for it the thresholds between reaching the target and
    not. For an assumption in whole years: those that meet the target, and the first whole one on its other
    side. Where a whole stretch of values meets the target: the stretch's ends within the bounds.
    Raises ScenarioError for an unknown or non-numeric name, an unknown metric or a target that is no number.
    """
    return break_evens(scenario, (name,), metric, target)[name]


def break_evens(
    scenario: Scenario,
    names: Sequence[str],
    metric: str = "npv",
    target: float = 0.0,
    known: Mapping[str, Any] | None = None,
) -> dict[str, tuple[float, ...]]:
    """What `break_even` finds for each of several assumptions, all sought at once.

    `known` is a run of the scenario, if there is one.
    """
    gap = partial(_gap, scenario, known or run(inputs_of(scenario)), tuple(names), metric, target)
    found: dict[str, list[Array | float]] = {name: [] for name in names}
    between, ends = [], []
    for place, name in enumerate(names):
        assumption = _checked(name, metric, target)
        points = _points(assumption, scenario)
        gaps = gap(points, np.full(points.size, place))
        whole = assumption.unit.whole
        found[name].append(points[_exact(gaps, alone=not whole)])
        crossed = _crossed(gaps)
        if whole:
            found[name].append(points[1:][crossed])
            continue
        between.append(_brackets(points, crossed, place))
        ends.append(_brackets(points, _edges(gaps), place))

    def met(points: Array, places: Places) -> Array:
        return np.asarray((gap(points, places) == 0) - 0.5, dtype=float)

    for sought, brackets, leaps in ((gap, between, METRICS[metric].unit.whole), (met, ends, True)):
        for place, root in _roots(sought, brackets, leaps=leaps):
            found[names[place]].append(root)
    return {name: _ascending(*values) for name, values in found.items()}


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


def _ascending(*found: Array | float) -> tuple[float, ...]:
    return tuple(sorted({float(value) for values in found for value in np.atleast_1d(values)}))


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
    scenario: Scenario,
    known: Mapping[str, Any],
    names: tuple[str, ...],
    metric: str,
    target: float,
    points: Array,
    places: Places,
) -> Array:
    """The metric less the target at each point, from a run of the scenario; NaN where the metric is undefined.

    `places` tell which of the names takes the point, the others staying as they are.
    """
    if ASSUMPTIONS[names[places[0]]].unit.whole:
        whole = [{names[place]: int(point)} for place, point in zip(places, points, strict=True)]
        found = [project(scenario.with_values(**value)).metrics[metric] for value in whole]
        values = np.array([math.nan if item is None else item for item in found])
    else:
        moved = {
            names[place]: np.where(places == place, points, scenario.number(names[place]))[:, np.newaxis]
            for place in set(places.tolist())
        }
        changed = rerun(known, moved, lines_behind(frozenset({metric})))
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


def _brackets(points: Array, there: Array, place: int) -> tuple[Array, Array, Places]:
    """The pairs of neighbours that are marked: low, high and the place of what takes them."""
    return points[:-1][there], points[1:][there], np.full(np.count_nonzero(there), place)


def _roots(
    gap: Callable[[Array, Places], Array], brackets: Sequence[tuple[Array, Array, Places]], *, leaps: bool
) -> list[tuple[int, float]]:
    """Where the gap is zero within each bracket, with its place; with `leaps` also where it leaps past zero."""
    from scipy.optimize.elementwise import find_root

    if not any(low.size for low, _, _ in brackets):
        return []
    low, high, places = map(np.concatenate, zip(*brackets, strict=True))
    found: Any = find_root(gap, (low, high), args=(places,))
    leap = np.abs(found.f_x) > 1e-6 * np.maximum(np.abs(gap(low, places)), np.abs(gap(high, places)))
    kept = ~leap | leaps
    return list(zip(places[kept].tolist(), found.x[kept].tolist(), strict=True))
