"""The chart of what own data tell: each belief before them and after them, on an axis of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from model.assumptions import ASSUMPTIONS
from model.history.fit import PERCENTILES
from model.history.ranges import BeliefUpdate
from report.charts.drawing.chart import OWN_DATA, Chart
from report.charts.drawing.figure import escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import framed, inset, row_labels, rows_axis, small_width
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.charts.own_data.fitted import Fitted
from report.tables.chart_table import ChartTable, Column
from report.tables.own_data_tables import tellers
from report.words.values import amount

# Where the two bars of a row lie below its middle, and how wide the thick and the thin part of each are, in pixels.
_ABOVE, _BELOW, _THICK, _THIN = -0.02, 0.25, 8, 2
_KEY_ROWS = 0.3
BEFORE, AFTER = "before", "after"


def beliefs(fitted: Fitted, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """A row a belief: the middle 50 and 90 % of it before own data, and below that after them."""
    found = fitted.own.findings
    figure = framed(fitted.projection, theme, told_message(fitted), "Middle half (thick) and middle 90 %", today)
    for row, item in enumerate(found):
        after = theme.plan if item.told else theme.hold
        _bar(figure, fitted, item, item.prior, row + _ABOVE, BEFORE, theme.hold, theme)
        _bar(figure, fitted, item, item.posterior, row + _BELOW, AFTER, after, theme)
    row_labels(figure, [_label(fitted, item, theme) for item in found], theme)
    wide = _write(figure, fitted, theme)
    lowest, highest = rows_axis(len(found))["range"]
    figure.update_layout(
        xaxis={"range": inset(0, 1, 14, wide + 14), "visible": False},
        yaxis={"range": [lowest, highest - _KEY_ROWS], "visible": False},
    )
    _key(figure, theme)
    return fit(figure)


def told_message(fitted: Fitted) -> str:
    """How many beliefs own data tell, in a few words."""
    found = fitted.own.findings
    told = sum(item.told for item in found)
    return f"The {tellers(fitted.own)} {told or 'none'} of {len(found)} beliefs"


def told_alt(fitted: Fitted) -> str:
    """The chart in words, for those who do not see it."""
    rows = (
        f"{ASSUMPTIONS[item.name].short_label}: {_span(fitted, item, item.prior)} before, "
        f"{_span(fitted, item, item.posterior)} after, {'told' if item.told else 'not told'}"
        for item in fitted.own.findings
    )
    return f"{told_message(fitted)}. Middle 90 % of each: {'; '.join(rows)}."


def _span(fitted: Fitted, item: BeliefUpdate, found: Mapping[int, float]) -> str:
    low = fitted.text.rounded(found[5], ASSUMPTIONS[item.name].unit)
    return f"{low} to {amount(fitted.text, item.name, found[95])}"


def _label(fitted: Fitted, item: BeliefUpdate, theme: Theme) -> str:
    told = "told by experiment" if item.name in fitted.own.tested else "told"
    told = told if item.told else "not told: its range stays"
    return escaped(ASSUMPTIONS[item.name].short_label) + f' <span style="color:{theme.muted}">· {told}</span>'


def _place(item: BeliefUpdate, value: float) -> float:
    """Where a value stands between the ends of both bars, 0 … 1."""
    low = min(item.prior[5], item.posterior[5])
    return (value - low) / (max(item.prior[95], item.posterior[95]) - low)


def _bar(
    figure: Figure, fitted: Fitted, item: BeliefUpdate, found: Mapping[int, float], row: float, name: str,
    color: str, theme: Theme,
) -> None:  # fmt: skip
    """The middle 90 % as a thin line, the middle half as a thick one, the median as a gap in it."""
    hover = (
        f"{escaped(ASSUMPTIONS[item.name].short_label)}<br>{name}: median "
        f"{amount(fitted.text, item.name, found[50])}<br>middle 90 %: {_span(fitted, item, found)}"
    )
    for ends, wide in (((5, 95), _THIN), ((25, 75), _THICK)):
        places = [_place(item, found[level]) for level in ends]
        figure.add_scatter(
            name=name, mode="lines", x=places, y=[row, row], line={"color": color, "width": wide}, hoverinfo="text",
            hovertext=hover,
        )  # fmt: skip
    figure.add_scatter(
        name=f"{name} median", mode="markers", x=[_place(item, found[50])], y=[row], hoverinfo="text",
        hovertext=hover,
        marker={"symbol": "line-ns", "size": _THICK + 2, "line": {"color": theme.text, "width": 2}},
    )  # fmt: skip


def _write(figure: Figure, fitted: Fitted, theme: Theme) -> float:
    """The middle 90 % of each bar at the right; returns the pixels that takes."""
    texts = []
    for row, item in enumerate(fitted.own.findings):
        for found, shift, color in (
            (item.prior, _ABOVE, theme.muted),
            (item.posterior, _BELOW, theme.text),
        ):
            told = _span(fitted, item, found)
            texts.append(told)
            figure.add_annotation(
                name="span", text=f"<b>{told}</b>" if found is item.posterior and item.told else told,
                font={"size": SMALL, "color": color}, xref="paper", x=1, xanchor="right", y=row + shift,
                yanchor="middle",
            )  # fmt: skip
    return 1.1 * small_width(texts)


def _key(figure: Figure, theme: Theme) -> None:
    """What the two bars are, along the top."""
    words = (
        f'<span style="color:{theme.hold}">■</span> before, above   <span style="color:{theme.plan}">■</span> '
        "after, below   | median"
    )
    figure.add_annotation(
        name="key", text=words, font={"size": BODY - 1, "color": theme.muted}, xref="paper", x=0, xanchor="left",
        yref="y domain", y=1, yanchor="top",
    )  # fmt: skip


def _table(fitted: Fitted) -> ChartTable:
    """Two rows a belief: its percentiles before and after."""
    import pandas as pd

    rows = [
        (item.name, when, *(found[level] for level in PERCENTILES), "yes" if item.told else "no")
        for item in fitted.own.findings
        for when, found in ((BEFORE, item.prior), (AFTER, item.posterior))
    ]
    levels = [f"p{level}" for level in PERCENTILES]
    columns = {
        "belief": Column("Belief", names=ASSUMPTIONS),
        "when": Column("When", words=True),
        **{f"p{level}": Column(f"{level} % below") for level in PERCENTILES},
        "told": Column("Told", words=True),
    }
    return ChartTable(pd.DataFrame(rows, columns=["belief", "when", *levels, "told"]), columns)


CHART = Chart(
    "own_data_beliefs", "What own data tell", OWN_DATA, "The own data; the ranges are what stood before", beliefs,
    told_alt, _table,
)  # fmt: skip
