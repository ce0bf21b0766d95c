"""The page's address: it holds the scenario, so that a link opens it and Back and Forward lead through changes."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.session import current, memory, messages
from dashboard.session.undo import Position
from library.version import Version
from model.reading.faults import ScenarioError
from model.reading.links import (
    Parameters,
    is_only_hash,
    is_whole,
    only_hash,
    preset_of,
    read_link,
    without_trackers,
    write_link,
)
from model.scenario import Scenario

# The address's parameter of the version that the scenario goes on from.
_TIE = "saved"
# The address's parameter of what is picked on Compare, in order; the screen keeps it under this key as well.
PICKS = "compare"
# The present scenario among them.
PRESENT = "current"
_OPENED = "opened"
_ASKED = "screen asked for"

# Gives a version of the library by entry and number; None where the library does not have it.
Find = Callable[[str, int], Version | None]


def follow(find: Find) -> None:
    """Open the link that the session began with or that the browser went back to; else keep the address true.

    A faulty link is told and changes nothing. Where the library does not have the version that a link goes on
    from, the scenario is as the link says, and goes on from none.
    """
    seen = tuple((key, text) for key in st.query_params for text in st.query_params.get_all(key))
    began = _OPENED in st.session_state
    st.session_state[_OPENED] = True
    if seen and (not began or _went_through_history()) and seen != link():
        _open(seen, began, find)
    if seen != link():
        st.query_params.from_dict(link())


def go_to(screen: str) -> None:
    """Have another screen shown next, by its name in the address."""
    memory.keep(_ASKED, screen)


def asked_for() -> str:
    """The screen that was asked for since the last run; empty where none was."""
    screen: str = memory.kept(_ASKED, "")
    if screen:
        memory.keep(_ASKED, "")
    return screen


def link() -> Parameters:
    """The scenario as the parameters of an address, with the version of the library that it goes on from."""
    origin = current.origin()
    tie = ((_TIE, f"{origin.entry}.{origin.number}"),) if origin else ()
    picked = memory.kept(PICKS, ())
    picks = ((PICKS, ",".join(picked)),) if picked else ()
    return (*write_link(current.scenario(), current.base()), *tie, *picks)


def is_lost_on_reload() -> bool:
    """Whether reloading the page loses the scenario: too long for the address, and not as the library has it."""
    origin = current.origin()
    return not is_whole(link()) and not (origin and origin.scenario == current.scenario())


def _open(seen: Parameters, began: bool, find: Find) -> None:
    told = without_trackers([pair for pair in seen if pair[0] not in {_TIE, PICKS}])
    version = _tied(seen, find)
    if PICKS in dict(seen):
        # What is no longer within reach falls out on the screen itself.
        memory.keep(PICKS, tuple(filter(None, dict(seen)[PICKS].split(","))))
    if version and is_only_hash(told):
        _open_version(version, told, began)
        return
    try:
        opened, start = read_link(told)
    except ScenarioError as error:
        shown = "the scenario stays as it was" if began else f"{current.scenario().name} is shown instead"
        # Under the names of the parameters: they are what stands in the link.
        messages.refuse_for(f"The link is not opened; {shown}", [str(fault) for fault in error.faults])
        return
    if version:
        _go_on_from(version, opened, began)
    elif began and dict(seen).get("preset") == preset_of(current.base()):
        _show(Position(opened, current.base(), current.origin()), began)
    else:
        _show(Position(opened, start), began)


def _open_version(version: Version, told: Parameters, began: bool) -> None:
    """Show a version of the library, and say so where the link was made of more than that."""
    _go_on_from(version, version.scenario, began)
    if told != only_hash(version.scenario):
        messages.refuse_for(
            f"Changes made since version {version.number} are not shown",
            ["they were too long for the address; the page on which they were made can still save them"],
        )


def _go_on_from(version: Version, opened: Scenario, began: bool) -> None:
    """Show what a link holds as going on from a version of the library, or from a newer one seen since."""
    _show(Position(opened, version.scenario, version).having_seen(current.origin()), began)


def _show(position: Position, began: bool) -> None:
    """Show what a link holds; what a session begins with cannot be undone."""
    if began:
        current.go_to(position)
    else:
        current.stand_at(position)
    messages.tell_translated(position.scenario)


def _tied(seen: Parameters, find: Find) -> Version | None:
    entry, _, number = dict(seen).get(_TIE, "").partition(".")
    return find(entry, int(number)) if re.fullmatch("[0-9]{1,9}", number) else None


def _went_through_history() -> bool:
    """Whether the browser's Back or Forward caused this run.

    Any other run may still report an address that the scenario has left in the meantime.
    """
    # Streamlit does not tell it publicly; a release that no longer does only loses Back and Forward.
    return bool(getattr(get_script_run_ctx(), "is_history_navigation", False))
