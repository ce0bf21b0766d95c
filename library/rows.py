"""A version as a row of the library and back, with the checksum over all that the row means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from library.version import Import, Posting, Version

_CHECKSUM = "checksum"
# What a damaged row may hold in their place: its texts are shown as they are.
_NO_TEXTS = ("number", "archived", "tags", "imports", _CHECKSUM)

# What stands in a damaged row may be of any type.
_WRITER = json.JSONEncoder(sort_keys=True, default=repr)


def row_of(version: Version) -> dict[str, Any]:
    """A version as it is stored."""
    facts = asdict(version)
    del facts["altered"]
    row = {
        **facts,
        "event": str(version.event),
        "tags": json.dumps(version.tags),
        "imports": json.dumps(facts["imports"]),
    }
    return {**row, _CHECKSUM: checksum(row)}


def version_of(row: Mapping[Any, Any]) -> Version:
    """A row as it is; what is damaged in it is marked as such and must not hide the rest."""
    row = dict(row)
    texts = {key: str(value) for key, value in row.items() if key not in _NO_TEXTS}
    number = row["number"]
    return Version(
        **texts,
        number=number if isinstance(number, int) else 0,
        archived=bool(row["archived"]),
        tags=tuple(map(str, _list(row["tags"]))),
        imports=_imports(row),
        altered=row[_CHECKSUM] != checksum(row),
    )


def row_of_posting(posting: Posting) -> dict[str, Any]:
    """A posting as it is stored."""
    row = asdict(posting)
    del row["altered"]
    row["imports"] = json.dumps(row["imports"])
    return {**row, _CHECKSUM: checksum(row)}


def posting_of(row: Mapping[Any, Any]) -> Posting:
    """A row of actuals as it is; what is damaged in it is marked as such."""
    row = dict(row)
    facts: dict[str, Any] = {key: str(row[key]) for key in ("entry", "at", "author", "note", "hash", "content")}
    facts |= {key: row[key] if isinstance(row[key], int) else 0 for key in ("version", "number")}
    return Posting(**facts, imports=_imports(row), altered=row[_CHECKSUM] != checksum(row))


def _imports(row: Mapping[Any, Any]) -> tuple[Import, ...]:
    return tuple(Import(**item) for item in _list(row["imports"]) if _is_import(item))


def checksum(row: Mapping[Any, Any]) -> str:
    """SHA-256, as hexadecimal digits, over every column of a row but the checksum itself."""
    meant = {key: value for key, value in row.items() if key != _CHECKSUM}
    return hashlib.sha256(_WRITER.encode(meant).encode()).hexdigest()


def _list(stored: object) -> list[Any]:
    try:
        found = json.loads(str(stored))
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _is_import(item: object) -> bool:
    known = Import.__dataclass_fields__.keys()
    return isinstance(item, dict) and item.keys() == known and all(isinstance(text, str) for text in item.values())
