"""What every file is made of: each scenario's results, found out once for all files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from model.choice.findings import Findings, findings
from model.operation.log import timed
from model.projection import Projection, project
from model.reading.scenario_validation import SCHEMA_VERSION
from model.scenario import Scenario
from model.skills.training_plan import TrainingPlan, proposed
from model.stages.contract import Contract, contract_for, contract_of
from model.telling.budget import Budget, budget_of
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import MIN_DRAWS
from model.uncertainty.sensitivity import Bar, tornado
from model.uncertainty.simulation import Simulation, simulate
from report.asked import NO_ANSWERS, ODDS, Answers, Asked, answered
from report.charts.drawing.plotly_figure import Figure

MOST_SCENARIOS = 6
# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)


@dataclass(frozen=True)
class Material:
    """One scenario's results on a day; `simulation` is None where it was not simulated.

    `answers` is what was found about the decision, as far as that was asked.

    Raises ValueError for a simulation of another scenario, or without the bands by month that the charts draw.
    """

    projection: Projection
    simulation: Simulation | None
    today: date
    answers: Answers = NO_ANSWERS

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

    def with_answers(self, asked: Asked) -> Material:
        """The same with what is asked about the decision, on as many draws of the seed; as it is if not simulated.

        Raises ScenarioError as `report.asked.answered` does.
        """
        if (drawn := self.simulation) is None:
            return self
        return replace(self, answers=answered(self.scenario, asked, drawn.draws, drawn.seed))

    @property
    def holds(self) -> frozenset[str]:
        """What charts can need and is here: the odds, and each subject that is answered."""
        return self.answers.names | ({ODDS} if self.simulation else frozenset())

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
        if found := self.answers.stages:
            return contract_of(self.scenario, found.planned.ends, found.draws, found.seed, self.today)
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
