"""What every document is made of: a scenario's results, gathered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from model.choice.findings import Findings, findings
from model.projection import Projection, project
from model.scenario import Scenario
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import MIN_DRAWS
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import Simulation
from report.side_by_side import check_together

# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)


@dataclass(frozen=True)
class Material:
    """One scenario's results on a day; `simulation` is None where it was not simulated."""

    projection: Projection
    simulation: Simulation | None
    today: date

    @property
    def scenario(self) -> Scenario:
        """The scenario these are the results of."""
        return self.projection.scenario

    @cached_property
    def found(self) -> Findings | None:
        """What the simulation teaches, computed on first use."""
        return findings(self.simulation) if self.simulation else None

    @property
    def simulated(self) -> tuple[Simulation, Findings]:
        """The simulation and what it teaches. Raises ValueError where there is none."""
        if self.simulation is None or self.found is None:
            raise ValueError(f"'{self.scenario.name}' was not simulated; ask for {MIN_DRAWS} draws or more")
        return self.simulation, self.found

    @cached_property
    def remains(self) -> Remains:
        """The plan beside its conservative case."""
        return remains(self.projection, self.found.bars if self.found else tornado(self.scenario))

    @cached_property
    def dated(self) -> Projection:
        """The projection with its first month fixed as of the day, for tables with dates only."""
        first = self.scenario.first_month(self.today)
        return replace(self.projection, scenario=replace(self.scenario, start_month=f"{first:%Y-%m}"))

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The charts drawn so far, by name: a report, its PDF and images draw each but once."""
        return {}


def gathered(
    scenarios: Sequence[Scenario], today: date, simulations: Sequence[Simulation] | None = None
) -> tuple[Material, ...]:
    """The results of the scenarios, the first being the one proposed.

    Raises ValueError as `check_together` does, and for a simulation without the bands by month that the charts draw.
    """
    check_together("document", scenarios, simulations or ())
    for simulation in simulations or ():
        if missing := [line for line in BANDS if line not in simulation.bands]:
            raise ValueError(f"'{simulation.scenario.name}' was simulated without the bands of {', '.join(missing)}")
    drawn = {simulation.scenario.hash: simulation for simulation in simulations or ()}
    return tuple(Material(project(scenario), drawn.get(scenario.hash), today) for scenario in scenarios)
