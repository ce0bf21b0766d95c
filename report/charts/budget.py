"""The chart of what the plan changes: the social share over calendar time and the spend it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model.evidence.sources import SOURCES
from model.evidence.survey import CMO_SURVEY
from model.projection import Projection
from model.telling.tables import by_fiscal_year, fiscal_year_words
from model.units import MONEY, RATIO, SHARE, Format
from report.charts.drawing.chart import PLAN, Chart
from report.charts.drawing.figure import (
    HATCHED,
    NEGATIVE_PATTERN,
    EndLabel,
    blank,
    end_labels,
    fit,
    forecast_line,
    month_words,
    row_heading,
    ticks,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import filled
from report.charts.drawing.theme import BAR_GAP, BODY, LIGHT, SMALL, Theme
from report.material import Material
from report.tables.line_tables import by_year

_SHARE_ROW = (0.47, 1.0)
_SPEND_ROW = (0.0, 0.36)
_LABELLED_YEARS = 6
# Room for so many bars at least, so that a single one is no wall.
_FEWEST_PLACES = 4

_REPORTED = tuple((edition.edition, edition.year, edition.now) for edition in CMO_SURVEY if edition.now is not None)


@dataclass(frozen=True)
class SpendYear:
    """A fiscal year's social spend, held and extra, in its `months` that belong to the plan."""

    name: str
    months: int
    held: float
    extra: float

    @property
    def top(self) -> float:
        """Where its bars end above zero."""
        return self.held + max(0.0, self.extra)

    @property
    def bottom(self) -> float:
        """Where its bars end below zero."""
        return min(0.0, self.extra)


def share_and_spend(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Social share: surveyed, planned and held; below it the spend of each fiscal year, held and extra."""
    projection = material.projection
    figure = blank(projection, theme, share_message(projection), "Share of the marketing budget, %", today)
    _draw_survey(figure, projection.scenario.format, theme)
    _draw_shares(figure, projection, theme, today)
    _draw_spend(figure, projection, theme, spend_by_year(projection, today))
    return fit(figure)


def share_message(projection: Projection) -> str:
    """What happens to the social share, in a few words."""
    text = projection.scenario.format
    start, end = projection.scenario.number("social_share_start"), float(projection.lines["social_share"][-1])
    first, final = text.rounded(start, SHARE), text.rounded(end, SHARE)
    if first == final:
        return f"Social share ends where it starts, at {final}"
    return f"Social share {'rises' if end > start else 'falls'} from {first} to {final}"


def share_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    text = projection.scenario.format
    held = text.rounded(projection.scenario.number("social_share_start"), SHARE)
    low, high = (text.rounded(bound(share for *_, share in _REPORTED), SHARE) for bound in (min, max))
    spend = "; ".join(
        f"{year.name}: {text.rounded(year.held, MONEY)} and {text.signed(year.extra, MONEY)}"
        for year in spend_by_year(projection, None)
    )
    return (
        f"{share_message(projection)} of the marketing budget in month {projection.months}; held, it is {held}. "
        f"The CMO Survey reported {low} to {high} in its editions from {_REPORTED[0][0]} to {_REPORTED[-1][0]}. "
        f"Social spend by fiscal year, held and extra: {spend}."
    )


def spend_by_year(projection: Projection, today: date | None) -> list[SpendYear]:
    """Social spend of each fiscal year of the plan."""
    rows = by_fiscal_year(projection, ("hold_social_spend", "extra_social_spend"), today)
    return [SpendYear(*row) for row in rows]


def _draw_survey(figure: Figure, text: Format, theme: Theme) -> None:
    """The shares that the survey reported; nothing joins them, since editions are missing."""
    figure.add_scatter(
        name="survey", mode="markers", marker={"color": theme.total, "size": 6}, cliponaxis=False,
        x=[year for _, year, _ in _REPORTED], y=[share for *_, share in _REPORTED],
        hovertext=[f"CMO Survey {name}<br>{text.rounded(share, SHARE)} reported" for name, _, share in _REPORTED],
        hoverinfo="text",
    )  # fmt: skip
    figure.add_annotation(
        text="● CMO Survey, US marketers", font={"size": BODY - 1, "color": theme.text},
        xref="paper", x=0, xanchor="left", xshift=4, yref="y domain", y=1, yanchor="top",
    )  # fmt: skip


def _draw_shares(figure: Figure, projection: Projection, theme: Theme, today: date | None) -> None:
    text, start = projection.scenario.format, projection.scenario.number("social_share_start")
    planned = [start, *projection.lines["social_share"].tolist()]
    first = projection.scenario.first_month(today)
    when = [first.year + (first.month - 1 + month) / 12 for month in range(projection.months + 1)]
    figure.add_scatter(
        name="hold", x=[when[0], when[-1]], y=[start, start], mode="lines",
        line={"color": theme.hold, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        name="plan", x=when, y=planned, mode="lines", line=forecast_line(theme.plan), hoverinfo="text",
        hovertext=[_share_hover(projection, month, share, today) for month, share in enumerate(planned)],
    )  # fmt: skip
    low, high = min(when[0], _REPORTED[0][1]) - 0.5, max(when[-1], _REPORTED[-1][1])
    calendar = [year for year in ticks(low, high, 5) if year == int(year)]
    shown = (0.0, *planned, *(share for *_, share in _REPORTED))
    figure.update_layout(
        xaxis={"range": [low, high], "tickvals": calendar, "ticktext": [f"{year:.0f}" for year in calendar]},
        yaxis=value_axis(SHARE, text, shown, 4, above=0.2) | {"domain": _SHARE_ROW, "zeroline": True},
    )
    labels = [
        EndLabel(planned[-1], "Plan", theme.plan, text.rounded(planned[-1], SHARE), when[-1]),
        EndLabel(start, "Hold", theme.muted, text.rounded(start, SHARE), when[-1]),
    ]
    end_labels(figure, "y", labels)


def _share_hover(projection: Projection, month: int, share: float, today: date | None) -> str:
    text, start = projection.scenario.format, projection.scenario.number("social_share_start")
    return (
        f"{month_words(projection, month, today)}<br>plan {text.rounded(share, SHARE)}, "
        f"hold {text.rounded(start, SHARE)}<br>difference {text.signed(SHARE.scale * (share - start), RATIO)} points"
    )


def _draw_spend(figure: Figure, projection: Projection, theme: Theme, years: list[SpendYear]) -> None:
    text = projection.scenario.format
    falling = sum(year.extra for year in years) < 0
    color = theme.loss if falling else theme.plan
    row = {
        "x": list(range(len(years))), "xaxis": "x2", "yaxis": "y2",
        "hovertext": [_spend_hover(text, year) for year in years], "hoverinfo": "text",
    }  # fmt: skip
    figure.add_bar(name="held", y=[year.held for year in years], marker={"color": theme.hold}, **row)
    patterns = [NEGATIVE_PATTERN if year.extra < 0 else "" for year in years]
    outlined = filled(color, patterns, theme)
    outlined["line"] |= {"width": [1 if year.extra else 0 for year in years]}
    figure.add_bar(name="extra", y=[year.extra for year in years], marker=outlined, **row)
    _lay_out_spend(figure, text, years)
    part = any(year.months < 12 for year in years)
    scenario, starred = projection.scenario, " (* part year)" if part else ""
    heading = f"Social spend by {fiscal_year_words(scenario)}, {scenario.currency}{starred}"
    heading += f"   {HATCHED}" if any(patterns) else ""
    row_heading(figure, heading, "y2", theme)
    last, beside = years[-1], len(years) - 1 + (1 - BAR_GAP) / 2
    labels = [EndLabel(last.held / 2, "held", theme.muted, x=beside)]
    if last.extra:
        labels.append(EndLabel((last.extra > 0) * last.held + last.extra / 2, "extra", color, x=beside))
    end_labels(figure, "y2", labels)


def _lay_out_spend(figure: Figure, text: Format, years: list[SpendYear]) -> None:
    """Axes of the spend, and the extra spend written at the bars: of every year, or of the last if they are many."""
    few = len(years) <= _LABELLED_YEARS
    places = list(range(0, len(years), 1 if few else 2))
    middle, half = (len(years) - 1) / 2, max(len(years), _FEWEST_PLACES) / 2 + 0.1
    ends = [end for year in years for end in (year.top, year.bottom)]
    figure.update_layout(
        barmode="relative",
        xaxis2={
            "range": [middle - half, middle + half], "anchor": "y2", "ticks": "", "tickvals": places,
            "ticktext": [years[place].name + ("*" if years[place].months < 12 else "") for place in places],
        },
        yaxis2=value_axis(MONEY, text, ends, 2, below=0.3 if min(ends) else 0, above=0.6)
        | {"domain": _SPEND_ROW, "zeroline": True},
    )  # fmt: skip
    for place, year in enumerate(years):
        if year.extra and (few or year is years[-1]):
            figure.add_annotation(
                text=text.signed(year.extra, RATIO), font={"size": SMALL}, xref="x2", x=place,
                yref="y2", y=year.top if year.extra > 0 else year.bottom, yshift=7 if year.extra > 0 else -8,
            )  # fmt: skip


def _spend_hover(text: Format, year: SpendYear) -> str:
    part = f", {year.months} months" if year.months < 12 else ""
    return (
        f"{year.name}{part}<br>held {text.rounded(year.held, MONEY)}<br>"
        f"extra {text.signed(year.extra, MONEY)}<br>together {text.rounded(year.held + year.extra, MONEY)}"
    )


_SURVEY = SOURCES["cmo-survey"]

CHART = Chart(
    "share_and_spend", "Social share and spend", PLAN,
    f"CMO Survey {_SURVEY.when} (grade {_SURVEY.grade}); the model",
    share_and_spend, share_alt, by_year("social_share", "hold_social_spend", "extra_social_spend", "social_spend"),
    explains="social_share", in_file="yearly",
)  # fmt: skip
