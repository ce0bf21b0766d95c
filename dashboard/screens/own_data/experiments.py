"""The company's own tests on the page: a file of them, a table to type them into, and what is wrong with a row."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.text import literal
from dashboard.components.widgets import table_file
from dashboard.screens.own_data import experiment_rows
from dashboard.screens.own_data.experiment_rows import CHANNELS, COLUMNS, Row
from dashboard.session import current, fields, memory, messages
from model.history.experiments.experiment import Experiment
from model.history.experiments.table import read_experiments
from model.history.importing.data_file import DataFile
from model.operation.log import timed
from model.reading.faults import Fault, ScenarioError
from report.tables.own_data_tables import sentence

_FILE, _TABLE = "tests file", "tests table"
# The rows as they stand, those that the table was laid out with, those that are used, and what was said of a file.
_ROWS, _LAID_OUT, _USED, _TOLD = "tests rows", "tests laid out", "tests used", "tests told"
# Whether rows that cannot be used are told: once they were asked to be.
_ASKED = "tests asked"


def used() -> tuple[Experiment, ...]:
    """The tests that this session learns from."""
    found: tuple[Experiment, ...] = memory.kept(_USED, ((), ()))[1]
    return found


def draw() -> None:
    """A field for a file, and a table of all tests, to be typed into."""
    count = len(used())
    title = (
        f"Tests of your own: {count} used" if count else "Tests of your own: lift and geo tests, if there are any"
    )
    with st.expander(title, expanded=bool(memory.kept(_ROWS, ()))):
        st.caption("A test counts beside a history or alone. What tests tell of a belief has grade A, experiment.")
        rows = _typed()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Use these tests", icon=":material/check:", on_click=_use, args=(rows,),
                      disabled=_filled(rows) == memory.kept(_USED, ((), ()))[0])  # fmt: skip
            if told := memory.kept(_TOLD, ()):
                st.caption(literal(" ".join(map(sentence, told)), 1000), width="content")
        if memory.kept(_ASKED, False) and (faults := _faults(rows)):
            listed = "\n".join(f"- {literal(f'The {fault.key} {fault.message}', 500)}" for fault in faults)
            st.error(f"**The tests cannot be used like this.**\n\n{listed}", icon=":material/block:")
        table_file("A row for each test (CSV or Excel)", _FILE, _take_file)


def _typed() -> tuple[Row, ...]:
    """The table; returns its rows, which stay while other screens are shown."""
    key = fields.renewable_key(_TABLE)
    if fields.entered(key) is None:
        memory.keep(_LAID_OUT, memory.kept(_ROWS, ()))
    toolbar_room()
    typed = st.data_editor(
        pd.DataFrame(memory.kept(_LAID_OUT, ()), columns=[*COLUMNS], dtype=str), key=key, hide_index=True,
        num_rows="dynamic", column_config=_columns(), height="content",
        alt="Tests: what was changed, when, by how much and what came of it can be edited",
    )  # fmt: skip
    rows = experiment_rows.rows_of(typed.fillna("").itertuples(index=False, name=None))
    memory.keep(_ROWS, rows)
    return rows


def _columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "channel": st.column_config.SelectboxColumn("Changed", options=[*CHANNELS.values()], width=120),
        "from": text("From", width=92, help="The first day, 2024-03-04; or how long it ran: 8 weeks"),
        "to": text("To", width=92, help="The last day, 2024-04-28"),
        "spend": text("Spend before", width=105, alignment="right",
                      help="In the tested part over the test, had nothing been changed"),
        "extra": text("Extra spend", width=98, alignment="right", help="Below zero where spend was cut"),
        "revenue": text("Extra revenue", width=110, alignment="right", help="Below zero where it was lost"),
        "error": text("± or interval", width=112, alignment="right",
                      help="Standard error: 9000; or interval: 12000 to 48000, of 95 % unless you add 90 %"),
        "share": text("Share", width=76, alignment="right",
                      help="How large a part of the business was tested: 20 %. Empty: spend there is as today"),
        "weeks_after": text("Weeks after", width=96, alignment="right",
                            help="For how many weeks after the test revenue was still counted"),
    }  # fmt: skip


def _filled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(row for row in rows if any(row))


def _faults(rows: tuple[Row, ...]) -> tuple[Fault, ...]:
    try:
        experiment_rows.read(current.scenario(), rows)
    except ScenarioError as error:
        return tuple(error.faults)
    return ()


def _use(rows: tuple[Row, ...]) -> None:
    """Learn from the tests of these rows, if all can be used; else say why from now on, and keep to those before."""
    try:
        read = experiment_rows.read(current.scenario(), rows)
    except ScenarioError:
        memory.keep(_ASKED, True)
        return
    memory.keep(_ASKED, False)
    memory.keep(_USED, (_filled(rows), read))
    if not read:
        memory.keep(_TOLD, ())


def _take_file(file: DataFile) -> None:
    """Put the tests of a file below those that are there, and use all."""
    try:
        with timed("file read", file="tests"):
            read = read_experiments(file)
    except ScenarioError as error:
        messages.refuse(f"The file {literal(file.name)} is not used; the tests stay as they were", error)
        return
    messages.forget_refused()
    rows = (*_filled(memory.kept(_ROWS, ())), *experiment_rows.cells_of(current.scenario(), read.experiments))
    memory.keep(_ROWS, rows)
    memory.keep(_TOLD, read.told)
    fields.renew(_TABLE)
    _use(rows)
