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


def _whole(text: Format, value: Any, _: Unit) -> str:
    """A simulated amount, without cents that nobody knows."""
    return text.number(value, 0)


# At the unit's own share, and past the share that it was allocated.
RETURNS = Column("Next unit of money returns", RATIO, write=_earned)
EARNS = Column("Next unit earns, as allocated", RATIO, write=_earned)


def _money(heading: str, of: Grouped) -> Column:
    return Column(f"{heading}, {of.currency}", MONEY, write=_whole)


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
        "next_unit": RETURNS,
        "npv": _money("Mean net present value", of),
        "error": _money("Sampling error", of),
        "deviation": _money("Standard deviation", of),
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
    columns = {"month": Column("Month", words=True), "mean": _money("Mean", of)}
    columns |= {f"p{percent}": _money(f"{percent} % below", of) for percent in PERCENTILES}
    return ChartTable(frame, columns)


def belief_rows(of: Grouped) -> ChartTable:
    """A row a belief: the group's net present value with it at its low and its high end in all units."""
    import pandas as pd

    rows = [(ASSUMPTIONS[bar.name].short_label, bar.npv_low, bar.npv_high) for bar in of.group.bars]
    columns = {"belief": Column("Belief", words=True), "low": _money("At its low end", of)}
    columns |= {"high": _money("At its high end", of)}
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
        "budget_today": _money("Budget today", of),
        "budget": _money("Budget allocated", of),
        "change": _money("Change", of),
        "share_today": Column("Share today", SHARE),
        "share": Column("Share allocated", SHARE),
        "earns": EARNS,
        "bound": Column("Limit", words=True),
    }
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns)
