"""Taking edits of which some may be refused."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.session import state
from model.reading.faults import Fault, ScenarioError
from model.scenario import Scenario


def take_legal(edited: Scenario, faults: Sequence[Fault]) -> None:
    """Take a scenario with what is legal of some edits, and tell what is not."""
    changed = edited != state.scenario()
    state.clear_faults()
    if changed:
        state.replace_scenario(edited)
    if faults:
        what = "These changes are not taken; the others are" if changed else "The change is not taken"
        state.refuse(what, ScenarioError(faults))
