"""What own data answered, and whether that is still about the scenario: pure, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from dashboard.session import edits
from model.history.checks import Trust
from model.history.experiments.experiment import Experiment
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.history.prior import FITTED
from model.history.results.table import ToolResults
from model.history.results.taken_over import TakenOver
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario


class OwnDataAnswer(Protocol):
    """An answer from own data, whatever that is."""

    @property
    def scenario(self) -> Scenario:
        """The scenario that was asked about."""

    @property
    def offered(self) -> Scenario | None:
        """That with the beliefs that own data give, None where there are none to take over."""


@dataclass(frozen=True)
class LearnedAnswer:
    """What a history, experiments or both told of a scenario's beliefs, or why they told nothing."""

    history: OwnHistory | None
    experiments: tuple[Experiment, ...]
    scenario: Scenario
    own: OwnData | None
    faults: tuple[Fault, ...] = ()

    @property
    def offered(self) -> Scenario | None:
        """The scenario with the beliefs that are told, None where that is not usable."""
        return None if self.own is None or self.own.gate.trust is Trust.NO else self.own.scenario


@dataclass(frozen=True)
class ToolAnswer:
    """What the results of another tool made of a scenario's beliefs, or why they made nothing."""

    results: ToolResults
    scenario: Scenario
    over: TakenOver | None
    faults: tuple[Fault, ...] = ()

    @property
    def offered(self) -> Scenario | None:
        """The scenario with the beliefs that the results give."""
        return self.over.scenario if self.over and self.over.mapped.beliefs else None


class AnswerStanding(Enum):
    """What a person can do with an answer."""

    NEW = "new"
    TAKEN = "taken"
    OUTDATED = "outdated"
    UNUSABLE = "unusable"


def taken_over(offered: Scenario, scenario: Scenario) -> Scenario:
    """The scenario with the beliefs that are offered. Raises ScenarioError where it cannot be drawn any more."""
    return edits.with_beliefs_of(scenario, offered, FITTED)


def standing(answer: OwnDataAnswer, scenario: Scenario) -> AnswerStanding:
    """Where an answer stands beside a scenario, which may have been changed since."""
    offered = answer.offered
    if offered is None:
        return AnswerStanding.UNUSABLE
    if _beliefs(scenario) == _beliefs(offered):
        return AnswerStanding.TAKEN
    if _beliefs(scenario) != _beliefs(answer.scenario) or not _can_be_drawn(offered, scenario):
        return AnswerStanding.OUTDATED
    return AnswerStanding.NEW


def is_about(answer: OwnDataAnswer, scenario: Scenario) -> bool:
    """Whether an answer made now would be the same: for what was asked about, and for what came of it."""
    known = filter(None, (answer.scenario, answer.offered))
    return any(_beliefs(scenario) == _beliefs(one) for one in known)


def _beliefs(scenario: Scenario) -> object:
    """All of a scenario that a fit starts from and that taking over changes."""
    return (
        [(scenario.values[name], scenario.effective_ranges.get(name), scenario.notes.get(name)) for name in FITTED],
        {frozenset(pair[:2]): pair[2] for pair in scenario.correlations if {*pair[:2]} & {*FITTED}},
        scenario.values["social_return_basis"],
    )


def _can_be_drawn(offered: Scenario, scenario: Scenario) -> bool:
    try:
        taken_over(offered, scenario)
    except ScenarioError:
        return False
    return True
