"""The tables of the library and their version; how they are made. Rows are added, never changed."""

from __future__ import annotations

import time

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TextClause,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.schema import CreateTable

from library import migrations
from library.errors import DAMAGED, LibraryError
from library.place import SECRETS, VARIABLE, is_missing, may_begin
from library.version import MAX_AUTHOR
from model.reading.scenario_validation import MAX_NAME

SCHEMA = 3

_tables = MetaData()
schema_versions = Table(
    "library_schema",
    _tables,
    Column("version", Integer, primary_key=True, autoincrement=False),
)
versions = Table(
    "library_versions",
    _tables,
    Column("entry", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("event", String(20), nullable=False),
    Column("at", String(24), nullable=False),
    Column("author", String(MAX_AUTHOR), nullable=False),
    Column("note", Text, nullable=False),
    Column("name", String(MAX_NAME), nullable=False),
    Column("tags", Text, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("hash", String(12), nullable=False),
    Column("content", Text, nullable=False),
    # Since schema 2.
    Column("imports", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    # Two who save at once build on the same number, and the second is refused.
    PrimaryKeyConstraint("entry", "number"),
    CheckConstraint("number >= 1"),
)
# Since schema 3: all actuals of an approved version, anew with each posting.
postings = Table(
    "library_actuals",
    _tables,
    Column("entry", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String(24), nullable=False),
    Column("author", String(MAX_AUTHOR), nullable=False),
    Column("note", Text, nullable=False),
    Column("hash", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("imports", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    PrimaryKeyConstraint("entry", "version", "number"),
    CheckConstraint("number >= 1"),
)
_ATTEMPTS, _PAUSE = 6, 0.1


def _to_3(connection: Connection, _versions: Table) -> None:
    """Make room for actuals, of which earlier schemas know none."""
    connection.execute(CreateTable(postings))


# What leads from each schema to the next.
_MIGRATIONS = {1: migrations.to_2, 2: _to_3}


def ready(engine: Engine, where: str) -> None:
    """Make the tables where they may be made, or bring those of an earlier schema up to date.

    Raises LibraryError where there are none and none may be made, or where a newer program made them.
    """
    found = None if is_missing(engine) else version_of(engine)
    if found is None and not may_begin(engine):
        raise LibraryError(
            f"There is no library at {where}. Mend the path in {VARIABLE} or the address in {SECRETS}; or, if one "
            "is to begin there, make it: python -m library create"
        )
    if found is None:
        _make(engine)
        found = version_of(engine)
    if found in _MIGRATIONS:
        _migrate(engine)
    elif found is None or found < SCHEMA:
        raise LibraryError(f"The library {where} {DAMAGED}.")
    elif found > SCHEMA:
        raise LibraryError(
            f"The library {where} was made by a newer version of this program (form {found}; this one knows "
            f"{SCHEMA}). Update this program."
        )


def version_of(engine: Engine) -> int | None:
    """The schema that a database has; None where it holds no library."""
    with engine.connect() as connection:
        return _version(connection)


def unindexed(engine: Engine, of: Table = versions) -> TextClause:
    """The versions, or another table, as what to select from, such that no index answers for them."""
    return text(f"{of.name} NOT INDEXED" if engine.dialect.name == "sqlite" else of.name)


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(schema_versions.name):
        return None
    return connection.scalar(select(schema_versions.c.version).order_by(schema_versions.c.version.desc()).limit(1))


def _make(engine: Engine) -> None:
    """Make the tables; another process that does so at the same moment is no fault, so look and try again."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with engine.begin() as connection:
                # The version comes last: where it stands, all stands.
                connection.execute(CreateTable(versions, if_not_exists=True))
                connection.execute(CreateTable(schema_versions, if_not_exists=True))
                connection.execute(CreateTable(postings, if_not_exists=True))
                if _version(connection) is None:
                    connection.execute(insert(schema_versions), {"version": SCHEMA})
                return
        except (IntegrityError, ProgrammingError):
            if attempt == _ATTEMPTS:
                raise
            time.sleep(_PAUSE)


def _migrate(engine: Engine) -> None:
    """Bring the tables up to date; where that fails in the middle they stay what they were."""
    with engine.begin() as connection:
        migrations.hold(connection, schema_versions)
        # Another process may have been faster.
        for step in range(_version(connection) or SCHEMA, SCHEMA):
            _MIGRATIONS[step](connection, versions)
            connection.execute(update(schema_versions).values(version=step + 1))
