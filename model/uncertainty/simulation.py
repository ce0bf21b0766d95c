"""The Monte Carlo: the lines and metrics under draws of what is uncertain, summed up as odds and percentiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from model.formula import Array
from model.lines import LINES
from model.metrics import LISTED, METRICS
from model.projection import appraise, inputs_of, run
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED, draws
from model.units import LEAST_MONEY

PERCENTILES: tuple[int, ...] = (5, 10, 25, 50, 75, 90, 95)
WORST = 0.10
# Percentiles are told where at least this part of the draws has a value.
LEAST_DEFINED = 0.5
# Bands by month take the first draws only, which keeps a million draws within memory: this many over five years,
# fewer over more.
BAND_DRAWS = 16_384
BAND_VALUES = 60 * BAND_DRAWS
# As do the inputs kept to learn what matters.
INPUT_DRAWS = 65_536

Progress = Callable[[float], None]


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


@dataclass(frozen=True)
class Simulation:
    """The draws of one scenario, summed up; nothing in it can be changed.

    `metrics` hold each metric's value in every draw, NaN where undefined; `inputs` the drawn values and
    `bands` each line's mean and percentiles by month, shape (1 + percentiles, T), from the first draws.
    """

    scenario: Scenario
    draws: int
    seed: int
    metrics: Mapping[str, Array]
    inputs: Mapping[str, Array]
    bands: Mapping[str, Array]

    def spread(self, metric: str) -> Spread:
        """The distribution of a metric."""
        values = np.sort(self.metrics[metric])
        ordered = values[: np.count_nonzero(~np.isnan(values))]
        part = ordered.size / values.size
        mean, error = (float(ordered.mean()), standard_error(ordered)) if ordered.size else (None, None)
        if not METRICS[metric].averages:
            mean, error = None, None
        if part < LEAST_DEFINED:
            return Spread(mean, None, part, error)
        percentiles, errors = _percentiles(ordered), _percentile_errors(ordered)
        return Spread(mean, tuple(map(float, percentiles)), part, error, tuple(map(float, errors)))

    @property
    def odds_of_gain(self) -> float:
        """Part of the draws with a net present value above zero."""
        return float(np.mean(self.metrics["npv"] > 0))

    def odds_of_payback(self, months: int) -> float:
        """Part of the draws that have paid back within so many months."""
        return float(np.mean(self.metrics["payback_month"] <= months))

    @property
    def expected_shortfall(self) -> float:
        """Mean net present value of the worst tenth of the draws."""
        return float(self._worst.mean())

    @property
    def shortfall_error(self) -> float:
        """Sampling error of the expected shortfall, in its unit: see `Spread`.

        The worst tenth vary among themselves, and so does where the worst tenth begins.
        """
        worst = self._worst
        beyond = float(worst[-1] - worst.mean())
        return float(np.sqrt((np.var(worst) + (1 - WORST) * beyond**2) / worst.size))

    @property
    def _worst(self) -> Array:
        ordered: Array = np.sort(self.metrics["npv"])[: max(1, round(WORST * self.draws))]
        return ordered

    def __reduce__(self) -> tuple[Any, ...]:
        arrays = (dict(self.metrics), dict(self.inputs), dict(self.bands))
        return _rebuilt, (self.scenario, self.draws, self.seed, *arrays)

    def band(self, line: str, percentile: int) -> Array:
        """A line's percentile by month."""
        series: Array = self.bands[line][1 + PERCENTILES.index(percentile)]
        return series


def simulate(
    scenario: Scenario,
    count: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    progress: Progress | None = None,
    lines: tuple[str, ...] = tuple(LINES),
) -> Simulation:
    """Run `count` draws, block by block; bands are kept for `lines`.

    The same scenario, count and seed give the same result to the last digit. Raises ScenarioError as
    `model.uncertainty.sampling.draws` does.
    """
    blocks = draws(scenario, count, seed)
    certain = inputs_of(scenario)
    metrics = {name: np.empty(count) for name in LISTED}
    inputs: dict[str, list[Array]] = {name: [] for name in scenario.effective_ranges}
    months = certain["t"].shape[-1]
    kept = {name: _Band(min(count, BAND_DRAWS, BAND_VALUES // months)) for name in lines}
    done = 0
    for size, drawn in blocks:
        known = run(certain | dict(drawn))
        figures, _ = appraise(known)
        for name, values in metrics.items():
            values[done : done + size] = np.broadcast_to(figures[name], (size, 1))[:, 0]
        if done < INPUT_DRAWS:
            for name, column in drawn.items():
                inputs[name].append(column[:, 0])
        for name, band in kept.items():
            band.add(known[name], done)
        done += size
        if progress:
            progress(done / count)
    return Simulation(
        scenario=scenario,
        draws=count,
        seed=seed,
        metrics=_frozen(metrics),
        inputs=_frozen({name: np.concatenate(columns) for name, columns in inputs.items()}),
        bands=_frozen({name: band.summary(months) for name, band in kept.items()}),
    )


def _rebuilt(scenario: Scenario, count: int, seed: int, *arrays: dict[str, Array]) -> Simulation:
    """A simulation from its parts, frozen again."""
    return Simulation(scenario, count, seed, *map(_frozen, arrays))


def odds_better(one: Simulation, other: Simulation) -> float:
    """The part of the draws in which one scenario's net present value is above the other's by what a table can show.

    It is 0 against itself. Both must have been drawn alike. Raises ValueError otherwise.
    """
    if (one.draws, one.seed) != (other.draws, other.seed):
        raise ValueError("both scenarios must be simulated with the same number of draws and the same seed")
    return float(np.mean(one.metrics["npv"] - other.metrics["npv"] >= LEAST_MONEY))


class _Band:
    """Gathers a line's draws, months as rows; a line that no draw changes is kept once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: Array | None = None

    def add(self, values: Any, start: int) -> None:
        """Take a block's values, `(block or 1, T or 1)`, as far as there is room."""
        block = np.atleast_2d(np.asarray(values, dtype=float)).T
        if self._values is None:  # the first block has many draws: one column is a line that none changes
            varies = block.shape[1] > 1
            self._values = np.empty((block.shape[0], self._size if varies else 1))
        room = self._values[:, start : start + block.shape[1]]
        room[...] = block[:, : room.shape[1]]

    def summary(self, months: int) -> Array:
        """Mean and percentiles by month, shape (1 + percentiles, T)."""
        assert self._values is not None
        values = self._values
        mean = values.mean(axis=1)
        values.partition(np.concatenate(_places(values.shape[1])[:2]), axis=1)
        rows = np.vstack([mean, _percentiles(values)])
        return np.broadcast_to(rows, (len(rows), months)).copy() if rows.shape[1] == 1 else rows


def _places(count: int) -> tuple[Array, Array, Array]:
    """Where PERCENTILES lie among so many values in order: the places below and above, and the part between."""
    place = np.array(PERCENTILES) / 100 * (count - 1)
    below = np.floor(place).astype(int)
    return below, np.minimum(below + 1, count - 1), place - below


def _percentiles(ordered: Array) -> Array:
    """PERCENTILES along the last axis, by linear interpolation, as the first axis.

    The values need be in order only at the places that `_places` names.
    """
    below, above, part = _places(ordered.shape[-1])
    low, high = np.moveaxis(ordered[..., below], -1, 0), np.moveaxis(ordered[..., above], -1, 0)
    return np.asarray(low + part.reshape((-1,) + (1,) * (ordered.ndim - 1)) * (high - low), dtype=float)


def standard_error(values: Array) -> float:
    """Standard error of the mean of independent values; 0 for a single one."""
    return float(values.std() / np.sqrt(values.size))


def _percentile_errors(ordered: Array) -> Array:
    """Standard error of each of PERCENTILES: half of what lies between the order statistics one deviation away."""
    count = ordered.size
    parts = np.array(PERCENTILES) / 100
    deviation = np.sqrt(parts * (1 - parts) / count)
    ends = [np.clip(parts + sign * deviation, 0, 1) * (count - 1) for sign in (-1, 1)]
    low, high = (np.interp(end, np.arange(count), ordered) for end in ends)
    return np.asarray((high - low) / 2, dtype=float)


def _frozen(arrays: dict[str, Array]) -> Mapping[str, Array]:
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(arrays)
