"""The sidebar without a browser: presets, levers, names, links and files."""

from __future__ import annotations

from pathlib import Path

from library.store import Library
from library.transfer import exported, imported
from model.presets import PRESETS
from model.reading.version_1 import CHANGED_MODEL
from tests.dashboard.app import address, app, errors, library_screen, opened, scenario, shown

PLAN = PRESETS["social-plan"]
VERSION_1 = Path(__file__).parents[2] / "fixtures" / "version_1" / "defaults.json"


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


def levers(test) -> set[str]:
    widgets = [*test.select_slider, *test.selectbox, *test.toggle]
    return {item.key.removeprefix("lever:") for item in widgets if str(item.key).startswith("lever:")}


def test_the_levers_of_the_return_are_those_of_its_basis() -> None:
    test = opened()
    assert "social_relative_return" in levers(test)
    assert "social_reported_roas" not in levers(test)
    test.selectbox(key="lever:social_return_basis").select("platform").run()
    assert "social_relative_return" not in levers(test)
    assert {"social_reported_roas", "social_incremental_share", "social_long_run_multiplier"} <= levers(test)
    assert "0.87 times the 4 elsewhere. Put the other channels on the same footing" in shown(test)
    assert "the same footing: both incremental and long-run" in shown(test)


def told(test) -> str:
    return " ".join(item.value for item in test.info).replace("\\", "")


def test_what_an_older_link_was_read_as_is_told_until_the_scenario_is_changed() -> None:
    test = app(training_fee="1200")
    assert CHANGED_MODEL in told(test)
    assert "1200 a year for each person became 30 an hour" in told(test)
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert CHANGED_MODEL not in told(test)
    test.button(key="undo").click().run()
    assert CHANGED_MODEL not in told(test)


def test_what_an_older_file_was_read_as_is_told() -> None:
    test = opened()
    assert told(test) == ""
    uploader = next(item for item in test.file_uploader if "Scenario file" in item.label)
    uploader.set_value(("plan.json", VERSION_1.read_bytes(), "application/json")).run()
    assert CHANGED_MODEL in told(test)


def test_an_imported_library_keeps_what_is_to_be_told_of_its_older_versions(library: Library) -> None:
    imported(library, (VERSION_1.parent / "library.json").read_bytes(), by="Eve", file="library.json")
    entries = library.entries()
    assert entries
    assert all(CHANGED_MODEL in " ".join(entry.latest.scenario.translation) for entry in entries)
