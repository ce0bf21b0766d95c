"""The team by skill area: the table to edit, and the ways into and out of it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.text import literal
from dashboard.screens.skills.rows import SkillsTable, edited, rows_of
from dashboard.session import current, fields, memory, messages
from model.operation.log import timed
from model.reading.faults import ScenarioError
from model.reading.pasted_skills import areas_of_file, pasted_areas
from model.scenario import Scenario
from model.skills.areas import MAX_AREA_NAME, SkillArea
from model.units import RATIO, SHARE
from report.files.file_names import stem
from report.tables.data import csv, skill_areas

_TABLE, _PASTE, _FILE = "skills table", "skills paste", "skills file"
_STAY = "The skills stay as they were"


def draw(areas: tuple[SkillArea, ...], scenario: Scenario) -> None:
    """The table with its tools."""
    _editor(areas, scenario)
    _tools(areas, scenario)


def _editor(areas: tuple[SkillArea, ...], scenario: Scenario) -> None:
    table = _table(areas)
    text = st.column_config.TextColumn
    toolbar_room()
    st.data_editor(
        rows_of(table.start, scenario.format),
        key=table.key,
        num_rows="dynamic",
        height="content",
        on_change=_commit,
        args=(table,),
        alt="Skill areas: weight, part of the team competent today, part wanted",
        column_config={
            "area": text("Area", width=185, required=True, max_chars=MAX_AREA_NAME),
            "importance": text(
                "Weight", width=80, alignment="right", required=True, default="3",
                help="Importance beside the other areas, 0 to 100. Only proportions count, so 1 to 5 will do.",
            ),
            "competent": text(
                "Today", width=80, alignment="right", required=True, default="0 %",
                help="Part of the team that can do this in full today, 0 to 100 %.",
            ),
            "wanted": text(
                "Wanted", width=84, alignment="right", required=True, default="80 %",
                help="Part of the team that should be able to, 0 to 100 %.",
            ),
        },
    )  # fmt: skip


def _table(areas: tuple[SkillArea, ...]) -> SkillsTable:
    """The table that shows these areas.

    It holds its own edits, and would lose its place and focus if each came back as data. So it starts anew, under a
    new key, only where the areas are not those that its edits made, or where it was left.
    """
    table: SkillsTable = memory.kept(_TABLE, SkillsTable())
    if table.made != areas or fields.entered(table.key) is None:
        table = table.anew(areas)
    memory.keep(_TABLE, table)
    return table


def _commit(table: SkillsTable) -> None:
    """Make the legal edits of the table the scenario's skills, and tell the others, which stay typed in it."""
    outcome = edited(table.start, fields.entered(table.key), table.rows)
    scenario = current.scenario()
    # The areas to start from become the company's own only with an edit that is taken.
    changed = scenario if outcome.areas == table.made else scenario.changed(skills=outcome.areas)
    current.replace_where_legal(changed, outcome.faults)
    memory.keep(_TABLE, table._replace(made=outcome.areas, rows=outcome.rows))


def _tools(areas: tuple[SkillArea, ...], scenario: Scenario) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        with (
            st.popover("Paste rows", icon=":material/content_paste:", key="skills-paste"),
            st.form("pasting", border=False, enter_to_submit=False),
        ):
            st.text_area(
                "Rows from a spreadsheet", key=_PASTE, height=200, width=460,
                placeholder="Content creation\t5\t40 %\t80 %",
                help="Area, weight, competent today and wanted; set apart by tabs, semicolons or commas, with "
                "or without a heading. They take the place of all areas.",
            )  # fmt: skip
            st.form_submit_button("Use these rows", on_click=_paste)
        with st.popover("Open CSV", icon=":material/upload:", key="skills-open"):
            key = fields.renewable_key(_FILE)
            st.file_uploader(
                "CSV file of skill areas",
                type=["csv", "txt"],
                key=key,
                max_upload_size=1,
                on_change=_open,
                args=(key,),
            )
        st.download_button(
            "Save CSV",
            data=lambda: _csv(areas, scenario),
            file_name=f"{stem(scenario)}-skills.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        if scenario.skills:
            st.button("Start again", on_click=_take, args=((),), help="Back to the eight areas to start from")


def _csv(areas: tuple[SkillArea, ...], scenario: Scenario) -> bytes:
    with timed("file", scenario.hash, file="skills.csv"):
        return csv(skill_areas(areas, scenario, date.today()))


def _take(areas: tuple[SkillArea, ...]) -> None:
    current.replace(current.scenario().changed(skills=areas))


def _take_read(areas: tuple[SkillArea, ...]) -> None:
    """Take areas that were read from text, and say how the first was understood: 0.4 may be meant as 0.4 %."""
    _take(areas)
    text, first = current.scenario().format, areas[0]
    count = f"{len(areas)} areas are" if len(areas) > 1 else "One area is"
    shares = f"{text.plain(first.competent, SHARE)} today, {text.plain(first.wanted, SHARE)} wanted"
    messages.announce(f"{count} read; {literal(first.name)}: weight {text.plain(first.importance, RATIO)}, {shares}")


def _paste() -> None:
    try:
        _take_read(pasted_areas(fields.entered(_PASTE) or ""))
        fields.show(_PASTE, "")
    except ScenarioError as error:
        messages.refuse(_STAY, error)


def _open(key: str) -> None:
    uploaded = fields.entered(key)
    if uploaded is None:
        return
    try:
        with timed("file read", file="skills.csv"):
            areas = areas_of_file(uploaded.getvalue())
        _take_read(areas)
    except ScenarioError as error:
        messages.refuse(f"The file {literal(uploaded.name)} is not opened; the skills stay as they were", error)
    fields.renew(_FILE)
