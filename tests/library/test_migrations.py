"""Libraries of every earlier schema open in this one, wholly or not at all; their fixtures stay as written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, column, insert, table, text

from library import migrations, place, schema
from library.backup import verified
from library.errors import LibraryError
from library.store import Library
from library.tracking.actuals import post, tracked_plan
from library.transfer import imported
from library.version import Event
from model.presets import PRESETS
from model.track.actuals import Actual

FIXTURES = Path(__file__).parents[1] / "fixtures"
SCHEMA_1 = FIXTURES / "library_schema_1" / "library.sqlite3"
SCHEMA_2 = FIXTURES / "library_schema_2" / "library.sqlite3"
OF_VERSION_1 = FIXTURES / "version_1" / "library.sqlite3"


def rows_of(path: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT * FROM library_versions ORDER BY entry, number").fetchall()
    connection.close()
    return [dict(row) for row in found]


def as_written(engine: Engine, path: Path) -> None:
    """Make of a database what the code of an earlier schema made, by its own words."""
    with sqlite3.connect(path) as fixture:
        tables = [words for (words,) in fixture.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")]
        versions = fixture.execute("SELECT version FROM library_schema").fetchall()
    fixture.close()
    with engine.begin() as connection:
        for words in tables:
            connection.execute(text(words))
        connection.execute(
            text("INSERT INTO library_schema VALUES (:version)"), [{"version": one} for (one,) in versions]
        )
        for row in rows_of(path):
            earlier = table("library_versions", *map(column, row))
            connection.execute(insert(earlier), row | {"archived": bool(row["archived"])})


def stored(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM library_versions ORDER BY entry, number")).mappings().all()
    return [{**row, "archived": int(row["archived"])} for row in rows]


@pytest.mark.parametrize("path", [SCHEMA_1, OF_VERSION_1], ids=["schema 1", "scenarios of version 1"])
def test_a_library_of_schema_1_opens(engines: Callable[[], Engine], path: Path) -> None:
    engine = engines()
    as_written(engine, path)
    library = Library(engine)
    kept = [version for version in library.everything() if version.event != Event.LOST]
    earlier = rows_of(path)
    assert [(item.entry, item.number, item.at, item.author, item.content, item.imports) for item in kept] == [
        (row["entry"], row["number"], row["at"], row["author"], row["content"], ()) for row in earlier
    ]
    assert not any(version.damage for version in kept)
    assert all(found.whole for found in library.entries())
    assert schema.version_of(engine) == schema.SCHEMA == 3
    found = library.entries()[0].latest
    assert library.save(found.entry, found.number, PRESETS["hold"], author="Eve").number == found.number + 1


def test_the_file_itself_opens_where_it_lies(tmp_path: Path) -> None:
    path = shutil.copy(SCHEMA_1, tmp_path / "library.sqlite3")
    library = Library(place.file_engine(path, begins=False))
    named = {found.latest.name: found.latest for found in library.entries()}
    assert named["Ærøs plan, revised"].tags == ("Nord",)
    assert named["Ærøs plan, revised (copy)"].archived
    # A version that no one has any more stands as lost.
    assert [version.event for version in library.history(named["Hold"].entry)] == ["saved", Event.LOST, "saved"]


def test_a_library_of_schema_2_opens_with_room_for_actuals(engines: Callable[[], Engine]) -> None:
    engine = engines()
    as_written(engine, SCHEMA_2)
    library, before = Library(engine), stored(engine)
    approved = next(version for version in library.everything() if version.is_approved)
    plan = tracked_plan(library, approved.entry, approved.number)
    assert plan.scenario.name == "Ærøs plan"
    assert stored(engine) == before
    assert post(library, plan, [Actual(1, "revenue", 1e7)], author="Bo").actuals
    assert schema.version_of(engine) == schema.SCHEMA
    assert verified(library).damage == ()


def test_a_file_of_schema_2_is_read(tmp_path: Path) -> None:
    library = Library(place.file_engine(tmp_path / "library.sqlite3"))
    told = imported(library, SCHEMA_2.with_name("library.json").read_bytes(), by="Eve", file="library.json")
    assert (told.added, told.lost, library.postings()) == (5, 0, ())


@pytest.mark.parametrize("fails", ["a row", "the last step"])
def test_a_migration_that_fails_leaves_all_as_it_was(
    engines: Callable[[], Engine], monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    engine = engines()
    as_written(engine, SCHEMA_1)
    before = stored(engine)

    def failed(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    def to_2_and_fail(*given: Any) -> None:
        migrations.to_2(*given)
        failed()

    with monkeypatch.context() as patch:
        if fails == "a row":
            patch.setattr(migrations, "row_of", failed)
        else:
            patch.setattr(schema, "_MIGRATIONS", {1: to_2_and_fail, 2: failed})
        with pytest.raises(LibraryError, match="No space left"):
            Library(engine).entries()
    assert schema.version_of(engine) == 1
    assert stored(engine) == before
    assert len(Library(engine).entries()) == 3


def test_several_that_open_an_earlier_library_at_once_all_get_it(engines: Callable[[], Engine]) -> None:
    as_written(engines(), SCHEMA_1)
    openers = [Library(engines()) for _ in range(4)]
    with ThreadPoolExecutor(len(openers)) as pool:
        found = list(pool.map(Library.everything, openers))
    assert found == [found[0]] * len(openers)


def test_a_schema_that_never_was_is_told_as_damage(library: Library) -> None:
    library.save_new(PRESETS["hold"], author="Ada")
    with library.engine.begin() as connection:
        connection.execute(text("UPDATE library_schema SET version = -3"))
    with pytest.raises(LibraryError, match="is damaged"):
        library.entries()


def test_a_damaged_row_of_schema_1_is_told_and_keeps_nothing_else_back(tmp_path: Path) -> None:
    path = shutil.copy(SCHEMA_1, tmp_path / "library.sqlite3")
    before = rows_of(path)
    with sqlite3.connect(path) as connection:
        damaged = "UPDATE library_versions SET number = 'x' WHERE entry = ? AND number = ?"
        connection.execute(damaged, [before[0]["entry"], before[0]["number"]])
    connection.close()
    library = Library(place.file_engine(path, begins=False))
    others = {found.latest.entry for found in library.entries() if not found.latest.damage}
    assert others == {row["entry"] for row in before} - {before[0]["entry"]}
    assert any(version.altered for version in library.history(before[0]["entry"]))
