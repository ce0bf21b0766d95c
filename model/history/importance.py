"""Draws from a distribution by adaptive importance sampling, with what tells whether they can be relied on.

The likelihood is let in by degrees (Neal 2001): at each, a multivariate t distribution is moved to where the draws
weigh most. Once all of it is in, a mixture of them is fitted to all draws since (Cappé and others 2008), as a
posterior may be bent; a wider one covers all, so that no weight grows large (Hesterberg 1995). Points are scrambled
Sobol points, so that the same seed gives the same draws. The weights' tail is judged by the Pareto k̂ of Vehtari and
others (2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.uncertainty.sobol import Sobol

DRAWS = 4096
_PILOT = 1024
# Degrees of freedom of the proposal: tails that are heavier than those of the prior.
_FREEDOM = 7
# How much wider it is than the draws so far, while it moves: a posterior may reach further than few draws show.
_WIDER = 1.3
# Components of the mixture, how much wider each is than its draws, and how often these are told apart anew.
_COMPONENTS, _HARDLY_WIDER = 3, 1.05
_SEPARATIONS = 5
# The least part that each component has of each draw, so that none is left without.
_SHARED = 0.01
# The part of the draws that come of the distribution about all of them, and how much wider than they that is.
_DEFENSIVE, _DEFENSIVE_WIDER = 0.2, 1.6
# The part of the pilot's draws that must go on counting when more of the likelihood is let in.
_KEPT = 0.15
_MOST_STEPS = 30
_REFINED = 3
# Draws whose weights have a heavier tail than this are drawn again, from what they have found, so often at most.
_HEAVY, _TURNS = 0.5, 3
_EDGE = 1e-9
# What a draw takes beside its scores: coordinates that choose the member and its stretch.
BESIDE_SCORES = 2

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
class _Student:
    """A multivariate t distribution; `root` is the lower triangle whose square is its scale."""

    centre: Array
    root: Array

    def log_density(self, scores: Array) -> Array:
        """The logarithm of the density of each draw, but for a constant."""
        # Without the threads of linear algebra, which cost more than such small products are worth.
        standard = np.einsum("kj,sj->ks", np.linalg.inv(self.root), scores - self.centre)
        size = len(self.centre)
        density = -0.5 * (_FREEDOM + size) * np.log1p(np.sum(standard**2, axis=0) / _FREEDOM)
        return np.asarray(density - np.sum(np.log(np.diag(self.root))))

    @classmethod
    def about(cls, scores: Array, weights: Array, wider: float) -> _Student:
        """That with the mean of weighted draws, and wider than they are."""
        centre = weights @ scores
        apart = scores - centre
        covariance = np.einsum("sj,sk->jk", apart * weights[:, np.newaxis], apart)
        # Where few draws weigh, their covariance may have no width in some direction.
        root = np.linalg.cholesky(covariance + 1e-6 * np.eye(len(centre)))
        return cls(centre, wider * np.asarray(root, dtype=float))


@dataclass(frozen=True)
class _Mixture:
    """Multivariate t distributions, each with the part of the draws that come of it."""

    parts: Array
    members: tuple[_Student, ...]

    def draw(self, points: Array) -> Array:
        """Draws from uniform points `(S, D + 2)`: the last but one chooses the member, the last its stretch."""
        from scipy.special import gammaincinv, ndtri

        uniform = np.clip(points, _EDGE, 1 - _EDGE)
        stretch = np.sqrt(_FREEDOM / (2 * gammaincinv(_FREEDOM / 2, uniform[:, -1:])))
        standard = ndtri(uniform[:, :-2]) * stretch
        chosen = np.searchsorted(np.cumsum(self.parts)[:-1], uniform[:, -2])
        for place, member in enumerate(self.members):
            own = chosen == place
            standard[own] = member.centre + np.einsum("sj,kj->sk", standard[own], member.root)
        return np.asarray(standard)

    def log_density(self, scores: Array) -> Array:
        """The logarithm of the density of each draw, but for a constant."""
        return np.asarray(np.logaddexp.reduce(self._each(scores), axis=0))

    def shares(self, scores: Array) -> Array:
        """How much of each draw is put down to each member, `(K, S)`."""
        logarithms = self._each(scores)
        shares = np.exp(logarithms - logarithms.max(axis=0))
        return np.asarray(shares / shares.sum(axis=0))

    def _each(self, scores: Array) -> Array:
        densities = [member.log_density(scores) for member in self.members]
        return np.array(densities) + np.log(self.parts)[:, np.newaxis]

    @classmethod
    def one(cls, member: _Student) -> _Mixture:
        """That of a single member."""
        return cls(np.ones(1), (member,))


@dataclass(frozen=True)
class _Batch:
    """Draws of a proposal, with the logarithms of prior over proposal, and of the likelihood."""

    scores: Array
    prior: Array
    likelihood: Array

    def weights(self, part: float = 1.0) -> Array:
        """What each draw weighs where so much of the likelihood is let in; they sum to 1."""
        return _normalised(self.prior + part * self.likelihood)


def sample(log_likelihood: LogLikelihood, size: int, seed: int) -> Draws:
    """Draws from the posterior of `size` independent standard normal scores under a likelihood."""
    sobol = Sobol(size + BESIDE_SCORES, seed)

    def batch(proposal: _Mixture, start: int, count: int) -> _Batch:
        scores = proposal.draw(sobol.block(start, count))
        prior = -0.5 * np.sum(scores**2, axis=1) - proposal.log_density(scores)
        return _Batch(scores, prior, log_likelihood(scores))

    proposal, part = _Mixture.one(_Student(np.zeros(size), np.eye(size))), 0.0
    whole: list[_Batch] = []
    for step in range(_MOST_STEPS):
        found = batch(proposal, step * _PILOT, _PILOT)
        part = _next_part(found.prior, found.likelihood, part)
        if part < 1:
            proposal = _Mixture.one(_Student.about(found.scores, found.weights(part), _WIDER))
            continue
        whole.append(found)
        proposal = _covering(whole)
        if len(whole) > _REFINED:
            break
    first = 1 + _MOST_STEPS * _PILOT // DRAWS
    turns: list[Draws] = []
    for turn in range(first, first + _TURNS):
        last = batch(proposal, turn * DRAWS, DRAWS)
        turns.append(Draws(last.scores, last.weights(), pareto_k(last.prior + last.likelihood)))
        if turns[-1].pareto_k <= _HEAVY:
            break
        # They have found where the proposal is too narrow.
        whole.append(last)
        proposal = _covering(whole)
    return min(turns, key=lambda draws: draws.pareto_k)


def _covering(batches: Sequence[_Batch]) -> _Mixture:
    """A mixture that covers what batches of draws say of the posterior, each by what it is worth."""
    scores = np.concatenate([batch.scores for batch in batches])
    each = [batch.weights() for batch in batches]
    weights = np.concatenate([own / np.sum(own**2) for own in each])
    weights /= weights.sum()
    fitted = _separated(scores, weights)
    members = [_Student(member.centre, _HARDLY_WIDER * member.root) for member in fitted.members]
    around = _Student.about(scores, weights, _DEFENSIVE_WIDER)
    return _Mixture(np.append((1 - _DEFENSIVE) * fitted.parts, _DEFENSIVE), (*members, around))


def _separated(scores: Array, weights: Array) -> _Mixture:
    """The mixture that weighted draws come of: expectation, maximisation, from slices along their longest axis."""
    whole = _Student.about(scores, weights, 1.0)
    longest = np.linalg.eigh(whole.root @ whole.root.T)[1][:, -1]
    along = scores @ longest
    order = np.argsort(along)
    below = np.empty(len(along))
    below[order] = np.cumsum(weights[order])
    slices = np.minimum((below * _COMPONENTS).astype(int), _COMPONENTS - 1)
    shares = (slices == np.arange(_COMPONENTS)[:, np.newaxis]).astype(float)
    mixture = _maximised(scores, weights, shares)
    for _ in range(_SEPARATIONS):
        mixture = _maximised(scores, weights, mixture.shares(scores))
    return mixture


def _maximised(scores: Array, weights: Array, shares: Array) -> _Mixture:
    """The mixture whose members have these shares of the draws."""
    own = weights * ((1 - _COMPONENTS * _SHARED) * shares + _SHARED)
    parts = own.sum(axis=1)
    members = (_Student.about(scores, one / part, 1.0) for one, part in zip(own, parts, strict=True))
    return _Mixture(parts, tuple(members))


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
