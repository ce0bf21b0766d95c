"""The company's own tests as rows of an editable table, and what is typed there as experiments: no Streamlit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from model.history.experiments.experiment import MOST_EXPERIMENTS, Experiment, channel_named, experiment
from model.history.experiments.spec import read_period
from model.history.response.spend import Channel
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.units import MONEY, RATIO, SHARE, Format

Row = tuple[str, ...]
# The cells of a row, each with what a fault of it is called by.
COLUMNS: Mapping[str, str] = {
    "channel": "channel",
    "from": "first day",
    "to": "last day",
    "spend": "spend before",
    "extra": "extra spend",
    "revenue": "extra revenue",
    "error": "standard error or interval",
    "share": "share of the business",
    "weeks_after": "weeks after",
}
CHANNELS: Mapping[Channel, str] = {Channel.SOCIAL: "Social", Channel.OTHER: "Other marketing"}
_MONEY = NumberRule(MONEY, example=40_000)
# 0.2 may be meant as a fifth: below a hundredth of the business nothing can be tested.
_SHARE = NumberRule(SHARE, 0, 1, example=0.2, plausible=(0.01, 1))
_RULES: Mapping[str, NumberRule] = {
    "spend": _MONEY, "extra": _MONEY, "revenue": _MONEY, "share": _SHARE,
    "weeks_after": NumberRule(RATIO, example=2),
}  # fmt: skip
# "12000 to 48000", and if it is not one of 95 % "12000 to 48000, 90 %".
_INTERVAL = re.compile(r"(?P<low>.+?)\s+to\s+(?P<high>.+?)(?:\s*[,;]\s+(?P<level>[^,;]+%))?", re.IGNORECASE)
# Between the first and the last day, as a period is told.
_UNTIL = " to "


def cells_of(scenario: Scenario, experiments: Iterable[Experiment]) -> tuple[Row, ...]:
    """The rows of the table, as a person reads and types them."""
    return tuple(_cells(scenario.format, one) for one in experiments)


def _cells(text: Format, one: Experiment) -> Row:
    first, _, last = one.period.words.partition(_UNTIL)
    amounts = (text.bare(amount, MONEY) for amount in (one.spend, one.extra, one.revenue, one.error))
    share = "" if one.share is None else text.plain(one.share, SHARE)
    after = text.bare(one.weeks_after, RATIO) if one.weeks_after else ""
    return (CHANNELS[one.channel], first, last, *amounts, share, after)


def read(scenario: Scenario, rows: Sequence[Row]) -> tuple[Experiment, ...]:
    """The experiments that are typed; empty rows are none. Raises ScenarioError, every fault by its row."""
    count = sum(any(row) for row in rows)
    if count > MOST_EXPERIMENTS:
        raise ScenarioError([Fault("tests", f"are {count}; at most {MOST_EXPERIMENTS} are taken")])
    faults, found = list[Fault](), list[Experiment]()
    for place, row in enumerate(rows, 1):
        if any(row):
            cells = dict(zip(COLUMNS, row, strict=True))
            try:
                found.append(_experiment(scenario.format, f"test in row {place}", cells))
            except ScenarioError as error:
                faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return tuple(found)


def _experiment(text: Format, label: str, cells: Mapping[str, str]) -> Experiment:
    """One experiment. Raises ScenarioError with all that is wrong with its cells, else with its figures."""
    faults, figures = list[Fault](), dict[str, float]()
    if not cells["channel"]:
        faults.append(Fault(label, "does not say what was changed; choose it"))
    if not cells["from"]:
        faults.append(Fault(label, "has no first day; write it like 2024-03-04, or how long it ran, like 8 weeks"))
    typed = {name: (cells[name], rule) for name, rule in _RULES.items()} | _error_cells(cells["error"])
    for name, (cell, rule) in typed.items():
        if cell:
            try:
                figures[name] = rule.read(cell, text)
            except ValueError as error:
                what = COLUMNS.get(name, COLUMNS["error"])
                faults.append(Fault(label, f"has the {what} '{cell}', which {error}"))
    if faults:
        raise ScenarioError(faults)
    named = next((channel for channel, words in CHANNELS.items() if words == cells["channel"]), None)
    channel = named or channel_named(label, cells["channel"])
    period = read_period(label, "..".join(filter(None, (cells["from"], cells["to"]))))
    return experiment(label, channel, period, figures)


def _error_cells(cell: str) -> dict[str, tuple[str, NumberRule]]:
    """The cell of how sure it is: a standard error, or both ends of an interval and its level if it is told."""
    found = _INTERVAL.fullmatch(cell)
    if found is None:
        return {"se": (cell, _MONEY)}
    return {"low": (found["low"], _MONEY), "high": (found["high"], _MONEY), "level": (found["level"] or "", _SHARE)}


def rows_of(records: Iterable[Sequence[Any]]) -> tuple[Row, ...]:
    """The rows that stand in the table, as texts."""
    return tuple(tuple(str(cell or "").strip() for cell in record) for record in records)
