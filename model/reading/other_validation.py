"""Checks the rows of other costs and benefits of a scenario and names everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.assumptions import MOST_YEARS
from model.other.amounts import LARGEST, MAX_LABEL, MOST_ROWS, OtherAmount
from model.reading.faults import Fault, Refused, checked_text, finite, keyed, shown
from model.reading.texts import alike

NAME_KEY, YEARS_KEY = "name", "by_year"
KEYS = (NAME_KEY, YEARS_KEY)
_BOUNDS = f"{-LARGEST:.0e} … {LARGEST:.0e}"


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
