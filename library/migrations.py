"""How the tables of an earlier schema become those of the next, all of them or none."""

from __future__ import annotations

from sqlalchemy import Connection, Table, column, insert, select, table, text
from sqlalchemy.schema import CreateTable

from library.gaps import without_gaps
from library.rows import checksum, row_of, version_of

_ADDED_BY_2 = {"imports": "[]", "checksum": ""}


def hold(connection: Connection, of: Table) -> None:
    """Begin a transaction that takes tables' changes back too, and let no one else begin to change them."""
    if connection.dialect.name == "sqlite":
        # By itself Python's driver begins with the first row that is changed.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text(f"LOCK TABLE {of.name} IN ACCESS EXCLUSIVE MODE"))


def to_2(connection: Connection, versions: Table) -> None:
    """Give each row its checksum and its imports, of which earlier schemas know none; close gaps of its numbers."""
    earlier = table(
        f"{versions.name}_1",
        *(column(one.name, one.type) for one in versions.columns if one.name not in _ADDED_BY_2),
    )
    connection.execute(text(f"ALTER TABLE {versions.name} RENAME TO {earlier.name}"))
    connection.execute(CreateTable(versions))
    rows = [{**row, **_ADDED_BY_2} for row in connection.execute(select(earlier)).mappings()]
    sound = [row for row in rows if isinstance(row["number"], int) and row["number"] >= 1]
    kept = [row_of(one) for one in without_gaps(version_of({**row, "checksum": checksum(row)}) for row in sound)]
    for row in (row for row in rows if row not in sound):
        # Damaged before: it stays to be told, behind the others and with no checksum that could be true.
        last = max((other["number"] for other in kept if other["entry"] == row["entry"]), default=0)
        kept.append({**row, "number": last + 1})
    if kept:
        connection.execute(insert(versions), kept)
    connection.execute(text(f"DROP TABLE {earlier.name}"))
