"""The chart of the 218 %: differences between groups of firms, and on a scale of its own what causes are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.evidence.sources import SOURCES
from model.evidence.studies import CAUSAL_STUDIES, GROUP_DIFFERENCES, HEADLINE_UPLIFT, READING, SCALE_HOURS
from model.scenario import Scenario
from model.telling.claim import assumed_effect, assumed_range
from model.units import SHARE, Format
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import annotate, blank, escaped, fit, tick_labels, ticks
from report.charts.drawing.simulated import BAR, NARROWEST, filled, row_labels, shade, small_width
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.charts.evidence.published import cited, published_table
from report.material import Material
from report.tables.chart_table import ChartTable

# Pixels below which the rows' labels would meet the bars above them: a document draws it no lower.
_LOWEST = 520
_GROUPS_PANEL, _CAUSES_PANEL = (0.72, 0.96), (0.0, 0.6)
# Left of zero, as a part of the scale, so that its label has room.
_INSET = 0.015
_LABEL_GAP = 9
# The enlarged scale reaches a little beyond what it has to show.
_BEYOND = 1.15
_COMPARED = tuple(item for item in GROUP_DIFFERENCES if item.source != "astd-2000" or item.difference > 1)


@dataclass(frozen=True)
class Effect:
    """A row of the enlarged scale: a value, a range about it if any, or None with the reason for being off it."""

    name: str
    letters: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    own: bool = False


def causal_studies(material: Material, theme: Theme = LIGHT, today: date | None = None) -> go.Figure:
    """Group differences on one scale; below it, enlarged, what causal studies found for 40 hours of training."""
    projection = material.projection
    scenario = projection.scenario
    rows, text = effects(scenario), scenario.format
    reach = _BEYOND * max(value for row in rows for value in (row.value, row.high) if value is not None)
    figure = blank(projection, theme, study_message(text), "Per cent more, by kind of evidence", today)
    _draw_groups(figure, text, theme, reach)
    _draw_effects(figure, rows, text, theme)
    _lay_out(figure, rows, text, reach)
    for words, axis in (
        ("<b>Between groups of firms</b>: differences, not effects", "y"),
        (f"<b>Caused by training</b>: productivity, {SCALE_HOURS:.0f} hours a person (framed part, enlarged)", "y2"),
    ):
        figure.add_annotation(
            name="panel", text=words, font={"size": BODY, "color": theme.text}, xref="paper", x=0, xanchor="left",
            yref=f"{axis} domain", y=1, yanchor="bottom", yshift=4,
        )  # fmt: skip
    return fit(figure)


def study_message(text: Format) -> str:
    """What the causal studies leave of the claim, in a few words."""
    return (
        f"Causal studies support {text.rounded(READING.low, SHARE)} to {text.rounded(READING.high, SHARE)}, "
        f"not {text.rounded(HEADLINE_UPLIFT, SHARE)}"
    )


def study_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    text = projection.scenario.format
    groups = "; ".join(f"{item.measure} {text.rounded(item.difference, SHARE)}" for item in _COMPARED)
    found = "; ".join(f"{row.name}: {_words(row, text)}" for row in effects(projection.scenario))
    return (
        f"{study_message(text)}. Differences between groups of firms: {groups}. Productivity caused by "
        f"{SCALE_HOURS:.0f} hours of training a person: {found}."
    )


def effects(scenario: Scenario) -> tuple[Effect, ...]:
    """Every row of the enlarged scale: the studies, our reading of them, and what the scenario assumes."""
    studies = (
        Effect(study.name, SOURCES[study.source].grade, study.on_scale, note=study.conversion)
        for study in CAUSAL_STUDIES
    )
    low, high = assumed_range(scenario)
    return (
        *studies,
        Effect("Our reading of them", "D", READING.likely, READING.low, READING.high),
        Effect("This plan assumes", "D", assumed_effect(scenario), low, high, own=True),
    )


def _words(row: Effect, text: Format) -> str:
    """A row's figures: "3.6 % (0 % to 8.62 %)"."""
    if row.value is None:
        return f"not on this scale: {row.note}"
    words = text.rounded(row.value, SHARE)
    if row.low is not None and row.high is not None:
        words += f" ({text.rounded(row.low, SHARE)} to {text.rounded(row.high, SHARE)})"
    return words


def _draw_groups(figure: go.Figure, text: Format, theme: Theme, reach: float) -> None:
    """Bars of the differences; a frame shows how little of this scale is enlarged below."""
    figure.add_shape(
        type="rect", xref="x", x0=0, x1=reach, yref="y domain", y0=0, y1=1,
        line={"width": 1.5, "color": theme.plan, "dash": "dot"},
    )  # fmt: skip
    figure.add_bar(
        name="groups", orientation="h", y=list(range(len(_COMPARED))), x=[item.difference for item in _COMPARED],
        width=BAR, marker=filled(theme.hold, "/", theme), hoverinfo="text",
        hovertext=[
            f"{item.measure}<br>{text.rounded(item.difference, SHARE)} more<br>{escaped(SOURCES[item.source].title)}"
            for item in _COMPARED
        ],
    )  # fmt: skip
    _write_values(figure, _group_labels(text), "", theme)
    row_labels(figure, [_label(item.measure, SOURCES[item.source].grade, theme) for item in _COMPARED], theme)


def _draw_effects(figure: go.Figure, rows: tuple[Effect, ...], text: Format, theme: Theme) -> None:
    """A bar from end to end where there is a range, a dot at each value, words where a study is off the scale."""
    ranges = [(place, row) for place, row in enumerate(rows) if row.low is not None and row.high is not None]
    figure.add_bar(
        name="range", orientation="h", xaxis="x2", yaxis="y2", y=[place for place, _ in ranges], width=BAR / 2,
        base=[row.low for _, row in ranges], x=[(row.high or 0) - (row.low or 0) for _, row in ranges],
        marker={"color": [shade(_color(row, theme), theme.background, 0.35) for _, row in ranges]}, hoverinfo="skip",
    )  # fmt: skip
    known = [(place, row) for place, row in enumerate(rows) if row.value is not None]
    figure.add_scatter(
        name="effect", mode="markers", xaxis="x2", yaxis="y2", cliponaxis=False, hoverinfo="text",
        x=[row.value for _, row in known], y=[place for place, _ in known],
        marker={"size": 10, "color": [_color(row, theme) for _, row in known],
                "symbol": ["diamond" if row.low is not None else "circle" for _, row in known]},
        hovertext=[
            f"{escaped(row.name)}<br>{_words(row, text)}{f'<br>{row.note}' if row.note else ''}" for _, row in known
        ],
    )  # fmt: skip
    _write_values(figure, _effect_labels(rows, text), "2", theme)
    row_labels(figure, [_label(row.name, row.letters, theme) for row in rows], theme, "y2")


def _effect_labels(rows: tuple[Effect, ...], text: Format) -> list[tuple[float, str]]:
    """What stands beside each row's dot or bar, and where that ends."""
    return [
        (0.0 if row.value is None else row.value if row.high is None else row.high, _words(row, text))
        for row in rows
    ]


def _group_labels(text: Format) -> list[tuple[float, str]]:
    return [(item.difference, text.rounded(item.difference, SHARE)) for item in _COMPARED]


def _color(row: Effect, theme: Theme) -> str:
    return theme.plan if row.own else theme.total


def _label(name: str, grade: str, theme: Theme) -> str:
    """A row's name and, quieter, its grade."""
    return f'{escaped(name)} <span style="color:{theme.muted}">· grade {grade}</span>'


def _write_values(figure: go.Figure, ends: list[tuple[float, str]], axis: str, theme: Theme) -> None:
    """What stands to the right of each bar or dot."""
    annotate(figure, (
        {
            "name": "value", "text": words, "font": {"size": SMALL, "color": theme.text if end else theme.muted},
            "xref": f"x{axis}", "x": end, "xanchor": "left", "xshift": _LABEL_GAP,
            "yref": f"y{axis}", "y": place, "yanchor": "middle",
        }
        for place, (end, words) in enumerate(ends)
    ))  # fmt: skip


def _lay_out(figure: go.Figure, rows: tuple[Effect, ...], text: Format, reach: float) -> None:
    panels = (("", _group_labels(text), _GROUPS_PANEL), ("2", _effect_labels(rows, text), _CAUSES_PANEL))
    for number, labels, panel in panels:
        # Where an axis must end for each label to fit on the narrowest chart.
        ends = [end / (1 - (small_width([words]) + _LABEL_GAP) / NARROWEST) for end, words in labels if end]
        high = max(reach, *ends)
        places = ticks(0, high, 4)
        figure.update_layout({
            f"xaxis{number}": {
                "range": [-_INSET * high, high], "anchor": f"y{number}", "tickvals": places,
                "ticktext": tick_labels(places, SHARE, text), "showgrid": True, "zeroline": True,
            },
            f"yaxis{number}": {"range": [len(labels) - 0.5, -0.9], "visible": False, "domain": panel},
        })  # fmt: skip
    figure.update_layout(barmode="overlay", meta={"lowest": _LOWEST})


def _table(material: Material) -> ChartTable:
    groups = [
        (f"{item.measure}, difference between groups", SOURCES[item.source].grade, item.difference, None, None, "")
        for item in GROUP_DIFFERENCES
    ]
    rows = [(row.name, row.letters, row.value, row.low, row.high, row.note) for row in effects(material.scenario)]
    headings = {"Evidence": None, "Grade": None, "More": SHARE, "Low": SHARE, "High": SHARE,
                "Conversion (ours)": None}  # fmt: skip
    return published_table(headings, groups + rows)


CHART = Chart(
    "causal_studies", "The 218 % beside causal studies", EVIDENCE, cited("astd-2000", "training-causal"),
    causal_studies, study_alt, _table,
)  # fmt: skip
