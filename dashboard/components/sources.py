"""A source of the evidence in short: what it found, of whom and when, and what to beware of."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from model.evidence.sources import Source


def source_words(source: Source) -> None:
    """The source, in the container where it is called."""
    st.markdown(f"**{literal(source.title, 300)}** (grade {source.grade})")
    st.markdown(literal(source.finding, 1000))
    st.caption(literal(f"{source.of_whom}; {source.when}. Beware: {source.warning}", 1000))
