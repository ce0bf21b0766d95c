"""An experiment on one line: `social,2024-03-04..2024-04-28,spend=40000,extra=20000,revenue=30000,se=9000`."""

from __future__ import annotations

import re
from datetime import date

from model.history.experiments.experiment import FIGURES, PARTS, Experiment, Period, channel_named, experiment
from model.reading.faults import Fault, ScenarioError, nearest
from model.units import MONEY, SHARE

EXAMPLE = "social,2024-03-04..2024-04-28,spend=40000,extra=20000,revenue=30000,se=9000"
_LENGTH = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?P<unit>w|weeks?|m|months?)")


def is_spec(text: str) -> bool:
    """Whether a text is an experiment, not the name of a file that holds some."""
    return "=" in text


def read_spec(text: str) -> Experiment:
    """The experiment that a line tells. Raises ScenarioError with every fault and how it is written."""
    label = f"experiment {text.strip()}"
    channel, when, *figures = [part.strip() for part in text.split(",")] + ([""] if "," not in text else [])
    if "=" in channel + when:
        raise ScenarioError([Fault(label, f"must begin with its channel and its period, like {EXAMPLE}")])
    faults: list[Fault] = []
    found: dict[str, float] = {}
    for part in figures:
        name, _, value = part.partition("=")
        name = name.strip().casefold()
        if name not in FIGURES:
            mend = nearest(name, FIGURES) or f"; it is written like {EXAMPLE}, without commas in numbers"
            faults.append(Fault(label, f"has the unknown part '{part}'{mend}"))
        elif name in found:
            faults.append(Fault(label, f"has {name} twice"))
        else:
            try:
                found[name] = float((SHARE if name in PARTS else MONEY).parse(value))
            except ValueError as error:
                faults.append(Fault(label, f"has {name}: {error}"))
    if faults:
        raise ScenarioError(faults)
    return experiment(label, channel_named(label, channel), read_period(label, when), found)


def read_period(label: str, text: str) -> Period:
    """A period: the first and the last day, or a number of weeks or months. Raises ScenarioError under the label."""
    if length := _LENGTH.fullmatch(text):
        number = float(length["number"])
        return Period.of_weeks(number) if length["unit"].startswith("w") else Period.of_months(number)
    try:
        first, last = (date.fromisoformat(day.strip()) for day in text.split(".."))
    except ValueError:
        message = f"has the period '{text}'; write its first and last day, 2024-03-04..2024-04-28, or 8 weeks"
        raise ScenarioError([Fault(label, message)]) from None
    return Period.between(first, last)
