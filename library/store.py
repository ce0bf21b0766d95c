"""The library: save, rename, duplicate, archive, restore, approve; what is there, and how it came about.

Each of these adds a version that builds on the number of the one that was seen. Where another has been added
since, it is refused with a Conflict. All raise LibraryError where the database does not do its part, or where who
signed in has no right to it: every look goes through `_standing_still` and every addition through `_insert`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    column,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from library import schema
from library.errors import Conflict, LibraryError, told_plainly
from library.place import public_address
from library.rows import posting_of, row_of, row_of_posting, version_of
from library.version import (
    MAX_AUTHOR,
    MAX_NOTE,
    Entry,
    Event,
    Posting,
    Version,
    are_whole,
    copy_name,
    tidy,
    tidy_tags,
)
from model.operation.log import timed
from model.scenario import Scenario

_ATTEMPTS = 5
_table = schema.versions
# What the index of a SQLite file answers: the second witness of which versions there are, should a row vanish.
# Then the entry in a form that no index has: a damaged index must not hide a row, so all rows are looked through.
_KEYS = select(_table.c.entry, _table.c.number)
_POSTED = schema.postings
_Made = TypeVar("_Made", Version, Posting)
_ENTRY = func.coalesce(_table.c.entry, literal_column("''"))


class Right(IntEnum):
    """What one may do, each including what stands before it."""

    NONE = 0
    READ = 1
    EDIT = 2
    APPROVE = 3


@dataclass(frozen=True)
class Member:
    """Someone who signed in: the identity that what they do is told by, and their right."""

    identity: str
    right: Right

    def needs(self, right: Right) -> None:
        """Raises LibraryError where they do not have a right."""
        if self.right < right:
            raise LibraryError(
                f"{self.identity} has no right to {right.name.lower()} here. Ask whoever runs this app for it."
            )


@dataclass(frozen=True)
class Library:
    """The versions kept in one database, as they are open to who signed in; all of it to who runs the program."""

    engine: Engine
    member: Member | None = None

    @property
    def where(self) -> str:
        """Where it is kept, as a person may see it."""
        return public_address(self.engine)

    def needs(self, right: Right) -> None:
        """Raises LibraryError where who signed in does not have a right."""
        if self.member:
            self.member.needs(right)

    def begin(self) -> None:
        """Make its tables where there are none yet and they may be made. Raises LibraryError where they may not."""
        with told_plainly(self.where):
            schema.ready(self.engine, self.where)

    # What is there

    def entries(self) -> tuple[Entry, ...]:
        """Every saved scenario, the most recently saved first, archived ones too."""
        place: ColumnElement[str] = func.coalesce(column("entry"), literal_column("''"))
        newest = (
            select(place.label("entry"), func.max(column("number")).label("number"))
            .select_from(schema.unindexed(self.engine))
            .group_by(place)
            .subquery()
        )
        latest = select(_table).join(
            newest,
            (newest.c.entry == _ENTRY) & or_(_table.c.number == newest.c.number, _table.c.number.is_(None)),
        )
        said = select(_table.c.entry, _table.c.number, _table.c.author, _table.c.note, _table.c.imports)
        with self._standing_still() as connection:
            rows = connection.execute(latest).mappings().all()
            remarks = connection.execute(said).all()
            keys = connection.execute(_KEYS).all()
        texts: dict[str, list[str]] = {}
        for entry, _, *words in remarks:
            texts.setdefault(str(entry), []).extend(map(str, words))
        numbers, indexed = _numbers(remarks), _numbers(keys)
        # Of several rows that a fault has made the latest, the damaged one is told.
        found = {version.entry: version for version in sorted(map(version_of, rows), key=_damaged_last)}
        found |= {entry: _vanished(entry, indexed[entry]) for entry in indexed.keys() - found.keys()}
        told = [
            Entry(
                version,
                "\n".join(texts.get(entry, ())),
                are_whole(numbers.get(entry, ())) and numbers.get(entry) == indexed.get(entry),
            )
            for entry, version in found.items()
        ]
        return tuple(sorted(told, key=lambda item: (item.latest.since, item.latest.entry), reverse=True))

    def history(self, entry: str) -> tuple[Version, ...]:
        """Every version of an entry, the first first. Raises LibraryError where there is no such entry."""
        return self._history(entry)[0]

    def everything(self) -> tuple[Version, ...]:
        """Every version of every entry, by entry and number."""
        return self._read(None)[0]

    def postings(self) -> tuple[Posting, ...]:
        """Every posting of actuals, by entry, version and number.

        Raises LibraryError where one has vanished, so that an earlier one never passes for the latest.
        """
        with self._standing_still() as connection:
            found = [posting_of(row) for row in connection.execute(select(_POSTED)).mappings()]
            indexed = connection.execute(select(_POSTED.c.entry, _POSTED.c.number)).all()
        if len(indexed) != len(found):
            raise LibraryError(
                f"Of the actuals in {self.where} a posting is missing. Put back a backup: "
                "python -m library restore FILE"
            )
        return tuple(sorted(found, key=lambda item: (item.key, item.altered)))

    def latest(self, entry: str) -> Version:
        """The version that counts.

        Raises LibraryError where there is no such entry, or its numbers show that a row of it is damaged or missing.
        """
        found, indexed = self._history(entry)
        if not are_whole(version.number for version in found) or len(found) != indexed:
            raise LibraryError(
                f"Of “{found[-1].name}” a version is missing or damaged, so that the latest is not known. Open one "
                "from its history and save it as a new entry, or put back a backup: python -m library restore FILE"
            )
        return found[-1]

    def _history(self, entry: str) -> tuple[tuple[Version, ...], int]:
        found, indexed = self._read(entry)
        if not found:
            raise LibraryError(f"The library {self.where} does not hold this scenario. Save yours as a new one.")
        return found, indexed

    def _read(self, entry: str | None) -> tuple[tuple[Version, ...], int]:
        """The versions of an entry, or of all, in order; and how many the index knows of."""
        wanted, keys = select(_table), _KEYS
        if entry is not None:
            wanted, keys = wanted.where(literal(entry) == _ENTRY), keys.where(_table.c.entry == entry)
        with self._standing_still() as connection:
            found = [version_of(row) for row in connection.execute(wanted).mappings()]
            indexed = len(connection.execute(keys).all())
        ordered = sorted(found, key=lambda version: (version.entry, version.number, version.altered))
        return tuple(ordered), indexed

    @contextmanager
    def _standing_still(self) -> Iterator[Connection]:
        """A connection to which the library stands still between one look and the next, whoever saves meanwhile."""
        self.needs(Right.READ)
        self.begin()
        with told_plainly(self.where), self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # By itself Python's driver begins with the first row that is changed.
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    # What adds a version

    def save_new(self, scenario: Scenario, *, author: str, note: str = "", tags: Sequence[str] = ()) -> Version:
        """Save a scenario as a new entry."""
        return self._add(_first(Event.SAVED, scenario, author, note, tuple(tags)))

    def save(
        self, entry: str, seen: int, scenario: Scenario, *, author: str, note: str = "",
        tags: Sequence[str] | None = None,
    ) -> Version:  # fmt: skip
        """Save a scenario as the next version of an entry, with the given tags or those the entry has.

        An archived entry is thereby restored.
        """
        before = self._seen(entry, seen)
        kept = before.tags if tags is None else tidy_tags(tuple(tags))
        after = replace(_holding(before, scenario), tags=kept, archived=False)
        return self._next(after, Event.SAVED, author, note)

    def rename(
        self, entry: str, seen: int, *, name: str, description: str, tags: Sequence[str], author: str
    ) -> Version:
        """Give an entry another name, description or tags; where nothing differs there is no new version.

        Raises ScenarioError where the name is not one, or what is stored is damaged.
        """
        before = self._seen(entry, seen)
        scenario = before.scenario.changed(name=name, description=description)
        after = replace(before, tags=tidy_tags(tuple(tags)))
        if scenario == before.scenario and after == before:
            return before
        return self._next(_holding(after, scenario), Event.RENAMED, author, "")

    def duplicate(self, entry: str, *, author: str) -> Version:
        """A new entry that begins with the latest version of another. Raises ScenarioError if that is damaged."""
        before = self.latest(entry)
        scenario = before.scenario.changed(name=copy_name(before.name))
        note = f"Copy of {before.name}, version {before.number}"
        return self._add(_first(Event.DUPLICATED, scenario, author, note, before.tags))

    def archive(self, entry: str, seen: int, *, author: str) -> Version:
        """Put an entry out of sight."""
        return self._next(replace(self._seen(entry, seen), archived=True), Event.ARCHIVED, author, "")

    def restore(self, entry: str, seen: int, *, author: str) -> Version:
        """Bring an archived entry back."""
        return self._next(replace(self._seen(entry, seen), archived=False), Event.RESTORED, author, "")

    def approve(self, entry: str, seen: int) -> Version:
        """Approve what an entry holds. Raises LibraryError where nobody signed in: a typed name approves nothing."""
        before = self._seen(entry, seen)
        if before.damage:
            raise LibraryError(*before.damage)
        return self._next(before, Event.APPROVED, "", "")

    def add_to(
        self,
        wanted: Callable[[tuple[Version, ...]], Iterable[Version]],
        posted: Callable[[tuple[Posting, ...]], Iterable[Posting]] = lambda _: (),
    ) -> tuple[Version, ...]:
        """Add, all or none, the versions that `wanted` makes of those that are there; anew if others are faster.

        With them the postings that `posted` makes of those that are there.
        """
        for _ in range(_ATTEMPTS):
            additions = tuple(wanted(self.everything()))
            try:
                return self._insert(additions, tuple(posted(self.postings())))
            except IntegrityError:
                continue
        raise LibraryError(f"The library {self.where} is being changed by others. Nothing was added; try again.")

    def _seen(self, entry: str, seen: int) -> Version:
        latest = self.latest(entry)
        if latest.number != seen:
            raise Conflict(latest, seen)
        if latest.altered:
            raise LibraryError(*latest.damage)
        return latest

    def _next(self, after: Version, event: Event, author: str, note: str) -> Version:
        seen = after.number
        return self._add(_written(replace(after, number=seen + 1, event=event), author, note))

    def _add(self, version: Version) -> Version:
        try:
            with timed(f"library {version.event}", version.hash):
                return self._insert([version])[0]
        except IntegrityError:
            raise Conflict(self.latest(version.entry), version.number - 1) from None

    def post(self, posting: Posting) -> Posting:
        """Add a posting of actuals. Raises LibraryError where another was posted since."""
        author, note = tidy(posting.author, MAX_AUTHOR), tidy(posting.note, MAX_NOTE)
        added = self._signed(replace(posting, at=now(), author=author, note=note))
        try:
            with timed("library post", posting.hash):
                self._insert((), (added,))
        except IntegrityError:
            raise LibraryError(
                "Others have posted actuals of this plan since. Look at theirs, then post yours again."
            ) from None
        return added

    def _insert(self, wanted: Sequence[Version], posted: Sequence[Posting] = ()) -> tuple[Version, ...]:
        """Add versions and postings, all or none, as made or imported by who signed in; how they stand there.

        Raises IntegrityError where a number is taken.
        """
        approves = any(version.event == Event.APPROVED and not version.imports for version in wanted)
        self.needs(Right.APPROVE if approves else Right.EDIT)
        if approves and self.member is None:
            raise LibraryError("To approve, one signs in. Ask whoever runs this app to configure it.")
        additions, postings = tuple(map(self._signed, wanted)), tuple(map(self._signed, posted))
        refused: IntegrityError | None = None
        self.begin()
        with told_plainly(self.where):
            try:
                with self.engine.begin() as connection:
                    if additions:
                        connection.execute(insert(_table), [row_of(version) for version in additions])
                    if postings:
                        connection.execute(insert(_POSTED), [row_of_posting(item) for item in postings])
            except IntegrityError as error:
                refused = error
        if refused:
            raise refused
        return additions

    def _signed(self, made: _Made) -> _Made:
        """A version or a posting as who signed in makes or imports it, whatever name was typed."""
        if self.member is None:
            return made
        if not made.imports:
            return replace(made, author=self.member.identity)
        *earlier, last = made.imports
        return replace(made, imports=(*earlier, replace(last, by=self.member.identity)))


def now() -> str:
    """The time as the library keeps it: UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _first(event: Event, scenario: Scenario, author: str, note: str, tags: tuple[str, ...]) -> Version:
    empty = Version(uuid4().hex, 1, event, "", "", "", "", tidy_tags(tags), False, "", "")
    return _written(_holding(empty, scenario), author, note)


def _holding(version: Version, scenario: Scenario) -> Version:
    return replace(version, name=scenario.name, hash=scenario.hash, content=scenario.to_json())


def _written(version: Version, author: str, note: str) -> Version:
    return replace(version, at=now(), author=tidy(author, MAX_AUTHOR), note=tidy(note, MAX_NOTE), imports=())


def _numbers(keys: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, list[int]]:
    """The numbers of each entry, in order; of what is none, 0. A key begins with both."""
    found: dict[str, list[int]] = {}
    for key in keys:
        entry, number = key[0], key[1]
        found.setdefault(str(entry), []).append(number if isinstance(number, int) else 0)
    return {entry: sorted(numbers) for entry, numbers in found.items()}


def _vanished(entry: str, numbers: Sequence[int]) -> Version:
    """What stands for an entry of which no more is left than that it was there."""
    return Version(entry, max(numbers), Event.LOST, "", "", "", "(unknown)", (), False, "", "")


def _damaged_last(version: Version) -> tuple[bool, int]:
    return version.altered, version.number
