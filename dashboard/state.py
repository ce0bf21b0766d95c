"""The session's state: the only file that touches `session_state` and `query_params`.

The scenario has one entry, the truth; widgets are set from it before they are drawn and copied back on
change. `base` is the scenario it started from, so that edits can be told and undone.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import edits
from model.assumptions import ASSUMPTIONS
from model.optimise import Optimum
from model.presets import DEFAULT_PRESET, PRESETS
from model.scenario import Scenario
from model.validation import Fault, ScenarioError

_SCENARIO, _BASE, _FAULTS, _TRAIL, _UPLOADS = "scenario", "base", "faults", "trail", "uploads"
_OPTIMUM = "optimum"


def scenario() -> Scenario:
    """The scenario that all screens show."""
    current: Scenario = st.session_state.setdefault(_SCENARIO, PRESETS[DEFAULT_PRESET])
    return current


def base() -> Scenario:
    """The preset or file the scenario started from."""
    start: Scenario = st.session_state.setdefault(_BASE, scenario())
    return start


def start_from(start: Scenario) -> None:
    """Begin anew from a preset or a file."""
    st.session_state[_SCENARIO] = st.session_state[_BASE] = start
    clear_faults()


def replace_scenario(changed: Scenario) -> None:
    """Take a changed scenario; back at its base it is the base again, name included."""
    start = base()
    back = changed.changed(name=start.name, description=start.description) == start
    st.session_state[_SCENARIO] = start if back else edits.renamed(start, changed)
    clear_faults()


def rename(name: str, description: str) -> None:
    """Give the scenario a name and a description; a refused one is told and changes nothing."""
    try:
        st.session_state[_SCENARIO] = scenario().changed(name=name, description=description)
        clear_faults()
    except ScenarioError as error:
        refuse("The name is not used", error)


def refuse(what: str, error: ScenarioError) -> None:
    """Remember why something was refused, to be told on the next drawing."""
    st.session_state[_FAULTS] = (what, tuple(_told(fault) for fault in error.faults))


def _told(fault: Fault) -> str:
    """A fault under the label of what it is about, where that is an assumption."""
    return f"{ASSUMPTIONS[fault.key].label if fault.key in ASSUMPTIONS else fault.key}: {fault.message}"


def faults() -> tuple[str, tuple[str, ...]] | None:
    """What was refused last and why, until something is accepted."""
    remembered: tuple[str, tuple[str, ...]] | None = st.session_state.get(_FAULTS)
    return remembered


def clear_faults() -> None:
    """Forget what was refused."""
    st.session_state.pop(_FAULTS, None)


def show_in(key: str, value: Any) -> None:
    """Set a widget from the truth, before it is drawn."""
    st.session_state[key] = value


def entered(key: str) -> Any:
    """What a person entered into the widget of that key."""
    return st.session_state.get(key)


def upload_key() -> str:
    """The key of the file uploader; a new one after each file, so that the same file can be opened again."""
    return f"upload-{st.session_state.setdefault(_UPLOADS, 0)}"


def finish_upload() -> None:
    """Empty the file uploader."""
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1


def keep_optimum(searched: Scenario, found: Optimum | None) -> None:
    """Remember what a search found for a scenario, until the next search."""
    st.session_state[_OPTIMUM] = (searched, found)


def optimum(searched: Scenario) -> Optimum | None:
    """What the last search found, if it was for this scenario."""
    kept: tuple[Scenario, Optimum | None] = st.session_state.get(_OPTIMUM, (None, None))
    return kept[1] if kept[0] == searched else None


def trail() -> tuple[str, ...]:
    """The quantities a person walked through in the explanation, the first asked for first."""
    walked: tuple[str, ...] = st.session_state.get(_TRAIL, ())
    return walked


def walk_to(name: str) -> None:
    """Go to a quantity: back along the trail if it lies there, else one further."""
    walked = trail()
    st.session_state[_TRAIL] = walked[: walked.index(name) + 1] if name in walked else (*walked, name)


def start_trail(name: str) -> None:
    """Ask for a quantity afresh."""
    st.session_state[_TRAIL] = (name,)
