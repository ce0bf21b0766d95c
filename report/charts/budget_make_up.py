"""The chart of what the social budget pays: people and media, by fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.projection import Projection
from model.telling.implied import pay_share
from model.telling.one_line import pay_beside_media
from model.telling.tables import by_fiscal_year, fiscal_year_words
from model.units import MONEY, SHARE, Format
from report.charts.drawing.chart import MODEL, PLAN, Chart
from report.charts.drawing.figure import (
    EndLabel,
    blank,
    end_labels,
    fit,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BAR_GAP, LIGHT, SMALL, Theme
from report.material import Material
from report.tables.line_tables import by_year

_LABELLED_YEARS = 6
# Room for so many bars at least, so that a single one is no wall.
_FEWEST_PLACES = 4


@dataclass(frozen=True)
class BudgetYear:
    """What the social budget of a fiscal year pays, in its `months` that belong to the plan."""

    name: str
    months: int
    people: float
    media: float

    @property
    def spend(self) -> float:
        """The whole budget: people, as far as it pays them, and media."""
        return self.people + self.media

    @property
    def label(self) -> str:
        """The year, marked where only a part of it belongs to the plan."""
        return self.name + ("*" if self.months < 12 else "")


def budget_by_year(projection: Projection, today: date | None) -> list[BudgetYear]:
    """What the social budget pays in each fiscal year of the plan."""
    return [BudgetYear(*row) for row in by_fiscal_year(projection, ("budget_payroll", "working_media"), today)]


def make_up_message(projection: Projection) -> str:
    """How much of the social budget is pay, in a few words."""
    share, text = pay_share(projection), projection.scenario.format
    if share is None:
        return "All of the social budget buys media"
    if share.highest > 1:
        return "The social budget does not even pay the team"
    today, end = (text.plain(round(part, 2), SHARE) for part in (share.today, share.end))
    if today == end:
        return f"Pay takes {end} of the social budget"
    return f"Pay is {today} of the social budget today, {end} at the end"


def budget_make_up(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The social budget of each fiscal year, people below and media above, with the part that is pay."""
    projection, text = material.projection, material.scenario.format
    years = budget_by_year(projection, today)
    part = " (* part year)" if any(year.months < 12 for year in years) else ""
    unit = f"Pay and media by {fiscal_year_words(projection.scenario)}, {projection.scenario.currency}{part}"
    figure = blank(projection, theme, make_up_message(projection), unit, today)
    row = {"x": list(range(len(years))), "hovertext": [_hover(text, year) for year in years], "hoverinfo": "text"}
    figure.add_bar(name="people", y=[year.people for year in years], marker={"color": theme.total}, **row)
    figure.add_bar(name="media", y=[year.media for year in years], marker={"color": theme.plan}, **row)
    _lay_out(figure, text, years)
    last, beside = years[-1], len(years) - 1 + (1 - BAR_GAP) / 2
    kinds = (("media", last.people + last.media / 2, theme.plan), ("people", last.people / 2, theme.text))
    end_labels(figure, "y", [EndLabel(y, name, color, x=beside) for name, y, color in kinds])
    return fit(figure)


def _lay_out(figure: Figure, text: Format, years: list[BudgetYear]) -> None:
    places = range(0, len(years), 1 if len(years) <= _LABELLED_YEARS else 2)
    middle, half = (len(years) - 1) / 2, max(len(years), _FEWEST_PLACES) / 2 + 0.1
    ends = [end for year in years for end in (0.0, year.people, year.spend, min(0.0, year.media))]
    figure.update_layout(
        barmode="relative",
        xaxis={
            "range": [middle - half, middle + half], "ticks": "", "tickvals": list(places),
            "ticktext": [years[place].label for place in places],
        },
        yaxis=value_axis(MONEY, text, ends, 4, below=0.05 if min(ends) else 0, above=0.12) | {"zeroline": True},
    )  # fmt: skip
    for place in places:
        figure.add_annotation(
            text=_above(text, years[place]), font={"size": SMALL}, x=place,
            y=max(years[place].people, years[place].spend), yshift=8,
        )  # fmt: skip


def _above(text: Format, year: BudgetYear) -> str:
    """What stands above a bar: the part that is pay, in few letters."""
    return f"{_part(text, year)} pay" if year.people <= year.spend else f"> {text.plain(1.0, SHARE)}"


def _part(text: Format, year: BudgetYear) -> str:
    return text.plain(round(year.people / year.spend, 2), SHARE)


def _hover(text: Format, year: BudgetYear) -> str:
    return (
        f"{year.name}<br>people {text.rounded(year.people, MONEY)} ({_part(text, year)})<br>"
        f"media {text.rounded(year.media, MONEY)}<br>together {text.rounded(year.spend, MONEY)}"
    )


def make_up_alt(material: Material) -> str:
    """The chart in words, for those who do not see it, with what holding would pay."""
    projection, text = material.projection, material.scenario.format
    told = "; ".join(
        f"{year.name}: {text.rounded(year.people, MONEY)} and {text.rounded(year.media, MONEY)}"
        for year in budget_by_year(projection, None)
    )
    return (
        f"{pay_beside_media(projection)} What the social budget pays by fiscal year, people and media: {told}. "
        f"Held, it would pay {text.rounded(held_people(projection), MONEY)} for people and "
        f"{text.rounded(held_media(projection), MONEY)} for media over the horizon, against "
        f"{text.rounded(float(projection.lines['budget_payroll'].sum()), MONEY)} and "
        f"{text.rounded(float(projection.lines['working_media'].sum()), MONEY)} under the plan."
    )


def held_people(projection: Projection) -> float:
    """What the team of today would cost the social budget over the horizon."""
    return float(projection.lines["hold_budget_payroll"].sum())


def held_media(projection: Projection) -> float:
    """What holding would leave for media over the horizon."""
    return float(projection.lines["hold_social_spend"].sum()) - held_people(projection)


CHART = Chart(
    "budget_make_up", "What the social budget pays", PLAN, MODEL, budget_make_up, make_up_alt,
    by_year("social_spend", "budget_payroll", "working_media", "pay_share", "team"), explains="working_media",
    in_file="yearly",
)  # fmt: skip
