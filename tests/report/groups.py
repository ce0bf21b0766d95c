"""A small group with its results, made once a run: three units in two currencies."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from model.history.importing.data_file import data_file
from model.portfolio.allocation.allocate import allocate
from model.portfolio.allocation.limits import SplitLimits, totals_of
from model.portfolio.block import Failed
from model.portfolio.business_unit import portfolio
from model.portfolio.consolidated import consolidate
from model.portfolio.rates import rate_of
from model.portfolio.shared_beliefs import Drawing
from model.portfolio.table import units_of
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import project
from report.tables.portfolio.grouped import Grouped, defaults_of

UNITS = Path(__file__).parents[2] / "docs" / "example-units.csv"


@cache
def grouped() -> Grouped:
    base = PRESETS[DEFAULT_PRESET]
    group = portfolio(units_of(data_file(UNITS), base), "USD", [rate_of("EUR=1.08@2026-11-01")], 0.5)
    how = Drawing(256)
    split = allocate(group, SplitLimits(None, totals_of(["Europe=..12m"])), how)
    return Grouped(consolidate(group, how), split, project(defaults_of(group, base)))


def with_one_failed_and_many_warned() -> Grouped:
    """The group with a unit that failed, and a warning that four of its units share."""
    of = grouped()
    first = of.group.outcomes[0]
    sentence = "Not converted: Revenue per employee; an amount in USD taken as EUR."
    outcomes = (
        *of.group.outcomes,
        *(replace(first, name=f"Market {place}", caveats=(sentence,)) for place in range(4)),
    )
    lost = (Failed("Atlantis", "sank"),)
    return of._replace(group=replace(of.group, outcomes=outcomes, failed=lost))
