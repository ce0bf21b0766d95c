"""What looks alike on several screens: heading, grids of charts and metrics, a metric's card, missing odds."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components.text import literal
from model.reading.faults import ScenarioError

# Pixels below which a chart's labels or a metric's name are cut, so that the grid takes fewer columns.
_MIN_CHART, _MIN_METRIC = 430, 190
# Streamlit writes white on the theme's colour, which nobody can read on the light one of the dark theme.
_TAGS = """
[data-testid="stMultiSelect"] [data-tag] {
  color: inherit;
  background-color: color-mix(in srgb, currentColor 14%, transparent);
}
"""
# Call once on a screen with fields that take several.
readable_tags = st.components.v2.component("readable_tags", css=_TAGS, isolate_styles=False)


def chart_grid() -> Any:
    """Charts two by two, one below the other where the page is narrow."""
    return st.grid(2, min_column_width=_MIN_CHART)


def metric_grid(columns: int = 4) -> Any:
    """Metrics side by side, as many as the page has room for."""
    return st.grid(columns, min_column_width=_MIN_METRIC)


def heading(answer: str, question: str) -> None:
    """A screen's heading, which is its answer, with what it answers below; plain texts both."""
    st.markdown(f"# {literal(answer, 500)}")
    st.caption(literal(question, 1000))


def metric_card(
    label: str, value: str, beside: str, help_: str | None = None, place: DeltaGenerator | None = None
) -> None:
    """A metric with what it is compared with, plain texts all, at `place` or where it is called."""
    (place or st).metric(
        label, literal(value), delta=literal(beside), delta_color="off", delta_arrow="off", help=help_, border=True
    )


def toolbar_room() -> None:
    """Call before a table that can be scrolled: Streamlit shows its toolbar there while the pointer is on it."""
    st.space("small")


def odds_refused(error: ScenarioError) -> None:
    """Say why the odds cannot be drawn."""
    st.error(literal(f"The odds cannot be drawn. {error}", 2000), icon=":material/block:")
