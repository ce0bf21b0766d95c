"""The Library screen and saving from the sidebar, without a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import update
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from dashboard.components.tables import all_that_differs
from dashboard.session import compute
from library import place, schema
from library.store import Library
from library.transfer import exported
from library.version import Version
from model.presets import PRESETS
from model.reading.links import write_link
from tests.dashboard.screens.test_screens import opened, shown
from tests.dashboard.session.test_links import address, app

PLAN = PRESETS["social-plan"]
EVIL = "**bold** [x](javascript:1) <b>b</b> $a$ :red[r]"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library of the app, in a file of the test's own."""
    path = tmp_path / "own" / "library.sqlite3"
    monkeypatch.setenv(place.VARIABLE, str(path))
    return Library(place.file_engine(path))


def screen() -> AppTest:
    test = opened(screen="library")
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def save(test: AppTest, label: str, **fields: str) -> AppTest:
    """Save from the dialog on the screen."""
    press(test, "Save current scenario")
    for field, value in fields.items():
        next(item for item in test.text_input if item.key == f"save {field}").set_value(value)
    return press(test, label)


def shown_in_tables(test: AppTest) -> str:
    return " ".join(frame.value.to_string() for frame in [*test.dataframe, *test.table])


def errors(test: AppTest) -> str:
    return " ".join(error.value for error in test.error).replace("\\", "")


def test_an_empty_library_says_how_to_begin_and_where_it_is(library: Library) -> None:
    test = screen()
    assert "Nothing is saved yet" in shown(test)
    assert library.where in shown(test)


def at_version(version: Version) -> AppTest:
    """The whole app at the address of a version of the library."""
    return app(**dict(write_link(version.scenario, PLAN)), saved=f"{version.entry}.{version.number}")


def test_a_reloaded_page_goes_on_from_the_same_version(library: Library) -> None:
    kept = library.save_new(PLAN.changed(name="Ours"), author="Ada")
    test = at_version(kept)
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    test = app(**address(test))
    assert test.session_state["scenario"].name == "Ours (edited)"
    assert test.session_state["base"] == kept.scenario
    press(test, "Save to library")
    assert [version.scenario.values["training_hours"] for version in library.history(kept.entry)] == [40, 80]
    assert address(test)["saved"] == f"{kept.entry}.2"
    # Someone saved meanwhile: the page still goes on from what it saw.
    library.save(kept.entry, 2, PLAN.changed(name="Theirs"), author="Bo")
    test = app(**address(test))
    test.select_slider(key="lever:training_hours").set_value(60.0).run()
    press(test, "Save to library")
    assert test.session_state["conflict"].latest.author == "Bo"
    assert library.latest(kept.entry).number == 3


@pytest.mark.parametrize(
    "tie", ["nobody.1", "x", "", "{entry}.9", "{entry}.²", "{entry}.-1", "{entry}." + "9" * 5000]
)
def test_a_link_to_a_version_that_is_not_here_opens_without_it(library: Library, tie: str) -> None:
    kept = library.save_new(PLAN.changed(name="Ours"), author="Ada")
    test = app(preset="hold", saved=tie.format(entry=kept.entry))
    assert not test.exception
    assert not test.error
    assert test.session_state["scenario"] == PRESETS["hold"]
    assert address(test) == {"preset": "hold"}


def test_what_is_too_long_for_a_link_is_found_in_the_library_again(library: Library) -> None:
    kept = library.save_new(PLAN.changed(name="Long", notes={"tax_rate": "x" * 10_000}), author="Ada")
    test = at_version(kept)
    assert address(test)["file"] == kept.hash
    assert test.session_state["scenario"] == kept.scenario
    assert "reloading the page loses it" not in shown(test)
    # What was changed since is nowhere but in that session.
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert "reloading the page loses it" in shown(test)
    again = app(**address(test))
    assert again.session_state["scenario"] == kept.scenario
    assert "Changes made since version 1 are not shown" in errors(again)
    assert address(again)["saved"] == f"{kept.entry}.1"


def test_saving_opening_editing_and_saving_again(library: Library) -> None:
    test = screen()
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


def test_the_sidebar_saves_a_new_entry_and_then_its_versions(library: Library) -> None:
    test = opened(screen="plan")
    press(test, "Save to library")
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    press(test, "Save to library")
    assert [(version.number, version.name) for version in library.everything()] == [(1, PLAN.name), (2, PLAN.name)]


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


def test_the_second_to_save_is_told_and_keeps_the_work(library: Library) -> None:
    kept = library.save_new(PLAN, author="Ada")
    test = press(screen(), "Open")
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    mine = test.session_state["scenario"]
    library.save(kept.entry, 1, PRESETS["hold"], author="Bo <b>", note="held *back*")
    save(test, "Save as the next version", note="mine", name="Under my name")
    assert "there is a newer version" in test.warning[0].value
    told = test.warning[0].value.replace("\\", "")
    assert "version 2 saved" in told
    assert "by Bo <b>" in told
    assert "held *back*" in told
    assert "You went on from version 1 of" in told
    assert test.session_state["scenario"] == mine
    assert len(library.everything()) == 2
    assert "Under my name" in shown_in_tables(press(test, "See what differs"))
    press(test, "Save mine as version 3")
    assert not test.warning
    latest = library.latest(kept.entry)
    assert (latest.number, latest.note) == (3, "mine")
    assert latest.scenario.assumptions == mine.assumptions
    assert library.history(kept.entry)[1].scenario == PRESETS["hold"]


def test_the_second_to_save_may_save_a_copy(library: Library) -> None:
    kept = library.save_new(PLAN, author="Ada", tags=["north"])
    test = press(screen(), "Open")
    library.save(kept.entry, 1, PRESETS["hold"], author="Bo")
    press(test, "Save to library")
    press(test, "Save mine as a copy")
    assert not test.warning
    copy = next(entry.latest for entry in library.entries() if entry.latest.entry != kept.entry)
    assert copy.scenario == PLAN.changed(name="Social plan (copy)")
    assert copy.tags == ("north",)
    assert library.latest(kept.entry).number == 2


def test_a_name_that_is_none_is_told_and_nothing_is_saved(library: Library) -> None:
    test = save(screen(), "Save as a new entry", name=" ")
    assert "is empty" in errors(test)
    assert test.session_state["scenario"] == PLAN
    assert library.everything() == ()


def choose(test: AppTest, what: str) -> AppTest:
    test.menu_button[0].click(what).run()
    assert not test.exception
    return test


def test_duplicate_archive_and_restore(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = choose(screen(), "Duplicate")
    assert {entry.latest.name for entry in library.entries()} == {PLAN.name, f"{PLAN.name} (copy)"}
    choose(test, "Archive")
    assert "1 of 2 saved scenarios" in shown(test)
    test.toggle(key="library archived").set_value(True).run()
    assert "2 of 2 saved scenarios" in shown(test)
    choose(test, "Restore")
    assert not any(entry.latest.archived for entry in library.entries())


def test_rename_goes_on_with_the_opened_scenario(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = choose(press(screen(), "Open"), "Name and tags")
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
    test = screen()
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
    test = screen()
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
    test = screen()
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


@pytest.mark.parametrize("name", ["library", "plan"])
def test_a_library_that_cannot_be_used_is_told_and_the_app_works_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(place.VARIABLE, str(tmp_path / "file" / "library.sqlite3"))
    test = opened(screen=name)
    assert not test.exception
    press(test, "Save to library")
    assert "cannot be opened" in errors(test)
    assert PLAN.hash in shown(test)
    assert test.session_state["scenario"] == PLAN


def test_import_from_another_library(library: Library) -> None:
    other = Library(place.file_engine(Path(library.where).with_name("other.sqlite3")))
    other.save_new(PLAN, author="Ada")
    file = exported(other).encode()
    test = screen()
    uploader = next(item for item in test.file_uploader if "library" in item.label)
    uploader.set_value(("library.json", file, "application/json")).run()
    assert not test.exception
    assert library.everything() == other.everything()
    assert "Versions added: 1" in test.toast[0].value
    uploader = next(item for item in test.file_uploader if "library" in item.label)
    uploader.set_value(("bad.json", b"{}", "application/json")).run()
    assert "the file holds no library" in errors(test)


def test_a_library_opened_as_a_scenario_is_told_where_it_belongs(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    test = screen()
    uploader = next(item for item in test.file_uploader if "Scenario file" in item.label)
    uploader.set_value(("library.json", exported(library).encode(), "application/json")).run()
    assert "it is an exported library; import it on the Library screen" in errors(test)
    assert test.session_state["scenario"] == PLAN


def test_the_server_s_user_is_proposed_on_the_server_only(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "deploy")
    monkeypatch.setattr(ContextProxy, "ip_address", None)
    assert screen().text_input(key="author").value == "deploy"
    monkeypatch.setattr(ContextProxy, "ip_address", "192.0.2.7")
    test = screen()
    assert test.text_input(key="author").value == ""
    save(test, "Save as a new entry", name="Ours")
    assert library.everything()[0].author == ""
    assert "by unknown" in shown(test)


def test_sessions_do_not_share_what_they_opened(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    one, other = press(screen(), "Open"), screen()
    assert "origin" in one.session_state
    assert "origin" not in other.session_state


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


def test_differences_are_told_for_everything_a_scenario_holds() -> None:
    other = PLAN.changed(
        name="Other", description="d", currency="DKK", locale="da", start_month="2028-02", fiscal_year_start=4,
        assumptions={"ramp_shape": "custom"}, social_share_path=(0.1, 0.2, 0.3, 0.4, 0.5),
        ranges={"causal_share": None}, notes={"causal_share": "n"},
        correlations=(("skill_half_life", "team_turnover", 0.5),),
    )  # fmt: skip
    told = {row[0].text for row in all_that_differs(PLAN, other).rows}
    assert {
        "Name", "Description", "Currency", "Locale of numbers and dates", "First month",
        "First month of the fiscal year", "Shape of the rise", "Social share at each year's end",
        "Part of that uplift that training causes: range", "Part of that uplift that training causes: note",
        "Drawn together",
    } <= told  # fmt: skip
    assert all_that_differs(PLAN, PLAN).rows == ()


SERVED = """
from dashboard.session import compute
import streamlit as st
st.text(compute.library().where)
"""


def served(monkeypatch: pytest.MonkeyPatch, section: dict[str, str]) -> AppTest:
    monkeypatch.delenv(place.VARIABLE)
    test = AppTest.from_string(SERVED, default_timeout=60)
    test.secrets["connections"] = {"library": section}
    return test.run()


def test_the_secrets_lead_to_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    test = served(monkeypatch, {"url": "postgresql://ada:secret@db.example:5433/plans"})
    assert test.text[0].value == "postgresql://ada:***@db.example:5433/plans"
    st.cache_resource.clear()


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    test = served(monkeypatch, {"url": "postgresql://ada@db.example/without-driver"})
    assert "pip install 'psycopg[binary]" in test.exception[0].message


def test_secrets_without_an_address_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "postgresql://user:password@host" in served(monkeypatch, {"host": "db"}).exception[0].message
