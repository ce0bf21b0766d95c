"""What a history tells: how far it can be trusted, the pictures, the checks, and the way into the scenario."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid
from dashboard.components.text import literal
from dashboard.screens.own_data.answer import AnswerStanding, HistoryAnswer, is_about, standing, taken_over
from dashboard.session import compute, current, memory, messages
from model.assumptions import ASSUMPTIONS
from model.history.checks import Trust
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.metrics import METRICS
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.units import NO_BREAK
from report.charts.own_data import actual, beliefs, response
from report.charts.own_data.fitted import Fitted
from report.tables.own_data_tables import TRUST, check_rows, sentence, what_to_take

_ANSWER = "own data answer"


def of(history: OwnHistory) -> HistoryAnswer:
    """What a history tells, learned once: a scenario that is changed later waits until it is asked for again."""
    known: HistoryAnswer | None = memory.kept(_ANSWER, None)
    if known is None or known.history is not history:
        known = _learned(history, current.scenario())
        memory.keep(_ANSWER, known)
    return known


def _learned(history: OwnHistory, scenario: Scenario) -> HistoryAnswer:
    with st.spinner("Learning from the history …", show_time=True):
        try:
            return HistoryAnswer(history, scenario, compute.own_data(history, scenario))
        except ScenarioError as error:
            return HistoryAnswer(history, scenario, None, tuple(error.faults))


def refused(answer: HistoryAnswer) -> None:
    """Say why nothing can be learned, and offer to try again where the scenario is another by now."""
    listed = "\n".join(f"- {literal(_told(fault), 600)}" for fault in answer.faults)
    st.error(f"**Nothing can be learned from this.**\n\n{listed}", icon=":material/block:")
    _learn_again(answer)


def _told(fault: Fault) -> str:
    """A fault of the history, or of a belief."""
    item = ASSUMPTIONS.get(fault.key)
    return f"“{item.short_label}” {fault.message}" if item else f"The {fault.key} {fault.message}"


def verdict(answer: HistoryAnswer, own: OwnData) -> None:
    """The reasons of the gate, and what must be known beside the result."""
    if own.gate.reasons:
        listed = "\n".join(f"- {literal(sentence(reason), 500)}" for reason in own.gate.reasons)
        st.warning(listed, icon=":material/warning:")
    # What was told of the file stands beside its columns.
    if beside := [told for told in own.told if told not in own.history.told]:
        st.caption("  \n".join(literal(sentence(told), 500) for told in beside))
    _learn_again(answer)


def _learn_again(answer: HistoryAnswer) -> None:
    scenario = current.scenario()
    if not is_about(answer, scenario) or standing(answer, scenario) is AnswerStanding.OUTDATED:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Learn again", icon=":material/update:", on_click=memory.keep, args=(_ANSWER, None))
            st.caption("The beliefs of the scenario have changed since: what stands here started from others.",
                       width="content")  # fmt: skip


def take(answer: HistoryAnswer, own: OwnData) -> None:
    """The button that puts what is told into the scenario, with what that does to the plan; or why there is none."""
    scenario = current.scenario()
    match standing(answer, scenario):
        case AnswerStanding.UNUSABLE:
            st.info("There is nothing to take over: what is not usable changes no scenario.",
                    icon=":material/block:")  # fmt: skip
        case AnswerStanding.TAKEN:
            st.success("These ranges are the scenario’s now. Undo in the sidebar takes them back.",
                       icon=":material/check:")  # fmt: skip
        case AnswerStanding.NEW:
            st.button("Take over these ranges", icon=":material/move_to_inbox:", on_click=_take_over, args=(own,))
            st.caption(literal(f"{what_to_take(own)} {_effect(scenario, taken_over(own, scenario))}", 600))


def _take_over(own: OwnData) -> None:
    try:
        current.replace(taken_over(own, current.scenario()))
    except ScenarioError as error:
        messages.refuse("The ranges are not taken over; the scenario stays as it was", error)


def _effect(before: Scenario, after: Scenario) -> str:
    """What taking over does to the plan."""
    plans = (before, after)
    now, then = (
        one.format.rounded(compute.projection(one).metrics["npv"] or 0.0, METRICS["npv"].unit) for one in plans
    )
    worth = f"The plan’s net present value goes from {now} to {then}"
    try:
        odds = [f"{100 * compute.odds_of_gain(one):.0f}" for one in plans]
    except ScenarioError:
        return f"{worth}."
    return f"{worth}, its odds of a gain from {odds[0]} to {odds[1]} in 100."


def charts(own: OwnData, scenario: Scenario) -> None:
    """How the fit follows revenue, and what social brings by it."""
    fitted = _fitted(own, scenario)
    with chart_grid():
        card(actual.CHART, fitted)
        card(response.CHART, fitted)


def before_and_after(own: OwnData, scenario: Scenario) -> None:
    """Each belief before the history and after it."""
    card(beliefs.CHART, _fitted(own, scenario))


def _fitted(own: OwnData, scenario: Scenario) -> Fitted:
    return Fitted(own, compute.projection(scenario))


def _marked(trust: Trust) -> str:
    """A verdict in a word, or two on one line; what is not good stands out."""
    words = TRUST[trust].replace(" ", NO_BREAK)
    return words if trust is Trust.YES else f"**{words}**"


def checks(own: OwnData) -> None:
    """Every check with its verdict."""
    st.markdown("## How far it can be trusted")
    rows = [(literal(name), _marked(trust), literal(found, 500)) for name, trust, found in check_rows(own)]
    st.table(
        pd.DataFrame(rows, columns=["Check", "Verdict", "What was found"]), hide_index=True, border="horizontal",
        alt="Checks of the fit",
    )  # fmt: skip
    st.caption(
        "What happened together is no proof of what caused what: grade C, correlation. Only an experiment is more."
    )
