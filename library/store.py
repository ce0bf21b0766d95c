"""The library: save, rename, duplicate, archive, restore; what is there, and how it came about.

Each of these adds a version that builds on the number of the one that was seen. Where another has been added
since, it is refused with a Conflict. All raise LibraryError where the database does not do its part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from library import schema
from library.errors import Conflict, LibraryError, told_plainly
from library.place import public_address
from library.version import MAX_AUTHOR, MAX_NOTE, Entry, Event, Version, copy_name, tidy, tidy_tags
from model.scenario import Scenario

_ATTEMPTS = 5
_table = schema.versions


@dataclass(frozen=True)
class Library:
    """The versions kept in one database."""

    engine: Engine

    @property
    def where(self) -> str:
        """Where it is kept, as a person may see it."""
        return public_address(self.engine)

    # What is there

    def entries(self) -> tuple[Entry, ...]:
        """Every saved scenario, the most recently saved first, archived ones too."""
        newest = (
            select(_table.c.entry, func.max(_table.c.number).label("number")).group_by(_table.c.entry).subquery()
        )
        latest = select(_table).join(
            newest, (_table.c.entry == newest.c.entry) & (_table.c.number == newest.c.number)
        )
        said = select(_table.c.entry, _table.c.author, _table.c.note).order_by(_table.c.entry, _table.c.number)
        with told_plainly(self.where):
            schema.ready(self.engine, self.where)
            with self.engine.connect() as connection:
                rows, remarks = connection.execute(latest).all(), connection.execute(said).all()
        texts: dict[str, list[str]] = {}
        for entry, author, note in remarks:
            texts.setdefault(entry, []).extend((author, note))
        found = [Entry(version, "\n".join(texts.get(version.entry, ()))) for version in map(_version, rows)]
        return tuple(sorted(found, key=lambda item: (item.latest.at, item.latest.entry), reverse=True))

    def history(self, entry: str) -> tuple[Version, ...]:
        """Every version of an entry, the first first. Raises LibraryError where there is no such entry."""
        found = self._selected(entry)
        if not found:
            raise LibraryError(f"The library {self.where} does not hold this scenario. Save yours as a new one.")
        return found

    def everything(self) -> tuple[Version, ...]:
        """Every version of every entry, by entry and number."""
        return self._selected(None)

    def latest(self, entry: str) -> Version:
        """The version that counts. Raises LibraryError where there is no such entry."""
        return self.history(entry)[-1]

    def _selected(self, entry: str | None) -> tuple[Version, ...]:
        wanted = select(_table).order_by(_table.c.entry, _table.c.number)
        if entry is not None:
            wanted = wanted.where(_table.c.entry == entry)
        with told_plainly(self.where):
            schema.ready(self.engine, self.where)
            with self.engine.connect() as connection:
                return tuple(map(_version, connection.execute(wanted)))

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

    def add_to(self, wanted: Callable[[tuple[Version, ...]], Iterable[Version]]) -> tuple[Version, ...]:
        """Add, all or none, the versions that `wanted` makes of those that are there; anew if others are faster."""
        for _ in range(_ATTEMPTS):
            additions = tuple(wanted(self.everything()))
            try:
                self._insert(additions)
            except IntegrityError:
                continue
            return additions
        raise LibraryError(f"The library {self.where} is being changed by others. Nothing was added; try again.")

    def _seen(self, entry: str, seen: int) -> Version:
        latest = self.latest(entry)
        if latest.number != seen:
            raise Conflict(latest, seen)
        return latest

    def _next(self, after: Version, event: Event, author: str, note: str) -> Version:
        seen = after.number
        return self._add(_written(replace(after, number=seen + 1, event=event), author, note))

    def _add(self, version: Version) -> Version:
        try:
            self._insert([version])
        except IntegrityError:
            raise Conflict(self.latest(version.entry), version.number - 1) from None
        return version

    def _insert(self, additions: Sequence[Version]) -> None:
        """Add versions, all or none. Raises IntegrityError where a number is taken."""
        refused: IntegrityError | None = None
        with told_plainly(self.where):
            schema.ready(self.engine, self.where)
            try:
                with self.engine.begin() as connection:
                    if additions:
                        connection.execute(insert(_table), [_row(version) for version in additions])
            except IntegrityError as error:
                refused = error
        if refused:
            raise refused


def _first(event: Event, scenario: Scenario, author: str, note: str, tags: tuple[str, ...]) -> Version:
    empty = Version(uuid4().hex, 1, event, "", "", "", "", tidy_tags(tags), False, "", "")
    return _written(_holding(empty, scenario), author, note)


def _holding(version: Version, scenario: Scenario) -> Version:
    return replace(version, name=scenario.name, hash=scenario.hash, content=scenario.to_json())


def _written(version: Version, author: str, note: str) -> Version:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return replace(version, at=now, author=tidy(author, MAX_AUTHOR), note=tidy(note, MAX_NOTE))


def _row(version: Version) -> dict[str, Any]:
    return {**asdict(version), "event": str(version.event), "tags": json.dumps(version.tags)}


def _version(row: Row[Any]) -> Version:
    """A row as it is; what is damaged in it must not hide the rest."""
    data = dict(row._mapping)
    texts = {key: str(value) for key, value in data.items() if key not in ("number", "archived", "tags")}
    return Version(**texts, number=data["number"], archived=bool(data["archived"]), tags=_tags(data["tags"]))


def _tags(stored: object) -> tuple[str, ...]:
    try:
        found = json.loads(str(stored))
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()
