"""The charts of what the result hangs on: what matters, and what must be true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from model.assumptions import ASSUMPTIONS
from model.choice.findings import Findings
from model.choice.must_be_true import MustBeTrue
from model.uncertainty.sensitivity import Bar
from model.units import MONEY, RATIO, Format
from report.charts.drawing.chart import RISK, Chart
from report.charts.drawing.figure import escaped, fit, tick_labels, ticks
from report.charts.drawing.plotly_figure import Figure
from report.charts.drawing.simulated import (
    BAR,
    NARROWEST,
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
from report.charts.drawing.theme import LIGHT, SMALL, Theme
from report.material import Material
from report.tables.simulation_tables import inputs_table
from report.words.values import ANY_VALUE, amount, stretch

_ROWS = 10
_THIN = 0.2
_SOURCE = "The model, one input at a time"


def tornado_chart(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """The net present value with one input at the low and the high end of its range, the widest ten."""
    simulation, found = material.simulated
    now = simulation.scenario.format.signed(found.around, RATIO)
    whose = "the plan's" if simulation.weights is None else "what was learnt,"
    heading = f"Net present value around {whose} {now}, {simulation.scenario.currency}"
    if said := calm(simulation):
        return statement(said, found.plan, heading, theme, today)
    figure = framed(found.plan, theme, tornado_message(found), heading, today)
    text, bars, npv = simulation.scenario.format, _widest(found), found.around
    sides = (
        ("low", [(bar.low, bar.npv_low) for bar in bars], theme.hold),
        ("high", [(bar.high, bar.npv_high) for bar in bars], theme.plan),
    )
    for name, ends, color in sides:
        figure.add_bar(
            name=name, orientation="h", y=list(range(len(bars))), base=npv, x=[end - npv for _, end in ends],
            width=BAR, marker={"color": color}, hoverinfo="text",
            hovertext=[
                f"{escaped(ASSUMPTIONS[bar.name].short_label)}<br>{name} end "
                f"{amount(text, bar.name, value, exact=True)}<br>net present value {text.signed(end, MONEY)}"
                for bar, (value, end) in zip(bars, ends, strict=True)
            ],
        )  # fmt: skip
    labels = [_end_texts(bar, text, first=not row) for row, bar in enumerate(bars)]
    reach = [end for bar in bars for end in (bar.npv_low, bar.npv_high, npv)]
    low, high = min(reach), max(reach)
    places = ticks(low, high, 4)
    figure.update_layout(
        barmode="overlay",
        xaxis={
            "range": inset(low, high, *(small_width([pair[side] for pair in labels]) for side in (0, 1))),
            "tickvals": places, "ticktext": tick_labels(places, MONEY, text),
        },
        yaxis=rows_axis(len(bars)),
    )  # fmt: skip
    row_labels(figure, [label_with_grade(simulation.scenario, bar.name, theme) for bar in bars], theme)
    for row, (bar, pair) in enumerate(zip(bars, labels, strict=True)):
        for label, end, anchor, shift in zip(pair, (min, max), ("right", "left"), (-4, 4), strict=True):
            figure.add_annotation(
                name="end", text=label, font={"size": SMALL, "color": theme.text}, y=row, yanchor="middle",
                x=end(bar.npv_low, bar.npv_high, npv), xanchor=anchor, xshift=shift,
            )  # fmt: skip
    row_rules(figure, places, len(bars), {"color": theme.grid, "width": 1})
    row_rules(figure, [npv], len(bars), {"color": theme.total, "width": 2}, layer="above")
    return fit(figure)


def tornado_message(found: Findings) -> str:
    """How many inputs alone can turn the result, in a few words."""
    npv = found.around
    turning = sum(min(bar.npv_low, bar.npv_high) < 0 < max(bar.npv_low, bar.npv_high) for bar in found.bars)
    turn = "the gain into a loss" if npv > 0 else "the loss into a gain"
    if turning == 0:
        return f"No input alone can turn {turn}"
    return f"{turning} inputs can each turn {turn}" if turning > 1 else f"One input alone can turn {turn}"


def tornado_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    simulation, found = material.simulated
    if said := calm(simulation):
        return said.alt
    text = simulation.scenario.format
    rows = (
        f"{ASSUMPTIONS[bar.name].short_label}: {text.signed(bar.npv_low, MONEY)} at "
        f"{amount(text, bar.name, bar.low, exact=True)}, {text.signed(bar.npv_high, MONEY)} at "
        f"{amount(text, bar.name, bar.high, exact=True)}"
        for bar in _widest(found)
    )
    npv = text.signed(found.around, MONEY)
    when = "as planned" if simulation.weights is None else "as learnt"
    return f"{tornado_message(found)}. Net present value, {npv} {when}: {'; '.join(rows)}."


def _widest(found: Findings) -> list[Bar]:
    return [bar for bar in found.bars if bar.swing > 0][:_ROWS]


def _end_texts(bar: Bar, text: Format, first: bool) -> tuple[str, str]:
    """What stands left and right of a bar: the input's values; the first says which end is which."""
    low, high = (
        (f"{word}: " if first else "") + amount(text, bar.name, value, exact=True)
        for word, value in (("low", bar.low), ("high", bar.high))
    )
    return (low, high) if bar.npv_low <= bar.npv_high else (high, low)


def must_be_true_chart(material: Material, theme: Theme = LIGHT, today: date | None = None) -> Figure:
    """Each uncertain input's range from end to end, the plan's value in it, and where the plan breaks even."""
    simulation, found = material.simulated
    heading = "Solid where the plan pays; ○ plan, ◆ break-even"
    if said := calm(simulation):
        return statement(said, found.plan, heading, theme, today)
    figure = framed(found.plan, theme, must_be_true_message(found), heading, today)
    text, items = simulation.scenario.format, found.truths
    shown = items[:_ROWS]
    _draw_ranges(figure, shown, text, theme)
    _draw_break_evens(figure, shown, theme)
    figure.add_scatter(
        name="plan", mode="markers", hoverinfo="skip", cliponaxis=False,
        x=[_place(item, item.value) for item in shown], y=list(range(len(shown))),
        marker={"size": 8, "color": theme.background, "line": {"color": theme.total, "width": 2}},
    )  # fmt: skip
    row_labels(figure, [label_with_grade(simulation.scenario, item.name, theme) for item in shown], theme)
    _write_ranges(figure, shown, text, theme)
    figure.update_layout(yaxis=rows_axis(len(shown)))
    if len(items) > len(shown):
        note(figure, f"{len(items) - len(shown)} more inputs, which move the result less, are in the table", theme)
    return fit(figure)


def must_be_true_message(found: Findings) -> str:
    """For how many inputs the range leaves open whether the plan pays, in a few words."""
    undecided = sum(item.within_range for item in found.must_be_true)
    if undecided == 0:
        return "No input's range covers its break-even"
    return f"For {undecided} of {len(found.must_be_true)} inputs the range covers break-even"


def must_be_true_alt(material: Material) -> str:
    """The chart in words, for those who do not see it."""
    simulation, found = material.simulated
    if said := calm(simulation):
        return said.alt
    text = simulation.scenario.format
    rows = (
        f"{ASSUMPTIONS[item.name].short_label}, {amount(text, item.name, item.value)} in the plan and "
        f"{amount(text, item.name, item.range.low)} to {amount(text, item.name, item.range.high)} by "
        f"{_giver(item)}: {_condition(item, text)}{', which is open' if item.within_range else ''}"
        for item in found.truths[:_ROWS]
    )
    return f"{must_be_true_message(found)}. {'; '.join(rows)}."


def _giver(item: MustBeTrue) -> str:
    return "the plan's own range" if item.own else ASSUMPTIONS[item.name].range_giver


def _place(item: MustBeTrue, value: float) -> float:
    """Where a value stands between the ends of the range, 0 … 1."""
    return (value - item.range.low) / (item.range.high - item.range.low)


def _condition(item: MustBeTrue, text: Format) -> str:
    """Where the plan pays, in words: "pays if at least 58.2 %"."""
    stretches = item.pays
    if not stretches:
        return "no value in bounds gets there"
    words = " or ".join(stretch(text, item.name, *ends) for ends in stretches)
    return f"pays {words}" if words == ANY_VALUE else f"pays if {words}"


def _draw_ranges(figure: Figure, items: Sequence[MustBeTrue], text: Format, theme: Theme) -> None:
    """A bar from end to end of each range; in it, solid, where the plan pays."""
    for name, bars, strength in (
        ("range", [(row, 0.0, 1.0) for row in range(len(items))], 0.3),
        ("pays", [(row, *part) for row, item in enumerate(items) for part in _paying(item)], 1.0),
    ):
        colors = [
            shade(theme.plan if items[row].within_range else theme.hold, theme.background, strength)
            for row, *_ in bars
        ]
        figure.add_bar(
            name=name, orientation="h", y=[row for row, *_ in bars], base=[low for _, low, _ in bars],
            x=[high - low for _, low, high in bars], width=_THIN, hoverinfo="text",
            marker={"color": colors, "line": {"width": 0}},
            hovertext=[_truth_hover(items[row], text) for row, *_ in bars],
        )  # fmt: skip
    figure.update_layout(barmode="overlay")


def _paying(item: MustBeTrue) -> list[tuple[float, float]]:
    """The parts of the range in which the plan pays, on the common axis."""
    parts = [(max(0.0, _place(item, low)), min(1.0, _place(item, high))) for low, high in item.pays]
    return [(low, high) for low, high in parts if low < high]


def _truth_hover(item: MustBeTrue, text: Format) -> str:
    low, value, high = (
        amount(text, item.name, number, exact=True) for number in (item.range.low, item.value, item.range.high)
    )
    return (
        f"{escaped(ASSUMPTIONS[item.name].short_label)}<br>{low} to {high} by {_giver(item)}<br>plan {value}"
        f"<br>{_condition(item, text)}"
    )


def _draw_break_evens(figure: Figure, items: Sequence[MustBeTrue], theme: Theme) -> None:
    """A diamond at each break-even within the range, an arrow at the end beyond which one lies."""
    marks = []
    for row, item in enumerate(items):
        for place in (_place(item, root) for root in item.break_even):
            if place < 0:
                marks.append((0.0, row, "triangle-left", theme.muted))
            elif place > 1:
                marks.append((1.0, row, "triangle-right", theme.muted))
            else:
                marks.append((place, row, "diamond", theme.warning))
    figure.add_scatter(
        name="break-even", mode="markers", hoverinfo="skip", cliponaxis=False,
        x=[place for place, *_ in marks], y=[row for _, row, *_ in marks],
        marker={
            "symbol": [symbol for *_, symbol, _ in marks], "color": [color for *_, color in marks], "size": 10,
            "line": {"color": theme.background, "width": 1},
        },
    )  # fmt: skip


def _write_ranges(figure: Figure, items: Sequence[MustBeTrue], text: Format, theme: Theme) -> None:
    """The ends of each range beside its bar, and to the right of them where the plan pays."""
    ends = [[amount(text, item.name, end) for end in (item.range.low, item.range.high)] for item in items]
    words = [_condition(item, text) for item in items]
    left, right = (small_width([pair[side] for pair in ends]) + 14 for side in (0, 1))
    wide = min(small_width(words), NARROWEST - left - right - 90)
    figure.update_layout(xaxis={"range": inset(0.0, 1.0, left, right + wide), "visible": False})
    for row, ((low, high), condition, item) in enumerate(zip(ends, words, items, strict=True)):
        pays = f"<b>{condition}</b>" if item.within_range else condition
        for label, place, color in (
            (low, {"x": 0, "xanchor": "right", "xshift": -11}, theme.muted),
            (high, {"x": 1, "xanchor": "left", "xshift": 11}, theme.muted),
            (pays, {"x": 1, "xanchor": "left", "xshift": right}, theme.text),
        ):
            figure.add_annotation(
                name="range", text=label, font={"size": SMALL, "color": color}, y=row, yanchor="middle", **place
            )


TORNADO = Chart(
    "tornado", "What matters", RISK, _SOURCE, tornado_chart, tornado_alt,
    inputs_table("low", "value", "high", "npv_low", "npv_high"), in_file="what-matters",
)  # fmt: skip
MUST_BE_TRUE = Chart(
    "must_be_true", "What must be true", RISK, _SOURCE, must_be_true_chart, must_be_true_alt,
    inputs_table("low", "value", "high", "break_even"), in_file="what-matters",
)  # fmt: skip
