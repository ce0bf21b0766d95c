"""The charts of several scenarios: one line each over the months, and the bridge from one to another by cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from model.projection import Projection
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE, is_defensible
from model.telling.comparison import CAUSES, RESULT, comparable, contributions
from model.units import LEAST_MONEY, MONEY, MONEY_YEAR, RATIO, SHARE, Format, Style, Unit
from report.charts.drawing.bridge_bars import Step, draw_steps
from report.charts.drawing.chart import COMPARE, MODEL, Chart
from report.charts.drawing.figure import (
    EndLabel,
    end_labels,
    escaped,
    fit,
    framed,
    month_axis,
    month_words,
    stamped,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT, Theme
from report.charts.revenue import revenue_differences
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import number
from report.words.stamp import SEPARATOR, Stamp, shared_stamps, shortened, told_apart, years

_LABEL_NAME, _HEADING_NAME, _STEP_NAME = 20, 22, 34
_HASHES_A_LINE = 3
_MONTHS_BETWEEN_MARKS = 12


@dataclass(frozen=True)
class Look:
    """How a scenario's line is told from the others: colour (by its name in the theme), dash, mark, weight."""

    color: str
    dash: str
    mark: str
    sign: str
    width: float = 2.0

    def line(self, theme: Theme) -> dict[str, Any]:
        """Plotly's line."""
        return {"color": getattr(theme, self.color), "dash": self.dash, "width": self.width}

    def signed(self, text: str, theme: Theme) -> str:
        """A text behind the line's mark."""
        return f'<span style="color:{getattr(theme, self.color)}">{self.sign}</span> {text}'


# In the order of the scenarios: the first stands out, no two share mark and dash.
LOOKS = (
    Look("accent", "solid", "circle", "●", 3.5),
    Look("total", "6px,3px", "square", "■"),
    Look("loss", "2px,2px", "diamond", "◆"),
    Look("hold", "solid", "triangle-up", "▲"),
    Look("total", "8px,3px,2px,3px", "star", "★"),
    Look("loss", "12px,4px", "triangle-down", "▼"),
)


@dataclass(frozen=True)
class Side:
    """A scenario in a chart: its numbers, how its line looks and its name as it stands there."""

    projection: Projection
    look: Look
    label: str

    @property
    def scenario(self) -> Scenario:
        """The scenario itself."""
        return self.projection.scenario


@dataclass(frozen=True)
class Overlay:
    """A chart with one line for each scenario.

    `series` gives a scenario's months 0 … T, `told` the message from the names and the lines' ends.
    """

    name: str
    title: str
    heading: str
    unit: Unit
    series: Callable[[Projection], list[float]]
    told: Callable[[Sequence[str], Sequence[float], Format], str]

    @property
    def money(self) -> bool:
        """Whether it draws amounts of money, which have a zero line and a sign."""
        return self.unit.style is Style.MONEY

    def written(self, value: float, text: Format) -> str:
        """A value in words."""
        return text.signed(value, self.unit) if self.money else text.rounded(value, self.unit)


def _cash(projection: Projection) -> list[float]:
    return [0.0, *projection.lines["cumulative_cash"].tolist()]


def _share(projection: Projection) -> list[float]:
    return [projection.scenario.number("social_share_start"), *projection.lines["social_share"].tolist()]


def _revenue(projection: Projection) -> list[float]:
    return [0.0, *revenue_differences(projection)]


def _highest_told(names: Sequence[str], ends: Sequence[float], text: Format) -> str:
    end = text.signed(max(ends), MONEY)
    if len(ends) == 1:
        return f"“{names[0]}” ends at {end}"
    leaders = [name for name, reached in zip(names, ends, strict=True) if max(ends) - reached < LEAST_MONEY]
    if len(leaders) == len(ends):
        return f"All {len(ends)} end at {end}"
    who = f"“{leaders[0]}” ends" if len(leaders) == 1 else f"{len(leaders)} of {len(names)} end alike,"
    return f"{who} highest, {end}"


def _span_told(_: Sequence[str], ends: Sequence[float], text: Format) -> str:
    low, high = (text.rounded(end, SHARE) for end in (min(ends), max(ends)))
    return f"Social share ends at {high}" if low == high else f"Social share ends between {low} and {high}"


_OVERLAYS = (
    Overlay("compared_cash", "Cumulative cash", "Cumulative cash against holding", MONEY, _cash, _highest_told),
    Overlay("compared_share", "Social share", "Social share of the marketing budget", SHARE, _share, _span_told),
    Overlay(
        "compared_revenue", "Revenue per employee", "Revenue per employee above holding, a year", MONEY_YEAR,
        _revenue, _highest_told,
    ),
)  # fmt: skip


class Compared(NamedTuple):
    """The scenarios of a chart; the others are measured against the first."""

    projections: tuple[Projection, ...]

    @property
    def projection(self) -> Projection:
        """The first one's."""
        return self.projections[0]


def _overlaid(overlay: Overlay, of: Compared, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """One line for each scenario; of money only those in the first one's currency are drawn."""
    sides = _sides(overlay, of.projections)
    hashes = [side.look.signed(side.scenario.hash, theme) for side in sides]
    together = [side.projection for side in sides]
    figure = _framed(together, hashes, overlay_message(overlay, sides), _heading(overlay, sides), theme, today)
    months = max(one.months for one in together)
    figure.update_layout(xaxis=month_axis(months), yaxis=_axis(overlay, together))
    for side in reversed(sides):  # the first is drawn last, above the others
        _draw_line(figure, overlay, side, theme, today)
    end_labels(figure, "y", [_end_label(overlay, side, months, theme) for side in sides])
    return fit(figure)


def _sides(overlay: Overlay, projections: Sequence[Projection]) -> list[Side]:
    """The scenarios that one axis can hold, each with the look of its place among all."""
    scenarios = [one.scenario for one in projections]
    labels = told_apart(scenarios, _LABEL_NAME)
    return [
        Side(one, look, label)
        for one, look, label in zip(projections, LOOKS, labels, strict=False)
        if comparable(scenarios[0], one.scenario, overlay.unit)
    ]


def _axis(overlay: Overlay, together: Sequence[Projection]) -> dict[str, Any]:
    values = [value for one in together for value in overlay.series(one)]
    axis = value_axis(overlay.unit, together[0].scenario.format, (0.0, *values), below=0.06, above=0.08)
    return axis | {"zeroline": overlay.money}


def _draw_line(figure: Figure, overlay: Overlay, side: Side, theme: Theme, today: date | None) -> None:
    """One scenario's line with a mark at each year's end."""
    line, label, look = overlay.series(side.projection), escaped(side.label), side.look
    text, months = side.scenario.format, range(len(line))
    figure.add_scatter(
        name=label, x=list(months), y=line, mode="lines", line=look.line(theme), hoverinfo="text",
        hovertext=[
            f"{label}<br>{month_words(side.projection, month, today)}<br>{overlay.written(line[month], text)}"
            for month in months
        ],
    )  # fmt: skip
    # None at the start, which they share, and where it would hide the axis' own number.
    marked = list(months[_MONTHS_BETWEEN_MARKS::_MONTHS_BETWEEN_MARKS])
    figure.add_scatter(
        name=f"{label}, each year", x=marked, y=[line[month] for month in marked], mode="markers", hoverinfo="skip",
        marker={"symbol": look.mark, "size": 8, "color": getattr(theme, look.color)}, cliponaxis=False,
    )  # fmt: skip


def _end_label(overlay: Overlay, side: Side, months: int, theme: Theme) -> EndLabel:
    """A line's name and last value, with its month if it ends early; the currency stands in the heading."""
    end, text, last = overlay.series(side.projection)[-1], side.scenario.format, side.projection.months
    value = text.signed(end, RATIO) if overlay.money else text.rounded(end, overlay.unit)
    early = f", month {last}" if last < months else ""
    return EndLabel(end, side.look.signed(escaped(side.label), theme), theme.text, value + early)


def overlay_message(overlay: Overlay, sides: Sequence[Side]) -> str:
    """What the chart says, in a few words, as markup."""
    if len({side.scenario.horizon_years for side in sides}) > 1:
        return f"{overlay.title} over different horizons"
    names = [escaped(name) for name in told_apart([side.scenario for side in sides], _HEADING_NAME)]
    ends, text = [overlay.series(side.projection)[-1] for side in sides], sides[0].scenario.format
    # A claim at face value wins every comparison of money: it is drawn and marked, but not praised.
    sound = [place for place, side in enumerate(sides) if is_defensible(side.scenario)]
    if overlay.money and 0 < len(sound) < len(sides):
        best = max(sound, key=ends.__getitem__)
        what = overlay.name.removeprefix("compared_")
        return f"Best defensible {what}: “{names[best]}”, {text.signed(ends[best], MONEY)}"
    return overlay.told(names, ends, text)


def _overlay_alt(overlay: Overlay, of: Compared) -> str:
    """The chart in words, for those who do not see it."""
    together = [side.projection for side in _sides(overlay, of.projections)]
    ends = (
        f"{label} {overlay.written(overlay.series(one)[-1], one.scenario.format)} in month {one.months}"
        for label, one in zip(told_apart([one.scenario for one in together]), together, strict=True)
    )
    return f"{overlay.heading} of {len(together)} scenarios. At the end: {'; '.join(ends)}."


def _lines_behind(overlay: Overlay, of: Compared) -> ChartTable:
    """The lines of a chart: one row a month from 0, a column for each scenario, empty beyond its horizon."""
    import pandas as pd

    sides = _sides(overlay, of.projections)
    names = told_apart([side.scenario for side in sides])
    lines = {name: pd.Series(overlay.series(side.projection)) for name, side in zip(names, sides, strict=True)}
    columns = {name: Column(name, overlay.unit, number) for name in names}
    caption = f"{overlay.heading}, {overlay.unit.words(of.projection.scenario.currency)}."
    rows = pd.DataFrame(lines).rename_axis("month").reset_index()
    others = tuple(side.scenario for side in sides[1:])
    return ChartTable(rows, {"month": Column("Month", words=True), **columns}, caption, others=others)


def _heading(overlay: Overlay, sides: Sequence[Side]) -> str:
    unit = f", {sides[0].scenario.currency}" if overlay.money else ""
    return f"{overlay.heading}{unit}{SEPARATOR}{_count(sides)}"


def _count(sides: Sequence[Side]) -> str:
    return "one scenario" if len(sides) == 1 else f"{len(sides)} scenarios"


def _framed(
    projections: Sequence[Projection], hashes: Sequence[str], message: str, heading: str, theme: Theme,
    today: date | None,
) -> Figure:  # fmt: skip
    """The empty figure; its footer tells each scenario's hash, and what they have in common."""
    lines = [
        SEPARATOR.join(hashes[place : place + _HASHES_A_LINE]) for place in range(0, len(hashes), _HASHES_A_LINE)
    ]
    marks = [
        Stamp(f"{NOT_DEFENSIBLE}: {shortened(one.scenario.name)}", alarming=True)
        for one in projections
        if not is_defensible(one.scenario)
    ]
    lines += [stamped(line, theme) for line in (marks, shared_stamps(projections, today)) if line]
    return framed(theme, message, heading, lines, projections[0].scenario.format)


# The bridge by cause


class Between(NamedTuple):
    """The scenarios at the two ends of a bridge."""

    projection: Projection
    other: Projection


def bridge_between(ends: Between, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """From one scenario's net present value to the other's by cause. Raises ValueError across currencies."""
    one, other = ends
    steps, scenario = between_steps(one, other), one.scenario
    names = told_apart([one.scenario, other.scenario], _HEADING_NAME)
    heading = f"{escaped(names[1])} against {escaped(names[0])}{SEPARATOR}present value, {scenario.currency}"
    hashes = [projection.scenario.hash for projection in (one, other)]
    figure = _framed((one, other), hashes, between_message(one, other), heading, theme, today)
    return fit(draw_steps(figure, steps, scenario.format, theme))


def between_steps(one: Projection, other: Projection) -> list[Step]:
    """The first scenario's value, what each cause adds to it, and the other's value."""
    names = told_apart([one.scenario, other.scenario], _STEP_NAME)
    start, end = (projection.metrics[RESULT] or 0.0 for projection in (one, other))
    steps = [Step(names[0], 0.0, start, total=True)]
    for name, value in contributions(one, other).items():
        steps.append(Step(CAUSES[name].label, steps[-1].end, value))
    return [*steps, Step(names[1], 0.0, end, total=True)]


def between_message(one: Projection, other: Projection) -> str:
    """How much more the other is worth and what contributes most, in a few words."""
    parts = contributions(one, other)
    rise = (other.metrics[RESULT] or 0.0) - (one.metrics[RESULT] or 0.0)
    text = one.scenario.format
    if abs(rise) < LEAST_MONEY:
        return "Both are worth the same"
    worth = f"Worth {text.rounded(abs(rise), MONEY)} {'more' if rise > 0 else 'less'}"
    first, second = (projection.scenario.horizon_years for projection in (one, other))
    if first != second:
        return f"{worth}, over {second} years against {first}"
    largest = max(parts, key=lambda name: parts[name] if rise > 0 else -parts[name])
    return f"{worth}, above all through {CAUSES[largest].label.lower()}"


def between_alt(ends: Between) -> str:
    """The bridge in words, for those who do not see it."""
    one, other = ends
    text = one.scenario.format
    steps = "; ".join(f"{step.label} {text.signed(step.value, MONEY)}" for step in between_steps(one, other))
    return f"{between_message(one, other)}. Present values{_over(one, other)}: {steps}."


def _over(one: Projection, other: Projection) -> str:
    """The horizon, where it is the same."""
    horizons = {one.scenario.horizon_years, other.scenario.horizon_years}
    return f" over {years(horizons.pop())}" if len(horizons) == 1 else ""


OVERLAYS: Mapping[str, Chart[Compared]] = MappingProxyType(
    {
        overlay.name: Chart(
            overlay.name, overlay.title, COMPARE, MODEL,
            partial(_overlaid, overlay), partial(_overlay_alt, overlay), partial(_lines_behind, overlay),
        )
        for overlay in _OVERLAYS
    }
)  # fmt: skip
BRIDGE = Chart("compared_bridge", "Net present value by cause", COMPARE, MODEL, bridge_between, between_alt)
