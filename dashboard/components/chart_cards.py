"""A chart as a card: the figure, its toolbar, the table behind it and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.brightness import theme
from dashboard.components.explanation import explanation
from dashboard.components.simulation_table import figures, readable
from dashboard.components.svg_button import svg_buttons
from dashboard.components.tables import written
from dashboard.session import compute, current, trail
from model.choice.optimise import Optimum
from model.lines import LINES
from model.projection import Projection
from model.scenario import Scenario
from model.skills.training_plan import TrainingPlan
from model.telling.tables import monthly, yearly
from model.uncertainty.simulation import Simulation
from report.charts.catalogue import CHARTS, Chart
from report.charts.decisions import optimum_alt, optimum_map
from report.charts.drawing.theme import LIGHT, toolbar
from report.charts.evidence.register import EVIDENCE_CHARTS, EvidenceChart
from report.charts.risk import RISK_CHARTS
from report.charts.skills import skills_alt
from report.files.file_names import stem
from report.material import EVERY_CHART
from report.tables.data import as_text, csv

HEIGHT = 340
RISK_HEIGHT = 480
EVIDENCE_HEIGHT = 520


def image_buttons() -> None:
    """Give every chart on the page a button for SVG beside the one for PNG; call once, after the charts."""
    svg_buttons(key="svg_buttons")


def card(name: str, scenario: Scenario) -> None:
    """A chart of the projection with its table and its explanation one click away."""
    chart, projection = CHARTS[name], compute.projection(scenario)
    with st.container(border=True, gap="xsmall"):
        draw_figure(name, compute.figure(name, scenario, theme()), chart.alt(projection), HEIGHT, projection)
        with below(chart.source):
            if table_button(name):
                table(name)
            if st.button(
                "Where from?", key=f"explain:{name}", type="tertiary", icon=":material/account_tree:",
                help="Where does this come from? The formula in words and with its numbers",
            ):  # fmt: skip
                trail.start(chart.explains)
                explanation()


def risk_card(name: str, simulation: Simulation) -> None:
    """A chart of a simulation with its table one click away."""
    chart, projection = RISK_CHARTS[name], compute.projection(simulation.scenario)
    found = compute.found_out(simulation)
    with st.container(border=True, gap="xsmall"):
        figure = compute.risk_figure(name, simulation, theme())
        draw_figure(name, figure, chart.alt(simulation, found), RISK_HEIGHT, projection)
        with below(chart.source):
            if table_button(name):
                risk_table(name, simulation)


def evidence_card(name: str, scenario: Scenario) -> None:
    """A chart of the evidence with its table one click away."""
    chart, projection = EVIDENCE_CHARTS[name], compute.projection(scenario)
    with st.container(border=True, gap="xsmall", height="stretch"):
        figure = compute.evidence_figure(name, scenario, theme())
        draw_figure(name, figure, chart.alt(projection), EVIDENCE_HEIGHT, projection)
        with below(chart.source):
            if table_button(name):
                evidence_table(name)


def optimum_card(optimum: Optimum, present: Scenario) -> None:
    """The map of an optimum, with the present plan on it."""
    figure = optimum_map(optimum, theme(), present=present).to_plotly_json()
    with st.container(border=True, gap="xsmall"):
        projection = compute.projection(optimum.scenario)
        draw_figure("optimum_map", figure, optimum_alt(optimum), RISK_HEIGHT, projection)


def preview(name: str, scenario: Scenario, simulation: Simulation | None, today: date) -> None:
    """A chart as it stands in a file: in light colours and dated that day; `simulation` for one that needs it."""
    chart, projection = EVERY_CHART[name], compute.projection(scenario)
    with st.container(border=True, gap="xsmall"):
        if isinstance(chart, Chart):
            figure, alt = compute.figure(name, scenario, LIGHT, today), chart.alt(projection)
            draw_figure(name, figure, alt, HEIGHT, projection)
        elif isinstance(chart, EvidenceChart):
            figure = compute.evidence_figure(name, scenario, LIGHT, today)
            draw_figure(name, figure, chart.alt(projection), EVIDENCE_HEIGHT, projection)
        elif simulation:
            figure = compute.risk_figure(name, simulation, LIGHT, today)
            alt = chart.alt(simulation, compute.found_out(simulation))
            draw_figure(name, figure, alt, RISK_HEIGHT, projection)


def skills_card(plan: TrainingPlan, projection: Projection) -> None:
    """The skill areas today, after the plan and as wanted."""
    with st.container(border=True, gap="xsmall"):
        figure = compute.skills_figure(plan, projection.scenario, theme())
        draw_figure("skills_gap", figure, skills_alt(plan, projection), RISK_HEIGHT, projection)


def draw_figure(name: str, figure: Mapping[str, Any], alt: str, height: int, projection: Projection) -> None:
    """A drawn chart with its toolbar, and its words for those who do not see it."""
    st.plotly_chart(
        dict(figure), theme=None, height=height, key=f"chart:{name}", config=toolbar(name, projection), alt=alt
    )


def below(source: str) -> Any:
    """The row below a figure: its source, then buttons."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small")
    row.caption(source, width="content")
    return row.container(horizontal=True, gap="small", width="content")


def table_button(name: str) -> bool:
    """The button that opens the table behind a chart; whether it was clicked."""
    return st.button("Table", key=f"table:{name}", type="tertiary", icon=":material/table:")


@st.dialog("Table", width="large")
def table(name: str) -> None:
    """The table behind a chart of the projection, by month or by fiscal year, with its download."""
    scenario, chart = current.scenario(), CHARTS[name]
    projection = compute.projection(scenario)
    st.caption(chart.title)
    period = st.segmented_control("Rows", ("Monthly", "Yearly"), default="Yearly", required=True, key=f"rows:{name}")
    by_year = period == "Yearly"
    rows = (yearly if by_year else monthly)(projection, chart.lines)
    st.dataframe(_by_month_or_year(rows, scenario, by_year), hide_index=True, height="content" if by_year else 400)
    if by_year:
        st.caption("By fiscal year: flows of money added up, everything else as in the year's last month.")
    download(rows, f"{stem(scenario)}-{name}-{str(period).lower()}")


@st.dialog("Table", width="large")
def risk_table(name: str, simulation: Simulation) -> None:
    """The table behind a chart of the simulation, with its download."""
    rows = RISK_CHARTS[name].table(simulation, compute.found_out(simulation))
    st.caption(RISK_CHARTS[name].title)
    shown = readable(rows, simulation.scenario)
    right = st.column_config.TextColumn(alignment="right")
    st.dataframe(shown, hide_index=True, height=400, column_config=dict.fromkeys(figures(shown), right))
    download(rows, f"{stem(simulation.scenario)}-{name}-seed-{simulation.seed}")


@st.dialog("Table", width="large")
def evidence_table(name: str) -> None:
    """The table behind a chart of the evidence, with its download."""
    projection = compute.projection(current.scenario())
    table = EVIDENCE_CHARTS[name].table(projection)
    st.caption(EVIDENCE_CHARTS[name].title)
    st.dataframe(pd.DataFrame(table.texts(projection), columns=list(table.headings)), hide_index=True, height=400)
    download(table.frame(), name)


def download(rows: pd.DataFrame, name: str) -> None:
    """A button that saves a table as CSV, its headings as text that no spreadsheet computes."""
    st.download_button(
        "Download as CSV",
        data=lambda: csv(rows.rename(columns=as_text)),
        file_name=f"{name.replace('_', '-')}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _by_month_or_year(rows: pd.DataFrame, scenario: Scenario, by_year: bool) -> Any:
    """The table under labels with units, numbers in the scenario's locale."""
    text, currency = scenario.format, scenario.currency
    shown = rows.copy()
    if "date" in shown:
        shown["date"] = [text.month(day) for day in shown["date"]]
    headings = {"month": "Month", "date": "Date", "year": "Fiscal year", "months": "Months"}
    formats: dict[Any, Callable[[Any], str] | str | None] = {}
    for name in (name for name in rows.columns if name in LINES):
        unit = LINES[name].unit
        words = currency if by_year and unit.flow else unit.words(currency)
        headings[name] = f"{LINES[name].label} ({words})" if words else LINES[name].label
        formats[headings[name]] = written(scenario, unit)
    return shown.rename(columns=headings).style.format(formats)
