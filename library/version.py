"""One version of a saved scenario, and a saved scenario as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from model.reading.faults import Fault, ScenarioError
from model.reading.scenario_validation import MAX_NAME
from model.reading.texts import alike, as_lines, can_be_seen, has_words, one_of_each, writable
from model.scenario import Scenario

MAX_AUTHOR = 100
MAX_NOTE = 2_000
MAX_TAG = 40
MAX_TAGS = 20
MAX_FILE_NAME = 255
_COPY, _UTC = " (copy)", "UTC"
_MEND = "Put back a backup (python -m library restore FILE), or open another version"


class Event(StrEnum):
    """What makes a version."""

    SAVED = "saved"
    RENAMED = "renamed"
    DUPLICATED = "duplicated"
    ARCHIVED = "archived"
    RESTORED = "restored"
    # By someone who signed in and has the right to; what stood there is as it was.
    APPROVED = "approved"
    # Nothing made it: it stands where a version was that could not be had, so that the numbers follow each other.
    LOST = "lost"


@dataclass(frozen=True)
class Import:
    """How a version came into a library from a file: when (UTC as in a Version), by whom, the file's name."""

    at: str
    by: str
    file: str


@dataclass(frozen=True)
class Version:
    """What stood in the library from one event to the next; never changed once written.

    `number` counts from 1 within an entry; `at` is UTC in ISO 8601 to the millisecond; `hash` is the scenario's
    content hash on the day it was saved; `content` is the text of its scenario file; `name` is the scenario's,
    kept beside it so that a damaged content still has one. What was imported has its imports, the first first:
    event, time, author and note are then what the file says. `altered` is what no longer has its checksum.
    """

    entry: str
    number: int
    event: str
    at: str
    author: str
    note: str
    name: str
    tags: tuple[str, ...]
    archived: bool
    hash: str
    content: str
    imports: tuple[Import, ...] = ()
    altered: bool = False

    @cached_property
    def _read(self) -> Scenario | ScenarioError:
        row = f"version {self.number} of “{self.name}”"
        if self.altered:
            return ScenarioError([Fault(row, f"the stored row is damaged: it does not have its checksum. {_MEND}.")])
        if self.event == Event.LOST:
            return ScenarioError([Fault(row, f"it was damaged or missing where it came from. {_MEND}.")])
        try:
            return Scenario.from_json(self.content)
        except ScenarioError as error:
            return error

    @property
    def scenario(self) -> Scenario:
        """The scenario. Raises ScenarioError where what is stored is damaged."""
        if isinstance(self._read, ScenarioError):
            raise self._read
        return self._read

    @property
    def damage(self) -> tuple[str, ...]:
        """What is wrong with what is stored; nothing in a sound version."""
        return tuple(map(str, self._read.faults)) if isinstance(self._read, ScenarioError) else ()

    @property
    def is_approved(self) -> bool:
        """Whether it was approved in this library; what a file says of approvals elsewhere approves nothing here."""
        return self.event == Event.APPROVED and not self.imports and not self.damage

    @property
    def since(self) -> str:
        """When it came to be in this library, in UTC: when it was imported, else when it was made."""
        return self.imports[-1].at if self.imports else self.at


@dataclass(frozen=True)
class Posting:
    """All actuals of an approved version as they were known until the next posting; never changed once written.

    `entry` and `version` are the approved version's, `hash` its content hash; `number` counts from 1 within it;
    `content` is the actuals' text as JSON; the rest is as in a Version.
    """

    entry: str
    version: int
    number: int
    at: str
    author: str
    note: str
    hash: str
    content: str
    imports: tuple[Import, ...] = ()
    altered: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells it from all others."""
        return self.entry, self.version, self.number


@dataclass(frozen=True)
class Entry:
    """A saved scenario: its latest version, what was said of all of them, and whether all of them are there."""

    latest: Version
    said: str
    whole: bool

    def matches(self, words: str, tags: frozenset[str]) -> bool:
        """Whether it has all the tags, and every word in name, description, tags, notes or authors."""
        return set(map(alike, tags)) <= set(map(alike, self.latest.tags)) and has_words(words, self._text)

    @cached_property
    def _text(self) -> str:
        latest = self.latest
        parts = [latest.name, *latest.tags, self.said]
        if not latest.damage:
            parts += [latest.scenario.description, *latest.scenario.notes.values()]
        return "\n".join(parts)


def when(at: str, zone: str | None) -> str:
    """A time of the library to the minute in a reader's zone: "2027-01-05 15:03 CET".

    It is in UTC where the zone is not known, and as it stands where it is no time.
    """
    try:
        there = ZoneInfo(zone or _UTC)
    except (ZoneInfoNotFoundError, ValueError):
        there = ZoneInfo(_UTC)
    try:
        return f"{datetime.fromisoformat(at).astimezone(there):%Y-%m-%d %H:%M %Z}"
    except (ValueError, OverflowError):
        return at


def are_whole(numbers: Iterable[int]) -> bool:
    """Whether these are the numbers of all versions of an entry: 1, 2, 3 …, none missing and none twice."""
    return all(number == place for place, number in enumerate(sorted(numbers), start=1))


def copy_name(name: str) -> str:
    """The name of a copy, no longer than a name may be."""
    return name[: MAX_NAME - len(_COPY)] + _COPY


def tidy(text: str, limit: int) -> str:
    """A text as the library keeps it: no control characters, no space at its ends, at most `limit` characters."""
    return writable(as_lines(text)).strip()[:limit].rstrip()


def tidy_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags as the library keeps them: tidy, none twice in any case, in alphabetical order, at most MAX_TAGS."""
    return one_of_each(tag for tag in map(_tidy_tag, tags) if can_be_seen(tag))[:MAX_TAGS]


def are_tags(tags: Sequence[str]) -> bool:
    """Whether tags are as some version may have them: earlier ones told apart what differs in case alone."""
    return len(tags) <= MAX_TAGS and list(tags) == sorted({_tidy_tag(tag) for tag in tags} - {""})


def _tidy_tag(tag: str) -> str:
    return tidy(tag, MAX_TAG).replace("\n", " ")
