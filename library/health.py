"""Whether a library answers: the quick question of those who watch over it."""

from __future__ import annotations

from sqlalchemy import select

from library.errors import told_plainly
from library.schema import versions
from library.store import Library


def ask(library: Library) -> None:
    """Look into the library, whatever it holds. Raises LibraryError where it does not answer as it should."""
    library.begin()
    with told_plainly(library.where), library.engine.connect() as connection:
        connection.execute(select(versions.c.number).limit(1)).all()
