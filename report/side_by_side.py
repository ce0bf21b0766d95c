"""The scenarios of one document: how many fit side by side, and which simulations belong to them."""

from __future__ import annotations

from collections.abc import Sequence

from model.scenario import Scenario
from model.uncertainty.simulation import Simulation

MOST_SCENARIOS = 6


def check_together(document: str, scenarios: Sequence[Scenario], simulations: Sequence[Simulation]) -> None:
    """Raises ValueError where `document` cannot hold so many scenarios, or a simulation is of none of them."""
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise ValueError(f"a {document} holds 1 to {MOST_SCENARIOS} scenarios, not {len(scenarios)}")
    for simulation in simulations:
        if simulation.scenario not in scenarios:
            raise ValueError(
                f"'{simulation.scenario.name}' was simulated, but is none of the {document}'s scenarios"
            )
