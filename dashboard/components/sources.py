"""A source of the evidence in short: what it found, of whom and when, what to beware of, and its address."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current
from model.evidence.sources.source import Source


def source_words(source: Source) -> None:
    """The source, in the container where it is called."""
    source = source.told(current.scenario().format)
    st.markdown(f"**{literal(source.title, 300)}** (grade {source.grade})")
    st.markdown(literal(source.finding, 1000))
    st.caption(literal(f"{source.of_whom}; {source.when}. Beware: {source.warning}", 1000))
    if source.address:
        st.caption(f"Seen at [{literal(source.address, 300)}]({source.link})")
