"""The contract of a plan in stages: what would change our mind, fixed beforehand, with the odds of each.

It is stamped with the scenario's hash. As data it has a version of its own, so that it can be kept beside the plan
and each clause be marked once it is known what came.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from model.gates.stage_gate import StageGate
from model.reading.faults import Fault, Refused, ScenarioError, as_object, checked_text, finite, keyed, shown
from model.reading.numerals import brief
from model.reading.row_validation import check_stages, stages_data
from model.reading.scenario_validation import MAX_NAME
from model.scenario import MAX_FILE_BYTES, Scenario, parse_json
from model.stages.branches import branches
from model.stages.staged import GateEnd, valued
from model.units import Format

CONTRACT_VERSION = 1
_KEYS = ("contract_version", "scenario", "hash", "made_on", "draws", "seed", "clauses")
_CLAUSE_KEYS = ("gate", "on", "reached", "below", "state", "observed", "observed_on")


class State(StrEnum):
    """Whether it is known what a gate saw: at or above its threshold, or below."""

    OPEN = "open"
    MET = "met"
    NOT_MET = "not met"


def check_observed(gate: StageGate, observed: float) -> None:
    """Refuse what no test could find: less than nothing may be, but no more than all. Raises Refused."""
    most = gate.looks_at.bounds[1]
    if abs(finite(observed)) > most:
        raise Refused(f"is {shown(observed)}, out of bounds: must lie within {brief(-most)} … {brief(most)}")


@dataclass(frozen=True)
class Clause:
    """A gate with its date, and the odds that were told when it was fixed.

    `on` is the last day of its month; `reached` how often the plan gets there, `below` how often it is then measured
    below the threshold. `observed` is what was measured, in the indicator's unit, on `observed_on`.
    """

    gate: StageGate
    on: date
    reached: float
    below: float
    observed: float | None = None
    observed_on: date | None = None

    @property
    def state(self) -> State:
        """Whether it is met, as far as is known."""
        if self.observed is None:
            return State.OPEN
        return State.MET if self.observed >= self.gate.threshold else State.NOT_MET

    def threshold_in_words(self, text: Format) -> str:
        """The threshold in its unit."""
        return text.plain(self.gate.threshold, self.gate.looks_at.unit)

    def sentence(self, text: Format) -> str:
        """The clause as a person reads it, with its odds."""
        item = self.gate.looks_at
        label = item.label[0].lower() + item.label[1:]
        return (
            f"If on {text.day(self.on)}, at the end of month {self.gate.month}, {label} is measured below "
            f"{self.threshold_in_words(text)} ({item.measured}), {self.gate.below.words}. Odds today: "
            f"{self.odds_in_words(text)}.{self._came(text)}"
        )

    def odds_in_words(self, text: Format) -> str:
        """How often it is measured below the threshold: "27 in 100 of the 58 in 100 that get there"."""
        often = f"{text.number(100 * self.below, 0)} in 100"
        return often if self.reached == 1 else f"{often} of the {text.number(100 * self.reached, 0)} that get there"

    def _came(self, text: Format) -> str:
        if self.observed is None or self.observed_on is None:
            return ""
        seen = text.plain(self.observed, self.gate.looks_at.unit)
        early = ", before that day" if self.observed_on < self.on else ""
        follows = f": {self.gate.below.words}" if self.state is State.NOT_MET else ""
        return f" Measured {seen} on {text.day(self.observed_on)}{early}: {self.state}{follows}."


@dataclass(frozen=True)
class Contract:
    """What was fixed beforehand for a scenario, by its name and content hash, and the draws behind its odds."""

    scenario: str
    hash: str
    made_on: date
    draws: int
    seed: int
    clauses: tuple[Clause, ...]

    def on(self, month: int, today: date) -> date:
        """The day on which the gate of a month is marked where none is given; today where it has no such gate."""
        days = (clause.on for clause in self.clauses if clause.gate.month == month)
        return marking_day(next(days, today), today)

    def marked(self, month: int, observed: float, on: date) -> Contract:
        """The contract with what was measured at the gate of a month. Raises ScenarioError where it has none."""
        if not any(clause.gate.month == month for clause in self.clauses):
            months = ", ".join(str(clause.gate.month) for clause in self.clauses)
            raise ScenarioError([Fault("month", f"is {month}, but the contract's gates are at month {months}")])
        clauses = (
            replace(one, observed=observed, observed_on=on) if one.gate.month == month else one
            for one in self.clauses
        )
        return replace(self, clauses=tuple(clauses))

    def holds_for(self, scenario: Scenario) -> bool:
        """Whether it was made for exactly this content."""
        return scenario.hash == self.hash

    def to_data(self) -> dict[str, Any]:
        """The contract as plain data."""
        return {
            "contract_version": CONTRACT_VERSION,
            "scenario": self.scenario,
            "hash": self.hash,
            "made_on": self.made_on.isoformat(),
            "draws": self.draws,
            "seed": self.seed,
            "clauses": [_clause_data(clause) for clause in self.clauses],
        }

    def to_json(self) -> str:
        """The text of its file."""
        return json.dumps(self.to_data(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Contract:
        """A contract from the text of its file. Raises ScenarioError that lists every fault."""
        if len(text) > MAX_FILE_BYTES:
            raise ScenarioError([Fault("file", f"is too large: a contract has at most {MAX_FILE_BYTES} bytes")])
        return cls.from_data(parse_json(text, "file"))

    @classmethod
    def from_data(cls, data: object) -> Contract:
        """A contract from plain data. Raises ScenarioError that lists every fault."""
        faults: list[Fault] = []
        given = keyed("contract", data, _KEYS, faults)
        if faults:
            raise ScenarioError(faults)
        if given["contract_version"] != CONTRACT_VERSION:
            told = f"is {shown(given['contract_version'])}, but this release reads version {CONTRACT_VERSION}"
            raise ScenarioError([Fault("contract_version", told)])
        checks: dict[str, Callable[[Any], Any]] = {
            "scenario": lambda item: checked_text(item, MAX_NAME, required=True),
            "hash": _hash,
            "made_on": _day,
            "draws": _count,
            "seed": _count,
            "clauses": lambda item: _clauses(item, faults),
        }
        fields: dict[str, Any] = {}
        for name, check in checks.items():
            try:
                fields[name] = check(given[name])
            except Refused as refusal:
                faults.append(Fault(name, str(refusal)))
        if faults:
            raise ScenarioError(faults)
        return cls(**fields)


def contract_for(scenario: Scenario, count: int, seed: int, today: date) -> Contract | None:
    """The contract of a scenario's own gates, with odds from these draws; None where it has none in its horizon."""
    if not scenario.gates:
        return None
    found = branches(scenario, scenario.gates, count, seed)
    ends = valued(found, tuple(gate.threshold for gate in scenario.gates)).ends
    return contract_of(scenario, ends, count, seed, today)


def day_of(gate: StageGate, scenario: Scenario, today: date) -> date:
    """The last day of a gate's month; of a plan without a first month as it would be if approved on `today`."""
    return scenario.month_start(gate.month + 1, today) - timedelta(days=1)


def marking_day(day: date, today: date) -> date:
    """The day on which a gate of that day is marked where no other is given: its own once it is past, else today."""
    return min(day, today)


def contract_of(scenario: Scenario, ends: Sequence[GateEnd], count: int, seed: int, today: date) -> Contract:
    """The contract that a scenario's gates make, from what happens at each with its own threshold."""
    clauses = (
        Clause(
            gate=one.gate,
            on=day_of(one.gate, scenario, today),
            reached=one.reached,
            below=one.below,
        )
        for one in ends
    )
    return Contract(scenario.name, scenario.hash, today, count, seed, tuple(clauses))


def _clause_data(clause: Clause) -> dict[str, Any]:
    return {
        "gate": stages_data([clause.gate])[0],
        "on": clause.on.isoformat(),
        "reached": clause.reached,
        "below": clause.below,
        "state": clause.state.value,
        "observed": clause.observed,
        "observed_on": clause.observed_on and clause.observed_on.isoformat(),
    }


def _clauses(item: object, faults: list[Fault]) -> tuple[Clause, ...]:
    if not isinstance(item, list | tuple) or not item:
        raise Refused(f"is {shown(item)}, but must be a list of at least one clause")
    found: list[Clause] = []
    for position, entry in enumerate(item, start=1):
        own: list[Fault] = []
        label = f"clauses[{position}]"
        given = keyed(label, entry, _CLAUSE_KEYS, own)
        try:
            if not own:
                found.append(_clause(label, given, own))
        except Refused as refusal:
            own.append(Fault(label, str(refusal)))
        faults += own
    return tuple(found)


def _clause(label: str, given: Mapping[str, Any], faults: list[Fault]) -> Clause:
    """A clause whose state follows from what was measured. Adds its gate's faults, or raises Refused."""
    gates = check_stages(f"{label}.gate", [as_object(given["gate"])], faults)
    seen, seen_on = given["observed"], given["observed_on"]
    if (seen is None) != (seen_on is None):
        raise Refused("has one of observed and observed_on; give both or neither")
    if not gates:
        raise Refused("has no gate that can be read")
    clause = Clause(
        gate=gates[0],
        on=_day(given["on"]),
        reached=_part(given["reached"]),
        below=_part(given["below"]),
        observed=None if seen is None else finite(seen),
        observed_on=None if seen_on is None else _day(seen_on),
    )
    if given["state"] != clause.state:
        raise Refused(f"has the state {shown(given['state'])}, but what was measured says '{clause.state}'")
    return clause


def _day(item: object) -> date:
    try:
        return date.fromisoformat(item if isinstance(item, str) else "")
    except ValueError:
        raise Refused(f"is {shown(item)}, but must be a day such as 2027-12-31") from None


def _hash(item: object) -> str:
    if not isinstance(item, str) or len(item) != 12 or set(item) - set("0123456789abcdef"):
        raise Refused(f"is {shown(item)}, but must be twelve hexadecimal digits")
    return item


def _count(item: object) -> int:
    number = finite(item)
    if number < 0 or number % 1:
        raise Refused(f"is {shown(item)}, but must be a whole number of 0 or more")
    return int(number)


def _part(item: object) -> float:
    number = finite(item, "0 … 1")
    if not 0 <= number <= 1:
        raise Refused(f"is {shown(item)}, out of bounds: must lie within 0 … 1")
    return number
