"""What the files of a tracked plan are made of, and what they say: what came, then the odds, then what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from model.projection import Projection
from model.reading.faults import Fault, ScenarioError
from model.stages.contract import State
from model.track.forecasts import warnings
from model.track.tracked import Tracked
from model.track.variances import BELIEVED, Variance
from model.track.words import (
    answer,
    difference,
    doubtful,
    how_odds_moved,
    lead,
    made_by,
    verdicts,
    warned,
    warning_words,
)
from model.units import MONEY, NO_BREAK, RATIO, SHARE, Format, Style
from report.words.stamp import SEPARATOR, stamps

_MONTHS_A_YEAR = 12
_MAIN = ("revenue", "social_revenue", "social_spend", "training_hours")


class Part(NamedTuple):
    """A part of what is told: its heading and sentences."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class VarianceReport:
    """The report of a plan's months so far: what tracking found with so many `draws`, and the plan's projection.

    `approved` says in words which version was approved; it is empty for a plan that is only tried. Raises
    ScenarioError where nothing is measured yet.
    """

    found: Tracked
    projection: Projection
    draws: int
    approved: str = ""

    def __post_init__(self) -> None:
        """Refuse a plan without actuals."""
        if not self.found.actuals:
            told = "hold nothing up to that month, so that there is no variance to report; give those of a month"
            raise ScenarioError([Fault("actuals", told)])

    @property
    def text(self) -> Format:
        """How numbers of the plan are written."""
        return self.found.scenario.format

    @property
    def months(self) -> int:
        """The months of the plan."""
        return _MONTHS_A_YEAR * self.found.scenario.horizon_years

    @property
    def until(self) -> int:
        """The month up to which actuals count."""
        return self.found.until

    @property
    def measured(self) -> tuple[Variance, ...]:
        """The variances of what was measured, without what is only believed."""
        return tuple(item for item in self.found.variances if item.subject != BELIEVED)

    @property
    def main(self) -> Variance:
        """The line that is drawn where there is room for one: company revenue, else the first that is measured."""
        known = {item.subject: item for item in self.measured}
        return next((known[name] for name in _MAIN if name in known), self.measured[0])

    @property
    def misspecified(self) -> bool:
        """Whether an actual is suspect, or a check says that the world is another than the plan has it."""
        return doubtful(self.found)


def footer(of: VarianceReport, today: date) -> tuple[str, str]:
    """Which numbers these are, in two lines."""
    whose, method = stamps(of.projection, today)
    drawn = f"{of.text.number(of.draws, 0)} draws, seed {of.found.learned.seed}"
    first = (*(stamp.text for stamp in whose), of.approved or "not approved", f"month {of.until} of {of.months}")
    return SEPARATOR.join(first), SEPARATOR.join((*(stamp.text for stamp in method), drawn))


def told(of: VarianceReport) -> tuple[Part, Part, Part]:
    """The report in words."""
    return (
        Part("What came", tuple(_came(of))),
        Part("What it means for the odds", tuple(_meant(of))),
        Part("What is due", tuple(_due(of))),
    )


def per_cent(of: VarianceReport, item: Variance) -> str:
    """The difference in per cent of what was planned, signed; a dash where nothing was planned."""
    plan = item.total(item.plan)
    return of.text.signed(item.total(item.delta) / abs(plan), SHARE) if plan else "–"


def in_brief(of: VarianceReport) -> tuple[Part, Part, Part]:
    """As `told`, the most important first, where there is little room and how the odds moved stands above it."""
    _, meant, due = told(of)
    gates = sorted(of.found.gates, key=lambda seen: (not seen.due, seen.state is not State.NOT_MET, seen.gate.month))
    lines = sorted(of.measured, key=lambda item: item is not of.main)
    record = [of.found.record.words(of.text)] if of.found.record else []
    moved = [f"{how_odds_moved(of.found)}."] if lead(of.found) else []
    checked = [] if of.misspecified else [*verdicts(of.found)]
    far = [warning_words(item, of.text) for item in warnings(of.found.forecasts) if item.far]
    known = {*moved, *record, *far, *checked, answer(of.found)}
    return (
        Part("What came", tuple(_line(of, item) for item in lines)),
        Part(
            meant.heading, (*moved, *record, *far, *checked, *(one for one in meant.sentences if one not in known))
        ),
        Part(due.heading, (*(seen.in_brief(of.text) for seen in gates), *due.sentences[len(gates) :])),
    )


def lines_so_far(of: VarianceReport) -> list[tuple[str, str, str, str]]:
    """Each line with PL, AC and ΔPL so far, rounded and without their unit; of what does not add up the last."""
    rows = []
    for item in of.measured:
        unit = item.unit if item.unit.style is Style.PERCENT else RATIO
        plan, actual = (of.text.rounded(item.total(series), unit) for series in (item.plan, item.actual))
        rows.append((item.label, plan, actual, apart(of, item)))
    return rows


def _came(of: VarianceReport) -> Iterator[str]:
    """Each line with its difference."""
    return (_line(of, item) for item in of.measured)


def _line(of: VarianceReport, item: Variance) -> str:
    """What came of a line, how far that is from its plan, and what made most of the difference."""
    unit, text = item.unit.of_a_year, of.text
    actual, plan = (text.rounded(item.total(series), unit) for series in (item.actual, item.plan))
    words = "" if unit.style in (Style.MONEY, Style.PERCENT) or not unit.per else f"{NO_BREAK}{unit.per}"
    cause = f", {made_by(item, text)}" if item.total(item.delta) else ""
    return f"{item.label}, {_when(of, item)}: {actual}{words}, planned {plan}{words} ({apart(of, item)}){cause}."


def apart(of: VarianceReport, item: Variance) -> str:
    """The difference as a person says it: in per cent of the plan, of a share in points."""
    delta = item.total(item.delta)
    if item.adds_up:
        return per_cent(of, item)
    if item.unit.style is Style.PERCENT:
        return difference(item, of.text)
    return of.text.signed(delta, item.unit)


def _when(of: VarianceReport, item: Variance) -> str:
    """The months that count: all so far, or those measured where some are missing."""
    known = item.months
    if not item.adds_up:
        return f"month {known[-1]}"
    if len(known) == of.until:
        return "month 1" if of.until == 1 else f"months 1–{of.until}"
    return f"{len(known)} of {of.until} months"


def _meant(of: VarianceReport) -> Iterator[str]:
    """What the odds are by now, whether that can be relied on, the early warnings and the record."""
    checked = tuple(verdicts(of.found))
    yield from (*checked, answer(of.found)) if of.misspecified else (answer(of.found), *checked)
    yield from warned(of.found)
    cash = next(item for item in of.found.variances if item.subject == BELIEVED)
    yield f"Net cash so far is believed to be {of.text.signed(cash.total(cash.delta), MONEY)} against plan."
    if of.found.record:
        yield of.found.record.words(of.text)


def _due(of: VarianceReport) -> Iterator[str]:
    """Every gate of the plan, and the actuals that come next."""
    yield from (seen.words(of.text) for seen in of.found.gates)
    if not of.found.gates:
        yield "The plan has no gates: no threshold falls due."
    if of.until < of.months:
        yield f"Next: the actuals of month {of.until + 1}."
