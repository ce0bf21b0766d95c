"""The picture of what depends on what, with a quantity in the middle, and the same as lists to walk along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.browser import is_narrow
from dashboard.components.chart_cards import draw_figure
from dashboard.components.explanation import explanation
from dashboard.components.text import literal
from dashboard.session import fields, memory, trail
from model.projection import Projection
from model.telling.dependencies import DEPENDANTS, PRECEDENTS, role
from model.telling.explain import label_of, value_text
from report.charts import dependencies

_CENTRE, _STEPS = "model centre", "model steps"
_FIRST = "net_cash"
_REACHES = (*dependencies.STEPS, dependencies.WHOLE)
_USUAL_STEPS = 2
_MIN_LIST = 300


def draw(projection: Projection, month: int) -> None:
    """The choice, the picture and the lists."""
    centre, steps = _choice()
    with st.container(border=True, gap="xsmall"):
        _picture(centre, steps, projection, month)
        if st.button(
            f"{label_of(centre)}: formula and numbers", key="model formula", type="tertiary",
            icon=":material/account_tree:",
        ):  # fmt: skip
            fields.show("explained month", month)
            trail.start(centre)
            explanation()
    with st.grid(2, min_column_width=_MIN_LIST):
        _list("Made of", PRECEDENTS[centre], "Nothing: it is given, not computed.", projection, month)
        _list("Goes into", DEPENDANTS[centre], "Nothing: it is a result.", projection, month)


def _choice() -> tuple[str, int]:
    centre, steps = memory.show_kept(_CENTRE, _FIRST), memory.show_kept(_STEPS, 1 if is_narrow() else _USUAL_STEPS)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox(
            "In the middle", list(PRECEDENTS)[::-1], key=_CENTRE, format_func=_words,
            on_change=memory.keep_entered, args=(_CENTRE,),
        )  # fmt: skip
        st.segmented_control(
            "How far it reaches", _REACHES, required=True, key=_STEPS, format_func=_steps_words,
            on_change=memory.keep_entered, args=(_STEPS,),
        )  # fmt: skip
    return centre, steps


def _words(name: str) -> str:
    """Label and role: some inputs and lines have the same label."""
    return f"{label_of(name)} ({role(name)})"


def _steps_words(steps: int) -> str:
    return {dependencies.WHOLE: "Whole model", 1: "1 step"}.get(steps, f"{steps} steps")


def _centre_on(name: str) -> None:
    memory.keep(_CENTRE, name)


def _picture(centre: str, steps: int, projection: Projection, month: int) -> None:
    around = dependencies.Around(projection, centre, steps, month)
    # A key of its own for each picture, so that what was clicked in one is not still chosen in the next.
    key = f"model picture:{centre}:{steps}"
    draw_figure(
        dependencies.CHART, around, height=dependencies.height(around), key=key,
        on_select=lambda: _clicked(key), selection_mode="points",
    )  # fmt: skip


def _clicked(key: str) -> None:
    """Put the box that was clicked in the middle."""
    for point in fields.entered(key)["selection"]["points"]:
        # Headings of sections can be clicked too, but are no quantities.
        if "customdata" in point:
            _centre_on(point["customdata"][0])


def _list(heading: str, names: Sequence[str], none: str, projection: Projection, month: int) -> None:
    """Quantities with their values, one below the other; a click puts one in the middle."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{heading}**")
        if not names:
            st.caption(none)
        for name in names:
            with st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
            ):
                st.button(
                    _words(name), key=f"{heading}:{name}", type="tertiary", on_click=_centre_on,
                    args=(name,),
                )  # fmt: skip
                st.markdown(literal(value_text(projection, name, month)), width="content")
