"""Actuals from a table: a row a month, a column a measure; refused with every fault by row and column at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from model.history.importing.cells import Marks, is_blank, marks_of
from model.history.importing.columns import DATE, words_of
from model.history.importing.data_file import DataFile
from model.history.importing.dates import read_dates
from model.history.importing.read import read_table
from model.history.importing.table import TextTable
from model.reading.faults import Fault, Faults, ScenarioError, shown
from model.reading.texts import alike
from model.scenario import Scenario
from model.track.actuals import BESIDE, Actual, checked, faults_of
from model.track.measures import MEASURES, Measurable, Takes

_TESTED = frozenset({"tested", "testet"})
_ERROR = frozenset(words_of("error se stderr std deviation fejl"))
_OF_SKILLS = "competent_share"


@dataclass(frozen=True)
class ReadActuals:
    """The actuals of a table, and in sentences which column was taken for what."""

    actuals: tuple[Actual, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class _Columns:
    """The columns of a table by what they are: the month's, each measure's, and what it is given with."""

    month: str
    values: Mapping[str, str]
    beside: Mapping[str, str]
    unused: tuple[str, ...]


def read_actuals(file: DataFile, scenario: Scenario, sheet: str | None = None) -> ReadActuals:
    """The actuals of a file for a plan; `sheet` names that of a workbook.

    Raises ScenarioError that lists every fault with its row and column.
    Months are written as the plan counts them, from 1, or as dates where the plan has a first month. A blank cell is
    a gap.
    """
    table = read_table(file, sheet)
    found = _columns(file, table)
    faults = Faults(
        Fault(f"row {item.row}", f"{item.reason}; mend the row")
        for item in table.set_aside
        if item.reason.startswith("has")
    )
    months = _months(table, found.month, scenario, faults)
    marks = marks_of([cell for name in found.values.values() for cell in table.column(name)], table.grid.separator)
    actuals = list[Actual]()
    for (row, cells), month in zip(table.rows, months, strict=True):
        named = dict(zip(table.heading, cells, strict=True))
        for measure, column in found.values.items():
            if not is_blank(named[column]):
                # What stands beside a month that is none is looked at as of the first, for its own faults.
                actuals += _actual(row, month or 1, MEASURES[measure], named, found, marks, scenario, faults)
    if faults:
        raise ScenarioError(faults)
    return ReadActuals(checked(scenario, actuals), (*table.told, *_told(found)))


def _actual(
    row: int, month: int, measure: Measurable, named: Mapping[str, str], found: _Columns, marks: Marks,
    scenario: Scenario, faults: Faults,
) -> Iterator[Actual]:  # fmt: skip
    """The actual of a cell, with what stands beside it; its faults are added to `faults`."""
    column, beside = found.values[measure.name], found.beside.get(measure.name)
    value = _number(named[column], marks)
    extra = _number(named[beside], marks) if beside and not is_blank(named[beside]) else None
    for name, number in ((column, value), (beside, extra)):
        if name and number is None and not is_blank(named[name]):
            told = f"holds {shown(named[name])}, which is no number with a {marks.words}"
            faults.append(Fault(f"row {row}, {shown(name)}", told))
    if value is None or (beside and extra is None and not is_blank(named[beside])):
        return
    tested = extra if measure.takes is Takes.TESTED else None
    if tested is not None and tested % 1:
        faults.append(
            Fault(f"row {row}, {shown(beside)}", f"holds {shown(tested)}; people are counted in whole ones")
        )
        return
    error = extra if measure.takes is Takes.STANDARD_ERROR else None
    made = Actual(month, measure.name, value, error, None if tested is None else int(tested))
    wrong = faults_of(scenario, made)
    faults += [Fault(f"row {row}, {shown(column)}", fault.message) for fault in wrong]
    if not wrong:
        yield made


def _number(cell: str, marks: Marks) -> float | None:
    """The number of a cell; of a per cent its hundredth part."""
    part = cell.rstrip().endswith("%")
    number = marks.number(cell.rstrip().removesuffix("%").rstrip())
    return number / 100 if part and number is not None else number


# Months


def _months(table: TextTable, column: str, scenario: Scenario, faults: Faults) -> list[int | None]:
    """The month of each row, counted from 1; None, with a fault, where it is none or stands twice."""
    cells = table.column(column)
    counted = [_counted(cell) for cell in cells]
    numbered = 2 * sum(month is not None for month in counted) >= sum(not is_blank(cell) for cell in cells)
    dated = not numbered and scenario.start_month is not None
    if not numbered and not dated:
        told = "holds dates, and the plan has no first month that they could be counted from"
        mend = "write months as 1, 2, 3 …, or give the plan its first month and have it approved"
        faults.append(Fault(column, f"{told}; {mend}"))
        return [None] * len(cells)
    found = _dated(table, cells, scenario) if dated else counted
    last, rows = 12 * scenario.horizon_years, dict[int, int]()
    for place, ((row, _), month) in enumerate(zip(table.rows, found, strict=True)):
        where, cell = f"row {row}, {shown(column)}", shown(cells[place])
        if month is None:
            faults.append(Fault(where, f"holds {cell}, which is no month; leave totals and notes out"))
        elif not 1 <= month <= last:
            side = "before the plan starts" if month < 1 else "beyond its end"
            faults.append(Fault(where, f"holds {cell}, {side}: its months are {_span(scenario, numbered)}"))
            found[place] = None
        elif month in rows:
            faults.append(Fault(where, f"holds {cell}, as row {rows[month]} does; keep one row for a month"))
            found[place] = None
        else:
            rows[month] = row
    return found


def _counted(cell: str) -> int | None:
    """The number of a month; a spreadsheet may have written it as "1.0"."""
    whole = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?", cell.strip())
    return int(whole[1]) if whole else None


def _dated(table: TextTable, cells: Sequence[str], scenario: Scenario) -> list[int | None]:
    first = scenario.first_month()
    return [
        None if day is None else 12 * (day.year - first.year) + day.month - first.month + 1
        for day in read_dates(cells, table.grid.day_zero)
    ]


def _span(scenario: Scenario, numbered: bool) -> str:
    last = 12 * scenario.horizon_years
    if numbered:
        return f"1 … {last}"
    return f"{scenario.month_start(1):%Y-%m} … {scenario.month_start(last):%Y-%m}"


# Columns


def _columns(file: DataFile, table: TextTable) -> _Columns:
    """What each column is, by its name. Raises ScenarioError where two may be the same, or none is of use."""
    month = next((name for name in table.heading if {*words_of(name)} & {*DATE}), None)
    if month is None:
        raise file.refused("has no column of months; call it “Month”")
    values, beside = dict[str, list[str]](), dict[str, list[str]]()
    unused = []
    for name in table.heading:
        if name == month:
            continue
        kept, words = (beside, _besides(name)) if _is_beside(name) else (values, _measure_of(name))
        if words is None:
            unused.append(name)
        else:
            kept.setdefault(words, []).append(name)
    twice = [
        Fault(
            " and ".join(map(shown, names)), f"may both be {MEASURES[measure].label}; keep one, or rename the other"
        )
        for kept in (values, beside)
        for measure, names in kept.items()
        if len(names) > 1
    ]
    lacking = [
        Fault(shown(names[0]), f"needs a column beside it: {BESIDE[MEASURES[measure].takes]}")
        for measure, names in values.items()
        if MEASURES[measure].takes in BESIDE and measure not in beside
    ]
    if not values:
        known = ", ".join(f"“{item.label}”" for item in MEASURES.values())
        raise file.refused(f"has no column of what is measured; name them as they are called here: {known}")
    if twice or lacking:
        raise ScenarioError([*twice, *lacking])
    one = {measure: names[0] for measure, names in values.items()}
    return _Columns(month, one, {measure: names[0] for measure, names in beside.items()}, tuple(unused))


def _measure_of(name: str) -> str | None:
    """The measure that a column means by its name: its own or its label, else that with most words in it."""
    for measure in MEASURES.values():
        if alike(name) in (alike(measure.name), alike(measure.label), alike(measure.name.replace("_", " "))):
            return measure.name
    words = {*words_of(name)}
    fitting = [item for item in MEASURES.values() if all(words & {*group.split()} for group in item.words)]
    return max(fitting, key=lambda item: len(item.words)).name if fitting else None


def _is_beside(name: str) -> bool:
    words = {*words_of(name)}
    return bool(words & _ERROR) or bool(words & _TESTED and not words & {"competent", "share"})


def _besides(name: str) -> str | None:
    """The measure that a column stands beside: a test's error by the test's words, people tested by the skills."""
    words = words_of(name)
    if {*words} & _ERROR:
        plain = " ".join(word for word in words if word not in _ERROR and word != "standard")
        measure = _measure_of(plain)
        return measure if measure and MEASURES[measure].takes is Takes.STANDARD_ERROR else None
    return _OF_SKILLS


def _told(found: _Columns) -> Iterator[str]:
    yield f"Month: {found.month}"
    for measure, column in found.values.items():
        given = f", with {found.beside[measure]}" if measure in found.beside else ""
        yield f"{MEASURES[measure].label}: {column}{given}"
    if found.unused:
        yield f"Not used: {', '.join(found.unused)}"
