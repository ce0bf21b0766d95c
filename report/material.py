"""What every document is made of: a scenario's results, gathered once, and its charts by name."""

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
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import MIN_DRAWS
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import Simulation
from report.charts.catalogue import CHARTS, Chart
from report.charts.drawing.theme import LIGHT
from report.charts.evidence.register import EVIDENCE_CHARTS, EvidenceChart
from report.charts.risk import RISK_CHARTS, RiskChart
from report.side_by_side import check_together

# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)
AnyChart = Chart | RiskChart | EvidenceChart
EVERY_CHART: Mapping[str, AnyChart] = MappingProxyType({**CHARTS, **RISK_CHARTS, **EVIDENCE_CHARTS})


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
