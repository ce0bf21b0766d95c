"""What came of an approved plan: actual against plan by cause, and the forecast to the end, in IBCS notation."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np

from model.projection import Projection
from model.track.tracked import Tracked
from model.track.variances import Variance, VarianceCause
from model.track.words import difference, made_by, shown_parts, warned
from model.units import MONTH, RATIO, Unit
from report.charts.drawing.chart import DRAWS, TRACK, Chart
from report.charts.drawing.figure import (
    HATCHED,
    NEGATIVE_PATTERN,
    EndLabel,
    end_labels,
    escaped,
    fit,
    forecast_line,
    month_axis,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import BAR, framed, inset, note, row_labels, row_rules, shade, small_width
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.tables.chart_table import ChartTable, Column
from report.tables.tracked.subjects import label_of, planned, unit_of

# Where the amounts themselves stand, above their differences.
_AMOUNTS, _DIFFERENCES = (0.70, 1.0), (0.0, 0.64)
_BAND = 0.3


class Came(NamedTuple):
    """What came of a plan, by the name of what was measured or believed, and the plan's projection."""

    found: Tracked
    subject: str
    projection: Projection

    @property
    def variance(self) -> Variance:
        """Actual against plan of the subject."""
        return next(item for item in self.found.variances if item.subject == self.subject)


def variance_by_cause(of: Came, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Actual solid beside plan outlined, and below on a scale of its own what made the difference, signed."""
    item, text = of.variance, of.found.scenario.format
    unit = item.unit.of_a_year
    figure = framed(of.projection, theme, variance_message(of), _heading(of, unit), today)
    amounts = [item.total(item.plan), item.total(item.actual)]
    figure.add_bar(
        name="plan and actual", orientation="h", y=[0, 1], x=amounts, width=BAR, hoverinfo="skip",
        marker={"color": [theme.background, theme.total], "line": {"color": theme.total, "width": 1.5}},
    )  # fmt: skip
    parts = {cause.value: float(value) / unit.scale for cause, value in shown_parts(item).items()}
    values = [*parts.values(), item.total(item.delta)]
    colors = [theme.loss if value < 0 else theme.gain for value in values]
    figure.add_bar(
        name="differences", orientation="h", y=list(range(len(values))), x=values, width=BAR, hoverinfo="skip",
        xaxis="x2", yaxis="y2",
        marker={
            "color": colors, "line": {"color": colors, "width": 1},
            "pattern": {
                "shape": [NEGATIVE_PATTERN if value < 0 else "" for value in values], "fgcolor": colors, "size": 5,
                "bgcolor": [theme.background if value < 0 else color
                            for value, color in zip(values, colors, strict=True)],
                "solidity": 0.45,
            },
        },
    )  # fmt: skip
    row_labels(figure, ["PL, plan", "AC, actual"], theme)
    names = [f"Δ {name}" for name in parts]
    row_labels(figure, [*map(escaped, names), "<b>Δ in all</b>"], theme, "y2")
    shown = unit if unit.style.value == "percent" else RATIO
    told = [text.rounded(amount, shown) for amount in amounts]
    signed = [text.signed(value, shown) for value in values]
    _write(figure, amounts, told, "")
    _write(figure, values, signed, "2")
    wide = small_width([*told, *signed]) + 14
    figure.update_layout(
        xaxis={"range": inset(0.0, max(*amounts, 0.0), 1, wide), "visible": False, "anchor": "y"},
        xaxis2={"range": inset(min(*values, 0.0), max(*values, 0.0), 1, wide), "visible": False, "anchor": "y2"},
        yaxis={"range": [1.4, -0.8], "visible": False, "domain": _AMOUNTS},
        yaxis2={"range": [len(values) - 0.6, -0.8], "visible": False, "domain": _DIFFERENCES, "anchor": "x2"},
    )
    row_rules(figure, [0.0], len(values), {"color": theme.muted, "width": 1}, "2", layer="above")
    if any(value < 0 for value in values):
        note(figure, HATCHED, theme)
    return fit(figure)


def _write(figure: Figure, values: list[float], texts: list[str], axis: str) -> None:
    for row, (value, words) in enumerate(zip(values, texts, strict=True)):
        figure.add_annotation(
            name="amount", text=f"<b>{words}</b>", font={"size": BODY - 1}, x=max(value, 0.0), xanchor="left",
            xshift=6, y=row, xref=f"x{axis}", yref=f"y{axis}",
        )  # fmt: skip


def _heading(of: Came, unit: Unit) -> str:
    item = of.variance
    when = f"months 1–{of.found.until}" if item.adds_up else f"month {item.months[-1]}"
    words = unit.words(of.found.scenario.currency)
    return ", ".join(filter(None, (escaped(item.label), words, when, "Δ on a scale of its own")))


def variance_message(of: Came) -> str:
    """By how much actual and plan differ, and what made most of it."""
    item, text = of.variance, of.found.scenario.format
    return f"{difference(item, text)} against plan, {made_by(item, text)}"


def variance_alt(of: Came) -> str:
    """The chart in words, for those who do not see it."""
    item, text = of.variance, of.found.scenario.format
    unit = item.unit.of_a_year
    causes = "; ".join(
        f"{cause.value} {text.signed(item.total(series), unit)}" for cause, series in item.parts.items()
    )
    return (
        f"{item.label}: actual {text.rounded(item.total(item.actual), unit)}, plan "
        f"{text.rounded(item.total(item.plan), unit)}; {variance_message(of)}. By cause: {causes}."
    )


def variance_table(of: Came) -> ChartTable:
    """One row a month: actual, plan, the difference, and what made it."""
    import pandas as pd

    item = of.variance
    places = [month - 1 for month in item.months]
    columns = {
        "month": Column("Month", MONTH),
        "actual": Column("AC", item.unit),
        "plan": Column("PL", item.unit),
        "difference": Column("Δ", item.unit),
        **{cause.name.lower(): Column(f"Δ {cause.value}", item.unit) for cause in VarianceCause},
    }
    series = [item.actual, item.plan, item.delta, *(item.parts[cause] for cause in VarianceCause)]
    rows = np.column_stack([np.array(item.months, dtype=float), *(one[places] for one in series)])
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


def forecast(of: Came, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """What is forecast to the end as it is believed now, with its band; what was measured on top, plan as a line."""
    found, text = of.found, of.found.scenario.format
    ahead, unit = found.ahead[of.subject], unit_of(of.subject)
    shown = unit if unit.style.value == "percent" else RATIO
    heading = ", ".join(filter(None, (escaped(label_of(found, of.subject)), unit.words(found.scenario.currency))))
    figure = framed(of.projection, theme, forecast_message(of), heading, today)
    months = of.projection.months
    x = list(range(found.until + 1, months + 1))
    low, middle, high = (list(map(float, row[found.until :])) for row in (ahead.low, ahead.middle, ahead.high))
    plan = _planned(of)
    figure.add_scatter(
        name="band", x=[*x, *reversed(x)], y=[*high, *reversed(low)], mode="lines", line={"width": 0},
        fill="toself", fillcolor=shade(theme.plan, theme.background, _BAND), hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        name="plan", x=list(range(1, months + 1)), y=plan, mode="lines", hoverinfo="skip",
        line={"color": theme.hold, "width": 1.5},
    )  # fmt: skip
    figure.add_scatter(
        name="forecast", x=x, y=middle, mode="lines", hoverinfo="skip", line=forecast_line(theme.plan)
    )
    actual = [item for item in found.actuals if item.measure == of.subject]
    figure.add_scatter(
        name="actual", x=[item.month for item in actual] or [None], y=[item.value for item in actual] or [None],
        mode="markers", marker={"size": 6, "color": theme.total}, hoverinfo="text",
        hovertext=[f"month {item.month}<br>{text.rounded(item.value, unit)}" for item in actual],
    )  # fmt: skip
    values = [*plan, *low, *high, *(item.value for item in actual)]
    figure.update_layout(xaxis=month_axis(months), yaxis=value_axis(unit, text, values, above=0.05, below=0.05))
    if x:
        end_labels(figure, "y", [
            EndLabel(high[-1], "9 in 10 below", theme.muted, text.rounded(high[-1], shown)),
            EndLabel(middle[-1], "forecast", theme.plan, text.rounded(middle[-1], shown)),
            EndLabel(low[-1], "1 in 10 below", theme.muted, text.rounded(low[-1], shown)),
            EndLabel(plan[-1], "plan", theme.text, text.rounded(plan[-1], shown)),
        ])  # fmt: skip
    note_on = "● measured;  grey line: plan" if actual else "Grey line: plan"
    figure.update_layout(title={"subtitle": {"text": f"{figure.layout['title']['subtitle']['text']};  {note_on}"}})
    return fit(figure)


def forecast_message(of: Came) -> str:
    """Where it ends by now, beside the plan."""
    ahead, text, unit = of.found.ahead[of.subject], of.found.scenario.format, unit_of(of.subject)
    end = text.rounded(float(ahead.middle[-1]), unit)
    return f"Ends at {end} at the median, planned {text.rounded(_planned(of)[-1], unit)}"


def forecast_alt(of: Came) -> str:
    """The chart in words, for those who do not see it."""
    ahead, text, unit = of.found.ahead[of.subject], of.found.scenario.format, unit_of(of.subject)
    low, high = (text.rounded(float(row[-1]), unit) for row in (ahead.low, ahead.high))
    told = next(iter(warned(of.found)), "Nothing is measured yet.")
    band = f"8 in 10 odds that it lies within {low} … {high}"
    return f"{label_of(of.found, of.subject)}. {forecast_message(of)}; {band}. {told}"


def forecast_table(of: Came) -> ChartTable:
    """One row a month: plan, what was measured, and the forecast's percentiles."""
    import pandas as pd

    ahead, unit = of.found.ahead[of.subject], unit_of(of.subject)
    measured = {item.month: item.value for item in of.found.actuals if item.measure == of.subject}
    columns = {
        "month": Column("Month", MONTH), "plan": Column("PL", unit), "actual": Column("AC", unit),
        "p10": Column("P10", unit), "p50": Column("P50", unit), "p90": Column("P90", unit),
    }  # fmt: skip
    rows = [
        (
            month,
            plan,
            measured.get(month),
            *(float(row[month - 1]) for row in (ahead.low, ahead.middle, ahead.high)),
        )
        for month, plan in enumerate(_planned(of), 1)
    ]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


def _planned(of: Came) -> list[float]:
    return [float(value) for value in planned(of.projection, of.subject)]


VARIANCE = Chart(
    "variance_by_cause", "Actual against plan", TRACK, DRAWS, variance_by_cause, variance_alt, variance_table
)
FORECAST = Chart("forecast_ahead", "Forecast to the end", TRACK, DRAWS, forecast, forecast_alt, forecast_table)
