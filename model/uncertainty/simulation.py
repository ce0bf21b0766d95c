"""The Monte Carlo: the lines and metrics under draws of what is uncertain, summed up as odds and percentiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from model.formula import Array
from model.lines import LINES
from model.metrics import LISTED, METRICS
from model.projection import appraise, inputs_of, lines_behind, run
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, Block, draws
from model.uncertainty.side_by_side import side_by_side
from model.uncertainty.summaries import (
    Weights,
    effective_size,
    mean,
    of_those,
    percentile_errors,
    percentiles,
    standard_error,
    variance,
    worst_part,
)
from model.units import LEAST_MONEY

PERCENTILES: tuple[int, ...] = (5, 10, 25, 50, 75, 90, 95)
_PARTS = np.array(PERCENTILES) / 100
WORST = 0.10
# The metrics that words and charts tell the odds of; tables have them all.
TOLD: tuple[str, ...] = ("npv", "payback_month", "peak_funding")
# Percentiles are told where at least this part of the draws has a value.
LEAST_DEFINED = 0.5
# Bands by month take the first draws only, which keeps a million draws within memory: as many as fit into this many
# values of all their lines, and at least so many.
BAND_VALUES = 2**25
BAND_DRAWS = 8_192
# As do the inputs kept to learn what matters.
INPUT_DRAWS = 65_536

Progress = Callable[[float], None]


class Estimate(NamedTuple):
    """A figure over the draws with its sampling error (see `Spread`), in its unit."""

    value: float
    error: float


@dataclass(frozen=True)
class Spread:
    """How a figure is distributed over the draws in which it is defined.

    `percentiles` go with PERCENTILES, and are None unless at least half of the draws have a value, as those of a
    minority say nothing of the plan; `mean` is None where no draw has one, and for rates, whose mean means nothing.
    `defined` is the part of the draws that have a value. `error` and `percentile_errors` are sampling errors: what
    other draws of the same number would move a figure by, one standard deviation, at most; the points of a
    simulation are spread more evenly than the plain draws that these formulas are for.
    """

    mean: float | None
    percentiles: tuple[float, ...] | None
    defined: float
    error: float | None = None
    percentile_errors: tuple[float, ...] | None = None

    @property
    def average(self) -> Estimate | None:
        """The mean with its error; None where there is none."""
        return None if self.mean is None or self.error is None else Estimate(self.mean, self.error)

    def percentile(self, percent: int) -> Estimate | None:
        """One of PERCENTILES with its error; None where there is none."""
        if self.percentiles is None or self.percentile_errors is None:
            return None
        place = PERCENTILES.index(percent)
        return Estimate(self.percentiles[place], self.percentile_errors[place])


@dataclass(frozen=True)
class Simulation:
    """The draws of one scenario, summed up; nothing in it can be changed.

    `metrics` hold the value in every draw of each metric that was asked for, NaN where undefined; `inputs` the drawn
    values and `bands` each line's mean and percentiles by month, shape (1 + percentiles, T); `band_errors` are their
    sampling errors (see `Spread`), in the same shape. Inputs and bands are those of the first draws where not all
    have room; for the bands of one line over five years half a million have. `weights` say how much each draw
    counts, None where all count alike.
    """

    scenario: Scenario
    draws: int
    seed: int
    metrics: Mapping[str, Array]
    inputs: Mapping[str, Array]
    bands: Mapping[str, Array]
    band_errors: Mapping[str, Array] = field(default_factory=lambda: MappingProxyType({}))
    weights: Weights = None

    def spread(self, metric: str) -> Spread:
        """The distribution of a metric."""
        return spread_of(*self._ordered(metric), averages=METRICS[metric].averages)

    def _ordered(self, metric: str) -> tuple[Array, Weights, float]:
        """A metric's values in order where it is defined, their weights, and the part of the draws that they are."""
        values = self.metrics[metric]
        if self.weights is None:
            ordered = np.sort(values)[: np.count_nonzero(~np.isnan(values))]
            return ordered, None, ordered.size / values.size
        order = np.argsort(values)
        order = order[~np.isnan(values[order]) & (self.weights[order] > 0)]
        return values[order], of_those(self.weights, order), float(self.weights[order].sum())

    @property
    def odds_of_gain(self) -> float:
        """Part of the draws with a net present value above zero."""
        return float(mean(self.metrics["npv"] > 0, self.weights))

    def odds_of_payback(self, months: int) -> float:
        """Part of the draws that have paid back within so many months."""
        return float(mean(self.metrics["payback_month"] <= months, self.weights))

    @property
    def expected_shortfall(self) -> float:
        """Mean net present value of the worst tenth of the draws."""
        return float(mean(*self._worst))

    @property
    def shortfall_error(self) -> float:
        """Sampling error of the expected shortfall, in its unit: see `Spread`.

        The worst tenth vary among themselves, and so does where the worst tenth begins.
        """
        worst, weights = self._worst
        beyond = float(worst[-1] - mean(worst, weights))
        size = effective_size(weights, worst.size)
        return float(np.sqrt((variance(worst, weights) + (1 - WORST) * beyond**2) / size))

    @property
    def _worst(self) -> tuple[Array, Weights]:
        """The net present values of the worst tenth, in order, with their weights among themselves."""
        if self.weights is None:
            return worst_of(self.metrics["npv"]), None
        order = np.argsort(self.metrics["npv"])
        weights = worst_part(self.weights[order], WORST)
        return self.metrics["npv"][order][weights > 0], weights[weights > 0]

    def __reduce__(self) -> tuple[Any, ...]:
        arrays = (dict(self.metrics), dict(self.inputs), dict(self.bands), dict(self.band_errors))
        return _rebuilt, (self.scenario, self.draws, self.seed, self.weights, *arrays)

    def band(self, line: str, percentile: int) -> Array:
        """A line's percentile by month."""
        series: Array = self.bands[line][1 + PERCENTILES.index(percentile)]
        return series

    def band_error(self, line: str, percentile: int) -> Array:
        """The sampling error of a line's percentile by month."""
        series: Array = self.band_errors[line][1 + PERCENTILES.index(percentile)]
        return series


def spread_of(ordered: Array, weights: Weights = None, part: float = 1.0, *, averages: bool = True) -> Spread:
    """The distribution of a figure from its values in order, defined in a part of the draws; see `Metric`."""
    middle, error = (
        (float(mean(ordered, weights)), float(standard_error(ordered, weights))) if ordered.size else (None, None)
    )
    if not averages:
        middle, error = None, None
    if part < LEAST_DEFINED:
        return Spread(middle, None, part, error)
    found, errors = (figure(ordered, _PARTS, weights) for figure in (percentiles, percentile_errors))
    return Spread(middle, tuple(map(float, found)), part, error, tuple(map(float, errors)))


def worst_of(values: Array) -> Array:
    """The worst tenth of values that count alike, in order."""
    ordered: Array = np.sort(values)[: max(1, round(WORST * values.size))]
    return ordered


def simulate(
    scenario: Scenario,
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    progress: Progress | None = None,
    lines: tuple[str, ...] = tuple(LINES),
    only: tuple[str, ...] = LISTED,
) -> Simulation:
    """Run `count` draws, block by block; bands are kept for `lines`, metrics for those in `only`.

    What neither needs is not computed. The same scenario, count and seed give the same result to the last digit.
    Raises ScenarioError as `model.uncertainty.sampling.draws` does.
    """
    return simulated(scenario, draws(scenario, count, seed), count, seed, progress, lines, only)


def simulated(
    scenario: Scenario,
    blocks: Iterable[Block],
    count: int,
    seed: int,
    progress: Progress | None = None,
    lines: tuple[str, ...] = tuple(LINES),
    only: tuple[str, ...] = LISTED,
    weights: Weights = None,
) -> Simulation:
    """Run `count` draws that are given, block by block, and weighted if they have weights: see `simulate`."""
    certain, needed = inputs_of(scenario), lines_behind(frozenset(only), frozenset(lines))
    metrics = {name: np.empty(count) for name in only}
    inputs: dict[str, list[Array]] = {name: [] for name in scenario.effective_ranges}
    months = certain["t"].shape[-1]
    kept: dict[str, list[Array]] = {name: [] for name in lines}
    most = _draws_in_bands(len(lines), months)

    def worked(block: Block) -> _Worked:
        size, drawn = block
        known = run(certain | dict(drawn), needed)
        figures, _ = appraise(known, only)
        return _Worked(size, drawn, figures, {name: np.atleast_2d(known[name]) for name in lines})

    done = 0
    for block in side_by_side(worked, blocks):
        for name, values in metrics.items():
            values[done : done + block.size] = np.broadcast_to(block.figures[name], (block.size, 1))[:, 0]
        if done < INPUT_DRAWS:
            for name, column in block.drawn.items():
                inputs[name].append(column[:, 0])
        if done < most:
            for name, series in block.lines.items():
                kept[name].append(series[: most - done])
        done += block.size
        if progress:
            progress(done / count)

    def summed_up(name: str) -> tuple[Array, Array]:
        return by_month(kept.pop(name), months, weights)

    summaries = dict(zip(lines, side_by_side(summed_up, lines), strict=True))
    return Simulation(
        scenario=scenario,
        draws=count,
        seed=seed,
        metrics=_frozen(metrics),
        inputs=_frozen({name: np.concatenate(columns) for name, columns in inputs.items()}),
        bands=_frozen({name: rows for name, (rows, _) in summaries.items()}),
        band_errors=_frozen({name: errors for name, (_, errors) in summaries.items()}),
        weights=weights,
    )


def _rebuilt(scenario: Scenario, count: int, seed: int, weights: Weights, *arrays: dict[str, Array]) -> Simulation:
    """A simulation from its parts, frozen again."""
    metrics, inputs, bands, errors = map(_frozen, arrays)
    return Simulation(scenario, count, seed, metrics, inputs, bands, errors, weights)


def odds_better(one: Simulation, other: Simulation) -> float:
    """The part of the draws in which one scenario's net present value is above the other's by what a table can show.

    It is 0 against itself. Both must have been drawn alike. Raises ValueError otherwise.
    """
    if (one.draws, one.seed) != (other.draws, other.seed) or one.weights is not other.weights:
        raise ValueError(
            "both scenarios must be simulated with the same number of draws and the same seed, weighted alike"
        )
    return float(mean(one.metrics["npv"] - other.metrics["npv"] >= LEAST_MONEY, one.weights))


def _draws_in_bands(lines: int, months: int) -> int:
    """How many draws the bands of so many lines may be made of."""
    return max(BAND_DRAWS, BAND_VALUES // (months * lines)) if lines else 0


class _Worked(NamedTuple):
    """What came of a block of draws: how many, their inputs, the metrics and the lines that bands are made of."""

    size: int
    drawn: Mapping[str, Array]
    figures: Mapping[str, Array]
    lines: Mapping[str, Array]


def by_month(blocks: Sequence[Array], months: int, weights: Weights = None) -> tuple[Array, Array]:
    """A line's mean and percentiles by month, and the sampling error of each, both of shape (1 + percentiles, T).

    `blocks` are its values `(block or 1, T or 1)`; of a line that no draw changes the first says all.
    """
    parts = blocks if blocks[0].shape[0] > 1 else blocks[:1]
    values = np.empty((parts[0].shape[1], sum(part.shape[0] for part in parts)))
    np.concatenate([part.T for part in parts], axis=1, out=values)
    counted = of_those(weights, slice(values.shape[1])) if values.shape[1] > 1 else None
    middle, error = mean(values, counted), standard_error(values, counted)
    if counted is None:
        # NumPy sorts faster than it parts at as many places as percentiles and their errors take.
        values.sort(axis=1)
    else:
        order = np.argsort(values, axis=1)
        values, counted = np.take_along_axis(values, order, axis=1), counted[order]
    rows = np.vstack([middle, percentiles(values, _PARTS, counted)])
    errors = np.vstack([error, percentile_errors(values, _PARTS, counted)])
    return _over(rows, months), _over(errors, months)


def _over(rows: Array, months: int) -> Array:
    """Rows with a value for each month; those of a line that is the same in all have one."""
    return np.broadcast_to(rows, (len(rows), months)).copy() if rows.shape[1] == 1 else rows


def _frozen(arrays: dict[str, Array]) -> Mapping[str, Array]:
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(arrays)
