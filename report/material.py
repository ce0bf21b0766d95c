"""What every file is made of: each scenario's results, found out once for all files, and its charts by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.choice.findings import Findings, findings
from model.projection import Projection, project
from model.reading.faults import nearest
from model.scenario import Scenario
from model.skills.training_plan import TrainingPlan, proposed
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import MIN_DRAWS
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import Simulation, simulate
from report.charts.catalogue import CHARTS, Chart
from report.charts.drawing.theme import LIGHT
from report.charts.evidence.register import EVIDENCE_CHARTS, EvidenceChart
from report.charts.risk import RISK_CHARTS, RiskChart

MOST_SCENARIOS = 6
# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)
AnyChart = Chart | RiskChart | EvidenceChart
EVERY_CHART: Mapping[str, AnyChart] = MappingProxyType({**CHARTS, **RISK_CHARTS, **EVIDENCE_CHARTS})


@dataclass(frozen=True)
class Material:
    """One scenario's results on a day; `simulation` is None where it was not simulated.

    Raises ValueError for a simulation of another scenario, or without the bands by month that the charts draw.
    """

    projection: Projection
    simulation: Simulation | None
    today: date

    def __post_init__(self) -> None:
        if self.simulation is None:
            return
        name = self.simulation.scenario.name
        if self.simulation.scenario != self.scenario:
            raise ValueError(f"'{name}' was simulated, but '{self.scenario.name}' is what was projected")
        if missing := [line for line in BANDS if line not in self.simulation.bands]:
            raise ValueError(f"'{name}' was simulated without the bands of {', '.join(missing)}")

    def simulated(self, draws: int, seed: int) -> Material:
        """The same with the odds. Raises ScenarioError where they cannot be drawn."""
        return replace(self, simulation=simulate(self.scenario, draws, seed, lines=BANDS))

    @property
    def scenario(self) -> Scenario:
        """The scenario these are the results of."""
        return self.projection.scenario

    @cached_property
    def found(self) -> Findings | None:
        """What the simulation teaches, computed on first use."""
        return findings(self.simulation, self.projection) if self.simulation else None

    @property
    def charts(self) -> tuple[str, ...]:
        """The names of the charts that can be drawn."""
        return charts_of(simulated=self.simulation is not None)

    @property
    def result_charts(self) -> tuple[str, ...]:
        """Those of the scenario's results; the others are of the evidence."""
        return tuple(name for name in self.charts if name not in EVIDENCE_CHARTS)

    @cached_property
    def remains(self) -> Remains:
        """The plan beside its conservative case."""
        return remains(self.projection, self.found.bars if self.found else tornado(self.scenario))

    @cached_property
    def training(self) -> TrainingPlan | None:
        """The proposed plan of training; None where nobody judged the skill areas."""
        return proposed(self.scenario) if self.scenario.skills else None

    @cached_property
    def dated(self) -> Projection:
        """The projection with its first month fixed as of the day, for tables with dates only."""
        first = self.scenario.first_month(self.today)
        return replace(self.projection, scenario=replace(self.scenario, start_month=f"{first:%Y-%m}"))

    def figure(self, name: str) -> go.Figure:
        """A chart in light colours, only to be read. Raises ValueError where it needs a simulation and has none."""
        if name not in self._figures:
            chart = chart_named(name)
            self._figures[name] = chart.function(*self._subject(chart), LIGHT, self.today)
        return self._figures[name]

    @cached_property
    def _figures(self) -> dict[str, go.Figure]:
        """The charts drawn so far: a report, its PDF and images draw each but once."""
        return {}

    def alt(self, name: str) -> str:
        """A chart in words. Raises ValueError as `figure` does."""
        chart = chart_named(name)
        return chart.alt(*self._subject(chart))

    def _subject(self, chart: AnyChart) -> tuple[Any, ...]:
        if isinstance(chart, Chart | EvidenceChart):
            return (self.projection,)
        if not self.simulation:
            raise ValueError(f"the chart '{chart.name}' needs a simulation; ask for {MIN_DRAWS} draws or more")
        return self.simulation, self.found


def charts_of(*, simulated: bool) -> tuple[str, ...]:
    """The names of the charts that can be drawn of a scenario: those of the odds only where it was simulated."""
    return tuple(name for name in EVERY_CHART if simulated or name not in RISK_CHARTS)


def chart_named(name: str) -> AnyChart:
    """The chart of a name. Raises ValueError that tells the nearest name."""
    if name not in EVERY_CHART:
        mend = nearest(name.replace("-", "_"), EVERY_CHART)
        raise ValueError(f"'{name}' is no chart{mend}\nCharts are {', '.join(EVERY_CHART)}.")
    return EVERY_CHART[name]


def gathered(scenarios: Sequence[Scenario], today: date) -> tuple[Material, ...]:
    """The scenarios' results without odds, the proposed one first. Raises ValueError for none or too many."""
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise ValueError(f"a document holds 1 to {MOST_SCENARIOS} scenarios, not {len(scenarios)}")
    return tuple(Material(project(scenario), None, today) for scenario in scenarios)
