"""The tables of the library and their version. Rows are added, never changed."""

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
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.schema import CreateTable

from library.errors import LibraryError
from library.version import MAX_AUTHOR
from model.reading.scenario_validation import MAX_NAME

SCHEMA = 1

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
    # Two who save at once build on the same number, and the second is refused.
    PrimaryKeyConstraint("entry", "number"),
    CheckConstraint("number >= 1"),
)
_ATTEMPTS, _PAUSE = 6, 0.1


def ready(engine: Engine, where: str) -> None:
    """Make the tables if they are not there. Raises LibraryError where a newer program made them."""
    with engine.connect() as connection:
        found = _version(connection)
    if found is None:
        _make(engine)
    elif found > SCHEMA:
        raise LibraryError(
            f"The library {where} was made by a newer version of this program (form {found}; this one knows "
            f"{SCHEMA}). Update this program."
        )


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
                if _version(connection) is None:
                    connection.execute(insert(schema_versions), {"version": SCHEMA})
                return
        except (IntegrityError, ProgrammingError):
            if attempt == _ATTEMPTS:
                raise
            time.sleep(_PAUSE)
