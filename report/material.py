"""What every file is made of: each scenario's results, found out once for all files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from model.choice.findings import Findings, findings
from model.operation.log import timed
from model.pilot.pilots import Pilots, pilots
from model.projection import Projection, project
from model.reading.scenario_validation import SCHEMA_VERSION
from model.scenario import Scenario
from model.skills.training_plan import TrainingPlan, proposed
from model.stages.contract import Contract, contract_for
from model.telling.budget import Budget, budget_of
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import MIN_DRAWS
from model.uncertainty.sensitivity import Bar, tornado
from model.uncertainty.simulation import Simulation, simulate
from report.charts.drawing.plotly_figure import Figure

MOST_SCENARIOS = 6
# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)


@dataclass(frozen=True)
class Material:
    """One scenario's results on a day; `simulation` is None where it was not simulated, `tests` where none is told.

    Raises ValueError for a simulation of another scenario, or without the bands by month that the charts draw.
    """

    projection: Projection
    simulation: Simulation | None
    today: date
    tests: Pilots | None = None

    def __post_init__(self) -> None:
        if self.simulation is None:
            return
        name = self.simulation.scenario.name
        if self.simulation.scenario != self.scenario:
            raise ValueError(f"'{name}' was simulated, but '{self.scenario.name}' is what was projected")
        if missing := [line for line in BANDS if line not in self.simulation.bands]:
            raise ValueError(f"'{name}' was simulated without the bands of {', '.join(missing)}")

    def with_odds(self, draws: int, seed: int) -> Material:
        """The same with the odds. Raises ScenarioError where they cannot be drawn."""
        with timed("simulation", self.scenario.hash, draws=draws, seed=seed):
            return replace(self, simulation=simulate(self.scenario, draws, seed, lines=BANDS))

    def with_tests(self) -> Material:
        """The same with what tests are worth before deciding, on the same draws; as it is where not simulated.

        Raises ScenarioError as `model.pilot.pilots.pilots` does.
        """
        if (drawn := self.simulation) is None:
            return self
        with timed("pilots", self.scenario.hash, draws=drawn.draws, seed=drawn.seed):
            return replace(self, tests=pilots(self.scenario, count=drawn.draws, seed=drawn.seed))

    @property
    def scenario(self) -> Scenario:
        """The scenario these are the results of."""
        return self.projection.scenario

    @property
    def made_with(self) -> str:
        """What gives the same numbers again: the model's version, and the draws with their seed."""
        drawn = "not simulated"
        if self.simulation:
            drawn = f"{self.scenario.format.number(self.simulation.draws, 0)} draws, seed {self.simulation.seed}"
        return f"model version {SCHEMA_VERSION}, {drawn}"

    @cached_property
    def found(self) -> Findings | None:
        """What the simulation teaches, computed on first use."""
        return findings(self.simulation, self.projection) if self.simulation else None

    @property
    def simulated(self) -> tuple[Simulation, Findings]:
        """The simulation and what it teaches. Raises ValueError where there is none."""
        if self.simulation is None or self.found is None:
            raise ValueError(f"'{self.scenario.name}' was not simulated; ask for {MIN_DRAWS} draws or more")
        return self.simulation, self.found

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """How far each uncertain input moves the net present value, widest first."""
        return self.found.bars if self.found else tornado(self.scenario)

    @cached_property
    def remains(self) -> Remains:
        """The plan beside its conservative case."""
        return remains(self.projection, self.bars)

    @cached_property
    def training(self) -> TrainingPlan | None:
        """The proposed plan of training; None where nobody judged the skill areas."""
        return proposed(self.scenario) if self.scenario.skills else None

    @cached_property
    def dated(self) -> Projection:
        """The projection with its first month fixed as of the day, for tables with dates only."""
        first = self.scenario.first_month(self.today)
        return replace(self.projection, scenario=replace(self.scenario, start_month=f"{first:%Y-%m}"))

    @cached_property
    def budget(self) -> Budget:
        """The budget by fiscal year, the people, and the result beside cash."""
        return budget_of(self.projection, self.today)

    @cached_property
    def contract(self) -> Contract | None:
        """What would change our mind, with its odds; None where the plan has no stages or was not simulated."""
        drawn = self.simulation
        return contract_for(self.scenario, drawn.draws, drawn.seed, self.today) if drawn else None

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The charts drawn so far, by name: a report, its PDF and images draw each but once."""
        return {}


def gathered(scenarios: Sequence[Scenario], today: date) -> tuple[Material, ...]:
    """The scenarios' results without odds, the proposed one first, in whose locale all are written.

    Raises ValueError for none or too many.
    """
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise ValueError(f"a document holds 1 to {MOST_SCENARIOS} scenarios, not {len(scenarios)}")
    return tuple(Material(project(scenario.written_as(scenarios[0])), None, today) for scenario in scenarios)
