"""The page of a group: its answer, units, allocation and pictures in one HTML file, which prints as it stands."""

from __future__ import annotations

from datetime import date

from model.portfolio.allocation.words import split_in_words
from report.charts.drawing.theme import LIGHT
from report.charts.portfolio import before_after, drivers, group_cash, risk_return
from report.document.page import page
from report.tables.portfolio.grouped import Grouped, footer, odds_of_group, what_the_group_is_worth, who_drives
from report.tables.portfolio.rows import allocation_rows, unit_rows
from report.tables.portfolio.warnings import failed_in_words, warnings_in_words

# In CSS pixels, as wide as the page of A4.
_WIDE, _TALL = 680, 440


def build(of: Grouped, today: date) -> bytes:
    """The file; the same results give the same bytes."""
    split = of.allocation
    charts = [
        risk_return.CHART,
        *([before_after.CHART] if split else []),
        group_cash.CHART,
        drivers.VARIANCE,
        drivers.TORNADO,
    ]
    scenario = of.projection.scenario
    (units,), (parts,) = unit_rows(of).pages(scenario), allocation_rows(of).pages(scenario)
    told = page(
        "group.html.j2",
        [chart.figure(of, LIGHT, today) for chart in charts],
        title=scenario.name,
        theme=LIGHT,
        answer=what_the_group_is_worth(of),
        odds=odds_of_group(of),
        driver=who_drives(of).rstrip("."),
        failed=failed_in_words(of),
        warnings=warnings_in_words(of),
        split=split_in_words(split) if split else [],
        units=units,
        allocation=parts if split else None,
        alts=[chart.alt(of) for chart in charts],
        stamps=footer(of, today),
        width=_WIDE,
        height=_TALL,
    )
    return told.encode()
