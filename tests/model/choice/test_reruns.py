"""Reruns that remember give what reruns that do not give."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from model.choice import reruns
from model.choice.reruns import Reruns
from model.choice.search import LEVERS
from model.presets import PRESETS
from model.projection import affected, computed, inputs_of, rerun, run
from model.uncertainty.sampling import draws

SCENARIO = PRESETS["seat-at-the-table"]
NAMES = frozenset({*(lever.name for lever in LEVERS), "training_programme"})
WAY = affected(NAMES, "present_value")


def drawn():
    _, values = next(draws(SCENARIO, 128, 1))
    return run(inputs_of(SCENARIO) | dict(values))


def settings(count: int, seed: int = 3):
    """Settings of all levers, each of few values, so that many meet again."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        values = {lever.name: float(rng.choice(lever.first[:3])) for lever in LEVERS}
        yield values | {"training_programme": float(values["training_hours"] > 0)}


def test_every_line_of_every_rerun_is_as_without_a_memory() -> None:
    known = drawn()
    runs = Reruns(known, NAMES, towards="present_value")
    for values in settings(60):
        ours, plain = runs.rerun(values), rerun(known, values, towards="present_value")
        for line in WAY:
            assert np.array_equal(ours[line], plain[line]), (line, values)


def test_what_no_changed_decision_reaches_is_not_computed_again() -> None:
    runs, (values,) = Reruns(drawn(), NAMES, towards="present_value"), settings(1)
    runs.rerun(values)
    with patch.object(reruns, "computed", wraps=computed) as again:
        runs.rerun(values | {"social_share_target": 0.42})
    lines = {call.args[0] for call in again.call_args_list}
    assert "social_spend" in lines
    assert lines.isdisjoint({"competence_gain", "training_cost", "team", "alignment"})


def test_memory_is_bounded() -> None:
    runs = Reruns(drawn(), NAMES, towards="present_value")
    for values in settings(60):
        runs.rerun(values | {"social_share_target": values["social_share_target"] + 0.01})
    assert {len(recent) for recent in runs._recent.values()} <= set(range(1, reruns._REMEMBERED + 1))
