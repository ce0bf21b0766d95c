"""Scenarios of schema version 1 in the terms of version 2, and what is to be said of that."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from types import MappingProxyType
from typing import Any, NamedTuple

from model.assumptions import ASSUMPTIONS
from model.units import MONEY_YEAR, Unit

# An assumption of version 1 that has another name and unit now: course fees per person and year.
_FEE, _FEE_PER_HOUR = "training_fee", "training_fee_per_hour"
OLD_UNITS: Mapping[str, Unit] = MappingProxyType({_FEE: MONEY_YEAR})
# In version 1 the return of social rested on these and on nothing else.
_PLATFORM = frozenset({"social_reported_roas", "social_incremental_share"})
BASIS = "social_return_basis"

CHANGED_MODEL = (
    "It was written for version 1 of the model. The model itself has changed since, and the numbers with it: the "
    "return of social stands beside that of other channels, and pay, hiring and skills count"
)


class Translated(NamedTuple):
    """A scenario's data in the terms of today, and sentences that say what was translated."""

    data: dict[str, Any]
    told: tuple[str, ...]


def translated(data: Mapping[str, Any]) -> Translated:
    """The data of a version 1 scenario in the terms of version 2; what is not legal is left for the checks."""
    told = [f"{CHANGED_MODEL}."]
    fields = dict(data)
    values = _mapping(data.get("assumptions"))
    for key in ("assumptions", "ranges", "notes"):
        if isinstance(data.get(key), Mapping):
            fields[key] = _renamed(data[key])
    if _is_number(values.get(_FEE)):
        fields["assumptions"][_FEE_PER_HOUR] = _per_hour(values[_FEE], _hours(values), told)
    ranges = _mapping(fields.get("ranges"))
    if isinstance(ranges.get(_FEE_PER_HOUR), Mapping):
        fields["ranges"] = ranges | {_FEE_PER_HOUR: _range_per_hour(ranges[_FEE_PER_HOUR], _hours(values))}
    if isinstance(pairs := data.get("correlations"), list | tuple):
        fields["correlations"] = [_renamed_pair(pair) for pair in pairs]
    if rests_on_platforms(ranges | values):
        fields["assumptions"] = on_platform_basis(_mapping(fields.get("assumptions")))
        told.append(
            "It states what the platforms report or what part of that is incremental, so the return of social "
            "rests on these (platform basis)."
        )
    return Translated(fields, tuple(told))


def is_old(data: Mapping[str, Any]) -> bool:
    """Whether data that states no version is of version 1: it names what only that knew, or platforms alone."""
    values, ranges, notes = (_mapping(data.get(key)) for key in ("assumptions", "ranges", "notes"))
    return not OLD_UNITS.keys().isdisjoint((*values, *ranges, *notes)) or rests_on_platforms(ranges | values)


def rests_on_platforms(names: Mapping[str, Any]) -> bool:
    """Whether the return of social is taken from platforms, though no basis of it is named, as in version 1."""
    return BASIS not in names and not _PLATFORM.isdisjoint(names)


def on_platform_basis(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values on the platform basis."""
    return {**values, BASIS: "platform"}


def _per_hour(fee: float, hours: float, told: list[str]) -> float:
    """The fee by the hour; the default where there are no hours, and no more than the bounds allow."""
    item = ASSUMPTIONS[_FEE_PER_HOUR]
    assert item.bounds is not None
    value = min(fee / hours, item.bounds[1]) if hours else float(item.default)
    why = f"for {hours:g} hours" if hours else "the default, as no hours are trained"
    told.append(
        f"Course fees are counted by the hour now: {fee:g} a year for each person became {value:g} an hour, {why}."
    )
    return value


def _hours(values: Mapping[str, Any]) -> float:
    hours = values.get("training_hours", ASSUMPTIONS["training_hours"].default)
    return float(hours) if _is_number(hours) else 0.0


def _range_per_hour(item: Mapping[str, Any], hours: float) -> dict[str, Any] | None:
    """A range of the fee by the hour; none where no hours are trained, as the fee then plays no part."""
    if not hours:
        return None
    return {key: value / hours if _is_number(value) else value for key, value in item.items()}


def _renamed(named: Mapping[str, Any]) -> dict[str, Any]:
    return {_FEE_PER_HOUR if name == _FEE else name: item for name, item in named.items()}


def _renamed_pair(pair: Any) -> Any:
    return [_FEE_PER_HOUR if item == _FEE else item for item in pair] if isinstance(pair, list | tuple) else pair


def _mapping(item: Any) -> dict[str, Any]:
    return dict(item) if isinstance(item, Mapping) else {}


def _is_number(item: object) -> bool:
    return isinstance(item, Real) and not isinstance(item, bool)
