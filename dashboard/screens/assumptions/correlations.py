"""The correlations between uncertain assumptions: the pairs there are, and a form to set one."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current, edits, fields, messages
from model.assumptions import ASSUMPTIONS
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.units import RATIO, Format

_ONE, _OTHER, _STRENGTH = "correlated one", "correlated other", "rank correlation"
_NOT_SET = "The correlation is not set"
_MIN_FIELD = 220
_RULE = NumberRule(RATIO, -1, 1, 0.5)


def correlations(scenario: Scenario) -> None:
    """The section of the screen."""
    st.markdown("## Which uncertain inputs move together?")
    st.caption(
        "At a rank correlation of 1 two inputs are high together, at −1 one is high where the other is low; "
        "pairs not listed here are drawn independently."
    )
    for one, other, strength in scenario.correlations:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            names = f"{ASSUMPTIONS[one].label} with {ASSUMPTIONS[other].label}"
            st.markdown(literal(f"{names}: {scenario.format.bare(strength, RATIO)}", 300), width="content")
            st.button("Remove", key=f"uncorrelate:{one}:{other}", on_click=_remove, args=(one, other),
                      help=literal(names, 300), type="tertiary", icon=":material/close:")  # fmt: skip
    _form(scenario)


def _form(scenario: Scenario) -> None:
    uncertain = list(scenario.effective_ranges)
    with st.form("correlation", border=False), st.grid(4, min_column_width=_MIN_FIELD, vertical_alignment="bottom"):
        for words, key in (("Input", _ONE), ("Moves with", _OTHER)):
            if fields.entered(key) not in uncertain:
                fields.show(key, None)
            st.selectbox(words, uncertain, key=key, placeholder="Choose an uncertain input",
                         format_func=lambda name: ASSUMPTIONS[name].label)  # fmt: skip
        st.text_input("Rank correlation (−1 … 1)", key=_STRENGTH)
        st.form_submit_button("Set correlation", on_click=_set)


def _set() -> None:
    scenario = current.scenario()
    one, other, typed = (fields.entered(key) for key in (_ONE, _OTHER, _STRENGTH))
    try:
        if one is None or other is None:
            raise ValueError("needs two inputs; choose both")
        if one == other:
            raise ValueError("pairs an input with itself; choose two")
        strength = _strength(typed or "", scenario.format)
        current.replace(edits.with_correlation(scenario, one, other, strength))
    except ScenarioError as error:
        # By what they say alone: their keys are places in a scenario file.
        messages.refuse_for(
            "The correlation is not set", [f"Correlation: {fault.message}" for fault in error.faults]
        )
    except ValueError as error:
        messages.refuse_for(_NOT_SET, [f"Correlation: {error}"])


def _strength(typed: str, text: Format) -> float:
    try:
        return _RULE.read(typed, text)
    except ValueError as error:
        raise ValueError(f"'{typed}' {error}") from None


def _remove(one: str, other: str) -> None:
    current.replace(edits.without_correlation(current.scenario(), one, other))
