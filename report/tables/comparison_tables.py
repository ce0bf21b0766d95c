"""The tables that set several scenarios side by side: metrics, causes, odds, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS, Metric
from model.projection import Projection
from model.scenario import Scenario
from model.telling.comparison import (
    CAUSES,
    RESULT,
    Aspect,
    Change,
    Difference,
    changes,
    comparable,
    odds_table,
    shown_by_cause,
)
from model.telling.comparison import differences as all_differences
from model.telling.measurement import short_basis
from model.units import MONEY, NO_BREAK, SHARE, Format, Style, Unit
from report.material import Material
from report.tables.document_tables import (
    BARE,
    NOTHING,
    Cell,
    Table,
    correlation_texts,
    number,
    own_value,
    path_text,
    range_text,
    skill_texts,
)
from report.words.stamp import told_apart

_NAME_WIDTH = 60
_COLUMN_LETTERS = 14
_PART = Unit("part", Style.PERCENT, decimals=1)
_MEASURED = (Aspect.VALUE, Aspect.RANGE)
_CHANGES = (
    "Below each value its difference from the first scenario's, both as shown; of per cents, in percentage points. "
    "In brackets the same in per cent, where the first value is above zero. A payback of 0: never out of pocket."
)


def _change_texts(text: Format, change: Change, unit: Unit) -> tuple[str, str, str]:
    """A metric's value, its difference and that in per cent, as tables write them; a dash where there is none."""
    value = NOTHING if change.value is None else text.number(change.value * unit.scale, unit.decimals)
    by = NOTHING if change.by is None else text.signed_number(change.by * unit.scale, unit.decimals)
    part = NOTHING
    if change.part is not None:
        part = f"{text.signed_number(change.part * _PART.scale, _PART.decimals)}{NO_BREAK}%"
    return value, by, part


def comparison(materials: Sequence[Material], letters: int = _COLUMN_LETTERS) -> Table:
    """The metrics side by side with their differences from the first, and the odds; each in its own currency.

    Values of more than so many letters are rounded.
    """
    scenarios = [one.scenario for one in materials]
    currency = common_currency(scenarios)
    rows = [
        (
            Cell(item.label, item.unit.words(currency), short_basis(item.name, *scenarios)),
            *_changed(materials, row, item.unit, letters),
        )
        for item, row in changed_metrics(materials)
    ]
    if any(one.simulation for one in materials):
        rows.append((Cell("Odds of a gain", "%"), *(Cell(_odds_of_gain(one)) for one in materials)))
        rows.append(
            (Cell("Mean of the worst tenth", currency), *(Cell(_shortfall(one, letters)) for one in materials))
        )
    return Table(("", *_scenario_headings(scenarios)), tuple(rows), caption=_CHANGES)


def changed_metrics(materials: Sequence[Material]) -> list[tuple[Metric, tuple[Change, ...]]]:
    """Every metric with its changes, one for each scenario."""
    return [(METRICS[name], row) for name, row in changes([one.projection for one in materials]).items()]


def _changed(materials: Sequence[Material], row: Sequence[Change], unit: Unit, letters: int) -> list[Cell]:
    """Each scenario's value and, below it for all but the first, how it differs."""
    first, *others = (
        _narrow(one.scenario.format, change, unit, letters) for one, change in zip(materials, row, strict=True)
    )
    return [Cell(first[0]), *(Cell(value, small=by) for value, by in others)]


def _narrow(text: Format, change: Change, unit: Unit, letters: int) -> tuple[str, str]:
    """Value and difference for a column of so many letters: rounded where they would be wider than the column."""
    value, by, part = _change_texts(text, change, unit)
    if change.value is not None and len(value) > letters:
        value = text.rounded(change.value * unit.scale, BARE)
        by = NOTHING if change.by is None else text.signed(change.by * unit.scale, BARE)
    if change.by is None:
        return value, ""
    return value, by if part == NOTHING else f"{by} ({part})"


def _odds_of_gain(material: Material) -> str:
    if material.simulation is None:
        return NOTHING
    return number(material.scenario.format, material.simulation.odds_of_gain, SHARE)


def _shortfall(material: Material, letters: int) -> str:
    if material.simulation is None:
        return NOTHING
    text, error = material.scenario.format, material.simulation.shortfall_error
    worst = text.rounded(material.simulation.expected_shortfall, BARE, error)
    told = f"{worst} {text.within(error, BARE)}"
    return told if len(told) <= letters else worst


def reasons(materials: Sequence[Material]) -> tuple[tuple[str, str], ...]:
    """For each metric that some scenario has no value of, its label, and which have none for which reason."""
    names = told_apart([one.scenario for one in materials])
    found = []
    for item, row in changed_metrics(materials):
        without: dict[str, list[str]] = {}
        for name, change in zip(names, row, strict=True):
            if change.value is None:
                without.setdefault(change.reason, []).append(name)
        if without:
            found.append((item.label, "; ".join(f"{', '.join(who)}: {why}" for why, who in without.items())))
    return tuple(found)


def causes(materials: Sequence[Material]) -> Table:
    """What each cause adds to the net present value, and how that differs from the first.

    Rows and columns add up to the last decimal.
    """
    columns = [_column(one.projection) for one in materials]
    labels = {name: cause.label for name, cause in CAUSES.items()} | {RESULT: METRICS[RESULT].label}
    rows = tuple(
        (Cell(label), *(_cause(materials, columns, place, name) for place in range(len(materials))))
        for name, label in labels.items()
    )
    scenarios = [one.scenario for one in materials]
    headings = (f"Present value, {common_currency(scenarios)}", *_scenario_headings(scenarios))
    return Table(headings, rows, marked=frozenset({len(rows) - 1}))


def _column(projection: Projection) -> dict[str, Decimal]:
    parts = shown_by_cause(projection)
    return {**parts, RESULT: sum(parts.values(), Decimal())}


def _cause(materials: Sequence[Material], columns: Sequence[Mapping[str, Decimal]], place: int, name: str) -> Cell:
    """A cause's part in a scenario and, below it for all but the first, how it differs."""
    first, scenario = materials[0].scenario, materials[place].scenario
    value = columns[place][name]
    by = ""
    if place and comparable(first, scenario):
        by = scenario.format.signed_number(float(value - columns[0][name]), MONEY.decimals)
    return Cell(scenario.format.number(float(value), MONEY.decimals), small=by)


def odds(materials: Sequence[Material]) -> Table:
    """How often each scenario is worth more than each other one; empty where any was not simulated."""
    simulations = [one.simulation for one in materials if one.simulation]
    if len(simulations) < len(materials):
        return Table((), ())
    names = told_apart([one.scenario for one in materials], _NAME_WIDTH)
    rows = tuple(
        (Cell(names[place]), *_beats(materials[place].scenario.format, row, place))
        for place, row in enumerate(odds_table(simulations))
    )
    return Table(("Is worth more, in % of cases, than", *names), rows)


def _beats(text: Format, row: Sequence[float | None], own: int) -> list[Cell]:
    """A scenario's odds against each, a dash against itself."""
    return [Cell(NOTHING if place == own else number(text, value, SHARE)) for place, value in enumerate(row)]


def differences(scenarios: Sequence[Scenario]) -> Table:
    """Everything that is not the same in all scenarios, but names and descriptions."""
    currency = common_currency(scenarios)
    rows = tuple(
        (
            Cell(item.title, ASSUMPTIONS[item.of].unit.words(currency) if item.aspect in _MEASURED else ""),
            *(Cell(_told(one, item, place)) for place, one in enumerate(scenarios)),
        )
        for item in all_differences(scenarios)
    )
    return Table(("What differs", *_scenario_headings(scenarios)), rows)


def _told(scenario: Scenario, item: Difference, place: int) -> str:
    """What one scenario has where they differ, as a person reads it."""
    if item.aspect is Aspect.VALUE:
        return own_value(scenario, ASSUMPTIONS[item.of])
    if item.aspect is Aspect.RANGE:
        return range_text(scenario, ASSUMPTIONS[item.of])
    if item.aspect is Aspect.PATH:
        return path_text(scenario) or NOTHING
    if item.aspect is Aspect.CORRELATIONS:
        return "; ".join(correlation_texts(scenario)) or NOTHING
    if item.aspect is Aspect.SKILLS:
        return "; ".join(skill_texts(scenario)) or NOTHING
    if item.aspect is Aspect.OTHER:
        text, years = scenario.format, scenario.horizon_years
        return "; ".join(f"{row.name}: {row.amounts_in_words(text, years)}" for row in item.values[place]) or NOTHING
    if item.aspect is Aspect.STAGES:
        return "; ".join(gate.in_words(scenario.format) for gate in item.values[place]) or NOTHING
    return str(item.values[place] or NOTHING)


def common_currency(scenarios: Sequence[Scenario]) -> str:
    """The scenarios' currency; "money" where they differ, and each column is headed by its own."""
    currencies = {one.currency for one in scenarios}
    return currencies.pop() if len(currencies) == 1 else "money"


def _scenario_headings(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    names = told_apart(scenarios, _NAME_WIDTH)
    if common_currency(scenarios) != "money":
        return names
    return tuple(f"{name}, {one.currency}" for name, one in zip(names, scenarios, strict=True))
