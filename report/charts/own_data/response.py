"""The chart of what social spend brings, by the own history, where that was observed, and where the plan goes."""

from __future__ import annotations

from datetime import date

import numpy as np

from model.formula import Array
from model.units import RATIO
from report.charts.drawing.chart import OWN_DATA, Chart
from report.charts.drawing.figure import fit, tick_labels, ticks, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import Calm, framed, shade, statement
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.charts.own_data.fitted import Fitted
from report.tables.chart_table import ChartTable, Column
from report.tables.own_data_tables import in_its_money

_BAND, _SHADED, _KEY_LINE = 0.25, 0.6, 17
_TODAY = 1.0
_NOTHING = Calm(
    "Nothing was spent on social in the last year",
    "How revenue responds to spend is told beside the last year's, and there is none.",
)


def response_chart(fitted: Fitted, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """What steady social spend brings a period: median and middle 90 %; observed levels shaded, plan marked."""
    if not fitted.spends:
        return statement(_NOTHING, fitted.projection, _heading(fitted), theme, today)
    figure = framed(fitted.projection, theme, reach_message(fitted), _heading(fitted), today)
    curve, text = fitted.curve, fitted.text
    low, high = fitted.observed
    figure.add_shape(
        name="observed", type="rect", x0=low, x1=high, yref="y domain", y0=0, y1=1, layer="below",
        line={"width": 0}, fillcolor=shade(theme.grid, theme.background, _SHADED),
    )  # fmt: skip
    figure.add_scatter(
        name="band", mode="lines", x=[*curve.level, *curve.level[::-1]], y=[*curve.low, *curve.high[::-1]],
        fill="toself", fillcolor=shade(theme.plan, theme.background, _BAND), line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        name="response", mode="lines", x=list(curve.level), y=list(curve.middle), hoverinfo="text",
        line={"color": theme.plan, "width": 2.5}, hovertext=_hover(fitted, curve.level),
    )  # fmt: skip
    _mark(figure, fitted, theme)
    places = ticks(0, float(curve.level[-1]), 5)
    labels = tick_labels(places, RATIO, text)
    figure.update_layout(
        xaxis={
            "range": [0, float(curve.level[-1])], "tickvals": places,
            "ticktext": ["today" if place == _TODAY else label for place, label in zip(places, labels, strict=True)],
        },
        yaxis=value_axis(RATIO, text, (0.0, *map(float, curve.high)), 5, above=0.08) | {"zeroline": True},
    )  # fmt: skip
    _key(figure, fitted, theme)
    return fit(figure)


def _heading(fitted: Fitted) -> str:
    return f"Revenue a {fitted.period} from social, by spend (last year = 1)"


def reach_message(fitted: Fitted) -> str:
    """Whether single periods reached what the plan keeps up, in a few words."""
    if not fitted.spends:
        return _NOTHING.title
    down = fitted.end < _TODAY
    nearest = fitted.observed[0 if down else 1]
    end, reached = (fitted.text.rounded(level, RATIO) for level in (fitted.end, nearest))
    only = ", {}s only" if fitted.leaves_observed else "; {}s went"
    return f"The plan goes {'down ' * down}to {end} times{only.format(fitted.period)} to {reached}"


def reach_alt(fitted: Fitted) -> str:
    """The chart in words, for those who do not see it."""
    if not fitted.spends:
        return _NOTHING.alt
    low, high = (fitted.text.rounded(end, RATIO) for end in fitted.observed)
    told = _words(fitted, _levels(fitted))
    return f"{reach_message(fitted)}. Observed: {low} to {high} times the last year's spend. {'; '.join(told)}."


def _words(fitted: Fitted, levels: Array) -> list[str]:
    text, told = fitted.text, fitted.response(levels)
    return [
        f"at {text.rounded(float(level), RATIO)} times today's spend {text.rounded(float(middle), RATIO)} a "
        f"{fitted.period} ({text.rounded(float(low), RATIO)} to {text.rounded(float(high), RATIO)})"
        for level, middle, low, high in zip(told.level, told.middle, told.low, told.high, strict=True)
    ]


def _hover(fitted: Fitted, levels: Array) -> list[str]:
    return [words.replace("spend ", "spend<br>") for words in _words(fitted, levels)]


def _levels(fitted: Fitted) -> Array:
    """Round levels of spend, with those that are marked among them."""
    return np.unique(np.round((*ticks(0, float(fitted.curve.level[-1]), 10), _TODAY, fitted.end), 6))


def _mark(figure: Figure, fitted: Fitted, theme: Theme) -> None:
    """A point for the last year, a diamond for the plan's end."""
    marks = fitted.response(np.array((_TODAY, fitted.end)))
    figure.add_scatter(
        name="marks", mode="markers", x=list(marks.level), y=list(marks.middle), cliponaxis=False, hoverinfo="text",
        hovertext=_hover(fitted, marks.level),
        marker={"symbol": ["circle", "diamond"], "size": 11, "color": [theme.total, theme.warning]},
    )  # fmt: skip


def _key(figure: Figure, fitted: Fitted, theme: Theme) -> None:
    """What marks, shade and band are, where a curve that bends down leaves room."""
    low, high = (fitted.text.rounded(end, RATIO) for end in fitted.observed)
    lines = (
        ("● today: the last year's mean", theme.total),
        (f"◆ the plan's end, {fitted.text.rounded(fitted.end, RATIO)} times", theme.warning),
        (f"Shaded: observed, {low} to {high} times", theme.muted),
        ("Band: middle 90 %", theme.muted),
    )
    for place, (words, color) in enumerate(reversed(lines)):
        figure.add_annotation(
            name="key", text=words, font={"size": BODY - 1, "color": color}, xref="paper", x=1, xanchor="right",
            xshift=-4, yref="paper", y=0, yanchor="bottom", yshift=4 + _KEY_LINE * place,
        )  # fmt: skip


def _table(fitted: Fitted) -> ChartTable:
    """A row a level of spend."""
    import pandas as pd

    told = fitted.response(_levels(fitted) if fitted.spends else np.array((_TODAY,)))
    spend = fitted.own.posterior.regression.today[0] * told.level
    frame = pd.DataFrame({"level": told.level, "spend": spend, "p5": told.low, "p50": told.middle, "p95": told.high})
    money = {"spend": f"Social spend a {fitted.period}", "p5": "5 % below", "p50": "Median", "p95": "95 % below"}
    columns = {name: Column(heading, write=in_its_money(frame[name])) for name, heading in money.items()}
    return ChartTable(frame, {"level": Column("Spend, last year = 1", RATIO), **columns})


CHART = Chart(
    "own_data_response", "Response to social spend", OWN_DATA,
    "The own history; levels as they were felt, with carry-over", response_chart, reach_alt, _table,
)  # fmt: skip
