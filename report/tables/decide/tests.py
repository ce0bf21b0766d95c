"""Tests before deciding as tables: what each is worth and costs, for readers and at full precision."""

from __future__ import annotations

from model.pilot.pilots import Pilot, Pilots, Rung
from model.pilot.words import in_100, size_of
from model.telling.tables import WITHIN
from model.units import LEAST_MONEY, MONEY, MONTHS, NO_BREAK, RATIO, SHARE, Format
from report.tables.chart_table import ChartTable, Column
from report.tables.document_tables import NOTHING, Cell, Table
from report.words.headings import length


def runnable(found: Pilots) -> list[tuple[Pilot, Rung]]:
    """The tests that can be run, each with its best size, the most worth running first."""
    return [(pilot, pilot.best) for pilot in found.pilots if pilot.best is not None]


def pilot_rows(found: Pilots) -> ChartTable:
    """One row a test: what becomes of it, how long and large, what it is worth and costs; money in full."""
    import pandas as pd

    columns = {
        "test": Column("Test", words=True),
        "size": Column("Best size", words=True),
        "verdict": Column("Verdict", words=True),
        "months": Column("Length", MONTHS),
        "worth": Column("Worth (EVSI)", MONEY),
        "worth_error": Column("±", MONEY),
        "delay": Column("Cost of waiting", MONEY),
        "cost": Column("Cost of running", MONEY),
        "net": Column("Net", MONEY),
        "odds_changed": Column("Changes the decision", SHARE),
        "whole_question": Column("Whole question (EVPPI)", MONEY),
    }
    rows = [_test_row(pilot) for pilot in found.pilots]
    return ChartTable(pd.DataFrame(rows, columns=list(columns)), columns, WITHIN)


def _test_row(pilot: Pilot) -> tuple[str | float | None, ...]:
    rung, told = pilot.best, (pilot.verdict.value, float(pilot.months))
    if rung is None:
        return (pilot.design.label, NOTHING, *told, *[None] * 7)
    money = (rung.worth, rung.error, rung.delay, rung.cost, rung.net)
    return (pilot.design.label, size_of(pilot, rung), *told, *money, rung.odds_changed, pilot.known)


def pilots_in_brief(found: Pilots) -> Table:
    """One row a test, as a person reads it: rounded to what the draws can tell."""
    text = found.scenario.format
    rows = tuple(_brief(pilot, text) for pilot in found.pilots)
    money = found.scenario.currency
    headings = ("Test", "Verdict", f"Worth, {money}", f"Costs with delay, {money}", f"Net, {money}",
                "Changes the decision", f"Whole question, {money}")  # fmt: skip
    marked = frozenset(place for place, pilot in enumerate(found.pilots) if pilot is found.first)
    return Table(headings, rows, values_from=2, caption=WITHIN, marked=marked)


def _brief(pilot: Pilot, text: Format) -> tuple[Cell, ...]:
    rung, verdict = pilot.best, Cell(pilot.verdict.value.replace(" ", NO_BREAK))
    if rung is None:
        return (Cell(pilot.design.label), verdict, *[Cell(NOTHING)] * 5)
    worth, net = (_told_money(value, rung.error, text) for value in (rung.worth, rung.net))
    return (
        Cell(pilot.design.label, small=f"{length(pilot)}, {size_of(pilot, rung)}"),
        verdict,
        Cell(f"{worth}{NO_BREAK}{text.within(rung.error, RATIO)}"),
        Cell(text.rounded(rung.delay + rung.cost, RATIO)),
        Cell(net),
        Cell(in_100(rung.odds_changed)),
        Cell(_told_money(pilot.known, pilot.known_error, text)),
    )


def _told_money(value: float, error: float, text: Format) -> str:
    """An amount without its unit; what is only left of rounding is none."""
    return text.rounded(value if abs(value) >= LEAST_MONEY else 0.0, RATIO, error)
