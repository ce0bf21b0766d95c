"""A chart as a card: the figure, its toolbar, the table behind it and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import compute, state
from dashboard.explanation import explanation
from dashboard.svg_button import svg_buttons
from dashboard.text import file_stem
from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.optimise import Optimum
from model.projection import Projection
from model.scenario import Scenario
from model.tables import monthly, yearly
from model.uncertainty import Simulation
from model.units import RATIO, SHARE, Unit
from report.charts import CHARTS
from report.decision_charts import optimum_alt, optimum_map
from report.risk_charts import RISK_CHARTS
from report.theme import DARK, LIGHT, Theme, toolbar

HEIGHT = 340
RISK_HEIGHT = 480


def theme() -> Theme:
    """The theme that the person's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def image_buttons() -> None:
    """Give every chart on the page a button for SVG beside the one for PNG; call once, after the charts."""
    svg_buttons(key="svg_buttons")


def card(name: str, scenario: Scenario) -> None:
    """A chart of the projection with its table and its explanation one click away."""
    chart, projection = CHARTS[name], compute.projection(scenario)
    with st.container(border=True, gap="xsmall"):
        _figure(name, compute.figure(name, scenario, theme()), chart.alt(projection), HEIGHT, projection)
        with _below(chart.source):
            if _table_button(name):
                table(name)
            if st.button(
                "Where from?", key=f"explain:{name}", type="tertiary", icon=":material/account_tree:",
                help="Where does this come from? The formula in words and with its numbers",
            ):  # fmt: skip
                state.start_trail(chart.explains)
                explanation()


def risk_card(name: str, simulation: Simulation) -> None:
    """A chart of a simulation with its table one click away."""
    chart, projection = RISK_CHARTS[name], compute.projection(simulation.scenario)
    found = compute.found_out(simulation)
    with st.container(border=True, gap="xsmall"):
        figure = compute.risk_figure(name, simulation, theme())
        _figure(name, figure, chart.alt(simulation, found), RISK_HEIGHT, projection)
        with _below(chart.source):
            if _table_button(name):
                risk_table(name, simulation)


def optimum_card(optimum: Optimum, present: Scenario) -> None:
    """The map of an optimum, with the present plan on it."""
    figure = optimum_map(optimum, theme(), present=present).to_plotly_json()
    with st.container(border=True, gap="xsmall"):
        projection = compute.projection(optimum.scenario)
        _figure("optimum_map", figure, optimum_alt(optimum), RISK_HEIGHT, projection)


def _figure(name: str, figure: Mapping[str, Any], alt: str, height: int, projection: Projection) -> None:
    st.plotly_chart(
        dict(figure), theme=None, height=height, key=f"chart:{name}", config=toolbar(name, projection), alt=alt
    )


def _below(source: str) -> Any:
    """The row below a figure: its source, then buttons."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small")
    row.caption(source, width="content")
    return row.container(horizontal=True, gap="small", width="content")


def _table_button(name: str) -> bool:
    return st.button("Table", key=f"table:{name}", type="tertiary", icon=":material/table:")


@st.dialog("Table", width="large")
def table(name: str) -> None:
    """The table behind a chart of the projection, by month or by fiscal year, with its download."""
    scenario, chart = state.scenario(), CHARTS[name]
    projection = compute.projection(scenario)
    period = st.segmented_control("Rows", ("Monthly", "Yearly"), default="Yearly", required=True, key=f"rows:{name}")
    by_year = period == "Yearly"
    rows = (yearly if by_year else monthly)(projection, chart.lines)
    st.dataframe(_by_month_or_year(rows, scenario, by_year), hide_index=True, height="content" if by_year else 400)
    if by_year:
        st.caption("By fiscal year: flows of money added up, everything else as in the year's last month.")
    _download(rows, f"{file_stem(scenario)}-{name}-{str(period).lower()}")


@st.dialog("Table", width="large")
def risk_table(name: str, simulation: Simulation) -> None:
    """The table behind a chart of the simulation, with its download."""
    rows = RISK_CHARTS[name].table(simulation, compute.found_out(simulation))
    st.dataframe(_of_simulation(rows, simulation.scenario), hide_index=True, height=400)
    _download(rows, f"{file_stem(simulation.scenario)}-{name}-seed-{simulation.seed}")


def _download(rows: pd.DataFrame, stem: str) -> None:
    st.download_button(
        "Download as CSV",
        data=lambda: rows.to_csv(index=False, lineterminator="\n"),
        file_name=f"{stem.replace('_', '-')}.csv",
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
    formats: dict[str, Callable[[float], str]] = {}
    for name in (name for name in rows.columns if name in LINES):
        unit = LINES[name].unit
        words = currency if by_year and unit.flow else unit.words(currency)
        headings[name] = f"{LINES[name].label} ({words})" if words else LINES[name].label
        formats[headings[name]] = _writer(scenario, unit)
    return shown.rename(columns=headings).style.format(formats)


def _of_simulation(rows: pd.DataFrame, scenario: Scenario) -> Any:
    """A simulation's table with labels for names; each value in the unit of its row."""
    shown = rows.astype(object)
    for place in range(len(rows)):
        row = rows.iloc[place]
        name = row.get("input", row.get("metric"))
        own = ASSUMPTIONS[name].unit if name in ASSUMPTIONS else METRICS[name].unit if name in METRICS else None
        for column, value in row.items():
            unit = _OF_COLUMN.get(str(column), own or METRICS["npv"].unit)
            if isinstance(value, float):
                shown.iat[place, rows.columns.get_loc(column)] = _writer(scenario, unit)(value)  # noqa: PD009
    for column in ("input", "metric"):
        if column in shown:
            shown[column] = [(ASSUMPTIONS.get(n) or METRICS[n]).label for n in rows[column]]
    return shown.rename(columns=lambda column: str(column).replace("_", " ").capitalize())


# Columns whose unit is the same in every row.
_OF_COLUMN: Mapping[str, Unit] = {
    "npv_low": METRICS["npv"].unit,
    "npv_high": METRICS["npv"].unit,
    "worth_knowing": METRICS["npv"].unit,
    "variance_share": SHARE,
    "defined": SHARE,
    "month": RATIO,
}


def _writer(scenario: Scenario, unit: Unit) -> Callable[[float], str]:
    text = scenario.format

    def write(value: float) -> str:
        return "–" if pd.isna(value) else text.number(value * unit.scale, unit.decimals)

    return write
