"""The Library screen without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete, update
from streamlit.testing.v1 import AppTest

from dashboard.session import address, compute
from library import place, schema
from library.store import Library
from library.transfer import exported, imported
from model.presets import PRESETS
from tests.dashboard.app import errors, library_screen, press, save, shown

PLAN = PRESETS["social-plan"]
EVIL = "**bold** [x](javascript:1) <b>b</b> $a$ :red[r]"


def test_an_empty_library_says_how_to_begin_and_where_it_is(library: Library) -> None:
    test = library_screen()
    assert "Nothing is saved yet" in shown(test)
    assert library.where in shown(test)


def test_saving_opening_editing_and_saving_again(library: Library) -> None:
    test = library_screen()
    test.text_input(key="author").set_value("Ada Lund").run()
    save(test, "Save as a new entry", name="Ours", note="for the board")
    (first,) = library.everything()
    assert (first.author, first.note, first.number) == ("Ada Lund", "for the board", 1)
    assert test.session_state["scenario"] == first.scenario == PLAN.changed(name="Ours")
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert test.session_state["scenario"].name == "Ours (edited)"
    assert "The description is that of version 1" in shown(press(test, "Save current scenario"))
    save(test, "Save as the next version", note="more hours")
    second = library.latest(first.entry)
    assert (second.number, second.name) == (2, "Ours")
    assert second.scenario.description == PLAN.description
    assert second.scenario.values["training_hours"] == 80
    assert "more hours" in shown(test)


def test_a_name_that_is_none_is_told_and_nothing_is_saved(library: Library) -> None:
    test = save(library_screen(), "Save as a new entry", name=" ")
    assert "is empty" in errors(test)
    assert test.session_state["scenario"] == PLAN
    assert library.everything() == ()


def choose(test: AppTest, what: str) -> AppTest:
    test.menu_button[0].click(what).run()
    assert not test.exception
    return test


def test_duplicate_archive_and_restore(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = choose(library_screen(), "Duplicate")
    assert {entry.latest.name for entry in library.entries()} == {PLAN.name, f"{PLAN.name} (copy)"}
    choose(test, "Archive")
    assert "1 of 2 saved scenarios" in shown(test)
    test.toggle(key="library archived").set_value(True).run()
    assert "2 of 2 saved scenarios" in shown(test)
    choose(test, "Restore")
    assert not any(entry.latest.archived for entry in library.entries())


def test_rename_goes_on_with_the_opened_scenario(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = choose(press(library_screen(), "Open"), "Name and tags")
    test.text_input(key="rename name").set_value("Renamed")
    test.multiselect(key="rename tags").set_value(["north"])
    press(test, "Save")
    (entry,) = library.entries()
    assert (entry.latest.number, entry.latest.name, entry.latest.tags) == (2, "Renamed", ("north",))
    assert test.session_state["scenario"].name == "Renamed"
    save(test, "Save as the next version")
    assert not test.warning
    assert library.latest(entry.latest.entry).number == 3


def test_search_and_tags_narrow_the_list(library: Library) -> None:
    library.save_new(PLAN.changed(name="First"), author="Ada", tags=["north"])
    library.save_new(PLAN.changed(name="Second"), author="Bo")
    test = library_screen()
    test.text_input(key="library search").set_value("bo").run()
    assert "1 of 2" in shown(test)
    assert "Second" in shown(test)
    test.multiselect(key="library with tags").set_value(["north"]).run()
    assert "Nothing saved fits these filters" in test.info[0].value
    # Back from another screen the filters are as they were left; a tag that is gone is not asked for.
    away = AppTest.from_string(
        "import streamlit as st\nfrom dashboard.screens.library import screen\n"
        "if not st.toggle('Away', key='away'): screen.draw()", default_timeout=60
    ).run()  # fmt: skip
    away.multiselect(key="library with tags").set_value(["north"]).run()
    away.toggle(key="away").set_value(True).run()
    away.toggle(key="away").set_value(False).run()
    assert away.multiselect(key="library with tags").value == ["north"]
    (entry,) = (entry for entry in library.entries() if entry.latest.tags)
    library.rename(entry.latest.entry, 1, name="First", description="", tags=[], author="Ada")
    away.run()
    assert away.multiselect(key="library with tags").value == []


def dialog(entry: str) -> AppTest:
    """The history by itself: AppTest runs the whole script again, which closes a dialog that a button opened."""
    return AppTest.from_string(
        f"from dashboard.screens.library import versions\nversions.history('{entry}')", default_timeout=60
    ).run()


def test_history_shows_what_differs_and_opens_an_old_version(library: Library) -> None:
    first = library.save_new(PLAN, author="Ada")
    library.save(first.entry, 1, PLAN.with_values(training_hours=80), author="Bo", note="more")
    test = dialog(first.entry)
    (versions,) = (frame.value for frame in test.dataframe)
    (changes,) = (table.value for table in test.table)
    assert list(versions["Version"]) == [2, 1]
    assert list(versions["Note"]) == ["more", ""]
    assert [what.split(",")[0] for what in changes.index] == ["Training per person"]
    assert "40" in changes["Version 1"].iloc[0]
    assert "80" in changes["Version 2"].iloc[0]
    test.selectbox(key="history version").select(1).run()
    press(test, "Open version 1")
    assert test.session_state["scenario"] == PLAN
    assert test.session_state["origin"] == first


def test_what_people_typed_is_never_markup(library: Library) -> None:
    library.save_new(PLAN.changed(name=EVIL, description=EVIL), author=EVIL, note=EVIL, tags=[EVIL[:40]])
    test = library_screen()
    texts = " ".join(item.value for item in [*test.markdown, *test.caption])
    assert EVIL not in texts
    assert "<b>" not in texts
    assert EVIL in texts.replace("\\", "").replace("\u2060", "")


def test_a_damaged_version_is_shown_as_such(library: Library) -> None:
    first = library.save_new(PLAN.changed(name="Sound"), author="Ada")
    library.save(first.entry, 1, PLAN.changed(name="Broken"), author="Bo")
    with library.engine.begin() as connection:
        damaged = schema.versions.c.number == 2
        connection.execute(update(schema.versions).where(damaged).values(content='{"name": 5}'))
    test = library_screen()
    assert "Damaged" in shown(test)
    assert next(button for button in test.button if button.label == "Open").disabled
    test = dialog(first.entry)
    assert "Version 2 is damaged" in errors(test)
    test.selectbox(key="history version").select(1).run()
    press(test, "Open version 1")
    assert test.session_state["scenario"].name == "Sound"


def test_the_history_of_what_is_no_longer_there_is_told(library: Library) -> None:
    gone = dialog("0" * 32)
    assert not gone.exception
    assert f"{library.where} does not hold this scenario" in errors(gone)


def test_import_from_another_library(library: Library) -> None:
    other = Library(place.file_engine(Path(library.where).with_name("other.sqlite3")))
    other.save_new(PLAN, author="Ada")
    file = exported(other).encode()
    test = library_screen()
    test.text_input(key="author").set_value("Eve").run()
    uploader = next(item for item in test.file_uploader if "library" in item.label)
    uploader.set_value(("their plans.json", file, "application/json")).run()
    assert not test.exception
    (version,) = library.everything()
    assert [(item.by, item.file) for item in version.imports] == [("Eve", "their plans.json")]
    assert [replace(version, imports=())] == list(other.everything())
    assert "Versions added: 1" in test.toast[0].value
    uploader = next(item for item in test.file_uploader if "library" in item.label)
    uploader.set_value(("bad.json", b"{}", "application/json")).run()
    assert "the file holds no library" in errors(test)


def test_an_import_is_never_told_as_made_here_by_its_author(library: Library) -> None:
    other = Library(place.file_engine(Path(library.where).with_name("other.sqlite3")))
    entry = other.save_new(PLAN, author="Ann").entry
    imported(library, exported(other).encode(), by="Eve", file="*plans*.json")
    told = shown(library_screen())
    assert "imported by Eve" in told
    assert re.search(
        r"Version 1 imported \d{4}-.* by Eve from “\*plans\*.json”; the file says: saved .* by Ann", told
    )
    assert "by Ann" not in told.split("the file says")[0]
    (versions,) = (frame.value for frame in dialog(entry).dataframe)
    (row,) = versions.to_dict("records")
    assert (row["What"], row["Author"], row["From"]) == ("imported", "Eve", "*plans*.json")
    assert row["The file says"].endswith("by Ann")
    library.save(entry, 1, PLAN, author="Eve")
    assert "the file says" not in shown(library_screen())


def test_an_entry_of_which_a_row_is_gone_is_shown_as_damaged(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    library.save(entry, 1, PLAN, author="Bo")
    with library.engine.begin() as connection:
        connection.execute(delete(schema.versions).where(schema.versions.c.number == 1))
    assert "A version is missing or damaged: this may not be the latest" in shown(library_screen())


def test_sessions_do_not_share_what_they_opened(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    one, other = press(library_screen(), "Open"), library_screen()
    assert "origin" in one.session_state
    assert "origin" not in other.session_state


def test_each_entry_says_what_it_is_worth_and_on_request_at_which_odds(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    library.save_new(PRESETS["headline-claim"], author="Ada")
    test = library_screen()
    assert test.markdown[0].value.startswith("# 2 plans are saved, the latest “Headline claim")
    told = shown(test).replace("\u00a0", " ")
    assert "+102,000 USD over 5 years" in told
    assert "; cannot be defended" in told
    assert "of a gain" not in told
    test.toggle(key="library odds").set_value(True).run()
    assert f"{100 * compute.odds_of_gain(PLAN):.0f} in 100 odds of a gain" in shown(test)


def test_ticked_entries_are_compared_in_the_order_of_ticking(library: Library) -> None:
    first, second = (
        library.save_new(PRESETS[name].changed(name=name), author="Ada") for name in ("hold", "smaller-step")
    )
    test = library_screen()
    test.checkbox(key=f"pick {second.entry}").check().run()
    test.checkbox(key=f"pick {first.entry}").check().run()
    press(test, "Compare these 2")
    assert test.session_state["kept"][address.PICKS] == (f"library:{second.entry}", f"library:{first.entry}")
    assert test.session_state["kept"]["screen asked for"] == "compare"


def test_one_ticked_entry_is_compared_with_the_present_scenario(library: Library) -> None:
    saved = library.save_new(PRESETS["smaller-step"].changed(name="Small"), author="Ada")
    library.save_new(PLAN, author="Ada")
    test = library_screen()
    test.checkbox(key=f"pick {saved.entry}").check().run()
    press(test, "Compare with the present scenario")
    assert test.session_state["kept"][address.PICKS] == ("current", f"library:{saved.entry}")


def test_the_seventh_cannot_be_ticked(library: Library) -> None:
    entries = [library.save_new(PLAN.changed(name=f"Plan {n}"), author="Ada").entry for n in range(7)]
    test = library_screen()
    for entry in entries[:6]:
        test.checkbox(key=f"pick {entry}").check().run()
    assert test.checkbox(key=f"pick {entries[6]}").disabled
    assert not test.checkbox(key=f"pick {entries[0]}").disabled
