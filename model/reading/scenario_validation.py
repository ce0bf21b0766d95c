"""Checks what a scenario is made of and lists every fault, with its bounds and the nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS, MOST_YEARS, Value
from model.other.amounts import SIDES
from model.reading.faults import (
    Fault,
    Faults,
    Refused,
    ScenarioError,
    as_object,
    checked_text,
    finite,
    nearest,
    shown,
)
from model.reading.range_validation import check_correlations, check_ranges, own_ranges
from model.reading.row_validation import check_other, check_stages
from model.reading.skill_validation import check_skills
from model.reading.value_validation import check_value
from model.reading.version_1 import translated
from model.units import Format, known_currency, known_locale

SCHEMA_VERSION = 2
_FIRST_VERSION = 1
DEFAULT_NAME = "Untitled scenario"
MAX_NAME = 500
MAX_TEXT = 10_000


def check_scenario(data: object) -> dict[str, Any]:
    """The fields of a Scenario from plain data, normalised. Raises ScenarioError that lists every fault."""
    if not isinstance(data, dict):
        raise ScenarioError([Fault("file", "holds no scenario: the top level must be an object { … }")])
    told: tuple[str, ...] = ()
    if _version(data.get("schema_version")) == _FIRST_VERSION:
        data, told = translated(data)
    faults = Faults()
    fields: dict[str, Any] = {"translation": told}
    for key, item in data.items():
        if key not in _FIELDS:
            faults.append(Fault(shown(key), f"is not a key of a scenario{nearest(str(key), _FIELDS)}"))
        else:
            fields[key] = _attempt(_FIELDS[key], key, item, faults)
    fields.pop("schema_version", None)
    faults += _together(fields, {fault.key for fault in faults})
    if faults:
        raise ScenarioError(faults)
    if "ranges" in fields:
        fields["ranges"] = own_ranges(fields["ranges"], fields.get("assumptions", {}))
    return fields


# What decides whether the delivered social share stays within its bounds.
DELIVERY = frozenset({"social_share_start", "social_share_target", "plan_delivery", "ramp_shape"})


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
    if faulty.isdisjoint(DELIVERY):
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
    except Refused as refusal:
        faults.append(Fault(key, str(refusal)))
        return None


def _schema_version(_key: str, item: object, _faults: list[Fault]) -> int:
    if _version(item) not in (_FIRST_VERSION, SCHEMA_VERSION):
        raise Refused(f"is {shown(item)}, but this release reads versions {_FIRST_VERSION} and {SCHEMA_VERSION}")
    return SCHEMA_VERSION


def _version(item: object) -> int | None:
    return int(item) if isinstance(item, int | float) and not isinstance(item, bool) and item in (1, 2) else None


def _text(limit: int, *, required: bool = False) -> Callable[[str, Any, list[Fault]], str]:
    return lambda _key, item, _faults: checked_text(item, limit, required=required)


def _currency(_key: str, item: object, _faults: list[Fault]) -> str:
    if not isinstance(item, str) or not known_currency(item):
        raise Refused(f"is {shown(item)}, but must be a three-letter ISO 4217 code such as USD, EUR or DKK")
    return item


def _locale(_key: str, item: object, _faults: list[Fault]) -> str:
    if not isinstance(item, str) or not known_locale(item):
        raise Refused(f"is {shown(item)}, but must be a locale such as en, da or de")
    return item


def _start_month(_key: str, item: object, _faults: list[Fault]) -> str | None:
    if item is None:
        return None
    if not isinstance(item, str) or not re.fullmatch(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", item):
        raise Refused(f"is {shown(item)}, but must be a month such as 2027-01, from 1900-01 to 2199-12")
    return item


def _fiscal_year_start(_key: str, item: object, _faults: list[Fault]) -> int:
    number = finite(item, "1 … 12")
    if number not in range(1, 13):
        raise Refused(f"is {shown(item)}, out of bounds: must be a month within 1 … 12")
    return int(number)


def _assumptions(_key: str, item: object, faults: list[Fault]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for name, value in as_object(item).items():
        if name not in ASSUMPTIONS:
            faults.append(Fault(shown(name), f"is not an assumption{nearest(str(name), ASSUMPTIONS)}"))
            continue
        try:
            found[name] = check_value(ASSUMPTIONS[name], value)
        except Refused as refusal:
            faults.append(Fault(name, str(refusal)))
    in_order = (name for name in ASSUMPTIONS if name in found and found[name] != ASSUMPTIONS[name].default)
    return MappingProxyType({name: found[name] for name in in_order})


def _path(key: str, item: object, faults: list[Fault]) -> tuple[float, ...] | None:
    if item is None:
        return None
    if not isinstance(item, list | tuple):
        raise Refused(f"is {shown(item)}, but must be a list with one share for each year-end")
    if len(item) > MOST_YEARS:
        raise Refused(f"has {len(item)} shares; at most {MOST_YEARS} are kept, one for each year-end")
    shares = []
    for position, value in enumerate(item, start=1):
        try:
            shares.append(float(check_value(ASSUMPTIONS["social_share_target"], value)))
        except Refused as refusal:
            faults.append(Fault(f"{key}[{position}]", str(refusal)))
    return tuple(shares) or None


def _notes(key: str, item: object, faults: list[Fault]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in as_object(item).items():
        if name not in ASSUMPTIONS:
            faults.append(Fault(f"{key}.{name}", f"is not an assumption{nearest(str(name), ASSUMPTIONS)}"))
            continue
        try:
            found[name] = checked_text(value, MAX_TEXT)
        except Refused as refusal:
            faults.append(Fault(f"{key}.{name}", str(refusal)))
    return MappingProxyType({name: found[name] for name in ASSUMPTIONS if found.get(name)})


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
        "ranges": check_ranges,
        "correlations": check_correlations,
        "notes": _notes,
        "skills": check_skills,
        **dict.fromkeys(SIDES, check_other),
        "stages": check_stages,
    }
)
