"""One test by its size: what it is worth, and what is left of that after its costs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from model.pilot.pilots import Pilot, Pilots
from model.pilot.words import size_of
from model.projection import Projection
from model.telling.tables import WITHIN
from model.units import COUNT, MONEY, RATIO, SHARE
from report.charts.drawing.chart import DRAWS, PILOT, Chart
from report.charts.drawing.figure import EndLabel, end_labels, escaped, fit, forecast_line, row_heading, value_axis
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import Calm, framed, shade, statement
from report.charts.drawing.theme import LIGHT, Theme
from report.tables.chart_table import ChartTable, Column
from report.words.headings import length

_BAND = 0.25


class Laddered(NamedTuple):
    """One test of those of a plan, by its name, and the plan's projection."""

    found: Pilots
    name: str
    projection: Projection

    @property
    def pilot(self) -> Pilot:
        """The test."""
        return next(pilot for pilot in self.found.pilots if pilot.design.name == self.name)


def worth_by_size(of: Laddered, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Worth with its sampling error and net worth by size, below what the whole question is worth."""
    pilot, text = of.pilot, of.found.scenario.format
    heading = f"Worth by number of {pilot.design.counts[1]}, {of.found.scenario.currency}"
    if pilot.best is None:
        said = Calm(
            "This test cannot be run here", f"{pilot.design.impossible[:1].upper()}{pilot.design.impossible[1:]}."
        )
        return statement(said, of.projection, heading, theme, today)
    figure = framed(of.projection, theme, escaped(ladder_message(pilot)), heading, today)
    sizes, last = [rung.size for rung in pilot.rungs], pilot.rungs[-1]
    worths, nets = [rung.worth for rung in pilot.rungs], [rung.net for rung in pilot.rungs]
    upper = [rung.worth + rung.error for rung in pilot.rungs]
    lower = [rung.worth - rung.error for rung in pilot.rungs]
    figure.add_scatter(
        name="error", x=[*sizes, *reversed(sizes)], y=[*upper, *reversed(lower)], mode="lines", line={"width": 0},
        fill="toself", fillcolor=shade(theme.hold, theme.background, _BAND), hoverinfo="skip",
    )  # fmt: skip
    for name, values, line in (
        ("worth", worths, {"color": theme.hold, "width": 2.5}),
        ("net", nets, {"color": theme.plan, "width": 2.5}),
    ):
        figure.add_scatter(
            name=name, x=sizes, y=values, mode="lines+markers", line=line, marker={"size": 5}, hoverinfo="text",
            hovertext=[f"{size_of(pilot, rung)}<br>{name} {text.rounded(value, MONEY, rung.error)}"
                       for rung, value in zip(pilot.rungs, values, strict=True)],
        )  # fmt: skip
    figure.add_scatter(
        name="whole question", x=[sizes[0], sizes[-1]], y=[pilot.known] * 2, mode="lines", hoverinfo="skip",
        line=forecast_line(theme.total, 1.5),
    )  # fmt: skip
    figure.add_scatter(
        name="best", x=[pilot.best.size], y=[pilot.best.net], mode="markers", hoverinfo="skip", cliponaxis=False,
        marker={"symbol": "star", "size": 14, "color": theme.background, "line": {"color": theme.plan, "width": 2}},
    )  # fmt: skip
    axis = value_axis(MONEY, text, [0.0, pilot.known, *upper, *lower, *nets], above=0.16, below=0.04)
    shown = list(dict.fromkeys((sizes[0], sizes[len(sizes) // 2], sizes[-1])))
    figure.update_layout(
        xaxis={"range": [sizes[0] - 0.02 * sizes[-1], sizes[-1] * 1.02 + 0.01], "tickvals": shown,
               "ticktext": [text.exact(size, COUNT) for size in shown]},
        yaxis=axis | {"zeroline": True},
    )  # fmt: skip
    row_heading(figure, f"<b>{escaped(pilot.design.label)}</b>", "y", theme)
    end_labels(figure, "y", [
        EndLabel(pilot.known, "knowing for sure", theme.text, text.rounded(pilot.known, RATIO, pilot.known_error)),
        EndLabel(worths[-1], "worth, ± its error", theme.muted, text.rounded(worths[-1], RATIO, last.error)),
        EndLabel(nets[-1], "net", theme.plan, text.signed(nets[-1], RATIO, last.error)),
    ])  # fmt: skip
    return fit(figure)


def ladder_message(pilot: Pilot) -> str:
    """The best size of a test, in a few words."""
    assert pilot.best
    net = pilot.setting.scenario.format.signed(pilot.best.net, MONEY, pilot.best.error)
    return f"Best with {size_of(pilot, pilot.best)} for {length(pilot)}: {net} net"


def ladder_alt(of: Laddered) -> str:
    """The chart in words, for those who do not see it."""
    pilot, text = of.pilot, of.found.scenario.format
    if pilot.best is None:
        return f"{pilot.design.label} cannot be run: {pilot.design.impossible}."
    first, last = pilot.rungs[0], pilot.rungs[-1]
    return (
        f"{pilot.design.label}. {ladder_message(pilot)}. Its worth goes from "
        f"{text.rounded(first.worth, MONEY, first.error)} with {size_of(pilot, first)} to "
        f"{text.rounded(last.worth, MONEY, last.error)} with {size_of(pilot, last)}, its net worth from "
        f"{text.rounded(first.net, MONEY, first.error)} to {text.rounded(last.net, MONEY, last.error)}; knowing for "
        f"sure is worth {text.rounded(pilot.known, MONEY, pilot.known_error)}."
    )


def ladder_table(of: Laddered) -> ChartTable:
    """One row a size; money at full precision."""
    import pandas as pd

    columns = {
        "size": Column(f"Size ({of.pilot.design.counts[1]})", COUNT),
        "standard_error": Column("Standard error", SHARE),
        "worth": Column("Worth (EVSI)", MONEY),
        "worth_error": Column("±", MONEY),
        "delay": Column("Cost of waiting", MONEY),
        "cost": Column("Cost of running", MONEY),
        "net": Column("Net", MONEY),
        "odds_changed": Column("Changes the decision", SHARE),
    }
    rows = [
        (rung.size, rung.standard_error, rung.worth, rung.error, rung.delay, rung.cost, rung.net, rung.odds_changed)
        for rung in of.pilot.rungs
    ]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns, WITHIN)


LADDER = Chart("worth_by_size", "A test by its size", PILOT, DRAWS, worth_by_size, ladder_alt, ladder_table)
