"""The tables of a simulation: cash by month, every metric's spread, and what matters of the uncertain inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.telling.tables import (
    ERROR,
    PERCENTILE_ERRORS,
    PERCENTILE_NAMES,
    WITHIN,
    WITHOUT_VALUE,
    fan,
    spreads,
    what_matters,
)
from model.units import MONEY, SHARE, Format, Unit
from report.material import Material
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import number

_YEARS_END = f"Cumulative net cash at each year's end; every month is in the CSV files. {WITHIN}"
_ERRORS: Mapping[str, str] = MappingProxyType(
    {ERROR: "±"}
    | {error: f"{name.upper()} ±" for error, name in zip(PERCENTILE_ERRORS, PERCENTILE_NAMES, strict=True)}
)
_FAN: Mapping[str, Column] = MappingProxyType(
    {
        "month": Column("Month", words=True),
        **{name: Column(name.capitalize(), MONEY) for name in ("mean", *PERCENTILE_NAMES)},
        **{error: Column(heading, MONEY) for error, heading in _ERRORS.items()},
    }
)
_SPREADS: Mapping[str, Column] = MappingProxyType(
    {
        "metric": Column("Metric", words=True, names=METRICS),
        **{name: Column(name.capitalize()) for name in ("mean", *PERCENTILE_NAMES)},
        **{error: Column(heading) for error, heading in _ERRORS.items()},
        "defined": Column("Has a value", SHARE, lambda text, part, unit: f"in {text.rounded(part, unit)} of cases"),
    }
)


def _roots(text: Format, roots: Sequence[float], unit: Unit) -> str:
    return " and ".join(number(text, root, unit) for root in roots) or "no value within bounds"


_WHAT_MATTERS: Mapping[str, Column] = MappingProxyType(
    {
        "input": Column("Uncertain assumption", words=True, names=ASSUMPTIONS),
        "low": Column("Low"),
        "value": Column("Assumed"),
        "high": Column("High"),
        "npv_low": Column("Net present value at low", MONEY),
        "npv_high": Column("Net present value at high", MONEY),
        "variance_share": Column("Part of the variance", SHARE),
        "break_even": Column("Breaks even at", write=_roots),
        "worth_knowing": Column("Worth knowing", MONEY),
        "worth_error": Column(_ERRORS[ERROR], MONEY),
    }
)


def fan_table(material: Material) -> ChartTable:
    """Cumulative cash by month; on paper at each year's end, and without some of the percentiles."""
    rows = fan(material.simulated[0])
    ends = rows.loc[rows["month"] % 12 == 0, ["month", "mean", ERROR, "p5", "p25", "p50", "p75", "p95"]]
    return ChartTable(rows, _FAN, printed=ChartTable(ends, _FAN, _YEARS_END))


def spread_table(material: Material) -> ChartTable:
    """Every metric's spread; on paper without some of the percentiles."""
    rows = spreads(material.simulated[0])
    shown, said = rows[["metric", "mean", ERROR, "p10", "p50", "p90", "defined"]], f"{WITHIN} {WITHOUT_VALUE}"
    return ChartTable(rows, _SPREADS, said, printed=ChartTable(shown, _SPREADS, said))


def inputs_table(*printed: str) -> Callable[[Material], ChartTable]:
    """The table of the uncertain inputs, with the columns that stand on paper beside each input's name."""

    def table(material: Material) -> ChartTable:
        rows: Any = what_matters(*material.simulated)
        return ChartTable(rows, _WHAT_MATTERS, printed=ChartTable(rows[["input", *printed]], _WHAT_MATTERS))

    return table
