"""A small group with its results, made once a run: three units in two currencies."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from model.history.importing.data_file import data_file
from model.portfolio.allocation.allocate import allocate
from model.portfolio.allocation.limits import SplitLimits, totals_of
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
