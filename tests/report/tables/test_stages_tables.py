"""The ways to go through a plan's gates as a table: the best is told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.stages.policy import NEVER
from model.stages.staged import staged
from report.tables.decide.stages import policies, policy_rows

SEEING, BLIND = "Best thresholds found", "Best that looks at nothing"
PLAN = PRESETS["social-plan"].changed(stages=(StageGate(12, "relative_return", 1.1, Below.BACK),), name="In stages")


@pytest.fixture(scope="module")
def found():
    return staged(PLAN, count=256, seed=7)


def named(found):
    shown = [row[0].text for row in policies(found).rows]
    assert shown == list(policy_rows(found).frame["plan"])
    return shown[2:]


def test_a_best_that_looks_at_nothing_is_told_as_that(found):
    blind = replace(found.never, policy=(NEVER,))
    assert named(replace(found, best=blind, blind=blind)) == [BLIND]


def test_a_best_that_looks_stands_beside_the_best_that_does_not(found):
    both = replace(found, best=replace(found.planned, policy=(1.05,)), blind=replace(found.never, policy=(NEVER,)))
    assert named(both) == [SEEING, BLIND]
