"""What a screen keeps while other screens are shown: what was chosen there, or made at a click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.session import fields

_KEPT = "kept"


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
