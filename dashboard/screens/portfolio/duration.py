"""How long a group takes on the screen, told before it starts and while it runs. Pure, no Streamlit."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from dashboard.screens.portfolio.question import GroupQuestion
from model.units import Format

# Processor seconds, as measured beside docs/speed.md: of a unit, and of a thousand of its draws.
_DRAWN, _DRAWN_DRAWS = 0.06, 0.022
_CURVE, _CURVE_WITH_ODDS = 0.16, 0.33
_JUDGED_DRAWS, _JUDGED_DRAWS_WITH_ODDS = 0.05, 0.17
_A_MINUTE, _FEW_SECONDS = 60, 10


class Steps(NamedTuple):
    """Processor seconds that each step takes for a unit: its draws, its curve, the split judged."""

    drawn: float
    curves: float
    judged: float


def steps(question: GroupQuestion) -> Steps:
    """What each step takes for a unit."""
    thousands, odds = question.draws / 1000, question.least_odds is not None
    return Steps(
        _DRAWN + _DRAWN_DRAWS * thousands,
        _CURVE_WITH_ODDS if odds else _CURVE,
        (_JUDGED_DRAWS_WITH_ODDS if odds else _JUDGED_DRAWS) * thousands,
    )


def seconds(question: GroupQuestion, units: int, cores: int) -> float:
    """How long so many units take on so many cores of their own."""
    return sum(steps(question)) * units / cores


def left(first: tuple[float, float], last: tuple[float, float]) -> float:
    """The seconds that are left, from two moments, each with the part that was done by then."""
    (began, before), (now, part) = first, last
    return (now - began) * (1 - part) / (part - before) if part > before else 0.0


def in_words(time: float, text: Format) -> str:
    """A time, roughly: "some 20 seconds", "some 4 minutes"."""
    if time > _A_MINUTE:
        minutes = ceil(time / _A_MINUTE)
        return f"some {text.number(minutes, 0)} minutes"
    return f"some {text.number(_FEW_SECONDS * max(1, ceil(time / _FEW_SECONDS)), 0)} seconds"
