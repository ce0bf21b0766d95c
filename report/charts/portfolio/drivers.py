"""What the group's worth hangs on: each belief moved in all units at once, and who drives the variance."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.assumptions import ASSUMPTIONS
from model.units import MONEY, RATIO, SHARE
from report.charts.drawing.chart import DRAWS, PORTFOLIO, Chart
from report.charts.drawing.figure import escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import (
    BAR,
    Calm,
    inset,
    note,
    row_labels,
    row_rules,
    rows_axis,
    small_width,
)
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.charts.portfolio.headed import MOST_ROWS, headed, largest, name_in_chart, others_label, others_scale
from report.tables.portfolio.grouped import Grouped, units_in_words, who_drives
from report.tables.portfolio.rows import belief_rows, unit_rows

_CALM = Calm("Nothing of the group is uncertain", "No belief of a unit has a range that moves its worth.")


def _calm(of: Grouped, unit: str, theme: Theme, today: date | None) -> Figure:
    figure = headed(of, theme, _CALM.title, unit, today)
    figure.add_scatter(x=[None], y=[None], hoverinfo="skip")
    note(figure, _CALM.text, theme)
    return fit(figure)


def group_tornado(of: Grouped, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A bar a belief: the group's net present value with it at its ends, about that at the likely values."""
    unit, bars, middle, text = (
        f"Net present value, {of.currency}",
        of.group.bars[:MOST_ROWS],
        of.group.value,
        of.text,
    )
    if not bars:
        return _calm(of, unit, theme, today)
    figure = headed(of, theme, tornado_message(of), unit, today)
    for name, ends, color in (
        ("low end", [bar.npv_low for bar in bars], theme.hold),
        ("high end", [bar.npv_high for bar in bars], theme.plan),
    ):
        figure.add_bar(
            name=name, orientation="h", y=list(range(len(bars))), base=[middle] * len(bars), width=BAR,
            x=[end - middle for end in ends], marker={"color": color}, hoverinfo="text",
            hovertext=[f"{escaped(ASSUMPTIONS[bar.name].short_label)}<br>at its {name}: {text.rounded(end, MONEY)}"
                       for bar, end in zip(bars, ends, strict=True)],
        )  # fmt: skip
    row_labels(figure, [escaped(ASSUMPTIONS[bar.name].short_label) for bar in bars], theme)
    sides = [sorted((bar.npv_low, bar.npv_high)) for bar in bars]
    texts = [[text.signed(end, RATIO) for end in side] for side in sides]
    for row, (side, told) in enumerate(zip(sides, texts, strict=True)):
        for end, words, anchor, shift in zip(side, told, ("right", "left"), (-5, 5), strict=True):
            figure.add_annotation(
                name="end", text=words, font={"size": SMALL, "color": theme.text}, x=end, xanchor=anchor,
                xshift=shift, y=row, yanchor="middle",
            )  # fmt: skip
    ends = [end for side in sides for end in (*side, middle)]
    wide = small_width([words for told in texts for words in told]) + 4
    figure.update_layout(
        barmode="overlay",
        xaxis={"range": inset(min(ends), max(ends), wide, wide), "visible": False},
        yaxis=rows_axis(len(bars)),
    )  # fmt: skip
    row_rules(figure, [middle], len(bars), {"color": theme.text, "width": 1}, layer="above")
    likely = text.signed(middle, RATIO)
    note(
        figure,
        f'<span style="color:{theme.hold}">■</span> low end   <span style="color:{theme.plan}">■</span> high end   '
        f"| at the likely values: {likely}",
        theme,
    )
    return fit(figure)


def tornado_message(of: Grouped) -> str:
    """Which belief moves the group most, in a few words."""
    bar = of.group.bars[0]
    return f"One belief moves the group by up to {of.text.rounded(bar.swing, RATIO)}"


def tornado_alt(of: Grouped) -> str:
    """The chart in words, for those who do not see it."""
    if not of.group.bars:
        return _CALM.alt
    rows = (
        f"{ASSUMPTIONS[bar.name].short_label} from {of.text.signed(bar.npv_low, RATIO)} to "
        f"{of.text.signed(bar.npv_high, RATIO)}"
        for bar in of.group.bars[:MOST_ROWS]
    )
    return f"{tornado_message(of)}. Net present value of the group, {of.currency}, by belief: {'; '.join(rows)}."


def variance(of: Grouped, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A bar a unit: its covariance with the group over the group's variance; all add up to 100 %."""
    rows, text = variance_rows(of), of.text
    unit = "Share of the variance of the group's net present value"
    if not rows:
        return _calm(of, unit, theme, today)
    figure = headed(of, theme, who_drives(of), unit, today)
    texts = [text.rounded(row.part, SHARE) for row in rows]
    lengths = [row.part * row.scale for row in rows]
    figure.add_bar(
        name="variance", orientation="h", y=list(range(len(rows))), x=lengths, width=BAR,
        marker={"color": [theme.plan if row.part > 0 else theme.loss for row in rows]}, hoverinfo="text",
        hovertext=[f"{name_in_chart(row.name)}<br>{words}" for row, words in zip(rows, texts, strict=True)],
    )  # fmt: skip
    row_labels(figure, [name_in_chart(others_label(row.name, row.scale)) for row in rows], theme)
    for place, (length, words) in enumerate(zip(lengths, texts, strict=True)):
        figure.add_annotation(
            name="share", text=f"<b>{words}</b>", font={"size": BODY - 1}, x=max(length, 0.0), xanchor="left",
            xshift=5, y=place, yanchor="middle",
        )  # fmt: skip
    ends = [0.0, *lengths]
    figure.update_layout(
        xaxis={"range": inset(min(ends), max(ends), 1, small_width(texts) + 8), "visible": False},
        yaxis=rows_axis(len(rows)),
    )  # fmt: skip
    row_rules(figure, [0.0], len(rows), {"color": theme.muted, "width": 1})
    return fit(figure)


class Driver(NamedTuple):
    """A row: what it is called, its part of the variance, and what its bar is shortened by."""

    name: str
    part: float
    scale: float = 1.0


def variance_rows(of: Grouped) -> list[Driver]:
    """What is drawn: the units with the largest shares, and the others as one."""
    shown, others = largest(list(of.group.variance_shares.items()), lambda item: abs(item[1]))
    rows = [Driver(*item) for item in sorted(shown, key=lambda item: -item[1])]
    if others:
        together = float(sum(part for _, part in others))
        scale = others_scale([row.part for row in rows], together)
        rows.append(Driver(f"{units_in_words(len(others))} more", together, scale))
    return rows


def variance_alt(of: Grouped) -> str:
    """The chart in words, for those who do not see it."""
    rows = variance_rows(of)
    if not rows:
        return _CALM.alt
    told = "; ".join(f"{row.name} {of.text.rounded(row.part, SHARE)}" for row in rows)
    return f"{who_drives(of)}. Shares of the variance, which add up to 100 %: {told}."


TORNADO = Chart(
    "portfolio_tornado", "What moves the group most", PORTFOLIO, DRAWS, group_tornado, tornado_alt, belief_rows
)
VARIANCE = Chart(
    "portfolio_variance", "Who drives the variance", PORTFOLIO, DRAWS, variance, variance_alt, unit_rows
)
