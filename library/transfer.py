"""The whole library as one file, and such a file into a library: all of it or nothing, the same file but once.

The file is JSON: its schema version, and every version with its scenario as in a scenario file. What comes from a
file is kept as an import: by whom, when, from which file. Where a file's entry and the library's have gone
different ways since they were one, the file's becomes an entry of its own, always the same. Where a file lacks a
version before the latest of its entry, it is marked as lost, so that the numbers follow each other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from library.errors import ImportFaults
from library.gaps import without_gaps
from library.store import Library, now
from library.version import MAX_AUTHOR, MAX_FILE_NAME, MAX_NOTE, Event, Import, Version, are_tags, tidy
from model.operation.log import timed
from model.reading.faults import MOST_FAULTS, ScenarioError
from model.scenario import Scenario, parse_json

SCHEMA_VERSION = 2
MAX_BYTES = 100_000_000
# What databases hold.
_HIGHEST_NUMBER = 2**31 - 1
_FACTS = ("entry", "number", "event", "at", "author", "note", "tags", "archived", "hash")
# What stands in a file of each schema version that is read, for each version; the first did not tell imports.
_KEYS = {1: (*_FACTS, "scenario"), SCHEMA_VERSION: (*_FACTS, "imports", "scenario")}
_EVENTS = tuple(event for event in Event if event != Event.LOST)


@dataclass(frozen=True)
class Imported:
    """What an import did: versions added, versions that were there already, entries added beside diverged ones.

    `lost` is how many of those added only mark what the file lacks.
    """

    added: int
    known: int
    diverged: int
    lost: int = 0


def exported(library: Library) -> str:
    """The library as the text of a file; the same library gives the same text. Raises LibraryError.

    A version whose stored content is damaged would be refused on import: it is only named under `left_out`.
    """
    with timed("library export") as facts:
        versions = library.everything()
        left_out = [{"entry": version.entry, "number": version.number} for version in versions if version.damage]
        data = {
            "schema_version": SCHEMA_VERSION,
            "versions": [_data(version) for version in versions if not version.damage],
            "left_out": left_out,
        }
        facts["versions"] = len(versions) - len(left_out)
        return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def imported(library: Library, text: bytes, *, by: str, file: str) -> Imported:
    """Add what a file holds and the library does not, as imported by this person from the file of this name.

    Raises ImportFaults with everything that is wrong with the file, and LibraryError; then nothing is added.
    """
    with timed("library import") as facts:
        told = _added(library, text, Import(now(), tidy(by, MAX_AUTHOR), tidy(file, MAX_FILE_NAME)))
        facts["versions"] = told.added
        return told


def _added(library: Library, text: bytes, arrival: Import) -> Imported:
    versions = [replace(version, imports=(*version.imports, arrival)) for version in without_gaps(read(text))]
    told = Imported(0, 0, 0)

    def wanted(present: tuple[Version, ...]) -> Iterable[Version]:
        nonlocal told
        placed, diverged = _placed(versions, present)
        there = {(version.entry, version.number) for version in present}
        additions = [version for version in placed if (version.entry, version.number) not in there]
        lost = sum(version.event == Event.LOST for version in additions)
        told = Imported(len(additions), len(placed) - len(additions), diverged, lost)
        return additions

    library.add_to(wanted)
    return told


def _data(version: Version) -> dict[str, Any]:
    facts = {key: getattr(version, key) for key in _FACTS}
    imports = [asdict(item) for item in version.imports]
    return facts | {"tags": list(version.tags), "imports": imports, "scenario": version.scenario.to_data()}


# Diverged entries


def _placed(versions: Iterable[Version], present: Iterable[Version]) -> tuple[list[Version], int]:
    """The versions under the entries they go to, and how many entries have diverged."""
    known: dict[str, dict[int, Version]] = defaultdict(dict)
    for version in present:
        known[version.entry][version.number] = version
    coming: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        coming[version.entry].append(version)
    placed, diverged = [], 0
    for entry, own in coming.items():
        home = _home(entry, own, known)
        diverged += home != entry
        placed += [replace(version, entry=home) for version in own]
    return placed, diverged


def _home(entry: str, own: list[Version], known: Mapping[str, Mapping[int, Version]]) -> str:
    """The entry that the versions fit into; where two ways part, one named for the first that differs."""
    for version in own:
        other = known.get(entry, {}).get(version.number)
        if other is not None and version.event != Event.LOST and _same(version) != _same(other):
            name = hashlib.sha256(f"{entry} {version.number} {_same(version)}".encode()).hexdigest()[:32]
            return _home(name, own, known)
    return entry


def _same(version: Version) -> str:
    """What two versions must have alike to be one: not entry and imports, nor how the content is written."""
    content = version.content if version.damage else json.dumps(version.scenario.to_data(), sort_keys=True)
    own = [getattr(version, key) for key in _FACTS if key not in ("entry", "event")]
    return repr((own, str(version.event), version.name, version.altered, content))


# Reading


def read(text: bytes) -> tuple[Version, ...]:
    """The versions that a file holds, by entry and number. Raises ImportFaults with everything that is wrong."""
    faults: list[str] = []
    versions: dict[tuple[str, int], Version] = {}
    keys, items = _items(text)
    for place, item in enumerate(items, start=1):
        version = _version(f"version {place} of the file", item, keys, faults)
        if version and (version.entry, version.number) in versions:
            faults.append(f"version {place} of the file: entry and number stand there a second time; keep one")
        elif version:
            versions[version.entry, version.number] = version
        if len(faults) > MOST_FAULTS:
            raise ImportFaults(*faults[:MOST_FAULTS], "and there are more; mend these first")
    if faults:
        raise ImportFaults(*faults)
    return tuple(versions[key] for key in sorted(versions))


def is_library(text: bytes) -> bool:
    """Whether a file is an exported library, sound or not."""
    try:
        return _has_versions(json.loads(text.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return False


def _has_versions(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("versions"), list)


def _items(text: bytes) -> tuple[tuple[str, ...], list[Any]]:
    """The keys that each version of the file must have, and its versions."""
    if len(text) > MAX_BYTES:
        raise ImportFaults(f"the file is too large: at most {MAX_BYTES // 1_000_000} MB are read")
    try:
        data = parse_json(text, "the file")
    except ScenarioError as error:
        told = (f"{fault.key} {fault.message}" for fault in error.faults)
        raise ImportFaults(*(f"{words}; or export the library again" for words in told)) from None
    if not _has_versions(data):
        raise ImportFaults("the file holds no library; a single scenario is opened with Open in the sidebar")
    found = data.get("schema_version")
    if isinstance(found, bool) or not isinstance(found, int) or found not in _KEYS:
        known = " or ".join(map(str, _KEYS))
        raise ImportFaults(f"schema_version must be {known}; a newer file needs the newer program")
    return _KEYS[found], data["versions"]


def _version(where: str, item: Any, keys: tuple[str, ...], faults: list[str]) -> Version | None:
    """One version of a file; None where it has faults, which are added to `faults`."""
    if not isinstance(item, dict) or set(item) != set(keys):
        faults.append(f"{where}: must be an object with exactly {', '.join(keys)}")
        return None
    rules = ((key, rule) for key, rule in _RULES.items() if key in keys)
    wrong = [f"{where}, {key}: {mend}" for key, (fits, mend) in rules if not fits(item[key])]
    scenario = None
    try:
        scenario = Scenario.from_data(item["scenario"])
    except ScenarioError as error:
        wrong += [f"{where}, scenario: {fault}" for fault in error.faults]
    faults += wrong
    if wrong or scenario is None:
        return None
    facts = {key: item[key] for key in _FACTS} | {"tags": tuple(item["tags"])}
    imports = tuple(Import(**one) for one in item.get("imports", ()))
    # What is of an older version stays as it was written, so that opening it tells what was translated.
    written = json.dumps(item["scenario"], ensure_ascii=False) if scenario.translation else scenario.to_json()
    return Version(**facts, name=scenario.name, content=written, imports=imports)


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_text(limit: int) -> Any:
    return lambda value: isinstance(value, str) and tidy(value, limit) == value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _HIGHEST_NUMBER


def _are_tags(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(tag, str) for tag in value) and are_tags(value)


def _are_imports(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_import, value))


def _is_import(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == _IMPORT_RULES.keys()
        and all(fits(value[key]) for key, fits in _IMPORT_RULES.items())
    )


def _is_hexadecimal(digits: int) -> Any:
    return lambda value: isinstance(value, str) and re.fullmatch(rf"[0-9a-f]{{{digits}}}", value) is not None


_IMPORT_RULES: Mapping[str, Any] = {"at": _is_time, "by": _is_text(MAX_AUTHOR), "file": _is_text(MAX_FILE_NAME)}
_RULES: Mapping[str, tuple[Any, str]] = {
    "entry": (_is_hexadecimal(32), "must be 32 hexadecimal digits"),
    "number": (_is_number, f"must be a whole number within 1 … {_HIGHEST_NUMBER:,}"),
    "event": (lambda value: value in _EVENTS, f"must be one of {', '.join(_EVENTS)}"),
    "at": (_is_time, "must be a time in UTC such as 2027-01-05T14:03:00.000Z"),
    "author": (_is_text(MAX_AUTHOR), f"must be plain text of at most {MAX_AUTHOR} characters"),
    "note": (_is_text(MAX_NOTE), f"must be plain text of at most {MAX_NOTE} characters"),
    "tags": (_are_tags, "must be a list of plain texts in order, none twice"),
    "archived": (lambda value: isinstance(value, bool), "must be true or false"),
    "hash": (_is_hexadecimal(12), "must be 12 hexadecimal digits"),
    "imports": (
        _are_imports,
        "must be a list of objects with exactly at, by and file, as at and author are written",
    ),
}
