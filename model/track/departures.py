"""How actuals depart from what the model says, followed month by month under every draw at once (Kalman 1960).

What lasts of a departure is a first-order autoregression, so that it is known better with each month and fades as
its measure says; what was expected of a month is expected from the months before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.track.actuals import Actual
from model.track.measures import Measurable, Takes

# A share is never so certain that a test could not find another.
_NEARLY = 1e-3


@dataclass(frozen=True)
class Followed:
    """A measure's actuals under each draw: what was expected of each from the months before, and how likely it was.

    `mean`, `deviation` and `logs` (the logarithm of the likelihood, but for a constant) are of shape `(n, S)`, an
    actual a row. `expected` and `variance` are what lasts of the departure as known before each month, in parts of
    the unit of noise, `(S or 1, T)`; `scatter` the variance of a month's own, in that unit.
    """

    actuals: tuple[Actual, ...]
    mean: Array
    deviation: Array
    logs: Array
    expected: Array
    variance: Array


def follow(
    measure: Measurable, actuals: Sequence[Actual], modelled: Array, unit: Array,
    left_out: frozenset[Actual] = frozenset(),
) -> Followed:  # fmt: skip
    """Follow a measure; `modelled` is what the model says, `(S or 1, T)`.

    `unit` is what its noise is in parts of, `(T,)`. Actuals beyond the months modelled, and those of which nothing
    was ever planned, are left out. Those of `left_out` have their rows, but are equally likely under every draw.
    """
    noise, months = measure.noise, modelled.shape[1]
    seen = {item.month: item for item in actuals if item.month <= months and unit[item.month - 1] > 0}
    state, spread = np.zeros((len(modelled), 1)), np.full((len(modelled), 1), noise.lasting**2)
    expected, variance, found = [], [], []
    for month in range(1, months + 1):
        if month > 1:
            state = noise.kept * state
            spread = noise.kept**2 * spread + (1 - noise.kept**2) * noise.lasting**2
        expected.append(state)
        variance.append(spread)
        if month in seen:
            scale, said = unit[month - 1], modelled[:, month - 1 : month]
            mean = said + scale * state
            whole = scale**2 * spread + own_variance(measure, seen[month], said, scale)
            if seen[month] in left_out:
                found.append((mean, np.sqrt(whole), np.zeros_like(whole)))
                continue
            apart = seen[month].value - mean
            found.append((mean, np.sqrt(whole), -0.5 * (apart**2 / whole + np.log(whole))))
            gain = scale * spread / whole
            state, spread = state + gain * apart, spread * (1 - gain * scale)
    means, deviations, logs = (
        np.array([row[place][:, 0] for row in found]).reshape(-1, len(modelled)) for place in range(3)
    )
    kept = tuple(seen[month] for month in sorted(seen))
    return Followed(kept, means, deviations, logs, np.hstack(expected), np.hstack(variance))


def still_to_come(measure: Measurable, followed: Followed, luck: Array) -> Array:
    """Departures by month, `(S, T)`, in parts of the unit of noise: expected up to the last actual, then drawn.

    `luck` holds standard normal deviates `(2, S, T)`, of what lasts and of a month's own.
    """
    noise, months = measure.noise, luck.shape[-1]
    departed = np.broadcast_to(followed.expected, luck.shape[1:]).copy()
    first = max((item.month for item in followed.actuals), default=0)
    state = np.zeros(len(departed))
    for month in range(first, months):
        if month == first:
            state = followed.expected[:, month] + np.sqrt(followed.variance[:, month]) * luck[0, :, month]
        else:
            state = noise.kept * state + noise.lasting * np.sqrt(1 - noise.kept**2) * luck[0, :, month]
        departed[:, month] = state + noise.scatter * luck[1, :, month]
    return departed


def own_variance(measure: Measurable, actual: Actual | None, said: Array, scale: Array | float) -> Array:
    """The variance of a month's own: its scatter, a test's standard error, the chance of whom a test takes."""
    found = np.asarray((measure.noise.scatter * scale) ** 2)
    if actual is None:
        return found
    if measure.takes is Takes.TESTED and actual.tested:
        share = np.clip(said, _NEARLY, 1 - _NEARLY)
        found = found + share * (1 - share) / actual.tested
    return np.asarray(found + (actual.standard_error or 0.0) ** 2)
