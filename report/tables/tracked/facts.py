"""What a variance report was worked out from, so that the same digits can be had again."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version

from model.reading.scenario_validation import SCHEMA_VERSION
from report.tables.document_tables import Cell, Table
from report.tables.tracked.variance_report import VarianceReport
from report.words.stamp import shortened

_NAME = 200
_PACKAGES = ("numpy", "scipy", "pandas")


def facts(of: VarianceReport, today: date) -> Iterator[tuple[str, str]]:
    """Facts by what they are called."""
    scenario, learned = of.found.scenario, of.found.learned
    yield "Plan", shortened(scenario.name, _NAME)
    yield "Content hash of the plan", scenario.hash
    yield "Version", of.approved or "not an approved version: tried on the screen or from a file"
    yield "Actuals", f"{of.text.number(len(of.found.actuals), 0)}, up to month {of.until} of {of.months}"
    yield "Seed", str(learned.seed)
    yield "Draws asked for", of.text.number(of.draws, 0)
    anew = ", drawn anew from what was learnt" if learned.redrawn else ""
    worth = f"worth {of.text.number(round(learned.effective), 0)} independent ones"
    yield "Draws used", f"{of.text.number(learned.count, 0)}{anew}, {worth}"
    yield "Format of scenario files", str(SCHEMA_VERSION)
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    yield "Worked out with", f"Python {platform.python_version()}, {packages}"
    yield "File made on", today.isoformat()


def facts_table(of: VarianceReport, today: date) -> Table:
    """The same, and the command, as a table of words."""
    rows = (*facts(of, today), ("Command", command(of, "PLAN.json ACTUALS.csv")))
    return Table(("What", "Which"), tuple((Cell(label), Cell(value)) for label, value in rows), values_from=9)


def command(of: VarianceReport, files: str) -> str:
    """The command that gives the same figures again, of a plan and its actuals."""
    options = f"--until {of.until} --draws {of.draws} --seed {of.found.learned.seed} --hash {of.found.scenario.hash}"
    return f"python -m model track {files} {options}"
