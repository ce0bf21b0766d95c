"""What knowing is worth before deciding: all, one quantity exactly, or a measurement of it with normal errors.

The mean worth of each option given the quantity is taken as a fixed function on so many places of the quantity. A
decision after the test is then a rule: which option between which readings. The worth of a rule is an exact sum over
places, so that three laws hold by construction: it is never below 0, as one may always decide as now; never above
what knowing the quantity is worth, as no rule knows more; and it rises with size, as a larger test can be read as a
smaller one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.pilot.conditional_means import conditional_means

_PLACES = 128
_READINGS = 160
# How far readings reach beyond the quantity, in standard errors.
_REACH = 6.0
_HALVINGS = 24


@dataclass(frozen=True)
class Question:
    """A quantity that a test measures, beside what each option is worth given it.

    `places` `(K,)` are its values in order, `weights` `(K,)` their odds, `means` (K, options) the mean worth given
    it, `moments` (K, options, options) the mean products of what options are worth; `everything` is what knowing all
    is worth, `size` how many draws it is made of.
    """

    places: Array
    weights: Array
    means: Array
    moments: Array
    everything: float
    size: float

    @property
    def now(self) -> int:
        """The option that is best without knowing more."""
        return int(np.argmax(self.weights @ self.means))

    @property
    def known(self) -> float:
        """What knowing the quantity exactly is worth (EVPPI)."""
        worth = self.weights @ np.max(self.means, axis=1) - np.max(self.weights @ self.means)
        return float(np.clip(worth, 0, self.everything))

    @property
    def known_error(self) -> float:
        """Its sampling error; which option is taken counts as given."""
        return self._error(np.eye(self.means.shape[1])[np.argmax(self.means, axis=1)])

    @property
    def spread(self) -> tuple[float, float]:
        """The mean and the standard deviation of the quantity."""
        mean = float(self.weights @ self.places)
        return mean, float(np.sqrt(self.weights @ (self.places - mean) ** 2))

    def error_of(self, rule: Rule) -> float:
        """The sampling error of what a rule is worth beyond deciding now; the rule counts as given."""
        return self._error(rule.odds(self.places, self.means.shape[1]))

    def _error(self, taken: Array) -> float:
        beyond = taken.copy()
        beyond[:, self.now] -= 1
        squares = np.einsum("k,kd,kde,ke->", self.weights, beyond, self.moments, beyond)
        mean = np.einsum("k,kd,kd->", self.weights, beyond, self.means)
        return float(np.sqrt(max(0.0, squares - mean**2) / self.size))


@dataclass(frozen=True)
class Rule:
    """Which option is taken between which readings of a test: one more option than `edges`."""

    edges: Array
    options: tuple[int, ...]
    standard_error: float

    def odds(self, places: Array, count: int) -> Array:
        """How likely each of so many options is taken where the quantity has these values: shape (K, options)."""
        within = self.within(places)
        taken = np.zeros((len(places), count))
        for place, option in enumerate(self.options):
            taken[:, option] += within[:, place]
        return taken

    def within(self, places: Array) -> Array:
        """How likely the test reads between each two edges where the quantity has these values: (K, edges + 1)."""
        from scipy.special import ndtr

        below = ndtr((self.edges - places[:, np.newaxis]) / self.standard_error)
        return np.asarray(np.diff(below, axis=1, prepend=0.0, append=1.0))


@dataclass(frozen=True)
class Information:
    """What a test of one size is worth (EVSI), its sampling error and the odds that it changes the decision."""

    worth: float
    error: float
    odds_changed: float
    rule: Rule


def question(measured: Array, worth: Array, weights: Array) -> Question:
    """What a quantity tells of options: `measured` `(S,)`, `worth` (S, options), `weights` `(S,)` that sum to 1."""
    means = conditional_means(measured, worth, weights)
    order = np.argsort(measured, kind="stable")
    reached = np.cumsum(weights[order]) - weights[order] / 2
    groups = np.minimum((reached * _PLACES).astype(int), _PLACES - 1)
    starts = np.flatnonzero(np.diff(groups, prepend=-1))

    def grouped(values: Array) -> Array:
        return np.asarray(np.add.reduceat(values[order], starts, axis=0))

    mass = grouped(weights)
    return Question(
        places=grouped(measured * weights) / mass,
        weights=mass,
        means=grouped(means * weights[:, np.newaxis]) / mass[:, np.newaxis],
        # An option at a time: of many draws all products at once have no room.
        moments=np.stack([grouped(worth * (weights * option)[:, np.newaxis]) for option in worth.T], axis=1)
        / mass[:, np.newaxis, np.newaxis],
        everything=float(weights @ regret(worth, weights)),
        size=float(1 / np.sum(weights**2)),
    )


def regret(worth: Array, weights: Array) -> Array:
    """What is lost in each draw by deciding now rather than knowing all, shape `(S,)`; its mean is the EVPI."""
    return np.asarray(worth.max(axis=1) - worth[:, int(np.argmax(weights @ worth))])


def informed(asked: Question, standard_errors: Sequence[float]) -> tuple[Information, ...]:
    """What tests of rising size are worth, by their standard errors, the largest first."""
    found: list[Information] = []
    for error in standard_errors:
        rule = best_rule(asked.places, asked.weights, asked.means, error)
        taken = rule.odds(asked.places, asked.means.shape[1])
        worth = rule_worth(asked.weights, asked.means, taken) - float(np.max(asked.weights @ asked.means))
        least = found[-1].worth if found else 0.0
        changed = float(asked.weights @ (1 - taken[:, asked.now]))
        within = float(np.clip(worth, least, max(least, asked.known)))
        found.append(Information(within, asked.error_of(rule), changed, rule))
    return tuple(found)


def rule_worth(weights: Array, means: Array, taken: Array) -> float:
    """What deciding by a rule is worth, on average, in all."""
    return float(weights @ np.sum(taken * means, axis=1))


def best_rule(places: Array, weights: Array, means: Array, standard_error: float) -> Rule:
    """For each reading the option with the highest mean worth given it."""
    ends = places[0] - _REACH * standard_error, places[-1] + _REACH * standard_error
    readings = np.linspace(*ends, _READINGS)
    best = np.argmax(_given(readings, places, weights, standard_error) @ means, axis=1)
    turns = np.flatnonzero(np.diff(best))
    options = (int(best[0]), *(int(option) for option in best[turns + 1]))
    low, high = readings[turns], readings[turns + 1]
    before, after = best[turns], best[turns + 1]
    rows = np.arange(len(turns))
    for _ in range(_HALVINGS if len(turns) else 0):
        middle = (low + high) / 2
        mean = _given(middle, places, weights, standard_error) @ means
        ahead = mean[rows, before] >= mean[rows, after]
        low, high = np.where(ahead, middle, low), np.where(ahead, high, middle)
    return Rule((low + high) / 2, options, standard_error)


def _given(readings: Array, places: Array, weights: Array, standard_error: float) -> Array:
    """The odds of each place of the quantity given each reading: shape (readings, K)."""
    logarithms = -0.5 * ((readings[:, np.newaxis] - places) / standard_error) ** 2 + np.log(weights)
    odds = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))
