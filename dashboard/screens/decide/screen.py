"""The Decide screen: test first or not, when to stop, and what could be agreed on instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from dashboard.components.chart_cards import image_buttons
from dashboard.screens.decide import counter, pilot, stages, track
from dashboard.session import compute, current, memory, messages
from dashboard.shell import notices
from model.projection import Projection

_PART = "decide part"
# Each draws its own heading: its answer.
_PARTS: Mapping[str, Callable[[Projection, Callable[[], None]], None]] = MappingProxyType(
    {"Pilot": pilot.draw, "Stages": stages.draw, "Counter-offer": counter.draw, "Track": track.draw}
)


def draw() -> None:
    """The screen; only the part that is chosen is computed."""
    projection = compute.projection(current.scenario())
    part = memory.kept(_PART, next(iter(_PARTS)))
    _PARTS[part](projection, _choice)
    notices.extrapolated(projection)
    notices.footer(projection)
    image_buttons()


def _choice() -> None:
    """The parts of the screen, to choose from."""
    memory.show_kept(_PART, next(iter(_PARTS)))
    st.segmented_control(
        "Part", [*_PARTS], required=True, key=_PART, label_visibility="collapsed",
        on_change=_another,
    )  # fmt: skip


def _another() -> None:
    """Keep the part that was chosen; what was refused on another is not told there."""
    memory.keep_entered(_PART)
    messages.forget_refused()
