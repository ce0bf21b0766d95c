"""The scenario that all screens show, the one truth of a session; where it started from, and its changes.

`base` is the scenario it started from, so that edits can be told and undone; `origin` the version of the library
that it goes on from, if it came from there.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.session import edits, messages
from dashboard.session.undo import History, Position, change_in_words, changes_in_words
from library.version import Version
from model.presets import DEFAULT_PRESET, PRESETS, is_preset, of_company, on_company
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario

_SCENARIO, _BASE, _ORIGIN, _HISTORY = "scenario", "base", "origin", "history"


def scenario() -> Scenario:
    """The scenario that all screens show."""
    present: Scenario = st.session_state.setdefault(_SCENARIO, PRESETS[DEFAULT_PRESET])
    return present


def base() -> Scenario:
    """The preset or file the scenario started from."""
    start: Scenario = st.session_state.setdefault(_BASE, scenario())
    return start


def origin() -> Version | None:
    """The version of the library that the scenario goes on from, if it came from there."""
    version: Version | None = st.session_state.get(_ORIGIN)
    return version


# Another scenario


def start_from(start: Scenario) -> None:
    """Begin anew from a file or another scenario as it is."""
    _open(Position(start, start))


def start_from_preset(preset: Scenario) -> None:
    """Begin anew from a preset as a plan of the present company, and say what that changes."""
    before = scenario()
    after = edits.labelled(preset, on_company(preset, before, base()))
    go_to(Position(after, preset))
    messages.announce(changes_in_words(before, after))


def edited() -> bool:
    """Whether the scenario is no longer the plan it started from."""
    return edits.is_other_plan(base(), scenario())


def as_it_was() -> Scenario:
    """The plan that the scenario started from as it was, a preset for the present company."""
    start = base()
    return edits.labelled(start, of_company(start, scenario())) if is_preset(start) else start


def reset() -> None:
    """Back to the plan that the scenario started from, as it was."""
    go_to(Position(as_it_was(), base(), origin()))


def start_from_version(version: Version) -> None:
    """Begin anew from a version of the library. Raises ScenarioError where what is stored is damaged."""
    _open(Position(version.scenario, version.scenario, version))


def _open(position: Position) -> None:
    go_to(position)
    messages.tell_translated(position.scenario)


def follow(version: Version) -> None:
    """Go on from a version that was made of the one the scenario goes on from: no change to be undone."""
    before = origin()
    if before is None or (before.entry, before.number + 1) != (version.entry, version.number):
        return
    stand_at(Position(version.scenario if scenario() == base() else scenario(), version.scenario, version))


# The same scenario, changed


def replace(changed: Scenario) -> None:
    """Take a changed scenario; back at its base it is the base again, name included."""
    start = base()
    back = edits.same_content(changed, start)
    go_to(Position(start if back else edits.labelled(start, changed), start, origin()))


def replace_where_legal(edited: Scenario, faults: Sequence[Fault]) -> None:
    """Take a scenario with what is legal of some edits, and tell what is not."""
    changed = edited != scenario()
    messages.forget_refused()
    if changed:
        replace(edited)
    if faults:
        what = "These changes are not taken; the others are" if changed else "The change is not taken"
        messages.refuse(what, ScenarioError(faults))


def rename(name: str, description: str) -> None:
    """Give the scenario a name and a description; a refused one is told and changes nothing."""
    try:
        go_to(Position(scenario().changed(name=name, description=description), base(), origin()))
    except ScenarioError as error:
        messages.refuse("The name is not used", error)


# Where the session stands, and the way back


def go_to(position: Position) -> None:
    """Every change passes here: it can be undone, and what was refused before is forgotten."""
    before = _position()
    if position != before:
        st.session_state[_HISTORY] = _history().left(before)
    stand_at(position)


def stand_at(position: Position) -> None:
    """Go there without a way back."""
    st.session_state[_SCENARIO], st.session_state[_BASE] = position.scenario, position.base
    st.session_state[_ORIGIN] = position.origin
    messages.forget_refused()
    messages.forget_translated()


def undo() -> None:
    """Go back to before the last change: the same scenario, name and base."""
    position, st.session_state[_HISTORY] = _history().undone(_position())
    stand_at(position.having_seen(origin()))


def redo() -> None:
    """Take back the last undoing."""
    position, st.session_state[_HISTORY] = _history().redone(_position())
    stand_at(position.having_seen(origin()))


def undo_in_words() -> str | None:
    """What undoing would change, None where nothing can be undone."""
    return change_in_words(_position(), _history().past[-1]) if _history().past else None


def redo_in_words() -> str | None:
    """What redoing would change, None where nothing can be redone."""
    return change_in_words(_position(), _history().future[-1]) if _history().future else None


def _position() -> Position:
    return Position(scenario(), base(), origin())


def _history() -> History:
    kept: History = st.session_state.get(_HISTORY, History())
    return kept
