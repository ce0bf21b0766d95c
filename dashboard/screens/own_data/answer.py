"""What a history answered, and whether that is still about the scenario: pure, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dashboard.session import edits
from model.history.checks import Trust
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.history.prior import FITTED
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario


@dataclass(frozen=True)
class HistoryAnswer:
    """What a history told of a scenario's beliefs, or why it told nothing."""

    history: OwnHistory
    scenario: Scenario
    own: OwnData | None
    faults: tuple[Fault, ...] = ()


class AnswerStanding(Enum):
    """What a person can do with an answer."""

    NEW = "new"
    TAKEN = "taken"
    OUTDATED = "outdated"
    UNUSABLE = "unusable"


def taken_over(own: OwnData, scenario: Scenario) -> Scenario:
    """The scenario with the beliefs that a history gives. Raises ScenarioError where it cannot be drawn any more."""
    return edits.with_beliefs_of(scenario, own.scenario, FITTED)


def standing(answer: HistoryAnswer, scenario: Scenario) -> AnswerStanding:
    """Where an answer stands beside a scenario, which may have been changed since."""
    if answer.own is None or answer.own.gate.trust is Trust.NO:
        return AnswerStanding.UNUSABLE
    if _beliefs(scenario) == _beliefs(answer.own.scenario):
        return AnswerStanding.TAKEN
    if _beliefs(scenario) != _beliefs(answer.scenario) or not _can_be_drawn(answer.own, scenario):
        return AnswerStanding.OUTDATED
    return AnswerStanding.NEW


def is_about(answer: HistoryAnswer, scenario: Scenario) -> bool:
    """Whether a fit made now would be the same: for what was learned of, and for what came of it."""
    known = [answer.scenario, *([answer.own.scenario] if answer.own else [])]
    return any(_beliefs(scenario) == _beliefs(one) for one in known)


def _beliefs(scenario: Scenario) -> object:
    """All of a scenario that a fit starts from and that taking over changes."""
    return (
        [(scenario.values[name], scenario.effective_ranges.get(name), scenario.notes.get(name)) for name in FITTED],
        {frozenset(pair[:2]): pair[2] for pair in scenario.correlations if {*pair[:2]} & {*FITTED}},
        scenario.values["social_return_basis"],
    )


def _can_be_drawn(own: OwnData, scenario: Scenario) -> bool:
    try:
        taken_over(own, scenario)
    except ScenarioError:
        return False
    return True
