"""Evidence on one scale: a row each for what was found and for what the plan takes, with grade, dot and range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.units import Format, Unit
from report.charts.drawing.figure import escaped, tick_labels, ticks
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import BAR, NARROWEST, row_labels, row_rules, shade, small_width
from report.charts.drawing.theme import SMALL, Theme

# Left of zero, as a part of the scale, so that its label has room.
_INSET = 0.015
_LABEL_GAP = 9


@dataclass(frozen=True)
class Mark:
    """A row of the scale: a value, a range about it if any, or None with the reason for being off it.

    `also` stands beside the value, `note` says what it measures or how it was converted; `own` is the plan's.
    """

    name: str
    letters: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    also: str = ""
    own: bool = False

    def words(self, unit: Unit, text: Format) -> str:
        """The row's figures: "3.6 % (0 % to 8.62 %)"."""
        if self.value is None:
            return f"not on this scale: {text.localised(self.note)}"
        words = text.rounded(self.value, unit)
        if self.low is not None and self.high is not None:
            words += f" ({text.rounded(self.low, unit)} to {text.rounded(self.high, unit)})"
        return f"{words}, {self.also}" if self.also else words

    @property
    def end(self) -> float:
        """Where the row's dot or bar ends."""
        return max(self.value or 0.0, self.high or 0.0)


def draw_scale(figure: Figure, rows: Sequence[Mark], unit: Unit, text: Format, theme: Theme) -> None:
    """The marks of a chart that is one scale, and its axes."""
    draw_marks(figure, rows, unit, text, theme)
    scale_axes(figure, mark_labels(rows, unit, text), unit, text, theme)


def told(rows: Sequence[Mark], unit: Unit, text: Format) -> str:
    """The rows in words: name, grade, figures, and what they measure."""
    return "; ".join(
        f"{row.name} (grade {row.letters}): {row.words(unit, text)}"
        + (f", {text.localised(row.note)}" if row.note and row.value is not None else "")
        for row in rows
    )


def draw_marks(figure: Figure, rows: Sequence[Mark], unit: Unit, text: Format, theme: Theme, axis: str = "") -> None:
    """A bar from end to end where there is a range, a dot at each value, words where a row is off the scale."""
    ranges = [(place, row) for place, row in enumerate(rows) if row.low is not None and row.high is not None]
    if ranges:
        figure.add_bar(
            name="range", orientation="h", xaxis=f"x{axis}", yaxis=f"y{axis}", y=[place for place, _ in ranges],
            width=BAR / 2, base=[row.low for _, row in ranges],
            x=[(row.high or 0) - (row.low or 0) for _, row in ranges], hoverinfo="skip",
            marker={"color": [shade(_color(row, theme), theme.background, 0.35) for _, row in ranges]},
        )  # fmt: skip
    known = [(place, row) for place, row in enumerate(rows) if row.value is not None]
    figure.add_scatter(
        name="effect", mode="markers", xaxis=f"x{axis}", yaxis=f"y{axis}", cliponaxis=False, hoverinfo="text",
        x=[row.value for _, row in known], y=[place for place, _ in known],
        marker={"size": 10, "color": [_color(row, theme) for _, row in known],
                "symbol": ["diamond" if row.low is not None else "circle" for _, row in known]},
        hovertext=[
            f"{escaped(row.name)}<br>{row.words(unit, text)}{f'<br>{text.localised(row.note)}' if row.note else ''}"
            for _, row in known
        ],
    )  # fmt: skip
    write_values(figure, mark_labels(rows, unit, text), axis, theme)
    row_labels(figure, [graded(row.name, row.letters, theme) for row in rows], theme, f"y{axis}")


def mark_labels(rows: Sequence[Mark], unit: Unit, text: Format) -> list[tuple[float, str]]:
    """What stands beside each row's dot or bar, and where that ends."""
    return [(row.end, row.words(unit, text)) for row in rows]


def graded(name: str, grade: str, theme: Theme) -> str:
    """A row's name and, quieter, its grade."""
    return f'{escaped(name)} <span style="color:{theme.muted}">· grade {grade}</span>'


def write_values(figure: Figure, ends: Sequence[tuple[float, str]], axis: str, theme: Theme) -> None:
    """What stands to the right of each bar or dot."""
    for place, (end, words) in enumerate(ends):
        figure.add_annotation(
            name="value", text=words, font={"size": SMALL, "color": theme.text if end else theme.muted},
            xref=f"x{axis}", x=end, xanchor="left", xshift=_LABEL_GAP, yref=f"y{axis}", y=place, yanchor="middle",
        )  # fmt: skip


def scale_axes(
    figure: Figure, labels: Sequence[tuple[float, str]], unit: Unit, text: Format, theme: Theme,
    least: float = 0.0, axis: str = "", domain: tuple[float, float] = (0.0, 1.0),
) -> None:  # fmt: skip
    """The axes of a scale to `least` or beyond: as far as each label needs to fit on the narrowest chart."""
    ends = [end / (1 - (small_width([words]) + _LABEL_GAP) / NARROWEST) for end, words in labels if end]
    high = max(least, *ends)
    places = ticks(0, high, 4)
    figure.update_layout(**{
        f"xaxis{axis}": {
            "range": [-_INSET * high, high], "anchor": f"y{axis}", "tickvals": places,
            "ticktext": tick_labels(places, unit, text),
        },
        f"yaxis{axis}": {"range": [len(labels) - 0.5, -0.9], "visible": False, "domain": domain},
    })  # fmt: skip
    row_rules(figure, places[1:], len(labels), {"color": theme.grid, "width": 1}, axis)
    row_rules(figure, places[:1], len(labels), {"color": theme.muted, "width": 1}, axis)


def _color(row: Mark, theme: Theme) -> str:
    return theme.plan if row.own else theme.total
