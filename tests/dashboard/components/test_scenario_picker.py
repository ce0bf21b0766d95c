"""What can be picked to be compared."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from dashboard.session import compute
from library.store import Library
from model.presets import PRESETS

PLAN = PRESETS["social-plan"]


def test_what_is_saved_can_be_picked_until_it_is_archived(library: Library) -> None:
    def reach() -> list[str]:
        compute.forget_saved()
        script = "from dashboard.components import scenario_picker\nscenario_picker.pick('Scenarios', 'test', [])"
        test = AppTest.from_string(script).run()
        assert not test.exception
        return test.multiselect[0].options

    kept = library.save_new(PLAN.changed(name="Ours"), author="Ada")
    assert "Ours" in reach()
    library.archive(kept.entry, 1, author="Ada")
    assert "Ours" not in reach()
