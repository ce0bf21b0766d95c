"""The tables of a document: results as text in the scenario's locale, under headings with units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from model.assumptions import ASSUMPTIONS, SECTIONS, Assumption
from model.checks import CHECKS
from model.metrics import METRICS
from model.scenario import Scenario
from model.telling.basis import basis, default_text, is_foreign
from model.telling.left_out import LEFT_OUT
from model.telling.measurement import full_meaning
from model.units import RATIO, SHARE, Format, Style, Unit
from report.material import Material

NOTHING = "–"
# For a number whose unit stands elsewhere.
BARE = Unit("bare")
# Money from here on is shown in whole units: what is left of the point has ten digits and more.
_WHOLE_MONEY = 1e8


class Cell(NamedTuple):
    """A cell's text, its unit if it is a label, and, smaller below it, what else there is to say and where it is."""

    text: str
    unit: str = ""
    small: str = ""
    address: str = ""


@dataclass(frozen=True)
class Table:
    """Headings and rows of cells; all columns from `values_from` on hold numbers, the rows in `marked` stand out.

    The rows in `heads` are headings of those that follow, those in `totals` sums of rows above.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    values_from: int = 1
    caption: str = ""
    marked: frozenset[int] = frozenset()
    values_to: int = 99
    heads: frozenset[int] = frozenset()
    totals: frozenset[int] = frozenset()


def _row(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


def number(text: Format, value: float | None, unit: Unit) -> str:
    """A value without its unit, which stands in the heading; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    decimals = 0 if unit.style is Style.MONEY and abs(value) >= _WHOLE_MONEY else unit.decimals
    return text.number(value * unit.scale, decimals)


# Results


def metrics(material: Material) -> Table:
    """Every metric with its unit, value, and what it says or why it has none."""
    scenario, projection = material.scenario, material.projection
    rows = []
    for name, value in projection.metrics.items():
        item, reason = METRICS[name], projection.undefined.get(name)
        meaning = scenario.format.localised(f"No value: {reason}." if reason else full_meaning(name, scenario))
        shown = number(scenario.format, value, item.unit)
        rows.append((Cell(item.label, item.unit.words(scenario.currency)), Cell(shown), Cell(meaning)))
    marked = frozenset(place for place, name in enumerate(projection.metrics) if name in projection.undefined)
    return Table(("Metric", "Value", "What it says"), tuple(rows), marked=marked, values_to=1)


# Assumptions, checks


def assumptions(scenario: Scenario) -> tuple[tuple[str, Table], ...]:
    """Every assumption by section: value, default, plausible range, grade, source; changed ones marked."""
    return tuple((section, _section(scenario, section)) for section in SECTIONS)


def _section(scenario: Scenario, section: str) -> Table:
    items = [item for item in ASSUMPTIONS.values() if item.section == section]
    rows = tuple(
        (
            Cell(item.label, small=scenario.notes.get(item.name, "")),
            Cell(item.unit.words(scenario.currency) or item.unit.name),
            Cell(own_value(scenario, item)),
            Cell(_default(scenario, item)),
            Cell(range_text(scenario, item)),
            *(Cell(words or NOTHING) for words in basis(scenario, item)),
        )
        for item in items
    )
    marked = frozenset(place for place, item in enumerate(items) if changed(scenario, item.name))
    headings = ("Assumption", "Unit", "Value", "Default", "Plausible range", "Grade", "Source")
    return Table(headings, rows, values_from=2, values_to=4, marked=marked)


def _default(scenario: Scenario, item: Assumption) -> str:
    """A default without its unit, which stands in the row; an amount in another currency than the row's with it."""
    if is_foreign(scenario, item):
        return default_text(scenario, item)
    return scenario.format.bare(item.default, item.unit)


def changed(scenario: Scenario, name: str) -> bool:
    """Whether a scenario has its own value or range for an assumption."""
    return name in scenario.assumptions or name in scenario.ranges


def own_value(scenario: Scenario, item: Assumption) -> str:
    """A scenario's value without its unit, with as many digits as it has."""
    return scenario.format.bare(scenario.values[item.name], item.unit)


def range_text(scenario: Scenario, item: Assumption) -> str:
    """A scenario's range in words, without its unit; a dash where it has none."""
    known = scenario.effective_ranges.get(item.name)
    if known is None:
        return NOTHING
    low, middle, high = (scenario.format.bare(end, item.unit) for end in (known.low, known.likely, known.high))
    ends = f"{low} to {high}"
    told = known.distribution.peaks and known.likely != scenario.values[item.name]
    likely = f", likely {middle}" if told else ""
    return f"{ends}{likely} ({known.distribution.words})"


def path_text(scenario: Scenario) -> str:
    """The custom path's social share at each year's end; empty where there is none."""
    return ", ".join(scenario.format.plain(share, SHARE) for share in scenario.social_share_path or ())


def correlation_texts(scenario: Scenario) -> tuple[str, ...]:
    """The assumptions that are drawn together, each pair with its rank correlation."""
    return tuple(
        f"{ASSUMPTIONS[one].label} and {ASSUMPTIONS[other].label} ({scenario.format.number(strength, 2)})"
        for one, other, strength in scenario.correlations
    )


def skill_texts(scenario: Scenario) -> tuple[str, ...]:
    """Each skill area with its weight and the parts of the team that are competent today and wanted."""
    text = scenario.format
    return tuple(
        f"{area.name}: weight {text.plain(area.importance, RATIO)}, {text.plain(area.competent, SHARE)} competent, "
        f"{text.plain(area.wanted, SHARE)} wanted"
        for area in scenario.skills
    )


def checks(material: Material) -> Table:
    """The model's identities and whether each holds."""
    results, text = material.projection.checks, material.scenario.format
    rows = tuple(
        _row(text.localised(meaning), "holds" if results[name] else "FAILS") for name, meaning in CHECKS.items()
    )
    failing = frozenset(place for place, name in enumerate(CHECKS) if not results[name])
    return Table(("What must hold", "Result"), rows, marked=failing)


def left_out(text: Format) -> Table:
    """What the model leaves out, and which way that turns its result."""
    rows = tuple(_row(text.localised(item.sentence), item.direction) for item in LEFT_OUT)
    return Table(("Left out", "Its result"), rows, values_from=2)
