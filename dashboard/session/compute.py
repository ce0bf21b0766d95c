"""The only file that caches: results by the content of the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import plotly.graph_objects as go  # type: ignore[import-untyped]
import streamlit as st
from sqlalchemy import Engine

from library import place
from library.errors import LibraryError, told_plainly
from library.store import Library
from library.version import Version
from model.choice.findings import Findings, findings
from model.choice.optimise import Optimum, optimise
from model.choice.search import Aim, Limits
from model.projection import Projection, project
from model.scenario import Scenario
from model.skills.training_plan import TrainingPlan
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.sensitivity import tornado
from model.uncertainty.simulation import Progress, Simulation, simulate
from report.charts import dependencies as model_picture
from report.charts.catalogue import CHARTS
from report.charts.comparison import bridge_between, overlaid
from report.charts.drawing.theme import DARK, LIGHT, Theme
from report.charts.evidence.register import EVIDENCE_CHARTS
from report.charts.risk import RISK_CHARTS
from report.charts.skills import skills_gap
from report.material import BANDS

# How many cases a person can have drawn.
DRAWS = (2_048, DEFAULT_DRAWS, 65_536)
# The library's section in the secrets; how many of its scenarios can be picked; for how long they are remembered.
_CONNECTION = "library"
_NO_ADDRESS = "none"
_MOST_SAVED = 40
_SAVED_SECONDS = 10


def projection(scenario: Scenario) -> Projection:
    """The point projection of a scenario."""
    return _projection(scenario.to_json())


def figure(name: str, scenario: Scenario, theme: Theme, today: date | None = None) -> dict[str, Any]:
    """A chart, dated that day, as the plain data that Plotly draws."""
    return _figure(name, scenario.to_json(), theme is DARK, today or date.today())


def simulation(scenario: Scenario, count: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Simulation:
    """The Monte Carlo of a scenario. Raises ScenarioError where it cannot be drawn."""
    return _simulation(scenario.to_json(), count, seed)


def found_out(drawn: Simulation) -> Findings:
    """What matters, what must be true and what is worth finding out, from a simulation."""
    return _findings(drawn.scenario.to_json(), drawn.draws, drawn.seed)


def risk_figure(name: str, drawn: Simulation, theme: Theme, today: date | None = None) -> dict[str, Any]:
    """A chart of a simulation, dated that day, as the plain data that Plotly draws."""
    content = drawn.scenario.to_json()
    return _risk_figure(name, content, drawn.draws, drawn.seed, theme is DARK, today or date.today())


def compared_figure(name: str, scenarios: Sequence[Scenario], theme: Theme) -> dict[str, Any]:
    """A chart that lays several scenarios over each other, as the plain data that Plotly draws."""
    return _compared_figure(name, tuple(one.to_json() for one in scenarios), theme is DARK, date.today())


def bridge_figure(one: Scenario, other: Scenario, theme: Theme) -> dict[str, Any]:
    """The bridge from one scenario to another. Raises ValueError across currencies."""
    return _bridge_figure(one.to_json(), other.to_json(), theme is DARK, date.today())


def dependencies(centre: str, steps: int, scenario: Scenario, month: int, theme: Theme) -> dict[str, Any]:
    """The picture around a quantity as the plain data that Plotly draws."""
    return _dependencies(centre, steps, scenario.to_json(), month, theme is DARK, date.today())


def overview(centre: str, scenario: Scenario, month: int, theme: Theme) -> dict[str, Any]:
    """The picture of the whole model as the plain data that Plotly draws."""
    return _overview(centre, scenario.to_json(), month, theme is DARK, date.today())


def remaining(scenario: Scenario) -> Remains:
    """The plan beside its conservative case."""
    return _remaining(scenario.to_json())


def evidence_figure(name: str, scenario: Scenario, theme: Theme, today: date | None = None) -> dict[str, Any]:
    """A chart of the evidence, dated that day, as the plain data that Plotly draws."""
    return _evidence_figure(name, scenario.to_json(), theme is DARK, today or date.today())


def skills_figure(plan: TrainingPlan, scenario: Scenario, theme: Theme) -> dict[str, Any]:
    """The chart of the skill areas as the plain data that Plotly draws."""
    return _skills_figure(plan, scenario.to_json(), theme is DARK, date.today())


def optimum(scenario: Scenario, aim: Aim, limits: Limits, progress: Progress) -> Optimum:
    """The best levers; searched anew at each call. Raises ScenarioError where no plan keeps the limits."""
    return optimise(scenario, aim, limits, progress=progress)


class Saved(NamedTuple):
    """The scenarios of the library that are not archived, by entry, newest first; or why it cannot be read."""

    scenarios: dict[str, Scenario]
    problem: str


def library() -> Library:
    """The library of the file that the environment names, else of the secrets, else of the user's data folder.

    Raises LibraryError where it cannot be opened.
    """
    named = place.chosen_file()
    address = "" if named else _server_address()
    if address:
        return Library(_server_engine(address))
    path = named or place.default_file()
    with told_plainly(str(path)):
        return Library(_file_engine(path))


def saved() -> Saved:
    """What the library offers to pick from; what others saved within the last seconds may be missing."""
    try:
        found = library()
    except LibraryError as error:
        return Saved({}, str(error))
    return _saved(found.where, found)


def version(entry: str, number: int) -> Version | None:
    """A version of the library; None where that has no such one, it is damaged or the library cannot be read."""
    try:
        found = library().history(entry)
    except LibraryError:
        return None
    return next((one for one in found if one.number == number and not one.damage), None)


def forget_saved() -> None:
    """Look into the library anew: something was saved."""
    _saved.clear()


def _server_address() -> str:
    """The address of the database in the secrets; nothing where they name none."""
    if not st.secrets.load_if_toml_exists():
        return ""
    section = st.secrets.get("connections", {}).get(_CONNECTION)
    return "" if section is None else str(section.get("url", _NO_ADDRESS))


def _server_engine(address: str) -> Engine:
    arguments = place.server_arguments(address)
    try:
        engine: Engine = st.connection(_CONNECTION, type="sql", url=address, **arguments).engine
    except ModuleNotFoundError:
        raise place.driver_missing() from None
    return engine


@st.cache_resource(max_entries=8, show_spinner=False)
def _file_engine(path: Path) -> Engine:
    return place.file_engine(path)


@st.cache_data(max_entries=4, ttl=_SAVED_SECONDS, show_spinner=False)
def _saved(where: str, _library: Library) -> Saved:  # noqa: ARG001 - it is what is remembered by
    """What the library offers; a failure too is remembered for those seconds, so that no screen waits each time."""
    try:
        entries = _library.entries()
    except LibraryError as error:
        return Saved({}, str(error))
    # A generator, as looking for damage reads the scenario.
    sound = (entry.latest for entry in entries if not entry.latest.archived and not entry.latest.damage)
    return Saved({version.entry: version.scenario for version in islice(sound, _MOST_SAVED)}, "")


@st.cache_data(max_entries=128, show_spinner=False)
def _projection(content: str) -> Projection:
    return project(Scenario.from_json(content))


@st.cache_data(max_entries=256, show_spinner=False)
def _figure(name: str, content: str, dark: bool, today: date) -> dict[str, Any]:
    return _plain(CHARTS[name].function(_projection(content), _theme(dark), today))


# Up to 20 MB each.
@st.cache_data(max_entries=12, show_spinner=False)
def _simulation(content: str, count: int, seed: int) -> Simulation:
    return simulate(Scenario.from_json(content), count, seed, lines=BANDS)


@st.cache_data(max_entries=24, show_spinner=False)
def _findings(content: str, count: int, seed: int) -> Findings:
    return findings(_simulation(content, count, seed))


@st.cache_data(max_entries=64, show_spinner=False)
def _risk_figure(name: str, content: str, count: int, seed: int, dark: bool, today: date) -> dict[str, Any]:
    drawn, found = _simulation(content, count, seed), _findings(content, count, seed)
    return _plain(RISK_CHARTS[name].function(drawn, found, _theme(dark), today))


@st.cache_data(max_entries=64, show_spinner=False)
def _compared_figure(name: str, contents: tuple[str, ...], dark: bool, today: date) -> dict[str, Any]:
    return _plain(overlaid(name, [_projection(content) for content in contents], _theme(dark), today))


@st.cache_data(max_entries=64, show_spinner=False)
def _bridge_figure(content: str, other: str, dark: bool, today: date) -> dict[str, Any]:
    return _plain(bridge_between(_projection(content), _projection(other), _theme(dark), today))


@st.cache_data(max_entries=64, show_spinner=False)
def _dependencies(centre: str, steps: int, content: str, month: int, dark: bool, today: date) -> dict[str, Any]:
    return _plain(model_picture.dependencies(_projection(content), centre, steps, month, _theme(dark), today))


@st.cache_data(max_entries=16, show_spinner=False)
def _overview(centre: str, content: str, month: int, dark: bool, today: date) -> dict[str, Any]:
    return _plain(model_picture.overview(_projection(content), centre, month, _theme(dark), today))


@st.cache_data(max_entries=128, show_spinner=False)
def _remaining(content: str) -> Remains:
    plan = _projection(content)
    return remains(plan, tornado(plan.scenario))


@st.cache_data(max_entries=64, show_spinner=False)
def _evidence_figure(name: str, content: str, dark: bool, today: date) -> dict[str, Any]:
    return _plain(EVIDENCE_CHARTS[name].function(_projection(content), _theme(dark), today))


@st.cache_data(max_entries=64, show_spinner=False)
def _skills_figure(plan: TrainingPlan, content: str, dark: bool, today: date) -> dict[str, Any]:
    return _plain(skills_gap(plan, _projection(content), _theme(dark), today))


def _theme(dark: bool) -> Theme:
    return DARK if dark else LIGHT


def _plain(figure: go.Figure) -> dict[str, Any]:
    data: dict[str, Any] = figure.to_plotly_json()
    return data
