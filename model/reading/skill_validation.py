"""Checks the skill areas of a scenario and names everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model.reading.faults import Fault, Refused, checked_text, finite, keyed, shown
from model.reading.texts import alike
from model.skills.areas import MAX_AREA_NAME, MAX_AREAS, MAX_IMPORTANCE, SkillArea
from model.units import NO_BREAK

# Keys in a file, in the order in which an area is made; the numbers with their largest value.
AREA_KEY = "area"
NUMBER_KEYS: Mapping[str, float] = {"importance": MAX_IMPORTANCE, "competent": 1.0, "wanted": 1.0}
KEYS = (AREA_KEY, *NUMBER_KEYS)


def skills_data(areas: Sequence[SkillArea]) -> list[dict[str, Any]]:
    """The areas as a scenario file holds them."""
    return [
        dict(zip(KEYS, (area.name, area.importance, area.competent, area.wanted), strict=True)) for area in areas
    ]


def check_skills(key: str, item: object, faults: list[Fault]) -> tuple[SkillArea, ...]:
    """The areas from plain data; an empty list is none. Adds what is wrong to `faults`, or raises Refused."""
    if not isinstance(item, list | tuple):
        raise Refused(f"is {shown(item)}, but must be a list of objects with {', '.join(KEYS)}")
    if len(item) > MAX_AREAS:
        raise Refused(f"has {len(item)} areas; at most {MAX_AREAS} are kept: put small ones together")
    found: list[SkillArea] = []
    for position, entry in enumerate(item, start=1):
        own_faults: list[Fault] = []
        area = _area(f"{key}[{position}]", entry, own_faults)
        if area is not None:
            own_faults += _again(f"{key}[{position}].{AREA_KEY}", area, found)
            found.append(area)
        faults += own_faults
    if found and len(found) == len(item) and not any(area.importance for area in found):
        raise Refused("gives no area any importance; give at least one area more than 0")
    return tuple(found)


def _area(label: str, entry: object, faults: list[Fault]) -> SkillArea | None:
    """One area, or None after its faults were added."""
    given = keyed(label, entry, KEYS, faults)
    values: dict[str, Any] = {}
    for key in KEYS:
        try:
            if key in given:
                values[key] = _value(key, given[key])
        except Refused as refusal:
            faults.append(Fault(f"{label}.{key}", str(refusal)))
    return None if faults else SkillArea(*values.values())


def _value(key: str, value: object) -> str | float:
    if key == AREA_KEY:
        # Line breaks and runs of spaces would stand in the way of telling names apart.
        return " ".join(checked_text(value, MAX_AREA_NAME, required=True).split())
    high = NUMBER_KEYS[key]
    bounds = f"0 … {high:g}" + (f" (0{NO_BREAK}% … 100{NO_BREAK}%)" if high == 1 else "")
    number = finite(value, bounds)
    if not 0 <= number <= high:
        raise Refused(f"is {shown(value)}, out of bounds: must lie within {bounds}")
    return number


def _again(label: str, area: SkillArea, before: Sequence[SkillArea]) -> list[Fault]:
    if alike(area.name) in {alike(other.name) for other in before}:
        return [Fault(label, f"is {shown(area.name)} a second time; give each area a name of its own")]
    return []
