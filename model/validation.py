"""Checks what a scenario is made of and lists every fault, with its bounds and the nearest valid name."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS, Assumption, Distribution, Kind, Range, Value, default_range
from model.units import NO_BREAK, Format, Style, known_currency, known_locale

SCHEMA_VERSION = 1
DEFAULT_NAME = "Untitled scenario"
MAX_NAME = 500
MAX_TEXT = 10_000
# After so many faults the nearest valid name is no longer looked for: that is slow, and no one reads on.
_HINTS = 50


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the key it stands under, what is wrong and the mend."""

    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


class ScenarioError(ValueError):
    """A scenario that cannot be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class _Refused(ValueError):
    """A single value that is refused; the message says why and gives the mend."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: the nearest valid one, if any is near."""
    close = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else ""


def check_scenario(data: object) -> dict[str, Any]:
    """The fields of a Scenario from plain data, normalised. Raises ScenarioError that lists every fault."""
    if not isinstance(data, dict):
        raise ScenarioError([Fault("file", "holds no scenario: the top level must be an object { … }")])
    faults: list[Fault] = []
    fields: dict[str, Any] = {}
    for key, item in data.items():
        if key not in _FIELDS:
            hint = nearest(str(key), _FIELDS) if len(faults) < _HINTS else ""
            faults.append(Fault(_shown(key), f"is not a key of a scenario{hint}"))
        else:
            fields[key] = _attempt(_FIELDS[key], key, item, faults)
    fields.pop("schema_version", None)
    faults += _together(fields, {fault.key for fault in faults})
    if faults:
        raise ScenarioError(faults)
    if "ranges" in fields:
        fields["ranges"] = _own_ranges(fields["ranges"], fields.get("assumptions", {}))
    return fields


def _own_ranges(ranges: Mapping[str, Range | None], overrides: Mapping[str, Value]) -> Mapping[str, Range | None]:
    """The ranges that differ from those the values have anyway."""
    return MappingProxyType(
        {
            name: item
            for name, item in ranges.items()
            if item != default_range(ASSUMPTIONS[name], overrides.get(name, ASSUMPTIONS[name].default))
        }
    )


def check_value(assumption: Assumption, value: object) -> Value:
    """The value in its own type. Raises ValueError with bounds and mend where it is not one the model takes."""
    if assumption.unit.style is Style.SWITCH:
        if not isinstance(value, bool):
            raise _Refused(f"is {_shown(value)}, but must be true or false")
        return value
    if assumption.unit.style is Style.CHOICE:
        if value not in assumption.choices:
            options = ", ".join(assumption.choices)
            raise _Refused(
                f"is {_shown(value)}, but must be one of {options}{nearest(str(value), assumption.choices)}"
            )
        return str(value)
    number = _finite(value)
    low, high = assumption.bounds or (-math.inf, math.inf)
    if not low <= number <= high:
        raise _Refused(f"is {_shown(value)}, out of bounds: must lie within {bounds_text(assumption)}")
    if assumption.unit.whole and number != int(number):
        raise _Refused(f"is {_shown(value)}, but must be a whole number within {bounds_text(assumption)}")
    return int(number) if assumption.unit.whole else number


def bounds_text(assumption: Assumption) -> str:
    """The hard bounds as a file holds them, per cent beside fractions: "0.001 … 1 (0.1 % … 100 %)"."""
    low, high = assumption.bounds or (-math.inf, math.inf)
    text = f"{low:.12g} … {high:.12g}"
    if assumption.unit.style is Style.PERCENT:
        text += f" ({low * 100:.12g}{NO_BREAK}% … {high * 100:.12g}{NO_BREAK}%)"
    return text


def delivered_share_faults(values: Mapping[str, Value], path: tuple[float, ...] | None) -> list[Fault]:
    """The faults of a plan whose delivered social share leaves the bounds a share can have."""
    start, delivery = float(values["social_share_start"]), float(values["plan_delivery"])
    custom = values["ramp_shape"] == "custom"
    planned = path or () if custom else (float(values["social_share_target"]),)
    low, high = ASSUMPTIONS["social_share_target"].bounds or (0.0, 1.0)
    key = "social_share_path" if custom else "social_share_target"
    rounding = 1e-12
    percent = Format()
    unit = ASSUMPTIONS["social_share_target"].unit
    return [
        Fault(
            key,
            f"delivered at plan_delivery {delivery:g}, {share:g} becomes a social share of "
            f"{percent.exact(delivered, unit)}, outside {percent.plain(low, unit)} … {percent.plain(high, unit)}: "
            "bring plan_delivery or the share nearer to the start",
        )
        for share in planned
        if not low - rounding <= (delivered := start + delivery * (share - start)) <= high + rounding
    ]


def _together(fields: Mapping[str, Any], faulty: set[str]) -> list[Fault]:
    """Faults of fields that are right one by one but not together; what is faulty itself is left out."""
    overrides = fields.get("assumptions") or {}
    values = {name: overrides.get(name, a.default) for name, a in ASSUMPTIONS.items()}
    path = fields.get("social_share_path")
    faults = []
    path_is_sound = not any(key.startswith("social_share_path") for key in faulty)
    if values["ramp_shape"] == "custom" and path_is_sound and "horizon_years" not in faulty:
        faults += _path_faults(path, int(values["horizon_years"]))
    if faulty.isdisjoint({"social_share_start", "social_share_target", "plan_delivery"}):
        faults += delivered_share_faults(values, path)
    return faults


def _path_faults(path: tuple[float, ...] | None, years: int) -> list[Fault]:
    if path is None:
        return [Fault("social_share_path", f"is missing: the custom shape needs {years} shares, one per year-end")]
    if len(path) != years:
        return [
            Fault("social_share_path", f"has {len(path)} shares, but horizon_years is {years}: one per year-end")
        ]
    return []


def _attempt(check: Callable[[str, Any, list[Fault]], Any], key: str, item: object, faults: list[Fault]) -> Any:
    try:
        return check(key, item, faults)
    except _Refused as refusal:
        faults.append(Fault(key, str(refusal)))
        return None


def _schema_version(_key: str, item: object, _faults: list[Fault]) -> int:
    if item != SCHEMA_VERSION or isinstance(item, bool):
        raise _Refused(f"is {_shown(item)}, but this release reads version {SCHEMA_VERSION}")
    return SCHEMA_VERSION


def _text(limit: int, *, required: bool = False) -> Callable[[str, Any, list[Fault]], str]:
    def check(_key: str, item: object, _faults: list[Fault]) -> str:
        if not isinstance(item, str):
            raise _Refused(f"is {_shown(item)}, but must be text")
        if required and not item.strip():
            raise _Refused("is empty; give it at least one character")
        if len(item) > limit:
            raise _Refused(f"has {len(item)} characters; at most {limit} are kept")
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", item):
            raise _Refused("holds control characters; remove them")
        return item

    return check


def _currency(_key: str, item: object, _faults: list[Fault]) -> str:
    if not isinstance(item, str) or not known_currency(item):
        raise _Refused(f"is {_shown(item)}, but must be a three-letter ISO 4217 code such as USD, EUR or DKK")
    return item


def _locale(_key: str, item: object, _faults: list[Fault]) -> str:
    if not isinstance(item, str) or not known_locale(item):
        raise _Refused(f"is {_shown(item)}, but must be a locale such as en, da or de")
    return item


def _start_month(_key: str, item: object, _faults: list[Fault]) -> str | None:
    if item is None:
        return None
    if not isinstance(item, str) or not re.fullmatch(r"(19|20|21)\d\d-(0[1-9]|1[0-2])", item):
        raise _Refused(f"is {_shown(item)}, but must be a month such as 2027-01, from 1900-01 to 2199-12")
    return item


def _fiscal_year_start(_key: str, item: object, _faults: list[Fault]) -> int:
    number = _finite(item)
    if number not in range(1, 13):
        raise _Refused(f"is {_shown(item)}, out of bounds: must be a month within 1 … 12")
    return int(number)


def _assumptions(_key: str, item: object, faults: list[Fault]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, value in _object(item).items():
        if name not in ASSUMPTIONS:
            hint = nearest(str(name), ASSUMPTIONS) if len(faults) < _HINTS else ""
            faults.append(Fault(_shown(name), f"is not an assumption{hint}"))
            continue
        try:
            found[name] = check_value(ASSUMPTIONS[name], value)
        except _Refused as refusal:
            faults.append(Fault(name, str(refusal)))
    in_order = (name for name in ASSUMPTIONS if name in found and found[name] != ASSUMPTIONS[name].default)
    return MappingProxyType({name: found[name] for name in in_order})


def _path(key: str, item: object, faults: list[Fault]) -> tuple[float, ...] | None:
    if item is None:
        return None
    if not isinstance(item, list | tuple):
        raise _Refused(f"is {_shown(item)}, but must be a list with one share for each year-end")
    shares = []
    for position, value in enumerate(item, start=1):
        try:
            shares.append(float(check_value(ASSUMPTIONS["social_share_target"], value)))
        except _Refused as refusal:
            faults.append(Fault(f"{key}[{position}]", str(refusal)))
    return tuple(shares) or None


def _ranges(_key: str, item: object, faults: list[Fault]) -> Mapping[str, Range | None]:
    found: dict[str, Range | None] = {}
    for name, value in _object(item).items():
        label = f"ranges.{name}"
        if name not in ASSUMPTIONS:
            faults.append(Fault(label, f"is not an assumption{nearest(str(name), ASSUMPTIONS)}"))
        elif not ASSUMPTIONS[name].can_be_uncertain:
            why = "a decision" if ASSUMPTIONS[name].kind is Kind.DECISION else "no number"
            faults.append(Fault(label, f"is {why} and takes no range; remove it"))
        else:
            try:
                found[name] = None if value is None else _range(ASSUMPTIONS[name], value)
            except _Refused as refusal:
                faults.append(Fault(label, str(refusal)))
    return MappingProxyType({name: found[name] for name in ASSUMPTIONS if name in found})


def _range(assumption: Assumption, value: object) -> Range:
    """The range, after naming everything that is wrong with it in one refusal."""
    if not isinstance(value, Mapping):
        raise _Refused(f"is {_shown(value)}, but must be an object with low, likely and high, or null")
    wanted = ("low", "likely", "high", "distribution")
    wrong = [f"has the unknown key {_shown(key)}{nearest(str(key), wanted)}" for key in value if key not in wanted]
    missing = [key for key in wanted[:3] if key not in value]
    if missing:
        wrong.append(f"lacks {' and '.join(missing)}: a range has low, likely and high")
    ends: dict[str, float] = {}
    for key in wanted[:3]:
        try:
            if key in value:
                ends[key] = _end(assumption, key, value[key])
        except _Refused as refusal:
            wrong.append(str(refusal))
    kinds = [kind.value for kind in Distribution]
    distribution = value.get("distribution", Distribution.PERT.value)
    if distribution not in kinds:
        hint = nearest(str(distribution), kinds)
        wrong.append(f"has the distribution {_shown(distribution)}, but must have one of {', '.join(kinds)}{hint}")
    if len(ends) == len(wanted[:3]):
        wrong += _out_of_order(ends["low"], ends["likely"], ends["high"], distribution)
    if wrong:
        raise _Refused("; ".join(wrong))
    return Range(ends["low"], ends["likely"], ends["high"], Distribution(distribution))


def _out_of_order(low: float, likely: float, high: float, distribution: object) -> list[str]:
    wrong = []
    if not (low <= likely <= high and low < high):
        wrong.append(f"is {low:g}, {likely:g}, {high:g}, but must rise: low ≤ likely ≤ high and low < high")
    if distribution == Distribution.LOGNORMAL and low <= 0:
        wrong.append(f"has low {low:g}, but a lognormal range must lie above 0")
    return wrong


def _end(assumption: Assumption, key: str, value: object) -> float:
    try:
        return float(check_value(assumption, value))
    except _Refused as refusal:
        raise _Refused(f"{key} {refusal}") from None


def _correlations(key: str, item: object, faults: list[Fault]) -> tuple[tuple[str, str, float], ...]:
    if not isinstance(item, list | tuple):
        raise _Refused(f"is {_shown(item)}, but must be a list of pairs like [name, name, rank correlation]")
    found: dict[frozenset[str], tuple[str, str, float]] = {}
    for position, entry in enumerate(item, start=1):
        try:
            one, other, strength = _pair(entry)
            if frozenset((one, other)) in found:
                raise _Refused(f"names {one} and {other} a second time; keep one of the two")
            found[frozenset((one, other))] = (*sorted((one, other)), strength)  # type: ignore[assignment]
        except _Refused as refusal:
            faults.append(Fault(f"{key}[{position}]", str(refusal)))
    return tuple(sorted(found.values()))


def _pair(entry: object) -> tuple[str, str, float]:
    if not isinstance(entry, list | tuple) or len(entry) != 3:
        raise _Refused(f"is {_shown(entry)}, but must be a pair like [name, name, rank correlation]")
    one, other, strength = entry
    for name in (one, other):
        if not isinstance(name, str) or name not in ASSUMPTIONS:
            raise _Refused(f"names {_shown(name)}, which is not an assumption{nearest(str(name), ASSUMPTIONS)}")
        if not ASSUMPTIONS[name].can_be_uncertain:
            raise _Refused(f"names {name}, which takes no range, so nothing can be correlated with it")
    if one == other:
        raise _Refused(f"pairs {one} with itself; name two assumptions")
    if not -1 <= _finite(strength) <= 1:
        raise _Refused(f"has {_shown(strength)}, out of bounds: a rank correlation lies within -1 … 1")
    return one, other, float(strength)


def _notes(key: str, item: object, faults: list[Fault]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in _object(item).items():
        if name not in ASSUMPTIONS:
            faults.append(Fault(f"{key}.{name}", f"is not an assumption{nearest(str(name), ASSUMPTIONS)}"))
            continue
        try:
            found[name] = _text(MAX_TEXT)(key, value, faults)
        except _Refused as refusal:
            faults.append(Fault(f"{key}.{name}", str(refusal)))
    return MappingProxyType({name: found[name] for name in ASSUMPTIONS if found.get(name)})


def _object(item: object) -> Mapping[str, Any]:
    if not isinstance(item, Mapping):
        raise _Refused(f"is {_shown(item)}, but must be an object of names and values")
    return item


def _finite(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Refused(f"is {_shown(value)}, but must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _Refused(f"is {_shown(value)}, but must be a finite number")
    return number + 0.0


def _shown(value: object) -> str:
    """A value as a message quotes it: short, and unmistakably a quotation."""
    text = {True: "true", False: "false", None: "null"}.get(value) if isinstance(value, bool | None) else None
    if text is None:
        text = f"'{value}'" if isinstance(value, str) else type(value).__name__
        if isinstance(value, int | float):
            text = (
                f"{value:g}" if isinstance(value, float) else f"{value}" if abs(value) < 10**15 else "a huge number"
            )
    return text if len(text) <= 60 else text[:57] + "…'"


_FIELDS: Mapping[str, Callable[[str, Any, list[Fault]], Any]] = MappingProxyType(
    {
        "schema_version": _schema_version,
        "name": _text(MAX_NAME, required=True),
        "description": _text(MAX_TEXT),
        "currency": _currency,
        "locale": _locale,
        "start_month": _start_month,
        "fiscal_year_start": _fiscal_year_start,
        "assumptions": _assumptions,
        "social_share_path": _path,
        "ranges": _ranges,
        "correlations": _correlations,
        "notes": _notes,
    }
)
