"""The Model screen: every line and metric with formula and numbers, how they depend on each other, the checks."""

from __future__ import annotations

import streamlit as st

from dashboard.components.browser import is_narrow
from dashboard.components.chart_cards import image_buttons
from dashboard.components.layout import heading
from dashboard.screens.model import lists, picture
from dashboard.session import compute, current, fields, memory
from dashboard.shell import notices
from model.projection import Projection
from report.words.headings import how_it_adds_up

PICTURE, NUMBERS = "Picture", "Numbers"
PARTS = (PICTURE, *lists.LISTS, NUMBERS)
_PART, _SEARCH, _MONTH = "model part", "model search", "model month"
# The parts whose values are those of one month.
_OF_A_MONTH = (PICTURE, "Lines")


def draw() -> None:
    """The screen."""
    projection = compute.projection(current.scenario())
    heading(
        how_it_adds_up(projection),
        "How it is calculated: every number of the tool is one of these lines or metrics. Choose one to see what it "
        "is made of and goes into, and open its formula with this scenario's numbers.",
    )
    notices.warnings(projection)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        part = _part()
        search = lists.Query(
            st.text_input("Search", key=_SEARCH, placeholder="Name, label or formula", persist_state="session")
            or "",
            projection.scenario.format,
        )
        by_month = part in _OF_A_MONTH or search.words.strip()
        month = _month(projection) if by_month else projection.months
    _content(part, projection, month, search)
    notices.footer(projection)
    image_buttons()


def _part() -> str:
    part: str = memory.show_kept(_PART, PICTURE)
    if is_narrow():
        # Side by side they would be wider than the page.
        st.selectbox("Show", PARTS, key=_PART, on_change=memory.keep_entered, args=(_PART,))
    else:
        st.segmented_control("Show", PARTS, required=True, key=_PART, on_change=memory.keep_entered, args=(_PART,))
    return part


def _month(projection: Projection) -> int:
    last = projection.months
    month: int = min(memory.kept(_MONTH, last), last)
    fields.show(_MONTH, month)
    st.slider("Month of the values", 1, last, key=_MONTH, on_change=memory.keep_entered, args=(_MONTH,))
    return month


def _content(part: str, projection: Projection, month: int, search: lists.Query) -> None:
    """What was searched for, wherever it stands, or else the part that was chosen."""
    if search.words.strip():
        lists.found(projection, month, search)
    elif part == PICTURE:
        picture.draw(projection, month)
    elif part == NUMBERS:
        lists.numbers(projection)
    else:
        lists.LISTS[part][0](projection, month, search)
