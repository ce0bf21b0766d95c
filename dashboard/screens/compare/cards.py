"""The charts of several scenarios as cards: lines laid over each other, and the bridge from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components.brightness import theme
from dashboard.components.chart_cards import below, download, draw_figure, table_button
from dashboard.components.tables import static_table, written
from dashboard.session import compute, fields
from model.projection import Projection
from model.telling.comparison import CAUSES, best_of, comparable
from report.charts.comparison import OVERLAYS, between_alt, lines_behind, overlay_alt
from report.files.file_names import stem
from report.material import Material
from report.tables.comparison_tables import causes
from report.tables.data import comparison_tables
from report.words.stamp import told_apart

_HEIGHT = 400
# The pixels that the two choices above the bridge take.
_CHOICES = 72
_SOURCE = "The model"
_FROM, _TO = "bridge from", "bridge to"


def overlay_card(name: str, projections: Sequence[Projection]) -> None:
    """A chart with one line for each scenario, with its table one click away."""
    scenarios = [one.scenario for one in projections]
    with st.container(border=True, gap="xsmall"):
        figure = compute.compared_figure(name, scenarios, theme())
        draw_figure(name, figure, overlay_alt(name, projections), _HEIGHT, projections[0])
        with below(_SOURCE):
            if table_button(name):
                _lines_table(name, projections)


@st.dialog("Table", width="large")
def _lines_table(name: str, projections: Sequence[Projection]) -> None:
    """The lines behind a chart by month, a column for each scenario."""
    rows, overlay = lines_behind(name, projections), OVERLAYS[name]
    first = projections[0].scenario
    st.caption(f"{overlay.heading}, {overlay.unit.words(first.currency)}.")
    shown = rows.style.format(written(first, overlay.unit), subset=list(rows.columns[1:]))
    st.dataframe(shown, hide_index=True, height=400)
    download(rows, f"{stem(first)}-{name}")


@st.fragment
def bridge_card(materials: Sequence[Material]) -> None:
    """The bridge between two of the scenarios, with what each is worth by cause one click away."""
    projections = [one.projection for one in materials]
    with st.container(border=True, gap="xsmall"):
        pair = _pair(projections)
        if pair is None:
            return
        one, other = pair
        figure = compute.bridge_figure(one.scenario, other.scenario, theme())
        draw_figure("compared_bridge", figure, between_alt(one, other), _HEIGHT - _CHOICES, one)
        with below(_SOURCE):
            if table_button("compared_bridge"):
                _causes_table(materials)


def _pair(projections: Sequence[Projection]) -> tuple[Projection, Projection] | None:
    """The two that the bridge joins, in one currency; None where no other is in the first one's."""
    names = told_apart([one.scenario for one in projections])
    known = {one.scenario.hash: (one, name) for one, name in zip(projections, names, strict=True)}
    with st.container(horizontal=True, gap="small"):
        start = known[_choice("From", _FROM, {id_: name for id_, (_, name) in known.items()}, projections[0])][0]
        ends = {
            id_: name
            for id_, (one, name) in known.items()
            if one is not start and comparable(start.scenario, one.scenario)
        }
        if not ends:
            st.info(f"No other scenario is in {start.scenario.currency}, so there is no bridge from this one.")
            return None
        best = best_of([known[id_][0] for id_ in ends]) or known[next(iter(ends))][0]
        return start, known[_choice("To", _TO, ends, best)][0]


def _choice(label: str, key: str, names: Mapping[str, str], default: Projection) -> str:
    """The hash of the scenario chosen; the default where none is, or one that is no longer there."""
    kept = fields.entered(key)
    fields.show(key, kept if kept in names else default.scenario.hash)
    return str(st.selectbox(label, list(names), key=key, format_func=names.__getitem__))


@st.dialog("Table", width="large")
def _causes_table(materials: Sequence[Material]) -> None:
    """The causes of all scenarios, and what belongs to each."""
    static_table(causes(materials), "Net present value by cause")
    st.caption("; ".join(f"{cause.label}: {cause.meaning}" for cause in CAUSES.values()) + ".")
    download(comparison_tables(materials)["comparison-causes"], f"{stem(materials[0].scenario)}-causes")
