"""The actuals of a plan on the page: whose they are, a file of them, a table to type them into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.text import literal
from dashboard.components.widgets import sheet_choice, table_file
from dashboard.screens.decide import actual_rows
from dashboard.session import account, compute, current, fields, memory, messages
from dashboard.shell import library_actions
from library.errors import LibraryError
from library.store import Right
from library.tracking.actuals import TrackedPlan, post, tracked_plans
from model.history.importing.data_file import DataFile
from model.history.importing.read import read_table
from model.operation.log import timed
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.track.actuals import Actual
from model.track.gates_due import GateMark
from model.track.importing import read_actuals, template
from model.track.measures import MEASURES
from report.files.file_names import stem
from report.tables.data import csv
from report.words.stamp import shortened

_PLAN, _FILE, _TABLE, _KEPT = "tracked plan", "actuals file", "actuals table", "actuals tried"
_WORKBOOK, _SHEET = "actuals workbook", "actuals sheet"
_TRIED = "on the screen"
_ADDED = (
    "These rows were added to those already there, the newer value for the older; to begin anew, empty the table "
    "and take what is typed."
)
_STAY = "The actuals stay as they were"


@dataclass(frozen=True)
class Chosen:
    """A plan whose actuals are shown: an approved version of the library, or the one on the screen, to try it.

    `damage` says why what was posted cannot be read; there are no actuals then, and they can be posted anew.
    """

    scenario: Scenario
    actuals: tuple[Actual, ...]
    approved: TrackedPlan | None = None
    damage: str = ""
    marks: tuple[GateMark, ...] = ()

    @property
    def may_edit(self) -> bool:
        """Whether who looks at it may post of it."""
        return self.approved is None or account.may(Right.EDIT)


def chosen() -> Chosen:
    """The plan that is tracked, chosen among the approved versions. Raises LibraryError and ScenarioError."""
    plans, problem = _approved()
    names = {f"{plan.version.entry} {plan.version.number}": plan for plan in plans}
    default = next(iter(names), _TRIED)
    if memory.kept(_PLAN, default) not in {*names, _TRIED}:
        memory.keep(_PLAN, default)
    memory.show_kept(_PLAN, default)
    picked = st.selectbox(
        "Plan", [*names, _TRIED], key=_PLAN, on_change=memory.keep_entered, args=(_PLAN,),
        format_func=lambda name: _named(names.get(name)),
    )  # fmt: skip
    if problem:
        st.caption(literal(problem, 500))
    if picked in names:
        return _posted(names[picked])
    scenario = current.scenario()
    source, tried, marks = memory.kept(_KEPT, (None, (), ()))
    return Chosen(scenario, tried, marks=marks) if source == scenario else Chosen(scenario, ())


def _posted(plan: TrackedPlan) -> Chosen:
    scenario = plan.scenario
    try:
        return Chosen(scenario, plan.actuals, plan, marks=plan.marks)
    except (LibraryError, ScenarioError) as error:
        return Chosen(scenario, (), plan, str(error))


def _approved() -> tuple[Sequence[TrackedPlan], str]:
    """The approved versions with their actuals, also those after which the entry was saved again; or why not."""
    try:
        return tracked_plans(compute.library()), ""
    except LibraryError as error:
        return (), str(error)


def _named(plan: TrackedPlan | None) -> str:
    if plan is None:
        return "The plan on the screen, to try: not approved, kept in this session only"
    return f"{shortened(plan.version.name)}, approved version {plan.version.number}"


def draw(of: Chosen) -> None:
    """A field for a file and a table of what is known, to be typed into; before them what is damaged."""
    if of.damage:
        st.error(literal(of.damage, 1000), icon=":material/block:")
    if not of.may_edit:
        st.caption("Who may edit posts actuals; you see what came of them.")
        return
    with st.expander("Actuals: drop a file or type them", expanded=not of.actuals):
        st.download_button(
            "Template as CSV", data=lambda: _template(of.scenario), file_name=f"{stem(of.scenario)}-actuals.csv",
            mime="text/csv", on_click="ignore", icon=":material/download:",
            help="The plan's months and a column for all that can be given, named as it is read. "
            "What was not measured stays blank.",
        )  # fmt: skip
        label = "A row a month, a column a measure, as in the template (CSV or Excel)"
        table_file(label, _FILE, partial(_take_file, of))
        _pending(of)
        table = fields.renewable_key(_TABLE)
        toolbar_room()
        typed = st.data_editor(
            pd.DataFrame(actual_rows.cells_of(of.scenario, of.actuals), columns=[*actual_rows.COLUMNS]),
            key=table, hide_index=True, num_rows="dynamic", column_config=_columns(), height=260,
            alt="Actuals: month, what was measured, its value and what it is given with can be edited",
        )  # fmt: skip
        # No callback: it would be given the table as it was before a cell that is left by this very click.
        if st.button("Take what is typed", icon=":material/check:"):
            _take_typed(of, typed)
            st.rerun()


def _template(scenario: Scenario) -> bytes:
    with timed("file", scenario.hash, file="actuals.csv"):
        return csv(template(scenario), scenario.format)


def _columns() -> dict[str, Any]:
    text = st.column_config.TextColumn
    return {
        "month": text("Month", width=70, help="As the plan counts them, from 1"),
        "measure": st.column_config.SelectboxColumn(
            "What was measured", options=[item.label for item in MEASURES.values()], width=260
        ),
        "value": text("Value", width=120, alignment="right"),
        "beside": text("± or people tested", width=150, alignment="right",
                       help="Of a test its standard error; of a skills test how many people it took"),
    }  # fmt: skip


def _take_file(of: Chosen, file: DataFile) -> None:
    """Take a file's actuals; of a workbook with several sheets once it is said which."""
    memory.keep(_WORKBOOK, None)
    try:
        table = read_table(file)
    except ScenarioError as error:
        messages.refuse(_STAY, error)
        return
    if len(table.grid.sheets) > 1:
        memory.keep(_WORKBOOK, (of.scenario, file, table.grid.sheets, table.grid.sheet))
        messages.forget_refused()
    else:
        _take_sheet(of, file, None)


def _pending(of: Chosen) -> None:
    """A workbook whose sheet is still to be chosen."""
    scenario, file, sheets, sheet = memory.kept(_WORKBOOK, None) or (None, None, (), "")
    if scenario != of.scenario or file is None:
        return
    st.markdown(f"**{literal(file.name)}** has {len(sheets)} sheets: which holds the actuals?")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sheet_choice(sheets, sheet, _SHEET, _choose_sheet)
        st.button("Take this sheet", icon=":material/check:", on_click=_take_sheet, args=(of, file, sheet))
        st.button("Leave it", type="tertiary", on_click=memory.keep, args=(_WORKBOOK, None))


def _choose_sheet() -> None:
    *rest, _ = memory.kept(_WORKBOOK, None)
    memory.keep(_WORKBOOK, (*rest, fields.entered(_SHEET)))


def _take_sheet(of: Chosen, file: DataFile, sheet: str | None) -> None:
    try:
        with timed("file read", file="actuals"):
            read = read_actuals(file, of.scenario, sheet)
    except ScenarioError as error:
        messages.refuse(_STAY, error)
        return
    added = [_ADDED] if of.actuals else []
    if _take(of, actual_rows.with_newer(of.actuals, read.actuals), " ".join([*added, *read.told])):
        memory.keep(_WORKBOOK, None)


def _take_typed(of: Chosen, typed: pd.DataFrame) -> None:
    rows = [dict(zip(typed.columns, cells, strict=True)) for cells in typed.fillna("").itertuples(index=False)]
    try:
        _take(of, actual_rows.read(of.scenario, rows))
    except ScenarioError as error:
        messages.refuse(_STAY, error)


def _take(of: Chosen, actuals: Sequence[Actual], news: str = "") -> bool:
    if not keep(of, actuals, of.marks, _STAY):
        return False
    fields.renew(_TABLE)
    if news:
        messages.announce(literal(news, 500))
    return True


def keep(of: Chosen, actuals: Sequence[Actual], marks: Sequence[GateMark], refused: str) -> bool:
    """Post what is known of an approved plan, or keep what is tried, and say so; whether that was done."""
    if of.approved is None:
        memory.keep(_KEPT, (of.scenario, tuple(actuals), tuple(marks)))
        messages.forget_refused()
        return True
    with library_actions.told(refused):
        post(compute.library(), of.approved, actuals, author=library_actions.author(), marks=marks)
        return True
    return False
