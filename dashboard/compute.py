"""The only file that caches: results by the content of the scenario."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from model.projection import Projection, project
from model.scenario import Scenario
from report.charts import CHARTS
from report.theme import DARK, LIGHT, Theme


def projection(scenario: Scenario) -> Projection:
    """The point projection of a scenario."""
    return _projection(scenario.to_json())


def figure(name: str, scenario: Scenario, theme: Theme) -> dict[str, Any]:
    """A chart as the plain data that Plotly draws."""
    return _figure(name, scenario.to_json(), theme is DARK, date.today())


@st.cache_data(max_entries=128, show_spinner=False)
def _projection(content: str) -> Projection:
    return project(Scenario.from_json(content))


@st.cache_data(max_entries=256, show_spinner=False)
def _figure(name: str, content: str, dark: bool, today: date) -> dict[str, Any]:
    drawn = CHARTS[name].function(_projection(content), DARK if dark else LIGHT, today)
    data: dict[str, Any] = drawn.to_plotly_json()
    return data
