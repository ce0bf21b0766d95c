"""The contract of a plan that is tracked: its gates with what they saw, marks that a person types, its file."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from dashboard.components.text import literal
from dashboard.screens.decide import actuals
from dashboard.screens.decide.actuals import Chosen
from dashboard.screens.decide.fitting import fitting_table
from dashboard.session import compute, fields, memory, messages
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule
from model.stages.contract import day_of, marking_day
from model.track.gates_due import GateMark, checked_marks
from model.track.tracked import Tracked
from report.files.file_names import stem
from report.tables.tracked.tables import gates_due

_GATE, _VALUE, _DAY = "gate marked", "gate measured", "gate measured on"
_STAYS = "The gate stays as it was"


def draw(of: Chosen, found: Tracked) -> None:
    """The gates and the contract that they make; nothing of a plan without gates."""
    if not found.gates:
        return
    text, fixed = found.scenario.format, _fixed_on(of)
    st.markdown("## What would change our mind")
    fitting_table(gates_due(found, fixed), "Gates of the plan, met or not", (0, 2, 3, 4), (0, 4))
    since = f"Fixed when version {of.approved.version.number} was approved, on" if of.approved else "As of"
    st.caption(f"{since} {literal(text.day(fixed))}, for the plan with the hash {found.scenario.hash}.")
    if of.may_edit:
        _form(of, found)
    if found.scenario.gates:
        st.download_button(
            "Contract, marked, as JSON", data=partial(compute.marked_contract, found, fixed),
            file_name=f"{stem(found.scenario)}-contract.json", mime="application/json", on_click="ignore",
            icon=":material/download:",
            help="With the odds of each gate as the plan had them, and what was measured since.",
        )  # fmt: skip


def _fixed_on(of: Chosen) -> date:
    """The day of the approval; of a plan that is tried today."""
    return date.fromisoformat(of.approved.version.since[:10]) if of.approved else date.today()


def _form(of: Chosen, found: Tracked) -> None:
    """Fields to mark a gate by what was measured, or to take its mark back."""
    gates, today = {seen.gate.month: seen.gate for seen in found.gates}, date.today()
    if memory.kept(_GATE, None) not in gates:
        memory.keep(_GATE, min(gates))
    memory.show_kept(_GATE, min(gates))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.selectbox(
            "Gate", [*gates], key=_GATE, on_change=memory.keep_entered, args=(_GATE,),
            format_func=lambda month: f"month {month}: {gates[month].looks_at.label}",
        )  # fmt: skip
        key, unit = fields.renewable_key(_VALUE), gates[month].looks_at.unit
        st.text_input(
            unit.beside("Measured", found.scenario.currency), key=key,
            help="It goes before what the actuals tell, and nothing is learnt from it. Empty takes a mark back.",
        )  # fmt: skip
        day, default = fields.renewable_key(_DAY), marking_day(day_of(gates[month], found.scenario, today), today)
        st.date_input("Measured on", value=default, max_value=today, key=f"{day} {month}", format="YYYY-MM-DD")
        st.button("Mark", icon=":material/flag:", on_click=_mark, args=(of, month, key, f"{day} {month}"))


def _mark(of: Chosen, month: int, key: str, day: str) -> None:
    typed = (fields.entered(key) or "").strip()
    marks = [mark for mark in of.marks if mark.month != month]
    unit = next(one.looks_at.unit for one in of.scenario.stages if one.month == month)
    try:
        if typed:
            value = NumberRule(unit).read(typed, of.scenario.format)
            marks.append(GateMark(month, value, fields.entered(day) or date.today()))
        kept = checked_marks(of.scenario, marks)
    except ScenarioError as error:
        messages.refuse(_STAYS, error)
        return
    except ValueError as error:
        messages.refuse_for(_STAYS, [f"'{typed}' {error}"])
        return
    if actuals.keep(of, of.actuals, kept, _STAYS):
        fields.renew(_VALUE)
