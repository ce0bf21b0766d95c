"""The charts by name: each with its title, the lines behind it, its source and its text alternative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import plotly.graph_objects as go  # type: ignore[import-untyped]

from model.evidence.sources import SOURCES
from model.metrics import BRIDGE
from model.projection import Projection
from report.charts.budget import share_alt, share_and_spend
from report.charts.returns import bridge_alt, cash_alt, cumulative_cash, value_bridge
from report.charts.revenue import revenue_alt, revenue_per_employee

_SURVEY = SOURCES["cmo-survey"]
_FROM_MODEL = "The model"


@dataclass(frozen=True)
class Chart:
    """A chart: `function(projection, theme, today)` draws it and `alt(projection)` tells it in words.

    `lines` are the line items of the table behind it, `explains` the line or metric whose explanation belongs to
    it, `source` says where its numbers come from.
    """

    name: str
    title: str
    function: Callable[..., go.Figure]
    alt: Callable[[Projection], str]
    lines: tuple[str, ...]
    explains: str
    source: str = _FROM_MODEL


CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        chart.name: chart
        for chart in (
            Chart(
                "share_and_spend",
                "Social share and spend",
                share_and_spend,
                share_alt,
                ("social_share", "hold_social_spend", "extra_social_spend", "social_spend"),
                explains="social_share",
                source=f"CMO Survey {_SURVEY.when} (grade {_SURVEY.grade}); the model",
            ),
            Chart(
                "cumulative_cash",
                "Cumulative cash and payback",
                cumulative_cash,
                cash_alt,
                ("benefits", "costs", "net_cash", "cumulative_cash", "present_value", "cumulative_present_value"),
                explains="cumulative_cash",
            ),
            Chart(
                "value_bridge",
                "From benefits and costs to net present value",
                value_bridge,
                bridge_alt,
                (*BRIDGE, "benefits", "costs", "discount_factor", "present_value"),
                explains="npv",
            ),
            Chart(
                "revenue_per_employee",
                "Revenue per employee",
                revenue_per_employee,
                revenue_alt,
                ("hold_revenue_per_employee", "plan_revenue_per_employee", "revenue_gain"),
                explains="plan_revenue_per_employee",
            ),
        )
    }
)
