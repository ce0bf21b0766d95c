"""A projection as tables: by month and by fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from model.lines import LINES
from model.projection import Projection

if TYPE_CHECKING:
    import pandas as pd


def monthly(projection: Projection, names: Sequence[str] = tuple(LINES)) -> pd.DataFrame:
    """One row a month: `month` (1 …), `date` (its first day) and a column for each line by its public name."""
    import pandas as pd

    calendar = {"month": range(1, projection.months + 1), "date": list(projection.dates)}
    return pd.DataFrame(calendar | {name: projection.lines[name] for name in names})


def yearly(projection: Projection, names: Sequence[str] = tuple(LINES)) -> pd.DataFrame:
    """One row a fiscal year: flows of money added up, every other line as in the year's last month.

    `months` says how many months of the plan fall into the year; the first and last can be part years.
    """
    import pandas as pd

    starts = projection.scenario.fiscal_year_start
    table = monthly(projection, names)
    year = [fiscal_year(day, starts) for day in projection.dates]
    rules = {name: "sum" if LINES[name].unit.flow else "last" for name in names}
    grouped = table.groupby(pd.Index(year, name="year"), sort=True)
    return grouped.agg({"month": "count"} | rules).rename(columns={"month": "months"}).reset_index()


def fiscal_year(day: date, starts: int) -> str:
    """The fiscal year a day falls into: "2027", or "2027/28" where the year does not start in January."""
    first = day.year if day.month >= starts else day.year - 1
    return str(first) if starts == 1 else f"{first}/{(first + 1) % 100:02d}"
