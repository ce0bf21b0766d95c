"""The file of a history: how it comes in, which column is what, and which rows are used."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart_table import readable
from dashboard.components.layout import readable_tags, toolbar_room
from dashboard.components.text import literal
from dashboard.components.widgets import sheet_choice, table_file
from dashboard.screens.own_data.given import NEEDED, ONE_COLUMN, ROLES, GivenFile, opened
from dashboard.session import current, fields, memory, messages
from model.history.example import example_history
from model.history.importing.data_file import DataFile
from model.history.importing.history import OwnHistory
from model.operation.log import timed
from model.reading.faults import Fault, ScenarioError
from model.reading.texts import as_shown
from model.scenario import Scenario
from report.tables.chart_table import ChartTable
from report.tables.own_data_tables import rows_set_aside, rows_used, sentence, understood

_GIVEN, _FILE, _SHOWN = "own data file", "own data", "own data rows"
_HELP = {
    "date": "The day, week or month of each row",
    "social": "What was spent on social media, in one column or several, which are added up",
    "other": "What was spent on all other marketing, added up",
    "control": "What else moves revenue: prices, promotions, competitors, events as words",
    "people": "How many people the company employs: for its own figures only",
}
_SHEET = "own data sheet"
_MOST_SHOWN, _TALL = 9, 340


def given() -> GivenFile | None:
    """The file that this session was given, if any."""
    found: GivenFile | None = memory.kept(_GIVEN, None)
    return found


def draw(file: GivenFile | None) -> None:
    """The field for a file, and once there is one its columns."""
    with st.container(border=True, gap="small"):
        _field()
        if file:
            _columns(file)


def _field() -> None:
    table_file("Revenue and spend by week or month (CSV or Excel)", _FILE, _take)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Try the example", icon=":material/science:", on_click=_take_example,
                  help="156 weeks of a company that does not exist, made by the model itself")  # fmt: skip
        st.caption("The file stays in this session; only ranges go into the scenario.", width="content")


def _take_example() -> None:
    _take(example_history())


def _take(file: DataFile, sheet: str | None = None) -> None:
    """Take a file that holds a table; the one before stays where it does not."""
    try:
        with timed("file read", file="history"):
            memory.keep(_GIVEN, opened(file, given(), sheet))
        messages.forget_refused()
    except ScenarioError as error:
        stays = "; the one before stays" if given() else ""
        reasons = [f"It {fault.message}" for fault in error.faults]
        messages.refuse_for(f"The file {literal(file.name)} is not used{stays}", reasons)


def _take_sheet() -> None:
    if file := given():
        _take(file.file, fields.entered(_SHEET))


def _forget() -> None:
    memory.keep(_GIVEN, None)


def _columns(file: GivenFile) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{literal(file.file.name)}**", width="content")
        st.button("Remove", icon=":material/close:", type="tertiary", on_click=_forget,
                  help="Forget the file; ranges that were taken over stay")  # fmt: skip
    _told(file)
    sheet_choice(file.sheets, file.sheet, _SHEET, _take_sheet)
    with st.grid(3, min_column_width=130):
        for role in ONE_COLUMN:
            key = _key(role)
            fields.show(key, next(iter(file.mapping[role]), None))
            st.selectbox(ROLES[role], file.heading, index=None, key=key, format_func=as_shown, on_change=_map,
                         args=(role,), placeholder="Choose" if role in NEEDED else "None", help=_HELP.get(role),
                         )  # fmt: skip
    several = [role for role in ROLES if role not in ONE_COLUMN]
    for role in several:
        key = _key(role)
        fields.show(key, [*file.mapping[role]])
        # What has no height of its own leaves no gap either.
        with st.container(gap=None):
            st.multiselect(ROLES[role], file.heading, key=key, format_func=as_shown, on_change=_map,
                           args=(role,), placeholder="None",                           help=_HELP[role])  # fmt: skip
            if role == several[-1]:
                readable_tags(key="tags of own data")


def _key(role: str) -> str:
    return f"own data {role}"


def _map(role: str) -> None:
    """Give a role the columns that were chosen for it."""
    file, chosen = given(), fields.entered(_key(role))
    if file:
        names = chosen if isinstance(chosen, list) else [chosen] if chosen else []
        memory.keep(_GIVEN, file.mapped(role, names))


def _told(file: GivenFile) -> None:
    """What was understood of the file, or why it cannot be used."""
    if file.history is None:
        listed = "\n".join(f"- {literal(_fault(file, fault), 500)}" for fault in file.faults)
        st.error(f"**The file cannot be used like this.**\n\n{listed}", icon=":material/block:")
        return
    told = (understood(file.history), *map(sentence, file.history.told))
    st.caption("  \n".join(literal(one, 500) for one in told))


def _fault(file: GivenFile, fault: Fault) -> str:
    """A fault under the name of the field that it is about."""
    if fault.key == file.file.name:
        return f"The file {fault.message}"
    return f"{ROLES.get(fault.key.removeprefix('--'), fault.key)}: {fault.message}"


def rows(history: OwnHistory) -> None:
    """The rows that are used and those that are set aside, a table at a time."""
    aside = len(history.set_aside)
    used = f"{history.periods} rows used"
    st.markdown("## Rows of the file")
    shown = st.segmented_control(
        "Rows", (used, f"{aside} set aside"), default=used, required=True, key=_SHOWN, label_visibility="collapsed"
    )
    if shown == used:
        _table(rows_used(history), current.scenario(), "Rows used")
    elif aside:
        _table(rows_set_aside(history), current.scenario(), "Rows set aside")
    else:
        st.caption("No row was set aside.")


def _table(table: ChartTable, scenario: Scenario, words: str) -> None:
    found, right = readable(table, scenario)
    toolbar_room()
    st.dataframe(
        found, hide_index=True, alt=words,
        height="content" if len(table.frame) <= _MOST_SHOWN else _TALL,
        column_config=dict.fromkeys(right, st.column_config.TextColumn(alignment="right")),
    )  # fmt: skip
