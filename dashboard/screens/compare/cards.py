"""The bridge from one of several scenarios to another as a card, with the choice of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import below, draw_figure
from dashboard.components.chart_table import download
from dashboard.components.tables import static_table
from dashboard.session import fields
from model.projection import Projection
from model.telling.comparison import CAUSES, best_of, comparable
from report.charts.comparison import BRIDGE, Between
from report.charts.drawing.chart import COMPARE
from report.files.file_names import stem
from report.material import Material
from report.tables.comparison_tables import causes
from report.tables.data import comparison_tables
from report.words.stamp import told_apart

# The two choices above the bridge take room that it would else have.
_HEIGHT = COMPARE.height - 72
_FROM, _TO = "bridge from", "bridge to"


@st.fragment
def bridge_card(materials: Sequence[Material]) -> None:
    """The bridge between two of the scenarios, with what each is worth by cause one click away."""
    with st.container(border=True, gap="xsmall"):
        if pair := _pair([one.projection for one in materials]):
            draw_figure(BRIDGE, Between(*pair), height=_HEIGHT)
            below(BRIDGE, partial(_causes_table, materials))


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
    scenarios = [one.scenario for one in materials]
    download(lambda _: comparison_tables(materials)["comparison-causes"], f"{stem(scenarios[0])}-causes", *scenarios)
