"""What is measured or believed of a tracked plan, by name: what it is called, its unit, and how it was planned."""

from __future__ import annotations

import numpy as np

from model.formula import Array
from model.projection import Projection, inputs_of
from model.track.measures import MEASURES
from model.track.tracked import CASH, Tracked
from model.track.variances import BELIEVED
from model.track.words import CASH_LABEL
from model.track.worlds import value_of
from model.units import MONEY, Unit


def label_of(found: Tracked, subject: str) -> str:
    """What a subject is called."""
    if subject == CASH:
        return CASH_LABEL
    return next((item.label for item in found.variances if item.subject == subject), subject)


def unit_of(subject: str) -> Unit:
    """The unit of what is forecast."""
    return MONEY if subject == CASH else MEASURES[subject].unit


def planned(projection: Projection, subject: str) -> Array:
    """What was planned of it in each month of the plan, `(T,)`."""
    if subject in (CASH, BELIEVED):
        return np.asarray(projection.lines[subject])
    rows = {name: series[np.newaxis] for name, series in projection.lines.items()}
    return np.asarray(value_of(MEASURES[subject], inputs_of(projection.scenario) | rows)[0])
