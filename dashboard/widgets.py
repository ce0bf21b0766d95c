"""An assumption as its widget: bounds, step, unit and help come from its declaration."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import streamlit as st

from dashboard import edits, state
from model.assumptions import ASSUMPTIONS, Assumption, Value
from model.scenario import Scenario
from model.units import Style
from model.validation import ScenarioError, bounds_text

# Digits kept when a per cent is turned into a fraction, so that 28.7 % is stored as 0.287.
_DIGITS = 12


def assumption_input(name: str, scenario: Scenario) -> None:
    """The widget of an assumption that takes any legal value; changing it changes the scenario."""
    assumption, key = ASSUMPTIONS[name], f"input:{name}"
    if not assumption.numeric:
        _choice_or_switch(assumption, scenario, key)
        return
    low, high = assumption.bounds or (None, None)
    scale = _number_type(assumption)
    state.show_in(key, _shown(assumption, scenario.values[name]))
    st.number_input(
        label(assumption, scenario),
        min_value=None if low is None else scale(low * assumption.unit.scale),
        max_value=None if high is None else scale(high * assumption.unit.scale),
        # Without a value of its own a cleared field would jump to its lower bound.
        value=None,
        step=scale(_step(assumption)),
        format="%d" if assumption.unit.whole else "%.10g",
        key=key,
        help=help_text(assumption),
        on_change=_commit,
        args=(name, key),
    )


def lever(
    name: str, scenario: Scenario, span: tuple[float, float, float] | None = None, *, disabled: bool = False
) -> None:
    """The widget of an assumption in the sidebar; numbers as a slider over `span` (low, high, step).

    The slider reaches as far as the value if that lies outside the span.
    """
    assumption, key = ASSUMPTIONS[name], f"lever:{name}"
    if span is None:
        _choice_or_switch(assumption, scenario, key)
        return
    value = _shown(assumption, scenario.values[name])
    low, high, step = (round(item * assumption.unit.scale, _DIGITS) for item in span)
    state.show_in(key, value)
    st.slider(
        label(assumption, scenario),
        min_value=min(low, value),
        max_value=max(high, value),
        step=step,
        format="%.4g",
        disabled=disabled,
        key=key,
        help=help_text(assumption),
        on_change=_commit,
        args=(name, key),
    )


def path_input(year: int, caption: str, scenario: Scenario) -> None:
    """The widget of the custom path's share at one year-end."""
    target, key = ASSUMPTIONS["social_share_target"], f"path:{year}"
    low, high = target.bounds or (0.0, 1.0)
    share = (scenario.social_share_path or edits.year_end_shares(scenario))[year - 1]
    state.show_in(key, _shown(target, share))
    st.number_input(
        caption,
        min_value=low * target.unit.scale,
        max_value=high * target.unit.scale,
        value=None,
        step=_step(target),
        format="%.10g",
        key=key,
        on_change=_commit_path,
        args=(year, key),
    )


def label(assumption: Assumption, scenario: Scenario) -> str:
    """The label with its unit: "Training per person (hours a year)"."""
    words = assumption.unit.words(scenario.currency)
    return f"{assumption.label} ({words})" if words else assumption.label


def help_text(assumption: Assumption) -> str:
    """What it means, its bounds and its evidence, for the help mark beside the widget."""
    parts = [assumption.help]
    if assumption.bounds and assumption.unit.style is not Style.PERCENT:
        parts.append(f"Bounds: {bounds_text(assumption)}.")
    if assumption.grade:
        parts.append(f"Evidence grade {assumption.grade_text}.")
    return " ".join(parts)


def _choice_or_switch(assumption: Assumption, scenario: Scenario, key: str) -> None:
    state.show_in(key, scenario.values[assumption.name])
    shared: dict[str, Any] = {
        "key": key,
        "help": help_text(assumption),
        "on_change": _commit,
        "args": (assumption.name, key),
    }
    if assumption.unit.style is Style.SWITCH:
        st.toggle(assumption.label, **shared)
    else:
        st.selectbox(assumption.label, assumption.choices, format_func=_choice_words, **shared)


def _choice_words(choice: str) -> str:
    return choice.replace("_", " ").capitalize()


def _shown(assumption: Assumption, value: Value) -> float | int:
    if assumption.unit.whole:
        return int(value)
    return round(float(value) * assumption.unit.scale, _DIGITS)


def _number_type(assumption: Assumption) -> Any:
    if assumption.unit.whole:
        return int
    return lambda number: round(float(number), _DIGITS)


def _step(assumption: Assumption) -> float:
    """A step that suits the default: one in its second figure, 0.01 at the finest."""
    size = abs(float(assumption.default)) * assumption.unit.scale
    return max(0.01, 10.0 ** (floor(log10(size)) - 1)) if size else 1.0


def _commit(name: str, key: str) -> None:
    """Copy what was entered into the scenario, or remember why it was refused."""
    entered = state.entered(key)
    assumption = ASSUMPTIONS[name]
    if entered is None:
        return
    value = entered
    if assumption.numeric and not assumption.unit.whole:
        value = round(entered / assumption.unit.scale, _DIGITS)
    try:
        state.replace_scenario(edits.with_value(state.scenario(), name, value))
    except ScenarioError as error:
        state.refuse(f"{assumption.label} stays as it was", error)


def _commit_path(year: int, key: str) -> None:
    target = ASSUMPTIONS["social_share_target"]
    entered = state.entered(key)
    if entered is None:
        return
    share = round(entered / target.unit.scale, _DIGITS)
    try:
        state.replace_scenario(edits.with_path_share(state.scenario(), year, share))
    except ScenarioError as error:
        state.refuse(f"The share at the end of year {year} stays as it was", error)
