"""A scenario: a named, frozen set of what differs from the defaults; its file and its content hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS, MEASURES, Range, Value, default_range
from model.gates.stage_gate import StageGate
from model.other.amounts import SIDES, OtherAmount
from model.reading.faults import Fault, ScenarioError
from model.reading.row_validation import other_data, stages_data
from model.reading.scenario_validation import DEFAULT_NAME, SCHEMA_VERSION, check_scenario
from model.reading.skill_validation import skills_data
from model.reading.value_validation import bounds_text
from model.skills.areas import SkillArea
from model.units import DEFAULT_CURRENCY, Format

# Room for the longest texts that are kept, each character escaped.
MAX_FILE_BYTES = 5_000_000
# The fields that are about the reader and the calendar, not about the plan, with their labels.
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "currency": "Currency",
        "locale": "Locale of numbers and dates",
        "start_month": "First month",
        "fiscal_year_start": "First month of the fiscal year",
    }
)
# The fields that a plan has beside its assumptions and its path, so that another plan of the company has its own.
OF_THE_PLAN = (*SIDES, "stages")
# What is put after the name of a scenario that is no longer the original.
EDITED = " (edited)"


@dataclass(frozen=True)
class Scenario:
    """A set of assumptions under a name.

    `assumptions` holds only values that differ from the defaults; `ranges` only those that differ, None where
    a default range was taken away; `start_month` is "YYYY-MM" or None for next January; `social_share_path`
    has one share per year-end and is used by the custom shape. Made by `from_data`, `changed` or
    `model.presets`, which refuse what is not valid with a ScenarioError. `translation` says what an older file was
    read as; it is told once, and is no part of the content, nor is `written_in`, the locale of a file that tells
    several scenarios together.

    `other_costs` and `other_benefits` are rows of amounts by plan year that no assumption stands for: nominal,
    before tax, against holding.

    `skills`, the team by skill area, is optional, empty where nobody judged them. No line item reads it; it tells
    where a competent share and a training plan come from (docs/model.md, Scenarios). `stages` are the gates of a
    plan in stages, in order of time, empty where it runs through: every projection is the plan that never stops,
    and `model.stages` tells what stopping is worth.
    """

    name: str = DEFAULT_NAME
    description: str = ""
    currency: str = DEFAULT_CURRENCY
    locale: str = "en"
    start_month: str | None = None
    fiscal_year_start: int = 1
    assumptions: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    social_share_path: tuple[float, ...] | None = None
    ranges: Mapping[str, Range | None] = field(default_factory=lambda: MappingProxyType({}))
    correlations: tuple[tuple[str, str, float], ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    skills: tuple[SkillArea, ...] = ()
    other_costs: tuple[OtherAmount, ...] = ()
    other_benefits: tuple[OtherAmount, ...] = ()
    stages: tuple[StageGate, ...] = ()
    translation: tuple[str, ...] = field(default=(), compare=False)
    written_in: str | None = field(default=None, compare=False)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every assumption's value, defaults included, in the order of declaration."""
        return MappingProxyType({name: self.assumptions.get(name, a.default) for name, a in ASSUMPTIONS.items()})

    @property
    def horizon_years(self) -> int:
        """Number of years that are counted."""
        return int(self.values["horizon_years"])

    @property
    def format(self) -> Format:
        """The formatter for the scenario's locale, or that which it is written in, and its currency."""
        return Format(self.written_in or self.locale, self.currency)

    def written_as(self, other: Scenario) -> Scenario:
        """The same, its numbers and dates written as the other's are."""
        return replace(self, written_in=other.format.locale)

    def number(self, name: str) -> float:
        """The value of a numeric assumption or a switch (1 or 0)."""
        return float(self.values[name])

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the programme that are taken: training of no hours is none, nor is what runs no years."""
        if not self.number("programme_years"):
            return ()
        idle = set() if self.number("training_hours") else {"training_programme"}
        return tuple(name for name in MEASURES if self.values[name] and name not in idle)

    @property
    def gates(self) -> tuple[StageGate, ...]:
        """The gates within the horizon: at its end or later there is nothing left to stop."""
        return tuple(gate for gate in self.stages if gate.month < 12 * self.horizon_years)

    @property
    def other_in_words(self) -> tuple[str, ...]:
        """Every row of other costs and benefits: what it is, its name and its amounts within the horizon."""
        return tuple(
            f"{side.label} “{row.name}”: {row.amounts_in_words(self.format, self.horizon_years)}"
            for side in SIDES.values()
            for row in getattr(self, side.field)
        )

    def stated(self, name: str) -> str:
        """An assumption's value as a person reads it: "5 %"."""
        return self.format.plain(self.values[name], ASSUMPTIONS[name].unit)

    def calendar(self, today: date | None = None) -> tuple[date, ...]:
        """First day of each month of the plan, from `start_month` or else next January."""
        first = self.first_month(today)
        return tuple(_later(first, months) for months in range(12 * self.horizon_years))

    def month_start(self, month: int, today: date | None = None) -> date:
        """First day of a month of the plan, counted from 1."""
        return _later(self.first_month(today), month - 1)

    def first_month(self, today: date | None = None) -> date:
        """First day of month 1."""
        if self.start_month is None:
            return date((today or date.today()).year + 1, 1, 1)
        year, month = self.start_month.split("-")
        return date(int(year), int(month), 1)

    def changed(self, **fields: Any) -> Scenario:
        """A copy with some fields replaced, checked. Raises ScenarioError."""
        return replace(Scenario.from_data(replace(self, **fields).to_data()), written_in=self.written_in)

    def with_values(self, **values: Value) -> Scenario:
        """A copy with some assumptions set, checked. Raises ScenarioError."""
        return self.changed(assumptions={**self.assumptions, **values})

    def to_data(self) -> dict[str, Any]:
        """The scenario as its file holds it: plain data, only what differs from the defaults."""
        data: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "name": self.name}
        optional = {
            "description": self.description or None,
            "currency": self.currency if self.currency != DEFAULT_CURRENCY else None,
            "locale": self.locale if self.locale != "en" else None,
            "start_month": self.start_month,
            "fiscal_year_start": self.fiscal_year_start if self.fiscal_year_start != 1 else None,
            "assumptions": dict(self.assumptions) or None,
            "social_share_path": list(self.social_share_path) if self.social_share_path else None,
            "ranges": {name: _range_data(item) for name, item in self.ranges.items()} or None,
            "correlations": [list(pair) for pair in self.correlations] or None,
            "notes": dict(self.notes) or None,
            "skills": skills_data(self.skills) or None,
            **{field: other_data(getattr(self, field)) or None for field in SIDES},
            "stages": stages_data(self.stages) or None,
        }
        return data | {key: value for key, value in optional.items() if value is not None}

    def to_json(self) -> str:
        """The scenario file's text."""
        return json.dumps(self.to_data(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits of the SHA-256 of the content, defaults filled in.

        The same content has the same hash whatever the order of keys or the spelling of numbers; a release
        that changes a default changes it.
        """
        content = self.to_data() | {
            "assumptions": dict(self.values),
            "ranges": {name: _range_data(item) for name, item in self.effective_ranges.items()},
        }
        canonical = json.dumps(_spelled_alike(content), sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(canonical.encode()).hexdigest()[:12]

    @cached_property
    def effective_ranges(self) -> Mapping[str, Range]:
        """The range of every uncertain assumption: the scenario's own as given, else the default one.

        A default range has the scenario's value as its likely one, and reaches as far as that value.
        """
        ranges = {
            name: self.ranges[name] if name in self.ranges else default_range(item, self.values[name])
            for name, item in ASSUMPTIONS.items()
        }
        return MappingProxyType({name: item for name, item in ranges.items() if item is not None})

    def has_own_range(self, name: str) -> bool:
        """Whether an assumption's range is not the declared one: given here, or stretched to a value beyond that."""
        declared, known = ASSUMPTIONS[name].range, self.effective_ranges.get(name)
        if name in self.ranges or known is None or declared is None:
            return name in self.ranges
        return (known.low, known.high) != (declared.low, declared.high)

    def __reduce__(self) -> tuple[Any, ...]:
        return (
            Scenario.from_data,
            (self.to_data(),),
            {"translation": self.translation, "written_in": self.written_in},
        )

    @classmethod
    def from_data(cls, data: object) -> Scenario:
        """A scenario from plain data. Raises ScenarioError that lists every fault."""
        return cls(**check_scenario(data))

    @classmethod
    def from_json(cls, text: str | bytes) -> Scenario:
        """A scenario from the text of its file. Raises ScenarioError that lists every fault."""
        if len(text) > MAX_FILE_BYTES:
            raise ScenarioError([Fault("file", f"is too large: a scenario has at most {MAX_FILE_BYTES} bytes")])
        return cls.from_data(parse_json(text, "file"))

    @classmethod
    def from_file(cls, path: Path) -> Scenario:
        """A scenario from its file. Raises ScenarioError, also where the file cannot be read."""
        try:
            with path.open("rb") as file:
                text = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise ScenarioError([Fault(str(path), f"cannot be read: {error.strerror}")]) from None
        return cls.from_json(text)


def _later(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _range_data(item: Range | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "low": item.low,
        "likely": item.likely,
        "high": item.high,
        "distribution": item.distribution.value,
    }


def _spelled_alike(item: Any) -> Any:
    """Numbers as floats throughout, so that 5 and 5.0 and 5e0 are one content."""
    if isinstance(item, Mapping):
        return {key: _spelled_alike(value) for key, value in item.items()}
    if isinstance(item, list | tuple):
        return [_spelled_alike(value) for value in item]
    if isinstance(item, int | float) and not isinstance(item, bool):
        return float(item) + 0.0
    return item


def parse_json(text: str | bytes, what: str) -> Any:
    """The data of a JSON text, which faults call `what`. Raises ScenarioError, also where a key stands twice."""
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, object_pairs_hook=_no_repeated_keys)
    except ScenarioError:
        raise
    except UnicodeDecodeError:
        raise ScenarioError([Fault(what, "is not UTF-8 text; save it as JSON in UTF-8")]) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ScenarioError([Fault(what, f"is not valid JSON at {where}: {error.msg}")]) from None
    except (RecursionError, ValueError):
        raise ScenarioError([Fault(what, "is nested too deeply or holds a number too long to read")]) from None


def parse_value(name: str, text: str) -> Value:
    """An assumption's value from what a person typed: "24.5 %". Raises ValueError with mend and bounds."""
    assumption = ASSUMPTIONS[name]
    try:
        return assumption.unit.parse(text)
    except ValueError as error:
        bounds = f"; bounds are {bounds_text(assumption)}" if assumption.bounds else ""
        raise ValueError(f"{error}{bounds}") from None


def _no_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ScenarioError([Fault(key, "stands twice; keep one of the two")])
        found[key] = value
    return found
