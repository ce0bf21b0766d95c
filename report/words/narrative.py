"""The answer in plain words, with its caveat, written from the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.metrics import METRICS
from model.projection import Projection
from model.scenario import Scenario
from model.telling.best_plan import ITSELF
from model.telling.caveats import claim_in_words, is_defensible
from model.telling.measurement import IN_CASH, WORTH, valued_at
from model.telling.tables import WITHIN
from model.uncertainty.sensitivity import evppi, evppi_errors, means_given
from model.uncertainty.simulation import Simulation
from model.units import LEAST_MONEY
from report.words.odds import NO_ODDS, odds_in_100
from report.words.payback import payback_in_words
from report.words.stamp import years
from report.words.values import amount

# What it means that nothing is worth finding out, though a single input may turn the plan as assumed.
STAYS = "whatever a single input turns out to be, on average over all others the decision stays the same"
NOTHING_TO_DECIDE = (
    "Holding share and team without a programme changes nothing: there is nothing to gain or to lose."
)


class Measure(NamedTuple):
    """A measure of the programme in a sentence: as what is proposed, as what is done, and as a thing by itself."""

    proposed: str
    doing: str
    itself: str


_MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "training_programme": Measure("train the social team", "training the team", ITSELF["training_programme"]),
        "strategic_partner": Measure(
            "engage a strategic partner", "engaging a strategic partner", ITSELF["strategic_partner"]
        ),
        "leadership_seat": Measure(
            "take a seat at the leadership table", "taking a seat at the leadership table", ITSELF["leadership_seat"]
        ),
    }
)

# Shares that differ by less are written alike.
_A_HAIR = 1e-6

_LOOK_IT_UP = "look it up, or ask those who know, before the money is spent"

# Which decision it is whose worth of knowing Risk tells; tests are valued for more ways to decide.
ONE_DECISION = "where what is decided is the plan or holding"
# What is worth less than this part of the result is not worth a pilot.
_NOT_WORTH = 0.005

# For each belief that a test can settle, the test.
PILOTS: Mapping[str, str] = MappingProxyType(
    {
        "social_relative_return": "a geographic test that moves budget from another channel to social in some "
        "regions, with sales there compared against the rest",
        "social_incremental_share": "a holdout test, advertising paused in some regions or for some customers, "
        "with sales compared against the rest",
        "social_reported_roas": "three months of platform reports reconciled with booked sales",
        "social_long_run_multiplier": "a holdout test kept up for a year, with sales followed after the first weeks",
        "social_returns_exponent": "a geographic test that raises social spend by half in some regions",
        "other_incremental_roas": "a holdout test in the largest other channel",
        "other_returns_exponent": "a geographic test that cuts other channels by a fifth in some regions",
        "saturation": "a geographic test at several levels of social spend, from half of today's to the target's",
        "social_return_drift": "what reach and a sale cost on each platform in the last three years, from the "
        "company's own accounts",
        "causal_share": "training half of the team first, drawn by lot, and both halves compared over two quarters",
        "hours_to_competence": "a skills test of the first group trained, before and after each 20 hours",
        "skill_half_life": "a second skills test of people trained a year ago",
        "competent_share_start": "a skills test of the whole team now",
        "competent_share_reference": "the same skills test in firms of the trade that have not trained yet",
        "team_turnover": "the leavers of the last three years from the personnel records",
        "plan_delivery": "a review of how much of the last budget shift was carried out",
        "contribution_margin": "finance's own contribution margin by product line",
        "carryover_half_life": "a pause of two weeks in some regions, and how fast sales there fade",
        "media_waste": "an audit of one month's social spend",
        "partner_learning_boost": "a first quarter with a partner for half of the team",
        "alignment_gain": "a seat for two quarters, with the campaigns it changed written down beforehand",
        "retained_share": "pay of trained and untrained people compared after a year",
        "revenue_growth": "finance's own forecast, with its past errors",
    }
)


@dataclass(frozen=True)
class Answer:
    """What the plan returns in a sentence, when the money is back and on which basis, what the programme adds."""

    sentence: str
    payback: str = ""
    programme: str = ""
    cash_basis: str = ""

    @property
    def detail(self) -> str:
        """How the plan gets there: payback with its basis, and programme."""
        cash = f"{self.payback.removesuffix('.')} ({self.cash_basis})." if self.payback else ""
        return " ".join(filter(None, (cash, self.programme)))


def answer(projection: Projection, simulation: Simulation | None = None, today: date | None = None) -> Answer:
    """The answer to "what does it return against holding?"; with its simulation payback has its odds.

    `today` dates a plan without a first month.
    """
    if not any(projection.bridge.values()):
        return Answer(NOTHING_TO_DECIDE)
    return Answer(
        _sentence(projection, today),
        payback_in_words(projection, simulation),
        _own_worth(projection),
        IN_CASH.words(projection.scenario),
    )


def odds_in_words(simulation: Simulation) -> str:
    """The odds and the bad case in one sentence; empty where no draw changes anything."""
    bad = bad_case(simulation)
    if not simulation.scenario.effective_ranges:
        return bad
    return f"{odds_in_100(simulation.odds_of_gain)} of a gain; {bad[0].lower()}{bad[1:]}" if bad else ""


def bad_case(simulation: Simulation) -> str:
    """What the worst tenth of cases comes to; empty where no draw changes anything."""
    if not simulation.metrics["npv"].any():
        return ""
    if not simulation.scenario.effective_ranges:
        return NO_ODDS
    shortfall = simulation.expected_shortfall
    money = simulation.scenario.format.rounded(abs(shortfall), METRICS["npv"].unit, simulation.shortfall_error)
    verb = "loses" if shortfall < 0 else "still gains"
    return f"The worst tenth of cases {verb} {money} of net present value on average."


def mean_in_words(simulation: Simulation) -> str:
    """The mean net present value over the draws with its sampling error, and from where to where most cases lie."""
    text, unit, spread = simulation.scenario.format, METRICS["npv"].unit, simulation.spread("npv")
    mean, low, high = spread.average, spread.percentile(10), spread.percentile(90)
    if mean is None or low is None or high is None:
        return ""
    least, most = (
        f"{text.signed(one.value, unit, one.error)} {text.within(one.error, unit)}" for one in (low, high)
    )
    return (
        f"Over the cases drawn its mean is {text.signed(mean.value, unit, mean.error)} "
        f"{text.within(mean.error, unit)}; eight in ten lie between {least} and {most}. {WITHIN}"
    )


def worth_finding_out(simulation: Simulation, found: Findings | None = None) -> str:
    """What is worth learning before deciding, in money, with the pilot that would tell.

    `found` saves computing it again.
    """
    means = None if found else means_given(simulation)
    worth = found.evppi if found else evppi(simulation, means)
    errors = found.evppi_errors if found else evppi_errors(simulation, means)
    text, unit = simulation.scenario.format, METRICS["npv"].unit

    def shown(name: str) -> str:
        return text.rounded(worth[name], unit, errors[name])

    if not _worth_a_study(simulation, worth):
        most = next((name for name, value in worth.items() if value), "")
        why = f"knowing any single input is worth {shown(most)} at most" if most else STAYS
        return f"Nothing is worth a study first: {why}."
    first, *rest = worth
    others = "nothing else is uncertain"
    if rest:
        others = (
            f"nothing else is worth more than {shown(rest[0])}"
            if worth[rest[0]] >= LEAST_MONEY
            else "knowing nothing else is worth anything"
        )
    label = ASSUMPTIONS[first].short_label
    return (
        f"Knowing “{label}” before deciding is worth up to {shown(first)} of net present value, "
        f"{ONE_DECISION}; {others}. "
        f"The pilot that would tell: {PILOTS.get(first, _LOOK_IT_UP)}."
    )


def first_study(found: Findings, simulation: Simulation) -> str:
    """The one study that is worth most, in short; empty where none is worth it."""
    if not _worth_a_study(simulation, found.evppi):
        return ""
    first = next(iter(found.evppi))
    money = simulation.scenario.format.rounded(found.evppi[first], METRICS["npv"].unit, found.evppi_errors[first])
    pilot = PILOTS.get(first, _LOOK_IT_UP)
    known = f"is worth up to {money} of net present value to know, {ONE_DECISION}"
    return f"“{ASSUMPTIONS[first].short_label}” {known}: {pilot}"


def _worth_a_study(simulation: Simulation, worth: Mapping[str, float]) -> bool:
    """Whether knowing any one input is worth a part of the result that counts."""
    least = _NOT_WORTH * max(abs(simulation.spread("npv").mean or 0.0), 1.0)
    return bool(worth) and max(worth.values()) >= least


def worth_basis(scenario: Scenario, today: date | None) -> str:
    """The basis of what a plan is worth, in brackets after it."""
    return f" ({WORTH.words(scenario)}, {valued_at(scenario, today)})"


def _sentence(projection: Projection, today: date | None) -> str:
    scenario, npv = projection.scenario, _metric(projection, "npv") or 0.0
    worth = scenario.format.rounded(abs(npv), METRICS["npv"].unit)
    verdict = f"is worth {worth} more than holding"
    if npv < 0:
        verdict = f"costs {worth} more than it returns"
    elif npv == 0:
        verdict = "is worth exactly as much as holding"
    over = f"over {years(scenario.horizon_years)}{worth_basis(scenario, today)}"
    beyond = "" if is_defensible(scenario) else f", which cannot be defended: it takes {claim_in_words(scenario)}"
    return f"{_plan(projection)} {verdict} {over}{beyond}."


def _plan(projection: Projection) -> str:
    """The plan as the subject of a sentence: "Raising social from … to … and training the team"."""
    return in_a_row([_share_change(projection), *(measure.doing for measure in taken(projection.scenario))])


def in_a_row(parts: Sequence[str]) -> str:
    """Words as a sentence counts them up: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _share_change(projection: Projection) -> str:
    scenario = projection.scenario
    start, end = scenario.number("social_share_start"), planned_end(scenario)
    unit = ASSUMPTIONS["social_share_start"].unit
    first, final = (scenario.format.plain(round(share, 6), unit) for share in (start, end))
    if start == end:
        return f"Keeping social at {first} of the marketing budget"
    verb = "Raising" if end > start else "Lowering"
    delivery = scenario.number("plan_delivery")
    delivered = f" (of which {scenario.stated('plan_delivery')} is delivered)" if delivery != 1 else ""
    reached = start + float(projection.lines["planned_rise"][-1])
    partly = ""
    if abs(reached - end) > _A_HAIR:
        partly = f" ({scenario.format.rounded(reached, unit)} by the end of the horizon)"
    return f"{verb} social from {first} to {final}{partly} of the marketing budget{delivered}"


def planned_end(scenario: Scenario) -> float:
    """The social share that the plan aims for in the end, a fraction: the target, or the end of a custom path."""
    if scenario.values["ramp_shape"] == "custom" and scenario.social_share_path:
        return scenario.social_share_path[-1]
    return scenario.number("social_share_target")


def _own_worth(projection: Projection) -> str:
    """Whether the programme pays for itself; empty where there is none."""
    own = _metric(projection, "programme_npv")
    if own is None:
        return ""
    money = projection.scenario.format.rounded(abs(own), METRICS["programme_npv"].unit)
    many = len(taken(projection.scenario)) > 1
    adds, takes = ("add", "take") if many else ("adds", "takes")
    verdict = f"{adds} {money} of net present value" if own >= 0 else f"{takes} {money} of net present value away"
    return f"{_programme(projection.scenario)} {verdict}{_own_break_even(projection)}."


def _programme(scenario: Scenario) -> str:
    """What the programme consists of, as the subject of a sentence."""
    parts = [measure.itself for measure in taken(scenario)]
    listed = in_a_row(parts)
    return f"By itself {listed}" if len(parts) == 1 else f"Together, by themselves, {listed}"


def share_sought(scenario: Scenario) -> str:
    """What is to become of the social share, and, unless it follows a path of its own, within how many years."""
    unit = ASSUMPTIONS["social_share_start"].unit
    start, end = scenario.number("social_share_start"), planned_end(scenario)
    first, last = (scenario.format.plain(share, unit) for share in (start, end))
    if scenario.values["ramp_shape"] == "custom":
        return f"move social media from {first} to {last} of the marketing budget, year by year"
    if start == end:
        return f"keep social media at {first} of the marketing budget"
    within = amount(scenario.format, "ramp_years", scenario.number("ramp_years"), exact=True)
    return f"move social media from {first} to {last} of the marketing budget within {within}"


def taken(scenario: Scenario) -> list[Measure]:
    """The measures of the programme that are taken."""
    return [_MEASURES[name] for name in scenario.measures]


def _own_break_even(projection: Projection) -> str:
    share = _metric(projection, "programme_break_even_causal_share")
    if share is None:
        return ""
    uplift = projection.scenario.stated("headline_uplift")
    if share <= 0:
        return f"; that pays even if none of the {uplift} is causal"
    if share > 1:
        return f"; no causal share of the {uplift} makes that pay"
    text = projection.scenario.format.rounded(share, METRICS["programme_break_even_causal_share"].unit)
    return f"; at least {text} of the {uplift} must be causal for that to pay"


def _metric(projection: Projection, name: str) -> float | None:
    return projection.metrics[name]
