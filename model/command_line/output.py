"""Results as plain data (for JSON) and as aligned text (for a terminal)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from model.assumptions import ASSUMPTIONS, SECTIONS, Assumption, Range
from model.choice.aims import AIM_LABELS, Standing
from model.choice.findings import Findings, findings
from model.choice.goal_seek import End, at_the_ends
from model.choice.optimise import Optimum
from model.metrics import METRICS
from model.projection import Projection
from model.reading.value_validation import bounds_text
from model.scenario import Scenario
from model.telling.best_plan import best_in_words, limit_in_words, rests_on, rise_in_time
from model.telling.caveats import caveats, extrapolation
from model.telling.measurement import WORTH, short_basis, valued_at
from model.telling.one_line import beside_the_answer
from model.telling.tables import WITHIN, WITHOUT_VALUE
from model.uncertainty.sensitivity import evpi, evpi_error, evppi, evppi_errors, means_given, tornado
from model.uncertainty.simulation import PERCENTILES, Simulation, Spread
from model.units import NO_BREAK, SHARE, Format, Unit


def as_json(data: Any) -> str:
    """Data as indented JSON; numbers at full precision."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns aligned, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return [row.rstrip().replace(NO_BREAK, " ") for row in aligned]


def stamp(scenario: Scenario, plan: Projection | None = None) -> dict[str, Any]:
    """What stands in every result: the scenario, its hash and what must be said beside the numbers."""
    return {"scenario": scenario.to_data(), "hash": scenario.hash, "caveats": list(_beware(scenario, plan))}


def _beware(scenario: Scenario, plan: Projection | None = None) -> tuple[str, ...]:
    """What must be said beside the numbers, extrapolation included; `plan` saves projecting the scenario again."""
    from model.projection import project

    projection = plan or project(scenario)
    stretched = extrapolation(scenario, projection.lines)
    return (*caveats(projection), *([stretched] if stretched else []))


# One scenario, projected


def projection_data(projection: Projection) -> dict[str, Any]:
    """A projection: metrics, reasons where undefined, lines by month, checks."""
    return stamp(projection.scenario, projection) | {
        "in_short": list(beside_the_answer(projection)),
        "metrics": dict(projection.metrics),
        "undefined": dict(projection.undefined),
        "monthly": {"month": list(range(1, projection.months + 1))}
        | {name: series.tolist() for name, series in projection.lines.items()},
        "checks": dict(projection.checks),
    }


def projection_table(projection: Projection) -> str:
    """A projection's metrics, readable."""
    rows = [("METRIC", "VALUE", "BASIS", "NAME")]
    for name, value in projection.metrics.items():
        reason = projection.undefined.get(name)
        shown = f"– ({reason})" if reason else metric_text(projection.scenario.format, value, METRICS[name].unit)
        rows.append((METRICS[name].label, shown, short_basis(name, projection.scenario), name))
    passed = f"model checks: {sum(projection.checks.values())} of {len(projection.checks)} passed"
    top = [*heading(projection.scenario, passed, projection), *beside_the_answer(projection)]
    return "\n".join([*(line.replace(NO_BREAK, " ") for line in top), "", *columns(rows)]) + "\n"


def metric_text(text: Format, value: float | None, unit: Unit) -> str:
    """A metric's value with its unit in words: "month 37", "290,594.42 USD a year"."""
    shown = text.exact(value, unit)
    if value is None or not unit.per:
        return shown
    return f"{unit.per} {shown}" if unit.whole else f"{shown} {unit.per}"


def heading(scenario: Scenario, state: str, plan: Projection | None = None) -> list[str]:
    """The first lines of every table: which scenario, how it is appraised, and what must be said beside it."""
    years = "1 year" if scenario.horizon_years == 1 else f"{scenario.horizon_years} years"
    frame = (
        f"{years}, against holding at {scenario.stated('social_share_start')}; discount rate "
        f"{scenario.stated('discount_rate')} a year, {WORTH.tax(scenario)}, {valued_at(scenario)}; {state}"
    )
    return [f"{scenario.name}  [{scenario.hash}]", frame, *_beware(scenario, plan)]


# The assumptions


def assumption_data(assumption: Assumption) -> dict[str, Any]:
    """An assumption, in model units."""
    return {
        "name": assumption.name,
        "label": assumption.label,
        "section": assumption.section,
        "kind": assumption.kind.value,
        "unit": assumption.unit.name,
        "default": assumption.default,
        "bounds": list(assumption.bounds) if assumption.bounds else None,
        "choices": list(assumption.choices) or None,
        "range": assumption.range and range_data(assumption.range),
        "grade": assumption.grade_text or None,
        "source": list(assumption.source),
        "help": assumption.help,
    }


def range_data(item: Range) -> dict[str, Any]:
    """A range, in model units."""
    return {"low": item.low, "likely": item.likely, "high": item.high, "distribution": item.distribution.value}


def assumptions_table() -> str:
    """Every assumption, a row each."""
    rows: list[tuple[str, ...]] = [("NAME", "LABEL", "UNIT", "DEFAULT", "BOUNDS", "RANGE", "GRADE", "SOURCE")]
    rows += [_assumption_row(item) for item in ASSUMPTIONS.values()]
    return "\n".join(columns(rows)) + "\n"


def assumptions_markdown() -> str:
    """The assumptions as the tables of docs/assumptions.md, one for each section."""
    parts = []
    for section in SECTIONS:
        parts += [f"**{section}**\n", "| name | label | unit | default | bounds | range | grade | source |"]
        parts.append("|---|---|---|---|---|---|---|---|")
        rows = (_assumption_row(item) for item in ASSUMPTIONS.values() if item.section == section)
        parts += ["| `" + row[0] + "` | " + " | ".join(row[1:]) + " |" for row in rows]
        parts.append("")
    return "\n".join(parts)


def _assumption_row(assumption: Assumption) -> tuple[str, ...]:
    text, unit = Format(), assumption.unit
    bounds = range_ = "–"
    if assumption.bounds:
        bounds = " … ".join(text.plain(end, unit) for end in assumption.bounds)
    elif assumption.choices:
        bounds = ", ".join(assumption.choices)
    if assumption.range:
        ends = (assumption.range.low, assumption.range.likely, assumption.range.high)
        range_ = " / ".join(text.plain(end, unit) for end in ends)
    default = text.plain(assumption.default, unit)
    grade, source = assumption.grade_text or "–", ", ".join(assumption.source) or "–"
    return assumption.name, assumption.label, unit.name, default, bounds, range_, grade, source


# Simulated


Beaten = Sequence[tuple[Scenario, float | None]]


def simulation_data(simulation: Simulation, beats: Beaten = (), found: Findings | None = None) -> dict[str, Any]:
    """A simulation: spread of metrics, odds, what matters, what must be true, what is worth finding out, bands.

    `beats` are rival scenarios, each with the odds of a higher net present value than theirs, None across
    currencies. `found` saves computing the simulation's findings again.
    """
    scenario, found = simulation.scenario, found or findings(simulation)
    ends = range(12, 12 * scenario.horizon_years + 1, 12)
    return stamp(scenario, found.plan) | {
        "draws": simulation.draws,
        "seed": simulation.seed,
        "metrics": {name: spread_data(simulation.spread(name)) for name in simulation.metrics},
        "odds": {"npv_positive": simulation.odds_of_gain}
        | {f"payback_within_{month}": simulation.odds_of_payback(month) for month in ends},
        "beats": [{"name": rival.name, "hash": rival.hash, "odds": odds} for rival, odds in beats],
        "expected_shortfall": simulation.expected_shortfall,
        "shortfall_error": simulation.shortfall_error,
        "tornado": [
            {"name": b.name, "low": b.low, "high": b.high, "npv_low": b.npv_low, "npv_high": b.npv_high}
            for b in found.bars
        ],
        "importance": dict(found.importance),
        "must_be_true": [
            {
                "name": m.name,
                "low": m.range.low,
                "likely": m.range.likely,
                "high": m.range.high,
                "break_even": list(m.break_even),
            }
            for m in found.must_be_true
        ],
        "evpi": found.evpi,
        "evpi_error": found.evpi_error,
        "evppi": dict(found.evppi),
        "evppi_errors": dict(found.evppi_errors),
        "bands": {line: _band_data(simulation, line) for line in simulation.bands},
    }


def spread_data(spread: Spread) -> dict[str, Any]:
    """Mean, percentiles, the part of the draws in which a figure is defined, and sampling errors; see `Spread`."""
    percentiles = spread.percentiles or (None,) * len(PERCENTILES)
    errors = spread.percentile_errors and keyed(spread.percentile_errors)
    figures = {"mean": spread.mean, **keyed(percentiles), "defined": spread.defined}
    return figures | {"error": spread.error, "percentile_errors": errors}


def keyed(values: Sequence[Any]) -> dict[str, Any]:
    """Values of PERCENTILES by their names: "p5"."""
    return {f"p{place}": value for place, value in zip(PERCENTILES, values, strict=True)}


def _band_data(simulation: Simulation, line: str) -> dict[str, Any]:
    mean, *percentiles = simulation.bands[line].tolist()
    error, *errors = simulation.band_errors[line].tolist()
    return {"mean": mean, **keyed(percentiles), "error": error, "percentile_errors": keyed(errors)}


def simulation_table(simulation: Simulation, beats: Beaten = ()) -> str:
    """A simulation, readable: odds, spread of metrics, what matters most; sampling errors beside the money."""
    scenario, text = simulation.scenario, simulation.scenario.format
    rows: list[tuple[str, ...]] = [("METRIC", "MEAN", "±", "P10", "P50", "P90", "DEFINED", "NAME")]
    for name in simulation.metrics:
        spread, unit = simulation.spread(name), METRICS[name].unit
        values = keyed(spread.percentiles or (None,) * len(PERCENTILES))
        figures = (spread.mean, spread.error, values["p10"], values["p50"], values["p90"])
        shown = (text.exact(value, unit) for value in figures)
        rows.append((METRICS[name].label, *shown, _percent(text, spread.defined), name))
    means = means_given(simulation)
    worth, errors = evppi(simulation, means), evppi_errors(simulation, means)
    matters: list[tuple[str, ...]] = [
        ("WHAT MATTERS", "LOW", "HIGH", "NPV AT LOW", "NPV AT HIGH", "WORTH KNOWING", "±")
    ]
    for bar in tornado(scenario)[:8]:
        unit = ASSUMPTIONS[bar.name].unit
        ends = (text.plain(bar.low, unit), text.plain(bar.high, unit))
        known = (bar.npv_low, bar.npv_high, worth[bar.name], errors[bar.name])
        moneys = (text.exact(value, METRICS["npv"].unit) for value in known)
        matters.append((bar.name, *ends, *moneys))
    money = METRICS["npv"].unit
    worst, knowing = (simulation.expected_shortfall, simulation.shortfall_error), evpi(simulation)
    odds = (
        f"Odds of a gain {_percent(text, simulation.odds_of_gain)}; mean of the worst tenth "
        f"{text.rounded(worst[0], money, worst[1])} {text.within(worst[1], money)}; knowing everything before "
        f"deciding is worth {text.rounded(knowing, money, evpi_error(simulation))} "
        f"{text.within(evpi_error(simulation), money)}"
    ).replace(NO_BREAK, " ")
    top = heading(scenario, f"{simulation.draws} draws, seed {simulation.seed}")
    rivals = [
        f"Odds of a higher net present value than “{rival.name}”: "
        + ("none, as it is in another currency" if part is None else _percent(text, part))
        for rival, part in beats
    ]
    notes = [WITHIN, WITHOUT_VALUE]
    return "\n".join([*top, odds, *rivals, "", *columns(rows), *notes, "", *columns(matters)]) + "\n"


def _percent(text: Format, part: float) -> str:
    return f"{text.number(SHARE.scale * part, 1)} %"


# Optimised and sought


def optimum_data(optimum: Optimum) -> dict[str, Any]:
    """An optimum: levers, figures beside the present plan's, limits, the map of the aim."""
    return stamp(optimum.scenario) | {
        "aim": optimum.aim.value,
        "levers": dict(optimum.levers),
        "in_short": list(_in_short(optimum)),
        "rests_on": list(rests_on(optimum)),
        "optimum": _standing_data(optimum.standing) | {"errors": dict(optimum.standing.errors)},
        "present": _standing_data(optimum.present) | {"errors": dict(optimum.present.errors)},
        "gain": optimum.gain,
        "gain_error": optimum.gain_error,
        "odds_better_than_present": optimum.odds,
        "draws": optimum.simulation.draws,
        "seed": optimum.simulation.seed,
        "limits": [
            {
                "name": limit.name,
                "allowed": limit.allowed,
                "used": limit.used,
                "binding": limit.binding,
                "unspent": limit.unspent,
            }
            for limit in optimum.limits
        ],
        "map": {
            "social_share_target": optimum.map_shares.tolist(),
            "training_hours": optimum.map_hours.tolist(),
            "values": [[None if math.isnan(v) else v for v in row] for row in optimum.map_values.tolist()],
        },
    }


def _in_short(optimum: Optimum) -> tuple[str, ...]:
    """The answer, and how much of its rise comes within the horizon."""
    from model.projection import project

    plan = project(optimum.scenario)
    return tuple(filter(None, (best_in_words(optimum, plan), rise_in_time(plan))))


def _standing_data(standing: Standing) -> dict[str, float]:
    names = ("expected_npv", "p10_npv", "odds_of_gain", "spend", "new_money", "peak_funding")
    return {name: getattr(standing, name) for name in names}


def _figure(text: Format, standing: Standing, name: str) -> str:
    """One of a plan's figures, an amount with its sampling error."""
    value, error, money = _standing_data(standing)[name], standing.errors.get(name), METRICS["npv"].unit
    if error is None:
        return _percent(text, value)
    return f"{text.rounded(value, money, error)} {text.within(error, money)}"


def optimum_table(optimum: Optimum) -> str:
    """An optimum, readable."""
    scenario, text, money = optimum.scenario, optimum.scenario.format, METRICS["npv"].unit
    levers: list[tuple[str, ...]] = [("LEVER", "OPTIMUM")]
    levers += [(name, scenario.stated(name)) for name in optimum.levers]
    figures: list[tuple[str, ...]] = [("FIGURE", "OPTIMUM", "PRESENT PLAN")]
    figures += [
        (name, *(_figure(text, one, name) for one in (optimum.standing, optimum.present)))
        for name in _standing_data(optimum.standing)
    ]
    limits = [limit_in_words(limit, text) for limit in optimum.limits]
    gain = (
        f"{'Better' if optimum.gain >= 0 else 'Worse'} than the present plan by "
        f"{text.rounded(abs(optimum.gain), money, optimum.gain_error)} {text.within(optimum.gain_error, money)} on "
        f"average, better in {_percent(text, optimum.odds)} of the draws"
    )
    aim = f"Aim: {AIM_LABELS[optimum.aim][0]}"
    top = heading(scenario, f"{optimum.simulation.draws} fresh draws, seed {optimum.simulation.seed}")
    told = [aim, *_in_short(optimum), *([gain] if optimum.improves else []), *rests_on(optimum)]
    lines = [*top, *told, *limits, "", *columns(levers), "", *columns(figures)]
    return "\n".join(line.replace(NO_BREAK, " ") for line in lines) + "\n"


def seek_text(scenario: Scenario, vary: str, metric: str, target: float, found: Sequence[float]) -> str:
    """What a goal seek found, in a sentence, with names and every digit to go on with."""
    text, item = scenario.format, ASSUMPTIONS[vary]
    values = [f"{value!r} ({text.plain(value, item.unit)})" for value in found]
    return f"{_sought(scenario, (vary, metric), (vary, metric), target, values, bounds_text(item))}\n"


def seek_in_words(scenario: Scenario, vary: str, metric: str, target: float, found: Sequence[float]) -> str:
    """What a goal seek found, in a sentence that a person reads."""
    text, item = scenario.format, ASSUMPTIONS[vary]
    values = [text.rounded(value, item.unit) for value in found]
    within = " … ".join(text.plain(bound, item.unit) for bound in item.bounds or ())
    words = f"“{item.short_label}”", f"“{METRICS[metric].label}”"
    return _sought(scenario, (vary, metric), words, target, values, within)


def _sought(
    scenario: Scenario, names: tuple[str, str], words: tuple[str, str], target: float, values: Sequence[str],
    within: str,
) -> str:  # fmt: skip
    """The sentence, of the assumption and the metric; whole numbers and months are passed rather than met."""
    from model.projection import project

    unit, (vary, metric) = METRICS[names[1]].unit, words
    wanted = _of_metric(unit, scenario.format.plain(target, unit))
    if not values and project(scenario).metrics[names[1]] == target:
        return f"{metric} is {wanted} whatever {vary} is."
    if not values:
        varied = ASSUMPTIONS[names[0]].unit
        stands = " and ".join(_stands(scenario.format, end, varied, unit) for end in at_the_ends(scenario, *names))
        return f"No value of {vary} within {within} brings {metric} to {wanted}: it {stands}."
    if ASSUMPTIONS[names[0]].unit.whole or unit.whole:
        return f"{metric} passes {wanted} at {vary} {' and '.join(values)}."
    return f"{metric} is {wanted} where {vary} is {' and '.join(values)}."


def _stands(text: Format, end: End, varied: Unit, unit: Unit) -> str:
    """Where the metric of a goal seek stands at one end of what the assumption may be."""
    at = text.plain(end.at, varied)
    if end.value is None:
        return f"has no value at {at} ({end.why})"
    return f"is {_of_metric(unit, text.rounded(end.value, unit))} at {at}"


def _of_metric(unit: Unit, shown: str) -> str:
    """A metric's value in a sentence: a month as "month 37"."""
    return f"{unit.per} {shown}" if unit.whole and unit.per else shown


def seek_data(scenario: Scenario, found: Mapping[str, Any]) -> dict[str, Any]:
    """What a goal seek found."""
    return stamp(scenario) | dict(found)
