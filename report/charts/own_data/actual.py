"""The chart of how a history is fitted: revenue as it was, as the fit has it, and what is left over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from model.formula import Array
from model.history.checks import Diagnostic
from model.units import RATIO, per_cent
from report.charts.drawing.chart import OWN_DATA, Chart
from report.charts.drawing.figure import (
    EndLabel,
    end_labels,
    fit,
    forecast_line,
    row_heading,
    tick_labels,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, shade
from report.charts.drawing.theme import LIGHT, SMALL, Theme
from report.charts.own_data.fitted import Fitted
from report.tables.chart_table import ChartTable, Column
from report.tables.own_data_tables import in_its_money

# The parts of the height that the two rows take.
_UPPER, _LOWER = (0.34, 1.0), (0.0, 0.24)
_SHADED, _FITTED = 0.6, 0.55
_STEPS, _MOST_LABELS = (1, 3, 6, 12, 24, 60, 120), 7
_ACTUAL, _FIT, _FORECAST = "actual", "fit", "forecast"


def actual(fitted: Fitted, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Revenue over the fit, the last quarter as it was forecast without it, and below what the fit leaves over."""
    figure = framed(fitted.projection, theme, fit_message(fitted), _heading(fitted), today)
    revenue, expected, told = _revenue(fitted), fitted.own.posterior.expected, fitted.own.forecast
    size = len(revenue)
    _shade_held_out(figure, size, told, theme)
    _line(figure, fitted, _FIT, expected, 0, {"color": shade(theme.plan, theme.background, _FITTED), "width": 4})
    _line(figure, fitted, _ACTUAL, revenue, 0, {"color": theme.total, "width": 1.5})
    if told is not None:
        _line(figure, fitted, _FORECAST, told, size - len(told), forecast_line(theme.warning, 2))
    left = np.where(np.isnan(revenue), 0.0, revenue - expected)
    figure.add_bar(
        name="left over", x=list(range(size)), y=left.tolist(), yaxis="y2", hoverinfo="text",
        marker={"color": theme.hold, "line": {"width": 0}},
        hovertext=[f"{fitted.text.day(when)}<br>left over {fitted.text.signed(float(one), RATIO)}"
                   for when, one in zip(fitted.own.history.dates, left, strict=True)],
    )  # fmt: skip
    _lay_out(figure, fitted, left)
    _name_lines(figure, revenue, expected, told, theme)
    row_heading(figure, "Actual less fit", "y2", theme)
    return fit(figure)


def _heading(fitted: Fitted) -> str:
    return f"Revenue a {fitted.period}, in the file's money"


def _revenue(fitted: Fitted) -> Array:
    """Revenue of each period, not a number where it is not known."""
    history = fitted.own.history
    return np.where(history.observed, history.revenue, np.nan)


def _check(fitted: Fitted, name: str) -> Diagnostic:
    return next(check for check in fitted.own.checks if check.name == name)


def fit_message(fitted: Fitted) -> str:
    """How much the fit explains and how well it forecast, in a few words."""
    explained = _check(fitted, "fit").figures["explained"] or 0.0
    words = f"The fit explains {per_cent(explained, fitted.text)}"
    error = _check(fitted, "held_out").figures.get("error")
    return words if error is None else f"{words}, forecast {per_cent(error, fitted.text)} off"


def fit_alt(fitted: Fitted) -> str:
    """The chart in words, for those who do not see it."""
    history = fitted.own.history
    verdicts = (_check(fitted, name).verdict for name in ("fit", "held_out", "residuals"))
    return f"Revenue by {fitted.period}, {history.period_words}, as it was and as fitted: {'; '.join(verdicts)}."


def _line(figure: Figure, fitted: Fitted, name: str, values: Array, start: int, line: Mapping[str, object]) -> None:
    dates = fitted.own.history.dates[start:]
    figure.add_scatter(
        name=name, mode="lines", x=list(range(start, start + len(values))), y=_known(values), line=line,
        hoverinfo="text",
        hovertext=[f"{fitted.text.day(when)}<br>{name} {fitted.text.rounded(float(value), RATIO)}"
                   for when, value in zip(dates, np.nan_to_num(values), strict=True)],
    )  # fmt: skip


def _known(values: Array) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _shade_held_out(figure: Figure, size: int, told: Array | None, theme: Theme) -> None:
    """The quarter that was held out, shaded."""
    if told is not None:
        figure.add_shape(
            name="held out", type="rect", x0=size - len(told) - 0.5, x1=size - 0.5, yref="y domain", y0=0, y1=1,
            layer="below", line={"width": 0}, fillcolor=shade(theme.grid, theme.background, _SHADED),
        )  # fmt: skip
        figure.add_annotation(
            name="held out", text="held out ", font={"size": SMALL, "color": theme.muted}, x=size - len(told) - 0.5,
            xanchor="right", yref="y domain", y=1, yanchor="top",
        )  # fmt: skip


def _lay_out(figure: Figure, fitted: Fitted, left: Array) -> None:
    text, size = fitted.text, len(left)
    shown = [one for trace in figure["data"][:-1] for one in trace["y"] if one is not None]
    places = _first_days(fitted.own.history.dates)
    widest = float(np.abs(left).max()) or 1.0
    figure.update_layout(
        bargap=0.2,
        xaxis={
            "range": [-0.5, size - 0.5], "tickvals": places, "anchor": "y2",
            "ticktext": [text.month(fitted.own.history.dates[place]) for place in places],
        },
        yaxis=value_axis(RATIO, text, shown, 4, below=0.05, above=0.14) | {"domain": _UPPER},
        yaxis2={
            "range": [-1.15 * widest, 1.6 * widest], "tickvals": [-widest, 0, widest], "domain": _LOWER,
            "ticktext": _residual_labels(fitted, widest), "zeroline": True, "showgrid": False,
        },
    )  # fmt: skip


def _residual_labels(fitted: Fitted, widest: float) -> list[str]:
    rounded = [float(f"{one:.2g}") for one in (-widest, 0.0, widest)]
    return tick_labels(rounded, RATIO, fitted.text)


def _first_days(dates: Sequence[date]) -> list[int]:
    """The first period of every so manyth month, counted from January, so that few labels stand below."""
    firsts = [place for place, when in enumerate(dates) if not place or when.month != dates[place - 1].month]
    for step in _STEPS:
        kept = [place for place in firsts if (12 * dates[place].year + dates[place].month - 1) % step == 0]
        if len(kept) <= _MOST_LABELS:
            return kept
    return kept[:: len(kept) // _MOST_LABELS + 1]


def _name_lines(figure: Figure, revenue: Array, expected: Array, told: Array | None, theme: Theme) -> None:
    """What each line is, at its end."""
    labels = [
        EndLabel(float(revenue[~np.isnan(revenue)][-1]), _ACTUAL, theme.total),
        EndLabel(float(expected[-1]), _FIT, theme.plan),
    ]
    if told is not None:
        labels.append(EndLabel(float(told[-1]), _FORECAST, theme.warning))
    end_labels(figure, "y", labels)


def _table(fitted: Fitted) -> ChartTable:
    """A row a period."""
    import pandas as pd

    history, told = fitted.own.history, fitted.own.forecast
    size = len(history.revenue)
    forecast = np.full(size, np.nan)
    if told is not None:
        forecast[-len(told) :] = told
    revenue, expected = _revenue(fitted), fitted.own.posterior.expected
    frame = pd.DataFrame(
        {"from": [when.isoformat() for when in history.dates], "actual": revenue, "fit": expected,
         "left_over": revenue - expected, "forecast": forecast}
    )  # fmt: skip
    headings = {"actual": "Actual", "fit": "Fit", "left_over": "Left over", "forecast": "Forecast without it"}
    columns = {name: Column(heading, write=in_its_money(frame[name])) for name, heading in headings.items()}
    return ChartTable(frame, {"from": Column(f"{fitted.period.capitalize()} from", words=True), **columns})


CHART = Chart("own_data_fit", "Fit against actual", OWN_DATA, "The own history and the fit", actual, fit_alt, _table)
