"""The widgets of a screen in the session: set from the truth before they are drawn, read when they change."""

from __future__ import annotations

from typing import Any

import streamlit as st

_RENEWED = "renewed"


def show(key: str, value: Any) -> None:
    """Set a widget from the truth, before it is drawn."""
    st.session_state[key] = value


def entered(key: str) -> Any:
    """What a person entered into the widget of that key; None where it is not drawn."""
    return st.session_state.get(key)


def renewable_key(stem: str) -> str:
    """The key of a widget that is emptied by giving it a new one: a file uploader takes the same file again."""
    return f"{stem}-{st.session_state.get(_RENEWED, {}).get(stem, 0)}"


def renew(stem: str) -> None:
    """Forget what stands in the widget under a renewable key."""
    counts = st.session_state.get(_RENEWED, {})
    st.session_state[_RENEWED] = {**counts, stem: counts.get(stem, 0) + 1}
