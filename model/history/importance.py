"""Draws from a distribution by adaptive importance sampling, with what tells whether they can be relied on.

The likelihood is let in by degrees (Neal 2001): at each, a multivariate t distribution is moved to where the draws
weigh most (Cappé and others 2008), until it covers the posterior. Points are scrambled Sobol points, so that the
same seed gives the same draws. The weights' tail is judged by the Pareto k̂ of Vehtari and others (2024).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.uncertainty.sobol import Sobol

DRAWS = 4096
_PILOT = 1024
# Degrees of freedom of the proposal: tails that are heavier than those of the prior.
_FREEDOM = 7
# How much wider it is than the draws so far: a posterior may be bent, and reach further than its covariance says.
_WIDER = 1.3
# The part of the pilot's draws that must go on counting when more of the likelihood is let in.
_KEPT = 0.15
_MOST_STEPS = 30
_REFINED = 3
_EDGE = 1e-9

LogLikelihood = Callable[[Array], Array]


@dataclass(frozen=True)
class Draws:
    """Weighted draws: `scores` of shape `(S, D)`, `weights` of shape `(S,)` that sum to 1.

    `effective` is how many independent draws they are worth; `pareto_k` the index of the weights' tail: up to 0.7
    the means that the draws give are reliable.
    """

    scores: Array
    weights: Array
    pareto_k: float

    @property
    def effective(self) -> float:
        """The effective sample size."""
        return float(1 / np.sum(self.weights**2))


@dataclass(frozen=True)
class _Proposal:
    """A multivariate t distribution."""

    centre: Array
    root: Array

    def draw(self, points: Array) -> tuple[Array, Array]:
        """Draws from uniform points `(S, D + 1)`, and the logarithm of their density but for a constant."""
        from scipy.special import gammaincinv, ndtri

        uniform = np.clip(points, _EDGE, 1 - _EDGE)
        stretch = np.sqrt(_FREEDOM / (2 * gammaincinv(_FREEDOM / 2, uniform[:, -1:])))
        standard = ndtri(uniform[:, :-1]) * stretch
        size = len(self.centre)
        density = -0.5 * (_FREEDOM + size) * np.log1p(np.sum(standard**2, axis=1) / _FREEDOM)
        return self.centre + standard @ self.root.T, density - np.sum(np.log(np.diag(self.root)))

    @classmethod
    def about(cls, scores: Array, weights: Array) -> _Proposal:
        """That with the mean of weighted draws, and wider than they are."""
        centre = weights @ scores
        apart = scores - centre
        covariance = (apart * weights[:, np.newaxis]).T @ apart
        # Where few draws weigh, their covariance may have no width in some direction.
        return cls(
            centre, _WIDER * np.asarray(np.linalg.cholesky(covariance + 1e-6 * np.eye(len(centre))), dtype=float)
        )


def sample(log_likelihood: LogLikelihood, size: int, seed: int) -> Draws:
    """Draws from the posterior of `size` independent standard normal scores under a likelihood."""
    sobol = Sobol(size + 1, seed)
    proposal, part = _Proposal(np.zeros(size), np.eye(size)), 0.0
    refined = 0
    for step in range(_MOST_STEPS):
        scores, prior, likelihood = _weighed(proposal, sobol.block(step * _PILOT, _PILOT), log_likelihood)
        part = _next_part(prior, likelihood, part)
        proposal = _Proposal.about(scores, _normalised(prior + part * likelihood))
        refined += part == 1
        if refined > _REFINED:
            break
    start = DRAWS * (1 + _MOST_STEPS * _PILOT // DRAWS)
    scores, prior, likelihood = _weighed(proposal, sobol.block(start, DRAWS), log_likelihood)
    logarithms = prior + likelihood
    return Draws(scores, _normalised(logarithms), pareto_k(logarithms))


def _weighed(proposal: _Proposal, points: Array, log_likelihood: LogLikelihood) -> tuple[Array, Array, Array]:
    """Draws of a proposal, the logarithms of prior over proposal, and of the likelihood."""
    scores, density = proposal.draw(points)
    return scores, -0.5 * np.sum(scores**2, axis=1) - density, log_likelihood(scores)


def _next_part(prior: Array, likelihood: Array, part: float) -> float:
    """How much of the likelihood can be let in so that enough draws go on counting."""
    if _enough(prior + likelihood):
        return 1.0
    low, high = part, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _enough(prior + middle * likelihood) else (low, middle)
    return low


def _enough(logarithms: Array) -> bool:
    return bool(1 / np.sum(_normalised(logarithms) ** 2) >= _KEPT * len(logarithms))


def _normalised(logarithms: Array) -> Array:
    weights = np.exp(logarithms - np.max(logarithms))
    return np.asarray(weights / np.sum(weights))


def pareto_k(logarithms: Array) -> float:
    """The shape of the generalised Pareto distribution of the largest weights, from their logarithms.

    Zhang and Stephens' estimate (2009), drawn towards 0.5 as Vehtari and others do; −inf where the tail is flat.
    """
    ordered = np.sort(np.exp(logarithms - np.max(logarithms)))
    tail = int(min(0.2 * len(ordered), 3 * np.sqrt(len(ordered))))
    above = ordered[-tail:] - ordered[-tail - 1]
    if above[-1] <= 0:
        return -np.inf
    trials = 30 + int(np.sqrt(tail))
    quarter = above[max(int(tail / 4 + 0.5) - 1, 0)]
    steps = 1 - np.sqrt(trials / (np.arange(1, trials + 1) - 0.5))
    slopes = 1 / above[-1] + steps / (3 * max(quarter, np.finfo(float).tiny))
    shapes = np.mean(np.log1p(-slopes[:, np.newaxis] * above), axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        profile = tail * (np.log(-slopes / shapes) - shapes - 1)
    weights = _normalised(np.where(np.isfinite(profile), profile, -np.inf))
    slope = weights @ slopes
    shape = float(np.mean(np.log1p(-slope * above)))
    return (tail * shape + 10 * 0.5) / (tail + 10)
