"""Checks the value of one assumption against its type and its bounds."""

from __future__ import annotations

import math
from fractions import Fraction

from model.assumptions import Assumption, Value
from model.reading.faults import Refused, finite, nearest, shown
from model.reading.numerals import brief
from model.units import NO_BREAK, Style

_DIGITS = 12


def check_value(assumption: Assumption, value: object) -> Value:
    """The value in its own type. Raises ValueError with bounds and mend where it is not one the model takes."""
    if assumption.unit.style is Style.SWITCH:
        if not isinstance(value, bool):
            raise Refused(f"is {shown(value)}, but must be true or false")
        return value
    if assumption.unit.style is Style.CHOICE:
        if value not in assumption.choices:
            options = ", ".join(assumption.choices)
            raise Refused(
                f"is {shown(value)}, but must be one of {options}{nearest(str(value), assumption.choices)}"
            )
        return str(value)
    number = finite(value, bounds_text(assumption))
    low, high = assumption.bounds or (-math.inf, math.inf)
    if not low <= number <= high:
        raise Refused(f"is {shown(value)}, out of bounds: must lie within {bounds_text(assumption)}")
    if assumption.unit.whole and number != int(number):
        raise Refused(f"is {shown(value)}, but must be a whole number within {bounds_text(assumption)}")
    return int(number) if assumption.unit.whole else number


def bounds_text(assumption: Assumption) -> str:
    """The hard bounds as a file holds them, per cent beside fractions: "0.001 … 1 (0.1 % … 100 %)"."""
    low, high = assumption.bounds or (-math.inf, math.inf)
    text = f"{_end(low)} … {_end(high)}"
    if assumption.unit.style is Style.PERCENT:
        text += f" ({brief(low * 100, _DIGITS)}{NO_BREAK}% … {brief(high * 100, _DIGITS)}{NO_BREAK}%)"
    return text


def _end(bound: float) -> str:
    """A bound in digits, as a fraction where those have no end: "1/12"."""
    text = brief(bound, _DIGITS)
    if len(text) < _DIGITS or not math.isfinite(bound):
        return text
    return str(Fraction(bound).limit_denominator(1000))
