"""The group's social budget before and after: today's as it is, solid, the allocated as planned, in outline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from model.units import MONEY, RATIO
from report.charts.drawing.chart import DRAWS, PORTFOLIO, Chart
from report.charts.drawing.figure import fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import BAR, inset, row_labels, rows_axis, small_width
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.charts.portfolio.headed import headed, largest, name_in_chart, others_label, others_scale
from report.tables.portfolio.grouped import Grouped, units_in_words, what_moving_adds
from report.tables.portfolio.rows import allocation_rows

_KEY_ROWS = 0.35
_MOST_TOLD = 12


class Moved(NamedTuple):
    """A row: what it is called, its budget today and allocated, and what its bars are shortened by."""

    name: str
    today: float
    allocated: float
    scale: float = 1.0

    @property
    def label(self) -> str:
        """The name, and where the bars are not to scale that."""
        return others_label(self.name, self.scale)

    @property
    def most(self) -> float:
        """The larger of its budgets."""
        return max(self.today, self.allocated)


def before_after(of: Grouped, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Two bars a unit: its social budget over the plan today, and as allocated; the largest first."""
    rows = moved_rows(of)
    figure = headed(of, theme, moved_message(of), f"Social budget over the plan, {of.currency}", today)
    for name, shift, marker in (
        ("today", -BAR / 4, {"color": theme.total, "line": {"color": theme.total, "width": 1.5}}),
        ("allocated", BAR / 4, {"color": theme.background, "line": {"color": theme.plan, "width": 1.5}}),
    ):
        figure.add_bar(
            name=name, orientation="h", y=[place + shift for place in range(len(rows))], width=BAR / 2 - 0.02,
            x=[getattr(row, name) * row.scale for row in rows], marker=marker, hoverinfo="text",
            hovertext=[f"{name_in_chart(row.name)}<br>{name} {of.text.rounded(getattr(row, name), MONEY)}"
                       for row in rows],
        )  # fmt: skip
    row_labels(figure, [name_in_chart(row.label) for row in rows], theme)
    texts = [
        f"{of.text.rounded(row.allocated, RATIO)} ({of.text.signed(row.allocated - row.today, RATIO)})"
        for row in rows
    ]
    longest = [row.most * row.scale for row in rows]
    for place, words in enumerate(texts):
        figure.add_annotation(
            name="amount", text=words, font={"size": SMALL, "color": theme.text}, x=longest[place],
            xanchor="left", xshift=6, y=place, yanchor="middle",
        )  # fmt: skip
    lowest, highest = rows_axis(len(rows))["range"]
    most = max(longest, default=0.0)
    figure.update_layout(
        bargap=0, barmode="overlay",
        xaxis={"range": inset(0.0, most, 1, small_width(texts) + 12), "visible": False},
        yaxis={"range": [lowest, highest - _KEY_ROWS], "visible": False},
    )  # fmt: skip
    figure.add_annotation(
        name="key", font={"size": BODY - 1, "color": theme.muted}, xref="paper", x=0, xanchor="left",
        text=f'<span style="color:{theme.total}">■</span> today   '
        f'<span style="color:{theme.plan}">□</span> allocated (change)',
        yref="y domain", y=1, yanchor="top",
    )  # fmt: skip
    return fit(figure)


def moved_rows(of: Grouped) -> list[Moved]:
    """The rows that are drawn: the units with the most money, and the others as one."""
    parts = of.allocation.parts if of.allocation else ()
    shown, others = largest(parts, lambda one: max(one.budget_today, one.budget))
    rows = [Moved(one.name, one.budget_today, one.budget) for one in shown]
    if others:
        sums = (_sum(one.budget_today for one in others), _sum(one.budget for one in others))
        scale = others_scale([row.most for row in rows], max(sums))
        rows.append(Moved(f"{units_in_words(len(others))} more", *sums, scale))
    return rows


def _sum(values: Iterable[float]) -> float:
    return float(sum(values))


def moved_message(of: Grouped) -> str:
    """What moving the budget adds, in a few words."""
    told = what_moving_adds(of)
    return told[:1].upper() + told[1:]


def moved_alt(of: Grouped) -> str:
    """The chart in words, for those who do not see it."""
    rows = [
        f"{row.name} from {of.text.rounded(row.today, RATIO)} to {of.text.rounded(row.allocated, RATIO)}"
        for row in moved_rows(of)
    ]
    return f"{moved_message(of)}. Social budget over the plan, {of.currency}: {'; '.join(rows[:_MOST_TOLD])}."


CHART = Chart(
    "portfolio_before_after", "The budget before and after", PORTFOLIO, DRAWS, before_after, moved_alt,
    allocation_rows,
)  # fmt: skip
