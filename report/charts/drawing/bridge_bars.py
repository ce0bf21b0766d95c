"""Bridges: horizontal bars that each start where the one before led, between totals that start from zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from model.units import MONEY, RATIO, Format
from report.charts.drawing.figure import HATCHED, NEGATIVE_PATTERN, escaped
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import note
from report.charts.drawing.theme import Theme

_BAR = 0.62
_LABEL_LETTERS = 20
# What a letter of an amount takes of the narrowest chart, as a part of the bars' span.
_LETTER = 0.035


@dataclass(frozen=True)
class Step:
    """A step of the bridge, from where the steps before it led; the total starts from zero."""

    label: str
    start: float
    value: float
    total: bool = False

    @property
    def end(self) -> float:
        """Where it leads."""
        return self.start + self.value


def draw_steps(figure: Figure, steps: Sequence[Step], text: Format, theme: Theme) -> Figure:
    """The steps of an amount of money as bars, each with its signed amount, on the figure."""
    rows = list(range(len(steps)))
    amounts = [text.signed(step.value, RATIO) for step in steps]
    figure.add_bar(
        name="bridge", orientation="h", y=rows,
        base=[step.start for step in steps], x=[step.value for step in steps],
        marker=_told_apart(steps, theme), hoverinfo="text",
        hovertext=[f"{escaped(step.label)}<br>{text.signed(step.value, MONEY)}" for step in steps],
    )  # fmt: skip
    ends = [end for step in steps for end in (step.start, step.end)]
    span = (max(ends) - min(ends)) or 1.0
    figure.update_layout(
        bargap=1 - _BAR,
        # The amounts stand to the right of the bars.
        xaxis={
            "range": [min(ends) - 0.02 * span, max(ends) + _LETTER * max(map(len, amounts)) * span],
            "visible": False,
        },
        yaxis={
            "range": [len(steps) - 0.5, -0.5], "tickvals": rows, "showgrid": False,
            "ticktext": ["<br>".join(map(escaped, wrap(step.label, _LABEL_LETTERS))) for step in steps],
        },
    )  # fmt: skip
    _join(figure, steps, theme)
    if any(_falls(step) for step in steps):
        note(figure, HATCHED, theme)
    for row, (step, amount) in enumerate(zip(steps, amounts, strict=True)):
        figure.add_annotation(
            text=f"<b>{amount}</b>", bgcolor=theme.background,
            x=max(step.start, step.end), xanchor="left", xshift=5, y=row,
        )  # fmt: skip
    return figure


def _falls(step: Step) -> bool:
    return step.value < 0 and not step.total


def _told_apart(steps: Sequence[Step], theme: Theme) -> dict[str, Any]:
    """Gains filled, losses hatched, the total dark: told apart without colour."""
    colors = [theme.total if step.total else theme.gain if step.value >= 0 else theme.loss for step in steps]
    losses = [_falls(step) for step in steps]
    return {
        "color": colors,
        "line": {"color": colors, "width": 1},
        "pattern": {
            "shape": [NEGATIVE_PATTERN if loss else "" for loss in losses],
            "fgcolor": colors,
            "bgcolor": [theme.background if loss else color for loss, color in zip(losses, colors, strict=True)],
            "size": 6,
            "solidity": 0.45,
        },
    }


def _join(figure: Figure, steps: Sequence[Step], theme: Theme) -> None:
    """Lines from where each step leads to the next bar, and one at zero."""
    joints = [(step.end, row + _BAR / 2, row + 1 - _BAR / 2) for row, step in enumerate(steps[:-1])]
    for x, y0, y1 in [*joints, (0.0, -0.5, len(steps) - 0.5)]:
        figure.add_shape(
            type="line", x0=x, x1=x, y0=y0, y1=y1, line={"color": theme.muted, "width": 1}, layer="below"
        )
