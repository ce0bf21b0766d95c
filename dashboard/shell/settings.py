"""The settings of a scenario: its currency, number format and calendar, in a popover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.session import current, fields
from model.scenario import SETTINGS, Scenario
from model.units import currencies, locales

_NEXT_JANUARY = "next"
_YEARS_BACK, _YEARS_AHEAD = 5, 10
# Of two boxes whose usual words are not cut, in pixels.
_WIDTH = 460


def draw() -> None:
    """The popover, in the place where it is called."""
    scenario = current.scenario()
    popover = st.popover("Settings", key="settings", help="Currency, number format and calendar")
    with popover.container(width=_WIDTH):
        with st.grid(2):
            _settings(scenario)
        st.caption("Another currency is another label: no amount is converted.")


def _settings(scenario: Scenario) -> None:
    _setting("currency", scenario.currency, [*currencies()], lambda code: f"{code} – {currencies()[code]}")
    _setting("locale", scenario.locale, [*locales()], lambda id_: f"{locales().get(id_, id_)} ({id_})")
    _setting("start_month", scenario.start_month or _NEXT_JANUARY, _months(), _month_words(scenario))
    _setting("fiscal_year_start", scenario.fiscal_year_start, range(1, 13), scenario.format.month_name)


def _setting(field: str, value: Any, options: Sequence[Any], words: Callable[[Any], str]) -> None:
    key = f"setting:{field}"
    fields.show(key, value)
    st.selectbox(
        SETTINGS[field],
        options if value in options else [value, *options],
        key=key,
        format_func=words,
        on_change=_commit,
        args=(field, key),
    )


def _commit(field: str, key: str) -> None:
    chosen = fields.entered(key)
    current.replace(current.scenario().changed(**{field: None if chosen == _NEXT_JANUARY else chosen}))


def _months() -> list[str]:
    """The months that a plan may well start in, as a scenario file writes them; first the default."""
    year = date.today().year
    years = range(year - _YEARS_BACK, year + _YEARS_AHEAD)
    return [_NEXT_JANUARY, *(f"{year}-{month:02d}" for year in years for month in range(1, 13))]


def _month_words(scenario: Scenario) -> Callable[[str], str]:
    def words(month: str) -> str:
        start = None if month == _NEXT_JANUARY else month
        first = Scenario(start_month=start).first_month()
        return scenario.format.month(first) + (" (next January)" if start is None else "")

    return words
