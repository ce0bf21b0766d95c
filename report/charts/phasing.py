"""The chart of the budget: the money to be paid out in each fiscal year, by kind of cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from model.telling.budget import Budget
from model.telling.budget.items import BUDGET_PAY, MEDIA, MONEY_OUT, OUTSIDE_PAY, PAID
from model.telling.tables import fiscal_year_words
from model.units import LEAST_MONEY, MONEY, RATIO, SHARE
from report.charts.drawing.chart import BUDGET, MODEL, Chart
from report.charts.drawing.figure import EndLabel, blank, end_labels, fit, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BAR_GAP, LIGHT, SMALL, Theme
from report.material import Material
from report.tables.budget_tables import in_unit, message
from report.tables.chart_table import ChartTable, Column

_LABELLED_YEARS = 6
# Room for so many bars at least, so that a single one is no wall.
_FEWEST_PLACES = 4
# The kinds of cost that bars tell apart, from below, and the rows of the budget that each adds up.
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"pay": (BUDGET_PAY.name, OUTSIDE_PAY.name), "media": (MEDIA.name,), "fees and other costs": PAID}
)


def by_kind(budget: Budget) -> dict[str, tuple[float, ...]]:
    """What each kind of cost comes to in each fiscal year."""
    rows = budget.plan.by_name
    return {
        kind: tuple(
            sum(value or 0.0 for value in year) for year in zip(*(rows[name].values for name in names), strict=True)
        )
        for kind, names in KINDS.items()
    }


def phasing_message(material: Material) -> str:
    """Which part of the money buys media and which pays people, in a few words."""
    kinds, total = by_kind(material.budget), material.budget.plan.by_name[MONEY_OUT].total or 0.0
    if min(map(min, kinds.values())) < 0 or not total > 0:
        return message(material.budget.plan, material)
    media, pay = (material.scenario.format.rounded(sum(kinds[kind]) / total, SHARE) for kind in ("media", "pay"))
    return f"{media} of the money buys media, {pay} pays people"


def phasing(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The money of each fiscal year, kind upon kind, with its total above."""
    budget = material.budget
    unit = in_unit(budget.plan, material).replace(" by ", ", by ")
    part = " (* part year)" if any(months < 12 for months in budget.plan.months) else ""
    figure = blank(material.projection, theme, phasing_message(material), unit + part, today)
    colors = dict(zip(KINDS, (theme.total, theme.plan, theme.hold), strict=True))
    kinds, places = by_kind(budget), list(range(len(budget.plan.years)))
    for kind, values in kinds.items():
        figure.add_bar(
            name=kind, x=places, y=list(values), marker={"color": colors[kind]}, hoverinfo="text",
            hovertext=[_hover(material, place) for place in places],
        )  # fmt: skip
    _lay_out(figure, material, kinds)
    beside, reached, labels = len(places) - 1 + (1 - BAR_GAP) / 2, 0.0, []
    for kind, values in kinds.items():
        if abs(values[-1]) >= LEAST_MONEY:
            labels.append(EndLabel(reached + values[-1] / 2, kind, theme.text, x=beside))
        reached += values[-1]
    end_labels(figure, "y", labels)
    return fit(figure)


def _lay_out(figure: Figure, material: Material, kinds: Mapping[str, Sequence[float]]) -> None:
    plan, text = material.budget.plan, material.scenario.format
    count = len(plan.years)
    places = range(0, count, 1 if count <= _LABELLED_YEARS else 2)
    middle, half = (count - 1) / 2, max(count, _FEWEST_PLACES) / 2 + 0.1
    tops = [sum(max(0.0, values[place]) for values in kinds.values()) for place in range(count)]
    lows = [sum(min(0.0, values[place]) for values in kinds.values()) for place in range(count)]
    figure.update_layout(
        barmode="relative",
        xaxis={
            "range": [middle - half, middle + half], "ticks": "", "tickvals": list(places),
            "ticktext": [plan.years[place] + ("*" if plan.months[place] < 12 else "") for place in places],
        },
        yaxis=value_axis(MONEY, text, (0.0, *tops, *lows), 4, below=0.05 if min(lows) else 0, above=0.12)
        | {"zeroline": True},
    )  # fmt: skip
    totals = plan.by_name[MONEY_OUT].values
    for place in places:
        figure.add_annotation(
            text=text.rounded(totals[place] or 0.0, RATIO), font={"size": SMALL}, x=place, y=tops[place], yshift=8
        )


def _hover(material: Material, place: int) -> str:
    text, plan = material.scenario.format, material.budget.plan
    told = "<br>".join(
        f"{kind} {text.rounded(values[place], MONEY)}" for kind, values in by_kind(material.budget).items()
    )
    total = text.rounded(plan.by_name[MONEY_OUT].values[place] or 0.0, MONEY)
    return f"Fiscal year {plan.headings[place]}<br>{told}<br>together {total}"


def phasing_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    text, plan = material.scenario.format, material.budget.plan
    kinds = by_kind(material.budget)
    told = "; ".join(
        f"{year}: " + ", ".join(f"{kind} {text.rounded(values[place], MONEY)}" for kind, values in kinds.items())
        for place, year in enumerate(plan.headings)
    )
    return f"{phasing_message(material)}. By {fiscal_year_words(material.scenario)}: {told}."


def _table(material: Material) -> ChartTable:
    """A row a fiscal year: the kinds and their total."""
    import pandas as pd

    plan = material.budget.plan
    amounts = {kind.replace(" ", "_"): values for kind, values in by_kind(material.budget).items()}
    columns = {name: Column(name.replace("_", " ").capitalize(), MONEY) for name in amounts}
    frame = pd.DataFrame(
        {"year": plan.years, "months": plan.months} | amounts | {"money": plan.by_name[MONEY_OUT].values}
    )
    described = {"year": Column("Fiscal year", words=True), "months": Column("Months", words=True), **columns}
    return ChartTable(frame, described | {"money": Column("Money to be paid out", MONEY)}, plan.basis)


CHART = Chart(
    "phasing", "What is to be paid, by fiscal year", BUDGET, MODEL, phasing, phasing_alt, _table,
    explains="social_spend",
)  # fmt: skip
