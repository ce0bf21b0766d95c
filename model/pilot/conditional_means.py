"""The mean of each option's worth given what a test measures: a smooth curve, kept only as far as it exceeds noise.

A straight line and a cubic spline about it; each part is shrunk by how much of it chance alone would bring
(empirical Bayes), so that what tells nothing is found to tell nothing. The mean over all draws stays what it is.
"""

from __future__ import annotations

import numpy as np

from model.formula import Array

_KNOTS = 10
# How strongly the curve bends, as a part of all variance: none, or one of these.
_BENDS = np.concatenate([[0.0], np.geomspace(1e-8, 10, 46)])


def conditional_means(measured: Array, worth: Array, weights: Array) -> Array:
    """The mean worth of each option given the measured quantity, for each draw: shape (S, options).

    `measured` has shape `(S,)`, `worth` (S, options); `weights` sum to 1.
    """
    mean = weights @ worth
    apart = measured - weights @ measured
    spread = float(np.sqrt(weights @ apart**2))
    if spread <= np.finfo(float).eps * float(np.max(np.abs(measured)) + np.finfo(float).tiny):
        return np.broadcast_to(mean, worth.shape)
    line = apart / spread
    curves, bends = _curves(line, weights)
    basis = np.column_stack([line, curves])
    beyond = worth - mean
    found = basis.T @ (beyond * weights[:, np.newaxis])
    # The basis is orthonormal, so what it leaves is what it does not explain.
    left = np.maximum(weights @ beyond**2 - np.sum(found**2, axis=0), 0)
    noise = left * np.sum(weights**2)
    kept = np.vstack([_slope_kept(found[0], noise), _curve_kept(found[1:], bends, noise)])
    return np.asarray(mean + basis @ (kept * found))


def _slope_kept(slope: Array, noise: Array) -> Array:
    """How much of each slope is no noise; of noise alone nothing is kept."""
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = 1 - noise / slope**2
    return np.asarray(np.where(slope == 0, 0.0, np.maximum(kept, 0.0)))


def _curve_kept(found: Array, bends: Array, noise: Array) -> Array:
    """How much of each curve is no noise, by the likeliest strength of bending; shape (curves, options)."""
    if not len(found):
        return found
    total = np.sum(found**2, axis=0) + noise
    strength = _BENDS[:, np.newaxis, np.newaxis] * total / bends[:, np.newaxis]
    variance = strength + np.maximum(noise, np.finfo(float).tiny)
    likelihood = -0.5 * np.sum(np.log(variance) + found**2 / variance, axis=1)
    best = np.argmax(likelihood, axis=0)
    options = np.arange(found.shape[1])
    return np.asarray(strength[best, :, options].T / variance[best, :, options].T)


def _curves(line: Array, weights: Array) -> tuple[Array, Array]:
    """Cubic splines less straight lines, orthonormal under the weights, and how much each bends, the least first."""
    from scipy.interpolate import BSpline

    knots = _knots(line)
    if len(knots) < 2:
        return np.empty((len(line), 0)), np.empty(0)
    padded = np.concatenate([[knots[0]] * 3, knots, [knots[-1]] * 3])
    size = len(padded) - 4
    raw = BSpline.design_matrix(np.clip(line, knots[0], knots[-1]), padded, 3).toarray()
    raw = raw - weights @ raw
    raw = raw - np.outer(line, (weights * line) @ raw)
    sizes, directions = np.linalg.eigh(raw.T @ (raw * weights[:, np.newaxis]))
    used = sizes > 1e-9 * sizes[-1]
    scaled = directions[:, used] / np.sqrt(sizes[used])
    bends, turned = np.linalg.eigh(scaled.T @ _bending(padded, size) @ scaled)
    return raw @ (scaled @ turned), np.maximum(bends, 1e-12)


def _knots(line: Array) -> Array:
    """Knots at even parts of the draws, no two alike."""
    knots = np.unique(np.quantile(line, np.linspace(0, 1, _KNOTS)))
    return np.asarray(knots[np.concatenate([[True], np.diff(knots) > 1e-9])])


def _bending(padded: Array, size: int) -> Array:
    """The integral of the product of each two splines' second derivatives; Simpson's rule is exact here."""
    from scipy.interpolate import BSpline

    knots = padded[3:-3]
    second = BSpline(padded, np.eye(size), 3).derivative(2)
    middles = (knots[:-1] + knots[1:]) / 2
    inner = 1e-12 * np.diff(knots)
    low, middle, high = (second(at) for at in (knots[:-1] + inner, middles, knots[1:] - inner))
    width = (np.diff(knots) / 6)[:, np.newaxis, np.newaxis]
    products = (part[:, :, np.newaxis] * part[:, np.newaxis, :] for part in (low, middle, high))
    first, between, last = products
    return np.asarray(np.sum(width * (first + 4 * between + last), axis=0))
