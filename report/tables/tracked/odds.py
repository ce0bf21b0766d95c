"""What a tracked plan is worth over its whole horizon, as it was planned and by what was measured."""

from __future__ import annotations

from typing import NamedTuple

from model.units import MONEY, NO_BREAK, SHARE, Style, Unit
from report.tables.document_tables import Cell, Table
from report.tables.tracked.variance_report import VarianceReport


class WorthBeforeAndNow(NamedTuple):
    """A figure before and now; one that is `compared` has a difference."""

    label: str
    unit: Unit
    before: float
    now: float
    compared: bool = True


def worths(of: VarianceReport) -> tuple[WorthBeforeAndNow, ...]:
    """The odds with their sampling error, the mean and the percentiles."""
    before, now, currency = of.found.before, of.found.now, of.found.scenario.currency
    return (
        WorthBeforeAndNow("Odds of a gain", SHARE, before.odds, now.odds),
        WorthBeforeAndNow("± sampling error of the odds", SHARE, before.error, now.error, compared=False),
        WorthBeforeAndNow(f"Mean net present value ({currency})", MONEY, before.mean, now.mean),
        WorthBeforeAndNow(f"P10: 1 in 10 odds of less ({currency})", MONEY, before.low, now.low),
        WorthBeforeAndNow(f"P50: median ({currency})", MONEY, before.middle, now.middle),
        WorthBeforeAndNow(f"P90: 9 in 10 odds of less ({currency})", MONEY, before.high, now.high),
    )


def odds_table(of: VarianceReport) -> Table:
    """The same for a reader; a difference of odds in points."""
    text, rows = of.text, []
    for item in worths(of):
        part = item.unit.style is Style.PERCENT
        told = [text.number(value * item.unit.scale, 1 if part else 0) for value in (item.before, item.now)]
        delta = text.signed_number((item.now - item.before) * item.unit.scale, 1 if part else 0)
        cells = [f"{value}{NO_BREAK}%" if part else value for value in told]
        apart = (f"{delta}{NO_BREAK}points" if part else delta) if item.compared else ""
        rows.append(tuple(map(Cell, (item.label, *cells, apart))))
    return Table(("Over the whole horizon", "Planned", "Now", "Δ"), tuple(rows))
