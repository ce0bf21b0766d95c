"""Everything shown, as CSV tables and as one JSON document; numbers at full precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.evidence import SOURCES
from model.output import as_json, assumption_data, projection_data, range_data, simulation_data
from model.scenario import Scenario
from model.tables import fan, monthly, spreads, what_matters, yearly
from report.material import BANDS, Material

if TYPE_CHECKING:
    import pandas as pd

# What a spreadsheet takes for the start of a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def tables(material: Material) -> Mapping[str, pd.DataFrame]:
    """Every table of a scenario by its file's name, without suffix."""
    simulation, projection = material.simulation, material.dated
    known = {
        "monthly": monthly(projection),
        "yearly": yearly(projection),
        "metrics": _metrics(material),
        "assumptions": _assumptions(material.scenario),
    }
    if simulation is None:
        return known
    bands = {f"percentiles-{line.replace('_', '-')}": fan(simulation, line) for line in BANDS}
    return known | bands | {"what-matters": what_matters(simulation, material.found)}


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
        }
    ).encode()


def _results(material: Material) -> dict[str, Any]:
    data = projection_data(material.projection)
    dates = {"date": [day.isoformat() for day in material.dated.dates]}
    months = {"month": data["monthly"].pop("month")} | dates | data["monthly"]
    simulation = simulation_data(material.simulation) if material.simulation else None
    return data | {"monthly": months, "simulation": simulation}


def _metrics(material: Material) -> pd.DataFrame:
    """One row a metric: its value or why it has none, and its spread where there is a simulation."""
    import pandas as pd

    scenario, projection = material.scenario, material.projection
    table = pd.DataFrame(
        {
            "metric": list(projection.metrics),
            "label": [METRICS[name].label for name in projection.metrics],
            "unit": [METRICS[name].unit.words(scenario.currency) for name in projection.metrics],
            "value": pd.array(list(projection.metrics.values()), dtype="Float64"),
            "undefined": [projection.undefined.get(name, "") for name in projection.metrics],
        }
    )
    return table.merge(spreads(material.simulation), on="metric") if material.simulation else table


def _assumptions(scenario: Scenario) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for name, value in dict(scenario.values).items():
        item, known = ASSUMPTIONS[name], scenario.effective_ranges.get(name)
        rows.append(
            {
                "name": name,
                "label": item.label,
                "section": item.section,
                "kind": item.kind.value,
                "unit": item.unit.name,
                "value": value,
                "default": item.default,
                "changed": name in scenario.assumptions,
                **(range_data(known) if known else dict.fromkeys(("low", "likely", "high", "distribution"))),
                "at_least": item.bounds[0] if item.bounds else None,
                "at_most": item.bounds[1] if item.bounds else None,
                "grade": item.grade_text,
                "source": " ".join(item.source),
                "note": as_text(scenario.notes.get(name, "")),
            }
        )
    return pd.DataFrame(rows)


def evidence() -> pd.DataFrame:
    """One row a source."""
    import pandas as pd

    return pd.DataFrame([asdict(source) for source in SOURCES.values()])
