"""Who may do what with the library: each operation tried by each right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from library.errors import LibraryError
from library.store import Library, Member, Right
from library.transfer import exported, imported
from library.version import Event, Import
from model.presets import PRESETS

PLAN = PRESETS["social-plan"]
ADA = "ada@example.com"


@pytest.fixture
def saved(library: Library) -> tuple[Library, str]:
    """The library of whoever runs the program, and an entry in it."""
    return library, library.save_new(PLAN, author="Typed").entry


def as_member(library: Library, right: Right) -> Library:
    return replace(library, member=Member(ADA, right))


LOOKS: dict[str, Callable[[Library, str], Any]] = {
    "entries": lambda library, _: library.entries(),
    "history": lambda library, entry: library.history(entry),
    "everything": lambda library, _: library.everything(),
    "latest": lambda library, entry: library.latest(entry),
    "export": lambda library, _: exported(library),
}
CHANGES: dict[str, Callable[[Library, str], Any]] = {
    "save anew": lambda library, _: library.save_new(PLAN, author="Forged"),
    "save": lambda library, entry: library.save(entry, 1, PLAN, author="Forged"),
    "rename": lambda library, entry: library.rename(
        entry, 1, name="Other", description="", tags=(), author="Forged"
    ),
    "duplicate": lambda library, entry: library.duplicate(entry, author="Forged"),
    "archive": lambda library, entry: library.archive(entry, 1, author="Forged"),
    "restore": lambda library, entry: library.restore(entry, 1, author="Forged"),
    "add": lambda library, _: library.add_to(lambda present: [replace(present[0], number=2)]),
}


@pytest.mark.parametrize("look", LOOKS)
def test_who_has_no_right_sees_nothing(saved: tuple[Library, str], look: str) -> None:
    library, entry = saved
    with pytest.raises(LibraryError, match=f"{ADA} has no right to read here. Ask"):
        LOOKS[look](as_member(library, Right.NONE), entry)
    LOOKS[look](as_member(library, Right.READ), entry)


@pytest.mark.parametrize("change", CHANGES)
def test_a_reader_changes_nothing_and_an_editor_is_told_by_who_they_are(
    saved: tuple[Library, str], change: str
) -> None:
    library, entry = saved
    before = library.everything()
    with pytest.raises(LibraryError, match=f"{ADA} has no right to edit here. Ask"):
        CHANGES[change](as_member(library, Right.READ), entry)
    assert library.everything() == before
    CHANGES[change](as_member(library, Right.EDIT), entry)
    (added,) = {*library.everything()} - {*before}
    assert added.author == ADA


def test_what_an_editor_imports_is_told_by_who_they_are(saved: tuple[Library, str]) -> None:
    library, _ = saved
    file = exported(library).replace(PLAN.name, "Other").encode()
    with pytest.raises(LibraryError, match="no right to edit"):
        imported(as_member(library, Right.READ), file, by="Forged", file="f.json")
    imported(as_member(library, Right.EDIT), file, by="Forged", file="f.json")
    (added,) = (version for version in library.everything() if version.imports)
    assert [item.by for item in added.imports] == [ADA]
    assert added.author == "Typed"


def test_approving_needs_its_own_right_and_someone_who_signed_in(saved: tuple[Library, str]) -> None:
    library, entry = saved
    forged = replace(library.latest(entry), number=2, event=Event.APPROVED, author="CFO")
    for who, fault in ((library, "one signs in"), (as_member(library, Right.EDIT), "no right to approve")):
        with pytest.raises(LibraryError, match=fault):
            who.approve(entry, 1)
        with pytest.raises(LibraryError, match=fault):
            who.add_to(lambda _: [forged])
    assert len(library.everything()) == 1
    approved = as_member(library, Right.APPROVE).approve(entry, 1)
    assert (approved.number, approved.event, approved.author) == (2, Event.APPROVED, ADA)
    assert library.history(entry) == (library.history(entry)[0], approved)
    assert approved.is_approved
    assert approved.scenario == PLAN
    assert not library.save(entry, 2, PLAN, author="").is_approved


def test_a_file_s_approval_approves_nothing_here(saved: tuple[Library, str]) -> None:
    library, entry = saved
    approved = as_member(library, Right.APPROVE).approve(entry, 1)
    assert not replace(approved, imports=(Import(approved.at, ADA, "f.json"),)).is_approved
    text = exported(library).encode()
    assert imported(library, text, by="", file="same.json").added == 0
