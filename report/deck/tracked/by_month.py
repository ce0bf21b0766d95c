"""The slide's charts of one line: AC, PL and FC by month with ΔPL below, and what made the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.util import Pt

from model.formula import Array
from model.track.variances import Variance
from model.units import Format, Style, Unit
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import LIGHT
from report.deck.charts import (
    PLUS,
    Scale,
    add_chart,
    axis_code,
    categories,
    fill_columns,
    inner_plot,
    style_axis,
)
from report.deck.text import FONT, clipped
from report.deck.write import Box, TextRun, rgb, write
from report.tables.tracked.subjects import planned
from report.tables.tracked.variance_report import VarianceReport
from report.words.stamp import shortened

# So many months that came, and so many ahead, stand side by side.
_BACK, _AHEAD = 12, 3
_HEADING, _SMALL = 0.28, 10.0
_LEFT, _WIDE = 0.09, 0.9
_WHOLE, _THOUSAND, _MILLION, _MANY = 1e2, 1e4, 1e6, 1e7
_LIGHTER = 0.45


@dataclass(frozen=True)
class Window:
    """The months of a line that the slide shows: the last that came, and the next ahead."""

    item: Variance
    months: tuple[int, ...]
    until: int
    plan: Array
    came: Array

    @property
    def names(self) -> list[str]:
        """The months as the axis names them."""
        return [str(month) for month in self.months]

    @property
    def delta(self) -> Array:
        """What came, or is forecast, less the plan."""
        return self.came - self.plan

    def ahead(self, place: int) -> bool:
        """Whether a month is forecast."""
        return self.months[place] > self.until


def window(of: VarianceReport, item: Variance) -> Window:
    """What the slide shows of a line."""
    first, last = max(1, of.until - _BACK + 1), min(of.months, of.until + _AHEAD)
    ahead = of.found.ahead.get(item.subject)
    came = np.full(of.months, np.nan)
    came[: len(item.actual)] = item.actual
    if ahead is not None:
        came[of.until :] = ahead.middle[of.until :]
    part = slice(first - 1, last)
    return Window(
        item, tuple(range(first, last + 1)), of.until, planned(of.projection, item.subject)[part], came[part]
    )


def counted(unit: Unit, values: Sequence[float], million: float) -> tuple[str, str]:
    """How large amounts are written so that they are short: the word that their heading adds, and their digits.

    They are counted in millions from `million` on.
    """
    largest = max((abs(value) for value in values if value == value), default=0.0)
    if unit.style is Style.PERCENT:
        return "", "0.0%"
    if largest >= million:
        return "million", "#,##0.0,,"
    if largest >= _THOUSAND:
        return "thousand", "#,##0,"
    return "", "#,##0" if largest >= _WHOLE else "#,##0.0"


def _headed(words: str, unit: Unit, of: VarianceReport, scale: str = "") -> str:
    """A chart's heading: what it shows, in what it is counted, and its unit."""
    told = " ".join(filter(None, (scale, unit.words(of.found.scenario.currency))))
    return ", ".join(filter(None, (words, told)))


def signed_code(text: Format, digits: str) -> str:
    """A number format that always writes the sign."""
    region = text.office_code
    return f'{region}{PLUS}{digits};{region}"−"{digits};{region}0'


def amounts_chart(slide: Any, box: Box, of: VarianceReport, shown: Window) -> None:
    """PL outlined beside AC solid; ahead FC hatched."""
    item, text = shown.item, of.text
    scale = Scale.over([0.0, *_known(shown.plan), *_known(shown.came)], 4)
    code = axis_code(text, item.unit, scale)
    ahead = f", then FC from month {shown.until + 1}" if shown.ahead(-1) else ""
    data = categories(shown.names, code, PL=_values(shown.plan), **{f"AC{ahead}": _values(shown.came)})
    write(
        slide,
        Box(box.left, box.top, box.width, _HEADING),
        [_key(item.label, item.unit, of)],
        13,
        name="Amounts heading",
    )
    chart = add_chart(
        slide, XL_CHART_TYPE.COLUMN_CLUSTERED, _under(box), data, _alt(of, shown), "AC and PL by month"
    )
    style_axis(chart.value_axis, code, scale, grid=True)
    style_axis(chart.category_axis, "")
    chart.plots[0].gap_width, chart.plots[0].overlap = 40, 35
    plan, came = chart.plots[0].series
    fill_columns(plan, LIGHT.background, edge=LIGHT.total)
    fill_columns(came, LIGHT.total, edge=LIGHT.total)
    for place in range(len(shown.months)):
        if shown.ahead(place):
            _hatch(came.points[place], LIGHT.total)
    inner_plot(chart, _LEFT, 0.04, _WIDE, 0.8)


def _key(label: str, unit: Unit, of: VarianceReport) -> list[TextRun]:
    return [
        TextRun(_headed(label, unit, of), True),
        TextRun("   AC solid, PL outlined, FC hatched", color=LIGHT.muted, size=11),
    ]


def delta_chart(slide: Any, box: Box, of: VarianceReport, shown: Window) -> None:
    """ΔPL by month, signed; ahead lighter."""
    item, text = shown.item, of.text
    scale, digits = counted(item.unit, shown.delta.tolist(), _MILLION)
    code = signed_code(text, digits)
    words = _headed("ΔPL by month", item.unit, of, scale)
    write(slide, Box(box.left, box.top, box.width, _HEADING), [TextRun(words, True)], 13, name="ΔPL heading")
    data = categories(shown.names, code, ΔPL=_values(shown.delta))
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, _under(box), data, _alt(of, shown), "ΔPL by month")
    over = Scale.over([0.0, *_known(shown.delta)], 3, above=0.25, below=0.25)
    style_axis(chart.value_axis, code, over)
    chart.value_axis.visible = False
    style_axis(chart.category_axis, "")
    chart.plots[0].gap_width = 40
    _label(chart, code)
    (series,) = chart.plots[0].series
    fill_columns(series, LIGHT.gain, edge=LIGHT.gain)
    for place, value in enumerate(shown.delta):
        _sign(series.points[place], value, lighter=shown.ahead(place))
    inner_plot(chart, _LEFT, 0.04, _WIDE, 0.78)


def cause_chart(slide: Any, box: Box, of: VarianceReport, item: Variance) -> None:
    """What made the difference of all months so far, signed."""
    text, unit = of.text, item.unit.of_a_year
    # From the bottom up, as bars are counted.
    parts = [(f"Δ {cause.value}", item.total(series)) for cause, series in item.parts.items()][::-1]
    values = [value for _, value in parts]
    scale, digits = counted(unit, values, _MANY)
    when = "so far" if item.adds_up else f"in month {item.months[-1]}"
    words = _headed(f"ΔPL by cause {when}", unit, of, scale)
    write(
        slide,
        Box(box.left, box.top, box.width, _HEADING),
        [TextRun(clipped(words, 13, box.width, bold=True), True)],
        13,
        name="Causes heading",
    )
    code = signed_code(text, digits)
    data = categories([name for name, _ in parts], code, ΔPL=values)
    alt = f"{item.label}, {words}: " + "; ".join(f"{name} {text.signed(value, unit)}" for name, value in parts[::-1])
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, _under(box), data, alt, "ΔPL by cause")
    style_axis(chart.value_axis, code, Scale.over([0.0, *values], 3, above=0.3, below=0.3))
    chart.value_axis.visible = False
    style_axis(chart.category_axis, "")
    chart.plots[0].gap_width = 45
    _label(chart, code)
    (series,) = chart.plots[0].series
    fill_columns(series, LIGHT.gain, edge=LIGHT.gain)
    for place, value in enumerate(values):
        _sign(series.points[place], value, lighter=False)


def _under(box: Box) -> Box:
    return Box(box.left, box.top + _HEADING, box.width, box.height - _HEADING)


def _label(chart: Any, code: str) -> None:
    """The value of each column at its end, as the data say it."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = code, False
    labels.font.size, labels.font.name = Pt(_SMALL), FONT
    labels.font.color.rgb = rgb(LIGHT.text)
    # LibreOffice breaks a number that is wider than its bar.
    labels._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")


def _sign(point: Any, value: float, *, lighter: bool) -> None:
    """Below zero hatched in the colour of a loss, else solid; ahead in a lighter shade."""
    color = LIGHT.loss if value < 0 else LIGHT.gain
    shown = shade(color, LIGHT.background, _LIGHTER) if lighter else color
    if value < 0:
        _hatch(point, shown)
    else:
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(shown)
    point.format.line.color.rgb = rgb(shown)


def _hatch(point: Any, color: str) -> None:
    fill_columns(point, color, hatched=True, edge=color)


def _known(values: Array) -> list[float]:
    return [float(value) for value in values if value == value]


def _values(values: Array) -> list[float | None]:
    """Values as a chart takes them: none where there is none."""
    return [None if value != value else float(value) for value in values]


def _alt(of: VarianceReport, shown: Window) -> str:
    text, unit = of.text, shown.item.unit
    rows = zip(shown.months, shown.came, shown.plan, strict=True)
    told = "; ".join(
        f"month {month} {text.rounded(float(came), unit)}, planned {text.rounded(float(plan), unit)}"
        for month, came, plan in rows
        if came == came
    )
    return f"{shortened(shown.item.label)} by month: {told}."
