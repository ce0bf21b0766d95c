"""Actuals as rows of an editable table, and what is typed there as actuals: no Streamlit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.track.actuals import BESIDE, Actual, checked
from model.track.measures import MEASURES, Takes
from model.units import COUNT, MONTH

COLUMNS = ("month", "measure", "value", "beside")


def cells_of(scenario: Scenario, actuals: Iterable[Actual]) -> list[tuple[str, ...]]:
    """The rows of the table, as a person reads and types them."""
    return [
        (str(item.month), item.of.label, scenario.format.bare(item.value, item.of.unit), _beside(scenario, item))
        for item in actuals
    ]


def with_newer(known: Iterable[Actual], newer: Iterable[Actual]) -> tuple[Actual, ...]:
    """What is known, where a month of a measure that is told anew has its newer value."""
    return tuple({(item.month, item.measure): item for item in (*known, *newer)}.values())


def read(scenario: Scenario, rows: Sequence[Mapping[str, Any]]) -> tuple[Actual, ...]:
    """The actuals that are typed; empty rows are none. Raises ScenarioError that lists every fault by its row."""
    faults, found = list[Fault](), dict[int, Actual]()
    for place, row in enumerate(rows, 1):
        cells = {name: str(row.get(name) or "").strip() for name in COLUMNS}
        if any(cells.values()):
            try:
                found[place] = _actual(scenario, cells)
            except ValueError as error:
                faults.append(Fault(f"row {place}", str(error)))
    faults += _twice(found)
    if faults:
        raise ScenarioError(faults)
    return checked(scenario, found.values())


def _twice(found: Mapping[int, Actual]) -> Iterator[Fault]:
    """What a row says that one above it says already."""
    first = dict[tuple[int, str], int]()
    for place, item in found.items():
        if (above := first.setdefault((item.month, item.measure), place)) != place:
            told = f"has {item.of.label.lower()} of month {item.month}, as row {above} has; keep one of them"
            yield Fault(f"row {place}", told)


def _actual(scenario: Scenario, cells: Mapping[str, str]) -> Actual:
    """One actual. Raises ValueError that says which cell is wrong."""
    measure = next((item for item in MEASURES.values() if item.label == cells["measure"]), None)
    if measure is None:
        raise ValueError("does not say what was measured; choose it")
    last = 12 * scenario.horizon_years
    month = _number("month", cells["month"], NumberRule(MONTH, 1, last, 1), scenario)
    value = _number("value", cells["value"], NumberRule(measure.unit), scenario)
    if measure.takes is Takes.NOTHING:
        if cells["beside"]:
            raise ValueError(f"has “{cells['beside']}” beside {measure.label.lower()}; leave that empty")
        return Actual(int(month), measure.name, value)
    if not cells["beside"]:
        raise ValueError(f"needs {BESIDE[measure.takes]} beside {measure.label.lower()}")
    if measure.takes is Takes.TESTED:
        tested = _number("people tested", cells["beside"], NumberRule(COUNT, 1, example=4), scenario)
        return Actual(int(month), measure.name, value, tested=int(tested))
    error = _number("standard error", cells["beside"], NumberRule(measure.unit, 0), scenario)
    return Actual(int(month), measure.name, value, standard_error=error)


def _number(what: str, typed: str, rule: NumberRule, scenario: Scenario) -> float:
    try:
        return rule.read(typed, scenario.format)
    except ValueError as error:
        raise ValueError(f"has the {what} '{typed}', which {error}") from None


def _beside(scenario: Scenario, item: Actual) -> str:
    if item.tested is not None:
        return str(item.tested)
    return "" if item.standard_error is None else scenario.format.bare(item.standard_error, item.of.unit)
