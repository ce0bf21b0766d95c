"""The only file that caches: results by the content of the scenario."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from model.decisions import Findings, findings
from model.optimise import Optimum, optimise
from model.projection import Projection, project
from model.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.scenario import Scenario
from model.search import Aim, Limits
from model.uncertainty import Progress, Simulation, simulate
from report.charts import CHARTS
from report.risk_charts import RISK_CHARTS
from report.theme import DARK, LIGHT, Theme


def projection(scenario: Scenario) -> Projection:
    """The point projection of a scenario."""
    return _projection(scenario.to_json())


def figure(name: str, scenario: Scenario, theme: Theme) -> dict[str, Any]:
    """A chart as the plain data that Plotly draws."""
    return _figure(name, scenario.to_json(), theme is DARK, date.today())


def simulation(scenario: Scenario, count: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Simulation:
    """The Monte Carlo of a scenario. Raises ScenarioError where it cannot be drawn."""
    return _simulation(scenario.to_json(), count, seed)


def found_out(drawn: Simulation) -> Findings:
    """What matters, what must be true and what is worth finding out, from a simulation."""
    return _findings(drawn.scenario.to_json(), drawn.draws, drawn.seed)


def risk_figure(name: str, drawn: Simulation, theme: Theme) -> dict[str, Any]:
    """A chart of a simulation as the plain data that Plotly draws."""
    return _risk_figure(name, drawn.scenario.to_json(), drawn.draws, drawn.seed, theme is DARK, date.today())


def optimum(scenario: Scenario, aim: Aim, limits: Limits, progress: Progress) -> Optimum:
    """The best levers; searched anew at each call. Raises ScenarioError where no plan keeps the limits."""
    return optimise(scenario, aim, limits, progress=progress)


@st.cache_data(max_entries=128, show_spinner=False)
def _projection(content: str) -> Projection:
    return project(Scenario.from_json(content))


@st.cache_data(max_entries=256, show_spinner=False)
def _figure(name: str, content: str, dark: bool, today: date) -> dict[str, Any]:
    drawn = CHARTS[name].function(_projection(content), DARK if dark else LIGHT, today)
    data: dict[str, Any] = drawn.to_plotly_json()
    return data


@st.cache_data(max_entries=24, show_spinner=False)
def _simulation(content: str, count: int, seed: int) -> Simulation:
    return simulate(Scenario.from_json(content), count, seed)


@st.cache_data(max_entries=24, show_spinner=False)
def _findings(content: str, count: int, seed: int) -> Findings:
    return findings(_simulation(content, count, seed))


@st.cache_data(max_entries=64, show_spinner=False)
def _risk_figure(name: str, content: str, count: int, seed: int, dark: bool, today: date) -> dict[str, Any]:
    drawn, found = _simulation(content, count, seed), _findings(content, count, seed)
    data: dict[str, Any] = RISK_CHARTS[name].function(drawn, found, DARK if dark else LIGHT, today).to_plotly_json()
    return data
