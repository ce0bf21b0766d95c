"""The table behind a chart on the page: a dialog with its rows, and their download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.text import in_a_table, literal
from model.operation.log import timed
from model.scenario import Scenario
from model.units import Format
from report.charts.drawing.chart import Chart
from report.files.file_names import stem
from report.tables.chart_table import ChartTable, written
from report.tables.data import csv, csv_form

if TYPE_CHECKING:
    import pandas as pd

_YEARLY, _MONTHLY = "Yearly", "Monthly"
_HEIGHT, _FEW = 400, 12


@st.dialog("Table", width="large")
def table_dialog(chart: Chart[Any], subject: Any) -> None:
    """The table behind a chart, with its download."""
    assert chart.table
    table, scenario, name = chart.table(subject), subject.projection.scenario, chart.file
    st.caption(literal(chart.title))
    if table.monthly:
        period = st.segmented_control(
            "Rows", (_MONTHLY, _YEARLY), default=_YEARLY, required=True, key=f"rows:{chart.name}"
        )
        table, name = table.monthly if period == _MONTHLY else table, f"{name}-{str(period).lower()}"
    shown, right = readable(table, scenario)
    toolbar_room()
    st.dataframe(
        shown, hide_index=True, height="content" if len(table.frame) <= _FEW else _HEIGHT,
        column_config=dict.fromkeys(right, st.column_config.TextColumn(alignment="right")),
    )  # fmt: skip
    if table.caption:
        st.caption(literal(table.caption, 500))
    name = name if chart.group.general else f"{stem(scenario)}-{name}{_drawn_from(subject)}"
    download(partial(table.file, scenario, date.today()), name, scenario)


def _drawn_from(subject: Any) -> str:
    """The seed of a simulation, as an end of a file's name."""
    simulation = getattr(subject, "simulation", None)
    return f"-seed-{simulation.seed}" if simulation else ""


def readable(table: ChartTable, scenario: Scenario) -> tuple[Any, list[str]]:
    """The rows under headings with units, in the scenario's locale; and the headings of figures that are text.

    Numbers of one unit stay numbers, so that a click on their heading sorts them; text are those in their row's.
    """
    import pandas as pd

    cells = table.cells(scenario)
    columns: dict[str, Any] = {}
    formats: dict[Any, Any] = {}
    right = []
    for place, (name, column) in enumerate(zip(table.frame.columns, table.described, strict=True)):
        label, unit = column.title(scenario.currency)
        heading = f"{label} ({unit})" if unit else label
        if column.unit:
            columns[heading] = table.frame[name].to_list()
            formats[heading] = partial(written, scenario.format, column)
            continue
        texts = [f"{cell.text} ({cell.unit})" if cell.unit else cell.text for cell in (row[place] for row in cells)]
        columns[heading] = list(map(in_a_table, texts)) if column.words else texts
        if not column.words:
            right.append(heading)
    return pd.DataFrame(columns).style.format(formats), right


def download(rows: Callable[[Format | None], pd.DataFrame], name: str, *scenarios: Scenario) -> None:
    """A button that saves a table of scenarios as CSV; where the first one's locale has the decimal comma another.

    That one is for its spreadsheets. `rows` makes the table, its words written with a format or as declared.
    """
    text, hashes = scenarios[0].format, [scenario.hash for scenario in scenarios]
    forms: dict[str, Format | None] = {"Download as CSV": None}
    if text.decimal_comma:
        forms["CSV for spreadsheets"] = text
    with st.container(horizontal=True, gap="small"):
        for label, form in forms.items():
            st.download_button(
                label,
                data=partial(_written, rows, form, hashes),
                file_name=f"{name.replace('_', '-')}.csv",
                mime="text/csv",
                on_click="ignore",
                icon=":material/download:",
                help=csv_form(form) if len(forms) > 1 else None,
                key=f"{label}:{name}",
            )


def _written(rows: Callable[[Format | None], pd.DataFrame], form: Format | None, hashes: Sequence[str]) -> bytes:
    with timed("file", *hashes, file="table.csv"):
        return csv(rows(form), form)
