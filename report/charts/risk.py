"""The charts of how far the plan can stray: cash over time, and its worth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from model.choice.findings import Findings
from model.formula import Array
from model.uncertainty.simulation import PERCENTILES, Estimate, Simulation
from model.units import MONEY, RATIO, SHARE
from report.charts.drawing.chart import DRAWS, RISK, Chart
from report.charts.drawing.figure import (
    NEGATIVE_PATTERN,
    EndLabel,
    end_labels,
    fit,
    month_axis,
    month_words,
    tick_labels,
    ticks,
    value_axis,
)
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import calm, fan_bands, fan_key, filled, framed, statement
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.material import Material
from report.tables.simulation_tables import fan_table, spread_table
from report.words.odds import below, odds_in_100
from report.words.stamp import years

_TAIL = 0.005
_BINS = 40


def cash_fan(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Cumulative cash over the draws: the median, and the bands in which half, 80 % and 90 % of them lie."""
    simulation, found = material.simulated
    heading = f"Cumulative net cash against holding, {simulation.scenario.currency}"
    if said := calm(simulation):
        return statement(said, found.plan, heading, theme, today)
    figure = framed(found.plan, theme, fan_message(simulation), heading, today)
    cash, months = _cash(simulation), list(range(found.plan.months + 1))
    fan_bands(figure, cash, theme)
    figure.add_scatter(
        name="median", x=months, y=cash[50], mode="lines", line={"color": theme.total, "width": 2.5},
        hoverinfo="text", hovertext=[_fan_hover(simulation, found, cash, month, today) for month in months],
    )  # fmt: skip
    text, shown = simulation.scenario.format, [value for low in (5, 95) for value in cash[low]]
    axis = value_axis(MONEY, text, (0.0, *shown), below=0.05, above=0.14)
    figure.update_layout(xaxis=month_axis(found.plan.months), yaxis=axis)
    # Above the bands, where the axis' own zero line would be hidden.
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=0, y1=0, line={"color": theme.muted, "width": 1})
    labels = [
        EndLabel(cash[percent][-1], "Median" if percent == 50 else below(percent), color,
                 text.signed(cash[percent][-1], RATIO, _cash_error(simulation, percent)))
        for percent, color in zip((5, 25, 50, 75, 95), (theme.text, theme.muted) * 3, strict=False)
    ]  # fmt: skip
    end_labels(figure, "y", labels)
    fan_key(figure, _cases(simulation), theme)
    return fit(figure)


def fan_message(simulation: Simulation) -> str:
    """Where half of the cases end, in a few words."""
    text, cash = simulation.scenario.format, _cash(simulation)
    low, high = (text.signed(cash[percent][-1], RATIO, _cash_error(simulation, percent)) for percent in (25, 75))
    return f"Half of the cases end between {low} and {high}"


def fan_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    simulation, found = material.simulated
    if said := calm(simulation):
        return said.alt
    text, cash = simulation.scenario.format, _cash(simulation)
    low, middle, high = (
        text.signed(cash[percent][-1], MONEY, _cash_error(simulation, percent)) for percent in (5, 50, 95)
    )
    deepest = min(range(found.plan.months + 1), key=lambda month: cash[5][month])
    return (
        f"{fan_message(simulation)} {simulation.scenario.currency} of cumulative net cash against holding, in month "
        f"{found.plan.months}. The median ends at {low if low == middle else middle}; nine cases in ten lie between "
        f"{low} and {high}. The fifth percentile is lowest in month {deepest}, at "
        f"{text.signed(cash[5][deepest], MONEY, _cash_error(simulation, 5, deepest))}."
    )


def _cash(simulation: Simulation) -> dict[int, list[float]]:
    """Each percentile of cumulative cash from month 0, where it is nothing."""
    return {percent: [0.0, *simulation.band("cumulative_cash", percent).tolist()] for percent in PERCENTILES}


def _cash_error(simulation: Simulation, percent: int, month: int | None = None) -> float:
    """Sampling error of a percentile of cumulative cash, in the last month or another, from 0."""
    errors = [0.0, *simulation.band_error("cumulative_cash", percent).tolist()]
    return float(errors[-1 if month is None else month])


def _fan_hover(
    simulation: Simulation, found: Findings, cash: Mapping[int, list[float]], month: int, today: date | None
) -> str:
    text = simulation.scenario.format
    lines = [
        f"{'median' if percent == 50 else f'P{percent}'} "
        f"{text.signed(cash[percent][month], MONEY, _cash_error(simulation, percent, month))}"
        for percent in reversed(PERCENTILES)
    ]
    return "<br>".join([month_words(found.plan, month, today), *lines])


def _cases(simulation: Simulation) -> str:
    return f"{simulation.scenario.format.number(simulation.draws, 0)} cases"


def npv_distribution(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """How often the plan ends at which net present value; losses and gains apart, with the odds of each."""
    simulation, found = material.simulated
    heading = f"Net present value over {years(simulation.scenario.horizon_years)}, {simulation.scenario.currency}"
    if said := calm(simulation):
        return statement(said, found.plan, heading, theme, today)
    figure = framed(found.plan, theme, odds_message(simulation), heading, today)
    text, npv = simulation.scenario.format, simulation.metrics["npv"]
    edges, parts = binned(npv)
    losses = edges[1:] <= 0
    for name, side, color, pattern in (
        ("loss", losses, theme.loss, NEGATIVE_PATTERN), ("gain", ~losses, theme.gain, "")
    ):  # fmt: skip
        figure.add_bar(
            name=name, x=((edges[:-1] + edges[1:]) / 2)[side], width=np.diff(edges)[side], y=parts[side],
            marker=filled(color, [pattern] * int(side.sum()), theme)
            | {"line": {"color": color if pattern else theme.background, "width": 0.7}},
            hoverinfo="text",
            hovertext=[
                f"{text.signed(low, RATIO)} to {text.signed(high, MONEY)}<br>{text.rounded(part, SHARE)} of cases"
                for low, high, part in zip(edges[:-1][side], edges[1:][side], parts[side], strict=True)
            ],
        )  # fmt: skip
    low, high = float(edges[0]), float(edges[-1])
    places = ticks(low, high, 5)
    figure.update_layout(
        bargap=0,
        xaxis={"range": [low, high], "tickvals": places, "ticktext": tick_labels(places, MONEY, text)},
        yaxis=value_axis(SHARE, text, (0.0, float(parts.max())), 3, above=0.62),
    )
    if low < 0 < high:
        # No higher than the bars, as the words stand above them.
        _mark(figure, 0.0, float(parts.max()), {"color": theme.text, "width": 1}, 1.03)
    _write_odds(figure, simulation, theme)
    figure.add_annotation(
        name="note", text=f"{_cases(simulation)},<br>the outermost<br>1 % not drawn",
        font={"size": SMALL, "color": theme.muted},
        xref="x domain", x=0.5, xanchor="center", yref="y domain", y=1, yanchor="top",
    )  # fmt: skip
    _mark_mean_and_p10(figure, simulation, float(parts.max()), theme)
    return fit(figure)


def odds_message(simulation: Simulation) -> str:
    """The odds of a gain and the mean, in a few words."""
    mean = _npv(simulation)
    shown = simulation.scenario.format.signed(mean.value, RATIO, mean.error)
    return f"{odds_in_100(simulation.odds_of_gain)} of a gain; mean {shown}"


def _npv(simulation: Simulation, percent: int | None = None) -> Estimate:
    """The mean net present value, which every draw has, or a percentile of it."""
    spread = simulation.spread("npv")
    found = spread.average if percent is None else spread.percentile(percent)
    assert found is not None
    return found


def distribution_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    simulation, _ = material.simulated
    if said := calm(simulation):
        return said.alt
    text, known = simulation.scenario.format, [_npv(simulation, percent) for percent in (10, 50, 90)]
    low, middle, high = (text.signed(one.value, MONEY, one.error) for one in known)
    return (
        f"{odds_message(simulation)} {simulation.scenario.currency} net present value over "
        f"{years(simulation.scenario.horizon_years)}. Half of the {_cases(simulation)} end above {middle}, one in "
        f"ten below {low} and one in ten above {high}."
    )


def binned(npv: Array) -> tuple[Array, Array]:
    """Edges in round steps, zero among them, over all but the outermost 0.5 % at each end; parts of all draws.

    The step is Freedman and Diaconis' as far as it leaves about 16 to 40 bins.
    """
    low, high = np.quantile(npv, (_TAIL, 1 - _TAIL))
    if low == high:
        low, high = npv.min(), npv.max()
    quarter, three = np.quantile(npv, (0.25, 0.75))
    width = 2 * (three - quarter) / np.cbrt(npv.size)
    about = int(np.clip((high - low) / width, 24, _BINS)) if width > 0 else _BINS
    places = ticks(float(low), float(high), about)
    step = (places[-1] - places[0]) / (len(places) - 1)
    first, last = np.floor(low / step + 1e-9), np.ceil(high / step - 1e-9)
    edges = np.arange(first, last + 1) * step
    counts, _ = np.histogram(npv, edges)
    return edges, np.asarray(counts / npv.size, dtype=float)


def _write_odds(figure: Figure, simulation: Simulation, theme: Theme) -> None:
    """The odds of a loss at the top left, of a gain at the top right."""
    npv = simulation.metrics["npv"]
    for odds, word, sign, color, place in (
        (float(np.mean(npv < 0)), "loss", "▧", theme.loss, "left"),
        (simulation.odds_of_gain, "gain", "■", theme.gain, "right"),
    ):
        if odds:
            figure.add_annotation(
                name=f"odds of a {word}",
                text=f'<span style="color:{color}">{sign}</span> <b>{odds_in_100(odds)}</b><br>of a {word}',
                align=place, xref="x domain", x=0 if place == "left" else 1, xanchor=place,
                yref="y domain", y=1, yanchor="top", bgcolor=theme.background,
            )  # fmt: skip


def _mark_mean_and_p10(figure: Figure, simulation: Simulation, top: float, theme: Theme) -> None:
    """Lines at the mean and at what a tenth of cases end below, with their values, written away from each other."""
    text = simulation.scenario.format
    marks = [(below(10), _npv(simulation, 10), "dot"), ("mean", _npv(simulation), "solid")]
    ordered = sorted(marks, key=lambda mark: mark[1].value)
    for (name, (value, error), dash), side in zip(ordered, ("right", "left"), strict=True):
        _mark(figure, value, top, {"color": theme.total, "width": 2, "dash": dash})
        figure.add_annotation(
            name=name, text=f"{name}<br><b>{text.signed(value, RATIO, error)}</b>", align=side,
            x=value, xanchor=side, xshift=-5 if side == "right" else 5, y=1.27 * top, yanchor="top",
            font={"size": BODY - 1},
        )  # fmt: skip


def _mark(figure: Figure, value: float, top: float, line: Mapping[str, Any], reach: float = 1.25) -> None:
    """An upright line at a value, ending below the words along the top."""
    figure.add_shape(type="line", x0=value, x1=value, y0=0, y1=reach * top, line=line)


FAN = Chart(
    "cash_fan", "How far cash can stray", RISK, DRAWS, cash_fan, fan_alt, fan_table,
    in_file="percentiles-cumulative-cash",
)  # fmt: skip
DISTRIBUTION = Chart(
    "npv_distribution", "What the plan may be worth", RISK, DRAWS, npv_distribution, distribution_alt, spread_table,
    in_file="metrics",
)  # fmt: skip
