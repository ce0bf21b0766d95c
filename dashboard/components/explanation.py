"""Where does this number come from? A dialog that walks from a figure to its precedents."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.sources import source_words
from dashboard.components.text import literal
from dashboard.session import compute, current, fields, trail
from model.assumptions import ASSUMPTIONS
from model.evidence.sources import SOURCES
from model.lines import LINES
from model.notation import Token
from model.projection import Projection
from model.sheet import GIVEN
from model.telling.explain import Explanation, Precedent, explain, explainable, label_of


@st.dialog("Where does this number come from?", width="large")
def explanation() -> None:
    """The explanation of the quantity at the end of the trail."""
    projection = compute.projection(current.scenario())
    asked = trail.walked()[-1]
    _choice(asked)
    month = _month(projection, asked)
    told = explain(projection, asked, month)
    _way_back()
    st.metric(told.label, literal(told.value))
    st.markdown(told.meaning)
    _formula(told)
    if told.facts:
        st.markdown("\n".join(f"- {literal(fact, limit=2000)}" for fact in told.facts))
    if asked in ASSUMPTIONS:
        _sources(ASSUMPTIONS[asked].source)
    _precedents(told.precedents)


def _choice(asked: str) -> None:
    """Any metric or line, beside what was asked for first if that is neither."""
    names = explainable()
    fields.show("explained", asked)
    st.selectbox(
        "What is explained",
        names if asked in names else [asked, *names],
        key="explained",
        format_func=label_of,
        on_change=_choose,
    )


def _choose() -> None:
    chosen = fields.entered("explained")
    if chosen:
        trail.start(chosen)


def _month(projection: Projection, asked: str) -> int:
    if asked not in LINES and asked not in GIVEN:
        return projection.months
    fields.show("explained month", min(fields.entered("explained month") or projection.months, projection.months))
    return int(st.slider("Month", 1, projection.months, key="explained month"))


def _way_back() -> None:
    """The quantities walked through, to go back to."""
    walked = trail.walked()[:-1]
    if not walked:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for position, name in enumerate(walked):
            st.button(
                f"{label_of(name)} ›",
                key=f"back:{position}:{name}",
                type="tertiary",
                on_click=trail.walk_to,
                args=(name,),
            )


def _formula(told: Explanation) -> None:
    if told.words:
        st.markdown(f"**In words**  \n{marked(told.words)}")
    if told.numbers:
        st.markdown(f"**In numbers**  \n{marked(told.numbers)} = **{literal(told.value)}**")


def marked(tokens: Sequence[Token]) -> str:
    """A formula with its quantities set off from its operators."""
    return "".join(
        f":gray-background[{literal(token.text, 200)}]" if token.name else literal(token.text, 200)
        for token in tokens
    )


def _sources(ids: Sequence[str]) -> None:
    for source in (SOURCES[id_] for id_ in ids):
        with st.container(border=True, gap="xsmall"):
            source_words(source)


def _precedents(precedents: Sequence[Precedent]) -> None:
    """Each quantity it is computed from, with its value; a click walks there."""
    if not precedents:
        return
    st.markdown("**Made of**")
    for precedent in precedents:
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
        ):
            st.button(
                precedent.label,
                key=f"to:{precedent.name}",
                type="tertiary",
                on_click=trail.walk_to,
                args=(precedent.name,),
                icon=":material/subdirectory_arrow_right:",
            )
            note = f" ({precedent.note})" if precedent.note else ""
            st.markdown(literal(precedent.value + note), width="content")
