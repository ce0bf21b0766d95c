"""The map of a group's units: what each is worth on average, against how far that may stray."""

from __future__ import annotations

from datetime import date
from typing import Any

from model.portfolio.block import UnitOutcome
from model.units import MONEY, RATIO, SHARE
from report.charts.drawing.chart import DRAWS, PORTFOLIO, Chart
from report.charts.drawing.figure import fit, tick_labels, ticks, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import NARROWEST, small_width
from report.charts.drawing.theme import BODY, BOTTOM, LIGHT, SMALL, TOP, Theme
from report.charts.portfolio.headed import headed, name_in_chart
from report.charts.portfolio.labels import Label, labels_beside
from report.tables.portfolio.grouped import Grouped, units_in_words
from report.tables.portfolio.rows import unit_rows
from report.words.stamp import shortened

# The plot on the narrowest chart, in pixels: names that are apart there are apart on all wider ones.
_ROOM = (NARROWEST - 70.0, PORTFOLIO.height - TOP - BOTTOM - 30.0)
_LETTERS, _MOST_TOLD = 24, 12
# Room for a name is looked for beside so many units only, those that stand for the most money; of many, points are
# small.
_MOST_NAMED, _MANY = 60, 100


def risk_return(of: Grouped, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A point a unit: its standard deviation along, its mean net present value up, in the group's currency."""
    units = _ordered(of)
    along, up = [_risk(one) for one in units], [_worth(one) for one in units]
    heading = f"Mean net present value by its standard deviation, {of.currency}"
    figure = headed(of, theme, map_message(of), heading, today)
    figure.add_scatter(
        name="units", mode="markers", x=along, y=up, hoverinfo="text", cliponaxis=False,
        hovertext=[_hover(of, one) for one in units],
        marker={"size": 10 if len(units) <= _MANY else 6,
                "color": [theme.gain if worth > 0 else theme.loss for worth in up],
                "symbol": ["circle" if worth > 0 else "diamond" for worth in up]},
    )  # fmt: skip
    right = 1.08 * max(along) or 1.0
    yaxis = value_axis(MONEY, of.text, (0.0, *up), 5, below=0.1, above=0.16)
    places = ticks(0.0, right, 4)
    figure.update_layout(
        xaxis={"range": [0.0, right], "tickvals": places, "ticktext": tick_labels(places, MONEY, of.text)},
        yaxis=yaxis | {"zeroline": True},
    )  # fmt: skip
    _write_names(figure, units, (right, *yaxis["range"]), theme)
    return fit(figure)


def map_message(of: Grouped) -> str:
    """How many units are worth more than holding on average, in a few words."""
    gains, units = sum(_worth(one) > 0 for one in of.group.outcomes), units_in_words(len(of.group.outcomes))
    return f"{gains or 'None'} of {units} {'gain' if gains > 1 else 'gains'} on average"


def map_alt(of: Grouped) -> str:
    """The chart in words, for those who do not see it."""
    rows = [
        f"{shortened(one.name)} {of.text.rounded(_worth(one), RATIO)} by {of.text.rounded(_risk(one), RATIO)}"
        for one in _ordered(of)
    ]
    more = f"; and {len(rows) - _MOST_TOLD} more" if len(rows) > _MOST_TOLD else ""
    return (
        f"{map_message(of)}. Mean net present value and its standard deviation, {of.currency}: "
        f"{'; '.join(rows[:_MOST_TOLD])}{more}."
    )


def _ordered(of: Grouped) -> list[UnitOutcome]:
    """The units, those that stand for the most money first: they are served first with room for their names."""
    return sorted(of.group.outcomes, key=lambda one: (-max(abs(_worth(one)), _risk(one)), one.name))


def _worth(one: UnitOutcome) -> float:
    return (one.npv.mean or 0.0) * one.factor


def _risk(one: UnitOutcome) -> float:
    return one.deviation * one.factor


def _hover(of: Grouped, one: UnitOutcome) -> str:
    mean = of.text.rounded(_worth(one), MONEY, (one.npv.error or 0.0) * one.factor)
    return (
        f"{name_in_chart(one.name)}<br>mean {mean}"
        f"<br>standard deviation {of.text.rounded(_risk(one), MONEY)}<br>gains in "
        f"{of.text.rounded(one.odds, SHARE)} of cases"
    )


def _write_names(figure: Figure, units: list[UnitOutcome], span: tuple[float, float, float], theme: Theme) -> None:
    right, low, high = span
    wide, tall = _ROOM
    points = [(_risk(one) / right * wide, (_worth(one) - low) / (high - low) * tall) for one in units]
    names = [shortened(one.name, _LETTERS) for one in units[:_MOST_NAMED]]
    places = labels_beside(points, [small_width([name]) - 8 for name in names], _ROOM)
    for one, place in zip(units, places, strict=False):
        if place is not None:
            figure.add_annotation(
                name="unit", text=name_in_chart(one.name, _LETTERS), font={"size": SMALL, "color": theme.text},
                x=_risk(one), y=_worth(one), xanchor=place.xanchor, yanchor=place.yanchor, **_moved(place, theme),
            )  # fmt: skip
    hidden = len(units) - sum(place is not None for place in places)
    words = "● gains on average   ◆ loses on average" + (f"   {hidden} without room for a name" if hidden else "")
    figure.add_annotation(
        name="key", text=words, font={"size": BODY - 1, "color": theme.muted}, xref="paper", x=0, xanchor="left",
        xshift=4, yref="y domain", y=1, yanchor="top",
    )  # fmt: skip


def _moved(place: Label, theme: Theme) -> dict[str, Any]:
    """How a name is moved away from its point: with a line to it where it is far."""
    if not place.far:
        return {"xshift": place.xshift, "yshift": place.yshift}
    return {
        "showarrow": True, "arrowhead": 0, "arrowwidth": 0.7, "arrowcolor": theme.muted, "standoff": 4,
        "ax": place.xshift, "ay": -place.yshift,
    }  # fmt: skip


CHART = Chart(
    "portfolio_risk_return", "Return against risk", PORTFOLIO, DRAWS, risk_return, map_alt, unit_rows,
)  # fmt: skip
