"""What a visitor reads until the first screen is drawn: the question that the tool answers.

It imports next to nothing, so that the visitor who comes first after a start does not look at an empty page.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.session import memory

_SEEN = "opening"


def question() -> DeltaGenerator:
    """The place of the question, to be emptied; there is nothing in it but at the session's first drawing.

    Where one has to sign in first there is nothing either; only then does Streamlit say whether one has.
    """
    place = st.empty()
    if not memory.kept(_SEEN, False) and "is_logged_in" not in st.user:
        memory.keep(_SEEN, True)
        with place.container(gap="xsmall"):
            st.markdown("# What does it return to move budget to social media and to train the team?")
            st.caption("The plan is being worked out, month by month, against holding.")
    return place
