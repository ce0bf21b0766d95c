"""Saving into the library, from the sidebar and under a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from library import place
from library.store import Library
from model.presets import PRESETS
from tests.dashboard.app import errors, library_screen, opened, press, save, shown

PLAN = PRESETS["social-plan"]


def test_the_sidebar_saves_a_new_entry_and_then_its_versions(library: Library) -> None:
    test = opened(screen="plan")
    press(test, "Save to library")
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    press(test, "Save to library")
    assert [(version.number, version.name) for version in library.everything()] == [(1, PLAN.name), (2, PLAN.name)]


def test_the_sidebar_saves_beside_what_it_goes_on_from_as_well(library: Library) -> None:
    test = opened(screen="plan")
    assert "Save as a new entry" not in [button.label for button in test.button]
    press(test, "Save to library")
    test.text_input(key="name").set_value("Another")
    press(test, "Save as a new entry")
    assert {entry.latest.name for entry in library.entries()} == {PLAN.name, "Another"}


def test_what_is_undone_after_saving_is_saved_on_top_of_it(library: Library) -> None:
    test = opened(screen="plan")
    press(test, "Save to library")
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    press(test, "Save to library")
    test.button(key="undo").click().run()
    test.button(key="undo").click().run()
    press(test, "Save to library")
    hours = [version.scenario.values["training_hours"] for version in library.everything()]
    assert hours == [40, 80, 40]
    assert not test.error
    assert not test.warning


@pytest.mark.parametrize("name", ["library", "plan"])
def test_a_library_that_cannot_be_used_is_told_and_the_app_works_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "file" / "library.sqlite3"))
    test = opened(screen=name)
    assert not test.exception
    press(test, "Save to library")
    assert "There is no library at" in errors(test)
    assert PLAN.hash in shown(test)
    assert test.session_state["scenario"] == PLAN


def test_the_server_s_account_is_nobody_s_name(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "root")
    test = library_screen()
    assert test.text_input(key="author").value == ""
    save(test, "Save as a new entry", name="Ours")
    assert library.everything()[0].author == ""
    assert "by someone who gave no name" in shown(test)
