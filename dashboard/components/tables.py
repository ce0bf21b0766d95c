"""Tables on a page: short ones that are read in full, their texts shown as they are; what differs is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.text import literal
from model.scenario import Scenario
from report.tables.comparison_tables import differences
from report.tables.document_tables import NOTHING, Cell, Table

if TYPE_CHECKING:
    import pandas as pd

_LIMIT = 2000
_UNSEEN = "\u200b"
# Streamlit aligns each cell by itself, so that a rule for all of them must insist.
_LEFT, _RIGHT = "left !important", "right !important"


def static_table(table: Table, words: str) -> None:
    """A table of a document on the page, values flush right; `words` name it for those who do not see it."""
    import pandas as pd

    headings = [literal(heading, _LIMIT) for heading in table.headings]
    rows = [_written(table, place) for place in range(len(table.rows))]
    shown = pd.DataFrame(rows, columns=headings)
    shown[headings[0]] = _apart(shown[headings[0]])
    shown = shown.set_index(headings[0])
    if table.caption:
        st.caption(literal(table.caption, _LIMIT))
    # The first column is what rows are called by, and counts no more.
    values = slice(max(table.values_from - 1, 0), table.values_to)
    st.table(_right_aligned(shown, values), alt=words, border="horizontal")


def differences_table(one: Scenario, other: Scenario, one_named: str, other_named: str) -> None:
    """What differs between two scenarios, as a table under the names given, or that nothing does."""
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


def _apart(labels: Iterable[str]) -> list[str]:
    """Labels that are alike told apart, by what nobody sees: a styled table needs that."""
    known: Counter[str] = Counter()
    found = []
    for label in labels:
        found.append(label + known[label] * _UNSEEN)
        known[label] += 1
    return found


def _written(table: Table, place: int) -> list[str]:
    """The cells of a row; headings of rows and totals stand out."""
    texts = [_markdown(cell) for cell in table.rows[place]]
    if place in table.heads:
        return [f":primary[**{text}**]" if text else "" for text in texts]
    return [f"**{text}**" for text in texts] if place in table.totals else texts


def _right_aligned(shown: pd.DataFrame, values: slice) -> Any:
    aligned = [_RIGHT if name in shown.columns[values] else _LEFT for name in shown.columns]
    styles: Any = [{"selector": "tbody th, td", "props": [("vertical-align", "top !important")]}]
    for place, side in enumerate(aligned):
        styles.append({"selector": f"th.col_heading.col{place}", "props": [("text-align", side)]})
    written = shown.style
    for name, side in zip(shown.columns, aligned, strict=True):
        written = written.set_properties([name], **{"text-align": side})
    return written.set_table_styles(styles)


def _markdown(cell: Cell) -> str:
    """A cell's text, its unit beside it and, quieter below, what else there is to say."""
    unit = f", {literal(cell.unit)}" if cell.unit else ""
    small = f"  \n:gray[:small[{literal(cell.small, _LIMIT)}]]" if cell.small else ""
    return literal(cell.text, _LIMIT) + unit + small
