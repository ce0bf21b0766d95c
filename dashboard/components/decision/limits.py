"""What finance could accept: a field for each limit."""

from __future__ import annotations

import streamlit as st

from dashboard.components.widgets import is_refused, number_in_force, number_input
from model.choice.counter.terms import TERMS, Terms
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.units import SHARE

_MIN_FIELD = 190
_LEAST_SHARE, _LIKELY = 0.01, (0.01, 1.0)
_TYPICAL = {"odds": 0.7, "payback": 18, "people": 4, "yearly": 200_000, "new_money": 100_000}


def ask(scenario: Scenario) -> Terms:
    """A field for each limit of finance, in the scenario's currency; typed on one screen they stand on all.

    An empty one is no limit.
    """
    with st.grid(3, min_column_width=_MIN_FIELD):
        return Terms(**{name: _field(scenario, name) for name in TERMS})


def in_force() -> Terms:
    """The limits that were typed, wherever that was."""
    return Terms(**{name: number_in_force(_key(name), None) for name in TERMS})


def is_one_refused() -> bool:
    """Whether what stands in one of the fields was refused."""
    return any(is_refused(_key(name)) for name in TERMS)


def _field(scenario: Scenario, name: str) -> float | None:
    kind = TERMS[name]
    label = f"{kind.label} (%)" if kind.unit is SHARE else kind.label
    if kind.unit is not SHARE and kind.unit.words(scenario.currency).startswith(scenario.currency):
        label = f"{kind.label} ({scenario.currency})"
    # Below 1 in a field of per cent a fraction is meant: 0.7 for 70 in 100.
    least = _LEAST_SHARE if kind.unit is SHARE else 0
    rule = NumberRule(kind.unit, least, kind.most, _TYPICAL[name], _LIKELY if kind.unit is SHARE else None)
    return number_input(label, _key(name), rule, scenario.format, usual=None, placeholder="no limit")


def _key(name: str) -> str:
    return f"term {name}"
