"""Where a plan in stages ends: how many cases go on at each gate, and how many stop there."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.projection import Projection
from model.stages.staged import GateEnd, Staged
from model.stages.words import staged_in_words
from report.charts.drawing.chart import DRAWS, STAGES, Chart
from report.charts.drawing.figure import EndLabel, end_labels, fit, month_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, shade
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.tables.decide.stages import end_rows
from report.words.headings import ends_message

# How pale the cases are that stopped, at the first gate and at the last.
_FIRST, _LAST = 0.75, 0.35
# Over how many months a stream of cases turns off, and how far below the others it then runs.
_TURN, _GAP = 2.5, 0.04
_LEAST = 0.005


class Ending(NamedTuple):
    """A plan in stages and its projection."""

    found: Staged
    projection: Projection


def where_it_ends(of: Ending, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The cases as a stream that parts at each gate: what goes on runs above, what stops runs below to the end."""
    found = of.found
    months, ends = of.projection.months, found.planned.ends
    figure = framed(of.projection, theme, ends_message(found), "Cases in 100 by month, gates numbered", today)
    labels = []
    top = 1.0 + _GAP * len(ends)
    gone = 0.0
    for place, one in enumerate(ends):
        color = shade(theme.hold, theme.background, _FIRST - (_FIRST - _LAST) * place / max(1, len(ends) - 1))
        if one.stopped >= _LEAST:
            floor = gone + _GAP * place
            _turn_off(figure, one, gone + _GAP * len(ends), floor, months, color)
            words = f"stop at gate {place + 1}: {one.gate.below}"
            labels.append(EndLabel(floor + one.stopped / 2, words, theme.text, _cases(found, one.stopped)))
        gone += one.stopped
    _goes_on(figure, ends, top, months, theme)
    labels.append(EndLabel((top + gone + top - 1) / 2, "go on to the end", theme.plan, _cases(found, 1 - gone)))
    for place, one in enumerate(ends, 1):
        figure.add_shape(
            type="line", x0=one.gate.month, x1=one.gate.month, y0=0, y1=top, line={"color": theme.total, "width": 1}
        )
        figure.add_annotation(
            name="gate", text=f"<b>{place}</b>", font={"size": BODY - 1}, x=one.gate.month,
            xanchor="center", y=top, yanchor="bottom", yshift=2,
        )  # fmt: skip
    figure.update_layout(
        xaxis=month_axis(months), yaxis={"range": [-0.02, top * 1.1], "visible": False},
    )  # fmt: skip
    end_labels(figure, "y", labels)
    return fit(figure)


def ends_alt(of: Ending) -> str:
    """The chart in words, for those who do not see it."""
    return " ".join(staged_in_words(of.found)[: 1 + len(of.found.gates)])


def _goes_on(figure: Figure, ends: tuple[GateEnd, ...], top: float, months: int, theme: Theme) -> None:
    """The upper stream: its lower edge rises where cases turn off."""
    x, y, floor = [0.0], [top - 1.0], top - 1.0
    for one in ends:
        x += [float(one.gate.month), float(one.gate.month)]
        y += [floor, floor + one.stopped]
        floor += one.stopped
    x, y = [*x, float(months), float(months), 0.0], [*y, floor, top, top]
    figure.add_scatter(
        name="goes on", x=x, y=y, mode="lines", line={"width": 0}, fill="toself", fillcolor=theme.plan,
        hoverinfo="skip",
    )  # fmt: skip


def _turn_off(figure: Figure, one: GateEnd, before: float, floor: float, months: int, color: str) -> None:
    """The stream that stops at a gate: off the lower edge of the upper one, at `before`, down to its own floor."""
    start, turned, end = float(one.gate.month), min(one.gate.month + _TURN, float(months)), float(months)
    high = one.stopped
    figure.add_scatter(
        name=f"stops at month {one.gate.month}", mode="lines", line={"width": 0}, fill="toself", fillcolor=color,
        x=[start, turned, end, end, turned, start],
        y=[before, floor, floor, floor + high, floor + high, before + high], hoverinfo="skip",
    )  # fmt: skip


def _cases(found: Staged, part: float) -> str:
    return f"{found.scenario.format.number(100 * part, 0)} in 100"


ENDS = Chart(
    "where_it_ends", "Where the plan in stages ends", STAGES, DRAWS, where_it_ends, ends_alt,
    lambda of: end_rows(of.found), in_file="gates",
)  # fmt: skip
