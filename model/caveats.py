"""What must be said beside the numbers of a scenario: claims it takes further than the evidence goes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.assumptions import ASSUMPTIONS, Assumption, Kind
from model.formula import Array
from model.scenario import Scenario
from model.units import SHARE

NOT_DEFENSIBLE = "Not defensible"


def is_defensible(scenario: Scenario) -> bool:
    """False where the whole 218 % is taken as an effect of training: a difference between groups at face value."""
    return scenario.number("causal_share") < (ASSUMPTIONS["causal_share"].bounds or (0, 1))[1]


def caveats(scenario: Scenario) -> tuple[str, ...]:
    """Sentences that must stand wherever the scenario's numbers do; empty where nothing exceeds its evidence."""
    found = []
    if not is_defensible(scenario):
        found.append(
            f"{NOT_DEFENSIBLE}: it takes the 218 % at face value, a difference between groups of firms, "
            "as if training had caused all of it."
        )
    outside = [a for a in ASSUMPTIONS.values() if _outside_evidence(a, scenario)]
    if outside:
        found.append("Outside the range of its evidence: " + "; ".join(_beyond(a, scenario) for a in outside) + ".")
    return tuple(found)


def weak_beliefs() -> tuple[Assumption, ...]:
    """The beliefs whose evidence is a correlation, a claim or judgement (grade C or D)."""
    return tuple(a for a in ASSUMPTIONS.values() if a.kind is Kind.BELIEF and a.weak)


def _outside_evidence(assumption: Assumption, scenario: Scenario) -> bool:
    evidence = assumption.range
    return evidence is not None and not evidence.low <= scenario.number(assumption.name) <= evidence.high


def _beyond(assumption: Assumption, scenario: Scenario) -> str:
    text, evidence = scenario.format, assumption.range
    assert evidence is not None
    value = text.plain(scenario.number(assumption.name), assumption.unit)
    low, high = text.plain(evidence.low, assumption.unit), text.plain(evidence.high, assumption.unit)
    return f"{assumption.label} is {value}, the evidence gives {low} to {high}"


# The response was observed at today's spend; this far from it the model's curve is a guess.
OBSERVED = (0.5, 1.5)


def extrapolation(scenario: Scenario, lines: Mapping[str, Array]) -> str:
    """A sentence where spend leaves 50–150 % of what the responses were observed at; else empty.

    `lines` are a projection's, one value a month.
    """
    found = []
    for words, plan, hold in (
        ("social spend", "social_spend", "hold_social_spend"),
        ("other channels' spend", "other_spend", "hold_other_spend"),
    ):
        level = np.divide(lines[plan], lines[hold], out=np.ones_like(lines[plan]), where=lines[hold] > 0)
        outside = (level < OBSERVED[0]) | (level > OBSERVED[1])
        if outside.any():
            share = scenario.format.rounded(float(level[outside][-1]), SHARE)
            found.append(f"{words} from month {int(np.argmax(outside)) + 1} on (at last {share})")
    if not found:
        return ""
    return (
        "Extrapolated: the responses were observed at today's spend, and the plan leaves 50–150 % of it with "
        f"{' and '.join(found)}."
    )
