"""What a history and tests tell: how far it can be trusted, the pictures and the checks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid
from dashboard.components.text import literal
from dashboard.screens.own_data import taking
from dashboard.screens.own_data.answer import LearnedAnswer
from dashboard.session import compute, current, memory
from model.assumptions import ASSUMPTIONS
from model.history.checks import Trust
from model.history.experiments.experiment import Experiment
from model.history.importing.history import OwnHistory
from model.history.own_data import OwnData
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.units import NO_BREAK
from report.charts.own_data import actual, beliefs, experiments, response
from report.charts.own_data.fitted import Fitted
from report.tables.own_data_tables import TRUST, check_rows, evidence_words, experiment_rows, sentence, what_to_take

_ANSWER = "own data answer"


def of(history: OwnHistory | None, tests: tuple[Experiment, ...]) -> LearnedAnswer:
    """What these tell, learned once: a scenario that is changed later waits until it is asked for again."""
    known: LearnedAnswer | None = memory.kept(_ANSWER, None)
    if known is None or known.history is not history or known.experiments != tests:
        known = _learned(history, tests, current.scenario())
        memory.keep(_ANSWER, known)
    return known


def _learned(history: OwnHistory | None, tests: tuple[Experiment, ...], scenario: Scenario) -> LearnedAnswer:
    with st.spinner("Learning …", show_time=True):
        try:
            return LearnedAnswer(history, tests, scenario, compute.own_data(history, scenario, tests))
        except ScenarioError as error:
            return LearnedAnswer(history, tests, scenario, None, tuple(error.faults))


def refused(answer: LearnedAnswer) -> None:
    """Say why nothing can be learned, and offer to try again where the scenario is another by now."""
    listed = "\n".join(f"- {literal(_told(fault), 600)}" for fault in answer.faults)
    st.error(f"**Nothing can be learned from this.**\n\n{listed}", icon=":material/block:")
    taking.ask_again(answer, _ANSWER)


def _told(fault: Fault) -> str:
    """A fault of the history, or of a belief."""
    item = ASSUMPTIONS.get(fault.key)
    return f"“{item.short_label}” {fault.message}" if item else f"The {fault.key} {fault.message}"


def verdict(answer: LearnedAnswer, own: OwnData) -> None:
    """The reasons of the gate, and what must be known beside the result."""
    if own.gate.reasons:
        listed = "\n".join(f"- {literal(sentence(reason), 500)}" for reason in own.gate.reasons)
        st.warning(listed, icon=":material/warning:")
    # What was told of the file stands beside its columns.
    beside = [told for told in own.told if own.read is None or told not in own.read.told]
    if beside:
        st.caption("  \n".join(literal(sentence(told), 500) for told in beside))
    taking.ask_again(answer, _ANSWER)


def take(answer: LearnedAnswer, own: OwnData) -> None:
    """The way into the scenario."""
    taking.draw(answer, what_to_take(sum(item.told for item in own.findings)))


def charts(own: OwnData, scenario: Scenario) -> None:
    """How the fit follows revenue, what social brings by it, and the tests beside what is expected of them."""
    fitted = Fitted(own, compute.projection(scenario))
    grid = chart_grid()
    with grid:
        if own.read is not None:
            card(actual.CHART, fitted)
            card(response.CHART, fitted)
        if own.experiments:
            card(experiments.CHART, fitted)
    if own.experiments:
        with grid.cell():
            _tests(own, scenario)


def _tests(own: OwnData, scenario: Scenario) -> None:
    """The tests beside what all the rest expects of them, in figures."""
    rows = [tuple(literal(cell, 200) for cell in row) for row in experiment_rows(own, scenario.format)]
    headings = ["Test", "Found", "Expected without it", "Apart"]
    st.table(pd.DataFrame(rows, columns=headings), hide_index=True, border="horizontal", alt="Tests of your own")
    st.caption("± is one standard error; “Apart” is how many of both together lie between found and expected.")


def before_and_after(own: OwnData, scenario: Scenario) -> None:
    """Each belief before own data and after them."""
    card(beliefs.CHART, Fitted(own, compute.projection(scenario)))


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
    st.caption(evidence_words(own))
