"""Revenue as level, trend, season, controls, the model's own response to spend, and autocorrelated noise.

What is linear (level, trend, season, controls) and the size of the noise are integrated out exactly, under flat
priors (of the logarithm of the size); the autocorrelation over a grid. What is left is a likelihood of the beliefs
alone: the restricted likelihood of Patterson and Thompson (1971), whose noise has a Student t distribution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from model.formula import Array, Mask
from model.history.response.spend import Channel, brought

# Equally likely beforehand: from none to what is nearly a random walk.
AUTOCORRELATIONS: Array = np.arange(0, 0.96, 0.05)
# A column of which so small a part is not said by others already says nothing of its own.
_DEPENDENT = 1e-6


@dataclass(frozen=True)
class Regression:
    """A history made ready to be fitted; `n` periods, time first.

    `revenue` per period, with any number where it is not known (`observed` is false there); `design` is what is
    linear, `(n, p)`; `social` and `other` are spend per period, `opening` the spend before the first of them and
    `today` that of the last year, which the beliefs are about, each for social and other; `months` is the length of
    a period.
    """

    revenue: Array
    observed: Mask
    design: Array
    social: Array
    other: Array
    opening: tuple[float, float]
    today: tuple[float, float]
    months: float
    autocorrelations: Array = field(default_factory=lambda: AUTOCORRELATIONS)

    def until(self, periods: int) -> Regression:
        """The same history as it was known after so many periods, about the same spend of today."""
        cut = {name: getattr(self, name)[:periods] for name in ("revenue", "observed", "design", "social", "other")}
        return replace(self, **cut)

    def without_last(self, periods: int) -> Regression:
        """The same periods, as if the revenue of the last ones were not known."""
        return replace(self, observed=self.observed & (np.arange(len(self.observed)) < len(self.observed) - periods))

    def media(self, values: Mapping[str, Array]) -> Array:
        """Revenue that social and other spend bring in each period, `(S, n)`, by the model's own lines."""
        media = np.zeros((len(values["saturation"]), len(self.social)))
        for channel, spend, opening, today in zip(
            Channel, (self.social, self.other), self.opening, self.today, strict=True
        ):
            if today > 0:
                media += today * brought(values, channel, spend / today, opening / today, self.months)
        return media

    def log_likelihood(self, media: Array) -> Array:
        """The logarithm of the likelihood of each draw and autocorrelation, `(S, G)`, but for a constant."""
        residual = self._centred - (media - (media @ self._plane) @ self._plane.T)
        projected = (residual @ self._whitened).reshape(len(media), len(self.autocorrelations), -1)
        left = _quadratic(residual, self.autocorrelations) - np.sum(projected**2, axis=2)
        # Rounding leaves a hair below zero where the fit is perfect.
        left = np.maximum(left, np.finfo(float).tiny)
        return np.asarray(self._log_size - 0.5 * self.free * np.log(left))

    def expected(self, media: Array, weights: Array) -> Array:
        """Revenue expected in each period given all observed ones, `(n,)`.

        `media` is what spend brings, `(n,)`; `weights` the probability of each autocorrelation. Where revenue is
        observed this is what level, trend, season, controls and spend give; where it is not, the noise that is left
        over from its neighbours is added.
        """
        known = np.where(self.observed, self.revenue - media, 0.0)
        found = np.zeros(len(known))
        for weight, rho in zip(weights, self.autocorrelations, strict=True):
            precision = _precision(len(known), rho)
            full = self._full
            coefficients = np.linalg.solve(full.T @ precision @ full, full.T @ precision @ known)
            linear = self._linear @ coefficients[: self._linear.shape[1]]
            gaps = np.zeros(len(known))
            # A period that is not observed has a column of its own, which takes up all that it lacks.
            gaps[~self.observed] = -coefficients[self._linear.shape[1] :] - linear[~self.observed]
            found += weight * (media + linear + gaps)
        return found

    @property
    def free(self) -> int:
        """Degrees of freedom that are left to the noise."""
        return len(self.revenue) - int(self._full.shape[1])

    @cached_property
    def _full(self) -> Array:
        """The design, with a column for each period that is not observed: that leaves the period out exactly."""
        return np.hstack((self._linear, np.eye(len(self.revenue))[:, ~self.observed]))

    @cached_property
    def _linear(self) -> Array:
        """The design's columns that say something of the observed periods which none before them says."""
        kept: list[int] = []
        spanned = np.empty((int(self.observed.sum()), 0))
        for place, column in enumerate(self.design[self.observed].T):
            new = column - spanned @ (spanned.T @ column)
            if np.linalg.norm(new) > _DEPENDENT * np.linalg.norm(column):
                kept.append(place)
                spanned = np.column_stack((spanned, new / np.linalg.norm(new)))
        return np.asarray(self.design[:, kept])

    @cached_property
    def _plane(self) -> Array:
        """Orthonormal columns that span the design; taking them out first keeps the digits of what is left."""
        return np.asarray(np.linalg.qr(self._full)[0])

    @cached_property
    def _centred(self) -> Array:
        known = np.where(self.observed, self.revenue, 0.0)
        return np.asarray(known - self._plane @ (self._plane.T @ known))

    @cached_property
    def _factors(self) -> tuple[Array, ...]:
        """For each autocorrelation the Cholesky factor of the design's precision."""
        size = len(self.revenue)
        return tuple(
            np.asarray(np.linalg.cholesky(self._plane.T @ _precision(size, rho) @ self._plane), dtype=float)
            for rho in self.autocorrelations
        )

    @cached_property
    def _whitened(self) -> Array:
        """What projects residuals on the design for all autocorrelations at once, `(n, G·p)`."""
        size = len(self.revenue)
        parts = [
            np.linalg.solve(factor, self._plane.T @ _precision(size, rho)).T
            for rho, factor in zip(self.autocorrelations, self._factors, strict=True)
        ]
        return np.hstack(parts)

    @cached_property
    def _log_size(self) -> Array:
        """Half the logarithm of the noise's precision less that of the design's, for each autocorrelation."""
        design = np.array([np.sum(np.log(np.diag(factor))) for factor in self._factors])
        return np.asarray(0.5 * np.log1p(-(self.autocorrelations**2)) - design)


def _quadratic(residual: Array, rho: Array) -> Array:
    """Sums of squares of residuals `(S, n)` by the precision of the noise, for each autocorrelation: `(S, G)`."""
    squares = residual**2
    whole = squares.sum(axis=1)[:, np.newaxis]
    inner = squares[:, 1:-1].sum(axis=1)[:, np.newaxis]
    pairs = np.sum(residual[:, 1:] * residual[:, :-1], axis=1)[:, np.newaxis]
    return np.asarray(whole + rho**2 * inner - 2 * rho * pairs)


def _precision(size: int, rho: float) -> Array:
    """The inverse covariance of stationary noise of the first order, for steps of variance 1."""
    diagonal = np.full(size, 1 + rho**2)
    diagonal[[0, -1]] = 1.0
    beside = np.full(size - 1, -rho)
    return np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
