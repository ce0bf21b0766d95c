"""Checks the rows that a scenario holds, other costs and benefits and gates, and names everything that is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from model.assumptions import MOST_YEARS
from model.gates.indicators import INDICATORS
from model.gates.stage_gate import LARGEST_COST, LARGEST_ERROR, MOST_GATES, Below, StageGate
from model.other.amounts import LARGEST, MAX_LABEL, MOST_ROWS, OtherAmount
from model.reading.faults import MOST_FAULTS, Fault, Refused, as_object, checked_text, finite, keyed, nearest, shown
from model.reading.numerals import brief
from model.reading.texts import alike

NAME_KEY, YEARS_KEY = "name", "by_year"
KEYS = (NAME_KEY, YEARS_KEY)
_BOUNDS = f"{-LARGEST:.0e} … {LARGEST:.0e}"
_REQUIRED = ("month", "indicator", "threshold", "below")
_OPTIONAL = ("error", "cost")
_LAST = 12 * MOST_YEARS - 1


def other_data(rows: Sequence[OtherAmount]) -> list[dict[str, Any]]:
    """The rows as a scenario file holds them."""
    return [{NAME_KEY: row.name, YEARS_KEY: list(row.by_year)} for row in rows]


def check_other(key: str, item: object, faults: list[Fault]) -> tuple[OtherAmount, ...]:
    """The rows from plain data; an empty list is none. Adds what is wrong to `faults`, or raises Refused."""
    if not isinstance(item, list | tuple):
        raise Refused(f"is {shown(item)}, but must be a list of objects with {' and '.join(KEYS)}")
    if len(item) > MOST_ROWS:
        raise Refused(f"has {len(item)} rows; at most {MOST_ROWS} are kept: put small ones together")
    found: list[OtherAmount] = []
    for position, entry in enumerate(item, start=1):
        label, own_faults = f"{key}[{position}]", list[Fault]()
        row = _row(label, entry, own_faults)
        if row and alike(row.name) in {alike(other.name) for other in found}:
            own_faults.append(Fault(f"{label}.{NAME_KEY}", f"is {shown(row.name)} a second time; name it otherwise"))
        if row:
            found.append(row)
        faults += own_faults
    return tuple(found)


def _row(label: str, entry: object, faults: list[Fault]) -> OtherAmount | None:
    """One row, or None after its faults were added."""
    given = keyed(label, entry, KEYS, faults)
    if faults:
        return None
    try:
        name = " ".join(checked_text(given[NAME_KEY], MAX_LABEL, required=True).split())
    except Refused as refusal:
        faults.append(Fault(f"{label}.{NAME_KEY}", str(refusal)))
    by_year = _by_year(f"{label}.{YEARS_KEY}", given[YEARS_KEY], faults)
    return None if faults else OtherAmount(name, by_year)


def _by_year(label: str, item: object, faults: list[Fault]) -> tuple[float, ...]:
    """The amounts, without zeros at the end."""
    if not isinstance(item, list | tuple) or len(item) > MOST_YEARS:
        faults.append(Fault(label, f"must be a list of at most {MOST_YEARS} amounts, one for each plan year"))
        return ()
    amounts: list[float] = []
    for year, value in enumerate(item, start=1):
        try:
            amounts.append(check_amount(value))
        except Refused as refusal:
            faults.append(Fault(f"{label}[{year}]", str(refusal)))
    while amounts and not amounts[-1]:
        amounts.pop()
    return tuple(amounts)


def check_amount(value: object) -> float:
    """An amount of a plan year. Raises Refused."""
    number = finite(value, _BOUNDS)
    if abs(number) > LARGEST:
        raise Refused(f"is {shown(value)}, out of bounds: must lie within {_BOUNDS}")
    return number + 0.0


# The gates of a plan in stages


def stages_data(gates: Sequence[StageGate]) -> list[dict[str, Any]]:
    """The gates as a scenario file holds them: the indicator's own error and cost left out."""
    return [
        {
            "month": gate.month,
            "indicator": gate.indicator,
            "threshold": gate.threshold,
            "below": gate.below.value,
            **({} if gate.error is None else {"error": gate.error}),
            **({} if gate.cost is None else {"cost": gate.cost}),
        }
        for gate in gates
    ]


def check_stages(key: str, item: object, faults: list[Fault]) -> tuple[StageGate, ...]:
    """The gates from plain data, in order of time; an empty list is none.

    Adds what is wrong to `faults`, or raises Refused.
    """
    if not isinstance(item, list | tuple):
        raise Refused(f"is {shown(item)}, but must be a list of objects with {', '.join(_REQUIRED)}")
    if len(item) > MOST_GATES:
        raise Refused(f"has {len(item)} gates; at most {MOST_GATES} are kept")
    found = []
    for position, entry in enumerate(item, start=1):
        own: list[Fault] = []
        gate = _gate(f"{key}[{position}]", entry, own)
        found += [] if gate is None else [gate]
        faults += own
    found.sort(key=lambda gate: gate.month)
    for one, other in pairwise(found):
        if one.month == other.month:
            raise Refused(f"has two gates at month {one.month}; a month has one gate")
    return tuple(found)


def _gate(label: str, entry: object, faults: list[Fault]) -> StageGate | None:
    """One gate, or None after its faults were added."""
    try:
        given = as_object(entry)
    except Refused as refusal:
        faults.append(Fault(label, str(refusal)))
        return None
    known = (*_REQUIRED, *_OPTIONAL)
    unknown = [name for name in given if name not in known][:MOST_FAULTS]
    faults += [Fault(label, f"has the unknown key {shown(name)}{nearest(str(name), known)}") for name in unknown]
    faults += [Fault(f"{label}.{name}", "is missing") for name in _REQUIRED if name not in given]
    values: dict[str, Any] = {}
    for name in (name for name in known if name in given):
        try:
            values[name] = _CHECKS[name](given[name], given)
        except Refused as refusal:
            faults.append(Fault(f"{label}.{name}", str(refusal)))
    return None if faults else StageGate(**values)


def _month(value: object, _given: Mapping[str, Any]) -> int:
    number = finite(value, f"1 … {_LAST}")
    if not 1 <= number <= _LAST or number % 1:
        raise Refused(f"is {shown(value)}, but must be a whole month of the plan within 1 … {_LAST}")
    return int(number)


def _one_of(names: Sequence[str]) -> Callable[[object, Mapping[str, Any]], str]:
    def check(value: object, _given: Mapping[str, Any]) -> str:
        if value not in names:
            hint = nearest(str(value), names)
            raise Refused(f"is {shown(value)}, but must be one of {', '.join(names)}{hint}")
        return str(value)

    return check


def _threshold(value: object, given: Mapping[str, Any]) -> float:
    """The threshold within what its indicator can be; within any number where that is not known."""
    name = given.get("indicator")
    low, high = INDICATORS[name].bounds if isinstance(name, str) and name in INDICATORS else (-math.inf, math.inf)
    return _within(value, low, high)


def _within(value: object, low: float, high: float) -> float:
    bounds = f"{brief(low)} … {brief(high)}" if math.isfinite(low) else ""
    number = finite(value, bounds)
    if not low <= number <= high:
        raise Refused(f"is {shown(value)}, out of bounds: must lie within {bounds}")
    return number


_CHECKS: Mapping[str, Callable[[object, Mapping[str, Any]], Any]] = {
    "month": _month,
    "indicator": _one_of(tuple(INDICATORS)),
    "threshold": _threshold,
    "below": lambda value, given: Below(_one_of([item.value for item in Below])(value, given)),
    "error": lambda value, _: _within(value, 0.0, LARGEST_ERROR),
    "cost": lambda value, _: _within(value, 0.0, LARGEST_COST),
}
