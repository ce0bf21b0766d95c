"""Draws that agree with several precise observations at once: each is solved for (randomise, then optimise).

Precise observations of lines leave a thin, curved part of what was believed, which no cloud of draws hits. Here each
draw is the solution of the observations with errors drawn for it, and its density is known, so that weights set
right what the curve makes of it (Bardsley and others 2014). Where observations are linear in the scores, all weights
are alike. Equations are solved by Levenberg's and Broyden's methods, slopes are differences.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.history.importance import Draws, pareto_k
from model.uncertainty.sobol import Sobol

DRAWS = 2048
_STEP = 1e-6
_EDGE = 1e-9
_MOST_STEPS, _NEAR = 60, 1e-7
# No step of a draw is longer than this, in standard deviations: further off slopes say nothing.
_LONGEST = 2.0
# The likeliest scores are looked for from so many; two places further apart than this, in standard deviations, are
# two, and about as likely where twice the logarithms of how likely they are differ by less than that.
_STARTS, _APART, _ABOUT = 16, 0.1, 14.0
# The part of the draws that may have no solution; they count for nothing.
_UNSOLVED = 0.01
# Observations that, even where they fit best, lie further from what was believed than a normal deviate of so many
# standard deviations: no cloud of draws may answer for them.
BEYOND = 5.0

# From scores `(S, D)` to how far each observation is off, in standard errors, `(S, M)`.
Residuals = Callable[[Array], Array]


@dataclass(frozen=True)
class _Equations:
    """Prior and observations together: a score and each observation's residual should all be 0."""

    residuals: Residuals
    size: int

    def off(self, scores: Array) -> Array:
        """How far off each is, `(S, D + M)`."""
        return np.hstack([scores, self.residuals(scores)])

    def slopes(self, scores: Array, off: Array) -> Array:
        """How these change with each score, `(S, D + M, D)`."""
        found = [(self.off(scores + _STEP * row) - off) / _STEP for row in np.eye(self.size)]
        return np.stack(found, axis=-1)


def solved_draws(residuals: Residuals, size: int, seed: int, count: int = DRAWS) -> Draws | None:
    """Draws of `size` independent standard normal scores after observations; `count` is a power of two.

    None where observations contradict what was believed, or each other; where more than one draw in a hundred has no
    solution; and where solutions are not the only ones, as their density would not be known then.
    """
    equations = _Equations(residuals, size)
    best = _most_likely(equations, _wanted(size, seed, _STARTS) * (np.arange(_STARTS) > 0)[:, np.newaxis])
    if best is None:
        return None
    off = equations.off(best)
    if _contradictory(float(np.sum(off**2)), off.shape[1] - size):
        return None
    basis, slope = np.linalg.qr(equations.slopes(best, off)[0])
    scores, solved = _solutions(equations, basis, slope, best, _wanted(size, seed, count))
    if np.mean(solved) < 1 - _UNSOLVED:
        return None
    scores[np.logical_not(solved)] = best
    off = equations.off(scores)
    signs, volumes = np.linalg.slogdet(basis.T @ equations.slopes(scores, off))
    if np.any(signs != signs[0]):
        return None
    logs = 0.5 * np.sum((off @ basis) ** 2, axis=1) - 0.5 * np.sum(off**2, axis=1) - volumes
    weights = np.where(solved, np.exp(logs - np.max(logs[solved])), 0.0)
    return Draws(scores, weights / weights.sum(), pareto_k(logs[solved]))


def _contradictory(misfit: float, observations: int) -> bool:
    """Whether a sum of squares, χ² of as many degrees of freedom as observations, is as rare as that."""
    from scipy.special import erfc, gammaincc

    return bool(gammaincc(observations / 2, misfit / 2) < erfc(BEYOND / np.sqrt(2)))


def _wanted(size: int, seed: int, count: int) -> Array:
    """Standard normal deviates, `(count, size)`."""
    from scipy.special import ndtri

    return np.asarray(ndtri(np.clip(Sobol(size, seed).block(0, count), _EDGE, 1 - _EDGE)))


def _most_likely(equations: _Equations, scores: Array) -> Array | None:
    """The scores under which prior and observations are likeliest, `(1, D)`, by Levenberg's method.

    Looked for from each of `scores`; None where two places are about as likely.
    """
    off, damping = equations.off(scores), np.full(len(scores), 1e-3)
    for _ in range(_MOST_STEPS):
        slopes = equations.slopes(scores, off)
        square = np.einsum("sij,sik->sjk", slopes, slopes)
        damped = square + damping[:, np.newaxis, np.newaxis] * square * np.eye(equations.size)
        towards = -np.einsum("sij,si->sj", slopes, off)
        step = np.linalg.solve(damped, towards[..., np.newaxis])[..., 0]
        tried = equations.off(scores + np.clip(step, -_LONGEST, _LONGEST))
        better = np.sum(tried**2, axis=1) < np.sum(off**2, axis=1)
        damping = np.where(better, damping / 10, damping * 10)
        scores = np.where(better[:, np.newaxis], scores + np.clip(step, -_LONGEST, _LONGEST), scores)
        off = np.where(better[:, np.newaxis], tried, off)
        if np.all(arrived := np.max(np.abs(step), axis=1) < _NEAR):
            break
    misfit = np.sum(off**2, axis=1)
    best = np.argmin(misfit)
    apart = np.max(np.abs(scores - scores[best]), axis=1) > _APART
    if np.any(arrived & apart & (misfit < misfit[best] + _ABOUT)):
        return None
    return np.asarray(scores[best : best + 1])


def _solutions(equations: _Equations, basis: Array, slope: Array, best: Array, wanted: Array) -> tuple[Array, Array]:
    """The scores of each draw at which what is off, seen along the basis, is as wanted; and which were found.

    By Broyden's method, from the likeliest scores and the slope there.
    """
    inverse = np.broadcast_to(np.linalg.inv(slope), (len(wanted), *slope.shape)).copy()
    scores = np.broadcast_to(best, wanted.shape).copy()
    missing = wanted - equations.off(scores) @ basis
    solved = np.max(np.abs(missing), axis=1) < _NEAR
    for _ in range(_MOST_STEPS):
        left = np.flatnonzero(np.logical_not(solved))
        if not left.size:
            break
        step = np.einsum("sij,sj->si", inverse[left], missing[left])
        step *= np.minimum(1, _LONGEST / np.maximum(np.max(np.abs(step), axis=1, keepdims=True), _NEAR))
        scores[left] += step
        found = wanted[left] - equations.off(scores[left]) @ basis
        # What the step did to what was missing corrects the inverse of the slope in its direction.
        did = np.einsum("sij,sj->si", inverse[left], missing[left] - found)
        row = np.einsum("si,sij->sj", step, inverse[left])
        scale = np.sum(step * did, axis=1)
        safe = np.where(np.abs(scale) > _NEAR**2, scale, np.inf)
        inverse[left] += np.einsum("si,sj->sij", (step - did) / safe[:, np.newaxis], row)
        missing[left] = found
        solved[left] = np.max(np.abs(found), axis=1) < _NEAR
    return scores, solved
