"""The library's promises: nothing is lost or overwritten, two who save at once are both served, faults are told."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, update

from library import place, schema
from library.errors import Conflict, LibraryError
from library.store import Library
from library.transfer import exported, imported
from library.version import MAX_TAGS, Event, Version, when
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.scenario import Scenario

PLAN = PRESETS["social-plan"]
HOSTILE = "'; DROP TABLE library_versions; --<script>alert(1)</script>\u202e=1+1 [x](javascript:y) %s ${z} ☃"


def on_file(path: Path) -> Library:
    return Library(place.file_engine(path / "library.sqlite3"))


def test_no_test_touches_the_library_of_whoever_runs_it() -> None:
    assert place.chosen_file() is not None
    assert place.chosen_file() != place.default_file()


def test_what_is_saved_is_what_is_read(library: Library) -> None:
    before = datetime.now(UTC)
    kept = library.save_new(PLAN, author="Ada", note="first", tags=["b", "a", "a"])
    assert library.history(kept.entry) == (kept,)
    assert (kept.number, kept.event, kept.author, kept.note, kept.tags) == (
        1,
        Event.SAVED,
        "Ada",
        "first",
        ("a", "b"),
    )
    assert kept.scenario == PLAN
    assert kept.hash == PLAN.hash
    at = datetime.fromisoformat(kept.at)
    assert abs((at - before).total_seconds()) < 60
    assert when(kept.at, None) == when(kept.at, "Nowhere/Known") == f"{at:%Y-%m-%d %H:%M} UTC"


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Copenhagen", "2027-01-06 00:30 CET"),
        ("America/New_York", "2027-01-05 18:30 EST"),
        ("", "2027-01-05 23:30 UTC"),
    ],
)
def test_a_time_is_told_in_the_reader_s_zone(zone: str, told: str) -> None:
    assert when("2027-01-05T23:30:15.123Z", zone) == told


def test_each_save_is_a_new_version_and_the_old_ones_stay(library: Library) -> None:
    first = library.save_new(PLAN, author="Ada", tags=["north"])
    second = library.save(first.entry, 1, PRESETS["sceptical-cfo"], author="Bo", note="lower")
    assert library.history(first.entry) == (first, second)
    assert second.number == 2
    assert second.tags == ("north",)
    assert [entry.latest for entry in library.entries()] == [second]


def test_rename_archive_and_restore_are_versions_too(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    library.rename(entry, 1, name="Other", description="why", tags=["x"], author="Bo")
    library.archive(entry, 2, author="Cy")
    library.restore(entry, 3, author="Di")
    history = library.history(entry)
    assert [version.event for version in history] == ["saved", "renamed", "archived", "restored"]
    assert [version.author for version in history] == ["Ada", "Bo", "Cy", "Di"]
    assert [version.archived for version in history] == [False, False, True, False]
    assert [version.name for version in history] == [PLAN.name, "Other", "Other", "Other"]
    assert history[3].scenario == PLAN.changed(name="Other", description="why")
    assert history[3].tags == ("x",)


def test_a_rename_that_changes_nothing_makes_no_version(library: Library) -> None:
    kept = library.save_new(PLAN, author="Ada", tags=["a"])
    same = library.rename(kept.entry, 1, name=PLAN.name, description=PLAN.description, tags=["a"], author="Bo")
    assert same == kept
    assert len(library.history(kept.entry)) == 1


def test_a_name_that_is_none_is_refused_and_nothing_changes(library: Library) -> None:
    kept = library.save_new(PLAN, author="Ada")
    with pytest.raises(ScenarioError, match="empty"):
        library.rename(kept.entry, 1, name=" ", description="", tags=[], author="Bo")
    assert library.history(kept.entry) == (kept,)


def test_a_copy_is_an_entry_of_its_own(library: Library) -> None:
    first = library.save_new(PLAN, author="Ada", tags=["north"])
    copy = library.duplicate(first.entry, author="Bo")
    assert copy.entry != first.entry
    assert (copy.number, copy.event, copy.tags) == (1, Event.DUPLICATED, ("north",))
    assert copy.scenario == PLAN.changed(name="Social plan (copy)")
    assert library.history(first.entry) == (first,)


def test_saving_onto_an_archived_entry_restores_it(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    library.archive(entry, 1, author="Ada")
    assert not library.save(entry, 2, PLAN, author="Bo").archived


def test_the_second_to_save_is_told_who_saved_what(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    theirs = library.save(entry, 1, PRESETS["hold"], author="Bo", note="held")
    for act in (
        lambda: library.save(entry, 1, PLAN, author="Cy"),
        lambda: library.rename(entry, 1, name="x", description="", tags=[], author="Cy"),
        lambda: library.archive(entry, 1, author="Cy"),
        lambda: library.restore(entry, 1, author="Cy"),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.latest == theirs
    mine = library.save(entry, refused.value.latest.number, PLAN, author="Cy")
    assert [version.author for version in library.history(entry)] == ["Ada", "Bo", "Cy"]
    assert mine.scenario == PLAN


def test_of_many_who_save_at_once_one_is_first_and_none_is_lost(engines: Callable[[], Engine]) -> None:
    entry = Library(engines()).save_new(PLAN, author="Ada").entry
    writers = [Library(engines()) for _ in range(4)]
    together = threading.Barrier(len(writers))

    def write(place_: int) -> str | int:
        together.wait()
        try:
            return writers[place_].save(entry, 1, PLAN, author=f"writer {place_}").author
        except Conflict as conflict:
            return conflict.latest.number

    with ThreadPoolExecutor(len(writers)) as pool:
        told = list(pool.map(write, range(len(writers))))
    history = writers[0].history(entry)
    assert [version.number for version in history] == [1, 2]
    assert [item for item in told if isinstance(item, str)] == [history[1].author]
    assert told.count(2) == len(writers) - 1


def test_those_who_try_again_all_get_their_version(engines: Callable[[], Engine]) -> None:
    entry = Library(engines()).save_new(PLAN, author="0").entry
    writers = [Library(engines()) for _ in range(3)]

    def write(place_: int) -> None:
        for turn in range(3):
            seen = 1
            while True:
                try:
                    writers[place_].save(entry, seen, PLAN, author=f"{place_} {turn}")
                    break
                except Conflict as conflict:
                    seen = conflict.latest.number

    with ThreadPoolExecutor(len(writers)) as pool:
        list(pool.map(write, range(len(writers))))
    history = writers[0].history(entry)
    assert [version.number for version in history] == list(range(1, 11))
    assert {version.author for version in history[1:]} == {f"{who} {turn}" for who in range(3) for turn in range(3)}


def test_whoever_looks_while_another_saves_sees_the_library_whole(engines: Callable[[], Engine]) -> None:
    entry = Library(engines()).save_new(PLAN, author="0").entry
    writer, reader = Library(engines()), Library(engines())

    def write() -> None:
        for seen in range(1, 20):
            writer.save(entry, seen, PLAN, author="w")

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert all(found.whole for found in reader.entries())
            assert not reader.latest(entry).damage
    writing.result()
    assert reader.latest(entry).number == 20


def test_a_first_start_of_several_at_once_is_no_fault(engines: Callable[[], Engine]) -> None:
    starters = [engines() for _ in range(5)]
    together = threading.Barrier(len(starters))

    def start(engine: Engine) -> str:
        together.wait()
        return Library(engine).save_new(PLAN, author="Ada").entry

    with ThreadPoolExecutor(len(starters)) as pool:
        kept = set(pool.map(start, starters))
    assert {entry.latest.entry for entry in Library(starters[0]).entries()} == kept
    assert len(kept) == len(starters)


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["new", "save", "rename", "duplicate", "archive", "restore"]),
        st.integers(0, 3),
        st.integers(0, 2),
        st.sampled_from(list(PRESETS)),
    ),
    max_size=8,
)


@given(OPERATIONS)
def test_no_sequence_of_operations_loses_or_changes_a_version(operations: list[tuple[str, int, int, str]]) -> None:
    library = Library(create_engine("sqlite://"))
    kept: dict[str, list[Version]] = {}
    for what, which, behind, preset in operations:
        if what == "new" or not kept:
            made = library.save_new(PRESETS[preset], author="n")
        else:
            entry = list(kept)[which % len(kept)]
            made = act(library, what, kept[entry][-1], behind, PRESETS[preset])
        if made not in kept.setdefault(made.entry, []):
            kept[made.entry].append(made)
    for entry, versions in kept.items():
        assert list(library.history(entry)) == versions
        assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    assert {entry.latest.entry for entry in library.entries()} == set(kept)


def act(library: Library, what: str, latest: Version, behind: int, scenario: Scenario) -> Version:
    """What the operation made; the latest version where it was refused for building on an older one."""
    entry, seen = latest.entry, latest.number - behind
    acts = {
        "save": lambda: library.save(entry, seen, scenario, author="a"),
        "rename": lambda: library.rename(entry, seen, name=f"n {seen}", description="", tags=["t"], author="b"),
        "duplicate": lambda: library.duplicate(entry, author="c"),
        "archive": lambda: library.archive(entry, seen, author="d"),
        "restore": lambda: library.restore(entry, seen, author="e"),
    }
    if behind and what != "duplicate":
        with pytest.raises(Conflict) as refused:
            acts[what]()
        return refused.value.latest
    return acts[what]()


def test_hostile_texts_are_kept_as_they_are(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    kept = library.save_new(PLAN.changed(name=HOSTILE), author=HOSTILE[:60], note=HOSTILE, tags=[HOSTILE[:40]])
    read = library.history(kept.entry)[0]
    assert (read.name, read.author, read.note, read.tags) == (HOSTILE, HOSTILE[:60], HOSTILE, (HOSTILE[:40],))
    assert len(library.entries()) == 2
    with pytest.raises(LibraryError, match="does not hold this scenario"):
        library.history(HOSTILE)


def test_what_no_database_takes_is_left_out_of_texts(library: Library) -> None:
    kept = library.save_new(
        PLAN, author="A\x00da\ud800\n", note="x" * 5000, tags=["", " a\nb ", *map(str, range(40))]
    )
    assert library.history(kept.entry) == (kept,)
    assert kept.author == "Ada"
    assert len(kept.note) == 2000
    assert len(kept.tags) == MAX_TAGS


def test_search_finds_words_in_all_that_was_said(library: Library) -> None:
    noted = PLAN.changed(name="Größe", description="for the board", notes={"causal_share": "From the audit"})
    entry = library.save_new(noted, author="Ada", note="first try", tags=["North"]).entry
    library.save(entry, 1, noted, author="Bo", note="second")
    library.save_new(PLAN, author="Cy")

    def found(words: str, *tags: str) -> int:
        return sum(entry.matches(words, frozenset(tags)) for entry in library.entries())

    for words in ("grösse", "BOARD", "audit", "ada", "bo second", "first", "north", "GRÖSSE ada"):
        assert found(words) == 1, words
    assert found("") == 2
    assert found("", "North") == 1
    assert found("cy", "North") == 0
    assert found("nothing of the kind") == 0


def test_an_entry_that_is_not_there_is_told(library: Library) -> None:
    with pytest.raises(LibraryError, match="does not hold this scenario"):
        library.save("0" * 32, 1, PLAN, author="Ada")


def test_a_damaged_version_hides_nothing_else(library: Library) -> None:
    sound = library.save_new(PLAN, author="Ada")
    for content, tags in (("{", "{"), ('{"name": 5}', "5"), ("\\", "[]")):
        broken = library.save_new(PLAN.changed(name="Broken"), author="Bo")
        with library.engine.begin() as connection:
            rows = schema.versions.c.entry == broken.entry
            connection.execute(update(schema.versions).where(rows).values(content=content, tags=tags))
        read = library.history(broken.entry)[0]
        assert read.name == "Broken"
        assert read.damage
        with pytest.raises(ScenarioError):
            _ = read.scenario
    entries = library.entries()
    assert len(entries) == 4
    assert sound in [entry.latest for entry in entries]
    assert [entry.matches("broken", frozenset()) for entry in entries].count(True) == 3


def test_a_library_of_a_newer_program_is_left_alone(library: Library) -> None:
    library.save_new(PLAN, author="Ada")
    with library.engine.begin() as connection:
        connection.execute(schema.schema_versions.insert(), {"version": schema.SCHEMA + 1})
    with pytest.raises(LibraryError, match="newer version of this program"):
        library.entries()


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    library = on_file(tmp_path)
    (tmp_path / "library.sqlite3").write_text("not a database, but somebody's text " * 50, encoding="utf-8")
    with pytest.raises(LibraryError, match="move the file away"):
        library.entries()
    assert "somebody's" in (tmp_path / "library.sqlite3").read_text(encoding="utf-8")


def test_a_locked_database_is_told_and_usable_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_WAIT", 0.1)
    library = on_file(tmp_path)
    library.save_new(PLAN, author="Ada")
    with sqlite3.connect(tmp_path / "library.sqlite3") as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryError, match="in use by another program"):
            library.save_new(PLAN, author="Bo")
    other.close()
    library.save_new(PLAN, author="Bo")
    assert len(library.entries()) == 2


def test_a_file_that_was_moved_away_is_made_anew(tmp_path: Path) -> None:
    library = on_file(tmp_path)
    library.save_new(PLAN, author="Ada")
    (tmp_path / "library.sqlite3").unlink()
    kept = library.save_new(PLAN, author="Bo")
    assert [entry.latest for entry in library.entries()] == [kept]


def test_no_library_begins_where_none_may(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "library.sqlite3"
    library = Library(place.file_engine(path, begins=False))
    for act in (library.entries, lambda: library.save_new(PLAN, author="Ada"), library.begin):
        with pytest.raises(LibraryError, match=r"There is no library at .* python -m library create"):
            act()
    assert not path.parent.exists()
    path.parent.mkdir()
    # Another program's database is no library either.
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    raw = path.read_bytes()
    with pytest.raises(LibraryError, match="There is no library at"):
        library.entries()
    assert path.read_bytes() == raw


def test_a_library_that_vanishes_is_told_and_no_second_one_begins(tmp_path: Path) -> None:
    kept = on_file(tmp_path).save_new(PLAN, author="Ada")
    library = Library(place.file_engine(tmp_path / "library.sqlite3", begins=False))
    (tmp_path / "library.sqlite3").rename(tmp_path / "elsewhere")
    with pytest.raises(LibraryError, match="There is no library at"):
        library.save(kept.entry, 1, PLAN, author="Ada")
    assert not (tmp_path / "library.sqlite3").exists()
    (tmp_path / "elsewhere").rename(tmp_path / "library.sqlite3")
    assert library.history(kept.entry) == (kept,)


def test_no_library_begins_unasked_on_a_server(server_address: str) -> None:
    engine = place.server_engine(place.server_url(server_address))
    with pytest.raises(LibraryError, match="There is no library at"):
        Library(engine).save_new(PLAN, author="Ada")
    assert schema.version_of(engine) is None
    engine.dispose()


@pytest.mark.parametrize("name", ["a?mode=memory", "100%.sqlite3", "#1", "år æ.sqlite3"])
def test_any_file_name_is_that_of_a_file(tmp_path: Path, name: str) -> None:
    library = Library(place.file_engine(tmp_path / name))
    kept = library.save_new(PLAN, author="Ada")
    assert (tmp_path / name).is_file()
    assert library.history(kept.entry) == (kept,)


def test_a_place_that_cannot_be_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").mkdir()
    with pytest.raises(LibraryError, match="cannot be opened"):
        on_file(tmp_path).entries()


def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    library = Library(create_engine("postgresql://ada:secret@127.0.0.1:9/none", connect_args={"connect_timeout": 2}))
    with pytest.raises(LibraryError, match="cannot be reached") as told:
        library.entries()
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("address", ["mysql://u@h/d", "postgres://u@h/d", "nonsense", "none", ""])
def test_only_postgresql_is_taken_from_the_secrets(address: str) -> None:
    with pytest.raises(LibraryError, match="postgresql://user:password@host"):
        place.server_url(address)


def test_versions_of_equal_content_have_equal_hashes(library: Library) -> None:
    first = library.save_new(PLAN, author="Ada")
    second = library.save(first.entry, 1, replace(PLAN), author="Bo")
    assert first.hash == second.hash == PLAN.hash


def test_a_library_moves_from_one_database_to_the_other(library: Library, tmp_path: Path) -> None:
    elsewhere = Library(place.file_engine(tmp_path / "elsewhere.sqlite3"))
    entry = elsewhere.save_new(PLAN.changed(name=HOSTILE), author="Ada", tags=["Ærø"]).entry
    elsewhere.archive(entry, 1, author="Bo")
    imported(library, exported(elsewhere).encode(), by="Cy", file="plans.json")
    assert [replace(version, imports=()) for version in library.everything()] == list(elsewhere.everything())


def test_a_tag_is_the_same_in_any_case_and_however_its_letters_are_composed() -> None:
    library = Library(create_engine("sqlite://"))
    tags = ["North", "north", "Caf\u00e9", "cafe\u0301", "\u200b", "a\ufffeb"]
    entry = library.save_new(PLAN, author="Ada\uffff", tags=tags).entry
    assert library.latest(entry).tags == ("Caf\u00e9", "North", "ab")
    assert library.latest(entry).author == "Ada"
    (found,) = library.entries()
    assert found.matches("", frozenset({"NORTH", "CAFE\u0301"}))
    assert found.matches("cafe\u0301", frozenset())
    assert not found.matches("", frozenset({"south"}))
