"""What every chart is made of: the empty figure with heading and footer, axes in the locale, labels at line ends."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from model.projection import Projection
from model.units import RATIO, SHARE, Format, Style, Unit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import BODY, BOTTOM, EDGE, SMALL, TOP, Theme
from report.words.stamp import SEPARATOR, Stamp, shortened, stamps

FORECAST_DASH = "6px,2px"
# Hatching means one thing in every picture, and each that has any says so.
NEGATIVE_PATTERN = "\\"
HATCHED = "▧ hatched: below zero"

# Labels are kept apart for the lowest height, in pixels, that a chart is drawn at.
_LOWEST_HEIGHT = 340
_LINE_HEIGHT = 14
_LETTER_WIDTH = 6.0
_BOLDER = 1.15
_HEADING_NAME_WIDTH = 32
FOOTER, _END = "footer", "end label"
# The lines of the footer that the template leaves room for, and the pixels of a further one.
_FOOTER_LINES, _FOOTER_LINE = 2, 14


@dataclass(frozen=True)
class EndLabel:
    """A name, and below it a value if any, that stand at the end of a line: at `y`, and at `x` or else far right."""

    y: float
    name: str
    color: str
    value: str = ""
    x: float | None = None

    @property
    def height(self) -> int:
        """Pixels it takes."""
        return _LINE_HEIGHT * (2 if self.value else 1)


def escaped(text: str) -> str:
    """Text that Plotly shows as it is: no tags, entities, template fields or formulas are read in it."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("%{", "&#37;{"), ("$", "&#36;")):
        text = text.replace(sign, entity)
    return text


def blank(projection: Projection, theme: Theme, message: str, unit: str, today: date | None) -> Figure:
    """A figure with nothing in it but its heading (message; unit and scenario) and its footer."""
    name = escaped(shortened(projection.scenario.name, _HEADING_NAME_WIDTH))
    lines = [stamped(line, theme) for line in stamps(projection, today)]
    return framed(theme, message, f"{unit}{SEPARATOR}{name}", lines, projection.scenario.format)


def framed(theme: Theme, message: str, subtitle: str, footer: Sequence[str], text: Format) -> Figure:
    """A figure with nothing in it but a heading and a footer; what they say is markup already."""
    bottom = BOTTOM + _FOOTER_LINE * max(0, len(footer) - _FOOTER_LINES)
    figure = Figure(
        template=theme.template,
        title={"text": message, "subtitle": {"text": subtitle}},
        margin={"b": bottom},
        separators=separators(text),
    )
    figure.add_annotation(
        name=FOOTER, text="<br>".join(footer), font={"size": SMALL, "color": theme.muted}, align="left",
        xref="paper", x=0, xanchor="left", yref="paper", y=0, yanchor="bottom", yshift=6 - bottom,
    )  # fmt: skip
    return figure


def chart_heading(figure: Figure) -> str:
    """What a figure says above its drawing, as plain text: what it shows, and in which unit."""
    return unescape(re.sub("<[^>]*>", " ", figure.layout["title"]["subtitle"]["text"]))


def stamped(line: Sequence[Stamp], theme: Theme) -> str:
    """A line of the footer as markup."""
    return SEPARATOR.join(_marked(stamp, theme) for stamp in line)


def _marked(stamp: Stamp, theme: Theme) -> str:
    text = escaped(stamp.text)
    return f'<b style="color:{theme.warning}">{text}</b>' if stamp.alarming else text


def fit(figure: Figure) -> Figure:
    """The finished figure, with room left for its longest tick label and right for its longest end label.

    The footer moves along, so that it stays flush with the heading.
    """
    layout = figure.layout
    axes = (axis for name, axis in layout.items() if name.startswith("yaxis"))
    left = _width(label for axis in axes for label in axis.get("ticktext", ()))
    right = _width(note["text"] for note in figure.annotations(_END))
    figure.update_layout(margin={"l": EDGE + left, "r": EDGE + right})
    for footer in figure.annotations(FOOTER):
        footer["xshift"] = -left
    return figure


def _width(texts: Iterable[str]) -> float:
    """Pixels that the longest line of the texts takes, about."""
    lines = [line for text in texts for line in text.split("<br>")]
    return max((8 + _letters(line) * _LETTER_WIDTH * (_BOLDER if "<b>" in line else 1) for line in lines), default=0)


def _letters(markup: str) -> int:
    return len(unescape(re.sub("<[^>]*>", "", markup)))


def separators(text: Format) -> str:
    """The locale's decimal and thousands separators, as Plotly takes them: ".,"."""
    sample = text.number(12345.6, 1)
    return sample[-2] + ("" if sample[2].isdigit() else sample[2])


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers in even steps within `low` … `high`, `about` so many; zero is one of them if it lies within."""
    span = high - low
    if not span > 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / about))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power * about >= span * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [count * step for count in range(first, last + 1)]


# Kept of a tick's value, which is a multiple of its step but for an error of rounding.
_DIGITS = 12


def tick_labels(values: Sequence[float], unit: Unit, text: Format) -> list[str]:
    """The values as axis labels, all in one scale: "0.5 m" beside "1 m"; the currency stands in the heading."""
    scale, word, shown = 1.0, "", SHARE
    if unit.style is not Style.PERCENT:
        scale, word = _scale(max(map(abs, values), default=0.0), text)
        shown = RATIO
    # In full: a label that is rounded stands at another place than it says.
    labels = [text.plain(round(value / scale, _DIGITS), shown) for value in values]
    return [label + (word if value else "") for value, label in zip(values, labels, strict=True)]


def _scale(largest: float, text: Format) -> tuple[float, str]:
    """The power of a thousand to count in, and the locale's word for it."""
    for power in (1e12, 1e9, 1e6):
        # Some locales count in other units ("100万"): their numbers are left as they are.
        word = text.rounded(power, RATIO).removeprefix("1")
        if largest >= power and not word[:1].isdigit():
            return power, word
    return 1.0, ""


def value_axis(
    unit: Unit, text: Format, values: Iterable[float], about: int = 4, below: float = 0.0, above: float = 0.0
) -> dict[str, Any]:
    """A y axis over the values, widened `below` and `above` by parts of their span; labels in the locale."""
    known = list(values)
    low, high = min(known), max(known)
    span = (high - low) or abs(high) or 1.0
    places = ticks(low, high, about)
    return {
        "range": [low - below * span, high + above * span],
        "tickvals": places,
        "ticktext": tick_labels(places, unit, text),
    }


def month_axis(months: int) -> dict[str, Any]:
    """An x axis of months since the start: 0 to the horizon."""
    step = next(step for step, longest in ((3, 12), (6, 24), (12, 72), (24, math.inf)) if months <= longest)
    places = list(range(0, months + 1, step))
    return {
        "range": [0, months],
        "tickvals": places,
        "ticktext": ["start", f"month {step}", *map(str, places[2:])],
    }


def month_words(projection: Projection, month: int, today: date | None) -> str:
    """A month of the plan with its date: "month 37, Jan 2030"; month 0 is the start."""
    if month == 0:
        return "start"
    when = projection.scenario.month_start(month, today)
    return f"month {month}, {projection.scenario.format.month(when)}"


def row_heading(figure: Figure, text: str, axis: str, theme: Theme) -> None:
    """The heading of a further row of a chart, inside its top left corner."""
    figure.add_annotation(
        text=text, font={"size": BODY - 1, "color": theme.muted},
        xref="paper", x=0, xanchor="left", xshift=4, yref=f"{axis} domain", y=1, yanchor="top",
    )  # fmt: skip


def forecast_line(color: str, width: float = 2.5) -> Mapping[str, Any]:
    """The dashed line of what is not yet known."""
    return {"color": color, "width": width, "dash": FORECAST_DASH}


def end_labels(figure: Figure, axis: str, labels: Sequence[EndLabel]) -> None:
    """Name and value at the right end of each line of an axis ("y", "y2"), moved apart where they would touch."""
    drawn = figure.layout[axis.replace("y", "yaxis")]
    low, high = drawn["range"]
    bottom, top = drawn.get("domain", (0, 1))
    height = (top - bottom) * (_LOWEST_HEIGHT - TOP - BOTTOM)
    ordered = sorted(labels, key=lambda label: label.y)
    wanted = [(label.y - low) / (high - low) * height for label in ordered]
    shifts = _apart(wanted, [label.height for label in ordered], height)
    for label, shift in zip(ordered, shifts, strict=True):
        figure.add_annotation(
            name=_END, text=label.name + (f"<br><b>{label.value}</b>" if label.value else ""),
            font={"size": BODY - 1, "color": label.color}, align="left",
            xref="paper" if label.x is None else axis.replace("y", "x"), x=1 if label.x is None else label.x,
            xanchor="left", xshift=8, yref=axis, y=label.y, yanchor="middle", yshift=shift,
        )  # fmt: skip


def _apart(wanted: Sequence[float], heights: Sequence[int], room: float) -> list[float]:
    """How far to move each of the rising positions, in pixels, so that none touches its neighbour.

    As far as it goes they stay within `room`, from its bottom to its top.
    """
    placed: list[float] = []
    for index, position in enumerate(wanted):
        lowest = placed[-1] + (heights[index - 1] + heights[index]) / 2 if placed else position
        placed.append(max(position, lowest))
    lift = sum(place - position for place, position in zip(placed, wanted, strict=True)) / max(1, len(placed))
    within = _within([place - lift for place in placed], heights, room)
    return [place - position for place, position in zip(within, wanted, strict=True)]


def _within(placed: Sequence[float], heights: Sequence[int], room: float) -> list[float]:
    """The rising positions moved up from the bottom and then down from the top, each pushing its neighbours."""
    bottom = [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]
    top = [room - sum(heights[place + 1 :]) - height / 2 for place, height in enumerate(heights)]
    return [min(max(at, low), max(high, low)) for at, low, high in zip(placed, bottom, top, strict=True)]
