"""The chart of how sales answer to advertising: elasticities as surveyed, and what the plan implies."""

from __future__ import annotations

from datetime import date

from model.evidence.advertising import ELASTICITIES, ELASTICITY, return_per_unit
from model.evidence.sources import SOURCES
from model.projection import Projection
from model.scenario import Scenario
from model.telling.implied import average_return, elasticity
from model.units import RATIO
from report.charts.drawing.chart import EVIDENCE, Chart
from report.charts.drawing.figure import blank, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT, Theme
from report.charts.evidence.published import cited, published_table
from report.charts.evidence.scale import Mark, draw_scale, told
from report.material import Material
from report.tables.chart_table import ChartTable


def elasticities(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """By how much sales rise with advertising, and the return per unit that follows at the plan's budget."""
    projection = material.projection
    figure = blank(projection, theme, elasticity_message(projection), "% more sales for 1 % more advertising", today)
    draw_scale(figure, [row for row, _ in _rows(projection)], ELASTICITY, projection.scenario.format, theme)
    return fit(figure)


def elasticity_message(projection: Projection) -> str:
    """What the plan implies beside the range of what was surveyed of all advertising, in a few words."""
    text = projection.scenario.format
    implied = text.rounded(elasticity(projection), ELASTICITY)
    low, high = (
        text.rounded(end(item.value for item in ELASTICITIES if item.of_all), ELASTICITY) for end in (min, max)
    )
    return f"Implied elasticity {implied}; surveys say {low} to {high}"


def elasticity_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    projection = material.projection
    rows = told([row for row, _ in _rows(projection)], ELASTICITY, projection.scenario.format)
    return (
        f"{elasticity_message(projection)}. Elasticity of sales to advertising, and what a unit of a marketing "
        f"budget like this plan's then returns: {rows}."
    )


def _rows(projection: Projection) -> tuple[tuple[Mark, float], ...]:
    """Every row of the scale of elasticities, each with the return per unit that goes with it."""
    scenario = projection.scenario
    surveyed = tuple(
        (item.name, SOURCES[item.source].grade, item.value, item.measures, _returned(scenario, item.value))
        for item in ELASTICITIES
    )
    implied = ("This plan implies", "D", elasticity(projection), "sales over the years, of the whole budget today",
               average_return(projection))  # fmt: skip
    return tuple(
        (Mark(name, grade, value, note=measures, own=name == implied[0],
              also=f"returns {scenario.format.rounded(returned, RATIO)} a unit"), returned)
        for name, grade, value, measures, returned in (*surveyed, implied)
    )  # fmt: skip


def _returned(scenario: Scenario, surveyed: float) -> float:
    """Revenue per unit of a marketing budget like the scenario's that an elasticity comes to."""
    share, exponent = (scenario.number(name) for name in ("marketing_share_of_revenue", "other_returns_exponent"))
    return return_per_unit(surveyed, share, exponent)


def _table(material: Material) -> ChartTable:
    headings = {
        "Evidence": None, "Grade": None, "Elasticity": ELASTICITY, "Return per unit at this plan's budget": RATIO,
        "What it measures": None,
    }  # fmt: skip
    rows = _rows(material.projection)
    return published_table(
        headings, ((row.name, row.letters, row.value, per_unit, row.note) for row, per_unit in rows)
    )


CHART = Chart(
    "elasticities", "How sales answer to advertising", EVIDENCE, cited("ad-elasticity"), elasticities,
    elasticity_alt, _table,
)  # fmt: skip
