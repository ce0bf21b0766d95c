"""Means, errors and percentiles of draws: of such as count alike, and of weighted ones.

Weights are None where all draws count alike, else of shape `(S,)`, and sum to 1. Without them every figure is
NumPy's own, to the digit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.formula import Array

Weights = Array | None


def mean(values: Array | NDArray[np.bool_], weights: Weights = None) -> Any:
    """The mean along the last axis."""
    return values.mean(axis=-1) if weights is None else values @ weights


def variance(values: Array, weights: Weights = None) -> float:
    """The variance of a row of values."""
    return float(np.var(values)) if weights is None else float((values - values @ weights) ** 2 @ weights)


def standard_error(values: Array, weights: Weights = None) -> Any:
    """Standard error of the mean of independent values along the last axis; 0 for a single one."""
    if weights is None:
        return values.std(axis=-1) / np.sqrt(values.shape[-1])
    return np.sqrt((values - np.expand_dims(values @ weights, -1)) ** 2 @ weights**2)


def effective_size(weights: Weights, count: int) -> float:
    """How many draws that count alike these are worth (Kish)."""
    return float(count) if weights is None else float(1 / np.sum(weights**2))


def of_those(weights: Weights, which: Any) -> Weights:
    """The weights of some of the draws, among themselves."""
    return None if weights is None else weights[which] / weights[which].sum()


def percentiles(ordered: Array, parts: Array, weights: Weights = None) -> Array:
    """The values below which these parts of ordered draws lie, along the last axis, as the first axis.

    By linear interpolation: the first draw is reached at 0, the last at 1. `weights` stand in their order.
    """
    if weights is None:
        return _at(ordered, _ends(parts, ordered.shape[-1])[1])
    return _reached(ordered, parts, weights)


def percentile_errors(ordered: Array, parts: Array, weights: Weights = None) -> Array:
    """Standard error of each percentile: half of what lies between the order statistics one deviation away."""
    if weights is None:
        low, _, high = _ends(parts, ordered.shape[-1])
        return np.asarray((_at(ordered, high) - _at(ordered, low)) / 2, dtype=float)
    counted = 1 / np.sum(weights**2, axis=-1, keepdims=True)
    away = np.sqrt(parts * (1 - parts) / counted)
    low, high = (np.clip(parts + sign * away, 0, 1) for sign in (-1, 1))
    return np.asarray((_reached(ordered, high, weights) - _reached(ordered, low, weights)) / 2, dtype=float)


def _ends(parts: Array, count: int) -> tuple[Array, Array, Array]:
    """Where parts lie among so many values in order, and one standard deviation of sampling around that."""
    deviation = np.sqrt(parts * (1 - parts) / count)
    low, middle, high = (np.clip(parts + sign * deviation, 0, 1) * (count - 1) for sign in (-1, 0, 1))
    return low, middle, high


def _at(ordered: Array, places: Array) -> Array:
    """Ordered values along the last axis at places between them, by linear interpolation, as the first axis."""
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, ordered.shape[-1] - 1)
    low, high = np.moveaxis(ordered[..., below], -1, 0), np.moveaxis(ordered[..., above], -1, 0)
    part = (places - below).reshape((-1,) + (1,) * (ordered.ndim - 1))
    return np.asarray(low + part * (high - low), dtype=float)


def _reached(ordered: Array, parts: Array, weights: Array) -> Array:
    """Weighted draws in order, along the last axis, where so much of the weight is reached; parts as the first axis.

    Draws of equal weight lie as far apart as in `_at`.
    """
    middle = np.cumsum(weights, axis=-1) - weights / 2
    span = middle[..., -1:] - middle[..., :1]
    reached = (middle - middle[..., :1]) / np.where(span > 0, span, 1)
    if ordered.ndim == 1:
        return np.asarray(np.interp(parts, reached, ordered))
    wanted = np.broadcast_to(parts, (len(ordered), np.shape(parts)[-1]))
    return np.array([np.interp(*row) for row in zip(wanted, reached, ordered, strict=True)]).T


def worst_part(weights: Array, part: float) -> Array:
    """The weights, among themselves, of ordered draws that make up the first part of all weight."""
    before = np.cumsum(weights) - weights
    return np.asarray(np.clip(part - before, 0, weights) / part)


def weighted_quantiles(values: Array, weights: Array, parts: Array) -> Array:
    """The values below which these parts of the weight lie, half of each draw's own included."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) - weights[order] / 2
    return np.asarray(np.interp(parts, reached, values[order]))


def weighted_ranks(values: Array, weights: Array) -> Array:
    """The part of the weight that lies below each value, half its own included."""
    order = np.argsort(values)
    ranks = np.empty(len(values))
    ranks[order] = np.cumsum(weights[order]) - weights[order] / 2
    return ranks
