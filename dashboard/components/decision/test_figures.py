"""What the designs of tests assume: the company's own figures where they differ from those declared."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.components.widgets import number_in_force, number_input
from dashboard.session import current
from model.pilot.assumed import ASSUMED, Assumed, OwnFigures
from model.pilot.design import Design
from model.reading.number_rules import NumberRule

_FIELD = 190


def in_force() -> OwnFigures:
    """The figures that were typed and differ from those declared, wherever that was."""
    found = {name: number_in_force(_key(name), item.value) for name, item in ASSUMED.items()}
    return tuple((name, value) for name, value in found.items() if value != ASSUMED[name].value)


def draw(design: Design) -> None:
    """A field for each figure that a test rests on."""
    st.markdown("**What this rests on**: type your own figures; an emptied field goes back to what is assumed")
    with st.grid(2, min_column_width=_FIELD):
        for name in (design.months, *design.uses):
            _field(ASSUMED[name])


def _field(item: Assumed) -> None:
    scenario = current.scenario()
    sources = f" Source: {', '.join(item.source)}." if item.source else ""
    number_input(
        f"{item.unit.beside(item.label, scenario.currency)} · grade {item.grade}", _key(item.name),
        NumberRule(item.unit, *item.bounds, item.value), scenario.format, usual=item.value,
        help=literal(scenario.format.localised(item.why) + sources, 500),
    )  # fmt: skip


def _key(name: str) -> str:
    return f"test {name}"
