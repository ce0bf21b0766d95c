"""The chart of diminishing returns: how social revenue responds to spend, and what of it is only believed."""

from __future__ import annotations

from datetime import date

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.projection import Projection
from model.telling.implied import believed
from model.telling.response import DRIFT, SHAPE, Response, plan_level, responses
from model.units import RATIO, Format, Unit
from report.charts.drawing.chart import EVIDENCE, MODEL, Chart
from report.charts.drawing.figure import fit, tick_labels, ticks, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, shade
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.charts.evidence.published import cited, published_table
from report.material import Material
from report.tables.chart_table import ChartTable

_TODAY = 1.0
# How far beyond the plan the curve is drawn, and at how many levels.
_BEYOND, _POINTS, _ROWS = 1.15, 121, 12
_BAND, _SHADED = 0.25, 0.5
_KEY_LINE = 17


def response_curve(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Social revenue by spend, both relative to today: the plan's line, the band of beliefs, today and the end."""
    projection = material.projection
    text, end = projection.scenario.format, plan_level(projection)
    # Closer where the curve is steepest.
    curve = responses(projection, _reach(end) * np.linspace(0, 1, _POINTS) ** 2)
    figure = framed(projection, theme, response_message(projection), _heading(projection), today)
    _draw_band(figure, curve, theme)
    _draw_line(figure, curve, text, theme)
    _draw_plan(figure, responses(projection, _marked(end)), text, theme)
    places = ticks(0, _reach(end), 5)
    figure.update_layout(
        xaxis={"range": [0, _reach(end)], "tickvals": places, "ticktext": _named(places, text)},
        yaxis=value_axis(RATIO, text, (0.0, *curve.high), 4, above=0.08) | {"zeroline": True},
    )
    _write_key(figure, projection, theme)
    return fit(figure)


def response_message(projection: Projection) -> str:
    """What the next unit of social budget earns today and at the plan's end, in a few words."""
    text, levels = projection.scenario.format, _marked(plan_level(projection))
    earned = [text.rounded(value, RATIO) for value in responses(projection, levels).next_unit]
    later = f", {earned[1]} at the end" if len(earned) > 1 else ""
    return f"The next unit earns {earned[0]} today{later}"


def response_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    scenario, text = projection.scenario, projection.scenario.format
    told = responses(projection, _table_levels(plan_level(projection)))
    rows = "; ".join(
        f"at {text.rounded(level, RATIO)} times {text.rounded(revenue, RATIO)} "
        f"({text.rounded(low, RATIO)} to {text.rounded(high, RATIO)})"
        for level, revenue, low, high in zip(told.level, told.revenue, told.low, told.high, strict=True)
    )
    return (
        f"{response_message(projection)}, in contribution. Social revenue by spend, both relative to today, with "
        f"the band of what is believed: {rows}. {_band_words(projection)}. {ASSUMPTIONS[DRIFT].label}: "
        f"{_drift_words(projection)}; it moves the whole curve and is not in these figures. The plan ends at "
        f"{text.rounded(plan_level(projection), RATIO)} times today's spend in {scenario.horizon_years} years."
    )


def _reach(end: float) -> float:
    return _BEYOND * max(_TODAY, end)


def _marked(end: float) -> np.ndarray:
    """Today's level, and that of the plan's end where it is another one."""
    return np.array((_TODAY,) if _same(end) else (_TODAY, end))


def _same(end: float) -> bool:
    return bool(np.isclose(end, _TODAY, rtol=0, atol=1e-6))


def _table_levels(end: float) -> np.ndarray:
    """Round levels of spend, with today's and the plan's end among them."""
    return np.unique(np.round((*ticks(0, _reach(end), _ROWS), *_marked(end)), 6))


def _heading(projection: Projection) -> str:
    before = "before a drift of" if projection.scenario.number(DRIFT) else "drift"
    return f"Revenue by spend, today = 1; {before} {_drift_value(projection)}"


def _drift_value(projection: Projection) -> str:
    unit = ASSUMPTIONS[DRIFT].unit
    return f"{projection.scenario.format.rounded(projection.scenario.number(DRIFT), unit)} {unit.per}"


def _drift_words(projection: Projection) -> str:
    return _value_and_range(projection, DRIFT) + f" {ASSUMPTIONS[DRIFT].unit.per}"


def _band_words(projection: Projection) -> str:
    """What the band covers, in words."""
    saturation, exponent = (_range(projection, name) for name in SHAPE)
    return f"Band: saturation {saturation}, exponent {exponent}"


def _range(projection: Projection, name: str) -> str:
    """The plausible range, or the one value that is taken as certain."""
    text, unit = projection.scenario.format, ASSUMPTIONS[name].unit
    return " to ".join(text.rounded(end, unit) for end in dict.fromkeys(believed(projection.scenario, name)))


def _value_and_range(projection: Projection, name: str) -> str:
    scenario = projection.scenario
    value = scenario.format.rounded(scenario.number(name), ASSUMPTIONS[name].unit)
    return f"{value} (believed {_range(projection, name)})" if name in scenario.effective_ranges else value


def _draw_band(figure: Figure, curve: Response, theme: Theme) -> None:
    """Between the lowest and the highest response that is believed."""
    figure.add_scatter(
        name="band", mode="lines", x=[*curve.level, *curve.level[::-1]], y=[*curve.low, *curve.high[::-1]],
        fill="toself", fillcolor=shade(theme.plan, theme.background, _BAND), line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip


def _draw_line(figure: Figure, curve: Response, text: Format, theme: Theme) -> None:
    figure.add_scatter(
        name="response", mode="lines", x=curve.level, y=curve.revenue, line={"color": theme.plan, "width": 2.5},
        hoverinfo="text",
        hovertext=[
            f"spend {text.rounded(level, RATIO)} times today's<br>revenue {text.rounded(revenue, RATIO)} times, "
            f"believed {text.rounded(low, RATIO)} to {text.rounded(high, RATIO)}"
            for level, revenue, low, high in zip(curve.level, curve.revenue, curve.low, curve.high, strict=True)
        ],
    )  # fmt: skip


def _draw_plan(figure: Figure, marks: Response, text: Format, theme: Theme) -> None:
    """Today's point, and the plan's range from there to its end, shaded."""
    if marks.level.size > 1:
        shaded = shade(theme.grid, theme.background, _SHADED)
        figure.add_shape(
            type="rect", x0=min(marks.level), x1=max(marks.level), yref="y domain", y0=0, y1=1,
            layer="below", line={"width": 0}, fillcolor=shaded,
        )  # fmt: skip
    figure.add_scatter(
        name="marks", mode="markers", x=marks.level, y=marks.revenue, cliponaxis=False, hoverinfo="text",
        marker={"symbol": ["circle", "diamond"][: marks.level.size], "size": 11,
                "color": [theme.total, theme.warning][: marks.level.size]},
        hovertext=[
            f"{where}<br>the next unit earns {text.rounded(earned, RATIO)}"
            for where, earned in zip(("today", "the plan's end"), marks.next_unit, strict=False)
        ],
    )  # fmt: skip


def _named(places: list[float], text: Format) -> list[str]:
    """Levels of spend as axis labels; the one that is today's is called so."""
    labels = tick_labels(places, RATIO, text)
    return ["today" if place == _TODAY else label for place, label in zip(places, labels, strict=True)]


def _write_key(figure: Figure, projection: Projection, theme: Theme) -> None:
    """What the marks, the shade and the band are, where a curve that bends down leaves room."""
    text, end = projection.scenario.format, plan_level(projection)
    earned = [text.rounded(value, RATIO) for value in responses(projection, _marked(end)).next_unit]
    lines = [(f"● today: next unit earns {earned[0]}", theme.total), (_band_words(projection), theme.muted)]
    if len(earned) > 1:
        reached = f"◆ plan's end, {text.rounded(end, RATIO)} times: {earned[1]}"
        lines[1:1] = [(reached, theme.warning), ("Shaded: from today to the plan's end", theme.muted)]
    for place, (words, color) in enumerate(reversed(lines)):
        figure.add_annotation(
            name="key", text=words, font={"size": BODY - 1, "color": color}, xref="paper", x=1, xanchor="right",
            xshift=-4, yref="paper", y=0, yanchor="bottom", yshift=4 + _KEY_LINE * place,
        )  # fmt: skip


def _table(material: Material) -> ChartTable:
    told = responses(material.projection, _table_levels(plan_level(material.projection)))
    headings: dict[str, Unit | None] = dict.fromkeys(
        ("Spend, today = 1", "Revenue, today = 1", "Low", "High", "Contribution of the next unit"), RATIO
    )
    columns = (told.level, told.revenue, told.low, told.high, told.next_unit)
    return published_table(headings, zip(*(map(float, column) for column in columns), strict=True))


CHART = Chart(
    "response_curve", "Response to spend", EVIDENCE,
    f"{MODEL}; the curve's shape and how it drifts are judgement (grade D), the drift's direction: "
    + cited("meta-prices"),
    response_curve, response_alt, _table, explains="social_response",
)  # fmt: skip
