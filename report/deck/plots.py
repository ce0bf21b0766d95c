"""The deck's charts of the plan: share and spend, costs, value bridge, cash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import cycle
from typing import Any

import numpy as np
from pptx.enum.chart import XL_CHART_TYPE

from model.evidence.survey import CMO_SURVEY
from model.lines import LINES
from model.metrics import OUTLAYS
from model.projection import Projection
from model.telling.measurement import SPENT
from model.telling.tables import yearly
from model.units import MONEY, RATIO, SHARE
from report.charts.budget import share_message, spend_by_year
from report.charts.budget_make_up import budget_by_year, make_up_alt
from report.charts.drawing.bridge_bars import Step
from report.charts.drawing.figure import HATCHED, month_words
from report.charts.drawing.simulated import shade
from report.charts.drawing.theme import LIGHT
from report.charts.returns import bridge_alt, bridge_steps, cash_alt
from report.deck.charts import (
    Scale,
    add_chart,
    axis_code,
    categories,
    draw_dots,
    draw_line,
    fill_columns,
    hide,
    inner_plot,
    legend,
    name_axis,
    number_code,
    pack,
    points,
    style_axis,
    tag,
)
from report.deck.write import Box
from report.material import Material
from report.words.stamp import in_full

HELD = shade(LIGHT.hold, LIGHT.background, 0.45)
EXTRA = shade(LIGHT.plan, LIGHT.background, 0.35)
_COSTS = (LIGHT.hold, LIGHT.plan, LIGHT.total, EXTRA, HELD, shade(LIGHT.total, LIGHT.background, 0.45))
_NEAR = 0.11
_EARLY, _LATE, _RAISED = 0.2, 0.35, 0.04
# Room below the line for two labels under each other, as a part of its span.
_DEEP = 0.25
_LABELS_OF_BINS = 5
_LABEL_ROOM = 0.09


def share_chart(slide: Any, box: Box, projection: Projection, today: date) -> None:
    """The social share by calendar time: surveyed, held and planned."""
    scenario, text = projection.scenario, projection.scenario.format
    start, first = scenario.number("social_share_start"), scenario.first_month(today)
    when = [first.year + (first.month - 1 + month) / 12 for month in range(projection.months + 1)]
    planned = [start, *projection.lines["social_share"].tolist()]
    reported = [(edition.year, edition.now) for edition in CMO_SURVEY if edition.now is not None]
    code = number_code(text, SHARE, 1.0, decimals=".0")
    series = (
        ("CMO Survey", [year for year, _ in reported], [share for _, share in reported]),
        ("Hold", when, [start] * len(when)),
        ("Plan", when, planned),
    )
    alt = (
        f"{share_message(projection)} of the marketing budget in month {projection.months}; held, it is "
        f"{text.rounded(start, SHARE)}. Dots: shares that the CMO Survey reported from {reported[0][0]:.0f} on."
    )
    chart = add_chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, box, points(code, series), alt, "Share")
    scale = Scale.over((0.0, *planned, *(share for _, share in reported)), 5, above=0.05)
    style_axis(chart.value_axis, axis_code(text, SHARE, scale), scale, grid=True)
    years = Scale.over((reported[0][0], when[-1]), 5, whole=True)
    style_axis(chart.category_axis, "0", years)
    survey, hold, plan = _named(chart, "CMO Survey", "Hold", "Plan")
    draw_dots(survey, LIGHT.total, 6)
    draw_line(hold, LIGHT.hold, 2.0)
    draw_line(plan, LIGHT.plan, dashed=True)
    inner_plot(chart, 0.09, 0.05, 0.74, 0.83)
    tag(survey, 0, place="r", bold=False)
    _end_tags(((plan, planned[-1], LIGHT.plan), (hold, start, LIGHT.muted)), scale, len(when) - 1, code)


def _named(chart: Any, *names: str) -> list[Any]:
    """The series of a chart by name."""
    known = {series.name: series for series in chart.plots[0].series}
    return [known[name] for name in names]


def _end_tags(ends: tuple[tuple[Any, float, str], ...], scale: Scale, last: int, code: str) -> None:
    """Name and value right of the end of two lines, moved apart where they would touch."""
    upper, lower = sorted(ends, key=lambda end: -end[1])
    gap = (upper[1] - lower[1]) / (scale.high - scale.low) * 0.83
    lift = max(0.0, _NEAR - gap) / 2
    tag(upper[0], last, place="r", code=code, color=upper[2], lift=lift)
    tag(lower[0], last, place="r", code=code, color=lower[2], lift=-lift)


def spend_chart(slide: Any, box: Box, projection: Projection, today: date) -> None:
    """Social spend of each fiscal year: held, and what the plan adds."""
    text, years = projection.scenario.format, spend_by_year(projection, today)
    falling = sum(year.extra for year in years) < 0
    change = "Less under the plan" if falling else "Extra under the plan"
    rows = "; ".join(
        f"{year.name}: {text.rounded(year.held, MONEY)} and {text.signed(year.extra, MONEY)}" for year in years
    )
    alt = f"Social spend by fiscal year, held and extra: {rows}."
    parts = {"Held": [year.held for year in years], change: [year.extra for year in years]}
    held, extra = _by_year(slide, box, projection, today, parts, alt, "Spend")
    fill_columns(held, HELD)
    color, edge = (LIGHT.loss, LIGHT.loss) if falling else (EXTRA, LIGHT.plan)
    fill_columns(extra, color, hatched=falling, edge=edge)


def make_up_chart(slide: Any, box: Box, material: Material) -> None:
    """What the social budget of each fiscal year pays: people, and media."""
    years = budget_by_year(material.projection, material.today)
    parts = {"People": [year.people for year in years], "Media": [year.media for year in years]}
    people, media = _by_year(
        slide, box, material.projection, material.today, parts, make_up_alt(material), "Pay and media"
    )
    fill_columns(people, LIGHT.total)
    fill_columns(media, EXTRA, edge=LIGHT.plan)


def cost_chart(slide: Any, box: Box, projection: Projection, today: date) -> None:
    """What is to be spent beyond holding in each fiscal year, by kind; what other channels lose is no spending."""
    text, scenario = projection.scenario.format, projection.scenario
    names = [name for name in ("moved_money", *OUTLAYS) if projection.lines[name].any()]
    table = yearly(projection, names, today)
    parts = {LINES[name].label: table[name].tolist() for name in names}
    told = "; ".join(
        f"{year} {text.rounded(sum_, MONEY)}"
        for year, sum_ in zip(table["year"], map(sum, zip(*parts.values(), strict=True)), strict=True)
    )
    alt = f"Costs of the plan by fiscal year, {scenario.currency}. {in_full(SPENT, scenario)}: {told}."
    for series, color in zip(
        _by_year(slide, box, projection, today, parts, alt, "Costs"), cycle(_COSTS), strict=False
    ):
        fill_columns(series, color, edge=LIGHT.background)


def _by_year(
    slide: Any, box: Box, projection: Projection, today: date, parts: Mapping[str, Sequence[float]], alt: str,
    name: str,
) -> list[Any]:  # fmt: skip
    """A column for each fiscal year, made of parts; part years are marked. Its series, to be coloured."""
    rows = list(zip(*parts.values(), strict=True))
    ups, downs = ([sum(bound(0.0, value) for value in row) for row in rows] for bound in (max, min))
    code = number_code(projection.scenario.format, MONEY, max(map(abs, (*ups, *downs))))
    years = yearly(projection, (), today)[["year", "months"]].itertuples(index=False)
    named = {label.replace(" ", "_"): values for label, values in parts.items()}
    data = categories([year + ("*" if months < 12 else "") for year, months in years], code, **named)
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_STACKED, box, data, alt, name)
    legend(chart)
    scale = Scale.over((0.0, *ups, *downs), 5, above=0.02)
    style_axis(chart.value_axis, axis_code(projection.scenario.format, MONEY, scale), scale, grid=True)
    style_axis(chart.category_axis, "")
    pack(chart, 45 if len(rows) > 2 else 180)
    return list(chart.plots[0].series)


def bridge_chart(slide: Any, box: Box, projection: Projection) -> None:
    """From each benefit and cost to the net present value: columns on an invisible base, amounts signed."""
    text, steps = projection.scenario.format, bridge_steps(projection)
    ends = [end for step in steps for end in (step.start, step.end)]
    span = (max(*ends, 0.0) - min(*ends, 0.0)) or 1.0
    code = number_code(text, MONEY, max(map(abs, ends)))
    # Nothing rather than zero where there is no column, whose edge would be drawn.
    parts: dict[str, list[float | None]] = {
        "Base": [_base(step) or None for step in steps],
        "Gain": [(_is_gain(step) and _above(step)) or None for step in steps],
        "Loss": [(_is_loss(step) and _above(step)) or None for step in steps],
        "Net_present_value": [step.value if step.total else None for step in steps],
        "Gain_below_zero": [(_is_gain(step) and _below(step)) or None for step in steps],
        "Loss_below_zero": [(_is_loss(step) and _below(step)) or None for step in steps],
        # Carries the amounts above the columns, or below those that hang wholly below zero.
        "Room_for_labels": [_LABEL_ROOM * span * (1 if _hi(step) > 0 or not step.value else -1) for step in steps],
    }
    kept = {name: values for name, values in parts.items() if "zero" not in name or any(values)}
    data = categories([step.label for step in steps], code, **kept)
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_STACKED, box, data, bridge_alt(projection), "Value bridge")
    style_axis(chart.category_axis, "")
    if any(map(_is_loss, steps)):
        name_axis(chart.category_axis, HATCHED)
    scale = Scale.over((0.0, *ends), 6, above=0.1, below=0.1 if min(ends) < 0 else 0.0)
    style_axis(chart.value_axis, axis_code(text, MONEY, scale), scale, grid=True)
    pack(chart, 40)
    for series in chart.plots[0].series:
        kind = series.name.split(" ")[0]
        if kind in {"Base", "Room"}:
            hide(series)
        elif kind == "Loss":
            fill_columns(series, LIGHT.loss, hatched=True, edge=LIGHT.loss)
        else:
            fill_columns(series, LIGHT.gain if kind == "Gain" else LIGHT.total)
    room = list(chart.plots[0].series)[-1]
    for place, step in enumerate(steps):
        tag(room, place, place="inBase", words=text.signed(step.value, RATIO),
            color=LIGHT.loss if _is_loss(step) else LIGHT.text)  # fmt: skip


def _hi(step: Step) -> float:
    return max(step.start, step.end)


def _lo(step: Step) -> float:
    return min(step.start, step.end)


def _is_gain(step: Step) -> bool:
    return not step.total and step.value > 0


def _is_loss(step: Step) -> bool:
    return not step.total and step.value < 0


def _base(step: Step) -> float:
    """What a step stands on, or hangs from where it is wholly below zero."""
    return max(_lo(step), 0.0) + min(_hi(step), 0.0) if not step.total else 0.0


def _above(step: Step) -> float:
    return max(_hi(step), 0.0) - max(_lo(step), 0.0)


def _below(step: Step) -> float:
    return min(_lo(step), 0.0) - min(_hi(step), 0.0)


def cash_chart(slide: Any, box: Box, projection: Projection, today: date) -> None:
    """Cash added up, and the same discounted; with payback and the lowest point."""
    text, metrics = projection.scenario.format, projection.metrics
    months = list(range(projection.months + 1))
    cash = [0.0, *projection.lines["cumulative_cash"].tolist()]
    discounted = [0.0, *projection.lines["cumulative_present_value"].tolist()]
    code = number_code(text, MONEY, max(map(abs, (*cash, *discounted))))
    series: list[tuple[str, list[int], list[float]]] = [
        ("Discounted", months, discounted), ("Net cash", months, cash)
    ]  # fmt: skip
    payback, peak = metrics["payback_month"], metrics["peak_funding"] or 0.0
    if payback:
        month = int(payback)
        series.append((f"Pays back in {month_words(projection, month, today)}", [month], [cash[month]]))
    month, late = int(np.argmin(cash)), (payback or 0) > _LATE * projection.months
    sunk = month <= _EARLY * projection.months and not late
    if peak > 0 and month < projection.months:  # at the end, the end's own label says it
        series.append((f"Peak funding {text.rounded(peak, MONEY)}, month {month}", [month], [cash[month]]))
    chart = add_chart(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, box, points(code, series),
                      cash_alt(projection), "Cumulative cash")  # fmt: skip
    scale = Scale.over((*cash, *discounted), 6, above=0.1, below=(_DEEP if sunk else 0.12) if peak > 0 else 0.0)
    style_axis(chart.value_axis, axis_code(text, MONEY, scale), scale, grid=True)
    step = 3 if projection.months <= 12 else 6 if projection.months <= 36 else 12
    style_axis(chart.category_axis, "0", Scale(0, projection.months, step))
    name_axis(chart.category_axis, "Month of the plan")
    discount, net, *dots = _named(chart, *(name for name, *_ in series))
    draw_line(discount, LIGHT.hold, 2.0, dashed=True)
    draw_line(net, LIGHT.plan, dashed=True)
    inner_plot(chart, 0.08, 0.04, 0.79, 0.8)
    signed = number_code(text, MONEY, max(map(abs, (*cash, *discounted))), signed=True)
    ends = ((net, cash[-1], LIGHT.plan), (discount, discounted[-1], LIGHT.muted))
    _end_tags(ends, scale, projection.months, signed)
    for dot in dots:
        draw_dots(dot, LIGHT.plan, 10)
        if not dot.name.startswith("Peak"):
            # Above the line where it comes up, or below it where there is no room to the left.
            tag(dot, 0, place="l" if late else "r", lift=_RAISED if late else -_RAISED)
        elif _EARLY * projection.months < month < (1 - _EARLY) * projection.months:
            tag(dot, 0, place="b")
        else:
            first = month < projection.months / 2
            tag(dot, 0, place="r" if first else "l", lift=-(3 * _RAISED if sunk else _RAISED))
