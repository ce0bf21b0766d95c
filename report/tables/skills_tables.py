"""The team by skill area in tables and sentences: what there is, what is wanted, what training closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from model.scenario import Scenario
from model.skills.areas import competent_share, weighted, weighted_gap
from model.skills.training_plan import TrainingPlan
from model.units import HOURS_YEAR, MONEY, RATIO, SHARE, Format, Unit
from report.tables.document_tables import Cell, Table
from report.words.stamp import years

OWN_JUDGEMENT = "Weights, competence and what is wanted are the company's own judgement (grades U and D)."
LEARNING = (
    "Hours follow the projection's law of learning; the hours to competence fall in equal parts on the areas, so "
    "an even spread teaches what the projection says. Before leavers and forgetting."
)


def _percent(text: Format, share: float) -> str:
    return text.number(SHARE.scale * share, 1)


AREA = "Area"
# Headings of the values, each with how a value is written.
COLUMNS: Mapping[str, Callable[[Format, float], str]] = MappingProxyType(
    {
        "Weight": lambda text, weight: text.plain(weight, RATIO),
        "Today, %": _percent,
        "After, %": _percent,
        "Wanted, %": _percent,
        "First hour closes, points": lambda text, part: text.number(SHARE.scale * part, 2),
        "Hours a year": lambda text, hours: text.rounded(hours, RATIO),
        "Last hour earns": lambda text, money: text.rounded(money, MONEY),
    }
)
# The units that the values of COLUMNS are stored in.
STORED: tuple[Unit, ...] = (RATIO, SHARE, SHARE, SHARE, SHARE, HOURS_YEAR, MONEY)
_TOGETHER = "All, shares weighted"


def plan_rows(plan: TrainingPlan) -> list[tuple[str, tuple[float | None, ...]]]:
    """The areas, the one where an hour closes most first, and all together; values in the order of COLUMNS."""
    rows: list[tuple[str, tuple[float | None, ...]]] = []
    for place in plan.ranked:
        area = plan.areas[place]
        shares = (area.competent, plan.after[place], area.wanted)
        hours = (plan.first_hour[place], plan.hours[place], plan.worth.hours_earn[place])
        rows.append((area.name, (area.importance, *shares, *hours)))
    means = (competent_share(plan.areas), plan.competent_share, weighted(plan.areas, lambda area: area.wanted))
    return [*rows, (_TOGETHER, (None, *means, None, sum(plan.hours), None))]


def plan_table(plan: TrainingPlan, text: Format) -> Table:
    """The areas with the hours proposed and what they teach."""
    rows = plan_rows(plan)
    cells = tuple(
        (Cell(name), *(Cell("" if value is None else write(text, value)) for write, value in zip(
            COLUMNS.values(), values, strict=True)))
        for name, values in rows
    )  # fmt: skip
    return Table((AREA, *COLUMNS), cells, marked=frozenset({len(rows) - 1}))


def points(text: Format, part: float) -> str:
    """A difference of shares in percentage points, without the word."""
    return text.rounded(SHARE.scale * part, RATIO)


def skills_sentences(plan: TrainingPlan, text: Format) -> tuple[str, ...]:
    """Where an hour closes most, and what the hours proposed come to."""
    gap = weighted_gap(plan.areas)
    if not plan.foremost:
        return ("Every area that matters has as many who can do it as are wanted: training closes no gap.",)
    level = len(plan.foremost)
    where = f"as much in each of {level} areas" if level > 1 else f"most in {plan.areas[plan.foremost[0]].name}"
    first = (
        f"An hour of training closes {where}: {points(text, max(plan.first_hour))} of the {points(text, gap)} "
        "points of the weighted gap."
    )
    before, after = (text.rounded(share, SHARE) for share in (competent_share(plan.areas), plan.competent_share))
    hours = text.rounded(sum(plan.hours), RATIO)
    planned = (
        f"{hours} {'hour' if hours == '1' else 'hours'} per person and year, spread as proposed, raise the weighted "
        f"competent share from {before} to {after} and leave {points(text, plan.gap)} points of the gap."
    )
    return first, planned, *_left_over(plan, text)


def worth_sentences(plan: TrainingPlan, scenario: Scenario) -> tuple[str, ...]:
    """What closing the gap is worth, and whether the last hour proposed earns what it costs."""
    text, horizon, closing = scenario.format, years(scenario.horizon_years), plan.worth.closing
    whole, first = (text.rounded(abs(value), MONEY) for value in closing)
    sentences = []
    if weighted_gap(plan.areas):
        sentences.append(
            f"Over {horizon} the plan is worth {whole} {'more' if closing.over_the_horizon >= 0 else 'less'} with a "
            f"team as competent as wanted from the first month on than with the team as it is today ({first} in the "
            "first year), what closing the gap costs not counted: the model run twice, all else as in the plan."
        )
    return *sentences, *_last_hour(plan, text, horizon)


def _last_hour(plan: TrainingPlan, text: Format, horizon: str) -> tuple[str, ...]:
    earned = sorted(value for value in plan.worth.hours_earn if value is not None)
    if not earned:
        return ()
    price, *ends = (text.rounded(value, MONEY) for value in (plan.worth.hour_costs, earned[0], earned[-1]))
    pays = sum(value >= plan.worth.hour_costs for value in earned)
    verdict = "as much as it costs or more" if pays else "less than it costs"
    if 0 < pays < len(earned):
        verdict = f"as much as it costs or more in {pays} of {len(earned)} areas"
    told = (
        f"The last hour a year costs {price} for the whole team (present value over {horizon}) and earns "
        f"{' to '.join(dict.fromkeys(ends))}, by area: {verdict}."
    )
    return (told,)


def _left_over(plan: TrainingPlan, text: Format) -> tuple[str, ...]:
    """What becomes of hours that are not spent."""
    if plan.left_over < 0.01:
        return ()
    why = "no gap is left for them" if not plan.gap else "they make no full step"
    return (f"Left over of the budget: {text.rounded(plan.left_over, RATIO)} hours; {why}.",)
