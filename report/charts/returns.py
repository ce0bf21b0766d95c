"""The charts of what the plan returns: cash over time, and the steps to its net present value."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import Any

from model.metrics import BRIDGE, METRICS
from model.projection import Projection
from model.telling.measurement import IN_CASH, WORTH
from model.units import MONEY, RATIO
from report.charts.drawing.bridge_bars import Step, draw_steps
from report.charts.drawing.chart import MODEL, PLAN, Chart
from report.charts.drawing.figure import (
    EndLabel,
    end_labels,
    fit,
    forecast_line,
    month_axis,
    month_words,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed
from report.charts.drawing.theme import LIGHT, Theme
from report.material import Material
from report.tables.line_tables import by_year
from report.words.stamp import in_a_heading, years
from report.words.values import step_label

_UNSIGNED = "Costs are positive amounts here, below zero where they are saved."


def cumulative_cash(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Net cash added up from month 0, with payback and lowest point; lighter, the same discounted."""
    projection = material.projection
    text, months = projection.scenario.format, list(range(projection.months + 1))
    # The names of the lines say which of them is discounted.
    heading = f"Cumulative cash against holding, {IN_CASH.tax(projection.scenario)}, {projection.scenario.currency}"
    figure = framed(projection, theme, cash_message(projection), heading, today)
    cash = [0.0, *projection.lines["cumulative_cash"].tolist()]
    discounted = [0.0, *projection.lines["cumulative_present_value"].tolist()]
    figure.add_scatter(
        name="discounted", x=months, y=discounted, mode="lines", line=forecast_line(theme.hold, 2), hoverinfo="skip"
    )
    figure.add_scatter(
        name="cash", x=months, y=cash, mode="lines", line=forecast_line(theme.plan), hoverinfo="text",
        hovertext=[
            f"{month_words(projection, month, today)}<br>net cash to date {text.signed(cash[month], MONEY)}"
            f"<br>discounted {text.signed(discounted[month], MONEY)}"
            for month in months
        ],
    )  # fmt: skip
    below = 0.2 if min(cash) < 0 else 0.05
    axis = value_axis(MONEY, text, (*cash, *discounted), below=below, above=0.2 if max(cash) > 0 else 0.1)
    figure.update_layout(xaxis=month_axis(projection.months), yaxis=axis | {"zeroline": True})
    labels = [
        EndLabel(cash[-1], "Net cash", theme.plan, text.signed(cash[-1], RATIO)),
        EndLabel(discounted[-1], "Discounted", theme.muted, text.signed(discounted[-1], RATIO)),
    ]
    end_labels(figure, "y", labels)
    _mark_payback(figure, projection, theme, today)
    _mark_lowest(figure, projection, theme)
    return fit(figure)


def cash_message(projection: Projection) -> str:
    """When the money is back and how much is needed until then, in a few words."""
    month, horizon = projection.metrics["payback_month"], years(projection.scenario.horizon_years)
    peak = projection.scenario.format.rounded(projection.metrics["peak_funding"] or 0.0, MONEY)
    if not any(projection.bridge.values()):
        return "Cash is the same as if held"
    if month is None:
        return f"Not paid back in {horizon}; peak funding {peak}"
    if month == 0:
        return "Never out of pocket"
    return f"Pays back in month {month:.0f}; peak funding {peak}"


def cash_alt(projection: Projection) -> str:
    """The chart in words, for those who do not see it."""
    scenario, text, peak = projection.scenario, projection.scenario.format, projection.metrics["peak_funding"]
    end, discounted = (
        text.signed(float(projection.lines[name][-1]), MONEY)
        for name in ("cumulative_cash", "cumulative_present_value")
    )
    rate, counted = scenario.stated("discount_rate"), IN_CASH.words(scenario)
    lowest = f" It is lowest in month {_lowest_month(projection)}." if peak else ""
    return (
        f"{cash_message(projection)}.{lowest} Cumulative net cash against holding, {counted}, ends at {end} in "
        f"month {projection.months}; discounted at {rate} a year it ends at {discounted}."
    )


def _mark_payback(figure: Figure, projection: Projection, theme: Theme, today: date | None) -> None:
    """Says at the top when the plan pays back, beside a line up from the point where it does."""
    month = projection.metrics["payback_month"]
    place: dict[str, Any] = {"xref": "x domain", "x": 0.01, "xanchor": "left"}
    if not any(projection.bridge.values()):
        label = "nothing to fund, nothing to pay back"
    elif month is None:
        label = f"does not pay back within {years(projection.scenario.horizon_years)}"
        place |= {"x": 0.99, "xanchor": "right"}
    elif month == 0:
        label = "never out of pocket: nothing to pay back"
    else:
        label = f"pays back in {month_words(projection, int(month), today)}"
        late = month > projection.months / 2
        place = {"xref": "x", "x": month, "xanchor": "right" if late else "left", "xshift": -12 if late else 6}
        reached = float(projection.lines["cumulative_cash"][int(month) - 1])
        figure.add_shape(
            type="line", x0=month, x1=month, y0=reached, y1=figure.layout["yaxis"]["range"][1],
            line={"color": theme.muted, "width": 1, "dash": "dot"},
        )  # fmt: skip
        _add_dot(figure, "payback", month, reached, theme)
    figure.add_annotation(name="payback", text=f"<b>{label}</b>", yref="y domain", y=1, yanchor="top", **place)


def _mark_lowest(figure: Figure, projection: Projection, theme: Theme) -> None:
    peak, month = projection.metrics["peak_funding"], _lowest_month(projection)
    if not peak:
        return
    part = month / projection.months
    _add_dot(figure, "lowest", month, -peak, theme)
    figure.add_annotation(
        name="lowest", text=f"peak funding {projection.scenario.format.rounded(peak, MONEY)}, month {month}",
        x=month, xanchor="left" if part < 0.35 else "right" if part > 0.65 else "center",
        y=-peak, yanchor="top", yshift=-7,
    )  # fmt: skip


def _lowest_month(projection: Projection) -> int:
    return int(projection.lines["cumulative_cash"].argmin()) + 1


def _add_dot(figure: Figure, name: str, x: float, y: float, theme: Theme) -> None:
    marker = {"color": theme.background, "size": 9, "line": {"color": theme.plan, "width": 2}}
    figure.add_scatter(name=name, x=[x], y=[y], mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)


def bridge_steps(projection: Projection) -> list[Step]:
    """The benefits and costs that are not zero, in order, and the net present value they add up to."""
    parts = [(step_label(name, value), value) for name, value in projection.bridge.items() if value]
    ends = accumulate(value for _, value in parts)
    steps = [Step(label, end - value, value) for (label, value), end in zip(parts, ends, strict=True)]
    return [*steps, Step(METRICS["npv"].label, 0.0, projection.metrics["npv"] or 0.0, total=True)]


def value_bridge(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """From each benefit and cost, after tax, to the net present value; steps of zero are left out."""
    projection = material.projection
    scenario = projection.scenario
    # The footer has the rate.
    over = f"over {years(scenario.horizon_years)}"
    heading = f"Present value, {WORTH.tax(scenario)}, {over}, {scenario.currency}"
    figure = framed(projection, theme, value_message(projection), heading, today)
    return fit(draw_steps(figure, bridge_steps(projection), projection.scenario.format, theme))


def value_message(projection: Projection) -> str:
    """What the plan is worth against holding, in a few words."""
    npv = projection.metrics["npv"] or 0.0
    money = projection.scenario.format.rounded(abs(npv), MONEY)
    if npv == 0:
        return "The plan is worth as much as holding"
    return f"The plan is worth {money} {'more' if npv > 0 else 'less'} than holding"


def bridge_alt(projection: Projection) -> str:
    """The chart in words, for those who do not see it."""
    text = projection.scenario.format
    *steps, total = (f"{step.label} {text.signed(step.value, MONEY)}" for step in bridge_steps(projection))
    basis = in_a_heading(WORTH, projection.scenario)
    return f"{value_message(projection)}. {basis}: {'; '.join([*steps, total])}."


CASH = Chart(
    "cumulative_cash", "Cumulative cash and payback", PLAN, MODEL, cumulative_cash,
    lambda material: cash_alt(material.projection),
    by_year("benefits", "costs", "net_cash", "cumulative_cash", "present_value", "cumulative_present_value"),
    explains="cumulative_cash", in_file="yearly",
)  # fmt: skip
VALUE = Chart(
    "value_bridge", "From benefits and costs to net present value", PLAN, MODEL, value_bridge,
    lambda material: bridge_alt(material.projection),
    by_year(*BRIDGE, "benefits", "costs", "discount_factor", "present_value", note=_UNSIGNED),
    explains="npv", in_file="yearly",
)  # fmt: skip
