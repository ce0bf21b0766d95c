"""The Assumptions screen: every input with its unit, its meaning, its grade and its source."""

from __future__ import annotations

import streamlit as st

from dashboard import compute, frame, state
from dashboard.text import literal
from dashboard.widgets import assumption_input, path_input
from model.assumptions import ASSUMPTIONS, SECTIONS, Assumption
from model.evidence import GRADES, SOURCES
from model.scenario import Scenario

_MIN_CARD = 330


def draw() -> None:
    """The screen."""
    scenario = state.scenario()
    st.markdown("# Assumptions")
    st.caption(
        "Every input of the model. Change one and every number follows; the grade says how good its evidence is."
    )
    frame.warnings(compute.projection(scenario))
    section = st.segmented_control("Section", SECTIONS, default=SECTIONS[0], required=True, key="section")
    with st.grid(3, min_column_width=_MIN_CARD):
        for assumption in ASSUMPTIONS.values():
            if assumption.section == section:
                _card(assumption, scenario)
    if section == "Social budget" and scenario.values["ramp_shape"] == "custom":
        _path(scenario)
    st.caption("Grades: " + "; ".join(f"{letter} {meaning}" for letter, meaning in GRADES.items()) + ".")
    frame.footer(compute.projection(scenario))


def _card(assumption: Assumption, scenario: Scenario) -> None:
    with st.container(border=True, gap="xsmall"):
        assumption_input(assumption.name, scenario)
        st.caption(literal(_facts(assumption, scenario), 600))
        if assumption.source:
            titles = "; ".join(SOURCES[id_].title for id_ in assumption.source)
            st.caption(literal(f"Source: {titles}", 600))


def _facts(assumption: Assumption, scenario: Scenario) -> str:
    text, unit = scenario.format, assumption.unit
    facts = [f"Grade {assumption.grade_text}"] if assumption.grade else []
    facts.append(f"default {text.plain(assumption.default, unit)}")
    if assumption.range:
        low, high = (text.plain(end, unit) for end in (assumption.range.low, assumption.range.high))
        facts.append(f"plausible {low} to {high}")
    before = state.base().values[assumption.name]
    if scenario.values[assumption.name] != before:
        facts.append(f"changed from {text.plain(before, unit)}")
    return "; ".join(facts)


def _path(scenario: Scenario) -> None:
    """The custom path: one planned share per year-end."""
    st.markdown("## Custom path: planned social share at each year-end (%)")
    calendar = scenario.calendar()
    with st.grid(5, min_column_width=140):
        for year in range(1, scenario.horizon_years + 1):
            last_month = calendar[12 * year - 1]
            path_input(year, f"End of {scenario.format.month(last_month)}", scenario)
    st.caption("Months in between lie on straight lines.")
