"""The results of another marketing-mix tool: what was understood, what each belief is made of, and the way in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.layout import chart_grid
from dashboard.components.text import literal
from dashboard.components.widgets import table_file
from dashboard.screens.own_data import taking
from dashboard.screens.own_data.answer import ToolAnswer
from dashboard.session import current, memory, messages
from model.history.importing.data_file import DataFile
from model.history.prior import FITTED
from model.history.results.table import ToolResults, read_results
from model.history.results.taken_over import USABLE, take_over
from model.operation.log import timed
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from report.tables.own_data_tables import result_rows, sentence, told_by_label, tool_belief_rows, what_to_take

_RESULTS, _FILE, _ANSWER = "tool results", "tool results file", "tool answer"


def answer() -> ToolAnswer | None:
    """What the results that this session was given make of the scenario, worked out once."""
    results: ToolResults | None = memory.kept(_RESULTS, None)
    if results is None:
        return None
    known: ToolAnswer | None = memory.kept(_ANSWER, None)
    if known is None or known.results is not results:
        known = _made(results, current.scenario())
        memory.keep(_ANSWER, known)
    return known


def _made(results: ToolResults, scenario: Scenario) -> ToolAnswer:
    try:
        return ToolAnswer(results, scenario, take_over(results, scenario))
    except ScenarioError as error:
        return ToolAnswer(results, scenario, None, tuple(error.faults))


def heading(known: ToolAnswer | None) -> str:
    """What the results come to, in a line that can stand as a heading."""
    if known is None:
        return "What do the results of another tool tell?"
    made = len(known.over.mapped.beliefs) if known.over else 0
    if not made:
        return "Not usable: nothing can be made of these results"
    return f"Usable with care: the results give {made} of {len(FITTED)} beliefs"


def draw(known: ToolAnswer | None) -> None:
    """The field for a file; what was understood of it, and what comes of it."""
    halves = chart_grid()
    with halves.cell(), st.container(border=True, gap="small"):
        _field()
        if known:
            _understood(known)
    with halves.cell():
        if known is None:
            _before()
        else:
            _outcome(known)
    if known and known.over:
        _beliefs(known)


def _field() -> None:
    table_file("Result table of another marketing-mix tool (CSV or Excel)", _FILE, _take)


def _take(file: DataFile) -> None:
    """Take a table that can be read; the one before stays where it cannot."""
    try:
        with timed("file read", file="results"):
            memory.keep(_RESULTS, read_results(file))
        messages.forget_refused()
    except ScenarioError as error:
        stays = "; the one before stays" if memory.kept(_RESULTS, None) else ""
        messages.refuse(f"The file {literal(file.name)} is not used{stays}", error)


def _forget() -> None:
    memory.keep(_RESULTS, None)


def _understood(known: ToolAnswer) -> None:
    results = known.results
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{literal(results.file)}**", width="content")
        st.button("Remove", icon=":material/close:", type="tertiary", on_click=_forget,
                  help="Forget the table; ranges that were taken over stay")  # fmt: skip
    st.caption("  \n".join(literal(sentence(told), 500) for told in results.told))
    rows = [tuple(literal(cell, 200) for cell in row) for row in result_rows(results, known.scenario.format)]
    headings = ["Channel", "Taken as", "What the table says of it"]
    st.table(pd.DataFrame(rows, columns=headings), hide_index=True, border="horizontal", alt="Channels of the table")
    aside = [f"Row {item.row} is set aside: it {item.reason}." for item in results.set_aside]
    if aside:
        st.caption("  \n".join(literal(told, 300) for told in aside))


def _before() -> None:
    """What a table has to hold, before there is one."""
    st.markdown(
        "**A row for each channel**, with its return (roi), or spend and contribution: as Robyn, Meridian or "
        "PyMC-Marketing write it, or a table of your own.\n\n"
        "- A column kind says social or other where a channel’s name does not.\n"
        "- You see what each belief is made of, and what cannot be taken over.\n"
        "- Nothing changes until you take it over, and *Undo* takes it back."
    )


def _outcome(known: ToolAnswer) -> None:
    """What can be done with the results, and what of them is not taken over; or why there is nothing."""
    if known.over is None:
        listed = "\n".join(f"- {literal(f'{fault.key} {fault.message}', 600)}" for fault in known.faults)
        st.error(f"**Nothing can be made of these results.**\n\n{listed}", icon=":material/block:")
    else:
        taking.draw(known, what_to_take(len(known.over.mapped.beliefs)))
        said = {*known.results.told, *known.over.mapped.untold}
        if beside := [told for told in known.over.told if told not in said]:
            st.caption("  \n".join(literal(sentence(told), 500) for told in beside))
        st.markdown("## What cannot be taken over")
        st.markdown(
            "\n".join(f"- {literal(sentence(told_by_label(told)), 500)}" for told in known.over.mapped.untold)
        )
    taking.ask_again(known, _ANSWER)


def _beliefs(known: ToolAnswer) -> None:
    assert known.over
    st.markdown("## What each belief is made of")
    found = tool_belief_rows(known.over.mapped.beliefs, known.scenario.format)
    rows = [tuple(literal(cell, 600) for cell in row) for row in found]
    headings = ["Belief", "Middle 90 %", "How it was made"]
    st.table(
        pd.DataFrame(rows, columns=headings), hide_index=True, border="horizontal", alt="Beliefs of the results"
    )
    st.caption(f"{USABLE} Grade C.")
