"""A chart as a card: the figure, its toolbar, the table behind it and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]
import streamlit as st

from dashboard.components.browser import is_narrow, theme
from dashboard.components.chart_table import table_dialog
from dashboard.components.explanation import explanation
from dashboard.components.svg_button import svg_buttons
from dashboard.session import compute, current, trail
from report.charts.drawing.chart import Chart, Subject
from report.charts.drawing.narrow import narrowed
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT, Theme, toolbar
from report.material import Material


class ReadyFigure(go.Figure):  # type: ignore[misc]
    """A figure in the one form that Streamlit sends as it is: any other it builds and checks anew at every run."""

    def __init__(self, figure: Figure) -> None:
        # An empty figure of Plotly's takes longer than the data does to be sent; nothing asks for one.
        self._ready = figure

    def to_dict(self) -> dict[str, Any]:
        """The data itself, not a copy."""
        return self._ready


def image_buttons() -> None:
    """Give every chart on the page a button for SVG beside the one for PNG; call once, after the charts."""
    svg_buttons(key="svg_buttons")


def card(chart: Chart[Subject], subject: Subject) -> None:
    """A chart in a frame, with its table, and its explanation if it has one, a click away."""
    # Beside each other sources take more lines or fewer, and the frames end alike.
    with st.container(border=True, gap="xsmall", height="stretch" if chart.group.general else "content"):
        draw_figure(chart, subject)
        below(chart, partial(table_dialog, chart, subject))


def below(chart: Chart[Any], table: Callable[[], None]) -> None:
    """The row below a figure: its source, then the buttons for its table and its explanation."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small")
    row.caption(current.scenario().format.localised(chart.source), width="content")
    with row.container(horizontal=True, gap="small", width="content"):
        if st.button("Table", key=f"table:{chart.name}", type="tertiary", icon=":material/table:"):
            table()
        if chart.explains and st.button(
            "Where from?", key=f"explain:{chart.name}", type="tertiary", icon=":material/account_tree:",
            help="Where does this come from? The formula in words and with its numbers",
        ):  # fmt: skip
            trail.start(chart.explains)
            explanation()


def preview(chart: Chart[Material], material: Material) -> None:
    """A chart as it stands in a file: in light colours, dated as the material is."""
    with st.container(border=True, gap="xsmall"):
        _plot(chart, material, LIGHT, material.today, chart.group.height, f"chart:{chart.name}")


def draw_figure(
    chart: Chart[Subject], subject: Subject, *, height: int | None = None, key: str = "", **options: Any
) -> None:
    """A chart of today with its toolbar, and its words for those who do not see it; `options` are Streamlit's."""
    _plot(
        chart, subject, theme(), date.today(), height or chart.group.height, key or f"chart:{chart.name}", **options
    )


def _plot(
    chart: Chart[Subject], subject: Subject, look: Theme, today: date, height: int, key: str, **options: Any
) -> None:
    figure = compute.figure(chart, subject, look, today)
    if is_narrow():
        figure = narrowed(figure, height)
    st.plotly_chart(
        ReadyFigure(figure), theme=None, height=figure["layout"].get("height", height), key=key,
        config=toolbar(chart.name, subject.projection), alt=chart.alt(subject), **options,
    )  # fmt: skip
