"""The library as one file: nothing is lost on the way, the same file adds nothing twice, a faulty one nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, update

from library import place, schema, transfer
from library.errors import ImportFaults, LibraryError
from library.store import Library, now
from library.transfer import Imported, exported
from library.version import Event, Version
from model.presets import PRESETS
from model.reading.faults import MOST_FAULTS, Fault, ScenarioError
from model.scenario import Scenario
from tests.scenarios import anything, legal_data

PLAN = PRESETS["social-plan"]
SCHEMA_1 = Path(__file__).parents[1] / "fixtures" / "library_schema_1"


def imported(library: Library, file: bytes) -> Imported:
    return transfer.imported(library, file, by="Eve", file="library.json")


def as_made(versions: tuple[Version, ...]) -> list[Version]:
    """What the versions say, wherever they came from."""
    return [replace(version, imports=()) for version in versions]


def empty() -> Library:
    return Library(create_engine("sqlite://"))


def filled() -> Library:
    library = empty()
    first = library.save_new(PLAN, author="Ada", note="first", tags=["north"])
    library.save(first.entry, 1, PRESETS["hold"], author="Bo")
    library.archive(first.entry, 2, author="Bo")
    library.duplicate(first.entry, author="Cy")
    return library


def as_bytes(data: object) -> bytes:
    return json.dumps(data).encode()


def test_a_library_comes_back_as_it_was() -> None:
    library, other = filled(), empty()
    assert imported(other, exported(library).encode()) == Imported(added=4, known=0, diverged=0)
    assert as_made(other.everything()) == list(library.everything())


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(legal_data(), st.text(max_size=30), st.lists(st.text(max_size=12), max_size=4))
def test_any_scenario_comes_back_as_it_was(data: dict[str, Any], words: str, tags: list[str]) -> None:
    library, other = empty(), empty()
    library.save_new(Scenario.from_data(data), author=words, note=words, tags=tags)
    imported(other, exported(library).encode())
    assert as_made(other.everything()) == list(library.everything())


def test_the_same_file_adds_nothing_the_second_time() -> None:
    library = filled()
    file = exported(library).encode()
    assert imported(library, file) == Imported(added=0, known=4, diverged=0)
    assert exported(library).encode() == file


def test_what_went_on_elsewhere_is_added_after_what_is_here() -> None:
    here, there = filled(), empty()
    imported(there, exported(here).encode())
    entry = here.entries()[-1].latest
    went_on = there.save(entry.entry, entry.number, PRESETS["sceptical-cfo"], author="Di")
    assert imported(here, exported(there).encode()) == Imported(added=1, known=4, diverged=0)
    latest = here.latest(entry.entry)
    assert as_made((latest,)) == [went_on]
    assert [item.by for item in latest.imports] == ["Eve"]


def test_ways_that_parted_are_both_kept_and_the_same_file_adds_nothing_twice() -> None:
    here, there = empty(), empty()
    entry = here.save_new(PLAN, author="Ada").entry
    imported(there, exported(here).encode())
    ours = here.save(entry, 1, PRESETS["hold"], author="Ada")
    theirs = there.save(entry, 1, PRESETS["sceptical-cfo"], author="Bo")
    before = here.history(entry)
    assert imported(here, exported(there).encode()).diverged == 1
    assert here.history(entry) == before
    assert {item.latest.scenario.name for item in here.entries()} == {ours.name, theirs.name}
    assert imported(here, exported(there).encode()).added == 0
    there.save(entry, 2, PLAN, author="Bo")
    assert imported(here, exported(there).encode()).added == 1
    assert len(here.entries()) == 2


def test_a_damaged_version_is_named_and_the_rest_still_goes(tmp_path: Path) -> None:
    library = Library(place.file_engine(tmp_path / "library.sqlite3"))
    first = library.save_new(PLAN, author="Ada")
    library.save(first.entry, 1, PLAN, author="Bo")
    with library.engine.begin() as connection:
        damaged = (schema.versions.c.entry == first.entry) & (schema.versions.c.number == 2)
        connection.execute(update(schema.versions).where(damaged).values(content="{"))
    assert json.loads(exported(library))["left_out"] == [{"entry": first.entry, "number": 2}]
    other = empty()
    imported(other, exported(library).encode())
    assert as_made(other.everything()) == [first]


def faults_of(data: object) -> str:
    library = empty()
    with pytest.raises(ImportFaults) as refused:
        imported(library, data if isinstance(data, bytes) else as_bytes(data))
    assert library.everything() == ()
    return "\n".join(refused.value.reasons)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "not valid JSON"),
        (b"[" * 100_000, "export the library again"),
        (b"[]", "holds no library"),
        (PLAN.to_json().encode(), "Open in the sidebar"),
        (as_bytes({"schema_version": 4, "versions": []}), "newer"),
        (as_bytes({"schema_version": True, "versions": []}), "schema_version must be 1 or 2 or 3"),
        (as_bytes({"schema_version": 1.0, "versions": []}), "schema_version must be 1 or 2 or 3"),
        (as_bytes({"schema_version": 1, "versions": [3, {}]}), "version 2 of the file"),
        (b'{"schema_version": 1, "versions": [], "versions": []}', "versions stands twice"),
        (b'{"schema_version": 1, "versions": [{"number": 1, "number": 2}]}', "number stands twice"),
    ],
)
def test_a_file_that_is_no_library_is_refused(file: bytes, told: str) -> None:
    assert told in faults_of(file)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("entry", "../../etc"), ("entry", 5), ("number", 0), ("number", True), ("number", 1.5), ("event", "deleted"),
        ("at", "yesterday"), ("at", "2027-13-01T00:00:00.000Z"), ("author", "x" * 101), ("author", None),
        ("note", "\x00"), ("tags", "north"), ("tags", ["b", "a"]), ("archived", 1), ("hash", "xyz"),
        ("scenario", []), ("scenario", {"name": " "}), ("event", "lost"), ("number", 2**31), ("imports", {}),
        ("imports", [{"at": "2027-01-05T14:03:00.000Z", "by": "Ada"}]), ("imports", [["at", "by", "file"]]),
        ("imports", [{"at": "today", "by": "Ada", "file": "x.json"}]),
    ],
)  # fmt: skip
def test_every_field_is_checked_before_anything_is_added(key: str, value: object) -> None:
    data = json.loads(exported(filled()))
    data["versions"][1][key] = value
    assert f"version 2 of the file, {key}" in faults_of(data)


def test_all_faults_are_told_at_once() -> None:
    data = json.loads(exported(filled()))
    data["versions"][0]["scenario"] = {"assumptions": {"employees": -1, "cheese": 2}}
    data["versions"][2]["author"] = 7
    told = faults_of(data)
    assert "employees" in told
    assert "cheese" in told
    assert "version 3 of the file, author" in told


def test_a_number_that_stands_twice_is_refused() -> None:
    data = json.loads(exported(filled()))
    data["versions"].append(data["versions"][0])
    assert "a second time" in faults_of(data)


def test_endless_faults_are_cut_short() -> None:
    reasons = faults_of({"schema_version": 1, "versions": [0] * 5000}).splitlines()
    assert len(reasons) == MOST_FAULTS + 1
    assert reasons[-1] == "and there are more; mend these first"


def test_a_file_with_a_fault_too_many_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def looked_at(data: object) -> Scenario:
        read.append(data)
        raise ScenarioError([Fault("name", "is wrong")] * 40)

    data = json.loads(exported(filled()))
    monkeypatch.setattr(Scenario, "from_data", looked_at)
    faults_of(data | {"versions": data["versions"] * 50})
    assert len(read) == 3


@given(anything())
def test_whatever_a_version_is_the_file_is_read_or_refused(item: object) -> None:
    try:
        file = json.dumps({"schema_version": 1, "versions": [item]}).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return
    with pytest.raises(LibraryError):
        imported(empty(), file)


def test_tags_that_differ_in_case_alone_still_come_in_from_earlier_files() -> None:
    data = json.loads(exported(filled()))
    for version in data["versions"]:
        version["tags"] = ["North", "north"]
    library = empty()
    assert imported(library, as_bytes(data)).added == len(data["versions"])
    assert library.entries()[0].latest.tags == ("North", "north")


# Where versions came from


def test_what_was_imported_says_by_whom_when_and_from_which_file() -> None:
    there, here = filled(), empty()
    before = now()
    transfer.imported(here, exported(there).encode(), by="Eve\x00", file="C:\\plans\n.json")
    for version, own in zip(here.everything(), there.everything(), strict=True):
        (arrival,) = version.imports
        assert before <= arrival.at == version.since <= now()
        assert (arrival.by, arrival.file) == ("Eve", "C:\\plans\n.json")
        assert (version.author, version.at, own.imports) == (own.author, own.at, ())


def test_what_is_made_from_an_import_is_made_here() -> None:
    there, here = filled(), empty()
    imported(here, exported(there).encode())
    entry = here.entries()[0].latest
    assert entry.imports
    made = [
        here.save(entry.entry, entry.number, PLAN, author="Eve"),
        here.archive(entry.entry, entry.number + 1, author="Eve"),
        here.duplicate(entry.entry, author="Eve"),
    ]
    assert [version.imports for version in made] == [(), (), ()]
    assert {version.author for version in made} == {"Eve"}


def test_every_library_that_a_version_passed_through_is_told() -> None:
    first, second, third = filled(), empty(), empty()
    transfer.imported(second, exported(first).encode(), by="Bo", file="first.json")
    transfer.imported(third, exported(second).encode(), by="Cy", file="second.json")
    assert {tuple((item.by, item.file) for item in version.imports) for version in third.everything()} == {
        (("Bo", "first.json"), ("Cy", "second.json"))
    }
    # Back where it was made it is known, whatever came between.
    assert imported(first, exported(third).encode()) == Imported(added=0, known=4, diverged=0)
    assert not any(version.imports for version in first.everything())


def test_the_file_of_an_earlier_program_comes_in() -> None:
    library, file = empty(), (SCHEMA_1 / "library.json").read_bytes()
    versions = json.loads(file)["versions"]
    assert imported(library, file) == Imported(added=len(versions), known=0, diverged=0)
    assert [version.author for version in library.everything()] == [item["author"] for item in versions]
    assert json.loads(exported(library))["schema_version"] == transfer.SCHEMA_VERSION


# Numbers that follow each other


def without(library: Library, *numbers: int) -> bytes:
    """The library's file without some versions, as if these had been damaged."""
    data = json.loads(exported(library))
    data["versions"] = [item for item in data["versions"] if item["number"] not in numbers]
    return as_bytes(data)


def numbers(library: Library) -> list[int]:
    return [version.number for version in library.everything()]


def three_versions() -> Library:
    library = empty()
    entry = library.save_new(PLAN, author="Ada").entry
    library.save(entry, 1, PRESETS["hold"], author="Bo")
    library.save(entry, 2, PRESETS["sceptical-cfo"], author="Cy")
    return library


def test_a_version_that_the_file_lacks_is_marked_as_lost() -> None:
    whole, library = three_versions(), empty()
    assert imported(library, without(whole, 1, 2)) == Imported(added=3, known=0, diverged=0, lost=2)
    assert [version.event for version in library.everything()] == [Event.LOST, Event.LOST, Event.SAVED]
    assert "damaged or missing where it came from" in library.everything()[0].damage[0]
    assert library.latest(library.everything()[0].entry).scenario == PRESETS["sceptical-cfo"]
    assert imported(library, without(whole, 1, 2)).added == 0
    again = empty()
    imported(again, exported(library).encode())
    assert numbers(again) == [1, 2, 3]


def test_what_one_library_lost_the_other_keeps() -> None:
    whole, lacking = three_versions(), empty()
    imported(lacking, without(whole, 2))
    assert imported(whole, exported(lacking).encode()) == Imported(added=0, known=3, diverged=0)
    # What comes later in full becomes an entry of its own beside the one with the gap.
    assert imported(lacking, exported(whole).encode()) == Imported(added=3, known=0, diverged=1)
    assert numbers(lacking) == [1, 2, 3, 1, 2, 3]


@pytest.mark.parametrize("number", [1_000_000, 2**31 - 1])
def test_no_number_of_a_file_keeps_the_library_from_being_read_back(number: int) -> None:
    data = json.loads(exported(three_versions()))
    data["versions"][2]["number"] = number
    library, again = empty(), empty()
    imported(library, as_bytes(data))
    assert imported(library, as_bytes(data)).added == 0
    entry = library.everything()[0].entry
    assert library.save(entry, 3, PLAN, author="Eve").number == 4
    imported(again, exported(library).encode())
    assert numbers(again) == [1, 2, 3, 4]
