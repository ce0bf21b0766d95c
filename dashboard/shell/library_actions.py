"""Saving into the library and opening from it: what the screens do to it, and what is told of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import compute, conflict, current, memory, messages
from dashboard.session.conflict import SaveConflict
from library.errors import Conflict, LibraryError
from library.version import Event, Version, copy_name, when
from model.operation.log import timed
from model.reading.faults import ScenarioError
from model.scenario import EDITED, Scenario

_AUTHOR = "author"
NOT_SAVED = "The scenario is not saved"
NOT_CHANGED = "The library stays as it was"


def author() -> str:
    """The name a person gave to save under, if any; who signed in is told by their identity whatever it is."""
    return str(memory.kept(_AUTHOR, ""))


def sign_as(name: str) -> None:
    """Save under this name from now on."""
    memory.keep(_AUTHOR, name.strip())


def proposed_name() -> str:
    """The name to save under: an edited version of the library goes on under the name it had."""
    scenario, seen = current.scenario(), current.origin()
    return seen.name if seen and scenario.name == seen.name + EDITED else scenario.name


def proposed_description() -> str:
    """The description to save with: an edited version of the library goes on with the one it had."""
    scenario, seen = current.scenario(), current.origin()
    edited = seen is not None and scenario.name == seen.name + EDITED
    return scenario.description or (seen.scenario.description if seen and edited else "")


@contextmanager
def told(what: str) -> Iterator[None]:
    """Show a refusal as `what` with its reasons, and whatever changed the library on all screens."""
    try:
        yield
    except LibraryError as error:
        messages.refuse_for(what, error.reasons)
    except ScenarioError as error:
        messages.refuse(what, error)
    else:
        messages.forget_refused()
        compute.forget_saved()


def open_version(version: Version) -> None:
    """Begin anew from a version."""
    with told("The version is not opened; the scenario stays as it was"), timed("library opened", version.hash):
        _go_on_from(version)


def save(name: str, description: str, note: str, tags: Sequence[str] | None = None, *, anew: bool = False) -> None:
    """Save the scenario: as the next version of what it was opened from, else, or if `anew`, as a new entry.

    Tags of None are those the entry has. Where someone else saved meanwhile, the scenario stays and that is told.
    """
    seen = None if anew else current.origin()
    with told(NOT_SAVED):
        scenario = current.scenario().changed(name=name, description=description)
        if seen is None:
            _saved(compute.library().save_new(scenario, author=author(), note=note, tags=tags or ()))
        else:
            _save_after(seen, scenario, note, tags)


def save_on_top() -> None:
    """Save the scenario as the version after the newest."""
    met = conflict.unsettled()
    if met is not None:
        with told(NOT_SAVED):
            mine = current.scenario().changed(name=met.name, description=met.description)
            _save_after(met.latest, mine, met.note, met.tags)


def save_as_copy() -> None:
    """Save the scenario as an entry of its own beside the newest version."""
    met = conflict.unsettled()
    if met is None:
        return
    tags = met.latest.tags if met.tags is None else met.tags
    save(copy_name(met.name), met.description, met.note, tags, anew=True)


def rename(version: Version, name: str, description: str, tags: Sequence[str]) -> None:
    """Give an entry another name, description or tags."""
    with told(NOT_CHANGED), _told_who():
        library = compute.library()
        current.follow(
            library.rename(
                version.entry, version.number, name=name, description=description, tags=tags, author=author()
            )
        )


def duplicate(version: Version) -> None:
    """Make a copy of an entry, an entry of its own."""
    with told(NOT_CHANGED):
        copy = compute.library().duplicate(version.entry, author=author())
        messages.announce(f"Copied as {literal(copy.name)}")


def archive(version: Version) -> None:
    """Put an entry out of sight."""
    with told(NOT_CHANGED), _told_who():
        current.follow(compute.library().archive(version.entry, version.number, author=author()))
        messages.announce(f"{literal(version.name)} is archived; “Archived too” shows it")


def restore(version: Version) -> None:
    """Bring an archived entry back."""
    with told(NOT_CHANGED), _told_who():
        current.follow(compute.library().restore(version.entry, version.number, author=author()))
        messages.announce(f"{literal(version.name)} is restored")


def approve(version: Version) -> None:
    """Approve what an entry holds."""
    with told(NOT_CHANGED), _told_who():
        current.follow(compute.library().approve(version.entry, version.number))
        messages.announce(f"{literal(version.name)} is approved")


def what_happened(version: Version) -> str:
    """An event with its place, time and author: "version 3 saved 2027-01-05 15:03 CET by Bo".

    What was imported is told as that, and what the file says of it as what the file says.
    """
    if not version.imports:
        return f"version {version.number} {what_was_done(version)}"
    last = version.imports[-1]
    return (
        f"version {version.number} imported {_when(last.at)} by {_who(last.by)} from “{last.file}”; "
        f"the file says: {what_was_done(version)}"
    )


def what_was_done(version: Version) -> str:
    """What made a version, there where it was made: "saved 2027-01-05 15:03 CET by Bo"."""
    return f"{version.event} {_when(version.at)} by {_who(version.author)}"


def _when(at: str) -> str:
    return when(at, st.context.timezone)


def _who(name: str) -> str:
    return name or "someone who gave no name"


@contextmanager
def _told_who() -> Iterator[None]:
    """Say of a conflict who did what meanwhile; the list then shows it."""
    try:
        yield
    except Conflict as refused:
        raise LibraryError(f"Someone was faster: {what_happened(refused.latest)}. Look, and try again.") from None


def _save_after(seen: Version, scenario: Scenario, note: str, tags: Sequence[str] | None) -> None:
    try:
        kept = compute.library().save(seen.entry, seen.number, scenario, author=author(), note=note, tags=tags)
    except Conflict as refused:
        kept_tags = None if tags is None else tuple(tags)
        conflict.remember(SaveConflict(refused.latest, scenario.name, scenario.description, note, kept_tags))
    else:
        _saved(kept)


def _go_on_from(version: Version) -> None:
    """Begin anew from a version: what kept the scenario before it from being saved is settled by that."""
    current.start_from_version(version)
    conflict.settle()


def _saved(version: Version) -> None:
    _go_on_from(version)
    place = "a new entry" if version.event == Event.SAVED and version.number == 1 else f"version {version.number}"
    messages.announce(f"{literal(version.name)} is saved in the library: {place}")
