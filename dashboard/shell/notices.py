"""What stands on every screen: what was refused, what must be said beside the numbers, the master check."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import address, messages
from dashboard.shell import save_conflict
from model.checks import CHECKS
from model.projection import Projection
from model.telling.caveats import caveats, extrapolation


def warnings(projection: Projection) -> None:
    """What was done, refused or translated, what others saved, what a reload would lose, and what to beware of."""
    if words := messages.news():
        st.toast(words)
    refusal()
    for sentence in messages.translated():
        st.info(literal(sentence, 1000), icon=":material/history:")
    save_conflict.notice()
    if address.is_lost_on_reload():
        st.caption(
            ":material/save: This scenario is too long for the page's address: reloading the page loses it. Save it "
            "to the library or download its file."
        )
    for sentence in caveats(projection):
        st.warning(literal(sentence, 2000), icon=":material/warning:")


def refusal() -> None:
    """What was refused last, until something is accepted."""
    refused = messages.refused()
    if refused:
        what, faults = refused
        listed = "\n".join(f"- {literal(fault, 500)}" for fault in faults)
        st.error(f"**{what}.**\n\n{listed}", icon=":material/block:")


def extrapolated(projection: Projection) -> None:
    """Where spend leaves what the responses were observed at."""
    sentence = extrapolation(projection.scenario, projection.lines)
    if sentence:
        st.caption(f":material/trending_up: {literal(sentence, 1000)}")


def footer(projection: Projection) -> None:
    """The scenario's stamp and the master check with every identity."""
    scenario = projection.scenario
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if projection.sound:
            st.badge("Model checks passed", icon=":material/check:", color="green", help=_checks(projection))
        else:
            st.badge("Model check failed", icon=":material/error:", color="red", help=_checks(projection))
        st.caption(f"{literal(scenario.name)} · content hash {scenario.hash}", width="content")


def _checks(projection: Projection) -> str:
    return "\n".join(
        f"- {'holds' if holds else 'FAILS'}: {CHECKS[name]}" for name, holds in projection.checks.items()
    )
