"""Experiments from a table with a row for each, as finance or an agency writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from model.history.experiments.amounts import ScaledAmounts
from model.history.experiments.experiment import (
    FIGURES,
    MOST_EXPERIMENTS,
    PARTS,
    Experiment,
    Period,
    channel_named,
    experiment,
)
from model.history.importing.cells import Marks, is_blank
from model.history.importing.data_file import DataFile
from model.history.importing.dates import read_dates
from model.history.importing.read import read_table
from model.history.importing.table import TextTable
from model.reading.faults import Fault, ScenarioError


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SPEND = _each("spend budget cost investment media forbrug ausgaben udgift")
_CHANGED = _each("extra change changed added additional incremental delta increase ændring ekstra zusätzlich")
_REVENUE = _each("revenue sales turnover lift result effect outcome omsætning umsatz salg")
# In the order in which each takes its column: words of which one must be in its name, and words that must not.
_WORDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "weeks_after": (_each("after cooldown"), frozenset()),
    "weeks": (_each("weeks uger wochen"), frozenset()),
    "months": (_each("months måneder monate"), frozenset()),
    "start": (_each("start from begin first fra von"), _SPEND | _REVENUE),
    "end": (_each("end until to last stop til slut bis ende"), _SPEND | _REVENUE),
    "level": (_each("level confidence niveau"), frozenset()),
    "share": (_each("share coverage andel anteil"), _SPEND | _REVENUE),
    "se": (_each("se stderr std sd error standardfejl standardfehler"), frozenset()),
    "low": (_each("low lower min lo lav unten"), frozenset()),
    "high": (_each("high upper max hi up høj oben"), frozenset()),
    "extra": (_CHANGED, _REVENUE),
    "revenue": (_REVENUE, frozenset()),
    "spend": (_SPEND, _CHANGED | _REVENUE),
    "channel": (_each("channel channels medium kanal"), frozenset()),
}
_MONEY = ("spend", "extra", "revenue", "se", "low", "high")
_TIMES = ("start", "end", "weeks", "months")


@dataclass(frozen=True)
class ReadExperiments:
    """The experiments of a file, the column of each role, and in sentences what was taken for granted."""

    experiments: tuple[Experiment, ...]
    columns: Mapping[str, str]
    told: tuple[str, ...]


def read_experiments(file: DataFile) -> ReadExperiments:
    """The experiments of a file, a row each. Raises ScenarioError with every fault: none is left out silently."""
    table = read_table(file)
    columns = _columns(table)
    if missing := [name for name in ("channel", "spend", "extra", "revenue") if name not in columns]:
        known = ", ".join(f"“{name}”" for name in table.heading)
        raise file.refused(f"has no column for {' and '.join(missing)}; columns are {known}")
    if len(table.rows) > MOST_EXPERIMENTS:
        raise file.refused(f"has {len(table.rows)} experiments; at most {MOST_EXPERIMENTS} are taken")
    amounts = ScaledAmounts(
        table, [columns[role] for role in FIGURES if role in columns],
        frozenset(columns[role] for role in _MONEY if role in columns),
    )  # fmt: skip
    rows = [
        _ExperimentRow(file.name, number, amounts, columns, place) for place, (number, _) in enumerate(table.rows)
    ]
    found: list[Experiment] = []
    faults: list[Fault] = []
    for row in rows:
        try:
            found.append(row.experiment())
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    unused = [name for name in table.heading if name not in columns.values()]
    told = [*amounts.told(), *([f"Columns that are not used: {', '.join(unused)}"] if unused else [])]
    told += [sentence for one in found for sentence in one.told]
    return ReadExperiments(tuple(found), columns, tuple(told))


def _columns(table: TextTable) -> dict[str, str]:
    """The column of each role, by the words of its name; the first of several."""
    free, found = list(table.heading), {}
    for role, (known, others) in _WORDS.items():
        own = [name for name in free if _words(name) & known and not _words(name) & others]
        if own:
            found[role] = own[0]
            free.remove(own[0])
    return found


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W_\d]+", name.casefold()) if word}


@dataclass(frozen=True)
class _ExperimentRow:
    """A row as it becomes an experiment."""

    file: str
    number: int
    amounts: ScaledAmounts
    columns: Mapping[str, str]
    place: int

    @property
    def label(self) -> str:
        return f"{self.file}: row {self.number}"

    def experiment(self) -> Experiment:
        marks = self.amounts.marks
        figures, faults = {}, []
        for role in FIGURES:
            cell = self._cell(role)
            if not is_blank(cell):
                number = _number(cell, marks, role)
                if number is None:
                    faults.append(Fault(self.label, f"has “{cell}” in {self.columns[role]}, which is no number"))
                else:
                    figures[role] = number * self.amounts.factor(self.columns[role])
        if faults:
            raise ScenarioError(faults)
        return experiment(self.label, channel_named(self.label, self._cell("channel")), self._period(marks), figures)

    def _cell(self, role: str) -> str:
        return self.amounts.table.column(self.columns[role])[self.place] if role in self.columns else ""

    def _period(self, marks: Marks) -> Period:
        first, last = self._date("start"), self._date("end")
        if first and last:
            return Period.between(first, last)
        for role, period in (("weeks", Period.of_weeks), ("months", Period.of_months)):
            number = marks.number(self._cell(role))
            if number is not None and number > 0:
                return period(number)
        given = [self.columns[role] for role in _TIMES if role in self.columns]
        where = f" in {' and '.join(given)}" if given else ""
        raise ScenarioError(
            [Fault(self.label, f"has no period{where}: give its first and last day (start, end) or its weeks")]
        )

    def _date(self, role: str) -> date | None:
        table = self.amounts.table
        cells: Sequence[str] = table.column(self.columns[role]) if role in self.columns else ()
        return read_dates(cells, table.grid.day_zero)[self.place] if cells else None


def _number(cell: str, marks: Marks, role: str) -> float | None:
    """The number of a cell; of parts of a whole also in per cent, and levels as whole numbers: 95."""
    share = cell.endswith("%")
    number = marks.number(cell.removesuffix("%").strip())
    if number is None or (share and role not in PARTS):
        return None
    return number / 100 if share or (role == "level" and number > 1) else number
