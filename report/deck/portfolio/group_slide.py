"""The slide of a group: its answer, its units in a native table, the budget before and after in a native chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE

from model.portfolio.allocation.words import split_in_words
from model.reading.texts import tellable
from model.units import MONEY, RATIO, SHARE
from report.charts.drawing.theme import LIGHT
from report.charts.portfolio.before_after import moved_alt, moved_rows
from report.charts.portfolio.headed import others_label
from report.deck.canvas import Deck
from report.deck.charts import Scale, add_chart, axis_code, categories, fill_columns, legend, style_axis
from report.deck.tables import Row, SlideColumn, add_table, first_page, fitted, row
from report.deck.text import clipped, fitting
from report.deck.write import BOTTOM, EDGE, ROOM, SMALL, TOP, Box, TextRun, write
from report.tables.portfolio.grouped import Grouped, footer, odds_of_group, what_the_group_is_worth, who_drives
from report.tables.portfolio.warnings import failed_in_words, warned

_TABLE_WIDE, _GAP, _WORDS_TALL, _HEADING = 6.6, 0.4, 1.95, 0.3
_NAME_LETTERS = 1.4
# As many letters as a line holds.
_BRIEF = 150
# Few units are written large.
_SIZES = (13.0, SMALL)


def build(of: Grouped, today: date) -> bytes:
    """The file, a slide; the same results give the same bytes."""
    deck = Deck(of.projection, today, footer(of, today))
    slide = deck.slide(what_the_group_is_worth(of), "Portfolio", odds_of_group(of))
    tall = BOTTOM - TOP - _WORDS_TALL
    rows, columns = _rows(of), _columns(of)
    size = _size(rows, columns, tall - _HEADING)
    shown = first_page(rows, columns, tall - _HEADING, size)
    write(slide, Box(EDGE, TOP, _TABLE_WIDE, _HEADING), [TextRun(_table_heading(of, len(shown)), True)], 13,
          name="Table heading")  # fmt: skip
    place = Box(EDGE, TOP + _HEADING, _TABLE_WIDE, tall - _HEADING)
    add_table(slide, place, shown, columns, "Units by what their next unit of money returns", size)
    if of.allocation:
        left = EDGE + _TABLE_WIDE + _GAP
        _before_after(slide, Box(left, TOP, EDGE + ROOM - left, tall), of)
    told = [*_beware(of), *(split_in_words(of.allocation) if of.allocation else []), who_drives(of)]
    words, _ = fitting([f"{line.rstrip('.')}." for line in told], 12, ROOM, _WORDS_TALL - 0.1)
    if words:
        write(slide, Box(EDGE, BOTTOM - _WORDS_TALL + 0.1, ROOM, _WORDS_TALL - 0.1), words, 12, name="In words")
    return deck.finish()


def _beware(of: Grouped) -> list[str]:
    """Which units are in no figure, and the first sentence of the warning of the most units."""
    failed, warnings = failed_in_words(of), warned(of)
    more = f" (and {len(warnings) - 1} further, in page and workbook)" if len(warnings) > 1 else ""
    return [
        *([tellable("; ".join(failed), _BRIEF)] if failed else []),
        *([f"{tellable(warnings[0].told.split('. ')[0], _BRIEF)}{more}"] if warnings else []),
    ]


def _table_heading(of: Grouped, shown: int) -> str:
    count = len(of.group.outcomes)
    some = f", the first {shown} of {count}" if shown < count else ""
    return f"Units by what their next unit of money returns{some}"


def _columns(of: Grouped) -> tuple[SlideColumn, ...]:
    return (
        SlideColumn("Unit", 1.9, lines=1),
        SlideColumn("Next unit returns", 1.1, number=True),
        SlideColumn(f"Mean NPV, {of.currency}", 1.3, number=True),
        SlideColumn("Odds of a gain", 1.1, number=True),
        SlideColumn("Of the variance", 1.2, number=True),
    )


def _size(rows: Sequence[Row], columns: Sequence[SlideColumn], tall: float) -> float:
    """The largest type at which all rows fit, whole; the smallest where none does."""
    whole = (size for size in _SIZES if [fitted(one, columns, size) for one in rows] == [*rows])
    return next((size for size in whole if len(first_page(rows, columns, tall, size)) == len(rows)), _SIZES[-1])


def _rows(of: Grouped) -> list[Row]:
    text, shares = of.text, of.group.variance_shares
    return [
        row(
            one.name,
            "–" if one.next_unit is None else text.number(one.next_unit, 3),
            text.rounded((one.npv.mean or 0.0) * one.factor, RATIO, (one.npv.error or 0.0) * one.factor),
            text.rounded(one.odds, SHARE),
            text.rounded(shares[one.name], SHARE) if one.name in shares else "–",
        )
        for one in of.group.by_next_unit
    ]


def _before_after(slide: Any, box: Box, of: Grouped) -> None:
    """Two bars a unit: today's solid, the allocated in outline."""
    rows = moved_rows(of)
    heading = f"Social budget over the plan, {of.currency}"
    write(slide, Box(box.left, box.top, box.width, _HEADING), [TextRun(heading, True)], 13, name="Chart heading")
    # Bars of the others that are not to scale end at the edge of the chart; the numbers behind them stay.
    scale = Scale.over([0.0, *(one.most * one.scale for one in rows)], 4)
    code = axis_code(of.text, MONEY, scale)
    # From the bottom up, as bars are counted.
    drawn = rows[::-1]
    names = [others_label(clipped(one.name, 11, _NAME_LETTERS), one.scale) for one in drawn]
    budgets = {"Allocated": [one.allocated for one in drawn], "Today": [one.today for one in drawn]}
    data = categories(names, code, **budgets)
    place = Box(box.left, box.top + _HEADING, box.width, box.height - _HEADING)
    chart = add_chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, place, data, moved_alt(of), "Before and after")
    legend(chart)
    style_axis(chart.value_axis, code, scale, grid=True)
    style_axis(chart.category_axis, "")
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 0
    allocated, today = chart.plots[0].series
    fill_columns(allocated, LIGHT.background, edge=LIGHT.plan)
    fill_columns(today, LIGHT.total, edge=LIGHT.total)
