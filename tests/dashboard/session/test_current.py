"""The scenario of a session: undo and redo lead through everything that changed it."""

from __future__ import annotations

from tests.dashboard.app import app, scenario


def test_undo_and_redo_restore_scenario_name_and_base() -> None:
    test = app()
    states = [(scenario(test), test.session_state["base"])]
    for step in (
        lambda: test.select_slider(key="lever:training_hours").set_value(80.0),
        lambda: test.toggle(key="lever:strategic_partner").set_value(True),
        lambda: test.selectbox(key="preset").select("sceptical-cfo"),
        lambda: test.select_slider(key="lever:training_hours").set_value(60.0),
        lambda: test.button(key="reset scenario").click(),
    ):
        step().run()
        states.append((scenario(test), test.session_state["base"]))
    for expected in reversed(states[:-1]):
        test.button(key="undo").click().run()
        assert (scenario(test), test.session_state["base"]) == expected
    assert test.button(key="undo").disabled
    for expected in states[1:]:
        test.button(key="redo").click().run()
        assert (scenario(test), test.session_state["base"]) == expected
    assert test.button(key="redo").disabled


def test_undo_says_what_it_changes() -> None:
    test = app()
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert test.button(key="undo").help.replace("\\", "") == "Undo. Training per person: 80 → 40"
    test.button(key="undo").click().run()
    assert test.button(key="redo").help.replace("\\", "") == "Redo. Training per person: 40 → 80"
    test.toggle(key="lever:strategic_partner").set_value(True).run()
    assert test.button(key="redo").disabled
