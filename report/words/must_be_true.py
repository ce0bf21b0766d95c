"""The question that decides the plan, in one line: what must a unit moved to social return?"""

from __future__ import annotations

from model.assumptions import ASSUMPTIONS
from model.metrics import METRICS
from model.projection import Projection

_NAME = "break_even_relative_return"


def what_must_be_true(projection: Projection) -> str:
    """At which relative return the plan pays, beside what is assumed and what studies say; empty if none decides."""
    needed, assumed = projection.metrics[_NAME], projection.metrics["relative_return"]
    if not any(projection.bridge.values()) or needed is None or assumed is None:
        return ""
    return f"{_condition(projection, needed)}; {_beside(projection, assumed)}."


def _condition(projection: Projection, needed: float) -> str:
    rises = projection.counterfactuals["pv_social_contribution"] / (projection.metrics["relative_return"] or 1.0) > 0
    if needed < 0:
        return "It pays even if social returns nothing" if rises else "It does not pay, whatever social returns"
    text = projection.scenario.format.rounded(needed, METRICS[_NAME].unit)
    return (
        f"It pays if a unit moved to social returns at least {text} times what it returns elsewhere"
        if rises
        else f"It pays if a unit taken from social returns at most {text} times what it returns elsewhere"
    )


def _beside(projection: Projection, assumed: float) -> str:
    """What is assumed, on whichever basis, and what the studies say."""
    text, unit = projection.scenario.format, METRICS[_NAME].unit
    declared = ASSUMPTIONS["social_relative_return"].range
    assert declared is not None
    basis = "assumed"
    if projection.scenario.values["social_return_basis"] == "platform":
        basis = "the platforms’ figures come to"
    ends = " to ".join(text.plain(end, unit) for end in (declared.low, declared.high))
    return f"{basis} {text.rounded(assumed, unit)}, studies say {ends}"
