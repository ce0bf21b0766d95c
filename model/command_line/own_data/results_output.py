"""What another tool's results make of a scenario, as plain data and as aligned text."""

from __future__ import annotations

from typing import Any

from model.assumptions import ASSUMPTIONS
from model.command_line.output import columns, range_data
from model.history.results.beliefs import Belief
from model.history.results.taken_over import USABLE, TakenOver
from model.reading.texts import tellable
from model.units import NO_BREAK

_LONGEST = 600


def results_data(over: TakenOver) -> dict[str, Any]:
    """What was understood, set aside and made of it, and the scenario that comes of it."""
    return {
        "results": [
            {"channel": one.name, "taken_as": one.channel.value, **one.figures} for one in over.results.channels
        ],
        "columns": dict(over.results.columns),
        "set_aside": [{"row": item.row, "reason": item.reason} for item in over.results.set_aside],
        "told": list(over.told),
        "beliefs": {
            belief.name: {"range": range_data(belief.range), "how": belief.how, "grade": "C"}
            for belief in over.mapped.beliefs
        },
        "usable": "care",
        "gate": USABLE,
        "scenario": over.scenario.to_data(),
    }


def results_table(over: TakenOver) -> str:
    """The same, readable."""
    rows: list[tuple[str, ...]] = [("BELIEF", "RANGE", "HOW")]
    rows += [_belief(over, belief) for belief in over.mapped.beliefs]
    aside = [f"Row {item.row} is set aside: it {item.reason}" for item in over.results.set_aside]
    lines = [*over.told, *aside, "", *columns(rows), "", USABLE]
    return "\n".join(tellable(line.replace(NO_BREAK, " "), _LONGEST) for line in lines) + "\n"


def _belief(over: TakenOver, belief: Belief) -> tuple[str, ...]:
    text, unit = over.scenario.format, ASSUMPTIONS[belief.name].unit
    ends = " / ".join(text.rounded(end, unit) for end in (belief.range.low, belief.range.likely, belief.range.high))
    return belief.name, f"{ends} {belief.range.distribution.words}", belief.how
