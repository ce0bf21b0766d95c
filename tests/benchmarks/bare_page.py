"""The yardstick of the screens: a Streamlit page with the widgets and figures of Plan that computes nothing.

The figures are read from the file that the environment names.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Lock

import streamlit as st

WIDGETS = {"button": 18, "metric": 17, "slider": 8, "selectbox": 7, "toggle": 3, "markdown": 23}


@st.cache_resource
def figures() -> list[dict]:
    return json.loads(Path(os.environ["FIGURES"]).read_text())


@st.cache_resource
def lock() -> Lock:
    return Lock()


with st.sidebar:
    moved = [st.select_slider(f"Lever {place}", range(120), 20, key=f"lever {place}") for place in range(8)]
    for place in range(WIDGETS["selectbox"]):
        st.selectbox(f"Choice {place}", ("one", "two", "three"))
    for place in range(WIDGETS["toggle"]):
        st.toggle(f"Switch {place}")
for place in range(WIDGETS["button"]):
    st.button(f"Button {place}")
for place in range(WIDGETS["metric"]):
    st.metric(f"Figure {place}", f"{sum(moved) + place:,}")
for place in range(WIDGETS["markdown"]):
    st.markdown(f"Paragraph {place} of this page")
for place, figure in enumerate(figures()):
    # Other data at each move, as on Plan: what is the same is not sent again. One at a time, as Plotly's check of a
    # figure fails where two threads begin with it together.
    with lock():
        st.plotly_chart({**figure, "layout": {**figure["layout"], "meta": str(moved)}}, key=f"figure {place}")
