"""The table of other costs and benefits by plan year, on the Assumptions screen."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.layout import toolbar_room
from dashboard.components.text import literal
from dashboard.screens.assumptions import other_rows
from dashboard.screens.assumptions.other_rows import PLACES, cells_of, label_of, rows_of, same, year_key
from dashboard.session import current, fields, memory
from model.other.amounts import MAX_LABEL, SIDES
from model.reading.row_validation import NAME_KEY
from model.scenario import Scenario

_EDITOR, _ROW, _LAID_OUT = "other amounts", "row", "rows of other amounts"
_YEAR_WIDTH = 104


def draw(scenario: Scenario) -> None:
    """The table, closed as long as nothing is stated."""
    stated = [row.name for field in SIDES for row in getattr(scenario, field)]
    title = f"Other costs and benefits by plan year: {literal(', '.join(stated)) if stated else 'none stated'}"
    with st.expander(title, expanded=bool(stated)):
        st.caption(
            f"What no assumption stands for, in {scenario.currency}: nominal, before tax, against holding. An "
            "amount falls in equal parts in the twelve months of its plan year. It counts in every result and file."
        )
        cells = cells_of(scenario, rows_of(scenario, memory.kept(_LAID_OUT, ())))
        shown = pd.DataFrame([{_ROW: label_of(place)} | row for place, row in zip(PLACES, cells, strict=True)])
        key = _key(scenario, cells)
        toolbar_room()
        st.data_editor(
            shown, key=key, hide_index=True, disabled=[_ROW], on_change=_commit, args=(key,),
            column_config=_columns(scenario), placeholder="", height="content",
            alt="Other costs and benefits: names and amounts by plan year can be edited",
        )  # fmt: skip


def _columns(scenario: Scenario) -> dict[str, Any]:
    text, calendar = st.column_config.TextColumn, scenario.calendar()
    years = {
        year_key(year): text(
            f"Year {year}", width=_YEAR_WIDTH, alignment="right",
            help=" – ".join(scenario.format.month(calendar[12 * year - back]) for back in (12, 1)),
        )
        for year in range(1, scenario.horizon_years + 1)
    }  # fmt: skip
    return {
        _ROW: text("", width=130, pinned=True),
        NAME_KEY: text("What it is", width=220, max_chars=MAX_LABEL, help="Goes into every file you export"),
        **years,
    }


def _key(scenario: Scenario, shown: list[dict[str, str]]) -> str:
    """The table's key; a new one where what was typed into it no longer is what its cells say."""
    pending = fields.entered(fields.renewable_key(_EDITOR)) or {"edited_rows": {}}
    if not all(
        same(scenario, column, shown[place].get(column), text)
        for place, cells in pending["edited_rows"].items()
        for column, text in cells.items()
    ):
        fields.renew(_EDITOR)
    return fields.renewable_key(_EDITOR)


def _commit(key: str) -> None:
    typed = fields.entered(key)["edited_rows"]
    scenario = current.scenario()
    found = other_rows.edited(scenario, rows_of(scenario, memory.kept(_LAID_OUT, ())), typed)
    memory.keep(_LAID_OUT, found.rows)
    current.replace_where_legal(found.scenario, found.faults)
