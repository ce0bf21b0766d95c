"""An observation: a quantity of the model, the value that was seen and how far that may be off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.learning.quantity import Quantity
from model.reading.faults import Fault, Refused, ScenarioError, finite
from model.scenario import Scenario

# Work is bounded: each takes a run of the lines behind it.
MOST_OBSERVATIONS = 1_000


@dataclass(frozen=True)
class Observation:
    """A quantity with the value that was seen, in its unit, and its standard error, above 0; errors are normal.

    Errors of several observations are independent: what has a common error is one observation.
    """

    quantity: Quantity
    value: float
    standard_error: float

    def log_likelihood(self, values: Array) -> Array:
        """The logarithm of how likely it is under each value of the quantity, but for a constant."""
        return np.asarray(-0.5 * ((values - self.value) / self.standard_error) ** 2)


def check_observations(scenario: Scenario, observations: Sequence[Observation]) -> None:
    """Refuse observations that cannot be. Raises ScenarioError that lists every fault."""
    if len(observations) > MOST_OBSERVATIONS:
        told = f"are {len(observations)}; at most {MOST_OBSERVATIONS} are taken, so add up months into years"
        raise ScenarioError([Fault("observations", told)])
    faults = [
        Fault(f"observations.{place}.{fault.key}", fault.message)
        for place, item in enumerate(observations, start=1)
        for fault in (*item.quantity.faults(scenario), *_numbers(item))
    ]
    if faults:
        raise ScenarioError(faults)


def _numbers(item: Observation) -> list[Fault]:
    found = []
    for key in ("value", "standard_error"):
        try:
            number = finite(getattr(item, key))
        except Refused as refusal:
            found.append(Fault(key, str(refusal)))
        else:
            if key == "standard_error" and number <= 0:
                found.append(Fault(key, "must lie above 0: what is known for certain is set, not observed"))
    return found


def log_weights(observations: Sequence[Observation], values: Mapping[Quantity, Array]) -> Array:
    """The logarithm of each draw's weight, shape `(S,)`: the same digits whatever the order of the observations.

    `values` are those of `model.learning.quantity.values_of`.
    """
    ordered = sorted(observations, key=repr)
    return np.asarray(np.sum([item.log_likelihood(values[item.quantity]) for item in ordered], axis=0))
