"""What a screen keeps while other screens are shown: what was chosen there, or made at a click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from dashboard.session import fields

_KEPT = "kept"
# Of what is made of something, how many a visitor keeps: the present and the one that Undo goes back to.
_MOST_MADE = 2
Made = TypeVar("Made")


def kept(key: str, default: Any) -> Any:
    """What a screen keeps under that key."""
    return st.session_state.get(_KEPT, {}).get(key, default)


def keep(key: str, value: Any) -> None:
    """Remember under that key what a screen keeps."""
    st.session_state[_KEPT] = {**st.session_state.get(_KEPT, {}), key: value}


def show_kept(key: str, default: Any) -> Any:
    """Set a widget from what was chosen in it before; returns that."""
    chosen = kept(key, default)
    fields.show(key, chosen)
    return chosen


def keep_entered(key: str) -> None:
    """Remember what was entered into the widget of that key."""
    keep(key, fields.entered(key))


def made_of(key: str, of: Any, make: Callable[[], Made]) -> Made:
    """What was made of something under that key, by this visitor alone; made where it is not there."""
    known = [(source, made) for source, made in kept(key, ()) if source != of]
    found: list[Made] = [made for source, made in kept(key, ()) if source == of]
    made = found[0] if found else make()
    keep(key, ((of, made), *known[: _MOST_MADE - 1]))
    return made
