"""A gate of a plan in stages: when something is looked at, the threshold, and what happens below it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.gates.indicators import INDICATORS, Indicator
from model.units import Format

MOST_GATES = 4
# An error so large that a measurement tells nothing; a cost as large as any amount that is read.
LARGEST_ERROR, LARGEST_COST = 1e6, 1e12


class Below(StrEnum):
    """What happens where a measurement falls below a gate's threshold; both last to the end of the plan."""

    HOLD = "hold"
    BACK = "back"

    @property
    def words(self) -> str:
        """What happens, in a sentence's end."""
        return _WORDS[self]


_WORDS = {
    Below.HOLD: "the share and the team stay where they are, and the programme ends",
    Below.BACK: "share and team go back to where they started within a year, and the programme ends",
}


@dataclass(frozen=True)
class StageGate:
    """A look at one indicator at the end of a month of the plan: at or above `threshold` it goes on.

    `error` and `cost` of the measurement are None where the indicator's own count; see `Indicator`. Costs are
    nominal, before tax, and fall at the end of the gate's month.
    """

    month: int
    indicator: str
    threshold: float
    below: Below
    error: float | None = None
    cost: float | None = None

    @property
    def looks_at(self) -> Indicator:
        """The declaration of what is looked at."""
        return INDICATORS[self.indicator]

    def in_words(self, text: Format) -> str:
        """The gate in a line: "month 12: Return of social beside other channels at least 1.1, else back"."""
        item = self.looks_at
        return (
            f"month {self.month}: {item.label} at least {text.plain(self.threshold, item.unit)}, else {self.below}"
        )

    @property
    def deviation(self) -> float:
        """One standard deviation of the measurement, in units of the indicator's scale."""
        return self.looks_at.error if self.error is None else self.error

    @property
    def price(self) -> float:
        """What measuring costs."""
        return self.looks_at.cost if self.cost is None else self.cost
