"""The fields of a scenario that are no assumptions: their rows on Inputs, and what a scenario is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from model.projection import Projection
from model.scenario import Scenario
from model.telling.caveats import NOT_DEFENSIBLE, beyond_evidence, is_defensible
from model.units import MONTH
from report.workbook.book import MARK, Value

EDITS, SELECTED = "inputs_edited", "selected_scenario"
LONGEST_TITLE = 60


@dataclass(frozen=True)
class Field:
    """A field of a scenario that is no assumption; `typed` where a reader may change it in the workbook."""

    name: str
    label: str
    values: tuple[Value | date, ...]
    typed: bool = True
    unit: str = ""


def fields_of(projections: Sequence[Projection], today: date) -> tuple[Field, ...]:
    """The fields of all scenarios, in the order of their rows."""
    scenarios = [projection.scenario for projection in projections]
    return (
        Field("name", "Name", tuple(s.name for s in scenarios)),
        Field("description", "Description", tuple(s.description for s in scenarios)),
        Field("currency", "Currency", tuple(s.currency for s in scenarios), unit="ISO 4217 code"),
        Field("start_month", "First month", tuple(s.first_month(today) for s in scenarios), unit="month"),
        Field("fiscal_year_start", "Fiscal year begins in month", tuple(s.fiscal_year_start for s in scenarios),
            unit=MONTH.words("")),
        Field("hash", "Content hash as delivered", tuple(s.hash for s in scenarios), typed=False),
        Field("caveats", "What goes beyond the evidence, as delivered",
            tuple(beyond_evidence(p) for p in projections), typed=False),
    )  # fmt: skip


def title(scenario: Scenario) -> str:
    """What a scenario is called in the headers as long as nothing was edited."""
    name = scenario.name
    short = name if len(name) <= LONGEST_TITLE else name[: LONGEST_TITLE - 1] + "…"
    return f"{short} [{scenario.hash}]{' · ' if mark(scenario) else ''}{mark(scenario)}"


def title_formula() -> str:
    """As `title`, live: with the edits counted."""
    short = f'IF(LEN(scenario_name)>{LONGEST_TITLE},LEFT(scenario_name,{LONGEST_TITLE - 1})&"…",scenario_name)'
    state = f'IF({EDITS}=0,"","; inputs edited: "&{EDITS})'
    return f'{short}&" ["&scenario_hash&{state}&"]"&IF({MARK}="",""," · ")&{MARK}'


def mark(scenario: Scenario) -> str:
    """What a scenario is marked as wherever it is named; empty where nothing is amiss."""
    return "" if is_defensible(scenario) else NOT_DEFENSIBLE
