"""What the gates of a plan saw: by marks that a person typed, else as far as it was measured; and their contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from model.gates.stage_gate import StageGate
from model.reading.faults import Fault, Faults, Refused, ScenarioError, finite, keyed, shown
from model.scenario import Scenario
from model.stages.contract import Contract, State, check_observed, day_of
from model.track.actuals import Actual, actuals_data, actuals_from
from model.track.measures import MEASURES
from model.track.variances import BELIEVED, Variance
from model.units import Format

# Cash is what is believed of it.
_CASH = "cumulative_cash"
# The measure in which a gate finds what else it looks at, and what tells a part of it only.
_MEASURED = {
    "competent_share": "competent_share",
    "social_return": "social_return_test",
    "relative_return": "relative_return_test",
}
_PART = {
    "relative_return": ("social_return_test", "a lift test tells the return of social, not that of other channels")
}


@dataclass(frozen=True)
class GateMark:
    """What a person says was measured at the gate of a month, in its indicator's unit, and when that was marked."""

    month: int
    observed: float
    on: date


@dataclass(frozen=True)
class GateSeen:
    """A gate with what was measured of it in its month, in its indicator's unit; None where nothing was.

    `marked_on` is when a person marked it, None where actuals tell it; `ends_on` its month's last day, None where
    the plan has no first month. `told` are the measures that have actuals up to its month.
    """

    gate: StageGate
    observed: float | None
    until: int
    marked_on: date | None = None
    told: frozenset[str] = frozenset()
    ends_on: date | None = None

    @property
    def state(self) -> State:
        """Whether its threshold is met, as far as is known."""
        if self.observed is None:
            return State.OPEN
        return State.MET if self.observed >= self.gate.threshold else State.NOT_MET

    @property
    def due(self) -> bool:
        """Whether its month has come, and what it looks at was not measured."""
        return self.observed is None and self.gate.month <= self.until

    @property
    def standing(self) -> str:
        """Met, not met, not due or not measured."""
        if self.observed is not None:
            return str(self.state)
        return "not measured" if self.due else "not due"

    @property
    def would_tell(self) -> str:
        """What would tell whether it is met, and what is missing in what there is, in a part of a sentence."""
        month, name = self.gate.month, self.gate.indicator
        if name == _CASH:
            return f"any actual of month {month} or later, or a mark, tells it"
        missing = _PART.get(name)
        beside = f"; {missing[1]}" if missing and missing[0] in self.told else ""
        return f"“{MEASURES[_MEASURED[name]].label}” in month {month}, or a mark, tells it{beside}"

    @property
    def follows(self) -> str:
        """What the contract requires now, as a headline; empty unless the gate is not met."""
        if self.state is not State.NOT_MET:
            return ""
        return f"The gate of month {self.gate.month} is not met: {self.gate.below.words}"

    def when_marked(self, text: Format) -> str:
        """The day of its mark, and whether that was before its month had ended; empty where actuals tell it."""
        if self.marked_on is None:
            return ""
        early = self.ends_on is not None and self.marked_on < self.ends_on
        before = f", before the gate's day, {text.day(self.ends_on)}" if early and self.ends_on else ""
        return f"marked on {text.day(self.marked_on)}{before}"

    def words(self, text: Format) -> str:
        """In a sentence, with what would tell it or what follows."""
        tells = f": {self.would_tell}" if self.due else ""
        tells = f": {self.gate.below.words}" if self.state is State.NOT_MET else tells
        return f"{self._so_far(text)}{tells}."

    def in_brief(self, text: Format) -> str:
        """The same without what would tell it or what follows."""
        return f"{self._so_far(text)}."

    def _so_far(self, text: Format) -> str:
        head = f"Gate, {self.gate.in_words(text)}"
        if self.due:
            return f"{head}: due, not measured"
        if self.observed is None:
            left = self.gate.month - self.until
            return f"{head}: open, {left} month{'s' * (left > 1)} to go"
        seen = text.plain(round(self.observed, 4), self.gate.looks_at.unit)
        return f"{head}: {', '.join(filter(None, (seen, self.when_marked(text), str(self.state))))}"


def gates_seen(
    scenario: Scenario,
    actuals: Sequence[Actual],
    until: int,
    found: Sequence[Variance],
    marks: Sequence[GateMark] = (),
) -> tuple[GateSeen, ...]:
    """Every gate of the plan, by its mark, else by the actuals up to now; cash by what is believed of it."""
    seen = {(item.month, item.measure): item.value for item in actuals}
    marked = {item.month: item for item in marks}
    cash = next((np.cumsum(item.actual) for item in found if item.subject == BELIEVED), np.zeros(0))

    def observed(gate: StageGate) -> float | None:
        if gate.indicator == _CASH:
            return float(cash[gate.month - 1]) if gate.month <= len(cash) else None
        return seen.get((gate.month, _MEASURED[gate.indicator]))

    def one(gate: StageGate) -> GateSeen:
        told = frozenset(item.measure for item in actuals if item.month <= gate.month)
        ends_on = None if scenario.start_month is None else day_of(gate, scenario, date.min)
        if (mark := marked.get(gate.month)) is not None:
            return GateSeen(gate, mark.observed, until, mark.on, told, ends_on)
        return GateSeen(gate, observed(gate), until, None, told, ends_on)

    return tuple(map(one, scenario.stages))


def marked_contract(contract: Contract, gates: Sequence[GateSeen]) -> Contract:
    """The contract of a plan with what its gates saw: on the day of the mark, else at its month's end."""
    seen = {item.gate.month: item for item in gates}
    for clause in contract.clauses:
        item = seen.get(clause.gate.month)
        if item is not None and item.observed is not None:
            contract = contract.marked(clause.gate.month, item.observed, item.marked_on or clause.on)
    return contract


# Marks as they are typed and kept


def checked_marks(scenario: Scenario, marks: Iterable[GateMark]) -> tuple[GateMark, ...]:
    """The marks by month, whatever their order. Raises ScenarioError that lists every fault."""
    faults, found = Faults(), dict[int, GateMark]()
    for mark in marks:
        where = f"mark of month {shown(mark.month)}"
        try:
            _check_mark(scenario, mark)
            if mark.month in found:
                raise Refused("stands twice; keep one mark for a gate")
            found[mark.month] = mark
        except Refused as refusal:
            faults.append(Fault(where, str(refusal)))
    if faults:
        raise ScenarioError(faults)
    return tuple(found[month] for month in sorted(found))


def _check_mark(scenario: Scenario, mark: GateMark) -> None:
    gate = next((one for one in scenario.stages if one.month == mark.month), None)
    if gate is None:
        months = ", ".join(str(one.month) for one in scenario.stages)
        told = f"the plan's gates are at month {months}" if months else "the plan has no gates"
        raise Refused(f"has no gate: {told}")
    check_observed(gate, mark.observed)


def posted_data(actuals: Sequence[Actual], marks: Sequence[GateMark]) -> Any:
    """Actuals and marks as plain data; actuals alone where there are no marks."""
    known = actuals_data(actuals)
    if not marks:
        return known
    rows = [{"month": one.month, "observed": one.observed, "on": one.on.isoformat()} for one in marks]
    return {"actuals": known, "marks": rows}


def posted_from(scenario: Scenario, data: object) -> tuple[tuple[Actual, ...], tuple[GateMark, ...]]:
    """Actuals and marks from plain data, checked. Raises ScenarioError that lists every fault."""
    if not isinstance(data, Mapping):
        return actuals_from(scenario, data), ()
    faults: list[Fault] = []
    given = keyed("posting", data, ("actuals", "marks"), faults)
    if faults:
        raise ScenarioError(faults)
    if not isinstance(given["marks"], list):
        raise ScenarioError([Fault("marks", f"is {shown(given['marks'])}, but must be a list")])
    marks = [_mark_from(f"marks.{place}", item) for place, item in enumerate(given["marks"], start=1)]
    return actuals_from(scenario, given["actuals"]), checked_marks(scenario, marks)


def _mark_from(where: str, item: object) -> GateMark:
    """A mark from plain data. Raises ScenarioError."""
    faults: list[Fault] = []
    given = keyed(where, item, ("month", "observed", "on"), faults)
    if not faults:
        try:
            return GateMark(given["month"], finite(given["observed"]), date.fromisoformat(given["on"]))
        except (Refused, TypeError, ValueError):
            faults.append(Fault(where, "must have a month, a number as observed and a day such as 2027-12-31"))
    raise ScenarioError(faults)
