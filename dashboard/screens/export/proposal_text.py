"""The proposal text on the Export screen: written from the numbers, edited by a person, shown as it will read."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import compute, fields, memory
from model.reading.faults import ScenarioError
from report.files.order import Order
from report.words.proposal import as_text, from_text, proposal

_KEY, _OWN = "proposal text", "own proposal text"
_MOST_LETTERS = 50_000
_LONGEST = 5_000
_READING_WIDTH = 720
_HEIGHT = 560


def numbers_of(order: Order) -> tuple[Any, ...]:
    """What the numbers in the text follow from."""
    first = order.scenarios[0]
    return first.hash, first.first_month(order.today), order.draws, order.seed


def own_text() -> tuple[str, tuple[Any, ...]] | None:
    """The text as a person edited it and which numbers it was edited for; None where nobody has."""
    own: tuple[str, tuple[Any, ...]] | None = memory.kept(_OWN, None)
    return own


def _keep(text: str, numbers: tuple[Any, ...]) -> None:
    memory.keep(_OWN, (text, numbers))


def is_outdated(order: Order) -> bool:
    """Whether the text was edited for other numbers than those of this order."""
    own = own_text()
    return own is not None and own[1] != numbers_of(order)


def reading(order: Order) -> None:
    """The text as it will read."""
    text = _text(order)
    with st.container(width=_READING_WIDTH):
        for section in from_text(text or ""):
            if section.title:
                st.markdown(f"#### {literal(section.title, _LONGEST)}")
            for paragraph in section.paragraphs:
                st.markdown(literal(paragraph, _LONGEST))


def editor(order: Order) -> None:
    """The text to be edited."""
    text = _text(order)
    if text is None:
        return
    fields.show(_KEY, text)
    st.text_area(
        "Text of the deck, the reports and the text file",
        key=_KEY,
        height=_HEIGHT,
        max_chars=_MOST_LETTERS,
        on_change=_take,
        args=(numbers_of(order),),
        help="A line that starts with # is a heading; an empty line ends a paragraph.",
    )


def _text(order: Order) -> str | None:
    """The person's own text with what can be done about it, else the one written; None where there is neither."""
    own = own_text()
    if own is None:
        return _written_or_told(order)
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_outdated(order):
            st.button(
                "It still holds", on_click=_keep, args=(own[0], numbers_of(order)),
                icon=":material/check:", help="Keep the text as it is, for the numbers as they are now",
            )  # fmt: skip
        st.button(
            "Write again from the numbers", on_click=memory.keep, args=(_OWN, None), icon=":material/refresh:",
            help="Drops what was edited",
        )  # fmt: skip
    return own[0]


def _written_or_told(order: Order) -> str | None:
    """The text written from the numbers; None where it cannot be, which is told."""
    if not order.draws:
        st.info("Without draws there are no odds to tell, so no text is written. Choose a number of draws above.")
        return None
    try:
        return _written(order)
    except ScenarioError as error:
        st.error(literal(f"The text cannot be written from the numbers. {error}", 2000), icon=":material/block:")
        return None


def _written(order: Order) -> str:
    """The text written from the numbers. Raises ScenarioError where the odds cannot be drawn."""
    first = order.scenarios[0]
    with st.spinner("Writing the text …"):
        simulation = compute.simulation(first, order.draws, order.seed)
        results = compute.material(first, simulation, order.today)
    return as_text(proposal(results))


def _take(numbers: tuple[Any, ...]) -> None:
    """Take the text as it was entered."""
    _keep(fields.entered(_KEY) or "", numbers)
