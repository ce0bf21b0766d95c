"""The chart of what social returns beside other media: what studies found, and what the plan assumes."""

from __future__ import annotations

from datetime import date

from model.assumptions import ASSUMPTIONS, RETURN_BELIEFS
from model.evidence.advertising import RELATIVE_RETURNS
from model.evidence.sources import SOURCES
from model.projection import Projection
from model.telling.implied import believed
from model.units import RATIO, Format
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import blank, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import row_rules
from report.charts.drawing.theme import LIGHT, Theme
from report.charts.evidence.published import cited, published_table
from report.charts.evidence.scale import Mark, draw_scale, told
from report.material import Material
from report.tables.chart_table import ChartTable


def relative_returns(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """What a unit of social spend returned beside a unit of other media; a line where both return the same."""
    projection = material.projection
    text = projection.scenario.format
    figure = blank(projection, theme, return_message(text), "Social, other media = 1 (dotted)", today)
    rows = return_rows(projection)
    draw_scale(figure, rows, RATIO, text, theme)
    row_rules(figure, [1.0], len(rows), {"color": theme.muted, "width": 1.5, "dash": "dot"})
    return fit(figure)


def return_message(text: Format) -> str:
    """How far the studies lie apart, in a few words."""
    ratios = [study.ratio for study in RELATIVE_RETURNS]
    low, high = (text.rounded(end, RATIO) for end in (min(ratios), max(ratios)))
    return f"Studies put social at {low} to {high} times other media"


def return_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    text = material.scenario.format
    rows = told(return_rows(material.projection), RATIO, text)
    return f"{return_message(text)}; they contradict each other. {rows}."


def return_rows(projection: Projection) -> tuple[Mark, ...]:
    """Every row of the scale of relative returns: the studies, and what the plan assumes."""
    studies = (
        Mark(study.name, SOURCES[study.source].grade, study.ratio, note=study.measures) for study in RELATIVE_RETURNS
    )
    return (*studies, _assumed(projection))


def _assumed(projection: Projection) -> Mark:
    scenario, name = projection.scenario, "social_relative_return"
    if scenario.values["social_return_basis"] == "platform":
        # The weakest of what it is made of gives it its grade.
        grade = max(letter for of in RETURN_BELIEFS["platform"] for letter in ASSUMPTIONS[of].grade if letter != "U")
        note = projection.undefined.get("relative_return", "media and pay together, all other channels as one")
        value = projection.metrics["relative_return"]
        return Mark("This plan, from the platforms' figures", grade, value, note=note, own=True)
    low, high = believed(scenario, name)
    note = "a unit of budget, media and pay together; all other channels as one"
    return Mark("This plan assumes", ASSUMPTIONS[name].grade_text, scenario.number(name), low, high, note, own=True)


def _table(material: Material) -> ChartTable:
    headings = {
        "Evidence": None, "Grade": None, "Social, other media = 1": RATIO, "Low": RATIO, "High": RATIO,
        "What it measures": None,
    }  # fmt: skip
    rows = return_rows(material.projection)
    return published_table(
        headings, ((row.name, row.letters, row.value, row.low, row.high, row.note) for row in rows)
    )


CHART = Chart(
    "relative_returns", "Return of social beside other media", EVIDENCE, cited("profit-ability-2", "nielsen-2022"),
    relative_returns, return_alt, _table,
)  # fmt: skip
