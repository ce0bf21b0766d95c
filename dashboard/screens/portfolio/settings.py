"""The fields of a group: its currency, rates and shared beliefs, the budget and its limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.components.widgets import is_refused, number_input
from dashboard.screens.portfolio.given import GivenUnits
from dashboard.screens.portfolio.question import GroupQuestion, foreign
from dashboard.session import compute, memory
from model.portfolio.rates import Rate
from model.reading.number_rules import NumberRule
from model.units import MONEY, RATIO, SHARE, Format, currencies

_CURRENCY, _CORRELATION, _BUDGET, _LIMITS, _ODDS, _DRAWS = (
    f"portfolio {name}" for name in ("currency", "correlation", "budget", "limits", "odds", "draws")
)
_MIN_FIELD = 190
_ANY_RATE, _PART = NumberRule(RATIO, 1e-9, 1e9, 1.08), NumberRule(RATIO, 0, 1, 0.5)
_CHANCE, _AMOUNT = NumberRule(SHARE, 0, 1, 0.6), NumberRule(MONEY, 0, example=1_000_000)
# How far units share their beliefs, where nobody says: much of a market's return is that of all markets.
_USUALLY_SHARED = 0.5


def draw(given: GivenUnits) -> GroupQuestion:
    """The fields; returns what they ask."""
    with st.container(border=True, gap="small"):
        currency = memory.show_kept(_CURRENCY, given.base.currency)
        text = Format(given.base.format.locale, currency)
        with st.grid(3, min_column_width=_MIN_FIELD):
            st.selectbox("Currency of the group", [*currencies()], key=_CURRENCY, format_func=_named,
                         on_change=memory.keep_entered, args=(_CURRENCY,))  # fmt: skip
            correlation = number_input(
                "Correlation between units", _CORRELATION, _PART, text, usual=_USUALLY_SHARED,
                help="How far units share their beliefs: 0 worlds apart, 1 the same world. The higher, the less the "
                     "units of a group make up for each other.",
            )  # fmt: skip
            draws = memory.show_kept(_DRAWS, compute.DRAWS[0])
            st.selectbox("Draws", compute.DRAWS[:2], key=_DRAWS, format_func=lambda count: text.number(count, 0),
                         on_change=memory.keep_entered, args=(_DRAWS,))  # fmt: skip
            budget = number_input(
                f"Budget to allocate ({currency})", _BUDGET, _AMOUNT, text, usual=None, placeholder="today’s",
                help="Social spend of all units together over the months of their plans. Empty: what the units’ own "
                     "targets take.",
            )  # fmt: skip
            odds = number_input(
                "Odds of a gain, at least (%)", _ODDS, _CHANCE, text, usual=None, placeholder="no limit"
            )
        rates = _rates(given, currency, text)
        limits = memory.show_kept(_LIMITS, "")
        st.text_area(
            f"Limits of units and tags, one a line ({currency} over the plan)", key=_LIMITS, height=80,
            on_change=memory.keep_entered, args=(_LIMITS,), placeholder=example_limits(given),
            help="NAME=LEAST..MOST, either end may be left away. Limits of shares stand in the table: least_share, "
                 "most_share.",
        )  # fmt: skip
    return GroupQuestion(currency, correlation, rates, budget, limits, odds, draws)


def refused(given: GivenUnits, currency: str) -> bool:
    """Whether a field holds what was refused."""
    keys = [_CORRELATION, _BUDGET, _ODDS, *(_rate_key(code, currency) for code in foreign(given.units, currency))]
    return any(map(is_refused, keys))


def _named(code: str) -> str:
    return f"{code}, {currencies()[code]}"


def example_limits(given: GivenUnits) -> str:
    """Limits of the units as they may be typed; wide, so that plans of a usual size can meet them."""
    name = given.units[0].name if given.units else "Nordics"
    tags: Sequence[str] = next((unit.tags for unit in given.units if unit.tags), ())
    return "\n".join([f"{name}=100k..", *(f"{tag}=..50m" for tag in tags[:1])])


def _rates(given: GivenUnits, currency: str, text: Format) -> tuple[Rate, ...]:
    """A field and a day for each currency whose rate no row gives."""
    rates = []
    for code in foreign(given.units, currency):
        key = _rate_key(code, currency)
        with st.grid(2, min_column_width=_MIN_FIELD):
            value = number_input(f"1 {code} in {currency}", key, _ANY_RATE, text, usual=None, placeholder="rate")
            day = memory.show_kept(f"{key} day", date.today())
            st.date_input(f"Rate of {code}, as of", key=f"{key} day", on_change=memory.keep_entered,
                          args=(f"{key} day",), format="YYYY-MM-DD")  # fmt: skip
        if value is not None:
            rates.append(Rate(code, value, day or date.today()))
    return tuple(rates)


def _rate_key(code: str, currency: str) -> str:
    return f"portfolio rate {code} {currency}"
