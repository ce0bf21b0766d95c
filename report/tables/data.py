"""Everything shown, as CSV tables and as one JSON document; numbers at full precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from json import dumps
from typing import TYPE_CHECKING, Any

from model.assumptions import ASSUMPTIONS, Range
from model.command_line.output import as_json, assumption_data, projection_data, range_data, simulation_data
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.sources import SOURCES
from model.metrics import METRICS, Metric
from model.other.amounts import OtherAmount
from model.reading.other_validation import other_data
from model.reading.skill_validation import AREA_KEY, skills_data
from model.scenario import Scenario
from model.skills.areas import SkillArea, weights
from model.skills.training_plan import TrainingPlan
from model.telling.basis import basis
from model.telling.budget import Budget
from model.telling.comparison import CAUSES, Change, Difference, comparable, differences, odds_table, worth_by_cause
from model.telling.tables import monthly, spreads, yearly
from model.uncertainty.conservative_case import Move, Remains
from model.units import Unit
from report.material import Material
from report.tables.budget_tables import budget_rows, joining_rows
from report.tables.comparison_tables import changed_metrics
from report.words.conservative_case import what_remains

if TYPE_CHECKING:
    import pandas as pd

# What a spreadsheet takes for the start of a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def tables(material: Material) -> Mapping[str, pd.DataFrame]:
    """The tables of a scenario, but those behind its charts alone, by file name without suffix."""
    projection = material.dated
    known = {
        "monthly": monthly(projection),
        "yearly": yearly(projection),
        "metrics": _metrics(material),
        "assumptions": _assumptions(material.scenario),
        "conservative": _moves(material),
        "budget": _budget(material),
        "joinings": joining_rows(material.budget.headcount),
    }
    if material.training:
        known["skills"] = _skills(material.training)
    return known


def comparison_tables(materials: Sequence[Material]) -> Mapping[str, pd.DataFrame]:
    """What sets several scenarios side by side, by file name without suffix: one row for each of them and each fact.

    Differences are against the first scenario, where `model.telling.comparison.Change` has one, but at full
    precision; empty where there is none to tell.
    """
    import pandas as pd

    known = {
        "comparison-metrics": [row for item, cells in changed_metrics(materials)
                               for row in _labelled(materials, _change_rows(materials, item, cells))],
        "comparison-causes": [row for name in CAUSES for row in _labelled(materials, _cause_rows(materials, name))],
        "comparison-odds": _odds_rows(materials),
        "comparison-assumptions": [row for item in differences([one.scenario for one in materials])
                                   for row in _labelled(materials, _difference_rows(materials, item))],
    }  # fmt: skip
    return {name: pd.DataFrame(rows) for name, rows in known.items() if rows}


def _labelled(materials: Sequence[Material], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each scenario, headed by its name and hash."""
    return [_named(one, "scenario", "hash") | row for one, row in zip(materials, rows, strict=True)]


def _named(material: Material, name: str, digest: str) -> dict[str, Any]:
    return {name: as_text(material.scenario.name), digest: material.scenario.hash}


def _change_rows(materials: Sequence[Material], item: Metric, changes: Sequence[Change]) -> list[dict[str, Any]]:
    facts, first = {"metric": item.name, "label": item.label}, changes[0].value
    return [facts | {"unit": _unit(item.unit, one)} | asdict(_exact(change, first))
            for one, change in zip(materials, changes, strict=True)]  # fmt: skip


def _exact(change: Change, first: float | None) -> Change:
    """The change at full precision, where tables show it between rounded values."""
    if change.value is None or change.by is None or first is None:
        return change
    by = change.value - first
    return replace(change, by=by, part=None if change.part is None else by / first)


def _unit(unit: Unit | None, material: Material) -> str:
    return unit.stored_words(material.scenario.currency) if unit else ""


def _cause_rows(materials: Sequence[Material], name: str) -> list[dict[str, Any]]:
    """A cause's part of each net present value, at full precision, and the rise from the first."""
    worth = [worth_by_cause(one.projection)[name] for one in materials]
    first = materials[0].scenario
    return [
        {
            "cause": name,
            "label": CAUSES[name].label,
            "currency": one.scenario.currency,
            "value": value,
            "by": value - worth[0] if comparable(first, one.scenario) else None,
        }
        for one, value in zip(materials, worth, strict=True)
    ]


def _odds_rows(materials: Sequence[Material]) -> list[dict[str, Any]]:
    """For each pair the part of the draws in which the first of the two is worth more."""
    drawn = [one for one in materials if one.simulation]
    table = odds_table([one.simulation for one in drawn if one.simulation])
    return [
        _named(one, "scenario", "hash") | _named(other, "against", "against_hash") | {"odds": odds}
        for one, row in zip(drawn, table, strict=True)
        for other, odds in zip(drawn, row, strict=True)
    ]


def _difference_rows(materials: Sequence[Material], item: Difference) -> list[dict[str, Any]]:
    unit = ASSUMPTIONS[item.of].unit if item.of else None
    return [
        {"name": item.of, "what": item.title, "unit": _unit(unit, one), "value": _cell(value)}
        for one, value in zip(materials, item.values, strict=True)
    ]


def _cell(value: Any) -> Any:
    """A value as one cell: what has parts as JSON, text so that no spreadsheet computes it."""
    if isinstance(value, Range):
        return dumps(range_data(value))
    if isinstance(value, tuple):
        of_skills = bool(value) and isinstance(value[0], SkillArea)
        of_amounts = bool(value) and isinstance(value[0], OtherAmount)
        return dumps(skills_data(value) if of_skills else other_data(value) if of_amounts else value)
    return as_text(value) if isinstance(value, str) else value


def monthly_csv(materials: Sequence[Material]) -> bytes:
    """Every line by month; of several scenarios one below the other, each marked by name and hash."""
    import pandas as pd

    frames = [monthly(material.dated) for material in materials]
    if len(materials) > 1:
        for material, frame in zip(materials, frames, strict=True):
            frame.insert(0, "scenario", as_text(material.scenario.name))
            frame.insert(1, "hash", material.scenario.hash)
    return csv(pd.concat(frames, ignore_index=True))


def csv(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8, marked as such where it needs to be."""
    text = str(table.to_csv(index=False, lineterminator="\n"))
    return text.encode("ascii" if text.isascii() else "utf-8-sig")


def as_text(words: str) -> str:
    """A person's words as a cell that no spreadsheet computes."""
    return f"'{words}" if words.startswith(_FORMULA_SIGNS) else words


def json(materials: Sequence[Material]) -> bytes:
    """The scenarios with all their results, and the model's assumptions and evidence."""
    return as_json(
        {
            "made_on": materials[0].today.isoformat(),
            "scenarios": [_results(material) for material in materials],
            "assumptions": [assumption_data(item) for item in ASSUMPTIONS.values()],
            "evidence": [asdict(source) for source in SOURCES.values()],
            "article": [asdict(figure) for figure in ARTICLE_FIGURES],
        }
    ).encode()


def _results(material: Material) -> dict[str, Any]:
    """A scenario's results; `units` are those of the metrics, as their raw numbers are stored."""
    data = projection_data(material.projection)
    dates = {"date": [day.isoformat() for day in material.dated.dates]}
    months = {"month": data["monthly"].pop("month")} | dates | data["monthly"]
    currency = material.scenario.currency
    return data | {
        "currency": currency,
        "units": {name: METRICS[name].unit.stored_words(currency) for name in data["metrics"]},
        "monthly": months,
        "simulation": simulation_data(material.simulation, found=material.found) if material.simulation else None,
        "conservative": _conservative(material.remains),
        "budget": _statements(material.budget, currency),
    }


def _statements(budget: Budget, currency: str) -> dict[str, Any]:
    """The budget's statements by name, and the months in which whole people come or go."""
    told = {
        one.name: vars(one) | {"rows": [vars(row) | {"unit": row.unit.stored_words(currency)} for row in one.rows]}
        for one in budget.statements
    }
    return told | {"joinings": [vars(item) | {"day": item.day.isoformat()} for item in budget.headcount.joinings]}


def _conservative(found: Remains) -> dict[str, Any]:
    """What remains in the conservative case: in words, as metrics, and belief by belief."""
    careful = found.careful
    return {
        "what_remains": what_remains(found),
        "metrics": dict(careful.metrics),
        "undefined": dict(careful.undefined),
        "moves": [asdict(move) for move in found.moves],
    }


def _metrics(material: Material) -> pd.DataFrame:
    """One row a metric: its value or why it has none, and its spread where there is a simulation."""
    import pandas as pd

    scenario, projection = material.scenario, material.projection
    table = pd.DataFrame(
        {
            "metric": list(projection.metrics),
            "label": [METRICS[name].label for name in projection.metrics],
            "unit": [METRICS[name].unit.stored_words(scenario.currency) for name in projection.metrics],
            "value": pd.array(list(projection.metrics.values()), dtype="Float64"),
            "undefined": [projection.undefined.get(name, "") for name in projection.metrics],
        }
    )
    return table.merge(spreads(material.simulation), on="metric") if material.simulation else table


def _moves(material: Material) -> pd.DataFrame:
    """One row a belief that moves in the conservative case."""
    import pandas as pd

    moves = material.remains.moves
    table = pd.DataFrame([asdict(move) for move in moves], columns=[item.name for item in fields(Move)])
    table.insert(1, "grade", [ASSUMPTIONS[move.name].grade_text for move in moves])
    return table


def _budget(material: Material) -> pd.DataFrame:
    """One row a statement, row and fiscal year; names that a person gave are no formulas."""
    table = budget_rows(material.budget, material.scenario.currency)
    return table.assign(label=table["label"].map(as_text))


def _assumptions(scenario: Scenario) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name, value in dict(scenario.values).items():
        item, known = ASSUMPTIONS[name], scenario.effective_ranges.get(name)
        grade, source = basis(scenario, item)
        rows.append(
            {
                "name": name,
                "label": item.label,
                "section": item.section,
                "kind": item.kind.value,
                "unit": item.unit.stored_words(scenario.currency),
                "value": value,
                "default": item.default,
                "changed": name in scenario.assumptions,
                **(range_data(known) if known else dict.fromkeys(("low", "likely", "high", "distribution"))),
                "at_least": item.bounds[0] if item.bounds else None,
                "at_most": item.bounds[1] if item.bounds else None,
                "grade": grade,
                "source": source,
                "note": as_text(scenario.notes.get(name, "")),
            }
        )
    return pd.DataFrame(rows)


def _skills(plan: TrainingPlan) -> pd.DataFrame:
    """One row an area: first what the Skills screen reads in, then its place in the proposed plan."""
    import pandas as pd

    return skill_areas(plan.areas).assign(
        share_of_importance=weights(plan.areas),
        gap=[area.gap for area in plan.areas],
        first_hour_closes=plan.first_hour,
        hours=plan.hours,
        competent_after=plan.after,
        last_hour_earns=pd.array(list(plan.worth.hours_earn), dtype="Float64"),
        hour_costs=plan.worth.hour_costs,
    )


def skill_areas(areas: Sequence[SkillArea]) -> pd.DataFrame:
    """One row an area under the keys of a scenario file; shares as fractions."""
    import pandas as pd

    table = pd.DataFrame(skills_data(areas))
    return table.assign(**{AREA_KEY: [as_text(area.name) for area in areas]})


def evidence() -> pd.DataFrame:
    """One row a source."""
    import pandas as pd

    return pd.DataFrame([asdict(source) for source in SOURCES.values()])
