"""Everything shown, as CSV tables and as one JSON document; numbers at full precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from json import dumps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from model.assumptions import ASSUMPTIONS, Range
from model.command_line.csv_text import csv_text
from model.command_line.output import as_json, assumption_data, projection_data, range_data, simulation_data
from model.evidence.article import ARTICLE_FIGURES
from model.evidence.sources import SOURCES
from model.gates.stage_gate import StageGate
from model.lines import LINES
from model.metrics import METRICS, Metric
from model.other.amounts import OtherAmount
from model.reading.row_validation import other_data, stages_data
from model.reading.scenario_validation import SCHEMA_VERSION
from model.reading.skill_validation import skills_data
from model.scenario import Scenario
from model.skills.areas import SkillArea, weights
from model.skills.training_plan import TrainingPlan
from model.telling.basis import basis
from model.telling.budget import Budget
from model.telling.comparison import CAUSES, Change, Difference, comparable, differences, odds_table, worth_by_cause
from model.telling.tables import in_units, monthly_file, spreads, stamped, yearly
from model.uncertainty.conservative_case import Move, Remains
from model.units import HOURS_YEAR, MONEY, PEOPLE, RATIO, SHARE, Format, Unit
from report.material import Material
from report.tables.budget_tables import budget_rows, joining_rows
from report.tables.comparison_tables import changed_metrics, common_currency
from report.words.conservative_case import what_remains

if TYPE_CHECKING:
    import pandas as pd

# The form of the JSON document. 1 had no number, no model's, and no units of lines.
DATA_SCHEMA = 2


_SKILL_UNITS: Mapping[str, Unit] = {
    "importance": RATIO, "competent": SHARE, "wanted": SHARE, "share_of_importance": SHARE, "gap": SHARE,
    "first_hour_closes": SHARE, "hours": HOURS_YEAR, "competent_after": SHARE, "last_hour_earns": MONEY,
    "hour_costs": MONEY,
}  # fmt: skip


def tables(material: Material) -> Mapping[str, pd.DataFrame]:
    """The tables of a scenario, but those behind its charts alone, by file name without suffix."""
    projection, currency = material.dated, material.scenario.currency
    units = {name: item.unit.of_a_year for name, item in LINES.items()}
    known = {
        "monthly": monthly_file(projection, material.scenario, material.today),
        "yearly": in_units(yearly(projection), units, currency),
        "metrics": _metrics(material),
        "assumptions": _assumptions(material.scenario),
        "conservative": _moves(material),
        "budget": _budget(material),
        "joinings": in_units(joining_rows(material.budget.headcount), {"people": PEOPLE, "team": PEOPLE}, currency),
    }
    if material.training:
        known["skills"] = _skills(material.training, currency)
    return {name: stamped(table, material.scenario, material.today) for name, table in known.items()}


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
    """One row for each scenario, headed by its name and hash, and ended by its day and currency."""
    return [_named(one, "scenario", "hash") | row | _dated(one) for one, row in zip(materials, rows, strict=True)]


def _named(material: Material, name: str, digest: str) -> dict[str, Any]:
    return {name: material.scenario.name, digest: material.scenario.hash}


def _dated(material: Material) -> dict[str, Any]:
    return {"made_on": material.today.isoformat(), "currency": material.scenario.currency}


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
            "unit": _unit(MONEY, one),
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
        _named(one, "scenario", "hash")
        | _named(other, "against", "against_hash")
        | {"unit": _unit(SHARE, one), "odds": odds}
        | _dated(one)
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
    """A value as one cell: what has parts as JSON."""
    if isinstance(value, Range):
        return dumps(range_data(value))
    if isinstance(value, tuple):
        rows = _ROWS.get(type(value[0])) if value else None
        return dumps(rows(value) if rows else value)
    return value


# How a scenario's rows are written, by what they are.
_ROWS: Mapping[type, Callable[[Any], list[dict[str, Any]]]] = {
    SkillArea: skills_data,
    OtherAmount: other_data,
    StageGate: stages_data,
}


def monthly_csv(materials: Sequence[Material], text: Format | None = None) -> bytes:
    """Every line by month; of several scenarios one below the other. `text` as `csv` takes it."""
    import pandas as pd

    currency = common_currency([one.scenario for one in materials])
    return csv(
        pd.concat(
            [monthly_file(one.dated, one.scenario, one.today, currency) for one in materials], ignore_index=True
        ),
        text,
    )


def csv(table: pd.DataFrame, text: Format | None = None) -> bytes:
    """A table as CSV in UTF-8, marked as such where it needs to be: decimal points, columns apart by commas.

    With `text`, for spreadsheets of its locale: where that has the decimal comma, columns are apart by semicolons.
    """
    comma = text is not None and text.decimal_comma
    written = csv_text(table, decimal_comma=comma)
    return written.encode("ascii" if written.isascii() else "utf-8-sig")


def csv_form(text: Format | None) -> str:
    """The form of `csv` in words."""
    if text and text.decimal_comma:
        return "Written for spreadsheets: decimal commas, columns apart by semicolons."
    return "Decimal points, columns apart by commas."


def json(materials: Sequence[Material], decide: Mapping[str, Any] = MappingProxyType({})) -> bytes:
    """The scenarios with all their results, and the model's assumptions and evidence.

    `decide` is what was found about the decision on the first of them, by subject.
    """
    return as_json(
        {
            "schema": DATA_SCHEMA,
            "model_version": SCHEMA_VERSION,
            "made_on": materials[0].today.isoformat(),
            "scenarios": [
                _results(material) | {"decide": {} if place else dict(decide)}
                for place, material in enumerate(materials)
            ],
            "assumptions": [assumption_data(item) for item in ASSUMPTIONS.values()],
            "evidence": [asdict(source) for source in SOURCES.values()],
            "article": [asdict(figure) for figure in ARTICLE_FIGURES],
        }
    ).encode()


def _results(material: Material) -> dict[str, Any]:
    """A scenario's results; `units` and `line_units` are those of metrics and lines, as raw numbers are stored."""
    data = projection_data(material.projection)
    dates = {"date": [day.isoformat() for day in material.dated.dates]}
    months = {"month": data["monthly"].pop("month")} | dates | data["monthly"]
    currency = material.scenario.currency
    return data | {
        "currency": currency,
        "units": {name: METRICS[name].unit.stored_words(currency) for name in data["metrics"]},
        "line_units": {name: item.unit.stored_words(currency) for name, item in LINES.items()},
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
    table.insert(2, "unit", [_unit(ASSUMPTIONS[move.name].unit, material) for move in moves])
    return in_units(table, {"npv_alone": MONEY}, material.scenario.currency)


def _budget(material: Material) -> pd.DataFrame:
    """One row a statement, row and fiscal year."""
    return budget_rows(material.budget, material.scenario.currency)


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
                "note": scenario.notes.get(name, ""),
            }
        )
    return pd.DataFrame(rows)


def _skills(plan: TrainingPlan, currency: str) -> pd.DataFrame:
    """One row an area: first what the Skills screen reads in, then its place in the proposed plan."""
    import pandas as pd

    table = _areas(plan.areas).assign(
        share_of_importance=weights(plan.areas),
        gap=[area.gap for area in plan.areas],
        first_hour_closes=plan.first_hour,
        hours=plan.hours,
        competent_after=plan.after,
        last_hour_earns=pd.array(list(plan.worth.hours_earn), dtype="Float64"),
        hour_costs=plan.worth.hour_costs,
    )
    return in_units(table, _SKILL_UNITS, currency)


def skill_areas(areas: Sequence[SkillArea], scenario: Scenario, made_on: date) -> pd.DataFrame:
    """One row an area under the keys of a scenario file; shares as fractions."""
    return stamped(in_units(_areas(areas), _SKILL_UNITS, scenario.currency), scenario, made_on)


def _areas(areas: Sequence[SkillArea]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(skills_data(areas))


def evidence(material: Material, text: Format | None = None) -> pd.DataFrame:
    """One row a source; `text` is what the numbers in its words are written with, where not as declared."""
    import pandas as pd

    told = (source.told(text) if text else source for source in SOURCES.values())
    return stamped(pd.DataFrame([asdict(source) for source in told]), material.scenario, material.today)
