"""What is to be told on the next drawing: refusals and translations while they matter, and news, once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model.assumptions import ASSUMPTIONS
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario

_REFUSED, _TRANSLATED, _NEWS, _SCREEN = "refused", "translated", "news", "screen shown"


def refuse(what: str, error: ScenarioError) -> None:
    """Remember why something was refused, to be told on the next drawing."""
    refuse_for(what, [_told(fault) for fault in error.faults])


def refuse_for(what: str, reasons: Sequence[str]) -> None:
    """Remember the reasons, in words, for which something was refused."""
    st.session_state[_REFUSED] = (what, tuple(reasons))


def refused() -> tuple[str, tuple[str, ...]] | None:
    """What was refused last and why, until something is accepted or another screen is shown."""
    remembered: tuple[str, tuple[str, ...]] | None = st.session_state.get(_REFUSED)
    return remembered


def forget_refused() -> None:
    """Forget what was refused."""
    st.session_state.pop(_REFUSED, None)


def tell_translated(opened: Scenario) -> None:
    """Remember what a scenario that was just opened was translated from, if it is of an older version."""
    st.session_state[_TRANSLATED] = opened.translation


def translated() -> tuple[str, ...]:
    """Sentences on what the opened scenario was translated from, until it is changed or another one opened."""
    told: tuple[str, ...] = st.session_state.get(_TRANSLATED, ())
    return told


def forget_translated() -> None:
    """Forget what was translated."""
    st.session_state.pop(_TRANSLATED, None)


def arrive(screen: str) -> None:
    """Note which screen is shown; what was refused on another one is not told there."""
    if st.session_state.get(_SCREEN, screen) != screen:
        forget_refused()
    st.session_state[_SCREEN] = screen


def announce(words: str) -> None:
    """Say in passing, on the next drawing of a screen, what was done."""
    st.session_state[_NEWS] = words


def news() -> str:
    """What is to be said in passing; said once."""
    words: str = st.session_state.pop(_NEWS, "")
    return words


def _told(fault: Fault) -> str:
    """A fault under the label of what it is about, where that is an assumption."""
    return f"{ASSUMPTIONS[fault.key].label if fault.key in ASSUMPTIONS else fault.key}: {fault.message}"
