"""What a person is told, on every screen, whose scenario could not be saved as there is a newer version."""

from __future__ import annotations

import streamlit as st

from dashboard.components.tables import differences_table
from dashboard.components.text import literal
from dashboard.session import conflict, current
from dashboard.shell import library_actions
from model.reading.faults import ScenarioError


def notice() -> None:
    """Who made the newer version and how, that the work is kept, and what can be done with it."""
    met, seen = conflict.unsettled(), current.origin()
    if met is None or seen is None:
        return
    latest = met.latest
    with st.container(border=True, gap="small"):
        noted = f", with the note “{latest.note}”" if latest.note else ""
        happened = library_actions.what_happened(latest) + noted
        st.warning(
            f"**Not saved yet: there is a newer version.** You went on from version {seen.number} of "
            f"{literal(latest.name)}; {literal(happened, 500)}. Your work is still here.",
            icon=":material/group:",
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"Save mine as version {latest.number + 1}",
                key="save conflict on top",
                on_click=library_actions.save_on_top,
                help=f"Yours counts from then on; version {latest.number} stays in the history",
            )
            st.button("Save mine as a copy", key="save conflict copy", on_click=library_actions.save_as_copy)
            if st.button("See what differs", key="save conflict differs"):
                _differences()
            st.button("Not now", key="save conflict settle", type="tertiary", on_click=conflict.settle)


@st.dialog("What differs", width="large")
def _differences() -> None:
    """Theirs beside mine as it would be saved."""
    met = conflict.unsettled()
    if met is None:
        return
    try:
        theirs = met.latest.scenario
    except ScenarioError as error:
        st.error(literal(f"What they saved is damaged. {error}", 1000), icon=":material/block:")
        return
    mine = current.scenario().changed(name=met.name, description=met.description)
    differences_table(theirs, mine, f"Version {met.latest.number}", "Yours")
