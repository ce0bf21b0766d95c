"""The table behind a chart of a simulation as a person reads it: labels and units, numbers in the locale."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from dashboard.components.tables import written
from model.assumptions import ASSUMPTIONS, Assumption
from model.metrics import METRICS, Metric
from model.scenario import Scenario
from model.units import MONEY, RATIO, SHARE, Unit

# What each column is called, and its unit where that is the same in every row.
_COLUMNS: Mapping[str, tuple[str, Unit | None]] = MappingProxyType(
    {
        "input": ("Input", None),
        "metric": ("Metric", None),
        "month": ("Month", RATIO),
        "low": ("Low", None),
        "value": ("Value", None),
        "high": ("High", None),
        "break_even": ("Break-even", None),
        "npv_low": ("Net present value at low", MONEY),
        "npv_high": ("Net present value at high", MONEY),
        "variance_share": ("Share of the variance", SHARE),
        "worth_knowing": ("Worth knowing", MONEY),
        "defined": ("Cases that have one", SHARE),
    }
)
_NAMES = ("input", "metric")


def readable(rows: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """The rows as text: inputs and metrics under their label and unit, each value in that of its row or column."""
    shown = {}
    units = [_unit_of_row(row) for row in rows.to_dict("records")]
    for name in rows.columns:
        label, fixed = _COLUMNS.get(name, (name.capitalize(), None if _has_names(rows) else MONEY))
        heading = fixed.beside(label, scenario.currency) if fixed else label
        cells = zip(rows[name], units, strict=True)
        shown[heading] = [_cell(scenario, name, value, fixed or unit) for value, unit in cells]
    return pd.DataFrame(shown)


def figures(shown: pd.DataFrame) -> list[str]:
    """The headings of the columns that hold figures."""
    return [heading for heading in shown.columns if heading not in {_COLUMNS[name][0] for name in _NAMES}]


def _has_names(rows: pd.DataFrame) -> bool:
    return any(name in rows for name in _NAMES)


def _unit_of_row(row: Mapping[Any, Any]) -> Unit:
    """The unit of the input or metric that a row is about; of rows by month, that of money."""
    name = next((row[column] for column in _NAMES if column in row), None)
    return MONEY if name is None else _subject(name).unit


def _subject(name: str) -> Assumption | Metric:
    return ASSUMPTIONS.get(name) or METRICS[name]


def _cell(scenario: Scenario, column: str, value: Any, unit: Unit) -> str:
    write = written(scenario, unit)
    if column in _NAMES:
        return _subject(value).unit.beside(_subject(value).label, scenario.currency)
    if column == "break_even":
        return "; ".join(write(float(root)) for root in value.split("; ") if root)
    return write(value)
