"""Native PowerPoint charts: axes, numbers in the locale, labels. Everything in them can be edited by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isclose
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from model.units import NO_BREAK, RATIO, Format, Style, Unit
from report.charts.drawing.figure import ticks
from report.charts.drawing.theme import LIGHT
from report.deck.text import FONT
from report.deck.write import Box, rgb

AXIS, LABEL = 11.0, 12.0
_MOST_PLACES = 9
_POWERS = ((1e12, 4), (1e9, 3), (1e6, 2))


def number_code(text: Format, unit: Unit, largest: float, *, signed: bool = False, decimals: str = "") -> str:
    """A number format for amounts up to `largest`: "0.0 m" in the locale's word, a true minus, zero as "0".

    The program that shows the chart puts its own separators; it is told the scenario's locale.
    """
    worth, after = _counted(text, unit, largest)
    digits = f"#,##0{decimals or ('.0#' if worth > 1 else '')}{after}"
    region = text.office_code
    return f'{region}{PLUS if signed else ""}{digits};{region}"−"{digits};{region}0'


def _counted(text: Format, unit: Unit, largest: float) -> tuple[float, str]:
    """What a 1 stands for where amounts go up to `largest`, and what makes it so after a format's digits."""
    if unit.style is Style.PERCENT:
        return 1 / unit.scale, f'"{NO_BREAK}"%'
    for power, commas in _POWERS:
        word = text.rounded(power, RATIO).removeprefix("1")
        # Some locales count in other units ("100万"): their numbers are left as they are.
        if largest >= power and not word[:1].isdigit():
            return power, f'{"," * commas}"{word}"'
    return 1.0, ""


PLUS = '"+"'


@dataclass(frozen=True)
class Scale:
    """An axis in round steps over some values."""

    low: float
    high: float
    step: float

    @classmethod
    def over(
        cls, values: Iterable[float], about: int = 5, *, above: float = 0.0, below: float = 0.0, whole: bool = False
    ) -> Scale:
        """From the step below the lowest value to the step above the highest; wider by parts of their span.

        A `whole` one has whole steps: years have no halves.
        """
        known = list(values)
        low, high = min(known), max(known)
        span = (high - low) or abs(high) or 1.0
        low, high = low - below * span, high + above * span
        if low == high:
            high = low + 1.0
        places = ticks(low, high, about)
        step = places[1] - places[0] if len(places) > 1 else high - low
        step = ceil(step - 1e-9) if whole else step
        return cls(floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step)


def axis_code(text: Format, unit: Unit, scale: Scale) -> str:
    """The number format of an axis, with the decimals of its steps: a rounded label stands where it does not say."""
    largest = max(abs(scale.low), abs(scale.high))
    step = scale.step / _counted(text, unit, largest)[0]
    places = next(places for places in range(_MOST_PLACES + 1) if isclose(round(step, places), step, rel_tol=1e-9)
                  or places == _MOST_PLACES)  # fmt: skip
    return number_code(text, unit, largest, decimals=f".{'0' * places}" if places else "")


def add_chart(slide: Any, kind: XL_CHART_TYPE, box: Box, data: Any, alt: str, name: str) -> Any:
    """A chart with its words for those who do not see it; no title of its own, no legend, plain type."""
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.name, chart.font.size = FONT, Pt(AXIS)
    chart.font.color.rgb = rgb(LIGHT.muted)
    return chart


def categories(names: Sequence[str], code: str, **series: Sequence[float | None]) -> Any:
    """The data of columns; a series' name with underscores for blanks."""
    data: Any = CategoryChartData(number_format=code)  # type: ignore[no-untyped-call]
    data.categories = names
    for name, values in series.items():
        data.add_series(name.replace("_", " "), values)
    return data


def points(code: str, series: Iterable[tuple[str, Sequence[float], Sequence[float]]]) -> Any:
    """The data of lines: name, places along, places up."""
    data: Any = XyChartData()  # type: ignore[no-untyped-call]
    # LibreOffice loses a series that is shorter than a later one.
    for name, along, up in sorted(series, key=lambda item: -len(item[1])):
        added = data.add_series(name, number_format=code)
        for x, y in zip(along, up, strict=True):
            added.add_data_point(x, y)
    return data


def style_axis(axis: Any, code: str, scale: Scale | None = None, *, grid: bool = False) -> None:
    """Ticks in a number format, from end to end of a scale; hairlines where asked for."""
    axis.has_major_gridlines, axis.has_minor_gridlines = grid, False
    if grid:
        axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
        axis.major_gridlines.format.line.width = Pt(0.75)
        axis.format.line.fill.background()
    else:
        axis.format.line.color.rgb = rgb(LIGHT.muted)
        axis.format.line.width = Pt(0.75)
    axis.major_tick_mark = XL_TICK_MARK.NONE if grid else XL_TICK_MARK.OUTSIDE
    axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.font.size, axis.tick_labels.font.name = Pt(AXIS), FONT
    axis.tick_labels.font.color.rgb = rgb(LIGHT.muted)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if code:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code, False
    if scale:
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step


def name_axis(axis: Any, words: str) -> None:
    """What an axis counts."""
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.name = Pt(AXIS), False, FONT
    font.color.rgb = rgb(LIGHT.muted)


def legend(chart: Any) -> None:
    """The series' names along the top."""
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size, chart.legend.font.name = Pt(LABEL), FONT
    chart.legend.font.color.rgb = rgb(LIGHT.text)


def inner_plot(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Where the plot stands, in parts of the chart, so that labels outside of it have room."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    numbers = "".join(
        f'<c:{tag} val="{value:.4f}"/>' for tag, value in (("x", left), ("y", top), ("w", width), ("h", height))
    )
    layout = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{numbers}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def draw_line(series: Any, color: str, points_wide: float = 2.5, *, dashed: bool = False) -> None:
    """A series as a line without marks; dashed is what is not yet known."""
    series.format.line.color.rgb = rgb(color)
    series.format.line.width = Pt(points_wide)
    if dashed:
        series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False


def draw_dots(series: Any, color: str, size: int) -> None:
    """A series as marks without a line."""
    series.format.line.fill.background()
    series.smooth = False
    mark = series.marker
    mark.style, mark.size = XL_MARKER_STYLE.CIRCLE, size
    mark.format.fill.solid()
    mark.format.fill.fore_color.rgb = rgb(color)
    mark.format.line.color.rgb = rgb(color)
    mark.format.line.width = Pt(0.75)


def fill_columns(series: Any, color: str, *, hatched: bool = False, edge: str = "") -> None:
    """Columns of one colour, or hatched in it, with an edge where asked for."""
    fill = series.format.fill
    if hatched:
        fill.patterned()
        fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(color), rgb(LIGHT.background)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(color)
    series.invert_if_negative = False
    if edge:
        series.format.line.color.rgb = rgb(edge)
        series.format.line.width = Pt(1)


def pack(chart: Any, gap: int) -> None:
    """Columns in one place, so many hundredths of their width apart from the next."""
    chart.plots[0].gap_width, chart.plots[0].overlap = gap, 100


def hide(series: Any) -> None:
    """A series that only carries others."""
    series.format.fill.background()
    series.format.line.fill.background()
    series.invert_if_negative = False


def tag(
    series: Any, point: int, *, place: str = "", words: str = "", code: str = "", size: float = LABEL,
    color: str = LIGHT.text, bold: bool = True, lift: float = 0.0,
) -> None:  # fmt: skip
    """A label at one point: the words given, or the series' name and, with a number format, its value below.

    Name and value follow when the data are edited. `place` is r, l, t, b, ctr, inBase or outEnd; `lift` moves the
    label up by a part of the chart's height.
    """
    label = series.points[point].data_label._get_or_add_dLbl()
    for child in list(label):
        if child.tag != qn("c:idx"):
            label.remove(child)
    look = (
        f'<a:defRPr sz="{int(100 * size)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{rgb(color)}"/>'
        f'</a:solidFill><a:latin typeface="{FONT}"/></a:defRPr>'
    )
    parts = []
    if lift:
        parts.append(f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{-lift:.4f}"/></c:manualLayout></c:layout>')
    if words:
        parts.append(
            f"<c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{look}</a:pPr><a:r>{look.replace('defRPr', 'rPr')}<a:t/></a:r>"
            "</a:p></c:rich></c:tx>"
        )
    if code:
        parts.append('<c:numFmt formatCode="" sourceLinked="0"/>')
    parts.append("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    parts.append(
        f'<c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr>{look}</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    if place:
        parts.append(f'<c:dLblPos val="{place}"/>')
    shown = {"LegendKey": 0, "Val": int(bool(code or words)), "CatName": 0, "SerName": int(not words)}
    parts += [f'<c:show{what} val="{on}"/>' for what, on in (shown | {"Percent": 0, "BubbleSize": 0}).items()]
    if code and not words:
        parts.append("<c:separator>\n</c:separator>")
    made = parse_xml(f"<c:dLbl {nsdecls('c', 'a')}>{''.join(parts)}</c:dLbl>")
    for child in list(made):
        label.append(child)
    for told in label.iter(qn("a:t")):
        told.text = words
    for number in label.iter(qn("c:numFmt")):
        number.set("formatCode", code)


def skip_labels(chart: Any, every: int) -> None:
    """Only every so many categories are named; the names of all stay in the chart's workbook."""
    element = chart.category_axis._element
    # LibreOffice names every category that the file remembers.
    for names in chart._chartSpace.iter(qn("c:strCache")):
        if names.getparent().getparent().tag == qn("c:cat"):
            for name in names.findall(qn("c:pt")):
                if int(name.get("idx")) % every:
                    names.remove(name)
    for kind in ("tickLblSkip", "tickMarkSkip"):
        for old in element.findall(qn(f"c:{kind}")):
            element.remove(old)
    successor = element.find(qn("c:noMultiLvlLbl"))
    for kind in ("tickLblSkip", "tickMarkSkip"):
        made = etree.SubElement(element, qn(f"c:{kind}"))
        made.set("val", str(every))
        if successor is not None:
            successor.addprevious(made)
