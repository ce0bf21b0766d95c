"""The charts that serve a decision: what is worth finding out first, and what is best."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.choice.aims import AIM_LABELS, Aim, Standing
from model.choice.findings import Findings
from model.choice.optimise import Optimum
from model.formula import Array
from model.projection import Projection
from model.scenario import Scenario
from model.uncertainty.simulation import Simulation
from model.units import HOURS_YEAR, MONEY, RATIO, SHARE
from report.charts.drawing.chart import DRAWS, MODEL, OPTIMISE, RISK, Chart
from report.charts.drawing.figure import FOOTER, escaped, fit, tick_labels, ticks
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import (
    BAR,
    Calm,
    calm,
    framed,
    inset,
    label_with_grade,
    note,
    row_labels,
    row_rules,
    rows_axis,
    shade,
    small_width,
    statement,
)
from report.charts.drawing.theme import BODY, LIGHT, SMALL, Theme
from report.material import Material
from report.tables.chart_table import ChartTable, Column
from report.tables.simulation_tables import inputs_table
from report.words.narrative import PILOTS, STAYS

_ROWS = 6
# What is worth less than this part of knowing everything is worth nothing.
_NOTHING = 1e-3
_PILOT_LETTERS = 66
_PILOT_ROWS = 1.6
_MAP_ROW = (0.0, 0.93)
# How grey the part of the map is that is not allowed.
_CLOSED = 0.3


def worth_finding_out_chart(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """What knowing an input before deciding is worth, in money, below what knowing everything is."""
    simulation, found = material.simulated
    heading = f"Expected value of knowing before deciding, {simulation.scenario.currency}"
    if said := _not_worth(simulation, found):
        return statement(said, found.plan, heading, theme, today)
    figure = framed(found.plan, theme, worth_message(simulation, found), heading, today)
    text, worth = simulation.scenario.format, _worth(found)
    first = next(iter(worth))
    shown = dict(list(worth.items())[:_ROWS])
    values = [found.evpi, *shown.values()]
    errors = [found.evpi_error, *(found.evppi_errors[name] for name in shown)]
    labels = ["<b>Everything at once: no study can be worth more</b>"]
    labels += [label_with_grade(simulation.scenario, name, theme) for name in shown]
    names = ["Everything at once", *(escaped(ASSUMPTIONS[name].short_label) for name in shown)]
    for name, rows, color in (
        ("everything", slice(0, 1), theme.total),
        ("inputs", slice(1, None), theme.plan),
    ):
        figure.add_bar(
            name=name, orientation="h", y=list(range(len(values)))[rows], x=values[rows], width=BAR,
            marker={"color": color}, hoverinfo="text",
            hovertext=[
                f"{label}<br>worth up to {text.rounded(value, MONEY, error)} {text.within(error, MONEY)}"
                for label, value, error in zip(names[rows], values[rows], errors[rows], strict=True)
            ],
        )  # fmt: skip
    row_labels(figure, labels, theme)
    moneys = [text.rounded(value, RATIO, error) for value, error in zip(values, errors, strict=True)]
    for row, (value, money) in enumerate(zip(values, moneys, strict=True)):
        figure.add_annotation(
            name="worth", text=f"<b>{money}</b>", font={"size": BODY - 1}, x=value, xanchor="left", xshift=5, y=row
        )
    figure.update_layout(
        xaxis={"range": inset(0.0, max(values), 1, small_width(moneys) + 12), "visible": False},
        yaxis=rows_axis(max(len(values), 4) + _PILOT_ROWS),
    )
    row_rules(figure, [0.0], len(values), {"color": theme.muted, "width": 1})
    figure.add_annotation(
        name="pilot", text="<br>".join(wrap(f"What would tell the first: {_pilot(first)}.", _PILOT_LETTERS)),
        font={"size": BODY - 1, "color": theme.text}, align="left",
        xref="paper", x=0, xanchor="left", yref="paper", y=0, yanchor="bottom",
    )  # fmt: skip
    if others := len(found.evppi) - len(shown):
        inputs = "1 other input is" if others == 1 else f"{others} other inputs are"
        less = "less" if len(worth) > len(shown) else "nothing: no other decision would follow"
        note(figure, f"{inputs} worth {less}", theme)
    return fit(figure)


def worth_message(simulation: Simulation, found: Findings) -> str:
    """What the best single piece of knowledge is worth, in a few words."""
    name, best = max(found.evppi.items(), key=lambda item: item[1])
    worth = simulation.scenario.format.rounded(best, MONEY, found.evppi_errors[name])
    return f"The best single study is worth up to {worth}"


def worth_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    simulation, found = material.simulated
    if said := _not_worth(simulation, found):
        return said.alt
    text, worth = simulation.scenario.format, _worth(found)
    rows = (
        f"{ASSUMPTIONS[name].short_label} {text.rounded(value, MONEY, found.evppi_errors[name])}"
        for name, value in worth.items()
    )
    return (
        f"{worth_message(simulation, found)}. Knowing everything before deciding is worth "
        f"{text.rounded(found.evpi, MONEY, found.evpi_error)}; single inputs: {'; '.join(rows)}. "
        f"What would tell the first: {_pilot(next(iter(worth)))}."
    )


def _worth(found: Findings) -> dict[str, float]:
    """The inputs that are worth knowing, the most first."""
    return {name: value for name, value in found.evppi.items() if value > _NOTHING * found.evpi}


def _not_worth(simulation: Simulation, found: Findings) -> Calm | None:
    if said := calm(simulation):
        return said
    if _worth(found):
        return None
    all_told = simulation.scenario.format.rounded(found.evpi, MONEY, found.evpi_error)
    return Calm(
        "Nothing is worth finding out first",
        f"{STAYS[0].upper()}{STAYS[1:]}. Knowing everything before deciding would be worth {all_told}.",
    )


def _pilot(name: str) -> str:
    return PILOTS.get(name, "look it up, or ask those who know, before the money is spent")


class Best(NamedTuple):
    """An optimum and the projection of its scenario."""

    optimum: Optimum
    projection: Projection


def optimum_map(best: Best, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The aim over social share and training hours, the other levers at the optimum, with the best marked.

    So is the present plan. Greyed where a limit is broken or the plan impossible.
    """
    optimum = best.optimum
    label, unit = AIM_LABELS[optimum.aim]
    text, values = optimum.scenario.format, optimum.map_values
    heading = f"{label}, {unit.words(optimum.scenario.currency)}"
    figure = framed(best.projection, theme, optimum_message(optimum), heading, today)
    known = values[np.isfinite(values)]
    lowest, highest = float(known.min()), float(known.max())
    places = ticks(lowest, highest, 5)
    figure.add_heatmap(
        name="aim", x=optimum.map_shares, y=optimum.map_hours, z=values.T, xgap=1, ygap=1, hoverongaps=False,
        hoverinfo="text", text=[[_cell(optimum, share, hour) for share in range(len(values))] for hour in
                                range(values.shape[1])],
        **_colors(optimum.aim, lowest, highest, theme),
        colorbar={
            "thickness": 10, "outlinewidth": 0, "len": _MAP_ROW[1], "y": 0, "yanchor": "bottom", "x": 1.01,
            "tickvals": places, "ticktext": tick_labels(places, unit, text), "ticks": "",
            "tickfont": {"size": SMALL, "color": theme.muted}, "xpad": 4,
        },
    )  # fmt: skip
    _grey_what_is_not_allowed(figure, optimum, theme)
    shares, hours = _edges(optimum.map_shares), _edges(optimum.map_hours)
    across = ticks(float(shares[0]), float(shares[-1]), 6)
    up = ticks(0.0, float(optimum.map_hours[-1]), 5)
    figure.update_layout(
        xaxis={"range": [shares[0], shares[-1]], "tickvals": across, "ticktext": tick_labels(across, SHARE, text)},
        yaxis={
            "range": [hours[0], hours[-1]], "domain": _MAP_ROW, "showgrid": False, "tickvals": up,
            "ticktext": tick_labels(up, RATIO, text),
        },
    )  # fmt: skip
    figure.add_annotation(
        name="axes", text="↑ training hours a year per person   → social share the plan aims for",
        font={"size": BODY - 1, "color": theme.muted}, align="left",
        xref="paper", x=0, xanchor="left", yref="paper", y=1, yanchor="top",
    )  # fmt: skip
    if optimum.improves:
        _mark(figure, optimum, "present plan", *_place(optimum.searched), "circle", theme)
        # The stamp is the best plan's, whatever the page shows.
        (footer,) = figure.annotations(FOOTER)
        footer["text"] = f"Best plan found: {footer['text']}"
    _mark(figure, optimum, "best" if optimum.improves else "present plan, the best", *_place(optimum.scenario),
          "star", theme)  # fmt: skip
    return fit(figure)


def optimum_message(optimum: Optimum) -> str:
    """The best share and hours, in a few words."""
    text, (share, hours) = optimum.scenario.format, _place(optimum.scenario)
    training = (
        f"{text.plain(hours, RATIO)} {'hour' if hours == 1 else 'hours'} of training" if hours else "no training"
    )
    return f"Best at {text.plain(share, SHARE)} social and {training}"


def optimum_alt(of: Best) -> str:
    """The map in words, for those who do not see it."""
    optimum = of.optimum
    text, (label, unit) = optimum.scenario.format, AIM_LABELS[optimum.aim]
    best, present = (_aimed(optimum, standing) for standing in (optimum.standing, optimum.present))
    known = optimum.map_values[np.isfinite(optimum.map_values)]
    allowed = text.rounded(known.size / optimum.map_values.size, SHARE)
    return (
        f"{optimum_message(optimum)}. {label}: {best}, against {present} for the present plan. Over the map, social "
        f"shares from {text.rounded(float(optimum.map_shares[0]), SHARE)} to "
        f"{text.rounded(float(optimum.map_shares[-1]), SHARE)} and {optimum.map_hours[0]:.0f} to "
        f"{optimum.map_hours[-1]:.0f} hours of training, it runs from {text.rounded(float(known.min()), unit)} to "
        f"{text.rounded(float(known.max()), unit)}; {allowed} of the map is allowed."
    )


def _place(scenario: Scenario) -> tuple[float, float]:
    """A scenario's place on the map: target share and training hours."""
    hours = scenario.number("training_hours") if "training_programme" in scenario.measures else 0.0
    return scenario.number("social_share_target"), hours


def _aimed(optimum: Optimum, standing: Standing) -> str:
    """What a plan reaches of the aim, as text."""
    error = standing.errors.get("spend" if optimum.aim is Aim.LOWEST_SPEND else optimum.aim.value, 0.0)
    return optimum.scenario.format.rounded(standing.reached(optimum.aim), AIM_LABELS[optimum.aim][1], error)


def _colors(aim: Aim, lowest: float, highest: float, theme: Theme) -> dict[str, Any]:
    """Stronger is better; where the aim is below zero, in the colour of losses."""
    pale = shade(theme.plan, theme.background, 0.12)
    if aim is Aim.LOWEST_SPEND or lowest >= 0:
        good = [[0.0, pale], [1.0, theme.plan]]
        return {"zmin": lowest, "zmax": highest, "colorscale": good, "reversescale": aim is Aim.LOWEST_SPEND}
    # Gains and losses each have their whole scale, however unequal they are.
    bad = [[0.0, theme.loss], [1.0, pale]]
    if highest > 0:
        zero = -lowest / (highest - lowest)
        bad = [[0.0, theme.loss], [zero, pale], [1.0, theme.plan]]
    return {"zmin": lowest, "zmax": highest, "colorscale": bad}


def _cell(optimum: Optimum, share: int, hour: int) -> str:
    text, (label, unit) = optimum.scenario.format, AIM_LABELS[optimum.aim]
    return (
        f"{text.rounded(float(optimum.map_shares[share]), SHARE)} social, {optimum.map_hours[hour]:.0f} hours<br>"
        f"{label}: {text.rounded(float(optimum.map_values[share, hour]), unit)}"
        if np.isfinite(optimum.map_values[share, hour])
        else "not allowed"
    )


def _edges(centres: Array) -> Array:
    """Where the cells about some centres meet; the outermost are as wide outwards as inwards."""
    if centres.size == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    between = (centres[:-1] + centres[1:]) / 2
    return np.concatenate(([2 * centres[0] - between[0]], between, [2 * centres[-1] - between[-1]]))


def _grey_what_is_not_allowed(figure: Figure, optimum: Optimum, theme: Theme) -> None:
    shares, hours = _edges(optimum.map_shares), _edges(optimum.map_hours)
    cells = np.argwhere(~np.isfinite(optimum.map_values))
    if not cells.size:
        return
    across, up = cells.T
    figure.add_bar(
        name="not allowed", x=(shares[across] + shares[across + 1]) / 2, width=np.diff(shares)[across],
        base=hours[up], y=np.diff(hours)[up], hoverinfo="skip",
        marker={"color": shade(theme.hold, theme.background, _CLOSED), "line": {"width": 0}},
    )  # fmt: skip
    figure.update_layout(barmode="overlay")
    figure.add_annotation(
        name="not allowed", text="not allowed", font={"size": SMALL, "color": theme.text},
        bgcolor=theme.background, borderpad=2, **_widest_gap(optimum),
    )  # fmt: skip


def _widest_gap(optimum: Optimum) -> dict[str, float]:
    """The middle of the longest stretch of shares that no hours of training allow."""
    gaps = []
    for hour, column in enumerate(~np.isfinite(optimum.map_values.T)):
        for closed, run in groupby(range(column.size), key=column.__getitem__):
            if closed:
                places = list(run)
                gaps.append((len(places), hour, places))
    _, hour, places = max(gaps)
    ends = optimum.map_shares[places[0]], optimum.map_shares[places[-1]]
    return {"x": float(sum(ends)) / 2, "y": float(optimum.map_hours[hour])}


def _mark(
    figure: Figure, optimum: Optimum, name: str, share: float, hours: float, symbol: str, theme: Theme
) -> None:
    """A mark on the map, or at its edge if it lies beyond, with its name away from the edge."""
    (left, right), (low, high) = (figure.layout[axis]["range"] for axis in ("xaxis", "yaxis"))
    x, y = float(np.clip(share, left, right)), float(np.clip(hours, low, high))
    beyond = " (beyond the map)" if (x, y) != (share, hours) else ""
    figure.add_scatter(
        name=name, x=[x], y=[y], mode="markers", cliponaxis=False, hoverinfo="skip",
        marker={
            "symbol": symbol, "size": 15 if symbol == "star" else 11, "color": theme.background,
            "line": {"color": theme.total, "width": 2},
        },
    )  # fmt: skip
    standing = optimum.standing if symbol == "star" else optimum.present
    figure.add_annotation(
        name=name, text=f"{name}{beyond} <b>{_aimed(optimum, standing)}</b>", bgcolor=theme.background, borderpad=2,
        x=x, xanchor="right" if x > (left + right) / 2 else "left", xshift=-12 if x > (left + right) / 2 else 12,
        y=y, yanchor="bottom" if y < (low + high) / 2 else "top",
    )  # fmt: skip


def _map_table(best: Best) -> ChartTable:
    """One row a place of the map; no value where a limit is broken or the plan impossible."""
    import pandas as pd

    optimum = best.optimum
    label, unit = AIM_LABELS[optimum.aim]
    rows = [
        (share, hours, value)
        for share, values in zip(optimum.map_shares, optimum.map_values, strict=True)
        for hours, value in zip(optimum.map_hours, values, strict=True)
    ]
    columns = {
        "social_share_target": Column(ASSUMPTIONS["social_share_target"].label, SHARE),
        "training_hours": Column(ASSUMPTIONS["training_hours"].label, HOURS_YEAR),
        optimum.aim.value: Column(label, unit),
    }
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


WORTH = Chart(
    "worth_finding_out", "What is worth finding out", RISK, DRAWS, worth_finding_out_chart, worth_alt,
    inputs_table("variance_share", "worth_knowing", "worth_error"), in_file="what-matters",
)  # fmt: skip
MAP = Chart(
    "optimum_map", "The aim over social share and training", OPTIMISE, MODEL, optimum_map, optimum_alt, _map_table
)
