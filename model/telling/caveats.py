"""What must be said beside the numbers of a scenario: claims it takes further than the evidence goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from model import units as u
from model.assumptions import ASSUMPTIONS, MEASURES, Assumption, Kind, Range
from model.formula import Array
from model.lines import LINES
from model.metrics import PROGRAMME_COSTS
from model.other.amounts import SIDES
from model.projection import Projection, ancestors
from model.scenario import Scenario
from model.telling.basis import is_foreign
from model.telling.implied import MUCH_PAY, average_contributions, pay_share
from model.uncertainty.sensitivity import Bar
from model.units import DEFAULT_CURRENCY, Format

NOT_DEFENSIBLE = "Not defensible"


def is_defensible(scenario: Scenario) -> bool:
    """False where more of the 218 %, a difference between groups, is taken as an effect than evidence allows."""
    evidence = ASSUMPTIONS["causal_share"].range
    return evidence is None or scenario.number("causal_share") <= evidence.high


def claim_in_words(scenario: Scenario) -> str:
    """How much of the claim a scenario takes as an effect: "218 % at face value", "20 % of 218 % as an effect"."""
    taken, claim = (
        scenario.format.plain(scenario.number(name), u.SHARE) for name in ("causal_share", "headline_uplift")
    )
    return f"{claim} at face value" if scenario.number("causal_share") == 1 else f"{taken} of {claim} as an effect"


def caveats(projection: Projection) -> tuple[str, ...]:
    """Sentences that must stand wherever the numbers do; empty where nothing exceeds its evidence."""
    assumed = (_not_defensible, _beyond_plausible, _not_converted, _implausible, _platform_basis, _too_late)
    implied = (_every_unit_loses, _pay_beside_media, _moved_to_nothing)
    return (
        *(sentence for kind in assumed for sentence in kind(projection.scenario)),
        *(sentence for kind in implied for sentence in kind(projection)),
    )


def _not_defensible(scenario: Scenario) -> Iterator[str]:
    if not is_defensible(scenario):
        yield (
            f"{NOT_DEFENSIBLE}: it takes {claim_in_words(scenario)} of training, though that is a difference "
            "between groups of firms."
        )


def _too_late(scenario: Scenario) -> Iterator[str]:
    """Other costs and benefits, and gates, of years that the plan does not reach."""
    rows = (row for side in SIDES for row in getattr(scenario, side))
    late = ", ".join(f"“{row.name}”" for row in rows if any(row.by_year[scenario.horizon_years :]))
    if late:
        yield f"Stated for years beyond the horizon, so that it does not count: amounts of {late}."
    if gates := [gate for gate in scenario.stages if gate not in scenario.gates]:
        months = " and ".join(str(gate.month) for gate in gates)
        yield f"Beyond the horizon, so that it does not count: the gate at month {months}."


def _beyond_plausible(scenario: Scenario) -> Iterator[str]:
    """Values, and ranges given for beliefs, beyond what is declared plausible; values outside their own range."""
    text = scenario.format
    values, drawn, apart = [], [], []
    for item in ASSUMPTIONS.values():
        value, declared, own = scenario.values[item.name], item.range, scenario.ranges.get(item.name)
        if declared and not declared.low <= float(value) <= declared.high:
            values.append(f"{item.short_label} is {text.plain(value, item.unit)}, {_plausible(item, text)}")
        if declared and own and item.kind is Kind.BELIEF and (own.low < declared.low or own.high > declared.high):
            drawn.append(f"{item.short_label} from {_span(item, own, text)}, {_plausible(item, text)}")
        if own and not own.low <= float(value) <= own.high:
            apart.append(
                f"{item.short_label} is {text.plain(value, item.unit)}, drawn from {_span(item, own, text)}"
            )
    for heading, found in (
        ("Outside the plausible range", values),
        ("Drawn from beyond the plausible range", drawn),
        ("Outside its own range, so that the odds are not those of this plan", apart),
    ):
        if found:
            yield f"{heading}: {'; '.join(found)}."


def _plausible(item: Assumption, text: Format) -> str:
    assert item.range is not None
    return f"{item.range_giver} gives {_span(item, item.range, text)}"


def _span(item: Assumption, ends: Range, text: Format) -> str:
    return f"{text.plain(ends.low, item.unit)} to {text.plain(ends.high, item.unit)}"


def _not_converted(scenario: Scenario) -> Iterator[str]:
    """Amounts that stand at their defaults, which are in DEFAULT_CURRENCY, in a scenario of another currency."""
    if untouched := _untouched(scenario):
        yield f"Not converted: {'; '.join(untouched)}. {_taken_as(scenario)}"


def at_foreign_prices(scenario: Scenario) -> bool:
    """Whether the plan counts amounts in DEFAULT_CURRENCY as if they were in its own currency."""
    return bool(_untouched(scenario))


def not_converted_in_choice(scenario: Scenario) -> str:
    """Amounts not converted that count only in plans which the optimiser may choose; empty where there are none."""
    measures = dict.fromkeys(MEASURES, True)
    hours = scenario.number("training_hours") or 1.0
    all_of_them = _untouched(scenario.with_values(**measures, training_hours=hours))
    further = [label for label in all_of_them if label not in _untouched(scenario)]
    if not further:
        return ""
    return (
        f"Not converted, and the best plan may take them up: {'; '.join(further)}. {_taken_as(scenario)} Until then "
        "a plan with them is judged at the wrong price."
    )


def _untouched(scenario: Scenario) -> list[str]:
    return [
        item.short_label
        for item in ASSUMPTIONS.values()
        if is_foreign(scenario, item) and item.name not in scenario.assumptions and _counts(scenario, item.name)
    ]


def _taken_as(scenario: Scenario) -> str:
    return f"Left at the default, an amount in {DEFAULT_CURRENCY} taken as {scenario.currency}. Type in your own."


def _counts(scenario: Scenario, amount: str) -> bool:
    """Whether an amount plays a part in the plan."""
    measures = _counts_with(amount)
    return any(name in scenario.measures for name in measures) if measures else bool(scenario.values[amount])


@cache
def _counts_with(amount: str) -> tuple[str, ...]:
    """The measures of the programme that an amount is a cost of; none where it counts without them too."""
    asking = _asking(amount)
    if not all(name in PROGRAMME_COSTS or _asking(name) <= set(PROGRAMME_COSTS) for name in asking):
        return ()
    behind = {name for cost in asking for line in ancestors(cost) for name in LINES[line].precedents}
    return tuple(measure for measure in MEASURES if measure in behind)


def _asking(name: str) -> set[str]:
    """The lines behind the value of a plan that ask for a quantity."""
    return {line for line in ancestors("present_value") if line in LINES and name in LINES[line].precedents}


def _implausible(scenario: Scenario) -> Iterator[str]:
    """Figures that contradict each other, which no bound of a single one can tell."""
    name = max(("team_start", "team_target"), key=scenario.number)
    if scenario.number(name) > scenario.number("employees"):
        team, company = (scenario.format.plain(scenario.number(one), u.PEOPLE) for one in (name, "employees"))
        yield f"Implausible: {ASSUMPTIONS[name].label} is {team} people, but the company has only {company}."


def _platform_basis(scenario: Scenario) -> Iterator[str]:
    """Returns that can only be compared if both are long-run ones."""
    if scenario.values["social_return_basis"] == "platform":
        yield (
            "The return of social rests on what the platforms report: put the other channels on the same footing, "
            "both long-run."
        )


def _every_unit_loses(projection: Projection) -> Iterator[str]:
    """Blocks of the budget that bring less than they cost, on average."""
    losing = [block for block, earned in average_contributions(projection).items() if earned < 1]
    if losing:
        yield (
            f"At these returns every unit of {' and of '.join(losing)} loses money: a smaller budget would earn "
            "more than any split of it."
        )


def _pay_beside_media(projection: Projection) -> Iterator[str]:
    """A team whose pay takes much of the social budget, or more than there is."""
    share = pay_share(projection)
    if share is None or share.highest <= MUCH_PAY:
        return
    when = "today" if share.today == share.highest else "at the end"
    part = projection.scenario.format.rounded(share.highest, u.SHARE)
    if share.highest > 1:
        yield f"Implausible: the team's pay comes to {part} of the social budget {when}; nothing is left for media."
    else:
        yield f"The team's pay is {part} of the social budget {when}: media get less than half of it."


def beliefs_behind(bars: Sequence[Bar]) -> tuple[Assumption, ...]:
    """The uncertain beliefs that move a plan's net present value; `bars` is its tornado, widest first."""
    moving = (ASSUMPTIONS[bar.name] for bar in bars if bar.swing)
    return tuple(item for item in moving if item.kind is Kind.BELIEF)


def _moved_to_nothing(projection: Projection) -> Iterator[str]:
    """Money moved to channels whose return nobody has seen."""
    lines = projection.lines
    if not lines["hold_other_spend"].any() and lines["other_spend"].any():
        yield (
            "The other channels have no money today, so nothing is known of what they return: what is moved to them "
            "is taken to bring nothing."
        )


# The response was observed at today's spend; this far from it the model's curve is a guess.
OBSERVED = (0.5, 1.5)


_SPENDS = (
    ("social spend", "social_spend", "hold_social_spend"),
    ("other channels' spend", "other_spend", "hold_other_spend"),
)


def _level(lines: Mapping[str, Array], plan: str, hold: str) -> Array:
    """The plan's spend as a part of what is held, month by month."""
    return np.divide(lines[plan], lines[hold], out=np.ones_like(lines[plan]), where=lines[hold] > 0)


def _first_outside(level: Array) -> int | None:
    """The first month, from 1, at a level that was not observed; None where there is none."""
    outside = (level < OBSERVED[0]) | (level > OBSERVED[1])
    return int(np.argmax(outside)) + 1 if outside.any() else None


def extrapolated_from(lines: Mapping[str, Array]) -> int | None:
    """The first month, from 1, in which spend leaves what the responses were observed at; None where none does."""
    months = (_first_outside(_level(lines, plan, hold)) for _, plan, hold in _SPENDS)
    return min((month for month in months if month is not None), default=None)


def extrapolation(scenario: Scenario, lines: Mapping[str, Array]) -> str:
    """A sentence where spend leaves 50–150 % of what the responses were observed at; else empty.

    `lines` are a projection's, one value a month.
    """
    found = []
    for words, plan, hold in _SPENDS:
        level = _level(lines, plan, hold)
        if month := _first_outside(level):
            high, low = float(level.max()), float(level.min())
            above = high > OBSERVED[1]
            ends = (high, OBSERVED[1]) if above else (low, OBSERVED[0])
            furthest, limit = (scenario.format.rounded(share, u.SHARE) for share in ends)
            reach = f"{'up' if above else 'down'} to {furthest}"
            if furthest == limit:
                reach = f"just {'above' if above else 'below'} {limit}"
            found.append(f"{words} from month {month} on ({reach} of it)")
    if not found:
        return ""
    return (
        "Extrapolated: the responses were observed at today's spend, and the plan leaves 50–150 % of it with "
        f"{' and '.join(found)}."
    )


def beyond_evidence(projection: Projection) -> str:
    """All of it in one text: claims beyond their evidence, and spend beyond what was observed; else empty."""
    stretched = extrapolation(projection.scenario, projection.lines)
    return " ".join(filter(None, (*caveats(projection), stretched)))
