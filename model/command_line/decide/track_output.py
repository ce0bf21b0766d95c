"""A plan beside its actuals, as plain data and as aligned text: AC is actual, PL plan, Δ their difference (IBCS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.command_line.output import columns
from model.reading.texts import tellable
from model.track.actuals import actuals_data
from model.track.forecasts import HELD, Forecast, records
from model.track.measures import MEASURES
from model.track.tracked import CASH, Ahead, Tracked
from model.track.variances import Variance, VarianceCause
from model.track.words import CASH_LABEL, MOST_OPEN, answer, lead, shown_parts, shown_unit, verdicts, warned
from model.units import MONEY, NO_BREAK, RATIO, SHARE, Format, Unit

_LONGEST = 400
_MONTHS_A_YEAR = 12
_NAMES = {CASH: (CASH_LABEL, MONEY)}


def track_data(found: Tracked, told: Sequence[str]) -> dict[str, Any]:
    """Everything that tracking found, at full precision."""
    return {
        "scenario": found.scenario.to_data(),
        "hash": found.scenario.hash,
        "until": found.until,
        "suspect": actuals_data(found.suspect),
        "columns": list(told),
        "actuals": actuals_data(found.actuals),
        "in_short": [*_in_short(found), *verdicts(found)],
        "before": asdict(found.before),
        "now": asdict(found.now),
        "draws": found.learned.count,
        "effective_draws": found.learned.effective,
        "drawn_anew": found.learned.redrawn,
        "variances": [_variance_data(item) for item in found.variances],
        "forecasts": [_forecast_data(item) for item in found.forecasts],
        "warnings": list(warned(found)),
        "ahead": {name: _ahead_data(item) for name, item in found.ahead.items()},
        "record": None if found.record is None else asdict(found.record) | {"nominal": HELD},
        "records": {name: asdict(item) for name, item in records(found.forecasts).items()},
        "gates": [
            {
                "month": item.gate.month,
                "indicator": item.gate.indicator,
                "threshold": item.gate.threshold,
                "observed": item.observed,
                "state": item.state.value,
                "due": item.due,
                "standing": item.standing,
                "marked_on": item.marked_on and item.marked_on.isoformat(),
            }
            for item in found.gates
        ],
        "matters": [
            {"name": bar.name, "p10": bar.low, "p90": bar.high, "npv_p10": bar.npv_low, "npv_p90": bar.npv_high}
            for bar in found.matters
        ],
        "checks": {
            item.name: {"trust": item.trust.value, "verdict": item.verdict, "figures": dict(item.figures)}
            for item in found.checks
        },
    }


def _in_short(found: Tracked) -> list[str]:
    """How the plan is doing, after what makes that doubtful."""
    first = lead(found)
    return [*([f"{first}."] if first else []), answer(found)]


def _variance_data(item: Variance) -> dict[str, Any]:
    places = [month - 1 for month in item.months]
    return {
        "subject": item.subject,
        "months": list(item.months),
        "AC": item.actual[places].tolist(),
        "PL": item.plan[places].tolist(),
        "Δ": item.delta[places].tolist(),
        "causes": {cause.value: series[places].tolist() for cause, series in item.parts.items()},
        "cumulative": {
            "AC": item.total(item.actual),
            "PL": item.total(item.plan),
            "Δ": item.total(item.delta),
            "causes": {cause.value: item.total(series) for cause, series in item.parts.items()},
        },
    }


def _forecast_data(item: Forecast) -> dict[str, Any]:
    facts = {"month": item.actual.month, "measure": item.actual.measure, "AC": item.actual.value}
    band = {"p10": item.low, "p50": item.middle, "p90": item.high, "held": item.held}
    return facts | band | {"below": item.below, "score": item.score}


def _ahead_data(item: Ahead) -> dict[str, list[float]]:
    return {"p10": item.low.tolist(), "p50": item.middle.tolist(), "p90": item.high.tolist()}


def track_table(found: Tracked, told: Sequence[str]) -> str:
    """The same, readable."""
    scenario = found.scenario
    head = f"{scenario.name}, hash {scenario.hash}: month {found.until} of {_MONTHS_A_YEAR * scenario.horizon_years}"
    parts = [
        [tellable(head, _LONGEST), *(tellable(line, _LONGEST) for line in told)],
        _in_short(found),
        _variances(found),
        list(warned(found)),
        [tellable(item.words(scenario.format), _LONGEST) for item in found.gates],
        _ahead(found),
        _matters(found),
        _record(found),
        list(verdicts(found)),
    ]
    text = "\n\n".join("\n".join(part) for part in parts if part) + "\n"
    return text.replace(NO_BREAK, " ")


def _variances(found: Tracked) -> list[str]:
    if not found.variances:
        return []
    heads = [("CUMULATIVE", "AC", "PL", "Δ", *(f"Δ {cause.value}" for cause in VarianceCause))]
    return columns([*heads, *(_variance(item, found.scenario.format) for item in found.variances)])


def _variance(item: Variance, text: Format) -> tuple[str, ...]:
    unit = shown_unit(item)
    parts = shown_parts(item)
    actual, plan = unit.as_shown(item.total(item.actual)), unit.as_shown(item.total(item.plan))
    signed = (actual - plan, *(parts[cause] for cause in VarianceCause))
    label = item.label if item.adds_up else f"{item.label}, month {item.months[-1]}"
    values = (text.number(float(value), unit.decimals) for value in (actual, plan))
    return (
        unit.beside(label, text.currency),
        *values,
        *(text.signed_number(float(value), unit.decimals) for value in signed),
    )


def _ahead(found: Tracked) -> list[str]:
    """The forecast of next month and of the end, in the unit of a month."""
    last = _MONTHS_A_YEAR * found.scenario.horizon_years
    months = sorted({min(found.until + 1, last), last})
    rows: list[tuple[str, ...]] = [("FORECAST", "MONTH", "P10", "P50", "P90")]
    for name, item in found.ahead.items():
        label, unit = _NAMES[name] if name in _NAMES else (MEASURES[name].label, MEASURES[name].unit)
        rows += [(label, str(month), *_band(item, month, unit, found.scenario.format)) for month in months]
    return columns(rows)


def _band(item: Ahead, month: int, unit: Unit, text: Format) -> tuple[str, ...]:
    return tuple(text.rounded(float(row[month - 1]), unit) for row in (item.low, item.middle, item.high))


def _matters(found: Tracked) -> list[str]:
    """The beliefs that the worth of the plan still hangs on most, from their 10th to their 90th percentile."""
    text = found.scenario.format
    rows: list[tuple[str, ...]] = [("WHAT MATTERS STILL", "P10", "P90", "NPV AT P10", "NPV AT P90")]
    for bar in found.matters[:MOST_OPEN]:
        label, unit = ASSUMPTIONS[bar.name].short_label, ASSUMPTIONS[bar.name].unit
        ends = (text.rounded(end, unit) for end in (bar.low, bar.high))
        rows.append((label, *ends, *(text.rounded(worth, MONEY) for worth in (bar.npv_low, bar.npv_high))))
    return columns(rows) if found.matters else []


def _record(found: Tracked) -> list[str]:
    if found.record is None:
        return []
    text = found.scenario.format
    rows: list[tuple[str, ...]] = [("RECORD", "ACTUALS", "HELD", "INTERVAL SCORE")]
    rows += [
        (
            MEASURES[name].label,
            text.number(item.actuals, 0),
            text.rounded(item.part, SHARE),
            text.rounded(item.score, RATIO),
        )
        for name, item in records(found.forecasts).items()
    ]
    return [found.record.words(text), *columns(rows)]
