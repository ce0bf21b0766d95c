"""Two who save at once: the second is told, and keeps the work."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from library.store import Library
from model.presets import PRESETS
from tests.dashboard.app import library_screen, press, save

PLAN = PRESETS["social-plan"]


def shown_in_tables(test: AppTest) -> str:
    return " ".join(frame.value.to_string() for frame in [*test.dataframe, *test.table])


def test_the_second_to_save_is_told_and_keeps_the_work(library: Library) -> None:
    kept = library.save_new(PLAN, author="Ada")
    test = press(library_screen(), "Open")
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
    test = press(library_screen(), "Open")
    library.save(kept.entry, 1, PRESETS["hold"], author="Bo")
    press(test, "Save to library")
    press(test, "Save mine as a copy")
    assert not test.warning
    copy = next(entry.latest for entry in library.entries() if entry.latest.entry != kept.entry)
    assert copy.scenario == PLAN.changed(name="Social plan (copy)")
    assert copy.tags == ("north",)
    assert library.latest(kept.entry).number == 2
