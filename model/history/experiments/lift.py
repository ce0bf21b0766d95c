"""What the model expects of an experiment, and how likely that makes what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from model.formula import Array
from model.history.experiments.experiment import DAYS_A_MONTH, Experiment
from model.history.response.spend import brought
from model.reading.faults import Fault, ScenarioError

_WEEK = 7 / DAYS_A_MONTH


@dataclass(frozen=True)
class Lift:
    """An experiment week by week; `today` is what is spent on its channel in a week in the tested part today."""

    experiment: Experiment
    today: float

    @property
    def steps(self) -> int:
        """How many weeks the test is counted in: as long as each other, and nearly seven days."""
        return max(1, round(self.experiment.period.months / _WEEK))

    @property
    def months(self) -> float:
        """How long each of them is."""
        return self.experiment.period.months / self.steps

    def expected(self, values: Mapping[str, Array]) -> Array:
        """The incremental revenue of each draw, `(S,)`: with the change less without it, spend before was steady."""
        after = round(self.experiment.weeks_after)
        before = self.experiment.spend / self.steps / self.today
        changed = (self.experiment.spend + self.experiment.extra) / self.steps / self.today
        ratio = np.array([changed] * self.steps + [before] * after)
        with_it, without = (
            brought(values, self.experiment.channel, series, before, self.months)
            for series in (ratio, np.full(len(ratio), before))
        )
        return np.asarray(self.today * np.sum(with_it - without, axis=1))

    def log_likelihood(self, values: Mapping[str, Array]) -> Array:
        """The logarithm of the normal likelihood of each draw, `(S,)`, but for a constant."""
        return np.asarray(
            -0.5 * ((self.experiment.revenue - self.expected(values)) / self.experiment.error) ** 2, dtype=float
        )


def lift(experiment: Experiment, company: tuple[float, float]) -> Lift:
    """An experiment beside the company's spend of today a month, on social and on other marketing.

    Where it does not say how large a part of the business it covers, spend there was today's. Raises ScenarioError
    where it does and the company spends nothing on its channel.
    """
    steps = Lift(experiment, 1.0).steps
    if experiment.share is None:
        return Lift(experiment, experiment.spend / steps)
    monthly = dict(zip(("social", "other"), company, strict=True))[experiment.channel]
    if monthly <= 0:
        message = f"is about {experiment.channel.words}, on which nothing is spent today: leave its share away"
        raise ScenarioError([Fault(experiment.label, message)])
    return Lift(experiment, experiment.share * monthly * experiment.period.months / steps)
