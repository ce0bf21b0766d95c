"""The group's cash over time: the median, and the bands in which half, 80 % and 90 % of the cases lie."""

from __future__ import annotations

from datetime import date

from model.uncertainty.simulation import PERCENTILES
from model.units import MONEY, RATIO
from report.charts.drawing.chart import DRAWS, PORTFOLIO, Chart
from report.charts.drawing.figure import EndLabel, end_labels, fit, month_axis, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import fan_bands, fan_key
from report.charts.drawing.theme import LIGHT, Theme
from report.charts.portfolio.headed import headed
from report.tables.portfolio.grouped import Grouped
from report.tables.portfolio.rows import cash_rows
from report.words.odds import below

_NAMED = (5, 25, 50, 75, 95)


def group_cash(of: Grouped, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Cumulative net cash of the group against holding, over the draws."""
    cash, text = _cash(of), of.text
    months = len(cash[50]) - 1
    figure = headed(of, theme, group_cash_message(of), f"Cumulative net cash against holding, {of.currency}", today)
    fan_bands(figure, cash, theme)
    figure.add_scatter(
        name="median", x=list(range(months + 1)), y=cash[50], mode="lines", hoverinfo="text",
        line={"color": theme.total, "width": 2.5},
        hovertext=["<br>".join([f"month {month}", *(f"P{percent} {text.signed(cash[percent][month], MONEY)}"
                                                     for percent in reversed(PERCENTILES))])
                   for month in range(months + 1)],
    )  # fmt: skip
    shown = [value for percent in (5, 95) for value in cash[percent]]
    figure.update_layout(
        xaxis=month_axis(months), yaxis=value_axis(MONEY, text, (0.0, *shown), below=0.05, above=0.14)
    )
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=0, y1=0, line={"color": theme.muted, "width": 1})
    end_labels(figure, "y", [
        EndLabel(cash[percent][-1], "Median" if percent == 50 else below(percent),
                 theme.text if percent == 50 else theme.muted, text.signed(cash[percent][-1], RATIO))
        for percent in _NAMED
    ])  # fmt: skip
    fan_key(figure, f"{text.number(of.group.how.count, 0)} cases", theme)
    return fit(figure)


def group_cash_message(of: Grouped) -> str:
    """Where half of the cases end, in a few words."""
    cash = _cash(of)
    low, high = (of.text.signed(cash[percent][-1], RATIO) for percent in (25, 75))
    return f"Half of the cases end between {low} and {high}"


def group_cash_alt(of: Grouped) -> str:
    """The chart in words, for those who do not see it."""
    cash = _cash(of)
    low, middle, high = (of.text.signed(cash[percent][-1], MONEY) for percent in (5, 50, 95))
    return (
        f"{group_cash_message(of)} {of.currency} of cumulative net cash of the group against holding, in month "
        f"{len(cash[50]) - 1}. The median ends at {middle}; nine cases in ten lie between {low} and {high}."
    )


def _cash(of: Grouped) -> dict[int, list[float]]:
    """Each percentile from month 0, where it is nothing; the first row of the group's is the mean."""
    return {percent: [0.0, *row.tolist()] for percent, row in zip(PERCENTILES, of.group.fan[1:], strict=True)}


CHART = Chart(
    "portfolio_cash", "How far the group's cash can stray", PORTFOLIO, DRAWS, group_cash, group_cash_alt, cash_rows
)
