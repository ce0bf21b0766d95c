"""What a scenario assumes that training does, on the scale of the causal studies."""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS
from model.evidence.studies import SCALE_HOURS
from model.lines import LINES
from model.scenario import Scenario


def assumed_effect(scenario: Scenario, causal_share: float | None = None) -> float:
    """Productivity gained by an untrained person over the hours of the studies' scale, as a fraction.

    The plan's own learning and uplift, before anything is forgotten and before wages take their part;
    `causal_share` stands in place of the scenario's.
    """
    share = scenario.number("causal_share") if causal_share is None else causal_share
    return scenario.number("headline_uplift") * share * _learnt(scenario)


def assumed_range(scenario: Scenario) -> tuple[float, float]:
    """`assumed_effect` at both ends of the plausible range of the causal share; alike where it has no range."""
    known = scenario.effective_ranges.get("causal_share")
    value = scenario.number("causal_share")
    low, high = (known.low, known.high) if known else (value, value)
    return assumed_effect(scenario, low), assumed_effect(scenario, high)


def _learnt(scenario: Scenario) -> float:
    """Part of the untrained who become competent within the hours of the scale, taken in one month."""
    line = LINES["learning_rate"]
    given = {name: scenario.values[name] for name in line.precedents if name in ASSUMPTIONS}
    return float(line.function(**given | {"programme_active": 1.0, "training_hours": 12 * SCALE_HOURS}))
