"""Every assumption, declared once: name, label, unit, default, bounds, range, kind, grade, source and help.

Widgets, validation, sampling, the workbook's input cells and the documentation derive from this file.
Values are in model units: shares and rates are fractions, money is in the scenario's currency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from model import units as u
from model.evidence.sources import SOURCES, WEAK_GRADES
from model.evidence.studies import HEADLINE_UPLIFT
from model.evidence.survey import RISES_REACHED, span
from model.reading.numerals import brief

Value = float | int | bool | str


class Kind(StrEnum):
    """What an assumption is: chosen, looked up in the company, or believed about the world."""

    DECISION = "decision"
    OWN_FIGURE = "own figure"
    BELIEF = "belief"

    @property
    def with_article(self) -> str:
        """As it is written in a sentence: "an own figure"."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.value}"


class Distribution(StrEnum):
    """How a range is read; for normal and lognormal, low and high are the 5th and 95th percentiles."""

    PERT = "pert"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"

    @property
    def words(self) -> str:
        """Its name as it is written in a text."""
        return "PERT" if self is Distribution.PERT else self.value

    @property
    def peaks(self) -> bool:
        """Whether it peaks at the likely value; the others do not depend on that."""
        return self in (Distribution.PERT, Distribution.TRIANGULAR)

    @property
    def ends_are_percentiles(self) -> bool:
        """Whether low and high are the 5th and the 95th percentile rather than the ends."""
        return self in (Distribution.NORMAL, Distribution.LOGNORMAL)


@dataclass(frozen=True)
class Range:
    """What is plausible for an uncertain assumption, in its unit."""

    low: float
    likely: float
    high: float
    distribution: Distribution = Distribution.PERT


@dataclass(frozen=True)
class Assumption:
    """One input of the model.

    `bounds` are the hard limits, inclusive; `range` what is plausible, or None where it is taken as certain;
    `choices` the words a choice may take; `grade` the letters of its evidence, `grade_note` what they cover;
    `source` the ids in `model.evidence.sources`.
    """

    name: str
    label: str
    unit: u.Unit
    default: Value
    kind: Kind
    section: str
    help: str
    bounds: tuple[float, float] | None = None
    range: Range | None = None
    choices: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    grade_note: str = ""
    source: tuple[str, ...] = ()

    @property
    def short_label(self) -> str:
        """The label without what it explains in brackets, for a sentence or a row of a chart."""
        return self.label.split(" (")[0]

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, rather than a choice or a switch."""
        return self.unit.style not in (u.Style.CHOICE, u.Style.SWITCH)

    @property
    def can_be_uncertain(self) -> bool:
        """Whether it may be given a range: numeric and not a decision."""
        return self.numeric and self.kind is not Kind.DECISION

    @property
    def company_s(self) -> bool:
        """Whether it is about the company: an own figure, or a belief that the company can type in (grade U)."""
        return self.kind is Kind.OWN_FIGURE or (self.kind is Kind.BELIEF and "U" in self.grade)

    @property
    def weak(self) -> bool:
        """Whether its evidence is a correlation, a claim or judgement (grade C or D)."""
        return not WEAK_GRADES.isdisjoint(self.grade)

    @property
    def range_giver(self) -> str:
        """What its declared range comes from: evidence, or where it has no source nothing but judgement."""
        return "the evidence" if self.source else "judgement"

    @property
    def grade_text(self) -> str:
        """Its grade in words: "U, D" or "A direction, D size"."""
        return self.grade_note or ", ".join(self.grade)


def default_range(assumption: Assumption, value: Value) -> Range | None:
    """The range a value has without one of its own: the declared one about it, reaching as far as it."""
    declared = assumption.range
    if declared is None:
        return None
    likely = float(value)
    return replace(declared, low=min(declared.low, likely), likely=likely, high=max(declared.high, likely))


def out_of_order(
    low: float, likely: float, high: float, distribution: object, write: Callable[[float], str] = brief
) -> list[str]:
    """What is wrong with a range whose ends are legal one by one; `write` spells a number."""
    wrong = []
    if not (low <= likely <= high and low < high):
        # In words: between decimal commas, commas set nothing apart.
        ends = f"low {write(low)}, likely {write(likely)}, high {write(high)}"
        wrong.append(f"has {ends}, but must rise: low ≤ likely ≤ high and low < high")
    if distribution == Distribution.LOGNORMAL and low <= 0:
        wrong.append(f"has low {write(low)}, but a lognormal range must lie above 0")
    return wrong


def _declare(
    kind: Kind,
    name: str,
    label: str,
    unit: u.Unit,
    default: Value,
    limits: tuple[float, float] | tuple[str, ...] | None,
    grade: str,
    help: str,  # noqa: A002 - the field's own name
    *,
    likely_between: tuple[float, float] | None = None,
    note: str = "",
    source: str = "",
) -> Assumption:
    numeric = unit.style not in (u.Style.CHOICE, u.Style.SWITCH)
    low_high = likely_between and Range(likely_between[0], float(default), likely_between[1])
    return Assumption(
        name=name,
        label=label,
        unit=unit,
        default=default,
        kind=kind,
        section="",
        help=help,
        bounds=(float(limits[0]), float(limits[1])) if numeric and limits else None,
        range=low_high or None,
        choices=tuple(str(choice) for choice in limits) if limits and not numeric else (),
        grade=tuple(grade.split()),
        grade_note=note,
        source=tuple(source.split()),
    )


decision = partial(_declare, Kind.DECISION)
own_figure = partial(_declare, Kind.OWN_FIGURE)
belief = partial(_declare, Kind.BELIEF)

_COMPANY = (
    own_figure("employees", "Employees", u.HEADS, 500.0, (1, 1e7), "U",
        "Everyone employed, as full-time equivalents in whole numbers."),
    own_figure("revenue_per_employee", "Revenue per employee", u.MONEY_YEAR, 250_000.0, (1, 1e9), "U",
        "Annual revenue today divided by employees."),
    belief("revenue_growth", "Revenue growth", u.RATE, 0.03, (-0.5, 1), "U D",
        "Nominal growth of company revenue without this plan.", likely_between=(0, 0.06)),
    belief("contribution_margin", "Contribution margin on extra revenue", u.SHARE, 0.35, (0.001, 1), "U D",
        "What is left of one more unit of revenue after the costs that rise with it.",
        likely_between=(0.30, 0.40)),
    own_figure("marketing_share_of_revenue", "Marketing budget", u.SHARE_OF_REVENUE, 0.077, (0.001, 1), "B",
        "All marketing spend as a share of company revenue.", source="gartner-2025"),
    own_figure("discount_rate", "Discount rate", u.RATE, 0.10, (0, 1), "C",
        "What finance asks of a project, nominal, effective per year. 10 % is the rate of a widely used method; "
        "surveyed hurdle rates are higher, 12–15 %.", source="tei-method hurdle-rates"),
    own_figure("tax_rate", "Tax on the net gain", u.SHARE, 0.0, (0, 0.9), "U",
        "0 % shows results before tax. A loss is relieved at once."),
    belief("cost_inflation", "Cost inflation", u.RATE, 0.02, (-0.1, 0.5), "D",
        "How fast pay, fees and partner costs rise.", likely_between=(0.015, 0.035)),
)  # fmt: skip

_SOCIAL_BUDGET = (
    own_figure("social_share_start", "Social share of marketing budget today", u.SHARE, 0.133, (0.001, 1), "B",
        "The share that goes to social media before the plan. Holding means staying here.",
        source="cmo-2020-02 article"),
    decision("social_share_target", "Social share the plan aims for", u.SHARE, 0.245, (0.001, 1), "C",
        "The share the plan aims for. 24.5 % was a survey forecast for 2026, not an outcome.",
        source="article-2026-forecast"),
    decision("ramp_years", "Years to reach the target", u.YEARS, 5.0, (1 / 12, 10), "C",
        "How long the share takes to rise.", source="article"),
    decision("ramp_shape", "Shape of the rise", u.CHOICE, "linear",
        ("linear", "s_curve", "front_loaded", "immediate", "custom"), "D",
        "Linear, slow-fast-slow, fast first, all at once, or a share typed in for each year-end."),
    belief("plan_delivery", "Share of the planned rise that is delivered", u.SHARE, 1.0, (0, 1.5), "C",
        f"100 % delivers the plan as written; of the five-year rises surveyed, {span(RISES_REACHED)} came.",
        source="cmo-backtest"),
    decision("reallocated_share", "Part of the extra social money taken from other channels", u.SHARE, 1.0,
        (0, 1), "U",
        "100 %: the marketing budget stays as it is and other channels pay. 0 %: all of it is new money."),
)  # fmt: skip

_RESPONSE = (
    decision("social_return_basis", "What the return of social rests on", u.CHOICE, "relative",
        ("relative", "platform"), "",
        "Its return beside that of other channels, or what the platforms report and tests correct. On the platform "
        "basis the other channels' return must be on the same footing: incremental and long-run."),
    belief("social_relative_return", "Return of social beside other channels, per unit of budget (1 = the same)",
        u.RATIO, 1.2, (0, 100), "C",
        "What a unit of budget returns on social for each unit that it returns elsewhere, today. The studies "
        "contradict each other; 1.2 is their middle.", likely_between=(0.8, 1.7),
        source="profit-ability-2 nielsen-2022"),
    belief("social_reported_roas", "Revenue the platforms report per unit of media spend, today (platform basis)",
        u.RATIO, 4.0, (0, 1000), "U C", "From the platforms' own reports; not used on the relative basis.",
        likely_between=(2, 6), source="varos-2025"),
    belief("social_incremental_share", "Incremental revenue per unit of reported revenue (platform basis)", u.SHARE,
        0.6, (0, 2), "D",
        "What would not have been sold anyway; tests point both ways. Not used on the relative basis.",
        likely_between=(0.3, 1), source="facebook-rcts meta-2025"),
    belief("social_long_run_multiplier", "Revenue over the years per unit seen within weeks (platform basis)",
        u.RATIO, 2.0, (0.1, 10), "C",
        "Platforms and tests see weeks; this is what follows. Not used on the relative basis.",
        likely_between=(1, 2.5), source="profit-ability-2"),
    belief("social_returns_exponent", "Diminishing returns, social (1 = none)", u.EXPONENT, 0.7, (0.01, 1), "D",
        "How fast revenue rises with spend at today's level: 0.7 is 0.7 % for each 1 % of spend.",
        likely_between=(0.5, 0.9)),
    belief("other_incremental_roas", "Incremental revenue per unit of other marketing, over the years", u.RATIO,
        4.0, (0, 1000), "B",
        "Average over all other channels, truly incremental and long-run; what surveyed elasticities say at this "
        "budget.", likely_between=(1.6, 6), source="ad-elasticity profit-ability-2"),
    belief("other_returns_exponent", "Diminishing returns, other channels", u.EXPONENT, 0.7, (0.01, 1), "D",
        "As for social: below 1 the first cuts cost least.", likely_between=(0.5, 0.9)),
    belief("saturation", "How strongly returns saturate", u.SHARE, 0.5, (0, 1), "D",
        "0 % is a power curve, 100 % a Hill curve of the same level and slope today: what the model itself does "
        "not know of the curve's shape.", likely_between=(0, 1)),
    belief("social_return_drift",
        "Yearly change of what a unit of social spend returns (prices of attention, fatigue)", u.RATE, 0.0,
        (-0.5, 0.5), "D", "Below 0 %: attention gets dearer, formats tire.", likely_between=(-0.04, 0.02),
        note="D, direction C", source="meta-prices"),
    belief("carryover_half_life", "Carry-over half-life of advertising", u.MONTHS, 1.0, (0.01, 24), "C",
        "Months until half of a month's advertising effect has come.", likely_between=(0.1, 2.5),
        source="leone-1995 robyn-decay"),
)  # fmt: skip

_TEAM = (
    own_figure("team_start", "Social team today", u.PEOPLE, 4.0, (1, 1e6), "U",
        "People who work on social media, as full-time equivalents; firms surveyed have 3 to 4.", source="cmo-team"),
    decision("team_target", "Social team the plan aims for", u.PEOPLE, 6.0, (1, 1e6), "U",
        "The team grows with the share."),
    own_figure("team_pay_in_budget", "The team's pay is part of the social budget", u.SWITCH, True, None, "U",
        "On: people and media are paid from one budget. Off: people added are a cost of their own."),
    own_figure("hired_share", "Part of the added people who are hired, not moved from other jobs", u.SHARE, 1.0,
        (0, 1), "U", "Those hired are further employees, whom revenue is divided by."),
    belief("competent_share_start", "Part of the team already competent", u.SHARE, 0.37, (0, 0.99), "C",
        "Those who can do the job in full today.", likely_between=(0.20, 0.55), source="dmi-63 article"),
    belief("competent_share_reference", "Part competent in the firms behind the uplift, before their training",
        u.SHARE, 0.37, (0, 0.99), "D",
        "The uplift belongs to what those firms lacked: a team that lacks less gains less."),
    decision("training_programme", "Training in working hours", u.SWITCH, True, None, "",
        "The programme of structured learning, the article's first advice.", source="article"),
    decision("training_hours", "Training per person", u.HOURS_YEAR, 40.0, (0, 1000), "",
        "Hours a year for each member of the social team; firms gave 33–35 until 2021 and 13.7 in 2024.",
        source="atd-hours"),
    belief("hours_to_competence", "Hours that make an untrained person competent", u.HOURS, 100.0, (1, 5000),
        "D", "After so many hours 63 % of the untrained have become competent.", likely_between=(60, 160)),
    belief("skill_half_life", "Half-life of a skill", u.YEARS, 2.5, (0.1, 50), "C",
        "Years until half of what was learnt is out of date.", likely_between=(1, 5),
        source="skill-half-life"),
    belief("team_turnover", "Team turnover", u.SHARE_YEAR, 0.15, (0, 0.95), "B",
        "Part of the team that leaves in a year and takes its learning along.", likely_between=(0.10, 0.30),
        source="linkedin-turnover"),
    own_figure("training_fee_per_hour", "Course fees per person and hour", u.MONEY_HOUR, 30.0, (0, 1e5), "U",
        "Courses and materials bought, for each hour that a person learns; firms spend 36 to 77 in all, of which a "
        "third goes to suppliers.", source="atd-spend"),
    belief("training_admin", "Administration on top of fees", u.SHARE, 0.10, (0, 2), "D",
        "Planning and follow-up, on top of the fees.", likely_between=(0.05, 0.20)),
    own_figure("annual_pay", "Gross pay in the social team", u.MONEY_YEAR, 62_000.0, (0, 1e8), "B U",
        "Average gross pay of a member of the social team.", source="bls-pr"),
    own_figure("on_cost", "Employer cost per unit of pay", u.RATIO, 1.42, (1, 5), "B",
        "Pay plus benefits and employer contributions, divided by pay.", source="bls-on-cost"),
    own_figure("productive_hours", "Productive hours per person", u.HOURS_YEAR, 1600.0, (100, 4000), "D",
        "Hours worked in a year; an hour of training costs pay and on-cost divided by it."),
    decision("programme_years", "Years the programme and its support run", u.YEARS, 5.0, (0, 10), "U",
        "Training, partner and leadership seat stop after this."),
    belief("headline_uplift", "“Firms that train earn 218 % more per employee”", u.SHARE, HEADLINE_UPLIFT, (0, 10),
        "C",
        "A difference between groups of firms, not an effect of training.", source="astd-2000 article"),
    belief("causal_share", "Part of the quoted uplift that training causes", u.SHARE, 0.05, (0, 1), "D",
        "How much of that difference is an effect. Causal studies support 0–12 % of it.", likely_between=(0, 0.12),
        note="D from A", source="training-causal"),
    belief("retained_share", "Part of the gain not paid out in wages", u.SHARE, 0.67, (0, 1), "A D",
        "Trained people earn more; this is what the firm keeps.", likely_between=(0.50, 0.80),
        note="A, D range", source="lopes-teixeira"),
    decision("benefit_route", "How training pays", u.CHOICE, "per_employee",
        ("per_employee", "media_efficiency"), "",
        "Through revenue per employee or through less wasted spend; never both, it is the same effect."),
    belief("media_waste", "Spend a wholly untrained team wastes", u.SHARE, 0.10, (0, 0.95), "D",
        "Only used on the media-efficiency route.", likely_between=(0, 0.25)),
)  # fmt: skip

_SUPPORT = (
    decision("strategic_partner", "Strategic partner", u.SWITCH, False, None, "",
        "An outside partner who speeds learning, the article's second advice.", source="article"),
    own_figure("partner_cost", "Partner fee", u.MONEY_YEAR, 30_000.0, (0, 1e9), "U",
        "What the partner costs in a year."),
    belief("partner_learning_boost", "Faster learning with a partner", u.SHARE, 0.25, (0, 5), "D",
        "An hour of training teaches so much more.", likely_between=(0, 0.5)),
    decision("leadership_seat", "Seat at the leadership table", u.SWITCH, False, None, "",
        "Social is heard where strategy is set, the article's third advice.", source="article"),
    decision("leadership_hours", "Executive hours for it", u.HOURS_MONTH, 4.0, (0, 10_000), "U",
        "Hours of executives spent on it each month."),
    own_figure("leadership_hourly_cost", "Executive hour", u.MONEY_HOUR, 150.0, (0, 1e5), "U",
        "Pay and on-cost of an executive's hour."),
    belief("alignment_gain", "Extra social revenue from alignment", u.SHARE, 0.02, (0, 1), "D",
        "What a seat at the table adds to social revenue, reached over the first year.",
        likely_between=(0, 0.05)),
)  # fmt: skip

_FRAME = (
    decision("horizon_years", "Horizon", u.WHOLE_YEARS, 5, (1, 10), "U",
        "How many years are counted. Nothing after the last counts for anything."),
)  # fmt: skip


def _in_sections() -> Mapping[str, Assumption]:
    sections = {
        "Company": _COMPANY,
        "Social budget": _SOCIAL_BUDGET,
        "Response": _RESPONSE,
        "Team and skills": _TEAM,
        "Support": _SUPPORT,
        "Frame": _FRAME,
    }
    return MappingProxyType(
        {
            assumption.name: replace(assumption, section=section)
            for section, assumptions in sections.items()
            for assumption in assumptions
        }
    )


ASSUMPTIONS: Mapping[str, Assumption] = _in_sections()
_longest = ASSUMPTIONS["horizon_years"].bounds
assert _longest
# Of the longest horizon.
MOST_YEARS = int(_longest[1])


def resting_on(source_id: str) -> tuple[Assumption, ...]:
    """The assumptions that a source supports: by itself, or through the source it is part of."""
    ids = {source_id, SOURCES[source_id].part_of}
    return tuple(item for item in ASSUMPTIONS.values() if not ids.isdisjoint(item.source))


SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(a.section for a in ASSUMPTIONS.values()))
# The measures of the programme: what can be taken or not. Without the programme none of them is taken.
MEASURES: tuple[str, ...] = tuple(
    a.name for a in ASSUMPTIONS.values() if a.unit.style is u.Style.SWITCH and a.kind is Kind.DECISION
)
WITHOUT_PROGRAMME: Mapping[str, float] = MappingProxyType(dict.fromkeys(MEASURES, 0.0))
# On each basis of the return of social, the beliefs that make it; the others play no part.
RETURN_BELIEFS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "relative": ("social_relative_return",),
        "platform": ("social_reported_roas", "social_incremental_share", "social_long_run_multiplier"),
    }
)
