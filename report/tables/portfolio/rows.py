"""A group's rows: its units, its cash by month, what matters, and its budget before and after."""

from __future__ import annotations

from typing import Any

from model.assumptions import ASSUMPTIONS
from model.uncertainty.simulation import PERCENTILES
from model.units import MONEY, RATIO, SHARE, Format, Unit
from report.tables.chart_table import ChartTable, Column
from report.tables.portfolio.grouped import Grouped

_UNIT = Column("Unit", words=True)
_DECIMALS = 3


def _earned(text: Format, value: Any, _: Unit) -> str:
    """What a unit of money earns, to a thousandth of it."""
    return text.number(value, _DECIMALS)


EARNS = Column("Next unit of money returns", RATIO, write=_earned)


def unit_rows(of: Grouped) -> ChartTable:
    """A row a unit, by what its next unit of money returns; amounts in the group's currency."""
    import pandas as pd

    shares = of.group.variance_shares
    rows = [
        (one.name, one.next_unit, (one.npv.mean or 0.0) * one.factor, (one.npv.error or 0.0) * one.factor,
         one.deviation * one.factor, one.odds, shares.get(one.name))
        for one in of.group.by_next_unit
    ]  # fmt: skip
    columns = {
        "unit": _UNIT,
        "next_unit": EARNS,
        "npv": Column("Mean net present value", MONEY),
        "error": Column("Sampling error", MONEY),
        "deviation": Column("Standard deviation", MONEY),
        "odds": Column("Odds of a gain", SHARE),
        "variance": Column("Of the group’s variance", SHARE),
    }
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


def cash_rows(of: Grouped) -> ChartTable:
    """A row a month of the group's cumulative cash: its mean and percentiles."""
    import pandas as pd

    names = ["mean", *(f"p{percent}" for percent in PERCENTILES)]
    frame = pd.DataFrame(of.group.fan.T, columns=names)
    frame.insert(0, "month", range(1, len(frame) + 1))
    columns = {"month": Column("Month", words=True), "mean": Column("Mean", MONEY)}
    columns |= {f"p{percent}": Column(f"{percent} % below", MONEY) for percent in PERCENTILES}
    return ChartTable(frame, columns)


def belief_rows(of: Grouped) -> ChartTable:
    """A row a belief: the group's net present value with it at its low and its high end in all units."""
    import pandas as pd

    rows = [(ASSUMPTIONS[bar.name].short_label, bar.npv_low, bar.npv_high) for bar in of.group.bars]
    columns = {"belief": Column("Belief", words=True), "low": Column("At its low end", MONEY)}
    columns |= {"high": Column("At its high end", MONEY)}
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)


def allocation_rows(of: Grouped) -> ChartTable:
    """A row a unit: its social budget over the plan and its target share, before and after."""
    import pandas as pd

    parts = of.allocation.parts if of.allocation else ()
    rows = [
        (one.name, one.budget_today, one.budget, one.budget - one.budget_today, one.share_today, one.share,
         one.earns, f"at its {one.bound}" if one.bound else "")
        for one in parts
    ]  # fmt: skip
    columns = {
        "unit": _UNIT,
        "budget_today": Column("Budget today", MONEY),
        "budget": Column("Budget allocated", MONEY),
        "change": Column("Change", MONEY),
        "share_today": Column("Share today", SHARE),
        "share": Column("Share allocated", SHARE),
        "earns": EARNS,
        "bound": Column("Limit", words=True),
    }
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)
