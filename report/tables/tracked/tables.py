"""What came of a plan as tables: variances by cause, gates, what the worth hangs on, how often bands held."""

from __future__ import annotations

from datetime import date

from model.assumptions import ASSUMPTIONS
from model.stages.contract import State, day_of
from model.track.forecasts import records
from model.track.measures import MEASURES
from model.track.tracked import Tracked
from model.track.variances import VarianceCause
from model.track.words import MOST_OPEN, shown_parts, shown_unit
from model.units import MONEY, RATIO, SHARE
from report.tables.document_tables import NOTHING, Cell, Table
from report.words.values import amount


def variances_table(found: Tracked) -> Table:
    """Cumulative actual against plan, and the difference by cause, as rounded amounts that add up."""
    text = found.scenario.format
    rows = []
    for item in found.variances:
        unit = shown_unit(item)
        actual, plan = (unit.as_shown(item.total(series)) for series in (item.actual, item.plan))
        label = item.label if item.adds_up else f"{item.label}, month {item.months[-1]}"
        amounts = (text.number(float(one), unit.decimals) for one in (actual, plan))
        signed = (actual - plan, *(shown_parts(item)[cause] for cause in VarianceCause))
        deltas = (text.signed_number(float(one), unit.decimals) for one in signed)
        rows.append((Cell(label, unit.words(found.scenario.currency)), *map(Cell, (*amounts, *deltas))))
    headings = ("Measured", "AC", "PL", "Δ", *(f"Δ {cause.value}" for cause in VarianceCause))
    return Table(headings, tuple(rows))


def gates_due(found: Tracked, fixed_on: date | None = None) -> Table:
    """Each gate with its threshold: met or not where what it looks at was measured, else not due or not measured.

    `fixed_on` is the day from which days are counted where the plan has no first month; none are told without it.
    """
    text = found.scenario.format
    rows = []
    for seen in found.gates:
        gate, unit = seen.gate, seen.gate.looks_at.unit
        when = f"month {gate.month}" + (f", {text.day(day_of(gate, found.scenario, fixed_on))}" if fixed_on else "")
        measured, told = NOTHING, seen.standing
        if seen.observed is not None:
            measured = text.plain(round(seen.observed, 4), unit)
            told += f": {gate.below.words}" if seen.state is State.NOT_MET else ""
            told += f"; {seen.when_marked(text)}" if seen.marked_on else ""
        elif seen.due:
            told += f": {seen.would_tell}"
        rows.append((when, gate.looks_at.label, text.plain(gate.threshold, unit), measured, told))
    headings = ("At the end of", "Looked at", "At least", "Measured", "State")
    return Table(headings, tuple(tuple(map(Cell, row)) for row in rows), values_from=9)


def still_open(found: Tracked) -> Table:
    """The beliefs that the worth of the plan still hangs on: as now believed, and what it is worth at each end."""
    text = found.scenario.format
    rows = tuple(
        (
            Cell(ASSUMPTIONS[bar.name].short_label),
            Cell(" … ".join(amount(text, bar.name, end) for end in (bar.low, bar.high))),
            Cell(text.rounded(bar.npv_low, MONEY)),
            Cell(text.rounded(bar.npv_high, MONEY)),
        )
        for bar in found.matters[:MOST_OPEN]
    )
    return Table(("Belief", "P10 … P90, as now believed", "NPV at P10", "NPV at P90"), rows, values_from=1)


def calibration(found: Tracked) -> Table:
    """How often the bands held, by what was measured, and their interval score."""
    text = found.scenario.format
    rows = tuple(
        (
            Cell(MEASURES[name].label),
            Cell(text.number(one.actuals, 0)),
            Cell(text.rounded(one.part, SHARE)),
            Cell(text.rounded(one.score, RATIO)),
        )
        for name, one in records(found.forecasts).items()
    )
    return Table(("Measured", "Actuals", "Within the band", "Interval score, lower is better"), rows)
