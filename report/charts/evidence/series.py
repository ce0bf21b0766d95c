"""The charts of published series: what firms spend on training and on marketing, with the gaps they have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from model.evidence.series import ATD_HOURS, ATD_SPEND, CURRENCY, GARTNER, Series
from model.projection import Projection
from model.units import Format, Style
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import blank, fit, row_heading, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.charts.evidence.published import cited, published, published_table
from report.material import Material
from report.tables.chart_table import ChartTable

TRAINING = (ATD_SPEND, ATD_HOURS)
# As a part of the highest value, from one year to the next.
_STEEP = 0.05
_ABOVE = 0.4
_ROWS = {1: ((0.0, 1.0),), 2: ((0.56, 1.0), (0.0, 0.44))}


def training_series(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Training spend and hours per employee by year, each on its own scale."""
    projection = material.projection
    return _drawn(projection, TRAINING, "ATD, all employees", theme, today)


def training_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    return _alt(projection, TRAINING)


def budget_series(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Marketing budgets as a share of company revenue by year."""
    projection = material.projection
    return _drawn(projection, (GARTNER,), "Gartner CMO Spend Survey, %", theme, today)


def budget_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    return _alt(projection, (GARTNER,))


def series_message(shown: Sequence[Series], text: Format) -> str:
    """How far the last of the series has come from its highest year, in a few words."""
    series = shown[-1]
    top, last = max(series.values, key=lambda year: series.values[year]), max(series.values)
    high, now = (_value(series, year, text) for year in (top, last))
    return f"{series.topic}: {high} in {top}, {now} in {last}"


def _value(series: Series, year: int, text: Format) -> str:
    shown = published(text).plain(series.values[year], series.unit)
    return f"{shown} {series.unit.per}" if series.unit.style is Style.NUMBER else shown


def _drawn(
    projection: Projection, shown: Sequence[Series], heading: str, theme: Theme, today: date | None
) -> Figure:
    text = projection.scenario.format
    figure = blank(projection, theme, series_message(shown, text), heading, today)
    for place, series in enumerate(shown):
        _draw(figure, series, "" if place == 0 else str(place + 1), _ROWS[len(shown)][place], text, theme)
    years = [year for series in shown for year in series.values]
    ticked = list(range(min(years), max(years) + 1, 3))
    figure.update_layout(
        xaxis={
            "range": [min(years) - 0.5, max(years) + 0.9], "tickvals": ticked, "ticktext": [str(y) for y in ticked],
            "anchor": f"y{len(shown)}" if len(shown) > 1 else "y",
        }
    )  # fmt: skip
    return fit(figure)


def _draw(figure: Figure, series: Series, number: str, row: tuple[float, float], text: Format, theme: Theme) -> None:
    """One series: joined where year follows year, with its first, highest, lowest and last value written."""
    x: list[int | None] = []
    for stretch in series.stretches:
        x += [*stretch, None]
    values = series.values
    figure.add_scatter(
        name=series.source, mode="lines+markers", x=x, y=[None if year is None else values[year] for year in x],
        yaxis=f"y{number}", connectgaps=False, cliponaxis=False, hoverinfo="text",
        line={"color": theme.plan, "width": 2}, marker={"color": theme.plan, "size": 6},
        hovertext=["" if year is None else f"{year}<br>{_value(series, year, text)}" for year in x],
    )  # fmt: skip
    axis = value_axis(series.unit, published(text), (0.0, *values.values()), 3, above=_ABOVE)
    figure.update_layout(**{f"yaxis{number}": axis | {"domain": row, "zeroline": True}})
    words = series.unit.words(CURRENCY)
    row_heading(figure, f"{series.label}, {words}", f"y{number}", theme)
    highest, lowest = (bound(values, key=lambda year: values[year]) for bound in (max, min))
    first, second = sorted(values)[:2]
    # Where the line rises steeply it would cross a value written above its start.
    steep = values[second] - values[first] > _STEEP * values[highest]
    below = {lowest, first} if steep else {lowest}
    for year in sorted({min(values), max(values), highest, lowest}):
        figure.add_annotation(
            name="value", text=_value(series, year, text), font={"size": BODY - 1, "color": theme.text},
            x=year, yref=f"y{number}", y=values[year],
            yanchor="top" if year in below else "bottom", yshift=-6 if year in below else 6,
        )  # fmt: skip


def _alt(projection: Projection, shown: Sequence[Series]) -> str:
    text = projection.scenario.format
    told = "; ".join(
        f"{series.label}: " + ", ".join(f"{year} {_value(series, year, text)}" for year in series.values)
        for series in shown
    )
    return f"{series_message(shown, text)}. {told}. Years without a published figure are left out."


def _table(*shown: Series) -> ChartTable:
    years = range(min(min(one.values) for one in shown), max(max(one.values) for one in shown) + 1)
    rows = ((str(year), *(one.values.get(year) for one in shown)) for year in years)
    return published_table({"Year": None, **{one.label: one.unit for one in shown}}, rows)


TRAINING_CHART = Chart(
    "training_series", "What firms spend on training", EVIDENCE, cited("atd-hours"), training_series, training_alt,
    lambda _: _table(*TRAINING),
)  # fmt: skip
BUDGET_CHART = Chart(
    "budget_series", "What firms spend on marketing", EVIDENCE, cited("gartner-2025"), budget_series, budget_alt,
    lambda _: _table(GARTNER),
)  # fmt: skip
