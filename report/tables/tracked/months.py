"""A line of a tracked plan by month, for a reader: AC, PL, their difference and what made it."""

from __future__ import annotations

from model.track.variances import Variance, VarianceCause
from model.track.words import shown_unit
from report.tables.document_tables import Cell, Table
from report.tables.tracked.variance_report import VarianceReport


def months_table(of: VarianceReport, item: Variance) -> tuple[str, Table]:
    """A title with the line's unit, and a row for each month that has an actual."""
    text, unit = of.text, shown_unit(item)
    rows = []
    for month in item.months:
        at = month - 1
        amounts = (text.number(float(series[at]) * unit.scale, unit.decimals) for series in (item.actual, item.plan))
        signed = (item.delta, *(item.parts[cause] for cause in VarianceCause))
        deltas = (text.signed_number(float(unit.as_shown(float(series[at]))), unit.decimals) for series in signed)
        rows.append(tuple(map(Cell, (text.number(month, 0), *amounts, *deltas))))
    headings = ("Month", "AC", "PL", "Δ", *(f"Δ {cause.value}" for cause in VarianceCause))
    return item.unit.beside(f"{item.label}, by month", of.found.scenario.currency), Table(headings, tuple(rows))
