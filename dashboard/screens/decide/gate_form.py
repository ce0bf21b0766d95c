"""The form of the gates; every change is one of the scenario, so that Undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.components.text import literal
from dashboard.screens.decide import gate_rows
from dashboard.session import compute, current, fields, messages
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import Below, StageGate
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.units import MONEY, RATIO

_BELOW = {Below.HOLD: "hold: share and team stay as they are", Below.BACK: "back: share and team go back in a year"}
_STAYS = "The gate stays as it was"
_CALLED = {"threshold": "go on from", "error": "error", "cost": "cost of measuring"}
_MIN_FIELD = 150


def draw(scenario: Scenario) -> None:
    """Each gate as a row of fields, and the way to one more."""
    for place, gate in enumerate(scenario.stages, 1):
        with st.container(border=True, gap="small"):
            _gate(scenario, place, gate)
    if gate_rows.may_have_more(scenario):
        label = "Add a gate" if scenario.stages else "Add a first gate"
        st.button(label, icon=":material/add:", on_click=_add)


def _gate(scenario: Scenario, place: int, gate: StageGate) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**Gate {place}**", width="content")
        st.button("Remove", key=f"gate remove {place}", icon=":material/close:", type="tertiary",
                  on_click=_remove, args=(gate.month,))  # fmt: skip
    calendar, item = scenario.calendar(), gate.looks_at
    _choice("Look at", "indicator", place, gate, [*INDICATORS], lambda name: INDICATORS[name].label)
    with st.grid(2, min_column_width=_MIN_FIELD):
        _choice("At the end of", "month", place, gate, gate_rows.months(scenario, gate.month),
                lambda month: f"month {month}, {scenario.format.month(calendar[month - 1])}"
                if month <= len(calendar) else f"month {month}, after the horizon")  # fmt: skip
        _number(place, gate, "threshold", scenario.format.bare(gate.threshold, item.unit),
                item.unit.beside("Go on from", scenario.currency),
                f"{item.label}, measured by {item.measured}: at or above this the plan goes on.")  # fmt: skip
    _choice("Below it", "below", place, gate, [*Below], _BELOW.__getitem__)
    st.markdown("**What this rests on**: type your own figures; an emptied field goes back to what is assumed")
    with st.grid(2, min_column_width=_MIN_FIELD):
        _number(place, gate, "error", scenario.format.bare(gate.deviation, RATIO), "Error · grade D",
                f"One standard deviation of what is measured, {item.error_of}.")  # fmt: skip
        _number(place, gate, "cost", scenario.format.bare(gate.price, MONEY),
                MONEY.beside("Cost of measuring · grade D", scenario.currency),
                "Paid at the gate, before tax.")  # fmt: skip


def _choice(label: str, what: str, place: int, gate: StageGate, options: list[Any], told: Any) -> None:
    key = f"gate {what} {place}"
    fields.show(key, getattr(gate, what))
    st.selectbox(label, options, key=key, format_func=told, on_change=_choose, args=(what, gate.month, key))


def _number(place: int, gate: StageGate, what: str, shown: str, label: str, meant: str) -> None:
    key = f"gate {what} {place}"
    fields.show(key, shown)
    st.text_input(label, key=key, on_change=_type, args=(gate, what, key), help=literal(meant, 300))


def _choose(what: str, month: int, key: str) -> None:
    scenario = current.scenario()
    values = {what: fields.entered(key)}
    _take(_STAYS, lambda: gate_rows.changed(scenario, compute.projection(scenario), month, **values))


def _type(gate: StageGate, what: str, key: str) -> None:
    scenario, typed = current.scenario(), (fields.entered(key) or "").strip()
    try:
        value = gate_rows.read(gate, what, typed, scenario.format)
    except ValueError as error:
        messages.refuse_for(_STAYS, [f"Gate {_place(scenario, gate)}, {_CALLED[what]}: '{typed}' {error}"])
        return
    _take(_STAYS, lambda: gate_rows.changed(scenario, compute.projection(scenario), gate.month, **{what: value}))


def _place(scenario: Scenario, gate: StageGate) -> int:
    """Which gate it is, counted as the form shows them."""
    return 1 + [one.month for one in scenario.stages].index(gate.month)


def _add() -> None:
    scenario = current.scenario()
    _take("No gate is added", lambda: gate_rows.with_one_more(scenario, compute.projection(scenario)))


def _remove(month: int) -> None:
    _take(_STAYS, lambda: gate_rows.without(current.scenario(), month))


def _take(refused: str, make: Callable[[], Scenario]) -> None:
    """Take the changed scenario, or tell why it is refused."""
    try:
        current.replace(make())
    except ScenarioError as error:
        messages.refuse(refused, error)
