"""The charts of what advertising returns: social beside other media, and how sales answer to advertising."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.evidence.advertising import ELASTICITIES, ELASTICITY, RELATIVE_RETURNS, return_per_unit
from model.evidence.sources import SOURCES
from model.projection import Projection
from model.scenario import Scenario
from model.units import NO_BREAK, RATIO, Format, Unit
from report.charts.drawing.figure import blank, fit
from report.charts.drawing.theme import LIGHT, Theme
from report.charts.evidence.scale import Mark, draw_marks, mark_labels, scale_axes


def relative_returns(projection: Projection, theme: Theme = LIGHT, today: date | None = None) -> go.Figure:
    """What a unit of social spend returned beside a unit of other media; a line where both return the same."""
    text = projection.scenario.format
    unit = "Social, other media = 1 (dotted)"
    figure = _drawn(projection, return_rows(), RATIO, return_message(text), unit, theme, today)
    figure.add_vline(x=1, line={"color": theme.muted, "width": 1, "dash": "dot"})
    return fit(figure)


def return_message(text: Format) -> str:
    """How far the studies lie apart, in a few words."""
    ratios = [study.ratio for study in RELATIVE_RETURNS]
    low, high = (text.rounded(end, RATIO) for end in (min(ratios), max(ratios)))
    return f"Studies put social at {low} to {high} times other media"


def return_alt(projection: Projection) -> str:
    """The chart in words, for those who do not see it."""
    text = projection.scenario.format
    return f"{return_message(text)}; they contradict each other. {_told(return_rows(), RATIO, text)}."


def return_rows() -> tuple[Mark, ...]:
    """Every row of the scale of relative returns."""
    return tuple(
        Mark(study.name, SOURCES[study.source].grade, study.ratio, note=study.measures) for study in RELATIVE_RETURNS
    )


def elasticities(projection: Projection, theme: Theme = LIGHT, today: date | None = None) -> go.Figure:
    """By how much sales rise with advertising, and the return per unit that follows at the plan's budget."""
    text, rows = projection.scenario.format, elasticity_rows(projection.scenario)
    unit = "% more sales for 1 % more advertising"
    return fit(_drawn(projection, rows, ELASTICITY, elasticity_message(text), unit, theme, today))


def elasticity_message(text: Format) -> str:
    """The range of what was surveyed, in a few words."""
    surveyed = [item.value for item in ELASTICITIES]
    low, high = (text.rounded(end, ELASTICITY) for end in (min(surveyed), max(surveyed)))
    return f"1{NO_BREAK}% more advertising, {low} to {high}{NO_BREAK}% more sales"


def elasticity_alt(projection: Projection) -> str:
    """The chart in words, for those who do not see it."""
    text = projection.scenario.format
    told = _told(elasticity_rows(projection.scenario), ELASTICITY, text)
    return (
        f"{elasticity_message(text)}. Elasticity of sales to advertising, and what a unit of a marketing budget "
        f"like this plan's then returns: {told}."
    )


def elasticity_rows(scenario: Scenario) -> tuple[Mark, ...]:
    """Every row of the scale of elasticities."""
    return tuple(
        Mark(item.name, SOURCES[item.source].grade, item.value, note=item.measures,
             also=f"returns {scenario.format.rounded(implied_return(scenario, item.value), RATIO)} a unit")
        for item in ELASTICITIES
    )  # fmt: skip


def implied_return(scenario: Scenario, elasticity: float) -> float:
    """Revenue per unit of a marketing budget like the scenario's that an elasticity comes to."""
    share, exponent = (scenario.number(name) for name in ("marketing_share_of_revenue", "other_returns_exponent"))
    return return_per_unit(elasticity, share, exponent)


def _drawn(
    projection: Projection, rows: Sequence[Mark], unit: Unit, message: str, heading: str, theme: Theme,
    today: date | None,
) -> go.Figure:  # fmt: skip
    text = projection.scenario.format
    figure = blank(projection, theme, message, heading, today)
    draw_marks(figure, rows, unit, text, theme)
    scale_axes(figure, mark_labels(rows, unit, text), unit, text)
    return figure


def _told(rows: Sequence[Mark], unit: Unit, text: Format) -> str:
    return "; ".join(f"{row.name} (grade {row.letters}): {row.words(unit, text)}, {row.note}" for row in rows)
