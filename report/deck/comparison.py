"""The slides that set the scenarios side by side, each with what its numbers rest on: a chart, then every metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION

from model.assumptions import ASSUMPTIONS
from model.metrics import KEY_FIGURES, METRICS, OUTCOMES
from model.projection import Projection
from model.telling.caveats import NOT_DEFENSIBLE, is_defensible
from model.telling.comparison import RESULT, comparable
from model.telling.measurement import label_with_basis
from model.uncertainty.simulation import Simulation
from model.units import MONEY, NO_BREAK, SHARE, Format
from report.charts.drawing.theme import LIGHT
from report.deck.canvas import Deck
from report.deck.charts import (
    Scale,
    add_chart,
    categories,
    fill_columns,
    inner_plot,
    legend,
    number_code,
    style_axis,
    tag,
)
from report.deck.odds import percentile
from report.deck.plots import EXTRA
from report.deck.tables import Row, SlideCell, SlideColumn, add_table, row, table_height, table_pages
from report.deck.write import BODY_BOX, BOTTOM, EDGE, ROOM, TOP, Box
from report.material import Material
from report.words.comparison import comparison_message
from report.words.odds import odds_in_100
from report.words.stamp import told_apart

# The key figures in the order of the table of all metrics, which compares them too.
_FURTHER = (*(name for name in METRICS if name in KEY_FIGURES and name != RESULT), *OUTCOMES)
_LABEL, _FEWEST = 2.6, 3
_LARGEST, _SMALLEST = 12.0, 8.0
_IN_SHORT = ("payback_month", "peak_funding")
_TABLE_TALL, _GAP = 2.0, 0.1
_HEADING = "Each against holding its own share; money in each scenario's currency"
SIDE_BY_SIDE = "Scenarios side by side"
AS_ASSUMED = "As_assumed"


@dataclass(frozen=True)
class ComparedPlan:
    """One of the scenarios: its projection, and its simulation if any."""

    plan: Projection
    drawn: Simulation | None

    @property
    def text(self) -> Format:
        """How its numbers are written."""
        return self.plan.scenario.format

    def metric(self, name: str) -> str:
        """A metric in a few letters."""
        value, unit = self.plan.metrics[name], METRICS[name].unit
        if value is None:
            return "–"
        if unit.whole:
            return f"month {value:.0f}" if value else "never below zero"
        return self.text.rounded(value or 0.0, unit)

    @property
    def odds(self) -> str:
        """The odds of a gain."""
        if self.drawn is None or not self.drawn.metrics["npv"].any():
            return "–"
        return odds_in_100(self.drawn.odds_of_gain).removesuffix(" odds")

    @property
    def chance(self) -> float | None:
        """The odds of a gain, 0 … 1; None where there are none."""
        return None if self.odds == "–" or self.drawn is None else self.drawn.odds_of_gain

    def end(self, percent: int) -> float | None:
        """The net present value that so many per cent of cases are below; None without draws."""
        found = percentile(self.drawn, percent) if self.drawn else None
        return None if found is None else found.value

    @property
    def low(self) -> str:
        """What one case in ten falls below."""
        found = percentile(self.drawn, 10) if self.drawn else None
        return "–" if found is None else self.text.rounded(found.value, MONEY, found.error)

    @property
    def mark(self) -> SlideCell:
        """Whether it may be shown without being marked."""
        if is_defensible(self.plan.scenario):
            return SlideCell("yes", color=LIGHT.muted)
        return SlideCell(NOT_DEFENSIBLE, True, LIGHT.warning)

    @property
    def frame(self) -> str:
        """What it counts, and at which rate."""
        scenario = self.plan.scenario
        rate = self.text.plain(scenario.values["discount_rate"], ASSUMPTIONS["discount_rate"].unit)
        return f"{scenario.horizon_years} y, {rate}"

    @property
    def state(self) -> str:
        """Tax, and whether the model's checks hold."""
        tax = self.plan.scenario.number("tax_rate")
        taxed = f"{self.text.plain(tax, ASSUMPTIONS['tax_rate'].unit)} tax" if tax else "pre-tax"
        return f"{taxed}, {'passed' if self.plan.sound else 'CHECK FAILED'}"


def comparison_slide(deck: Deck, materials: Sequence[Material]) -> None:
    """The scenarios side by side: a chart of what each is worth, and below its columns what decides."""
    sides, columns = _sides(materials), _columns(materials)
    plans = [side.plan.scenario for side in sides]
    rows = [
        *_marks(sides),
        row(label_with_basis(RESULT, *plans), *(side.metric(RESULT) for side in sides), bold=True),
        row("Odds of a gain", *(side.odds for side in sides), bold=True),
        *(row(label_with_basis(name, *plans), *(side.metric(name) for side in sides)) for name in _IN_SHORT),
    ]
    size = _LARGEST
    while size > _SMALLEST and _heights(rows, columns, size) > _TABLE_TALL:
        size -= 0.5
    shown = table_pages(rows, columns, BODY_BOX.height, size)[0]
    tall = table_height(shown, columns, size)
    message = comparison_message([one.projection for one in materials])
    slide = deck.slide(message, SIDE_BY_SIDE, f"{_HEADING}; {_drawn(sides)}")
    wide = sum(column.width for column in columns)
    compared_chart(slide, Box(EDGE, TOP, wide, BOTTOM - TOP - tall - _GAP), sides, _LABEL / wide)
    add_table(
        slide, Box(EDGE, BOTTOM - tall, wide, tall), shown, columns, f"{message}. What decides, by scenario.", size
    )


def _heights(rows: Sequence[Row], columns: Sequence[SlideColumn], size: float) -> float:
    return sum(table_height(page, columns, size) for page in table_pages(rows, columns, BODY_BOX.height, size))


def comparison_tables(deck: Deck, materials: Sequence[Material]) -> None:
    """Every key metric of the scenarios side by side."""
    sides, columns = _sides(materials), _columns(materials)
    rows, size = _rows(sides), _LARGEST
    while size > _SMALLEST and len(table_pages(rows, columns, BODY_BOX.height, size)) > 1:
        size -= 0.5
    message = comparison_message([one.projection for one in materials])
    for shown in table_pages(rows, columns, BODY_BOX.height, size):
        slide = deck.slide(message, f"{SIDE_BY_SIDE}, in full", _HEADING)
        add_table(slide, BODY_BOX, shown, columns, f"{message}. Key metrics of each scenario.", size)


def _sides(materials: Sequence[Material]) -> list[ComparedPlan]:
    return [ComparedPlan(one.projection, one.simulation) for one in materials]


def _columns(materials: Sequence[Material]) -> tuple[SlideColumn, ...]:
    wide = (ROOM - _LABEL) / max(len(materials), _FEWEST)
    return (
        SlideColumn("Scenario", _LABEL),
        *(SlideColumn(one.scenario.name, wide, number=True) for one in materials),
    )


def _drawn(sides: Sequence[ComparedPlan]) -> str:
    """What the chart shows."""
    if _in_one_currency(sides):
        return f"columns: net present value, {sides[0].plan.scenario.currency}"
    return "columns: odds of a gain, as the currencies differ"


def _in_one_currency(sides: Sequence[ComparedPlan]) -> bool:
    first = sides[0].plan.scenario
    return all(comparable(first, side.plan.scenario) for side in sides)


def compared_chart(slide: Any, box: Box, sides: Sequence[ComparedPlan], left: float) -> None:
    """What each is worth as assumed, between what one case in ten falls below and rises above.

    Where the currencies differ, the odds of a gain. Columns stand over those of the table, whose first takes the
    part `left` of the width.
    """
    # In quotation marks a name is no formula of the chart's workbook.
    names = [f"“{name}”" for name in told_apart([side.plan.scenario for side in sides])]
    money = _in_one_currency(sides)
    series = _worth(sides) if money else {"Odds of a gain": [side.chance for side in sides]}
    known = [value for values in series.values() for value in values if value is not None]
    unit = MONEY if money else SHARE
    largest = max(map(abs, known), default=1.0)
    told = "; ".join(
        f"{name}: {side.metric(RESULT)}, odds of a gain {side.odds}" for name, side in zip(names, sides, strict=True)
    )
    data = categories(names, number_code(sides[0].text, unit, largest), **series)
    alt = f"Net present value as assumed and odds by scenario. {told}."
    chart = add_chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, box, data, alt, "Scenarios compared")
    legend(chart)
    scale = Scale.over((0.0, *known), 4, above=0.12, below=0.12 if min((0.0, *known)) < 0 else 0.0)
    style_axis(chart.value_axis, number_code(sides[0].text, unit, scale.high), scale, grid=True)
    style_axis(chart.category_axis, "")
    # The heads of the table's columns name them.
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    inner_plot(chart, left, 0.12, 1 - left, 0.86)
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 0
    for drawn in chart.plots[0].series:
        main = drawn.name in (AS_ASSUMED, "Odds of a gain")
        fill_columns(drawn, LIGHT.plan if main else EXTRA, edge=LIGHT.plan)
        if main:
            for place, value in enumerate(drawn.values):
                if value is not None:
                    words = sides[place].metric(RESULT) if money else sides[place].odds
                    tag(drawn, place, place="outEnd", words=words)


def _worth(sides: Sequence[ComparedPlan]) -> dict[str, list[float | None]]:
    ends = {
        f"{10}{NO_BREAK}%_below": 10, AS_ASSUMED: None, f"{10}{NO_BREAK}%_above": 90,
    }  # fmt: skip
    return {
        name: [side.plan.metrics[RESULT] if percent is None else side.end(percent) for side in sides]
        for name, percent in ends.items()
    }


def _marks(sides: Sequence[ComparedPlan]) -> list[Row]:
    """Which can be defended, where not all can."""
    if all(is_defensible(side.plan.scenario) for side in sides):
        return []
    return [row("Can be defended", *(side.mark for side in sides))]


def _rows(sides: Sequence[ComparedPlan]) -> list[Row]:
    plans = [side.plan.scenario for side in sides]
    hashes = (SlideCell(plan.hash, color=LIGHT.muted) for plan in plans)
    return [
        *_marks(sides),
        row("Content hash", *hashes),
        row(label_with_basis(RESULT, *plans), *(side.metric(RESULT) for side in sides), bold=True),
        row("Odds of a gain", *(side.odds for side in sides), bold=True),
        row("One case in ten ends below", *(side.low for side in sides)),
        *(row(label_with_basis(name, *plans), *(side.metric(name) for side in sides)) for name in _FURTHER),
        row("Horizon and discount rate", *(side.frame for side in sides)),
        row("Tax, model checks", *(side.state for side in sides)),
    ]
