"""A tracked plan with its actuals, made once a run: the documented example, with gates of every state."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from model.gates.stage_gate import Below, StageGate
from model.history.importing.data_file import data_file
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.track.importing import read_actuals
from model.track.tracked import track
from report.tables.tracked.variance_report import VarianceReport
from tests.model.track.simulated import firm

ACTUALS = Path(__file__).parents[2] / "docs" / "example-actuals.csv"
DRAWS, SEED = 1024, 2027
PLAN = PRESETS["social-plan"]
GATED = PLAN.changed(
    stages=(
        StageGate(12, "competent_share", 0.4, Below.HOLD),
        StageGate(18, "relative_return", 1.1, Below.BACK),
        StageGate(24, "cumulative_cash", 50_000.0, Below.BACK),
    )
)


@cache
def reported(until: int | None = None) -> VarianceReport:
    return of_plan(GATED, until)


def of_plan(plan: Scenario, until: int | None = None) -> VarianceReport:
    actuals = read_actuals(data_file(ACTUALS), plan).actuals
    return VarianceReport(track(plan, actuals, until, DRAWS, SEED), project(plan), DRAWS, "approved version 3")


@cache
def of_another_world() -> VarianceReport:
    """A firm whose revenue is higher by a fifth from the second year on."""
    made = firm(0, shift=0.2)
    return VarianceReport(track(PLAN, made.until(20), 20, DRAWS, SEED), project(PLAN), DRAWS)
