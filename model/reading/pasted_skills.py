"""Skill areas as a person types or pastes them: rows of text from a spreadsheet or a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from types import MappingProxyType

from model.reading.faults import Fault, Refused, ScenarioError
from model.reading.numerals import PLAIN, NotANumber
from model.reading.skill_validation import AREA_KEY, KEYS, NUMBER_KEYS, check_skills
from model.reading.texts import as_lines, from_cell
from model.skills.areas import SkillArea
from model.units import NO_BREAK, RATIO, SHARE, Unit

MAX_PASTED = 50_000
# Name, importance, competent and wanted: text as typed, or a number in model units as it is stored.
Cells = Sequence[str | float]

_UNITS: Mapping[str, Unit] = MappingProxyType({"importance": RATIO, "competent": SHARE, "wanted": SHARE})
# What the columns are called in messages, and the words by which a heading is known.
LABELS: Mapping[str, str] = MappingProxyType(
    {AREA_KEY: "area", "importance": "weight", "competent": "competent today", "wanted": "wanted"}
)
_KNOWN_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        AREA_KEY: frozenset({"area", "skill", "skills", "name"}),
        "importance": frozenset({"importance", "weight"}),
        "competent": frozenset({"competent", "today", "now", "current"}),
        "wanted": frozenset({"wanted", "target", "needed"}),
    }
)
_NUMBER = re.compile(r"[+\-−]?\d")
# What may set columns apart; of those that fit as well, the first.
_SIGNS = "\t;,"
# What spreadsheets write before the first row to say which it is.
_SIGN_STATED = re.compile(r'"?sep=([^\n])"?[\t;,]*\n', re.IGNORECASE)
# The place in KEYS from which on the numbers are shares.
_FIRST_SHARE = 2
_COLUMNS = "area, weight, competent today and wanted"
_MEND = f"name the columns {_COLUMNS}, or leave the heading out"


def pasted_areas(text: str) -> tuple[SkillArea, ...]:
    """The areas of pasted rows: four columns set apart by tabs, semicolons or commas, with or without a heading.

    A first line such as "sep=;" says by which. Numbers may have a decimal comma. Shares are per cent, with or
    without the sign; where none has a sign and none is above 1, they are fractions. Between 0 and 1 without a sign,
    but beside per cents, a share may be meant as either and is refused; a 1 beside them is 1 %. A heading may name
    the columns in any order and further ones, which are left out. Raises ScenarioError that names every fault by its
    row.
    """
    if len(text) > MAX_PASTED:
        raise ScenarioError([Fault("The text", f"has {len(text)} characters; at most {MAX_PASTED} are read")])
    rows = _rows(text)
    if not rows:
        raise ScenarioError([Fault("The text", f"holds no row; a row has {_COLUMNS}")])
    columns, widths, body = _columns(rows)
    if not body:
        raise ScenarioError([Fault("The text", "holds a heading and no row below it")])
    faults = [Fault(f"Row {line}", _wrong_width(row)) for line, row in body if len(row) not in widths]
    cells = [(line, [row[place] for place in columns]) for line, row in body if len(row) in widths]
    shares = [cell for _, row in cells for cell in row[_FIRST_SHARE:]]
    if any(_is_per_cent(cell) for cell in shares):
        faults += _ambiguous(cells)
    return areas_of(cells, fractions=all(_is_fraction(cell) for cell in shares), faults=faults)


def areas_of_file(content: bytes) -> tuple[SkillArea, ...]:
    """The areas of a CSV file as spreadsheets save it: UTF-8 or else Windows-1252. Raises ScenarioError."""
    # No CSV file holds zero bytes, but UTF-16 text and spreadsheets do.
    for encoding in ("utf-8-sig", "cp1252") if b"\0" not in content else ():
        try:
            return pasted_areas(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise ScenarioError([Fault("The file", "is no text in UTF-8; save it from the spreadsheet as CSV in UTF-8")])


def areas_of(
    rows: Iterable[tuple[int, Cells]], *, fractions: bool = False, faults: Sequence[Fault] = ()
) -> tuple[SkillArea, ...]:
    """The areas of numbered rows; shares without a sign are per cent, or with `fractions` fractions.

    Raises ScenarioError that names every fault by its row, `faults` of other rows first.
    """
    found = list(faults)
    data, lines = [], []
    for line, row in rows:
        before = len(found)
        entry = _entry(line, row, fractions, found)
        # What is told here need not be told a second time in the words of a scenario file.
        if len(found) == before:
            data.append(entry)
            lines.append(line)
    areas = _checked(data, lines, found)
    if found:
        raise ScenarioError(found)
    return areas


def _checked(data: list[dict[str, str | float]], lines: Sequence[int], faults: list[Fault]) -> tuple[SkillArea, ...]:
    """The areas of the rows whose cells can be read; of all rows together only where there is no other fault."""
    areas: tuple[SkillArea, ...] = ()
    told: list[Fault] = []
    try:
        areas = check_skills("skills", data, told)
    except Refused as refusal:
        told += [] if faults else [Fault("The table", str(refusal))]
    faults += [Fault(_by_row(fault.key, lines), fault.message) for fault in told]
    return areas


def _entry(line: int, row: Cells, fractions: bool, faults: list[Fault]) -> dict[str, str | float]:
    """One row as a scenario file holds it; a number that is none or out of bounds is a fault."""
    entry: dict[str, str | float] = {}
    for key, cell in zip(KEYS, row, strict=True):
        entry[key] = cell
        if key != AREA_KEY and isinstance(cell, str):
            try:
                entry[key] = _within_bounds(key, cell, _number(cell, RATIO if fractions else _UNITS[key]))
            except ValueError as error:
                faults.append(Fault(f"Row {line}, {LABELS[key]}", str(error)))
    return entry


def _within_bounds(key: str, cell: str, number: float) -> float:
    """The number of a cell itself. Raises ValueError that quotes what was typed where it is out of bounds."""
    high, scale = NUMBER_KEYS[key], _UNITS[key].scale
    if 0 <= number <= high:
        return number
    sign = f"{NO_BREAK}%" if _UNITS[key] is SHARE else ""
    raise ValueError(f"'{cell.strip()[:40]}' is out of bounds: 0{sign} … {high * scale:g}{sign}")


def _number(cell: str, unit: Unit) -> float:
    """The number of a cell in model units; a weight may be written in per cent too. Raises ValueError."""
    how = replace(PLAIN, decimal="," if "," in cell else ".")
    try:
        return float(how.read(cell, ("%",)).value / Decimal(unit.scale))
    except NotANumber:
        example = "45 or 45 %" if unit is SHARE else "3 or 2.5"
        raise ValueError(f"'{cell.strip()[:40]}' is not a number; write it like {example}") from None


def _is_fraction(cell: str) -> bool:
    try:
        return "%" not in cell and 0 <= _number(cell, RATIO) <= 1
    except ValueError:
        return False


def _is_per_cent(cell: str) -> bool:
    try:
        return _number(cell, SHARE) > 0.01 or "%" in cell
    except ValueError:
        return False


def _ambiguous(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterable[Fault]:
    """A fault for each share that may be meant as a fraction, in rows where others are per cent."""
    for line, row in rows:
        for key, cell in zip(KEYS[_FIRST_SHARE:], row[_FIRST_SHARE:], strict=True):
            if _is_fraction(cell) and 0 < (fraction := _number(cell, RATIO)) < 1:
                typed = cell.strip()
                percent = f"{100 * fraction:.10g}".replace(".", "," if "," in cell else ".")
                told = f"stands beside per cents and may mean {typed} % or {percent} %; write the one that is meant"
                yield Fault(f"Row {line}, {LABELS[key]}", f"'{typed}' {told}, with its sign")


def _by_row(key: str, lines: Sequence[int]) -> str:
    """A fault's key in a file as the row and column a person sees."""
    found = re.fullmatch(r"skills\[(\d+)\](?:\.(\w+))?", key)
    if found is None:
        return key
    column = f", {LABELS[found[2]]}" if found[2] else ""
    return f"Row {lines[int(found[1]) - 1]}{column}"


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with its number in the text."""
    lines = as_lines(text.removeprefix("\ufeff"))
    stated = _SIGN_STATED.match(lines)
    if stated:
        return _read(lines[stated.end() :], stated[1])
    tables = [_read(lines, sign) for sign in _SIGNS if sign in lines] or [_read(lines, ",")]
    return max(tables, key=_wide_rows)


def _read(lines: str, sign: str) -> list[tuple[int, list[str]]]:
    """The rows of a text whose columns a sign sets apart."""
    try:
        read = list(csv.reader(StringIO(lines), delimiter=sign, skipinitialspace=True))
    except csv.Error as error:
        raise ScenarioError([Fault("The text", f"cannot be read as rows: {error}")]) from None
    return [(line, _trimmed(row)) for line, row in enumerate(read, start=1) if any(cell.strip() for cell in row)]


def _wide_rows(rows: list[tuple[int, list[str]]]) -> int:
    """How many rows have the columns that a row must have: few, where the sign stands in some cells only."""
    return sum(len(row) >= len(KEYS) for _, row in rows)


def _trimmed(row: list[str]) -> list[str]:
    """The cells of a row without empty ones at its end, and without the mark that keeps text from being computed."""
    cells = [from_cell(cell) for cell in row]
    while len(cells) > len(KEYS) and not cells[-1].strip():
        cells.pop()
    return cells


def _columns(rows: list[tuple[int, list[str]]]) -> tuple[list[int], range, list[tuple[int, list[str]]]]:
    """Where the four columns stand, how many a row may have, and the rows below the heading, if there is one."""
    (line, first), *others = rows
    places = {key: _place(key, first) for key in KEYS}
    known = [place for place in places.values() if place is not None]
    if not known or any(_NUMBER.match(cell.strip()) for cell in first):
        return list(range(len(KEYS))), range(len(KEYS), len(KEYS) + 1), rows
    for place in known:
        if known.count(place) > 1:
            meant = " and ".join(LABELS[key] for key, found in places.items() if found == place)
            raise ScenarioError(
                [Fault(f"Row {line}", f"has the heading '{first[place]}' for {meant} at once; {_MEND}")]
            )
    if len(known) < len(KEYS):
        missing = " and ".join(LABELS[key] for key, place in places.items() if place is None)
        raise ScenarioError([Fault(f"Row {line}", f"is a heading without a column for {missing}; {_MEND}")])
    return known, range(max(known) + 1, MAX_PASTED), others


def _place(key: str, heading: list[str]) -> int | None:
    """The column of a heading that is the key itself, else the first that says as much."""
    # What stands in brackets is the unit.
    names = (cell.lower().partition("(")[0] for cell in heading)
    words = [frozenset(re.findall(r"[a-z]+", name)) for name in names]
    exact = [place for place, known in enumerate(words) if known == {key}]
    return next(iter(exact + [place for place, known in enumerate(words) if known & _KNOWN_BY[key]]), None)


def _wrong_width(row: Sequence[str]) -> str:
    hint = "; between decimal commas, set columns apart with semicolons" if len(row) > len(KEYS) else ""
    return f"has {len(row)} {'column' if len(row) == 1 else 'columns'}, but must have 4: {_COLUMNS}{hint}"
