"""The chart of the CMO Survey: what marketers reported, what they had expected five years before, and what came."""

from __future__ import annotations

from datetime import date
from statistics import median

from model.evidence.survey import (
    BEFORE_THE_PANDEMIC,
    CMO_SURVEY,
    FORECAST_YEARS,
    HEADLINE,
    IN_THE_PANDEMIC,
    LEVELS_REACHED,
    OUTCOMES,
    SurveyEdition,
    edition,
    outside_the_rule,
)
from model.units import SHARE, Format
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import blank, fit, forecast_line, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.charts.evidence.published import cited, published_table
from report.material import Material
from report.tables.chart_table import ChartTable

_REPORTED = tuple((item, item.now) for item in CMO_SURVEY if item.now is not None)
_FORECAST = tuple((item, item.in_five_years) for item in CMO_SURVEY if item.in_five_years is not None)
_HEADLINE_SIZE, _SIZE = 14, 9


def survey_forecasts(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Reported shares as dots, five-year forecasts at the year they were for, and the gap to what came."""
    projection = material.projection
    text = projection.scenario.format
    figure = blank(
        projection,
        theme,
        survey_message(text),
        f"% of US marketing budgets; median of {len(OUTCOMES)}",
        today,
    )
    _draw_connectors(figure, theme)
    _draw_gaps(figure, theme)
    _draw_forecasts(figure, text, theme)
    figure.add_scatter(
        name="reported", mode="markers", cliponaxis=False, marker={"color": theme.total, "size": 7},
        x=[item.year for item, _ in _REPORTED], y=[share for _, share in _REPORTED], hoverinfo="text",
        hovertext=[f"CMO Survey {item.edition}<br>{text.rounded(now, SHARE)} reported" for item, now in _REPORTED],
    )  # fmt: skip
    _lay_out(figure, text)
    _write_labels(figure, text, theme)
    return fit(figure)


def survey_message(text: Format) -> str:
    """What became of the forecasts, in a few words."""
    return f"Forecasts reached {text.rounded(round(median(LEVELS_REACHED), 2), SHARE)} of their level"


def survey_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    text = projection.scenario.format
    came = "; ".join(
        f"{text.rounded(item.forecast, SHARE)} expected in {item.said.edition}, "
        f"{text.rounded(item.reported, SHARE)} reported in {item.came.edition}"
        for item in OUTCOMES
    )
    low, high = (text.rounded(round(share, 2), SHARE) for share in (LEVELS_REACHED[0], LEVELS_REACHED[-1]))
    return (
        f"{survey_message(text)} (median of {len(OUTCOMES)}; {low} to {high}). Social media's share of US "
        f"marketing budgets, five-year forecast and outcome: {came}. The {_share(edition(HEADLINE), text)} for "
        f"{edition(HEADLINE).forecast_for:.0f} is a forecast, not an outcome; the highest reading, "
        f"{text.rounded(edition(IN_THE_PANDEMIC).now or 0, SHARE)}, is that of June 2020, in the pandemic. "
        f"{text.localised(outside_the_rule())}"
    )


def _share(item: SurveyEdition, text: Format) -> str:
    return text.rounded(item.in_five_years or 0.0, SHARE)


def _draw_connectors(figure: Figure, theme: Theme) -> None:
    """From each edition's reading to its forecast, dashed; none where the edition reports no reading."""
    x: list[float | None] = []
    y: list[float | None] = []
    for item, share in _FORECAST:
        if item.now is not None:
            x += [item.year, item.forecast_for, None]
            y += [item.now, share, None]
    line = forecast_line(theme.hold, 1)
    figure.add_scatter(name="expected", mode="lines", x=x, y=y, line=line, opacity=0.7, hoverinfo="skip")


def _draw_gaps(figure: Figure, theme: Theme) -> None:
    """From each forecast to what was reported for its year."""
    x: list[float | None] = []
    y: list[float | None] = []
    for item in OUTCOMES:
        x += [item.said.forecast_for, item.came.year, None]
        y += [item.forecast, item.reported, None]
    line = {"color": theme.warning, "width": 1.5}
    figure.add_scatter(name="gap", mode="lines", x=x, y=y, line=line, hoverinfo="skip")


def _draw_forecasts(figure: Figure, text: Format, theme: Theme) -> None:
    figure.add_scatter(
        name="forecast", mode="markers", cliponaxis=False, hoverinfo="text",
        x=[item.forecast_for for item, _ in _FORECAST], y=[share for _, share in _FORECAST],
        marker={
            "symbol": "diamond", "color": theme.background,
            "size": [_HEADLINE_SIZE if item.edition == HEADLINE else _SIZE for item, _ in _FORECAST],
            "line": {"color": theme.warning, "width": 2},
        },
        hovertext=[
            f"Expected in {item.edition} for {int(item.forecast_for)}<br>{text.rounded(share, SHARE)}"
            for item, share in _FORECAST
        ],
    )  # fmt: skip


def _lay_out(figure: Figure, text: Format) -> None:
    first, last = int(CMO_SURVEY[0].year), edition(HEADLINE).forecast_for
    years = list(range(first + 1, int(last) + 1, FORECAST_YEARS))
    shown = (0.0, *(share for _, share in _REPORTED), *(share for _, share in _FORECAST))
    figure.update_layout(
        xaxis={"range": [first, last + 0.6], "tickvals": years, "ticktext": [str(year) for year in years]},
        yaxis=value_axis(SHARE, text, shown, 4, above=0.22) | {"zeroline": True},
    )


def _write_labels(figure: Figure, text: Format, theme: Theme) -> None:
    """The key, and the readings and the forecast that people quote."""
    key = f'● reported   <span style="color:{theme.warning}">◇ expected five years before, line to what came</span>'
    figure.add_annotation(
        name="key", text=key, font={"size": BODY - 1, "color": theme.text},
        xref="paper", x=0, xanchor="left", xshift=4, yref="paper", y=1, yanchor="top",
    )  # fmt: skip
    headline, spike = edition(HEADLINE), edition(IN_THE_PANDEMIC)
    before, latest = edition(BEFORE_THE_PANDEMIC), CMO_SURVEY[-1]
    notes = (
        (headline.forecast_for, headline.in_five_years, f"<b>{_share(headline, text)}: forecast, not an outcome</b>",
         theme.warning, {"xanchor": "right", "yanchor": "bottom", "yshift": 9, "xshift": 8}),
        (spike.year, spike.now, f"pandemic {text.rounded(spike.now or 0, SHARE)}", theme.text,
         {"xanchor": "right", "yanchor": "bottom", "xshift": -7}),
        (before.year, before.now, text.rounded(before.now or 0, SHARE), theme.text,
         {"xanchor": "left", "yanchor": "top", "yshift": -4, "xshift": 2}),
        (latest.year, latest.now, f"{text.rounded(latest.now or 0, SHARE)} in {int(latest.year)}", theme.text,
         {"xanchor": "center", "yanchor": "top", "yshift": -6}),
    )  # fmt: skip
    for x, y, words, color, place in notes:
        figure.add_annotation(name="note", text=words, x=x, y=y, font={"size": BODY - 1, "color": color}, **place)


def _table(_: Material) -> ChartTable:
    reached = {item.said.edition: item for item in OUTCOMES}
    rows = []
    for item in CMO_SURVEY:
        came = reached.get(item.edition)
        later = (came.came.edition, came.reported, came.level_reached, came.rise_reached) if came else (None,) * 4
        rows.append((item.edition, item.now, item.in_a_year, item.in_five_years, *later))
    headings = {
        "Edition": None, "Now": SHARE, "Expected in 12 months": SHARE, "Expected in 5 years": SHARE,
        "Edition five years on": None, "Came": SHARE, "Part of the level": SHARE, "Part of the rise": SHARE,
    }  # fmt: skip
    return published_table(headings, rows)


CHART = Chart(
    "survey_forecasts", "Forecast against outcome", EVIDENCE, cited("cmo-survey", "cmo-backtest"),
    survey_forecasts, survey_alt, _table,
)  # fmt: skip
