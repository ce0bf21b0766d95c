"""What the charts of a simulation share: calm words where nothing is uncertain, shades, rows with their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.history.ranges import own_source
from model.projection import Projection
from model.scenario import Scenario
from model.telling.basis import grade_of
from model.uncertainty.simulation import Simulation
from model.units import MONEY
from report.charts.drawing.figure import blank, escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BODY, EDGE, SMALL, Theme
from report.words.narrative import NOTHING_TO_DECIDE
from report.words.stamp import SEPARATOR, shortened

BAR = 0.36
# The narrowest that a chart is drawn at, in pixels, and a letter's width in its small labels.
NARROWEST = 430 - 2 * EDGE
SMALL_LETTER = 6.0
# So many rows at least have room, so that one or two are no wall.
_FEWEST_ROWS = 5
_STATEMENT_LETTERS = 52
_SAME = 1e-6
_HEADING_LETTERS = 66
_LEAST_NAME = 8
# Each band of a fan: its ends, how much of the plan's colour it has, and the part of the cases in it.
_BANDS = ((5, 95, 0.18), (10, 90, 0.36), (25, 75, 0.62))


@dataclass(frozen=True)
class Calm:
    """What is said in place of a chart that would be empty."""

    title: str
    text: str

    @property
    def alt(self) -> str:
        """Both in one."""
        return f"{self.title}. {self.text}"


def calm(simulation: Simulation) -> Calm | None:
    """What to say where no draw differs from another; None where there is something to show."""
    npv = simulation.metrics["npv"]
    if not npv.any():
        return Calm("Nothing to gain, nothing to lose", NOTHING_TO_DECIDE)
    if np.ptp(npv) > _SAME * float(np.abs(npv).max()):
        return None
    worth = simulation.scenario.format.signed(float(npv.mean()), MONEY)
    return Calm(
        "Every case ends alike",
        f"No uncertain assumption touches this plan: in every case its net present value is {worth}. "
        "Give an assumption a range, and the odds stand here.",
    )


def framed(plan: Projection, theme: Theme, message: str, unit: str, today: date | None) -> Figure:
    """A figure as `blank` gives it; where a card has no room for the scenario's name in the heading, less of it."""
    figure = blank(plan, theme, message, unit, today)
    room = _HEADING_LETTERS - len(unit) - len(SEPARATOR)
    if len(plan.scenario.name) > room:
        name = f"{SEPARATOR}{escaped(shortened(plan.scenario.name, room))}" if room >= _LEAST_NAME else ""
        figure.update_layout(title={"subtitle": {"text": unit + name}})
    return figure


def statement(said: Calm, plan: Projection, unit: str, theme: Theme, today: date | None) -> Figure:
    """A figure that says its words in the middle, with heading and footer like any other."""
    figure = framed(plan, theme, said.title, unit, today)
    # Streamlit refuses a figure without traces.
    figure.add_scatter(x=[None], y=[None], hoverinfo="skip")
    figure.add_annotation(
        name="statement", text="<br>".join(wrap(said.text, _STATEMENT_LETTERS)),
        font={"size": BODY + 1, "color": theme.muted},
        xref="paper", x=0.5, xanchor="center", yref="paper", y=0.5, yanchor="middle",
    )  # fmt: skip
    figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    return fit(figure)


def shade(color: str, background: str, part: float) -> str:
    """A colour thinned with the background: `part` of it is left."""
    mixed = (
        round(part * int(color[at : at + 2], 16) + (1 - part) * int(background[at : at + 2], 16)) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def label_with_grade(scenario: Scenario, name: str, theme: Theme) -> str:
    """An input's label and, quieter, its evidence: "Team turnover · grade B, own range" where the plan gives one."""
    item = ASSUMPTIONS[name]
    marks = [f"grade {grade_of(scenario, item)}"] if item.grade else []
    if scenario.has_own_range(name):
        marks.append("own data" if own_source(scenario, name) else "own range")
    return escaped(item.short_label) + (
        f' <span style="color:{theme.muted}">· {", ".join(marks)}</span>' if marks else ""
    )


def filled(color: str, patterns: Sequence[str], theme: Theme) -> dict[str, Any]:
    """The marker of bars: each of one colour, or hatched in it."""
    return {
        "color": color,
        "line": {"color": color, "width": 1},
        "pattern": {
            "shape": list(patterns),
            "fgcolor": color,
            "bgcolor": [theme.background if pattern else color for pattern in patterns],
            "size": 5,
            "solidity": 0.45,
        },
    }


def rows_axis(count: float) -> dict[str, Any]:
    """A y axis of rows counted from the top, each with room for its label above its bar."""
    return {"range": [max(count, _FEWEST_ROWS) - 0.7, -0.7], "visible": False}


def row_labels(figure: Figure, labels: Sequence[str], theme: Theme, axis: str = "y") -> None:
    """The name of each row of an axis ("y", "y2"), flush left above its bar."""
    for row, label in enumerate(labels):
        figure.add_annotation(
            name="row", text=label, font={"size": BODY - 1, "color": theme.text}, align="left",
            xref="paper", x=0, xanchor="left", yref=axis, y=row - BAR / 2, yanchor="bottom", yshift=1,
        )  # fmt: skip


def row_rules(
    figure: Figure, places: Sequence[float], rows: int, line: Mapping[str, Any], axis: str = "",
    layer: str = "below",
) -> None:  # fmt: skip
    """Upright lines at places of an x axis ("", "2"), beside the bars only: none runs through a row's label."""
    path = "".join(f"M{x},{row - BAR / 2}L{x},{row + BAR / 2}" for x in places for row in range(rows))
    if path:
        figure.add_shape(
            name="rule", type="path", path=path, xref=f"x{axis}", yref=f"y{axis}", layer=layer, line=line
        )


def small_width(texts: Sequence[str]) -> float:
    """Pixels that the longest of some small labels takes, about."""
    return max((8 + SMALL_LETTER * len(text) for text in texts), default=0.0)


def inset(low: float, high: float, left: float, right: float) -> list[float]:
    """The range of an axis over low … high that leaves so many pixels left and right on the narrowest chart."""
    unit = ((high - low) or abs(high) or 1.0) / (NARROWEST - left - right)
    return [low - left * unit, high + right * unit]


def note(figure: Figure, text: str, theme: Theme) -> None:
    """A remark right below the plot, above the footer."""
    figure.add_annotation(
        name="note", text=text, font={"size": SMALL, "color": theme.muted}, align="left",
        xref="paper", x=0, xanchor="left", yref="paper", y=0, yanchor="top", yshift=-3,
    )  # fmt: skip


def fan_bands(figure: Figure, cash: Mapping[int, Sequence[float]], theme: Theme) -> None:
    """The bands in which half, 80 % and 90 % of the cases lie, from their percentiles by month from 0 on."""
    for low, high, part in _BANDS:
        months = list(range(len(cash[low])))
        edge = {"color": shade(theme.plan, theme.background, part), "width": 0.5}
        figure.add_scatter(name=f"p{high}", x=months, y=cash[high], mode="lines", line=edge, hoverinfo="skip")
        figure.add_scatter(
            name=f"p{low}", x=months, y=cash[low], mode="lines", line=edge, hoverinfo="skip",
            fill="tonexty", fillcolor=edge["color"],
        )  # fmt: skip


def fan_key(figure: Figure, cases: str, theme: Theme) -> None:
    """Which shade is which part of so many cases, along the top."""
    squares = " ".join(
        f'<span style="color:{shade(theme.plan, theme.background, part)}">■</span> {high - low} %'
        for low, high, part in reversed(_BANDS)
    )
    figure.add_annotation(
        name="key", text=f"{squares} of {cases}", font={"size": BODY - 1, "color": theme.muted},
        xref="paper", x=0, xanchor="left", xshift=4, yref="y domain", y=1, yanchor="top",
    )  # fmt: skip
