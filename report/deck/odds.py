"""The chart of the odds, and what else a simulation says in figures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from pptx.enum.chart import XL_CHART_TYPE

from model.uncertainty.simulation import Estimate, Simulation
from model.units import MONEY, RATIO, SHARE, Format
from report.charts.drawing.theme import LIGHT
from report.charts.risk import binned, odds_message
from report.deck.charts import (
    Scale,
    add_chart,
    axis_code,
    categories,
    fill_columns,
    legend,
    name_axis,
    number_code,
    pack,
    skip_labels,
    style_axis,
    tag,
)
from report.deck.write import Box
from report.words.odds import below

_PLOT_TALL, _LABELS_OF_BINS = 0.7, 5


def odds_chart(slide: Any, box: Box, simulation: Simulation) -> None:
    """How often the plan ends at which net present value; the mean and what a tenth ends below are named."""
    text, npv = simulation.scenario.format, simulation.metrics["npv"]
    edges, parts = binned(npv)
    losses = edges[1:] <= 0
    unit, word = _counted_in(float(np.abs(edges).max()))
    names = [f"{_end(text, low / unit)} to {_end(text, high / unit)}" for low, high in pairwise(edges)]
    code = number_code(text, SHARE, 1.0, decimals=".0")
    sides = {
        name: [float(part) if loss == (name == "Loss") else None for part, loss in zip(parts, losses, strict=True)]
        for name, present in (("Loss", losses.any()), ("Gain", not losses.all()))
        if present
    }
    data = categories(names, code, **sides)
    mean, p10 = float(npv.mean()), percentile(simulation, 10)
    assert p10 is not None
    alt = (
        f"{odds_message(simulation)} {simulation.scenario.currency} net present value. One case in ten ends below "
        f"{text.signed(p10.value, MONEY, p10.error)}. Columns: part of the "
        f"{text.number(simulation.draws, 0)} cases by their value."
    )
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, box, data, alt, "Odds")
    legend(chart)
    scale = Scale.over((0.0, float(parts.max())), 4, above=0.15)
    style_axis(chart.value_axis, axis_code(text, SHARE, scale), scale, grid=True)
    style_axis(chart.category_axis, "")
    name_axis(chart.category_axis, f"Net present value, {word}{simulation.scenario.currency}")
    name_axis(chart.value_axis, "Part of all cases")
    skip_labels(chart, max(1, -(-len(names) // _LABELS_OF_BINS)))
    pack(chart, 4)
    drawn = {series.name: series for series in chart.plots[0].series}
    if "Loss" in drawn:
        fill_columns(drawn["Loss"], LIGHT.loss, hatched=True, edge=LIGHT.loss)
    if "Gain" in drawn:
        fill_columns(drawn["Gain"], LIGHT.gain)
    marks: dict[int, list[str]] = {}
    for name, value in ((below(10), p10.value), ("Mean", mean)):
        place = int(np.clip(np.searchsorted(edges, value, "right") - 1, 0, len(parts) - 1))
        marks.setdefault(place, []).append(name)
    for place, words in marks.items():
        higher = float(parts[max(0, place - 1) : place + 2].max() - parts[place])
        tag(drawn["Loss" if losses[place] else "Gain"], place, place="outEnd", words=", ".join(words),
            lift=_PLOT_TALL * higher / scale.high)  # fmt: skip


def _counted_in(largest: float) -> tuple[float, str]:
    """What the bins are counted in, so that their names are short."""
    powers = ((1e9, "thousand million "), (1e6, "million "), (1e3, "thousand "))
    return next(((unit, word) for unit, word in powers if largest >= 10 * unit), (1.0, ""))


def _end(text: Format, value: float) -> str:
    return text.plain(round(value, 6), RATIO)


def percentile(simulation: Simulation, percent: int) -> Estimate | None:
    """A percentile of the net present value."""
    return simulation.spread("npv").percentile(percent)
