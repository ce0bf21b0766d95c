"""The charts of a scenario, in the order in which screens and files show them; a new one is a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.reading.faults import nearest
from model.uncertainty.sampling import MIN_DRAWS
from report.charts import budget, budget_make_up, decisions, phasing, returns, revenue, risk, truths
from report.charts.drawing.chart import Chart, Group
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT
from report.charts.evidence import elasticities, relative_returns, response_curve, series, studies, survey
from report.material import Material

CHARTS: Mapping[str, Chart[Material]] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            budget.CHART,
            returns.CASH,
            returns.VALUE,
            revenue.CHART,
            budget_make_up.CHART,
            phasing.CHART,
            risk.FAN,
            risk.DISTRIBUTION,
            truths.TORNADO,
            truths.MUST_BE_TRUE,
            decisions.WORTH,
            survey.CHART,
            relative_returns.CHART,
            response_curve.CHART,
            studies.CHART,
            elasticities.CHART,
            series.TRAINING_CHART,
            series.BUDGET_CHART,
        )
    }
)


def charts_of(group: Group) -> tuple[Chart[Material], ...]:
    """The charts that stand together."""
    return tuple(chart for chart in CHARTS.values() if chart.group == group)


def drawable(*, simulated: bool) -> tuple[Chart[Material], ...]:
    """The charts that can be drawn of a scenario: those of the odds only where it was simulated."""
    return tuple(chart for chart in CHARTS.values() if simulated or not chart.group.simulated)


def chart_named(name: str) -> Chart[Material]:
    """The chart of a name. Raises ValueError that tells the nearest name."""
    if name not in CHARTS:
        mend = nearest(name.replace("-", "_"), CHARTS)
        raise ValueError(f"'{name}' is no chart{mend}\nCharts are {', '.join(CHARTS)}.")
    return CHARTS[name]


def light_figure(chart: Chart[Material], material: Material) -> Figure:
    """A chart as files show it, only to be read: in light colours, and drawn but once for all files.

    Raises ValueError where it needs a simulation and has none.
    """
    if chart.group.simulated and material.simulation is None:
        raise ValueError(f"the chart '{chart.name}' needs a simulation; ask for {MIN_DRAWS} draws or more")
    if chart.name not in material.figures:
        material.figures[chart.name] = chart.figure(material, LIGHT, material.today)
    return material.figures[chart.name]
