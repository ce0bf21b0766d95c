"""What the gates of a plan saw, as far as it was measured: met, not met, or still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.gates.stage_gate import StageGate
from model.scenario import Scenario
from model.stages.contract import State
from model.track.actuals import Actual
from model.track.variances import BELIEVED, Variance
from model.units import Format

# The measure in which a gate finds what it looks at; cash is what is believed of it, and a swap is no measure here.
_MEASURED: Mapping[str, str] = MappingProxyType(
    {"competent_share": "competent_share", "social_return": "social_return_test"}
)
_CASH = "cumulative_cash"
_FOLLOWED = frozenset({*_MEASURED, _CASH})


@dataclass(frozen=True)
class GateSeen:
    """A gate with what was measured of it in its month, in its indicator's unit; None where nothing was."""

    gate: StageGate
    observed: float | None
    until: int

    @property
    def state(self) -> State:
        """Whether its threshold is met, as far as is known."""
        if self.observed is None:
            return State.OPEN
        return State.MET if self.observed >= self.gate.threshold else State.NOT_MET

    @property
    def due(self) -> bool:
        """Whether its month has come, and what it looks at was not measured."""
        return self.observed is None and self.gate.month <= self.until

    def words(self, text: Format) -> str:
        """In a sentence."""
        head = f"Gate, {self.gate.in_words(text)}"
        if self.observed is None:
            due = (
                "due, and not measured" if self.gate.indicator in _FOLLOWED else "due; it is marked in its contract"
            )
            return f"{head}: {due if self.due else f'open, {self.gate.month - self.until} to go'}."
        seen = text.plain(round(self.observed, 4), self.gate.looks_at.unit)
        return f"{head}: {seen}, {self.state}."


def gates_seen(
    scenario: Scenario, actuals: Sequence[Actual], until: int, found: Sequence[Variance]
) -> tuple[GateSeen, ...]:
    """Every gate of the plan, marked by the actuals up to now; cumulative cash by what is believed of it."""
    seen = {(item.month, item.measure): item.value for item in actuals}
    cash = next((np.cumsum(item.actual) for item in found if item.subject == BELIEVED), np.zeros(0))

    def observed(gate: StageGate) -> float | None:
        if gate.indicator == _CASH:
            return float(cash[gate.month - 1]) if gate.month <= len(cash) else None
        return seen.get((gate.month, _MEASURED.get(gate.indicator, "")))

    return tuple(GateSeen(gate, observed(gate), until) for gate in scenario.stages)
