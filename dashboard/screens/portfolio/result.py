"""What came of a group: the table of its units, the pictures, the budget moved, and the way into a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid, toolbar_room
from dashboard.components.text import in_a_table, literal
from dashboard.screens.portfolio.answer import GroupAnswer
from dashboard.screens.portfolio.question import told
from dashboard.session import current, fields, memory
from model.portfolio.allocation.words import split_in_words
from model.reading.texts import as_shown
from model.units import RATIO, SHARE
from report.charts.portfolio import before_after, drivers, group_cash, risk_return
from report.tables.document_tables import NOTHING
from report.tables.portfolio.grouped import Grouped
from report.tables.portfolio.rows import unit_rows
from report.tables.portfolio.warnings import MOST_TOLD, failed_in_words, warned, warnings_in_words

_UNIT = "portfolio unit"
_CASH = "Cash"
_MOST_SHOWN, _TALL, _MOST_TOLD, _MANY = 12, 460, 200, 100


def refused(answer: GroupAnswer) -> None:
    """Why nothing, or no split, came of it."""
    if answer.faults:
        what = "No split of the budget keeps these limits" if answer.found else "The group cannot be computed"
        listed = "\n".join(f"- {literal(told(fault), 500)}" for fault in answer.faults)
        st.error(f"**{what}.**\n\n{listed}", icon=":material/block:")


def draw(of: Grouped, answer: GroupAnswer) -> None:
    """Everything that came of a group."""
    _failed(of)
    _warnings(of)
    st.markdown("## Units, by what their next unit of money returns")
    _table(of)
    _drill(of, answer)
    with chart_grid():
        card(risk_return.CHART, of)
        if of.allocation:
            card(before_after.CHART, of)
    if of.allocation:
        st.markdown("## One budget, moved")
        st.markdown("\n".join(f"- {literal(line, 500)}." for line in split_in_words(of.allocation)))
    st.markdown("## How sure, and what it hangs on")
    with chart_grid():
        card(group_cash.CHART, of)
        card(drivers.VARIANCE, of)
    card(drivers.TORNADO, of)


def _failed(of: Grouped) -> None:
    if lost := failed_in_words(of):
        st.warning(_listed(lost), icon=":material/warning:")


def _warnings(of: Grouped) -> None:
    """What to beware of in the units: a warning of many is a line, with their names in a box."""
    if not warned(of):
        return
    st.warning(_listed(warnings_in_words(of)), icon=":material/warning:")
    many = [one for one in warned(of)[:MOST_TOLD] if one.counted]
    if many:
        with st.expander("The units of these warnings"):
            names = [f"{one.sentence.split(':')[0]}: {', '.join(one.names[:_MOST_TOLD])}" for one in many]
            st.markdown(_listed(names, 8000))


def _listed(lines: Sequence[str], letters: int = 700) -> str:
    return "\n".join(f"- {literal(line, letters)}" for line in lines)


def _table(of: Grouped) -> None:
    """A row a unit with its cash as a line; a click on a heading sorts."""
    import pandas as pd

    rows, text = unit_rows(of), of.text
    frame = rows.frame
    # Of many units quarters are enough for a line of this size.
    step = 1 if len(frame) <= _MANY else 3
    cash = [[round(one.factor * value) for value in (0.0, *one.cash)[::step]] for one in of.group.by_next_unit]
    found: dict[str, Any] = {
        "Unit": [in_a_table(name) for name in frame["unit"]],
        "Next unit returns": frame["next_unit"].to_list(),
        _CASH: cash,
        f"Mean NPV ({of.currency})": frame["npv"].to_list(),
        "Odds of a gain": frame["odds"].to_list(),
        "Of the variance": frame["variance"].to_list(),
    }
    writers: dict[Any, Any] = {
        "Next unit returns": lambda value: text.number(value, 3),
        f"Mean NPV ({of.currency})": lambda value: text.rounded(value, RATIO),
        **dict.fromkeys(("Odds of a gain", "Of the variance"), lambda value: text.rounded(value, SHARE)),
    }
    if of.allocation:
        parts = {part.name: part for part in of.allocation.parts}
        changes = f"Budget moved ({of.currency})"
        found[changes] = [
            parts[name].budget - parts[name].budget_today if name in parts else None for name in frame["unit"]
        ]
        writers[changes] = lambda value: text.signed(value, RATIO)
    toolbar_room()
    st.dataframe(
        pd.DataFrame(found).style.format(writers, na_rep=NOTHING), hide_index=True, alt="Units of the group",
        height="content" if len(frame) <= _MOST_SHOWN else _TALL,
        column_config={_CASH: st.column_config.LineChartColumn(
            width="small", help=f"Mean cumulative net cash against holding by month, {of.currency}"
        )},
    )  # fmt: skip
    st.caption(
        "Next unit returns: what one more unit of social budget adds to the mean net present value (NPV). Amounts "
        "are the group’s part."
    )


def _drill(of: Grouped, answer: GroupAnswer) -> None:
    """The choice of a unit, and the button that makes it the scenario of all screens."""
    names = [one.name for one in of.group.by_next_unit]
    units = {unit.name: unit for unit in answer.given.units}
    if memory.kept(_UNIT, None) not in names:
        memory.keep(_UNIT, names[0])
    memory.show_kept(_UNIT, names[0])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox("Look into a unit", names, key=_UNIT, format_func=as_shown,
                              on_change=memory.keep_entered, args=(_UNIT,), width=300)  # fmt: skip
        same = units[chosen].scenario == current.scenario()
        st.button("Make it the scenario of all screens", icon=":material/zoom_in:", disabled=same,
                  on_click=_take_unit, args=(answer,))  # fmt: skip
    if same:
        st.success(literal(f"“{chosen}” is the scenario of all screens. Undo in the sidebar takes it back.", 300),
                   icon=":material/check:")  # fmt: skip
    elif units[chosen].notes:
        st.caption(literal(units[chosen].notes, 1000))


def _take_unit(answer: GroupAnswer) -> None:
    chosen = fields.entered(_UNIT)
    unit = next((unit for unit in answer.given.units if unit.name == chosen), None)
    if unit:
        current.start_from(unit.scenario)
