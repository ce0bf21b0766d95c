"""A library looked through, copied into a file and put back from one; the copy is a library in SQLite itself."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select, text
from sqlalchemy.schema import CreateTable

from library import migrations, schema
from library.errors import LibraryError, told_plainly
from library.gaps import without_gaps
from library.place import file_engine
from library.rows import row_of, row_of_posting
from library.store import Library
from library.version import Event, Posting, Version, are_whole

_MOST_TOLD = 100


@dataclass(frozen=True)
class Finding:
    """What a library holds, and what is damaged in it, in words; `lost` versions are only marked as such."""

    versions: int
    entries: int
    lost: int
    damage: tuple[str, ...]


def verified(library: Library) -> Finding:
    """Every row held against its checksum, every entry against its numbers, a SQLite file against itself.

    Raises LibraryError where the library cannot be read at all.
    """
    return _finding(library, library.everything(), library.postings())


def _finding(library: Library, versions: Sequence[Version], postings: Sequence[Posting]) -> Finding:
    return Finding(
        len(versions),
        len({version.entry for version in versions}),
        sum(version.event == Event.LOST for version in versions),
        (*_of_rows(versions), *_of_numbers(versions), *_of_postings(postings), *_of_file(library)),
    )


def back_up(library: Library, file: Path, *, overwrite: bool = False) -> Finding:
    """Copy what is sound into a file, written beside it and moved into place; what it found.

    Raises LibraryError, the earlier file then being as it was; also where a damaged library would replace one.
    """
    if file.is_dir():
        raise LibraryError(f"{file} is a folder. Name a file in it.")
    if _is_of(library, file):
        raise LibraryError(f"{file} is the library itself. Name another file.")
    versions, postings = library.everything(), library.postings()
    found = _finding(library, versions, postings)
    if not file.parent.is_dir():
        raise LibraryError(f"There is no folder {file.parent}. Make it, or name another.")
    if file.exists() and not overwrite:
        raise LibraryError(f"{file} is there already. Name another file, or replace it with --overwrite.")
    if file.exists() and found.damage:
        raise LibraryError(
            f"{file} stays as it was, as the library is damaged: {found.damage[0]} Name another file."
        )
    beside = file.with_name(f".{file.name}.{uuid4().hex}")
    try:
        with told_plainly(str(file)):
            _put(
                Library(file_engine(beside)),
                [version for version in versions if not version.altered],
                [item for item in postings if not item.altered],
            )
            beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return found


def _is_of(library: Library, file: Path) -> bool:
    """Whether a file is the one that the library is kept in: what is saved meanwhile must not go into a lost one."""
    url = library.engine.url
    return url.get_backend_name() == "sqlite" and file.exists() and file.samefile(str(url.database))


def restore(library: Library, file: Path, *, overwrite: bool = False) -> Finding:
    """Put back what a backup holds, all or nothing; what was put back.

    Raises LibraryError where the backup is damaged, or the library holds something that is not to be overwritten.
    """
    with tempfile.TemporaryDirectory() as folder:
        # A backup of an earlier schema stays as it is.
        copy = Path(folder) / "library.sqlite3"
        with told_plainly(str(file)):
            _copied(file, copy)
            backup = Library(file_engine(copy, begins=False))
            if schema.version_of(backup.engine) is None:
                raise LibraryError(f"{file} holds no library. Take a file that python -m library backup made.")
            versions, postings = backup.everything(), backup.postings()
            found = _finding(backup, versions, postings)
    if found.damage:
        raise LibraryError(
            f"The backup {file} is damaged: {found.damage[0]} Take another; or leave out what is damaged: "
            f"python -m library backup NEW --library {file}"
        )
    _put(library, versions, postings, overwrite=overwrite)
    return found


def _put(
    library: Library, versions: Sequence[Version], postings: Sequence[Posting], *, overwrite: bool = False
) -> None:
    library.begin()
    with told_plainly(library.where), library.engine.begin() as connection:
        migrations.hold(connection, schema.schema_versions)
        if connection.dialect.name != "sqlite":
            # Who saves has the other table only, and nothing may be saved between the counting and the rest.
            migrations.hold(connection, schema.versions)
            migrations.hold(connection, schema.postings)
        held = connection.scalar(select(func.count()).select_from(schema.unindexed(library.engine))) or 0
        if held and not overwrite:
            raise LibraryError(
                f"The library {library.where} holds {held:,} versions. Name another with --library, or replace it "
                "with --overwrite."
            )
        _replace(connection, schema.versions, [row_of(version) for version in without_gaps(versions)])
        _replace(connection, schema.postings, [row_of_posting(item) for item in postings])


def _replace(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows in the place of what a table holds."""
    if connection.dialect.name == "sqlite":
        # Dropped, not emptied: what is damaged in it may not be found to be deleted.
        connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(CreateTable(table))
    else:
        # Emptied, as who may use a table is forgotten with it.
        connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), rows)


def _copied(file: Path, copy: Path) -> None:
    """A SQLite file as it stands after what was last written there. Raises LibraryError where it is none."""
    if not file.is_file():
        raise LibraryError(f"There is no backup {file}. Mend its path.")
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise LibraryError(f"The backup {file} cannot be read ({error}). Take another.") from None


# What is damaged


def _of_rows(versions: Iterable[Version]) -> list[str]:
    return [
        " ".join(f"Entry {version.entry}, {fault}".split())
        for version in versions
        if version.event != Event.LOST or version.altered
        for fault in version.damage[:1]
    ]


def _of_numbers(versions: Iterable[Version]) -> list[str]:
    entries: dict[str, list[int]] = defaultdict(list)
    for version in versions:
        entries[version.entry].append(version.number)
    return [
        f"Entry {entry}: a version is missing or stands twice, there are {', '.join(map(str, numbers[:20]))}."
        for entry, numbers in entries.items()
        if not are_whole(numbers)
    ]


def _of_postings(postings: Iterable[Posting]) -> list[str]:
    """Actuals without their checksum. A number may be missing: what is damaged is left out of a backup."""
    return [
        f"Entry {item.entry}, version {item.version}: posting {item.number} of actuals does not have its checksum."
        for item in postings
        if item.altered
    ]


def _of_file(library: Library) -> list[str]:
    if library.engine.dialect.name != "sqlite":
        return []
    with told_plainly(library.where), library.engine.connect() as connection:
        found = connection.execute(text(f"PRAGMA integrity_check({_MOST_TOLD})")).scalars().all()
    return [f"The file: {' '.join(str(line).split())}." for line in found if line != "ok"]
