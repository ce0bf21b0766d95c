"""The tables of the decision page: money asked for by fiscal year, what must be true, what is decided when."""

from __future__ import annotations

from model.units import NO_BREAK
from report.tables.document_tables import NOTHING, Cell, Table
from report.words.decision import Decision


def money(found: Decision) -> Table:
    """What is asked for in each fiscal year and in all, and what of it comes on top of holding."""
    columns = [(*row.years, row.total) for row in found.money]
    rows = tuple(
        tuple(map(Cell, (year, *amounts)))
        for year, amounts in zip((*found.years, "All years"), zip(*columns, strict=True), strict=True)
    )
    headings = (found.basis, *(row.label for row in found.money))
    return Table(headings, rows, marked=frozenset({len(rows) - 1}))


def conditions(found: Decision) -> Table:
    """The beliefs that decide within their ranges, each with its threshold and what would measure it."""
    rows = tuple(
        (Cell(one.belief), Cell(one.threshold), Cell(one.assumed), Cell(one.grade), Cell(one.measured or NOTHING))
        for one in found.conditions
    )
    return Table(("Everything else as assumed", "Must be", "Plan", "Grade", "What would measure it"), rows,
                 values_from=9)  # fmt: skip


def clauses(found: Decision) -> Table:
    """What would change our mind: the gates of a plan in stages with their odds."""
    rows = tuple(
        tuple(map(Cell, (one.when.replace(" ", NO_BREAK), one.looked_at, one.threshold, one.then, one.odds)))
        for one in found.clauses
    )
    return Table(("When", "Looked at", "If measured", "Then", "Odds today"), rows, values_from=9)


def milestones(found: Decision) -> Table:
    """What is decided when, and which quantity is looked at against which threshold."""
    steps = (one.cells for one in found.milestones)
    rows = tuple((Cell(when.replace(" ", NO_BREAK)), *map(Cell, words)) for when, *words in steps)
    return Table(("When", "What is decided", "Looked at"), rows, values_from=9)
