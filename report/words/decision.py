"""What is asked for, what must be true for it, and what is decided when: the content of the page that is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.choice.must_be_true import MustBeTrue
from model.metrics import METRICS
from model.pilot.pilots import Pilot
from model.projection import Projection
from model.scenario import Scenario
from model.stages.contract import Contract, day_of
from model.telling.basis import grade_of
from model.telling.budget import budget_of
from model.telling.measurement import SPENT
from model.telling.tables import fiscal_label, fiscal_start
from model.uncertainty.simulation import Simulation
from model.units import MONEY, SHARE, Format
from report.material import Material
from report.words.asking.money import Amounts, amounts_asked_for, message, money_in_words
from report.words.headings import length
from report.words.narrative import PILOTS, first_study, in_a_row, share_sought, taken
from report.words.stamp import in_a_heading, years
from report.words.values import assumed, dearest_year, stretch

# Headings of the text's sections, by which a deck and a report find them.
DECISION = "The decision"
TRUTHS = "What must be true"
CHANGES_OUR_MIND = "What would change our mind"
TESTS = "Which test first"
NEVER_STOPS = "All other figures are of the plan that never stops."
NOTHING_ASKED = "Nothing is asked for: share and team are held, and there is no programme."

_MOST_CONDITIONS = 3
# A first fiscal year with fewer months than this shows too little to be reviewed; the next one is.
_LEAST_MONTHS = 6


@dataclass(frozen=True)
class Condition:
    """A belief that decides within its range: what it must come to, what is assumed, and what would measure it."""

    belief: str
    threshold: str
    assumed: str
    grade: str
    measured: str


@dataclass(frozen=True)
class Milestone:
    """A day on which something is decided or looked at: when, what, and which quantity against which threshold."""

    when: str
    decided: str
    looked_at: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, str, str]:
        """When, what and looked at as cells of a table."""
        looked_at = "; ".join(self.looked_at) or "–"
        return self.when, _capital(self.decided), _capital(looked_at)

    @property
    def sentence(self) -> str:
        """All of it as a paragraph of a text."""
        looked_at = f" Looked at: {'; '.join(self.looked_at)}." if self.looked_at else ""
        return f"{self.when}: {self.decided}.{looked_at}"


@dataclass(frozen=True)
class StageClause:
    """A gate of a plan in stages: when what is looked at, the threshold, what happens below it, and how likely."""

    when: str
    indicator: str
    looked_at: str
    threshold: str
    then: str
    odds: str
    sentence: str


@dataclass(frozen=True)
class Decision:
    """What the page says: what is asked for, the conditions it rests on, and the milestones in order of time.

    `lead` says how the conditions are meant; `clauses` are the gates of a plan in stages, `stage_lead` says how they
    are; `money` are the rows of the table of money, `years` its columns and `basis` its heading; `message` is what
    is asked for in a few words.
    """

    asked: str
    message: str = "Nothing is asked for"
    lead: str = ""
    conditions: tuple[Condition, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    clauses: tuple[StageClause, ...] = ()
    stage_lead: str = ""
    money: tuple[Amounts, ...] = ()
    years: tuple[str, ...] = ()
    basis: str = ""


def decision(material: Material) -> Decision:
    """The content of the decision page; without a simulation it has no conditions and tells no odds."""
    plan = material.dated
    if not any(plan.bridge.values()):
        return Decision(NOTHING_ASKED)
    conditions = _conditions(plan.scenario, material.found) if material.found else ()
    budget = budget_of(plan)
    return Decision(
        asked=f"{_asked(plan)} {money_in_words(plan, budget, dearest_year(plan))}",
        message=message(plan.scenario, budget),
        lead=must_hold(plan, len(conditions)),
        conditions=conditions,
        milestones=_milestones(plan, material, conditions),
        clauses=stage_clauses(material.contract, material.scenario.format),
        stage_lead=_stage_lead(material),
        money=amounts_asked_for(plan.scenario, budget),
        years=budget.plan.headings,
        basis=f"{in_a_heading(SPENT, plan.scenario)}, {plan.scenario.currency}",
    )


def decision_paragraphs(found: Decision) -> tuple[str, ...]:
    """The page as paragraphs of a text; what must be true has a section of its own there."""
    clauses = (clause.sentence for clause in found.clauses)
    return (found.asked, *(milestone.sentence for milestone in found.milestones), *clauses)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def must_hold(plan: Projection, count: int) -> str:
    """What it means for the plan that so many conditions are listed."""
    if (plan.metrics["npv"] or 0.0) >= 0:
        which = "This" if count == 1 else "Each of these"
        return f"{which} must hold for the plan to pay, everything else as assumed:"
    which = "This" if count == 1 else "Any one of these"
    return f"As assumed the plan does not pay. {which} would be enough, everything else as assumed:"


def condition(item: MustBeTrue, text: Format) -> str:
    """What a belief must come to for the plan to pay: "at least 1.15"."""
    return " or ".join(stretch(text, item.name, *ends) for ends in item.pays) or "no value is enough"


def _asked(plan: Projection) -> str:
    """What is to be approved, from when, and for how long."""
    scenario, text = plan.scenario, plan.scenario.format
    sought = in_a_row([share_sought(scenario), *(measure.proposed for measure in taken(scenario))])
    begins, over = text.day(scenario.first_month()), years(scenario.horizon_years)
    return f"Approval is asked to {sought}, from {begins} over {over}."


def _conditions(scenario: Scenario, found: Findings) -> tuple[Condition, ...]:
    """The beliefs whose range leaves open whether the plan pays, the widest swing first."""
    deciding = [item for item in found.truths if item.within_range]
    return tuple(
        Condition(
            ASSUMPTIONS[item.name].short_label,
            condition(item, scenario.format),
            scenario.stated(item.name),
            grade_of(scenario, ASSUMPTIONS[item.name]),
            PILOTS.get(item.name, ""),
        )
        for item in deciding[:_MOST_CONDITIONS]
    )


def _milestones(plan: Projection, material: Material, conditions: Sequence[Condition]) -> tuple[Milestone, ...]:
    """Approval, start, review, payback, end of the programme and of the plan, as the calendar has them."""
    dated = [
        _start(plan, material),
        *_review(plan, material, conditions),
        *_gates(plan, material),
        *_payback(plan),
        *_end_of_programme(plan),
        _end(plan),
    ]
    text = plan.scenario.format
    # Sorted by day alone: what falls on one day stays in the order of above.
    listed = sorted(dated, key=lambda item: item[0])
    return (
        *_approval(material),
        *(Milestone(text.day(day), decided, looked_at) for day, decided, looked_at in listed),
    )


def stage_clauses(made: Contract | None, text: Format) -> tuple[StageClause, ...]:
    """The gates of a plan in stages with their odds, in order of time; none without a contract."""
    return tuple(
        StageClause(
            text.day(one.on),
            one.gate.looks_at.label,
            f"{one.gate.looks_at.label} ({one.gate.looks_at.measured})",
            f"below {one.threshold_in_words(text)}",
            _capital(one.gate.below.words),
            one.odds_in_words(text),
            one.sentence(text),
        )
        for one in (made.clauses if made else ())
    )


def _stage_lead(material: Material) -> str:
    """How the gates are meant; empty where there are none."""
    if material.contract is None:
        return ""
    return f"Fixed beforehand for the content with the hash {material.contract.hash}. {NEVER_STOPS}"


_Dated = tuple[date, str, tuple[str, ...]]
_APPROVED = "the plan and the money of its first fiscal year are approved, or not"


def _test_first(material: Material) -> Pilot | None:
    """The test that is to be run before the approval; None where none was found or none is worth it."""
    return material.answers.tests.first if material.answers.tests else None


def _approval(material: Material) -> tuple[Milestone, ...]:
    """The approval, and before it the test that is worth running first."""
    if (first := _test_first(material)) is None:
        return (Milestone("Now", _APPROVED, ()),)
    told = f"“{first.design.label}” is run first, for {length(first)}, or not"
    return Milestone("Now", told, ()), Milestone("After the test", f"{_APPROVED}, by what it found", ())


def _start(plan: Projection, material: Material) -> _Dated:
    first = plan.scenario.first_month()
    if material.answers.tests:
        return first, f"the plan starts{_delayed(_test_first(material))}", ()
    study = first_study(material.found, material.simulation) if material.found and material.simulation else ""
    if not study:
        return first, "the plan starts", ()
    return first, "the plan starts; by then the study worth most is done, or not", (study,)


def _delayed(first: Pilot | None) -> str:
    if first is None:
        return ""
    return f"; with the test first what is asked for begins {length(first)} later than planned here"


def _gates(plan: Projection, material: Material) -> list[_Dated]:
    """The gates of a plan in stages, on the days of its contract: what is looked at, and what happens below."""
    text = plan.scenario.format
    found: list[_Dated] = []
    for gate in material.scenario.gates:
        below = f"{text.plain(gate.threshold, gate.looks_at.unit)}, {gate.below.words}"
        on = day_of(gate, material.scenario, material.today)
        looked_at = (f"{_small(gate.looks_at.label)}: below {below}",)
        found.append((on, f"gate of month {gate.month}: go on, or not", looked_at))
    return found


def _review(plan: Projection, material: Material, conditions: Sequence[Condition]) -> list[_Dated]:
    """After the first fiscal year: cash and share against the plan, and each deciding belief as measured by then.

    Whether a plan in stages goes on is for its gates alone to say.
    """
    month = _months_to_review(plan)
    if not month:
        return []
    scenario, text = plan.scenario, plan.scenario.format
    starts = scenario.fiscal_year_start
    name = fiscal_label(fiscal_start(scenario.month_start(month), starts), starts)
    share = text.rounded(float(plan.lines["social_share"][month - 1]), SHARE)
    looked_at = (
        _cash(plan, material.simulation, month),
        f"social share: {share} of the marketing budget as planned",
    )
    reviewed, day = f"review after fiscal year {name}", _after(plan, month)
    if material.scenario.gates:
        return [(day, f"{reviewed}: correct what is off; whether to go on is for the gates to say", looked_at)]
    beliefs = (
        *(f"{one.belief}: {one.threshold}" for one in conditions[:1]),
        *([f"what else stands under “{TRUTHS}”"] if len(conditions) > 1 else []),
    )
    return [(day, f"{reviewed}: go on, correct or stop", (*looked_at, *beliefs))]


def _months_to_review(plan: Projection) -> int:
    """How many months lie before the review; 0 where the plan ends before there is a fiscal year to look at."""
    starts = plan.scenario.fiscal_year_start
    ends = [month for month, day in enumerate(plan.scenario.calendar(), 1) if day.month % 12 + 1 == starts]
    return next((month for month in ends if _LEAST_MONTHS <= month < plan.months), 0)


def _cash(plan: Projection, simulation: Simulation | None, month: int) -> str:
    """Cumulative net cash as assumed, and what one case in ten falls below."""
    text, place = plan.scenario.format, month - 1
    expected = text.signed(float(plan.lines["cumulative_cash"][place]), MONEY)
    if simulation is None:
        return f"cumulative net cash: {expected} as assumed"
    low, error = (
        float(series[place])
        for series in (simulation.band("cumulative_cash", 10), simulation.band_error("cumulative_cash", 10))
    )
    return f"cumulative net cash: {expected} as assumed; one case in ten is below {text.signed(low, MONEY, error)}"


def _payback(plan: Projection) -> list[_Dated]:
    month = plan.metrics["payback_month"]
    if not month:
        return []
    return [(_after(plan, int(month)), f"the money is back as assumed (end of month {month:.0f})",
             ("cumulative net cash: no longer below zero",))]  # fmt: skip


def _end_of_programme(plan: Projection) -> list[_Dated]:
    """Where the programme ends before the plan: what part of the uplift its own worth rests on."""
    scenario, text = plan.scenario, plan.scenario.format
    month = int(12 * scenario.number("programme_years"))
    if not scenario.measures or month >= plan.months:
        return []
    needed = plan.metrics["programme_break_even_causal_share"]
    unit = METRICS["programme_break_even_causal_share"].unit
    looked_at: tuple[str, ...] = ()
    if needed is not None and 0 < needed <= 1:
        part = f"{text.rounded(needed, unit)} ({assumed(scenario, 'causal_share')})"
        uplift = f"part of the {scenario.stated('headline_uplift')} that training causes"
        looked_at = (f"{uplift}: at least {part} for the programme to pay by itself",)
    return [(_after(plan, month), "the programme ends as planned: it is renewed, or not", looked_at)]


def _end(plan: Projection) -> _Dated:
    text = plan.scenario.format
    cash = text.signed(float(plan.lines["cumulative_cash"][-1]), MONEY)
    return _after(plan, plan.months), "the plan's horizon ends", (f"cumulative net cash: {cash} as assumed",)


def _after(plan: Projection, months: int) -> date:
    """The first day after so many months of the plan."""
    first = plan.scenario.first_month()
    offset = first.month - 1 + months
    return date(first.year + offset // 12, offset % 12 + 1, 1)
