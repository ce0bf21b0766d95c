"""Odds as a person says them, never 0 or 100 unless it is so."""

from __future__ import annotations

from model.units import NO_BREAK

NO_ODDS = "No assumption has a range, so there are no odds to tell."


def odds_in_100(odds: float) -> str:
    """As a thing by itself: "54 in 100 odds"."""
    if 0 < odds < 0.01:
        return "Less than 1 in 100 odds"
    if 0.99 < odds < 1:
        return "More than 99 in 100 odds"
    return f"{100 * odds:.0f} in 100 odds"


def cases_in_100(odds: float) -> str:
    """As a count of cases within a sentence: "54 of 100 cases"."""
    words = odds_in_100(odds).replace(" in 100 odds", " of 100 cases").replace("Less", "fewer")
    return words[0].lower() + words[1:]


def below(percent: int) -> str:
    """A percentile by what it says: "10 % below"."""
    return f"{percent}{NO_BREAK}% below"
