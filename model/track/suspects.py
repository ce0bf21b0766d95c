"""Actuals so far from all that a plan's ranges allow that a cell is likelier wrong than the world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.formula import Array
from model.learning.solved_draws import BEYOND
from model.projection import inputs_of
from model.track.actuals import Actual
from model.track.departures import own_variance
from model.track.worlds import Tracking
from model.uncertainty.sampling import draws


def without_suspects(followed: Tracking, count: int, seed: int) -> Tracking:
    """The same, with what was observed further than five standard deviations from every draw left out of learning.

    A standard deviation is that of the measure's noise: scatter, what lasts, and a test's own error. What was
    decided, spend and hours, is set as it came, however far that is.
    """
    observed = [item for item in followed.actuals if not item.of.decided]
    nearest = dict.fromkeys(observed, np.inf)
    for size, values in draws(followed.scenario, count, seed) if observed else ():
        inputs = inputs_of(followed.scenario) | dict(values)
        modelled = followed.worlds(inputs, last=followed.until).modelled
        for item in observed:
            said = np.broadcast_to(modelled[item.measure], (size, followed.until))[:, item.month - 1]
            nearest[item] = min(nearest[item], _nearest(followed, item, said))
    return replace(followed, left_out=frozenset(item for item, away in nearest.items() if away > BEYOND))


def _nearest(followed: Tracking, item: Actual, said: Array) -> float:
    """How far an actual is from the draw that is nearest, in standard deviations; 0 of what was never planned."""
    unit = followed.unit_of_noise(item.of)[item.month - 1]
    if unit <= 0:
        return 0.0
    spread = np.sqrt((unit * item.of.noise.lasting) ** 2 + own_variance(item.of, item, said, unit))
    return float(np.min(np.abs(item.value - said) / spread))
