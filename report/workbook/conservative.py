"""The conservative case on the sheet Risk, as values: its metrics beside the plan's, and the beliefs that moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.scenario import Scenario
from model.uncertainty.conservative_case import Move, Remains
from report.words.conservative_case import CONSERVATIVE, MEANING, MOVE_HEADINGS, REMAINING, what_remains
from report.workbook.book import MUTED, Page, Value, number_format
from report.workbook.rules import input_format

LABEL, UNIT, PLAN = 1, 2, 3


def write_conservative(page: Page, row: int, found: Remains) -> int:
    """What remains in words, then both cases' metrics, then what moved; returns the row below."""
    page.text(row, LABEL, f"{CONSERVATIVE}: {what_remains(found)}", bold=True)
    page.text(row + 1, LABEL, MEANING, font_color=MUTED)
    if not found.moves:
        return row + 2
    row = _write_metrics(page, row + 3, found)
    return _write_moves(page, row + 1, found.moves, found.plan.scenario)


def _write_metrics(page: Page, row: int, found: Remains) -> int:
    _, _, plan, conservative, _ = MOVE_HEADINGS
    _write_headings(page, row, "Metric", (plan, conservative))
    for place, name in enumerate(REMAINING, start=row + 1):
        item = METRICS[name]
        values = (found.plan.metrics[name], found.careful.metrics[name])
        page.public_name(place, name)
        page.text(place, LABEL, item.label)
        page.text(place, UNIT, item.unit.words(found.plan.scenario.currency) or item.unit.name, font_color=MUTED)
        _write_values(page, place, ["–" if value is None else value for value in values], number_format(item.unit))
    return row + 1 + len(REMAINING)


def _write_moves(page: Page, row: int, moves: Sequence[Move], scenario: Scenario) -> int:
    belief, grade, plan, conservative, _ = MOVE_HEADINGS
    _write_headings(page, row, f"{belief} that moved, the most harmful first", (plan, conservative, "NPV if alone"))
    page.headings(row, PLAN + 3, [grade], align="right")
    for place, move in enumerate(moves, start=row + 1):
        item = ASSUMPTIONS[move.name]
        page.public_name(place, move.name)
        page.text(place, LABEL, item.label)
        page.text(place, UNIT, item.unit.words(scenario.currency) or item.unit.name, font_color=MUTED)
        _write_values(page, place, (move.value, move.end), input_format(item.unit))
        page.number(place, PLAN + 2, move.npv_alone, num_format=number_format(METRICS["npv"].unit), align="right")
        page.text(place, PLAN + 3, item.grade_text, align="right", font_color=MUTED)
    return row + 1 + len(moves)


def _write_headings(page: Page, row: int, first: str, others: Sequence[str]) -> None:
    page.headings(row, LABEL, [first, "Unit"])
    page.headings(row, PLAN, others, align="right")


def _write_values(page: Page, row: int, values: Sequence[Value], form: str) -> None:
    look: dict[str, Any] = {"num_format": form, "align": "right"}
    for place, value in enumerate(values):
        page.value(row, PLAN + place, value, **look)
