"""Draws of the uncertain assumptions: distributions, scrambled Sobol points, rank correlations.

Every assumption that can be uncertain has its own coordinate of the points, so that all scenarios share the
same draws (common random numbers) and one draw does not depend on which others are uncertain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS, Distribution, Range, Value
from model.formula import Array
from model.reading.faults import Fault, ScenarioError, shown
from model.reading.numerals import brief
from model.reading.scenario_validation import delivered_share_faults
from model.scenario import Scenario
from model.uncertainty.sobol import Sobol

DEFAULT_DRAWS = 8192
DEFAULT_SEED = 2027
MIN_DRAWS, MAX_DRAWS = 128, 1_000_000
MAX_SEED = 2**32 - 1
BLOCK = 2048
PERT_LAMBDA = 4.0

COORDINATES: tuple[str, ...] = tuple(name for name, item in ASSUMPTIONS.items() if item.can_be_uncertain)
# Points this near to 0 or 1 would fall infinitely far out on a normal range.
_EDGE = 1e-12
# How far the knots of a spline over normal scores go beyond those edges, and how many they are.
_BEYOND, _KNOTS = 0.01, 1025

Quantile = Callable[[Array], Array]
Block = tuple[int, Mapping[str, Array]]


def quantile(item: Range) -> Quantile:
    """The function from a probability to the value below which the range's distribution has it.

    PERT is the beta distribution on low … high with mode `likely` and weight 4; for normal and lognormal
    low and high are the 5th and 95th percentiles and `likely` plays no part.
    """
    low, high, width = item.low, item.high, item.high - item.low
    if item.distribution is Distribution.PERT:
        return _pert(item)
    if item.distribution is Distribution.TRIANGULAR:
        return partial(_triangular, item)
    if item.distribution is Distribution.UNIFORM:
        return lambda probability: low + width * probability
    if item.distribution is Distribution.NORMAL:
        return partial(_normal, low, high)
    return lambda probability: np.exp(_normal(np.log(low), np.log(high), probability))


def _normal(p5: float, p95: float, probability: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray((p5 + p95) / 2 + (p95 - p5) / (2 * ndtri(0.95)) * ndtri(probability), dtype=float)


@lru_cache(maxsize=256)
def _pert(item: Range) -> Quantile:
    """PERT by a spline through its exact quantiles; within 1e-11 of the width, and six times as fast."""
    from scipy import special
    from scipy.interpolate import CubicSpline

    width = item.high - item.low
    peak = (item.likely - item.low) / width
    far = _BEYOND - special.ndtri(_EDGE)
    score = np.linspace(-far, far, _KNOTS)
    exact = special.betaincinv(1 + PERT_LAMBDA * peak, 1 + PERT_LAMBDA * (1 - peak), special.ndtr(score))
    spline = CubicSpline(score, exact)
    return lambda probability: item.low + width * np.clip(spline(special.ndtri(probability)), 0, 1)


def _triangular(item: Range, probability: Array) -> Array:
    low, likely, high = item.low, item.likely, item.high
    width = high - low
    rising = low + np.sqrt(probability * width * (likely - low))
    falling = high - np.sqrt((1 - probability) * width * (high - likely))
    return np.where(probability <= (likely - low) / width, rising, falling)


def draws(scenario: Scenario, count: int, seed: int) -> Iterator[Block]:
    """Blocks of draws: how many, and the values of the uncertain assumptions, each an array `(block, 1)`.

    Values are held within the assumption's hard bounds. Raises ScenarioError, before the first block, where
    `count` or `seed` is out of bounds, correlations contradict each other, or a range reaches so far that the
    delivered share could not be.
    """
    check_size(count, seed)
    root = correlation_root(scenario)
    if faults := reach_faults(scenario, scenario.values):
        raise ScenarioError(faults)
    ranges = tuple(scenario.effective_ranges.items())
    mixed = None if root is None else (tuple(root[0]), tuple(map(tuple, root[1].tolist())))
    make = _remembered if count <= DEFAULT_DRAWS else _blocks
    return iter(make(ranges, mixed, count, seed, BLOCK))


def check_size(count: int, seed: int, most: int = MAX_DRAWS) -> None:
    """Refuse a number of draws, of which there may be `most`, or a seed that is out of bounds."""
    faults = []
    if not MIN_DRAWS <= count <= most:
        faults.append(Fault("draws", f"is {shown(count)}, out of bounds: must lie within {MIN_DRAWS} … {most}"))
    if not 0 <= seed <= MAX_SEED:
        faults.append(Fault("seed", f"is {shown(seed)}, out of bounds: must lie within 0 … {MAX_SEED}"))
    if faults:
        raise ScenarioError(faults)


# Most decisions move no range: their draws are the same. Up to 3 MB each.
@lru_cache(maxsize=16)
def _remembered(*what: Any) -> tuple[Block, ...]:
    return tuple(_blocks(*what))


def _blocks(
    ranges: tuple[tuple[str, Range], ...],
    root: tuple[tuple[int, ...], Any] | None,
    count: int,
    seed: int,
    most: int,
) -> Iterator[Block]:
    """The draws from these ranges, at most so many in a block; of `root` see `correlation_root`, row by row."""
    from scipy import special

    quantiles = {name: quantile(item) for name, item in ranges}
    for points in _points(count, seed, most):
        if root is not None:
            points[:, root[0]] = special.ndtr(special.ndtri(points[:, root[0]]) @ np.array(root[1]))
        yield len(points), _values(quantiles, points)


def _points(count: int, seed: int, most: int) -> Iterator[Array]:
    """Blocks of points, at most so many in each: shape (block, coordinates)."""
    sobol = Sobol(len(COORDINATES), seed)
    block = min(most, 2 ** int(np.ceil(np.log2(count))))
    for start in range(0, count, block):
        yield np.clip(sobol.block(start, block), _EDGE, 1 - _EDGE)[: count - start]


def normal_scores(count: int, seed: int) -> Array:
    """The normal scores of all points, before any correlation: shape (count, coordinates)."""
    from scipy.special import ndtri

    return np.concatenate([ndtri(points) for points in _points(count, seed, BLOCK)])


def _values(quantiles: Mapping[str, Quantile], points: Array) -> Mapping[str, Array]:
    values = {}
    for name, function in quantiles.items():
        column = np.ascontiguousarray(points[:, COORDINATES.index(name)])
        values[name] = within_bounds(name, function, column)[:, np.newaxis]
        values[name].setflags(write=False)
    return MappingProxyType(values)


def within_bounds(name: str, function: Quantile, probability: Array) -> Array:
    """The values of an assumption at probabilities, held within its hard bounds."""
    low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
    return np.clip(function(probability), low, high)


def reach_faults(scenario: Scenario, values: Mapping[str, Value]) -> list[Fault]:
    """The fault of a range that can take the delivered social share out of bounds: its furthest ends decide.

    `values` are the scenario's, or with other decisions.
    """
    uncertain = scenario.effective_ranges
    names = [name for name in ("social_share_start", "plan_delivery") if name in uncertain]
    for ends in product(*(_reach(name, uncertain[name]) for name in names)) if names else ():
        furthest = {**values, **dict(zip(names, ends, strict=True))}
        if faults := delivered_share_faults(furthest, scenario.social_share_path):
            return [Fault(f"ranges.{names[-1]}", f"reaches too far: {faults[0]}")]
    return []


@cache
def _reach(name: str, item: Range) -> tuple[float, float]:
    """The lowest and the highest value that may be drawn."""
    low, high = ASSUMPTIONS[name].bounds or (-np.inf, np.inf)
    lowest, highest = quantile(item)(np.array([_EDGE, 1 - _EDGE]))
    return max(low, min(item.low, float(lowest))), min(high, max(item.high, float(highest)))


def correlation_root(scenario: Scenario) -> tuple[Sequence[int], Array] | None:
    """The coordinates that are correlated and the symmetric root of their normal correlation matrix.

    Raises ScenarioError that names the pairs where they contradict each other (no such matrix is positive
    semi-definite), and where one names an assumption without a range.
    """
    pairs = scenario.correlations
    if not pairs:
        return None
    certain = sorted({name for pair in pairs for name in pair[:2]} - scenario.effective_ranges.keys())
    if certain:
        mend = "which has no range in this scenario; give it one or remove the pair"
        raise ScenarioError([Fault("correlations", f"names {name}, {mend}") for name in certain])
    names = sorted({name for one, other, _ in pairs for name in (one, other)}, key=COORDINATES.index)
    sizes, directions = np.linalg.eigh(normal_correlations(names, pairs))
    if sizes.min() < -1e-9:
        listed = "; ".join(f"{one} with {other} {brief(strength)}" for one, other, strength in pairs)
        raise ScenarioError(
            [
                Fault(
                    "correlations",
                    f"contradict each other: no draws can have all of {listed}; weaken the strongest of them",
                )
            ]
        )
    root = (directions * np.sqrt(np.maximum(sizes, 0))) @ directions.T
    return [COORDINATES.index(name) for name in names], root


def normal_correlations(names: Sequence[str], pairs: Iterable[tuple[str, str, float]]) -> Array:
    """The correlations of the Gaussian copula of some assumptions, see `normal_correlation`."""
    matrix = np.eye(len(names))
    for one, other, strength in pairs:
        row, column = names.index(one), names.index(other)
        matrix[row, column] = matrix[column, row] = normal_correlation(strength)
    return matrix


def normal_correlation(rank: float) -> float:
    """The correlation of normal scores whose ranks are so correlated: 2·sin(πr/6)."""
    return float(2 * np.sin(np.pi / 6 * rank))
