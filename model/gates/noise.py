"""How far what is measured each month may lie from the model, and what that makes of cash against holding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.formula import Array


@dataclass(frozen=True)
class Noise:
    """How far actuals lie from the model's line, each one standard deviation.

    `scatter` is of one month, `lasting` of what stays, of which the part `kept` is still there a month later: 1 is
    for good. Both are parts of what was planned for the month, or points of a share. `grade`, `source` and `help`
    say what they rest on.
    """

    scatter: float
    lasting: float
    kept: float
    grade: str
    help: str
    source: str = ""

    def of_sum(self, planned: Array) -> Array:
        """One standard deviation of the sum of months that were planned so, `(S, months)`; `(S,)`, in their unit."""
        month = np.arange(planned.shape[-1])
        apart = np.abs(month[:, np.newaxis] - month)
        together = self.lasting**2 * self.kept**apart + self.scatter**2 * (apart == 0)
        deviation: Array = np.sqrt(((planned @ together) * planned).sum(axis=-1))
        return deviation


REVENUE_NOISE = Noise(0.02, 0.03, 0.9, "D", "What else moves a company's revenue, its season taken out.")
