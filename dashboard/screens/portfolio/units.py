"""The units: how a table or scenarios come in, and what is wrong with them."""

from __future__ import annotations

import streamlit as st

from dashboard.components.layout import readable_tags
from dashboard.components.scenario_picker import within_reach
from dashboard.components.text import literal
from dashboard.components.widgets import sheet_choice, table_file
from dashboard.screens.portfolio import answer
from dashboard.screens.portfolio.given import MOST_HERE, GivenUnits, of_library, of_table
from dashboard.session import compute, current, fields, memory, messages
from model.history.importing.data_file import DataFile
from model.operation.log import timed
from model.portfolio.example import example_units
from model.reading.faults import Fault
from report.tables.portfolio.grouped import units_in_words
from report.words.stamp import told_apart

_GIVEN, _FILE, _PASTED, _PICKED, _SHEET = (
    "portfolio given", "portfolio file", "portfolio pasted", "portfolio picked", "portfolio sheet"
)  # fmt: skip
_SOURCE, _SOURCES = "portfolio source", ("File", "Paste", "Scenarios")
_MOST_FAULTS, _LETTERS = 30, 60


def given() -> GivenUnits | None:
    """The units that this session was given, if any."""
    found: GivenUnits | None = memory.kept(_GIVEN, None)
    return found


def draw() -> None:
    """The way in, and what came in."""
    with st.container(border=True, gap="small"):
        memory.show_kept(_SOURCE, _SOURCES[0])
        source = st.segmented_control(
            "Units from", _SOURCES, required=True, key=_SOURCE, on_change=memory.keep_entered, args=(_SOURCE,)
        )
        if source == "File":
            _file()
        elif source == "Paste":
            _paste()
        else:
            _scenarios()
        if found := given():
            _told(found)


def _file() -> None:
    table_file("A row for each brand, market or team (CSV or Excel)", _FILE, _take)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Try the example", icon=":material/science:", on_click=_take_example,
                  help="Eight markets of a group that does not exist")  # fmt: skip
        st.caption("The table stays in this session.", width="content")


def _paste() -> None:
    memory.show_kept(_PASTED, "")
    st.text_area(
        "A table with its heading, as copied from a spreadsheet", key=_PASTED, height=140,
        on_change=memory.keep_entered, args=(_PASTED,), placeholder="name\temployees\tsocial_share_target",
    )  # fmt: skip
    st.button("Read the table", icon=":material/table:", on_click=_take_pasted)


def _scenarios() -> None:
    reach = within_reach(memory.kept(_PICKED, ()))
    words = dict(zip(reach, told_apart(tuple(reach.values()), _LETTERS), strict=True))
    fields.show(_PICKED, [id_ for id_ in memory.kept(_PICKED, ()) if id_ in reach])
    with st.container(gap=None):
        st.multiselect("Scenarios of the library, each a unit", list(reach), key=_PICKED,
                       format_func=words.__getitem__, on_change=memory.keep_entered, args=(_PICKED,),
                       placeholder="Choose scenarios")  # fmt: skip
        readable_tags(key="tags of portfolio")
    if problem := compute.saved().problem:
        st.caption(literal(f"Saved scenarios are missing here. {problem}", 600))
    st.button("Take them as units", icon=":material/library_add:", on_click=_take_picked)


def _take_example() -> None:
    _take(example_units())


def _take_pasted() -> None:
    _take(DataFile("Pasted table", (fields.entered(_PASTED) or "").encode()))


def _take(file: DataFile, sheet: str | None = None) -> None:
    with timed("file read", file="units"):
        memory.keep(_GIVEN, of_table(file, current.scenario(), sheet))
    messages.forget_refused()


def _take_picked() -> None:
    reach = within_reach(memory.kept(_PICKED, ()))
    picked = [reach[id_] for id_ in fields.entered(_PICKED) or () if id_ in reach]
    memory.keep(_GIVEN, of_library(picked, current.scenario()))


def _take_sheet() -> None:
    found = given()
    if found and found.file:
        _take(found.file, fields.entered(_SHEET))


def _take_defaults() -> None:
    if found := given():
        memory.keep(_GIVEN, found.on(current.scenario()))


def _forget() -> None:
    memory.keep(_GIVEN, None)
    answer.forget()


def _told(found: GivenUnits) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        count = units_in_words(len(found.units)) if found.units else "not usable"
        st.markdown(f"**{literal(found.name)}**: {count}", width="content")
        st.button("Remove", icon=":material/close:", type="tertiary", on_click=_forget, help="Forget these units")
    sheet_choice(found.sheets, found.sheet, _SHEET, _take_sheet)
    if found.faults:
        _faults(found)
    if found.file:
        _defaults(found)


def _faults(found: GivenUnits) -> None:
    """Every fault by row and column, as many as can be read."""
    listed = [f"- {literal(_fault(found, fault), 500)}" for fault in found.faults[:_MOST_FAULTS]]
    more = len(found.faults) - _MOST_FAULTS
    if more > 0:
        listed.append(f"- and {more} more")
    text = "\n".join(listed)
    st.error(f"**These units cannot be used like this.**\n\n{text}", icon=":material/block:")


def _fault(found: GivenUnits, fault: Fault) -> str:
    return f"The table {fault.message}" if fault.key == found.name else f"{fault.key}: {fault.message}"


def _defaults(found: GivenUnits) -> None:
    """Where what rows do not say comes from, and the way to take it from the present scenario."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(literal(f"What a row does not say is as in “{found.base.name}”.", 200), width="content")
        if found.base != current.scenario():
            st.button("Take it from the present scenario", type="tertiary", icon=":material/update:",
                      on_click=_take_defaults)  # fmt: skip


def before() -> None:
    """What a table has to hold, before there is one."""
    st.markdown(
        f"**A row for each unit, up to {MOST_HERE:,}**, with a column `name` and one for each assumption that "
        "differs, by its name or label; what a row does not say is as in the present scenario.\n\n"
        "- `currency` and `rate` (1.08@2026-11-01), `weight` (60 % where that part is owned), `tags` with a bar "
        "between them, `least_share` and `most_share`, `notes`.\n"
        "- Faults are told by row and column, all at once.\n"
        "- Nothing of the present scenario changes. A unit becomes the scenario of all screens when you choose it, "
        "and *Undo* takes it back."
    )
