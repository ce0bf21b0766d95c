"""The chart of the 218 %: differences between groups of firms, and on a scale of its own what causes are known."""

from __future__ import annotations

from datetime import date

from model.evidence.sources import SOURCES
from model.evidence.studies import (
    CAUSAL_STUDIES,
    GROUP_DIFFERENCES,
    HEADLINE_CHOICES,
    HEADLINE_UPLIFT,
    READING,
    SCALE_HOURS,
)
from model.scenario import Scenario
from model.telling.implied import Productivity, productivity
from model.units import SHARE, Format
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import blank, escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import BAR, row_labels
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.charts.evidence.published import cited, published_table
from report.charts.evidence.scale import Mark, draw_marks, graded, mark_labels, scale_axes, write_values
from report.material import Material
from report.tables.chart_table import ChartTable

_GROUPS_PANEL, _CAUSES_PANEL = (0.69, 0.95), (0.0, 0.6)
# The enlarged scale reaches a little beyond what it has to show.
_BEYOND = 1.15


def causal_studies(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Group differences on one scale; below it, enlarged, what causal studies found for 40 hours of training."""
    projection = material.projection
    everything, text = effects(projection.scenario), projection.scenario.format
    rows = [row for row in everything if row.value is not None]
    reach = _BEYOND * max(row.end for row in rows)
    unit = f"Per cent more; {len(everything) - len(rows)} more studies in the table"
    figure = blank(projection, theme, study_message(text), unit, today)
    _draw_groups(figure, text, theme, reach)
    draw_marks(figure, rows, SHARE, text, theme, "2")
    scale_axes(figure, _group_labels(text), SHARE, text, theme, reach, "", _GROUPS_PANEL)
    scale_axes(figure, mark_labels(rows, SHARE, text), SHARE, text, theme, reach, "2", _CAUSES_PANEL)
    # The bars above have their values beside them, and the room is the rows' below.
    figure.update_layout(barmode="overlay", xaxis={"showticklabels": False, "ticks": ""})
    for words, axis in (
        ("<b>Between groups of firms</b>: differences, not effects", "y"),
        (f"<b>Caused by training</b>: productivity, {SCALE_HOURS:.0f} hours a person (marked part, enlarged)", "y2"),
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
    groups = "; ".join(f"{item.measure} {text.rounded(item.difference, SHARE)}" for item in HEADLINE_CHOICES)
    found = "; ".join(f"{row.name}: {row.words(SHARE, text)}" for row in effects(projection.scenario))
    return (
        f"{study_message(text)}. Differences between groups of firms: {groups}. Productivity caused by "
        f"{SCALE_HOURS:.0f} hours of training a person: {found}."
    )


def effects(scenario: Scenario) -> tuple[Mark, ...]:
    """Every row of the enlarged scale: the studies, our reading of them, and what the scenario implies."""
    studies = (
        Mark(study.name, SOURCES[study.source].grade, study.on_scale, note=study.conversion)
        for study in CAUSAL_STUDIES
    )
    return (
        *studies,
        Mark("Our reading of them", "D", READING.likely, READING.low, READING.high),
        *(_plan_row(found) for found in productivity(scenario)),
    )


def _plan_row(found: Productivity) -> Mark:
    name = f"This plan, month {found.month}, {found.hours:.0f} hours"
    return Mark(name, "D", found.gain, found.low, found.high, own=True)


def _draw_groups(figure: Figure, text: Format, theme: Theme, reach: float) -> None:
    """Bars of the differences; a mark below them shows how little of this scale is enlarged."""
    figure.add_shape(
        name="enlarged", type="line", xref="x", x0=0, x1=reach, yref="y domain", y0=0, y1=0,
        line={"width": 4, "color": theme.plan},
    )  # fmt: skip
    figure.add_bar(
        name="groups", orientation="h", y=list(range(len(HEADLINE_CHOICES))),
        x=[item.difference for item in HEADLINE_CHOICES], width=BAR, marker={"color": theme.hold},
        hoverinfo="text",
        hovertext=[
            f"{item.measure}<br>{text.rounded(item.difference, SHARE)} more<br>{escaped(SOURCES[item.source].title)}"
            for item in HEADLINE_CHOICES
        ],
    )  # fmt: skip
    write_values(figure, _group_labels(text), "", theme)
    row_labels(figure, [graded(item.measure, SOURCES[item.source].grade, theme) for item in HEADLINE_CHOICES], theme)


def _group_labels(text: Format) -> list[tuple[float, str]]:
    return [(item.difference, text.rounded(item.difference, SHARE)) for item in HEADLINE_CHOICES]


def _table(material: Material) -> ChartTable:
    headings = {
        "Evidence": None, "Grade": None, "As published": None, "More": SHARE, "Low": SHARE, "High": SHARE,
        "Conversion or reading (ours)": None,
    }  # fmt: skip
    groups = (
        (f"{item.measure}, difference between groups", SOURCES[item.source].grade, "", item.difference, None, None,
         item.reading)
        for item in GROUP_DIFFERENCES
    )  # fmt: skip
    published = {study.name: study.published for study in CAUSAL_STUDIES}
    rows = (
        (row.name, row.letters, published.get(row.name, ""), row.value, row.low, row.high, row.note)
        for row in effects(material.scenario)
    )
    return published_table(headings, (*groups, *rows))


CHART = Chart(
    "causal_studies", "The 218 % beside causal studies", EVIDENCE, cited("astd-2000", "training-causal"),
    causal_studies, study_alt, _table,
)  # fmt: skip
