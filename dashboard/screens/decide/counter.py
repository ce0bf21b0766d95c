"""The part Counter-offer: the best part of the ask within what finance could accept, and what each limit costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from dashboard.components.decision import limits
from dashboard.components.layout import chart_grid, heading
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.screens.decide.fitting import fitting_table
from dashboard.session import compute, current, memory
from dashboard.session.edits import same_content
from dashboard.session.undo import changes_in_words
from dashboard.shell import notices
from model.choice.counter.offer import Counteroffer
from model.choice.counter.terms import TERMS, Terms
from model.choice.counter.words import counter_in_words, decided
from model.projection import Projection
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario
from model.telling.tables import WITHIN
from report.tables.decide.counter import deals, prices
from report.words.headings import what_can_be_offered

_KEPT = "counter-offer"
_GATES = "Its gates stay, with their thresholds: see Stages. "
_QUESTION = (
    "What finance could accept: the best part of the ask inside these limits, what it gives up, and what each limit "
    "costs. Share, people, training and measures are at most those asked for."
)


class Countered(NamedTuple):
    """A search: of which ask, within which terms, what it found or why not, and the plan it became once used."""

    scenario: Scenario
    terms: Terms
    found: Counteroffer | None
    faults: tuple[str, ...] = ()
    used: Scenario | None = None


def draw(projection: Projection, choice: Callable[[], None]) -> None:
    """The part; `choice` draws the way to the others."""
    scenario = current.scenario()
    countered = _of(scenario)
    heading(_heading(countered), _QUESTION)
    choice()
    notices.warnings(projection)
    with st.container(border=True):
        terms = limits.ask(scenario)
    refused = limits.is_one_refused()
    if st.button("Find the counter-offer", icon=":material/handshake:", disabled=refused,
                 help="A limit is refused: mend it or empty its field" if refused else None):  # fmt: skip
        _search(scenario, terms)
        # The whole screen: its heading is the answer.
        st.rerun()
    if countered is None:
        st.info(
            "An empty field is no limit; without any, the best part of the whole ask is found. It takes seconds."
        )
    else:
        _result(countered, terms)


def _of(scenario: Scenario) -> Countered | None:
    """The last search, if it was for this plan, or this plan came of it."""
    kept: Countered | None = memory.kept(_KEPT, None)
    known = [one for one in (kept.scenario, kept.used) if one] if kept else []
    return kept if any(same_content(scenario, one) for one in known) else None


def _heading(countered: Countered | None) -> str:
    if countered is None:
        return "What could be agreed on instead?"
    if countered.used and countered.used == current.scenario():
        return f"Taken over: the plan is now {decided(countered.used)}"
    return what_can_be_offered(countered.found) if countered.found else "No counter-offer can be made"


def _search(scenario: Scenario, terms: Terms) -> None:
    """Search, and keep what is found or why nothing is."""
    with st.spinner("Searching …", show_time=True):
        try:
            found = Countered(scenario, terms, compute.counteroffer(scenario, terms))
        except ScenarioError as error:
            found = Countered(scenario, terms, None, tuple(map(_told, error.faults)))
    memory.keep(_KEPT, found)


def _told(fault: Fault) -> str:
    """A fault under the label of the limit it is about."""
    return f"{TERMS[fault.key].label if fault.key in TERMS else fault.key}: {fault.message}"


def _result(countered: Countered, terms: Terms) -> None:
    if terms != countered.terms:
        st.info("The limits have changed since this was searched; search again.", icon=":material/update:")
    found = countered.found
    if found is None:
        listed = "\n".join(f"- {literal(fault, 500)}" for fault in countered.faults)
        st.error(f"**No counter-offer can be made.**\n\n{listed}", icon=":material/block:")
        return
    told = counter_in_words(found)
    # The offer and what it gives up; then a sentence for each limit, which the table has; then what to beware of.
    for sentence in told[:2]:
        st.markdown(literal(sentence, 1000))
    with chart_grid() as halves:
        with halves.cell():
            static_table(deals(found), "The ask beside the counter-offer")
        with halves.cell():
            st.markdown("\n".join(f"- {literal(sentence, 1000)}" for sentence in told[2 + len(found.prices) :]))
            _use(countered, found)
    if found.prices:
        st.markdown("## What each limit costs")
        fitting_table(prices(found), "What each limit costs", (0, 1, 2, 3), (0, 1, 3))
    plans = found.scenario.format.number(found.plans, 0)
    st.caption(literal(f"The best of {plans} plans, judged on other draws, the plan's own. {WITHIN}", 500))


def _use(countered: Countered, found: Counteroffer) -> None:
    """The button that makes the offer the plan; once pressed, what that changed."""
    if countered.used and countered.used == current.scenario():
        changed = changes_in_words(countered.scenario, countered.used)
        gates = _GATES if countered.used.gates else ""
        st.success(literal(f"This is the plan now. {changed} {gates}Undo in the sidebar takes it back.", 1000),
                   icon=":material/check:")  # fmt: skip
    elif not same_content(found.scenario, current.scenario()):
        st.button("Take this plan over", on_click=_take_over, args=(countered, found))


def _take_over(countered: Countered, found: Counteroffer) -> None:
    current.replace(found.scenario)
    # Taken over it may be named otherwise.
    memory.keep(_KEPT, countered._replace(used=current.scenario()))
