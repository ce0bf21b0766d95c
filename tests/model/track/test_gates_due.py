"""Gates of a plan that is tracked: met or not by what was measured in their month."""

from dataclasses import replace

import pytest

from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.stages.contract import State
from model.track.actuals import Actual
from model.track.tracked import track

PLAN = PRESETS["social-plan"]
FEW = 1024


def test_gates_are_met_or_not_by_what_was_measured_in_their_month():
    gates = [
        StageGate(3, "competent_share", 0.5, Below.HOLD),
        StageGate(4, "social_return", 4.0, Below.BACK),
        StageGate(5, "relative_return", 1.1, Below.BACK),
        StageGate(7, "cumulative_cash", 0.0, Below.HOLD),
    ]
    staged = replace(PLAN, stages=tuple(gates))
    actuals = [
        Actual(3, "competent_share", 0.5, tested=6),
        Actual(4, "social_return_test", 3.9, standard_error=1.0),
        Actual(6, "revenue", 1.05e7),
    ]
    found = track(staged, actuals, count=FEW)
    assert [item.state for item in found.gates] == [State.MET, State.NOT_MET, State.OPEN, State.OPEN]
    assert [item.due for item in found.gates] == [False, False, True, False]
    told = [item.words(PLAN.format) for item in found.gates]
    for sentence, end in zip(
        told, ("met.", "not met.", "due; it is marked in its contract.", "open, 1 to go."), strict=True
    ):
        assert sentence.endswith(end)
    later = track(staged, [*actuals, Actual(7, "revenue", 1.05e7)], count=FEW)
    cash = next(item for item in later.variances if item.subject == "net_cash")
    assert later.gates[3].observed == pytest.approx(cash.total(cash.actual))
