"""Someone else's newer version, which keeps the scenario from being saved until that is settled."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.session import current
from library.version import Version

_CONFLICT = "conflict"


class SaveConflict(NamedTuple):
    """A newer version than the one gone on from; what to save with, with tags of None those the entry has."""

    latest: Version
    name: str
    description: str
    note: str
    tags: tuple[str, ...] | None


def remember(met: SaveConflict) -> None:
    """Remember a version that is newer than the one gone on from, and how the scenario was to be saved."""
    st.session_state[_CONFLICT] = met


def unsettled() -> SaveConflict | None:
    """The newer version that kept the scenario from being saved, as long as that is open."""
    met: SaveConflict | None = st.session_state.get(_CONFLICT)
    origin = current.origin()
    return met if met and origin and met.latest.entry == origin.entry else None


def settle() -> None:
    """Forget that someone saved meanwhile."""
    st.session_state.pop(_CONFLICT, None)
