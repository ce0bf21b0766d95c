"""The Assumptions screen: the table of every input, edited in place, with ranges, notes and correlations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.browser import is_narrow
from dashboard.components.layout import heading, toolbar_room
from dashboard.components.text import literal
from dashboard.components.widgets import path_input
from dashboard.screens.assumptions import other
from dashboard.screens.assumptions import table as table
from dashboard.screens.assumptions.correlations import correlations
from dashboard.screens.assumptions.details import details, reset, take
from dashboard.session import compute, current, edits, fields, memory, messages
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS, SECTIONS, Distribution
from model.evidence.sources import GRADES_IN_WORDS
from model.reading.scenario_validation import MAX_TEXT
from model.scenario import Scenario
from report.words.headings import what_it_turns_on

_EDITOR, _DETAILS, _RESET, _OPEN, _ASKED = "assumptions", "details", "reset", "details of", "details asked for"
_ROW_HEIGHT, _MOST_ROWS = 35, 14
_MEANING_OF_ENDS = ("The lowest that is plausible", "The likeliest", "The highest that is plausible")
_MIN_YEAR = 140
_ORDER = (
    table.LABEL, table.VALUE, table.UNIT, table.GRADE, *table.ENDS, table.CHANGED, _DETAILS, _RESET,
    table.DISTRIBUTION, table.START, table.NOTE, table.KIND, table.SOURCE,
)  # fmt: skip


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    heading(
        what_it_turns_on(projection, compute.material(scenario).bars),
        "What is assumed, how sure and why: type over a cell and every number follows. Low, likely and high say how "
        "uncertain a value is.",
    )
    notices.warnings(projection)
    names = _filters(scenario)
    if asked := memory.kept(_ASKED, None):
        memory.keep(_ASKED, None)
        details(asked)
    if names:
        _table(scenario, names)
    else:
        st.info("No assumption fits these filters. Clear the search or choose another section.")
    st.caption(GRADES_IN_WORDS)
    if scenario.values["ramp_shape"] == "custom":
        _path(scenario)
    other.draw(scenario)
    correlations(scenario)
    notices.footer(projection)


def _filters(scenario: Scenario) -> tuple[str, ...]:
    """The controls above the table, and the assumptions they leave."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        section = st.selectbox(
            "Section", (table.EVERYWHERE, *SECTIONS), key="section", width=190, persist_state="session"
        )
        words = st.text_input(
            "Search", key="search", placeholder="Part of a name", width=190, persist_state="session"
        )
        changed_only = st.toggle("Changed only", key="changed only", persist_state="session")
        st.button(
            "Reset all",
            icon=":material/restart_alt:",
            on_click=_reset_all,
            disabled=edits.all_restored(scenario, current.base()) == scenario,
            help=f"Values, ranges, notes, correlations and other amounts as in {literal(current.base().name)}",
        )
        # Beside the buttons of the table, which no key presses.
        st.selectbox(
            "Details of",
            ASSUMPTIONS,
            index=None,
            key=_OPEN,
            format_func=lambda name: ASSUMPTIONS[name].label,
            placeholder="Choose an assumption",
            on_change=_ask_for_chosen,
            width=240,
        )
    return table.chosen(scenario, current.base(), str(section), words, changed_only)


def _table(scenario: Scenario, names: tuple[str, ...]) -> None:
    rows = {name: table.row(scenario, current.base(), name) for name in names}
    key = _editor_key(scenario, rows)
    shown = pd.DataFrame(rows.values(), index=list(names))
    shown[_DETAILS] = ":material/info: Details"
    shown[_RESET] = [":material/undo: Reset" if row[table.CHANGED] else "" for row in rows.values()]
    toolbar_room()
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        column_order=_ORDER,
        height=_ROW_HEIGHT * (1 + min(len(names), _MOST_ROWS)) + 3,
        column_config=_columns(names),
        disabled=[column for column in shown.columns if column not in table.EDITABLE],
        on_change=_commit,
        args=(key, names),
        placeholder="",
        alt="Assumptions: value, range, distribution and note can be edited",
    )


def _columns(names: tuple[str, ...]) -> Mapping[str, Any]:
    column = st.column_config
    ends = {
        end: column.TextColumn(end, width=74, alignment="right", help=meaning)
        for end, meaning in zip(table.ENDS, _MEANING_OF_ENDS, strict=True)
    }
    return {
        table.LABEL: column.TextColumn(pinned=True, width=150 if is_narrow() else 285),
        _DETAILS: column.ButtonColumn(
            "", width=84, type="tertiary", key=_DETAILS, on_click=_ask_for_row, args=(names,)
        ),
        _RESET: column.ButtonColumn("", width=84, type="tertiary", key=_RESET, on_click=_reset, args=(names,)),
        table.VALUE: column.TextColumn(width=84, alignment="right", help="In the unit beside it"),
        table.UNIT: column.TextColumn(width=90),
        **ends,
        table.DISTRIBUTION: column.SelectboxColumn(
            width=105,
            options=[kind.value for kind in Distribution],
            format_func=lambda kind: Distribution(str(kind)).words,
            help=table.DISTRIBUTION_HELP,
        ),
        table.CHANGED: column.TextColumn(width=92, help="What differs from the scenario you started from"),
        table.START: column.TextColumn(width=110, alignment="right", help="The value you started from"),
        table.NOTE: column.TextColumn(width=260, max_chars=MAX_TEXT, help="Goes into every file you export"),
        table.GRADE: column.TextColumn(width=70, help="How good the evidence is; see below the table"),
        table.KIND: column.TextColumn(width=90, help="A decision takes no range"),
        table.SOURCE: column.TextColumn(width=180),
    }


def _editor_key(scenario: Scenario, rows: Mapping[str, table.Cells]) -> str:
    """The table's key; a new one where what was typed into it no longer is what its cells say."""
    pending = fields.entered(fields.renewable_key(_EDITOR)) or {"edited_rows": {}}
    names = list(rows)
    for place, cells in pending["edited_rows"].items():
        name = names[place] if place < len(names) else ""
        if not all(name and table.same(scenario, name, c, text, rows[name][c]) for c, text in cells.items()):
            fields.renew(_EDITOR)
            break
    return fields.renewable_key(_EDITOR)


def _commit(key: str, names: tuple[str, ...]) -> None:
    typed = fields.entered(key)["edited_rows"]
    take(table.edited(current.scenario(), {names[place]: cells for place, cells in typed.items()}))


def _ask_for_row(names: tuple[str, ...]) -> None:
    _ask_for(names[fields.entered(_DETAILS)["row"]])


def _ask_for_chosen() -> None:
    if chosen := fields.entered(_OPEN):
        _ask_for(chosen)
        fields.show(_OPEN, None)


def _ask_for(name: str) -> None:
    """Have the details of an assumption shown on the next drawing; older refusals are settled by that."""
    memory.keep(_ASKED, name)
    messages.forget_refused()


def _reset(names: tuple[str, ...]) -> None:
    reset(names[fields.entered(_RESET)["row"]])


def _reset_all() -> None:
    current.replace(edits.all_restored(current.scenario(), current.base()))


def _path(scenario: Scenario) -> None:
    """The custom path: one planned share per year-end."""
    st.markdown("## Custom path: planned social share at each year-end (%)")
    calendar = scenario.calendar()
    with st.grid(5, min_column_width=_MIN_YEAR):
        for year in range(1, scenario.horizon_years + 1):
            last_month = calendar[12 * year - 1]
            path_input(year, f"End of {scenario.format.month(last_month)}", scenario)
    st.caption("Months in between lie on straight lines.")
