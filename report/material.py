"""What every document is made of: a scenario's results, gathered once, and its charts by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.decisions import Findings, findings
from model.projection import Projection, project
from model.scenario import Scenario
from model.uncertainty import Simulation
from model.validation import nearest
from report.charts import CHARTS, Chart
from report.risk_charts import RISK_CHARTS, RiskChart
from report.theme import LIGHT

MOST_SCENARIOS = 6
# The line whose bands by month the charts of a simulation draw.
BANDS = ("cumulative_cash",)
EVERY_CHART: Mapping[str, Chart | RiskChart] = MappingProxyType({**CHARTS, **RISK_CHARTS})


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
        return tuple(EVERY_CHART) if self.simulation else tuple(CHARTS)

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

    def _subject(self, chart: Chart | RiskChart) -> tuple[Any, ...]:
        if isinstance(chart, Chart):
            return (self.projection,)
        if not self.simulation:
            raise ValueError(f"the chart '{chart.name}' needs a simulation; draw at least one")
        return self.simulation, self.found


def chart_named(name: str) -> Chart | RiskChart:
    """The chart of a name. Raises ValueError that tells the nearest name."""
    if name not in EVERY_CHART:
        mend = nearest(name.replace("-", "_"), EVERY_CHART)
        raise ValueError(f"'{name}' is no chart{mend}\nCharts are {', '.join(EVERY_CHART)}.")
    return EVERY_CHART[name]


def gathered(
    scenarios: Sequence[Scenario], today: date, simulations: Sequence[Simulation] | None = None
) -> tuple[Material, ...]:
    """The results of 1 to 6 scenarios, the first being the one proposed.

    Raises ValueError for another number of scenarios, for a simulation of none of them, and for one without the
    bands by month that the charts draw.
    """
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise ValueError(f"a document holds 1 to {MOST_SCENARIOS} scenarios, not {len(scenarios)}")
    for simulation in simulations or ():
        if simulation.scenario not in scenarios:
            raise ValueError(f"'{simulation.scenario.name}' was simulated, but is none of the document's scenarios")
        if missing := [line for line in BANDS if line not in simulation.bands]:
            raise ValueError(f"'{simulation.scenario.name}' was simulated without the bands of {', '.join(missing)}")
    drawn = {simulation.scenario.hash: simulation for simulation in simulations or ()}
    return tuple(Material(project(scenario), drawn.get(scenario.hash), today) for scenario in scenarios)
