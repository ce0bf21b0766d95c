"""The charts of a scenario, in the order in which screens and files show them; a new one is a line here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TypeVar

from model.reading.faults import nearest
from model.uncertainty.sampling import MIN_DRAWS
from report.charts import budget, budget_make_up, decisions, phasing, returns, revenue, risk, truths
from report.charts.decide import ends, ladder, offer, pilots
from report.charts.drawing.chart import Chart, Group
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.theme import LIGHT
from report.charts.evidence import elasticities, relative_returns, response_curve, series, studies, survey
from report.material import Material
from report.tables.decide.told import SUBJECTS

Found = TypeVar("Found")


def _answer(found: Found | None) -> Found:
    """An answer that is there: no chart is drawn of a material that lacks what its group needs."""
    assert found
    return found


def _priced(material: Material) -> pilots.Priced:
    return pilots.Priced(_answer(material.answers.tests), material.projection)


def _foremost(material: Material) -> ladder.Laddered:
    """The test that is most worth running, or comes nearest to it."""
    found = _answer(material.answers.tests)
    return ladder.Laddered(found, found.pilots[0].design.name, material.projection)


def _ending(material: Material) -> ends.Ending:
    return ends.Ending(_answer(material.answers.stages), material.projection)


def _offering(material: Material) -> offer.Offering:
    return offer.Offering(_answer(material.answers.counter), material.projection)


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
            pilots.NET.of(_priced),
            ladder.LADDER.of(_foremost),
            offer.COUNTER_OFFER.of(_offering),
            ends.ENDS.of(_ending),
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


def drawable(holding: Collection[str]) -> tuple[Chart[Material], ...]:
    """The charts that can be drawn of a scenario of which these are held: the odds, answers by their subjects."""
    return tuple(chart for chart in CHARTS.values() if not chart.group.needs or chart.group.needs in holding)


def chart_named(name: str) -> Chart[Material]:
    """The chart of a name. Raises ValueError that tells the nearest name."""
    if name not in CHARTS:
        mend = nearest(name.replace("-", "_"), CHARTS)
        raise ValueError(f"'{name}' is no chart{mend}\nCharts are {', '.join(CHARTS)}.")
    return CHARTS[name]


def light_figure(chart: Chart[Material], material: Material) -> Figure:
    """A chart as files show it, only to be read: in light colours, and drawn but once for all files.

    Raises ValueError where it needs a simulation or an answer and has none.
    """
    needed = chart.group.needs
    if needed and material.simulation is None:
        raise ValueError(f"the chart '{chart.name}' needs a simulation; ask for {MIN_DRAWS} draws or more")
    if needed and needed not in material.holds:
        told = SUBJECTS[needed].asked
        raise ValueError(f"the chart '{chart.name}' shows {told}, which was not asked for: --{needed} asks for it")
    if chart.name not in material.figures:
        material.figures[chart.name] = chart.figure(material, LIGHT, material.today)
    return material.figures[chart.name]
