"""The picture of how quantities depend on each other: around one of them, or the whole model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from textwrap import wrap
from types import MappingProxyType
from typing import Any, NamedTuple

from model.lines import LINES
from model.notation import plain_text
from model.projection import Projection
from model.telling.dependencies import DEPENDANTS, PRECEDENTS, Graph, Role, neighbourhood, reach, role, whole
from model.telling.explain import formula_in_words, label_of, value_of, value_text
from model.units import MONTH, Style
from report.charts.drawing.chart import MODEL, MODEL_PICTURE, Chart
from report.charts.drawing.figure import blank, escaped, month_words
from report.charts.drawing.graph_layout import Edge, Layout, in_columns, layered
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import BODY, BOTTOM, LIGHT, TOP, Theme

STEPS = (1, 2, 3)
WHOLE = 0
KEY = "Rounded: input, square: line, bold frame: metric"

# Pixels of a row, and how much of a column and of a row a box fills.
_ROW, _LOW_ROW = 60, 38
_WIDE, _TALL = 0.8, 0.82
_LOWEST = 340
_LETTERS = 23
_HOVER_LETTERS = 60
_CURVE = 14
_TINTS: Mapping[Role, float] = MappingProxyType({Role.INPUT: 0.0, Role.LINE: 0.1, Role.METRIC: 0.22})
_RELATED_TINT = 0.25
_HEADING_ROWS = 1.0


class Around(NamedTuple):
    """A quantity with what it hangs together with, so many steps each way, or the WHOLE model; values of a month."""

    projection: Projection
    centre: str
    steps: int
    month: int


def height(around: Around) -> int:
    """Pixels that the picture takes at its best."""
    if around.steps == WHOLE:
        return TOP + BOTTOM + int((in_columns(whole().columns).rows + _HEADING_ROWS) * _LOW_ROW)
    rows = _layout(neighbourhood(around.centre, around.steps)).rows
    return max(_LOWEST, TOP + BOTTOM + int(rows * _ROW))


def picture(around: Around, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The quantity between what it is made of and what is made of it, or marked in the whole model."""
    return (_overview if around.steps == WHOLE else _dependencies)(around, theme, today)


def picture_alt(around: Around) -> str:
    """The picture in words, for those who do not see it."""
    return _overview_alt(around.centre) if around.steps == WHOLE else _dependencies_alt(around.centre)


def _layout(graph: Graph) -> Layout:
    return layered(graph.columns, graph.edges)


def _dependencies(around: Around, theme: Theme, today: date | None) -> Figure:
    """A quantity between what it is made of, left, and what is made of it, right, so many steps each way."""
    projection, centre, steps, month = around
    graph = neighbourhood(centre, steps)
    layout = _layout(graph)
    figure = blank(projection, theme, dependencies_message(centre), KEY, today)
    near = {edge for edge in graph.edges if centre in edge}
    _edges(figure, layout, [edge for edge in graph.edges if edge not in near], theme.hold, 1.0)
    _edges(figure, layout, list(near), theme.accent, 1.8)
    _boxes(figure, layout, _Shown(projection, month, theme, today, values=True), {centre: _Fill.CENTRE})
    return _framed(figure, layout, 0.0)


def dependencies_message(centre: str) -> str:
    """How much a quantity is made of and how much is made of it, in a few words."""
    made_of, used_by = len(PRECEDENTS[centre]), len(DEPENDANTS[centre])
    parts = [f"made of {made_of}"] if made_of else []
    parts += [f"goes into {used_by}"] if used_by else []
    return f"{escaped(label_of(centre))}: {', '.join(parts)}"


def _dependencies_alt(centre: str) -> str:
    told = [f"{label_of(centre)}."]
    for lead, names in (("Made of", PRECEDENTS[centre]), ("Goes into", DEPENDANTS[centre])):
        told += [f"{lead}: {', '.join(map(label_of, names))}."] if names else []
    return " ".join(told)


def _overview(around: Around, theme: Theme, today: date | None) -> Figure:
    """All lines by section and the metrics; what the chosen quantity comes from and reaches stands out."""
    projection, centre, _, month = around
    graph = whole()
    layout = in_columns(graph.columns)
    before, after = reach(centre, PRECEDENTS), reach(centre, DEPENDANTS)
    figure = blank(projection, theme, overview_message(centre), KEY, today)
    marked = [edge for edge in graph.edges if before.issuperset(edge) or after.issuperset(edge)]
    _edges(figure, layout, [edge for edge in graph.edges if edge not in marked], theme.grid, 1.0, heads=False)
    _edges(figure, layout, marked, theme.accent, 1.4)
    shown = _Shown(projection, month, theme, today, values=False)
    _boxes(figure, layout, shown, dict.fromkeys(before | after, _Fill.RELATED) | {centre: _Fill.CENTRE})
    _headings(figure, theme)
    return _framed(figure, layout, _HEADING_ROWS)


def overview_message(centre: str) -> str:
    """How much of the model hangs together with a quantity, in a few words."""
    before, after = (len(reach(centre, way)) - 1 for way in (PRECEDENTS, DEPENDANTS))
    return f"{escaped(label_of(centre))}: rests on {before} quantities, reaches {after}"


def _overview_alt(centre: str) -> str:
    sections = ", ".join(dict.fromkeys(item.section for item in LINES.values()))
    return f"Every line of the model by section ({sections}) and the metrics. {overview_message(centre)}."


def _headings(figure: Figure, theme: Theme) -> None:
    """The sections over their columns, drawn as the boxes are, so that they too become smaller rather than touch."""
    sections = [*dict.fromkeys(item.section for item in LINES.values()), "Metrics"]
    figure.add_bar(
        name="sections", orientation="h", base=[column - _WIDE / 2 for column in range(len(sections))],
        x=[_WIDE] * len(sections), y=[-_HEADING_ROWS / 2] * len(sections), width=_HEADING_ROWS,
        marker={"color": theme.background, "line": {"width": 0}},
        text=["<br>".join(f"<b>{line}</b>" for line in wrap(section, _LETTERS)) for section in sections],
        textposition="inside", insidetextanchor="middle", constraintext="inside", textangle=0,
        insidetextfont={"size": BODY - 1, "color": theme.muted}, hoverinfo="skip",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


class _Fill(Enum):
    """How much a box stands out."""

    PLAIN = 0
    RELATED = 1
    CENTRE = 2


class _Shown(NamedTuple):
    """Whose numbers boxes tell, of which month, in which colours; `values`: whether they stand in the boxes."""

    projection: Projection
    month: int
    theme: Theme
    today: date | None
    values: bool


def _boxes(figure: Figure, layout: Layout, shown: _Shown, fills: Mapping[str, _Fill]) -> None:
    """A box a quantity, in a trace for each role and fill: the role is told by shape and frame."""
    kinds: dict[tuple[Role, _Fill], list[str]] = {}
    for name in layout.places:
        kinds.setdefault((role(name), fills.get(name, _Fill.PLAIN)), []).append(name)
    for (kind, fill), names in kinds.items():
        columns, rows = zip(*(layout.places[name] for name in names), strict=True)
        figure.add_bar(
            name=kind.value, orientation="h", base=[column - _WIDE / 2 for column in columns],
            x=[_WIDE] * len(names), y=rows, width=_TALL, marker=_marker(kind, fill, shown.theme),
            text=[_written(shown, name) for name in names],
            # Text that does not fit its box is drawn smaller, so that none ever lies on another.
            textposition="inside", insidetextanchor="middle", constraintext="inside", textangle=0,
            insidetextfont={"size": BODY - 1, "color": _ink(fill, shown.theme)},
            customdata=[[name] for name in names], hoverinfo="text",
            hovertext=[_told(shown, name) for name in names],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        )  # fmt: skip


def _written(shown: _Shown, name: str) -> str:
    """What stands in a box: the label and, where there is room for it, the value."""
    lines = [escaped(line) for line in wrap(label_of(name), _LETTERS)]
    return "<br>".join([*lines, *([f"<b>{_short(shown, name)}</b>"] if shown.values else [])])


def _short(shown: _Shown, name: str) -> str:
    value, unit = value_of(shown.projection, name, shown.month)
    text = shown.projection.scenario.format
    if value is None or unit.style in (Style.CHOICE, Style.SWITCH):
        return escaped(text.exact(value, unit))
    return escaped(f"{unit.per} {value:.0f}" if unit is MONTH else text.rounded(float(value), unit))


def _ink(fill: _Fill, theme: Theme) -> str:
    return theme.background if fill is _Fill.CENTRE else theme.text


def _marker(kind: Role, fill: _Fill, theme: Theme) -> dict[str, Any]:
    colors = {
        _Fill.PLAIN: shade(theme.hold, theme.background, _TINTS[kind]),
        _Fill.RELATED: shade(theme.accent, theme.background, _RELATED_TINT),
        _Fill.CENTRE: theme.accent,
    }
    frame = (theme.text, 2) if kind is Role.METRIC else (theme.hold, 1)
    return {
        "color": colors[fill],
        "cornerradius": "50%" if kind is Role.INPUT else 2,
        "line": dict(zip(("color", "width"), frame, strict=True)),
    }


def _told(shown: _Shown, name: str) -> str:
    """What a box says when pointed at: label, value and formula."""
    when = f", {month_words(shown.projection, shown.month, shown.today)}" if role(name) is Role.LINE else ""
    value = escaped(value_text(shown.projection, name, shown.month))
    formula = wrap(plain_text(formula_in_words(name, shown.projection.scenario.format)), _HOVER_LETTERS)
    return "<br>".join([f"<b>{escaped(label_of(name))}</b>", value + when, *map(escaped, formula)])


def _edges(
    figure: Figure, layout: Layout, edges: Iterable[Edge], color: str, width: float, heads: bool = True
) -> None:
    """Curves from box to box, below the boxes; with `heads` an arrow head at the end of each."""
    curves = [_curve(layout, edge) for edge in edges]
    if not curves:
        return
    path = "".join("M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in points) for points in curves)
    figure.add_shape(name="edges", type="path", path=path, layer="below", line={"color": color, "width": width})
    if not heads:
        return
    figure.add_scatter(
        x=[points[-1][0] for points in curves], y=[points[-1][1] for points in curves], mode="markers",
        marker={"symbol": "triangle-right", "size": 7, "color": color}, hoverinfo="skip",
    )  # fmt: skip


def _curve(layout: Layout, edge: Edge) -> list[tuple[float, float]]:
    """From the right of the first box to the left of the second; within a column around their left."""
    (start, upper), (end, lower) = (layout.places[name] for name in edge)
    if start == end:
        return _around(start - _WIDE / 2, upper, lower)
    stops = [(start + _WIDE / 2, upper)]
    for column, row in layout.lanes.get(edge, ()):
        stops += [(column - _WIDE / 2, row), (column + _WIDE / 2, row)]
    stops.append((end - _WIDE / 2, lower))
    points = []
    for (x, y), (to_x, to_y) in zip(stops[::2], stops[1::2], strict=True):
        for place in range(_CURVE + 1):
            part = place / _CURVE
            points.append((x + (to_x - x) * part, y + (to_y - y) * (3 - 2 * part) * part**2))
    return points


def _around(left: float, upper: float, lower: float) -> list[tuple[float, float]]:
    """An arc left of a column, the wider the farther it goes."""
    wide = (1 - _WIDE) * min(0.9, 0.3 + 0.06 * abs(lower - upper))
    parts = [place / _CURVE for place in range(_CURVE + 1)]
    return [(left - 4 * wide * part * (1 - part), upper + (lower - upper) * part) for part in parts]


def _framed(figure: Figure, layout: Layout, above: float) -> Figure:
    hidden = {"visible": False, "showgrid": False}
    figure.update_layout(
        barmode="overlay",
        xaxis=hidden | {"range": [-0.5, layout.columns - 0.5]}, yaxis=hidden | {"range": [layout.rows, -above]},
    )  # fmt: skip
    return figure


CHART = Chart("model", "What depends on what", MODEL_PICTURE, MODEL, picture, picture_alt)
