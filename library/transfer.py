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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from library.errors import ImportFaults
from library.gaps import without_gaps
from library.store import Library, now
from library.version import (
    MAX_AUTHOR,
    MAX_FILE_NAME,
    MAX_NOTE,
    Event,
    Import,
    Posting,
    Version,
    are_tags,
    tidy,
)
from model.operation.log import timed
from model.reading.faults import MOST_FAULTS, ScenarioError
from model.scenario import Scenario, parse_json
from model.track.gates_due import posted_data, posted_from

SCHEMA_VERSION = 3
MAX_BYTES = 100_000_000
# What databases hold.
_HIGHEST_NUMBER = 2**31 - 1
_FACTS = ("entry", "number", "event", "at", "author", "note", "tags", "archived", "hash")
# What stands in a file of each schema version that is read, for each version; the first did not tell imports.
_KEYS = {1: (*_FACTS, "scenario"), **dict.fromkeys((2, SCHEMA_VERSION), (*_FACTS, "imports", "scenario"))}
# What stands there, since the third, for each posting of actuals.
_POSTED = ("entry", "version", "number", "at", "author", "note", "hash", "imports", "actuals")
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
        sound = {(version.entry, version.number) for version in versions if not version.damage}
        postings = library.postings()
        going = [item for item in postings if not item.altered and (item.entry, item.version) in sound]
        left_out = [{"entry": version.entry, "number": version.number} for version in versions if version.damage]
        left_out += [_named(item) for item in postings if item not in going]
        written = [_data(version) for version in versions if not version.damage]
        data = {
            "schema_version": SCHEMA_VERSION,
            "versions": written,
            "actuals": [_posted_data(item) for item in going],
            "left_out": left_out,
        }
        facts["versions"] = len(written)
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
    found = read(text)
    versions = [replace(version, imports=(*version.imports, arrival)) for version in without_gaps(found.versions)]
    coming = [replace(item, imports=(*item.imports, arrival)) for item in found.postings]
    told, homes = Imported(0, 0, 0), dict[str, str]()

    def wanted(present: tuple[Version, ...]) -> Iterable[Version]:
        nonlocal told, homes
        homes = _homes(versions, present, coming, library.postings())
        placed = [replace(version, entry=homes[version.entry]) for version in versions]
        diverged = sum(entry != home for entry, home in homes.items())
        there = {(version.entry, version.number) for version in present}
        additions = [version for version in placed if (version.entry, version.number) not in there]
        lost = sum(version.event == Event.LOST for version in additions)
        told = Imported(len(additions), len(placed) - len(additions), diverged, lost)
        return additions

    def posted(present: tuple[Posting, ...]) -> Iterable[Posting]:
        there = {item.key for item in present}
        placed = [replace(item, entry=homes[item.entry]) for item in coming]
        return [item for item in placed if item.key not in there]

    library.add_to(wanted, posted)
    return told


def _data(version: Version) -> dict[str, Any]:
    facts = {key: getattr(version, key) for key in _FACTS}
    imports = [asdict(item) for item in version.imports]
    return facts | {"tags": list(version.tags), "imports": imports, "scenario": version.scenario.to_data()}


# Diverged entries


def _homes(
    versions: Iterable[Version], present: Iterable[Version], coming: Iterable[Posting], posted: Iterable[Posting]
) -> dict[str, str]:
    """The entry that each entry of a file goes to: itself, or one of its own where the two have diverged."""
    known = _by_entry(present)
    there = {item.key: _same_posting(item) for item in posted}
    homes = {}
    for entry, own in _by_entry(versions).items():
        actuals = [item for item in coming if item.entry == entry]
        homes[entry] = _home(entry, list(own.values()), known, actuals, there)
    return homes


def _by_entry(versions: Iterable[Version]) -> dict[str, dict[int, Version]]:
    found: dict[str, dict[int, Version]] = defaultdict(dict)
    for version in versions:
        found[version.entry][version.number] = version
    return found


def _home(
    entry: str,
    own: list[Version],
    known: Mapping[str, Mapping[int, Version]],
    actuals: Sequence[Posting],
    there: Mapping[tuple[str, int, int], str],
) -> str:
    """The entry that versions and actuals fit into; where two ways part, one named for the first that differs."""
    differ = [
        f"{version.number} {_same(version)}"
        for version in own
        for other in [known.get(entry, {}).get(version.number)]
        if other is not None and version.event != Event.LOST and _same(version) != _same(other)
    ]
    differ += [
        f"{item.version} {item.number} {_same_posting(item)}"
        for item in actuals
        if there.get((entry, item.version, item.number), _same_posting(item)) != _same_posting(item)
    ]
    if not differ:
        return entry
    name = hashlib.sha256(f"{entry} {differ[0]}".encode()).hexdigest()[:32]
    return _home(name, own, known, actuals, there)


def _same(version: Version) -> str:
    """What two versions must have alike to be one: not entry and imports, nor how the content is written."""
    content = version.content if version.damage else json.dumps(version.scenario.to_data(), sort_keys=True)
    own = [getattr(version, key) for key in _FACTS if key not in ("entry", "event")]
    return repr((own, str(version.event), version.name, version.altered, content))


def _same_posting(item: Posting) -> str:
    """What two postings must have alike to be one: not entry and imports, nor how the content is written."""
    content = item.content if item.altered else json.dumps(json.loads(item.content), sort_keys=True)
    return repr((item.version, item.number, item.at, item.author, item.note, item.hash, item.altered, content))


# Reading


@dataclass(frozen=True)
class Held:
    """What a file holds: versions by entry and number, postings of actuals by entry, version and number."""

    versions: tuple[Version, ...]
    postings: tuple[Posting, ...] = ()


def read(text: bytes) -> Held:
    """What a file holds. Raises ImportFaults with everything that is wrong."""
    faults: list[str] = []
    versions: dict[tuple[str, int], Version] = {}
    keys, items, posted = _items(text)
    for place, item in enumerate(items, start=1):
        version = _version(f"version {place} of the file", item, keys, faults)
        if version and (version.entry, version.number) in versions:
            faults.append(f"version {place} of the file: entry and number stand there a second time; keep one")
        elif version:
            versions[version.entry, version.number] = version
        _enough(faults)
    postings = _postings(posted, versions, faults)
    if faults:
        raise ImportFaults(*faults)
    return Held(tuple(versions[key] for key in sorted(versions)), postings)


def is_library(text: bytes) -> bool:
    """Whether a file is an exported library, sound or not."""
    try:
        return _has_versions(json.loads(text.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return False


def _has_versions(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("versions"), list)


def _items(text: bytes) -> tuple[tuple[str, ...], list[Any], list[Any]]:
    """The keys that each version of the file must have, its versions, and its postings of actuals."""
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
    posted = data.get("actuals", [])
    if not isinstance(posted, list):
        raise ImportFaults("actuals must be a list")
    return _KEYS[found], data["versions"], posted


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


def _named(item: Posting) -> dict[str, Any]:
    return {"entry": item.entry, "version": item.version, "number": item.number}


def _posted_data(item: Posting) -> dict[str, Any]:
    imports = [asdict(one) for one in item.imports]
    facts = {"at": item.at, "author": item.author, "note": item.note, "hash": item.hash, "imports": imports}
    return {**_named(item), **facts, "actuals": json.loads(item.content)}


def _postings(
    items: Sequence[Any], versions: Mapping[tuple[str, int], Version], faults: list[str]
) -> tuple[Posting, ...]:
    """The postings of actuals of a file, each of a version that it holds; what is wrong is added to `faults`."""
    found: dict[tuple[str, int, int], Posting] = {}
    for place, item in enumerate(items, start=1):
        where = f"actuals {place} of the file"
        posting = _posting(where, item, versions, faults)
        if posting and posting.key in found:
            faults.append(f"{where}: entry, version and number stand there a second time; keep one")
        elif posting:
            found[posting.key] = posting
        _enough(faults)
    return tuple(found[key] for key in sorted(found))


def _posting(
    where: str, item: Any, versions: Mapping[tuple[str, int], Version], faults: list[str]
) -> Posting | None:
    if not isinstance(item, dict) or set(item) != set(_POSTED):
        faults.append(f"{where}: must be an object with exactly {', '.join(_POSTED)}")
        return None
    rules = ((key, _RULES["number" if key == "version" else key]) for key in _POSTED if key != "actuals")
    wrong = [f"{where}, {key}: {mend}" for key, (fits, mend) in rules if not fits(item[key])]
    of = None if wrong else versions.get((item["entry"], item["version"]))
    if of is None and not wrong:
        wrong = [f"{where}: the file does not hold version {item['version']} of their entry"]
    faults += wrong
    if of is None:
        return None
    try:
        kept = posted_data(*posted_from(of.scenario, item["actuals"]))
    except ScenarioError as error:
        faults += [f"{where}: {fault}" for fault in error.faults]
        return None
    facts = {key: item[key] for key in _POSTED if key not in ("imports", "actuals")}
    return Posting(**facts, content=json.dumps(kept), imports=tuple(Import(**one) for one in item["imports"]))


def _enough(faults: Sequence[str]) -> None:
    """Look for no more faults than anyone reads on after."""
    if len(faults) > MOST_FAULTS:
        raise ImportFaults(*faults[:MOST_FAULTS], "and there are more; mend these first")


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
