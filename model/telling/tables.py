"""Results as tables: a projection by month and by fiscal year, a simulation by month, metric and input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from math import fsum
from typing import TYPE_CHECKING, Any

from model.choice.findings import Findings, findings
from model.lines import LINES, YEARLY
from model.projection import Projection
from model.scenario import Scenario
from model.uncertainty.simulation import PERCENTILES, Simulation
from model.units import Unit

if TYPE_CHECKING:
    import pandas as pd

PERCENTILE_NAMES = tuple(f"p{percent}" for percent in PERCENTILES)
WITHIN = (
    "± is the sampling error: what other draws of the same number would move a figure by, one standard deviation, "
    "at most."
)
WITHOUT_VALUE = (
    "A dash stands for the percentiles of what has a value in less than half of the cases, and for the mean of a "
    "rate, which says nothing."
)
# The sampling error of the mean, and that of each percentile.
ERROR, PERCENTILE_ERRORS = "error", tuple(f"{name}_error" for name in PERCENTILE_NAMES)


def monthly(projection: Projection, names: Sequence[str] = tuple(LINES)) -> pd.DataFrame:
    """One row a month: `month` (1 …), `date` (its first day) and a column for each line by its public name."""
    import pandas as pd

    calendar = {"month": range(1, projection.months + 1), "date": list(projection.dates)}
    return pd.DataFrame(calendar | {name: projection.lines[name] for name in names})


def yearly(projection: Projection, names: Sequence[str] = YEARLY, today: date | None = None) -> pd.DataFrame:
    """The rows of `by_fiscal_year` with their names: `year`, `months` and the lines' public ones."""
    import pandas as pd

    return pd.DataFrame(by_fiscal_year(projection, names, today), columns=["year", "months", *names])


def by_fiscal_year(projection: Projection, names: Sequence[str], today: date | None = None) -> list[tuple[Any, ...]]:
    """One row a fiscal year: its name, its months, flows added up, every other line as in the year's last month.

    Its months are those of the plan that fall into it; the first and last can be part years. A plan without a start
    of its own begins after `today`, by default the computer's day.
    """
    starts = projection.scenario.fiscal_year_start
    lines = {name: projection.lines[name].tolist() for name in names}
    rows, start = [], 0
    for year, days in groupby(projection.scenario.calendar(today), lambda day: fiscal_year(day, starts)):
        end = start + len(tuple(days))
        values = (fsum(line[start:end]) if LINES[name].unit.flow else line[end - 1] for name, line in lines.items())
        rows.append((year, end - start, *values))
        start = end
    return rows


def fan(simulation: Simulation, line: str = "cumulative_cash") -> pd.DataFrame:
    """One row a month: a line's mean and percentiles over the draws, and the sampling error of each."""
    import pandas as pd

    rows, errors = simulation.bands[line], simulation.band_errors[line]
    months = range(1, rows.shape[1] + 1)
    return pd.DataFrame(
        {"month": months}
        | dict(zip(("mean", *PERCENTILE_NAMES), rows, strict=True))
        | dict(zip((ERROR, *PERCENTILE_ERRORS), errors, strict=True))
    )


def spreads(simulation: Simulation) -> pd.DataFrame:
    """One row a metric: mean, percentiles, the part of the draws in which it is defined, and sampling errors."""
    import pandas as pd

    rows = []
    for name in simulation.metrics:
        spread = simulation.spread(name)
        none = (None,) * len(PERCENTILE_NAMES)
        percentiles, errors = spread.percentiles or none, spread.percentile_errors or none
        rows.append((name, spread.mean, spread.error, *percentiles, spread.defined, *errors))
    return pd.DataFrame(rows, columns=["metric", "mean", ERROR, *PERCENTILE_NAMES, "defined", *PERCENTILE_ERRORS])


def what_matters(simulation: Simulation, found: Findings | None = None) -> pd.DataFrame:
    """One row an uncertain input: range, NPV at both ends, variance share, break-evens, what knowing it is worth.

    `worth_error` is the sampling error of that worth.
    `found` saves computing the simulation's findings again.
    """
    import pandas as pd

    found = found or findings(simulation)
    truths = {item.name: item for item in found.must_be_true}
    rows = [
        {
            "input": bar.name,
            "low": bar.low,
            "value": truths[bar.name].value,
            "high": bar.high,
            "npv_low": bar.npv_low,
            "npv_high": bar.npv_high,
            "variance_share": found.importance[bar.name],
            "break_even": truths[bar.name].break_even,
            "worth_knowing": found.evppi[bar.name],
            "worth_error": found.evppi_errors[bar.name],
        }
        for bar in found.bars
    ]
    return pd.DataFrame(rows)


def fiscal_year(day: date, starts: int) -> str:
    """The fiscal year a day falls into, as it is called."""
    return fiscal_label(fiscal_start(day, starts), starts)


def fiscal_start(day: date, starts: int) -> int:
    """The calendar year in which the fiscal year of a day begins."""
    return day.year if day.month >= starts else day.year - 1


def fiscal_label(first: int, starts: int) -> str:
    """A fiscal year as it is called: "2027" where it is the calendar year, else "FY27/28".

    Most name it by the calendar year in which it ends, some by that in which it begins, so that "FY2027" would be
    read a year off by one or the other; with both years nobody can. Two digits each fit below the columns of charts.
    """
    return str(first) if starts == 1 else f"FY{first % 100:02d}/{(first + 1) % 100:02d}"


def fiscal_year_words(scenario: Scenario) -> str:
    """What "fiscal year" means for a scenario, for a heading: with its months where it is not the calendar year.

    "fiscal year (Jul–Jun)": FY27/28 is then July 2027 – June 2028.
    """
    starts, name = scenario.fiscal_year_start, scenario.format.month_name
    if starts == 1:
        return "fiscal year"
    return f"fiscal year ({name(starts, 'abbreviated')}–{name(starts - 1, 'abbreviated')})"


# Tables as files


def in_units(table: pd.DataFrame, units: Mapping[str, Unit], currency: str) -> pd.DataFrame:
    """The table with the unit of raw numbers in brackets after a column's name: "net_cash (USD a month)"."""
    return table.rename(columns={name: f"{name} ({unit.stored_words(currency)})" for name, unit in units.items()})


def stamped(table: pd.DataFrame, scenario: Scenario, made_on: date, *others: Scenario) -> pd.DataFrame:
    """The table with whose numbers it holds in its last columns, as far as it does not say so itself.

    `others` are scenarios whose numbers stand in columns beside those of the first.
    """
    every = (scenario, *others)
    stamp = {
        "scenario": "; ".join(one.name for one in every),
        "hash": "; ".join(one.hash for one in every),
        "made_on": made_on.isoformat(),
        "currency": scenario.currency,
    }
    return table.assign(**{name: value for name, value in stamp.items() if name not in table})


def monthly_file(projection: Projection, scenario: Scenario, made_on: date, currency: str = "") -> pd.DataFrame:
    """The lines by month as a file holds them: units in the headings, whose numbers they are in the last columns.

    `scenario` is whose they are, where a start of its own was fixed for the projection too; `currency` stands in the
    headings in place of its own.
    """
    units = {name: item.unit for name, item in LINES.items()}
    table = in_units(monthly(projection), units, currency or scenario.currency)
    return stamped(table, scenario, made_on)
