"""The walk from a figure to what it is made of."""

from __future__ import annotations

import streamlit as st

_TRAIL = "trail"


def walked() -> tuple[str, ...]:
    """The quantities a person walked through in the explanation, the first asked for first."""
    names: tuple[str, ...] = st.session_state.get(_TRAIL, ())
    return names


def walk_to(name: str) -> None:
    """Go to a quantity: back along the trail if it lies there, else one further."""
    names = walked()
    st.session_state[_TRAIL] = names[: names.index(name) + 1] if name in names else (*names, name)


def start(name: str) -> None:
    """Ask for a quantity afresh."""
    st.session_state[_TRAIL] = (name,)
