"""The chart of revenue per employee: plan and hold nearly coincide, so their difference has a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from model.projection import Projection
from model.units import MONEY_YEAR, RATIO, Format
from report.charts.drawing.chart import MODEL, PLAN, Chart
from report.charts.drawing.figure import (
    HATCHED,
    NEGATIVE_PATTERN,
    EndLabel,
    blank,
    end_labels,
    fit,
    forecast_line,
    month_axis,
    month_words,
    row_heading,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import LIGHT, Theme
from report.material import Material
from report.tables.line_tables import by_year

_LEVEL_ROW = (0.52, 1.0)
_DIFFERENCE_ROW = (0.0, 0.45)
# How strongly the gain is filled.
_GAIN = 0.35


def revenue_per_employee(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Annual revenue per employee, planned and held; below it, on a scale of its own, the signed difference."""
    projection = material.projection
    heading = f"{projection.scenario.currency} a year per employee"
    figure = blank(projection, theme, revenue_message(projection), heading, today)
    hover = _hover(projection, today)
    _draw_levels(figure, projection, theme, hover)
    _draw_difference(figure, projection, theme, hover)
    figure.update_layout(xaxis=month_axis(projection.months) | {"anchor": "y2"})
    return fit(figure)


def revenue_message(projection: Projection) -> str:
    """How far revenue per employee ends from holding, in a few words."""
    difference = revenue_differences(projection)[-1]
    if difference == 0:
        return "Revenue per employee ends the same as if held"
    money = projection.scenario.format.rounded(abs(difference), MONEY_YEAR)
    return f"Revenue per employee ends {money} {'above' if difference > 0 else 'below'} holding"


def revenue_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    text, difference = projection.scenario.format, revenue_differences(projection)[-1]
    plan, hold = (
        text.rounded(float(projection.lines[name][-1]), MONEY_YEAR)
        for name in ("plan_revenue_per_employee", "hold_revenue_per_employee")
    )
    return (
        f"{revenue_message(projection)}. In month {projection.months} it is {plan} a year under the plan and {hold} "
        f"if held, a difference of {text.signed(difference, MONEY_YEAR)}."
    )


def revenue_differences(projection: Projection) -> list[float]:
    """Annual revenue per employee, planned less held, month by month."""
    lines = projection.lines
    differences: list[float] = (lines["plan_revenue_per_employee"] - lines["hold_revenue_per_employee"]).tolist()
    return differences


def _hover(projection: Projection, today: date | None) -> list[str]:
    text, lines = projection.scenario.format, projection.lines
    columns = zip(
        lines["plan_revenue_per_employee"].tolist(),
        lines["hold_revenue_per_employee"].tolist(),
        revenue_differences(projection),
        strict=True,
    )
    return [
        f"{month_words(projection, month, today)}<br>plan {_in_full(plan, text)}"
        f"<br>hold {_in_full(hold, text)}<br>difference {text.signed(difference, MONEY_YEAR)}"
        for month, (plan, hold, difference) in enumerate(columns, start=1)
    ]


def _months(projection: Projection) -> list[int]:
    return list(range(1, projection.months + 1))


def _draw_levels(figure: Figure, projection: Projection, theme: Theme, hover: Sequence[str]) -> None:
    text, months = projection.scenario.format, _months(projection)
    plan = projection.lines["plan_revenue_per_employee"].tolist()
    hold = projection.lines["hold_revenue_per_employee"].tolist()
    held_line = {"color": theme.hold, "width": 2}
    figure.add_scatter(name="hold", x=months, y=hold, mode="lines", line=held_line, hoverinfo="skip")
    figure.add_scatter(
        name="plan",
        x=months,
        y=plan,
        mode="lines",
        line=forecast_line(theme.plan),
        hovertext=hover,
        hoverinfo="text",
    )
    axis = value_axis(MONEY_YEAR, text, (*plan, *hold), 4, below=0.12, above=0.12)
    figure.update_layout(yaxis=axis | {"domain": _LEVEL_ROW})
    labels = [
        EndLabel(plan[-1], "Plan", theme.plan, _in_full(plan[-1], text)),
        EndLabel(hold[-1], "Hold", theme.muted, _in_full(hold[-1], text)),
    ]
    end_labels(figure, "y", labels)


def _in_full(value: float, text: Format) -> str:
    """To the unit: three figures would make plan and hold look equal."""
    return text.number(value, 0 if value >= 1000 else 2)


def _draw_difference(figure: Figure, projection: Projection, theme: Theme, hover: Sequence[str]) -> None:
    text, months, differences = projection.scenario.format, _months(projection), revenue_differences(projection)
    hatch = {
        "shape": NEGATIVE_PATTERN, "fgcolor": theme.loss, "bgcolor": theme.background, "size": 6, "solidity": 0.3,
    }  # fmt: skip
    for name, part, color, pattern in (
        ("above", [max(0.0, value) for value in differences], shade(theme.gain, theme.background, _GAIN), {}),
        ("below", [min(0.0, value) for value in differences], theme.loss, {"fillpattern": hatch}),
    ):
        figure.add_scatter(
            name=name, x=months, y=part, yaxis="y2", mode="lines", line={"width": 0, "color": color},
            fill="tozeroy", fillcolor=color, hoverinfo="skip", **pattern,
        )  # fmt: skip
    figure.add_scatter(
        name="difference", x=months, y=differences, yaxis="y2", mode="lines", line=forecast_line(theme.total, 2),
        hovertext=hover, hoverinfo="text",
    )  # fmt: skip
    below = 0.15 if min(differences) < 0 else 0
    axis = value_axis(MONEY_YEAR, text, (0.0, *differences), 3, below=below, above=0.4)
    figure.update_layout(yaxis2=axis | {"domain": _DIFFERENCE_ROW, "zeroline": True})
    final = differences[-1]
    end_labels(figure, "y2", [EndLabel(final, "Difference", theme.text, text.signed(final, RATIO))])
    hatched = f"   {HATCHED}" if min(differences) < 0 else ""
    row_heading(figure, f"Plan less hold (a scale of its own){hatched}", "y2", theme)


CHART = Chart(
    "revenue_per_employee", "Revenue per employee", PLAN, MODEL, revenue_per_employee, revenue_alt,
    by_year("hold_revenue_per_employee", "plan_revenue_per_employee", "revenue_gain"),
    explains="plan_revenue_per_employee", in_file="yearly",
)  # fmt: skip
