"""The sidebar without a browser: presets, levers, names, links and files."""

from __future__ import annotations

from library.store import Library
from library.transfer import exported
from model.presets import PRESETS
from tests.dashboard.app import address, app, errors, library_screen, opened, scenario

PLAN = PRESETS["social-plan"]


def test_choosing_a_preset_starts_from_it() -> None:
    test = opened()
    test.selectbox(key="preset").select("sceptical-cfo").run()
    assert test.session_state["scenario"] == PRESETS["sceptical-cfo"]


def test_a_lever_changes_the_scenario_and_its_name_and_reset_undoes_it() -> None:
    test = opened()
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    changed = test.session_state["scenario"]
    assert changed.values["training_hours"] == 80
    assert changed.name == "Social plan (edited)"
    next(button for button in test.button if button.label == "Reset").click().run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_moving_back_is_the_preset_again() -> None:
    test = opened()
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    test.select_slider(key="lever:training_hours").set_value(40.0).run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_the_link_to_copy_is_the_address() -> None:
    test = app(preset="social-plan", causal_share="0.03")
    assert test.code[0].value.endswith("/?preset=social-plan&causal_share=0.03")


def test_renaming_can_be_undone() -> None:
    test = app()
    test.text_input(key="name").set_value("Our plan")
    next(button for button in test.button if button.label == "Rename").click().run()
    assert scenario(test).name == "Our plan"
    assert address(test)["name"] == "Our plan"
    test.button(key="undo").click().run()
    assert scenario(test) == PLAN


def test_numbers_on_the_sidebar_are_in_the_locale() -> None:
    test = app(locale="da")
    slider = test.select_slider(key="lever:social_share_target")
    assert slider.value == 24.5
    assert "24,5" in slider.options


def test_a_library_opened_as_a_scenario_is_told_where_it_belongs(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = library_screen()
    uploader = next(item for item in test.file_uploader if "Scenario file" in item.label)
    uploader.set_value(("library.json", exported(library).encode(), "application/json")).run()
    assert "it is an exported library; import it on the Library screen" in errors(test)
    assert test.session_state["scenario"] == PLAN
