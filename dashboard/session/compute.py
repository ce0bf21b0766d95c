"""The only file that caches: results by the content of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st
from sqlalchemy import Engine

from dashboard.session import account
from dashboard.session.turns import GROUPS, LONG, QUICK, Turns, still_wanted
from library import place
from library.errors import LibraryError, told_plainly
from library.store import Library, Right
from library.version import Version
from model.choice.aims import Aim, Limits
from model.choice.findings import Findings, findings
from model.choice.optimise import Optimum, optimise
from model.operation.log import timed
from model.projection import Projection, project
from model.scenario import Scenario
from model.uncertainty.conservative_case import Remains, remains
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.sensitivity import Bar, tornado
from model.uncertainty.simulation import TOLD, Progress, Simulation, simulate
from report.asked import NO_ANSWERS, Answers, Asked, answered
from report.charts.drawing.chart import Chart
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import Theme
from report.material import BANDS, Material

if TYPE_CHECKING:
    from model.choice.counter.offer import Counteroffer
    from model.choice.counter.terms import Terms
    from model.history.experiments.experiment import Experiment
    from model.history.importing.history import OwnHistory
    from model.history.own_data import OwnData
    from model.pilot.pilots import Pilots
    from model.portfolio.allocation.limits import SplitLimits
    from model.portfolio.allocation.result import Allocation
    from model.portfolio.business_unit import Portfolio
    from model.portfolio.consolidated import Consolidated, Counted
    from model.portfolio.running.pool import Pool
    from model.portfolio.shared_beliefs import Drawing
    from model.stages.staged import Staged
    from model.track.actuals import Actual
    from model.track.tracked import Tracked

# How many cases a person can have drawn.
DRAWS = (2_048, DEFAULT_DRAWS, 65_536)
# How many of the library's scenarios can be picked; for how long they are remembered.
_MOST_SAVED = 40
_SAVED_SECONDS = 10
# Of groups of more units processes do the work, which get about a tenth of what others leave them.
FEW_UNITS, _GIVES_WAY = 24, 10


def _fields(item: Any) -> tuple[Any, ...]:
    return tuple(getattr(item, one.name) for one in fields(item))


class Results(Material):
    """Material whose further results are remembered too."""

    @cached_property
    def found(self) -> Findings | None:
        """What the simulation teaches."""
        return _findings(self.simulation) if self.simulation else None

    @cached_property
    def remains(self) -> Remains:
        """The plan beside its conservative case."""
        return _remains(self.projection, self.bars)

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """How far each uncertain input moves the net present value, widest first."""
        return _tornado(self.scenario)


# What results are remembered by: of a scenario all that its file holds, for its hash, made for people, is short; of
# what was worked out, what it was worked out from.
_KEYS: dict[str | type[Any], Any] = {
    Scenario: Scenario.to_json,
    Projection: lambda projection: projection.scenario,
    Simulation: lambda drawn: (drawn.scenario, drawn.draws, drawn.seed, tuple(drawn.bands)),
    Results: _fields,
    Optimum: _fields,
    Chart: lambda chart: chart.name,
    Theme: repr,
    "model.pilot.pilots.Pilots": lambda found: (
        found.scenario, found.learned.count, found.learned.seed, tuple(found.assumed.items()),
    ),
    Answers: _fields,
    "model.choice.counter.offer.Counteroffer": lambda found: (
        found.ask, tuple((one.name, one.allowed) for one in found.prices), found.draws, found.seed,
    ),
    "model.stages.staged.Staged": lambda found: (found.scenario, found.draws, found.seed, found.aim),
}  # fmt: skip


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=_KEYS)
def projection(scenario: Scenario) -> Projection:
    """The point projection of a scenario."""
    with timed("projection", scenario.hash):
        return project(scenario)


def material(
    scenario: Scenario, drawn: Simulation | None = None, today: date | None = None, answers: Answers = NO_ANSWERS
) -> Results:
    """A scenario's results, for its charts."""
    return Results(projection(scenario), drawn, today or date.today(), answers)


def figure(chart: Chart[Any], subject: Any, theme: Theme, today: date) -> Figure:
    """A chart, dated that day; one of what belongs to its session alone is drawn anew each time."""
    return (chart.figure if chart.group.private else partial(_figure, chart))(subject, theme, today)


# Nothing is left to default in what is remembered: a value given and the same value by default would be two keys.
@st.cache_data(max_entries=512, show_spinner=False, hash_funcs=_KEYS)
def _figure(chart: Chart[Any], subject: Any, theme: Theme, today: date) -> Figure:
    return chart.figure(subject, theme, today)


def simulation(scenario: Scenario, count: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED) -> Simulation:
    """The Monte Carlo of a scenario, with what charts draw. Raises ScenarioError where it cannot be drawn."""
    return _simulation(scenario, count, seed, BANDS)


def odds(scenario: Scenario) -> Simulation:
    """The Monte Carlo of a scenario without anything by month. Raises ScenarioError where it cannot be drawn."""
    return _simulation(scenario, DEFAULT_DRAWS, DEFAULT_SEED, ())


@st.cache_data(max_entries=512, show_spinner=False, hash_funcs=_KEYS)
def odds_of_gain(scenario: Scenario) -> float:
    """The odds that a scenario is worth more than holding. Raises ScenarioError where they cannot be drawn."""
    drawn = {"draws": DEFAULT_DRAWS, "seed": DEFAULT_SEED}
    with QUICK.turn(still_wanted), timed("odds of a gain", scenario.hash, **drawn):
        return simulate(scenario, DEFAULT_DRAWS, DEFAULT_SEED, still_wanted, lines=(), only=("npv",)).odds_of_gain


def pilots(scenario: Scenario, assumed: Mapping[str, float]) -> Pilots:
    """What each test is worth, whose designs assume these figures. Raises ScenarioError where it cannot be drawn."""
    from model.pilot import pilots as tests

    with QUICK.turn(still_wanted), timed("pilots", scenario.hash, draws=DEFAULT_DRAWS, seed=DEFAULT_SEED):
        return tests.pilots(scenario, assumed=assumed)


def answers(scenario: Scenario, asked: Asked, count: int, seed: int) -> Answers:
    """What was asked about the decision on a scenario; found anew at each call. Raises ScenarioError."""
    with LONG.turn(still_wanted):
        return answered(scenario, asked, count, seed)


def staged(scenario: Scenario, aim: Aim) -> Staged:
    """What a plan comes to with its gates, and the best thresholds for an aim. Raises ScenarioError."""
    from model.stages import staged as stages

    with QUICK.turn(still_wanted), timed("stages", scenario.hash, draws=DEFAULT_DRAWS, seed=DEFAULT_SEED):
        return stages.staged(scenario, None, aim)


def counteroffer(scenario: Scenario, terms: Terms) -> Counteroffer:
    """The best part of an ask within terms; searched anew at each call. Raises ScenarioError."""
    from model.choice.counter.offer import counter

    with LONG.turn(still_wanted), timed("counter-offer", scenario.hash):
        return counter(scenario, terms)


def tracked(scenario: Scenario, actuals: tuple[Actual, ...]) -> Tracked:
    """What actuals teach of a plan. Raises ScenarioError where no draws that can be trusted agree with them."""
    from model.track.tracked import track

    with QUICK.turn(still_wanted), timed("track", scenario.hash, draws=DEFAULT_DRAWS, seed=DEFAULT_SEED):
        return track(scenario, actuals)


def marked_contract(found: Tracked, fixed_on: date) -> str:
    """The text of a plan's contract, with the odds that it had and what its gates saw since."""
    from model.stages.contract import contract_for
    from model.track.gates_due import marked_contract as marked

    with QUICK.turn(still_wanted), timed("contract", found.scenario.hash, draws=DEFAULT_DRAWS, seed=DEFAULT_SEED):
        contract = contract_for(found.scenario, DEFAULT_DRAWS, DEFAULT_SEED, fixed_on)
    return marked(contract, found.gates).to_json() if contract else ""


def optimum(scenario: Scenario, aim: Aim, limits: Limits, progress: Progress) -> Optimum:
    """The best levers; searched anew at each call. Raises ScenarioError where no plan keeps the limits."""
    with LONG.turn(still_wanted), timed("optimum", scenario.hash):
        return optimise(scenario, aim, limits, progress=progress)


def own_data(history: OwnHistory | None, scenario: Scenario, tests: tuple[Experiment, ...]) -> OwnData:
    """What a company's history, tests or both tell of a scenario's beliefs. Raises ScenarioError if they cannot.

    It is not remembered here: what is serves all sessions, and own data belong to their own alone.
    """
    from model.history.own_data import learn

    with QUICK.turn(still_wanted), timed("fit", scenario.hash, seed=DEFAULT_SEED):
        return learn(history, scenario, DEFAULT_SEED, tests)


def consolidated(group: Portfolio, how: Drawing, progress: Counted) -> Consolidated:
    """A group of units drawn and added up; `progress` ends it where it raises. Raises ScenarioError.

    It is not remembered here, nor is its allocation: units belong to the session that gave them.
    """
    from model.portfolio.consolidated import consolidate

    line, pool = _workers(group)
    with line.turn(still_wanted), timed("portfolio", group.hash, draws=how.count, seed=how.seed):
        return consolidate(group, how, pool, progress)


def allocated(drawn: Consolidated, limits: SplitLimits, how: Drawing, progress: Counted) -> Allocation:
    """The best split of a budget among units that did not fail. Raises ScenarioError where none keeps the limits."""
    from model.portfolio.allocation.allocate import allocate

    group = drawn.portfolio
    line, pool = _workers(group)
    with line.turn(still_wanted), timed("allocation", group.hash, draws=how.count, seed=how.seed):
        return allocate(group, limits, how, pool, progress, lost=drawn.failed)


def _workers(group: Portfolio) -> tuple[Turns, Pool]:
    """Who works on a group, and the line that it waits in: few units are done before processes have begun."""
    from model.portfolio.running.pool import here, processes

    many = len(group.units) > FEW_UNITS
    return (GROUPS, processes(group_cores(len(group.units)), _GIVES_WAY)) if many else (LONG, here())


def group_cores(units: int) -> int:
    """On how many cores a group of so many units is computed."""
    from model.uncertainty.side_by_side import workers

    return workers() if units > FEW_UNITS else 1


class Saved(NamedTuple):
    """The scenarios of the library that are not archived, by entry, newest first; or why it cannot be read."""

    scenarios: dict[str, Scenario]
    problem: str


def library() -> Library:
    """The library of the file that the environment names, else of the secrets, else of the user's data folder.

    It is open to this visitor as far as their right goes. Raises LibraryError where it cannot be opened, or where
    sign-in is required and they have not signed in.
    """
    return Library(engine(), account.member())


def engine() -> Engine:
    """The engine of the library, whoever asks. Raises LibraryError where it cannot be opened."""
    named = place.chosen_file()
    # Secrets that cannot be read are told: what is saved must not go elsewhere unseen.
    address = "" if named else place.address_of(account.secrets())
    if address:
        return _server_engine(address)
    path = named or place.default_file()
    with told_plainly(str(path)):
        return _file_engine(path, path == place.default_file())


def saved() -> Saved:
    """What the library offers to pick from; what others saved within the last seconds may be missing."""
    try:
        found = library()
        # What is remembered was looked up for another visitor, maybe with another right.
        found.needs(Right.READ)
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


def latest(entry: str) -> Scenario | None:
    """An entry's scenario; None where the library does not have it, it is damaged or cannot be read."""
    try:
        found = library().latest(entry)
    except LibraryError:
        return None
    return None if found.damage else found.scenario


def forget_saved() -> None:
    """Look into the library anew: something was saved."""
    _saved.clear()


@st.cache_resource(max_entries=2, show_spinner=False)
def _server_engine(address: str) -> Engine:
    return place.server_engine(place.server_url(address))


@st.cache_resource(max_entries=8, show_spinner=False)
def _file_engine(path: Path, begins: bool) -> Engine:
    return place.file_engine(path, begins=begins)


@st.cache_data(max_entries=4, ttl=_SAVED_SECONDS, show_spinner=False)
def _saved(where: str, _library: Library) -> Saved:  # noqa: ARG001 - it is what is remembered by
    """What the library offers; a failure too is remembered for those seconds, so that no screen waits each time."""
    try:
        entries = _library.entries()
    except LibraryError as error:
        return Saved({}, str(error))
    # A generator, as looking for damage reads the scenario.
    sound = (
        entry.latest for entry in entries if entry.whole and not entry.latest.archived and not entry.latest.damage
    )
    return Saved({version.entry: version.scenario for version in islice(sound, _MOST_SAVED)}, "")


# Up to 20 MB each.
@st.cache_data(max_entries=12, show_spinner=False, hash_funcs=_KEYS)
def _simulation(scenario: Scenario, count: int, seed: int, bands: tuple[str, ...]) -> Simulation:
    with QUICK.turn(still_wanted), timed("simulation", scenario.hash, draws=count, seed=seed):
        return simulate(scenario, count, seed, still_wanted, bands, TOLD)


@st.cache_data(max_entries=24, show_spinner=False, hash_funcs=_KEYS)
def _findings(drawn: Simulation) -> Findings:
    with QUICK.turn(still_wanted), timed("findings", drawn.scenario.hash, draws=drawn.draws, seed=drawn.seed):
        return findings(drawn)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=_KEYS)
def _tornado(scenario: Scenario) -> tuple[Bar, ...]:
    with timed("tornado", scenario.hash):
        return tornado(scenario)


@st.cache_data(max_entries=128, show_spinner=False, hash_funcs=_KEYS)
def _remains(plan: Projection, _bars: tuple[Bar, ...]) -> Remains:
    with timed("conservative case", plan.scenario.hash):
        return remains(plan, _bars)
