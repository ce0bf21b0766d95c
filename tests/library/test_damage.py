"""What is no longer as it was written is told as damaged, never shown as another scenario, and hides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from library import place, schema
from library.errors import Conflict, LibraryError
from library.store import Library, Member, Right
from library.tracking.actuals import post, tracked_plan
from library.version import Posting, Version
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.track.actuals import Actual

PLAN = PRESETS["social-plan"]
PAGE, PAGES = 4096, 6


@dataclass
class Written:
    """A library's file as it was written, and what it held."""

    library: Library
    path: Path
    raw: bytes = field(repr=False)
    versions: tuple[Version, ...] = field(repr=False)
    latest: dict[str, Version] = field(repr=False)
    postings: tuple[Posting, ...] = field(repr=False)
    told: int = 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    path = tmp_path_factory.mktemp("flips") / "library.sqlite3"
    library = Library(place.file_engine(path))
    for name in ("social-plan", "hold", "sceptical-cfo"):
        entry = library.save_new(PRESETS[name], author="Ada", note="first", tags=["north"]).entry
        library.save(entry, 1, PRESETS[name].with_values(training_hours=80), author="Bo")
    approved = replace(library, member=Member("eve@example.com", Right.APPROVE)).approve(entry, 2)
    plan = tracked_plan(library, entry, approved.number)
    post(library, plan, [Actual(1, "revenue", 1e7)], author="Bo")
    library.archive(entry, 3, author="Cy")
    latest = {found.latest.entry: found.latest for found in library.entries()}
    made = Written(library, path, path.read_bytes(), library.everything(), latest, library.postings())
    yield made
    assert made.told > 50


# Every page but the first, which holds no rows: the rows themselves, their index, what lies between.
@settings(max_examples=max(300, settings.default.max_examples))
# How many rows a page holds: some of them vanish.
@example(PAGE + 4, 0)
@example(2 * PAGE + 4, 0)
@example(3 * PAGE + 4, 0)
@example(4 * PAGE + 4, 0)
@example(5 * PAGE + 4, 0)
@given(st.integers(PAGE, PAGES * PAGE - 1), st.integers(0, 7))
def test_no_flipped_bit_makes_another_scenario(written: Written, place_: int, bit: int) -> None:
    assert len(written.raw) == PAGES * PAGE
    flipped = bytearray(written.raw)
    flipped[place_] ^= 1 << bit
    written.path.write_bytes(flipped)
    try:
        entries, everything = written.library.entries(), written.library.everything()
        postings = written.library.postings()
    except LibraryError:
        # The file as a whole is told to be damaged.
        written.told += 1
        return
    for version in everything:
        assert version.damage if version.altered else version in written.versions
    assert len(postings) == len(written.postings)
    assert all(item.altered or item in written.postings for item in postings)
    shown = {found.latest.entry: found.latest for found in entries if found.whole and not found.latest.altered}
    told = any(found.latest.altered or not found.whole for found in entries)
    assert shown == written.latest or told
    if len(everything) == len(written.versions):
        assert sum(not version.altered for version in everything) >= len(written.versions) - 1
    written.told += told


def change(library: Library, which: int, **values: Any) -> None:
    with library.engine.begin() as connection:
        connection.execute(update(schema.versions).where(schema.versions.c.number == which).values(**values))


CHANGES: dict[str, Any] = {
    "entry": "0" * 32, "number": 7, "event": "renamed", "at": "2020-01-01T00:00:00.000Z", "author": "Ann",
    "note": "approved", "name": "Other", "tags": '["x"]', "archived": True, "hash": "0" * 12,
    "content": PRESETS["hold"].to_json(), "imports": '[{"at": "", "by": "Eve", "file": "x"}]', "checksum": "0" * 64,
}  # fmt: skip


def test_every_column_is_changed_in_the_tests() -> None:
    assert list(CHANGES) == list(schema.versions.c.keys())


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_any_column_is_told(tmp_path: Path, column: str) -> None:
    library = Library(place.file_engine(tmp_path / "library.sqlite3"))
    other = library.save_new(PRESETS["sceptical-cfo"], author="Ada")
    entry = library.save_new(PLAN, author="Ada").entry
    library.save(entry, 1, PLAN, author="Bo")
    change(library, 2, **{column: CHANGES[column]})
    (damaged,) = (version for version in library.everything() if version.altered)
    assert "python -m library restore FILE" in damaged.damage[0]
    assert f"version {damaged.number} of “{damaged.name}”" in damaged.damage[0]
    with pytest.raises(ScenarioError):
        _ = damaged.scenario
    assert damaged in [found.latest for found in library.entries()]
    assert library.latest(other.entry) == other


def test_nothing_is_built_on_a_damaged_version(library: Library) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    change(library, 1, author="Ann")
    for act in (
        lambda: library.save(entry, 1, PLAN, author="Bo"),
        lambda: library.archive(entry, 1, author="Bo"),
        lambda: library.restore(entry, 1, author="Bo"),
        lambda: library.rename(entry, 1, name="x", description="", tags=[], author="Bo"),
    ):
        with pytest.raises(LibraryError, match="does not have its checksum") as refused:
            act()
        assert not isinstance(refused.value, Conflict)
    with pytest.raises(ScenarioError, match="does not have its checksum"):
        library.duplicate(entry, author="Bo")
    assert len(library.everything()) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_a_row_that_is_gone_is_told(library: Library, number: int) -> None:
    entry = library.save_new(PLAN, author="Ada").entry
    for seen in (1, 2):
        library.save(entry, seen, PLAN, author="Bo")
    with library.engine.begin() as connection:
        connection.execute(delete(schema.versions).where(schema.versions.c.number == number))
    (found,) = library.entries()
    assert not found.whole
    with pytest.raises(LibraryError, match="missing or damaged, so that the latest is not known"):
        library.save(entry, 3, PLAN, author="Cy")
    assert len(library.history(entry)) == 2
