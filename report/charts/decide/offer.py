"""The counter-offer beside the ask, and below what each of finance's limits costs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.choice.counter.offer import Counteroffer, Price
from model.choice.counter.terms import TERMS, Deal
from model.choice.counter.words import counter_in_words, shown
from model.pilot.words import in_100
from model.projection import Projection
from model.units import RATIO
from report.charts.drawing.chart import COUNTER, DRAWS, Chart
from report.charts.drawing.figure import HATCHED, NEGATIVE_PATTERN, escaped, fit
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import (
    BAR,
    filled,
    framed,
    inset,
    note,
    row_labels,
    row_rules,
    rows_axis,
    small_width,
)
from report.charts.drawing.theme import BODY, LIGHT, Theme
from report.tables.decide.counter import ASK, bar_rows, offered
from report.words.headings import offer_message

_FEWEST = 4


class Offering(NamedTuple):
    """A counter-offer and the projection of the ask."""

    found: Counteroffer
    projection: Projection


class _Bar(NamedTuple):
    """A row: its name, what is muted beside it, length with sampling error, colour, what its end says."""

    name: str
    beside: str
    amount: float
    error: float
    color: str
    told: str


def ask_and_offer(of: Offering, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The mean worth of ask and offer with sampling errors, then by how much each limit lowers the offer's."""
    found, bars = of.found, _bars(of.found, theme)
    heading = f"Mean net present value, and what each limit takes from it, {found.scenario.currency}"
    figure = framed(of.projection, theme, offer_message(found), heading, today)
    amounts, rows = [bar.amount for bar in bars], list(range(len(bars)))
    figure.add_bar(
        name="worth", orientation="h", y=rows, x=amounts, width=BAR, hoverinfo="text",
        marker=_marked(bars, theme),
        error_x={"type": "data", "array": [bar.error or None for bar in bars], "color": theme.total,
                 "thickness": 1.5, "width": 4},
        hovertext=[f"{escaped(bar.name)}<br>{escaped(bar.told)}" for bar in bars],
    )  # fmt: skip
    row_labels(figure, [_label(bar, theme) for bar in bars], theme)
    ends = [max(bar.amount + bar.error, 0.0) for bar in bars]
    for row, (end, bar) in enumerate(zip(ends, bars, strict=True)):
        figure.add_annotation(
            name="worth", text=f"<b>{escaped(bar.told)}</b>", font={"size": BODY - 1}, x=end, xanchor="left",
            xshift=6, y=row,
        )  # fmt: skip
    low = min(bar.amount - bar.error for bar in bars)
    room = small_width([bar.told for bar in bars]) + 14
    figure.update_layout(
        xaxis={"range": inset(min(low, 0.0), max(ends), 4, room), "visible": False},
        yaxis=rows_axis(max(len(bars), _FEWEST)),
    )
    row_rules(figure, [0.0], len(bars), {"color": theme.muted, "width": 1}, layer="above")
    told = ["├─┤ sampling error", *([HATCHED] if min(amounts) < 0 else [])]
    note(figure, ";  ".join(told), theme)
    return fit(figure)


def _bars(found: Counteroffer, theme: Theme) -> list[_Bar]:
    """The rows from above: ask, offer, then a row for each limit."""
    plans = [
        _plan(found, ASK, found.asked, theme.hold),
        _plan(found, offered(found), found.offered, theme.plan),
    ]
    return [*plans, *(_limit(found, one, theme) for one in found.prices)]


def _plan(found: Counteroffer, name: str, deal: Deal, color: str) -> _Bar:
    worth = found.scenario.format.rounded(deal.mean, RATIO, deal.error)
    return _Bar(name, f"a gain in {in_100(deal.odds)} cases", deal.mean, deal.error, color, worth)


def _limit(found: Counteroffer, one: Price, theme: Theme) -> _Bar:
    """What a limit costs; one that costs nothing keeps its row."""
    text = found.scenario.format
    name = f"{TERMS[one.name].label} {shown(one.name, one.allowed, text)}"
    if not one.binding:
        return _Bar(name, "", 0.0, 0.0, theme.total, "costs nothing")
    wider = f"{text.rounded(one.worth, RATIO)} back at {shown(one.name, one.relaxed, text)}"
    return _Bar(name, wider, one.dropped, 0.0, theme.loss, f"costs {text.rounded(one.dropped, RATIO)}")


def _label(bar: _Bar, theme: Theme) -> str:
    beside = f' <span style="color:{theme.muted}">· {escaped(bar.beside)}</span>' if bar.beside else ""
    return f"{escaped(bar.name)}{beside}"


def _marked(bars: list[_Bar], theme: Theme) -> dict[str, object]:
    """Each bar in its colour, a loss hatched."""
    losses = [bar.amount < 0 for bar in bars]
    colors = [bar.color for bar in bars]
    marker = filled(theme.plan, [NEGATIVE_PATTERN if lost else "" for lost in losses], theme)
    grounds = [theme.background if lost else color for lost, color in zip(losses, colors, strict=True)]
    pattern = marker["pattern"] | {"fgcolor": colors, "bgcolor": grounds}
    return marker | {"color": colors, "line": {"color": colors, "width": 1}, "pattern": pattern}


def offer_alt(of: Offering) -> str:
    """The chart in words, for those who do not see it."""
    return " ".join(counter_in_words(of.found))


COUNTER_OFFER = Chart(
    "counter_offer", "The counter-offer beside the ask", COUNTER, DRAWS, ask_and_offer, offer_alt,
    lambda of: bar_rows(of.found),
)  # fmt: skip
