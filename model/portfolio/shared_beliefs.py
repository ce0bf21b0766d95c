"""The draws of a unit's beliefs: in part the same world for all units, in part its own.

A one-factor Gaussian copula: a belief's normal score is √r of the shared one and √(1−r) of the unit's own, so that
the same belief of two units has correlation r. A unit's own scores are the shared ones in an order of its own: each
unit keeps the even spread of the Sobol points, and alone it has the very draws of `simulate`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from model.formula import Array
from model.scenario import Scenario
from model.uncertainty.sampling import (
    BLOCK,
    COORDINATES,
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    Block,
    check_size,
    correlation_root,
    draws,
    normal_correlation,
    normal_scores,
    quantile,
    within_bounds,
)

Places = NDArray[np.int64]
# All draws of a unit are in memory at once: each may go anywhere in its own order.
MOST_DRAWS = 65_536
# And those of all units on the disk: 2 GB of them.
MOST_VALUES = 2**28


@dataclass(frozen=True)
class Drawing:
    """How beliefs are drawn: how many draws, by which seed, how far shared (a rank correlation, 0 … 1)."""

    count: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED
    correlation: float = 1.0

    def checked(self, units: int = 1) -> Drawing:
        """The same. Raises ScenarioError where draws or seed are out of bounds for so many units."""
        check_size(self.count, self.seed, min(MOST_DRAWS, MOST_VALUES // units))
        return self


def drawn(scenario: Scenario, name: str, how: Drawing) -> Iterator[Block]:
    """Blocks of draws of a unit of this name, as `model.uncertainty.sampling.draws` gives them, and refuses them."""
    blocks = draws(scenario, how.count, how.seed)
    if how.correlation == 1:
        return blocks
    order = _order(name, how.count, how.seed)
    return _reordered(list(blocks), order) if how.correlation == 0 else _mixed(scenario, order, how)


def _order(name: str, count: int, seed: int) -> Places:
    """The order that a unit's own draws are in: by its name, whatever other units there are."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:16])).permutation(count)


def _reordered(blocks: list[Block], order: Places) -> Iterator[Block]:
    """The draws of all blocks in another order."""
    whole = {name: np.concatenate([values[name] for _, values in blocks])[order] for name in blocks[0][1]}
    for start in range(0, len(order), BLOCK):
        part = {name: values[start : start + BLOCK] for name, values in whole.items()}
        yield len(order[start : start + BLOCK]), MappingProxyType(part)


def _mixed(scenario: Scenario, order: Places, how: Drawing) -> Iterator[Block]:
    """Draws whose normal scores are in part the shared ones, in part the same in an order of the unit's own."""
    from scipy.special import ndtr

    scores, shared = _scores(how.count, how.seed), normal_correlation(how.correlation)
    root = correlation_root(scenario)
    quantiles = {name: quantile(item) for name, item in scenario.effective_ranges.items()}
    for start in range(0, how.count, BLOCK):
        own = scores[order[start : start + BLOCK]]
        mixed = np.sqrt(shared) * scores[start : start + BLOCK] + np.sqrt(1 - shared) * own
        if root is not None:
            mixed[:, root[0]] = mixed[:, root[0]] @ root[1]
        values = {
            name: within_bounds(name, function, ndtr(mixed[:, COORDINATES.index(name)]))[:, np.newaxis]
            for name, function in quantiles.items()
        }
        yield len(own), MappingProxyType(values)


# All units of a run share them: 3 MB of the usual number of draws.
@lru_cache(maxsize=2)
def _scores(count: int, seed: int) -> Array:
    scores = normal_scores(count, seed)
    scores.setflags(write=False)
    return scores
