"""Actuals: what was measured of a plan in a month; checked, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from model.reading.faults import Fault, Faults, Refused, ScenarioError, finite, keyed, nearest, shown
from model.scenario import Scenario
from model.track.measures import MEASURES, Measurable, Takes
from model.units import Style

_MOST_TESTED = 1_000_000
_MOST = 1e15
# What a measure is given with, as a person calls it.
BESIDE: Mapping[Takes, str] = MappingProxyType(
    {Takes.TESTED: "how many people were tested", Takes.STANDARD_ERROR: "the test's standard error"}
)


@dataclass(frozen=True)
class Actual:
    """What was measured in a month of the plan, counted from 1, in the measure's unit.

    `standard_error` is a test's own, in the same unit; `tested` how many people a skills test took.
    """

    month: int
    measure: str
    value: float
    standard_error: float | None = None
    tested: int | None = None

    @property
    def of(self) -> Measurable:
        """What it measures."""
        return MEASURES[self.measure]

    @property
    def where(self) -> str:
        """What a fault calls it."""
        return f"month {shown(self.month)}, {shown(self.measure)}"


def checked(scenario: Scenario, actuals: Iterable[Actual]) -> tuple[Actual, ...]:
    """The actuals by month and measure, whatever their order. Raises ScenarioError that lists every fault."""
    faults, found = Faults(), dict[tuple[int, str], Actual]()
    for actual in actuals:
        faults += (one := faults_of(scenario, actual))
        if not one and (actual.month, actual.measure) in found:
            faults.append(Fault(actual.where, "stands twice; keep one value for a month"))
        elif not one:
            found[actual.month, actual.measure] = actual
    if faults:
        raise ScenarioError(faults)
    order = list(MEASURES)
    return tuple(sorted(found.values(), key=lambda item: (item.month, order.index(item.measure))))


def faults_of(scenario: Scenario, actual: Actual) -> list[Fault]:
    """What is wrong with an actual of a plan."""
    last = 12 * scenario.horizon_years
    if actual.measure not in MEASURES:
        known = nearest(str(actual.measure), MEASURES) or f"; measures are {', '.join(MEASURES)}"
        return [Fault(actual.where, f"is not measured{known}")]
    found = []
    if isinstance(actual.month, bool) or not isinstance(actual.month, int) or not 1 <= actual.month <= last:
        found.append(Fault(actual.where, f"lies outside the plan: its months are 1 … {last}"))
    for check in (_value, _beside):
        try:
            check(actual)
        except Refused as refusal:
            found.append(Fault(actual.where, str(refusal)))
    return found


def _value(actual: Actual) -> None:
    number, unit = finite(actual.value), actual.of.unit
    high = 1.0 if unit.style is Style.PERCENT else _MOST
    low = -high if actual.of.signed else 0.0
    if not low <= number <= high:
        mend = "; write 62 % or 0.62" if high == 1 else ""
        raise Refused(f"is {shown(actual.value)}, out of bounds: must lie within {low:g} … {high:g}{mend}")


def _beside(actual: Actual) -> None:
    """Refuse what a measure is not given with, or lacks."""
    for takes in BESIDE:
        given = getattr(actual, takes.value)
        if given is not None and actual.of.takes is not takes:
            raise Refused(f"is not given with {BESIDE[takes]}; leave that out")
        if given is None and actual.of.takes is takes:
            raise Refused(f"needs {BESIDE[takes]}: give {takes.value}")
    if actual.standard_error is not None and not 0 < finite(actual.standard_error) <= _MOST:
        raise Refused(f"has the standard error {shown(actual.standard_error)}; it must lie above 0")
    if actual.tested is not None and (
        isinstance(actual.tested, bool)
        or not isinstance(actual.tested, int)
        or not 1 <= actual.tested <= _MOST_TESTED
    ):
        raise Refused(f"was tested on {shown(actual.tested)} people; a whole number within 1 … {_MOST_TESTED}")


def actuals_data(actuals: Sequence[Actual]) -> list[dict[str, Any]]:
    """Actuals as plain data, without what they are not given with."""
    return [{key: value for key, value in asdict(item).items() if value is not None} for item in actuals]


def actuals_from(scenario: Scenario, data: object) -> tuple[Actual, ...]:
    """Actuals from plain data, checked. Raises ScenarioError that lists every fault."""
    if not isinstance(data, list):
        raise ScenarioError([Fault("actuals", f"is {shown(data)}, but must be a list")])
    faults, found = Faults(), []
    for place, item in enumerate(data, start=1):
        wrong: list[Fault] = []
        optional = [key for key in _OPTIONAL if isinstance(item, Mapping) and key in item]
        given = keyed(f"actuals.{place}", item, (*_NEEDED, *optional), wrong)
        if wrong:
            faults += wrong
        else:
            found.append(Actual(**given))
    if faults:
        raise ScenarioError(faults)
    return checked(scenario, found)


_NEEDED, _OPTIONAL = ("month", "measure", "value"), ("standard_error", "tested")
