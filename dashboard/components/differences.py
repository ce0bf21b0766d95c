"""What differs between two scenarios, as a table on the screen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.tables import static_table
from model.scenario import Scenario
from report.tables.comparison_tables import differences
from report.tables.document_tables import NOTHING, Cell, Table


def differences_table(one: Scenario, other: Scenario, one_named: str, other_named: str) -> None:
    """The table under the two names, or that nothing differs."""
    table = all_that_differs(one, other)
    if not table.rows:
        st.caption(f"{one_named} and {other_named.lower()} hold the same.")
        return
    static_table(replace(table, headings=(table.headings[0], one_named, other_named)), "What differs")


def all_that_differs(one: Scenario, other: Scenario) -> Table:
    """What differs as in the comparison of scenarios, and names and descriptions too."""
    texts = {"Name": (one.name, other.name), "Description": (one.description, other.description)}
    worded = tuple(
        (Cell(what), *(Cell(text or NOTHING) for text in pair)) for what, pair in texts.items() if len(set(pair)) > 1
    )
    table = differences((one, other))
    return replace(table, rows=worded + table.rows)
