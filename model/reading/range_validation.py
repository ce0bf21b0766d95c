"""Checks the ranges of a scenario and how they are drawn together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS, Assumption, Distribution, Kind, Range, Value, default_range, out_of_order
from model.reading.faults import Fault, Refused, as_object, finite, nearest, shown
from model.reading.value_validation import check_value

# How many keys that a range has not are told.
_MOST_UNKNOWN = 5


def check_ranges(_key: str, item: object, faults: list[Fault]) -> Mapping[str, Range | None]:
    """The range of each name, None where it is taken away. Adds what is wrong to `faults`, or raises Refused."""
    found: dict[str, Range | None] = {}
    for name, value in as_object(item).items():
        label = f"ranges.{name}"
        if name not in ASSUMPTIONS:
            faults.append(Fault(label, f"is not an assumption{nearest(str(name), ASSUMPTIONS)}"))
        elif not ASSUMPTIONS[name].can_be_uncertain:
            why = "a decision" if ASSUMPTIONS[name].kind is Kind.DECISION else "no number"
            faults.append(Fault(label, f"is {why} and takes no range; remove it"))
        else:
            try:
                found[name] = None if value is None else _range(ASSUMPTIONS[name], value)
            except Refused as refusal:
                faults.append(Fault(label, str(refusal)))
    return MappingProxyType({name: found[name] for name in ASSUMPTIONS if name in found})


def _range(assumption: Assumption, value: object) -> Range:
    """The range, after naming everything that is wrong with it in one refusal."""
    if not isinstance(value, Mapping):
        raise Refused(f"is {shown(value)}, but must be an object with low, likely and high, or null")
    wanted = ("low", "likely", "high", "distribution")
    unknown = islice((key for key in value if key not in wanted), _MOST_UNKNOWN)
    wrong = [f"has the unknown key {shown(key)}{nearest(str(key), wanted)}" for key in unknown]
    missing = [key for key in wanted[:3] if key not in value]
    if missing:
        wrong.append(f"lacks {' and '.join(missing)}: a range has low, likely and high")
    ends: dict[str, float] = {}
    for key in wanted[:3]:
        try:
            if key in value:
                ends[key] = _end(assumption, key, value[key])
        except Refused as refusal:
            wrong.append(str(refusal))
    kinds = [kind.value for kind in Distribution]
    distribution = value.get("distribution", Distribution.PERT.value)
    if distribution not in kinds:
        hint = nearest(str(distribution), kinds)
        wrong.append(f"has the distribution {shown(distribution)}, but must have one of {', '.join(kinds)}{hint}")
    if len(ends) == len(wanted[:3]):
        wrong += out_of_order(ends["low"], ends["likely"], ends["high"], distribution)
    if wrong:
        raise Refused("; ".join(wrong))
    return Range(ends["low"], ends["likely"], ends["high"], Distribution(distribution))


def _end(assumption: Assumption, key: str, value: object) -> float:
    try:
        return float(check_value(assumption, value))
    except Refused as refusal:
        raise Refused(f"{key} {refusal}") from None


def own_ranges(ranges: Mapping[str, Range | None], overrides: Mapping[str, Value]) -> Mapping[str, Range | None]:
    """The ranges that differ from those the values have anyway."""
    return MappingProxyType(
        {
            name: item
            for name, item in ranges.items()
            if item != default_range(ASSUMPTIONS[name], overrides.get(name, ASSUMPTIONS[name].default))
        }
    )


def check_correlations(key: str, item: object, faults: list[Fault]) -> tuple[tuple[str, str, float], ...]:
    """The pairs in alphabetical order, none twice. Adds what is wrong to `faults`, or raises Refused."""
    if not isinstance(item, list | tuple):
        raise Refused(f"is {shown(item)}, but must be a list of pairs like [name, name, rank correlation]")
    found: dict[frozenset[str], tuple[str, str, float]] = {}
    for position, entry in enumerate(item, start=1):
        try:
            one, other, strength = _pair(entry)
            if frozenset((one, other)) in found:
                raise Refused(f"names {one} and {other} a second time; keep one of the two")
            found[frozenset((one, other))] = (*sorted((one, other)), strength)  # type: ignore[assignment]
        except Refused as refusal:
            faults.append(Fault(f"{key}[{position}]", str(refusal)))
    return tuple(sorted(found.values()))


def _pair(entry: object) -> tuple[str, str, float]:
    if not isinstance(entry, list | tuple) or len(entry) != 3:
        raise Refused(f"is {shown(entry)}, but must be a pair like [name, name, rank correlation]")
    one, other, strength = entry
    for name in (one, other):
        if not isinstance(name, str) or name not in ASSUMPTIONS:
            raise Refused(f"names {shown(name)}, which is not an assumption{nearest(str(name), ASSUMPTIONS)}")
        if not ASSUMPTIONS[name].can_be_uncertain:
            raise Refused(f"names {name}, which takes no range, so nothing can be correlated with it")
    if one == other:
        raise Refused(f"pairs {one} with itself; name two assumptions")
    if not -1 <= finite(strength, "−1 … 1") <= 1:
        raise Refused(f"has {shown(strength)}, out of bounds: a rank correlation lies within −1 … 1")
    return one, other, float(strength)
