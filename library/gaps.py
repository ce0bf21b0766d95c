"""Version numbers that follow each other: where some are missing, what stands in their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from library.version import Event, Version

# Beyond so many missing numbers of one entry the rest close ranks: no library that people made lacks them.
_MOST_LOST = 1_000


def without_gaps(versions: Iterable[Version]) -> list[Version]:
    """The versions by entry and number, those that are missing before the latest of an entry marked as lost."""
    entries: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        entries[version.entry].append(version)
    return [version for entry in sorted(entries) for version in _filled(entries[entry])]


def _filled(versions: list[Version]) -> list[Version]:
    ordered = sorted(versions, key=lambda version: version.number)
    if ordered[-1].number - len(ordered) > _MOST_LOST:
        return [replace(version, number=place) for place, version in enumerate(ordered, start=1)]
    found: list[Version] = []
    for version in ordered:
        found += [_lost(version, number) for number in range(len(found) + 1, version.number)]
        found.append(version)
    return found


def _lost(after: Version, number: int) -> Version:
    """What stands for a missing version, of which no more is known than the one after it."""
    return replace(
        after, number=number, event=Event.LOST, author="", note="", tags=(), archived=False, hash="", content=""
    )
