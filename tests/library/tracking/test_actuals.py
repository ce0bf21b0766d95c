"""Actuals beside approved versions: who may, what counts, that nothing is lost, on both databases and as files."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from library import schema, transfer
from library.backup import back_up, restore, verified
from library.errors import ImportFaults, LibraryError
from library.place import file_engine
from library.store import Library, Member, Right
from library.tracking.actuals import TrackedPlan, post, tracked_plan, tracked_plans
from library.transfer import exported
from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.reading.faults import ScenarioError
from model.track.actuals import Actual
from model.track.gates_due import GateMark
from tests.databases import engines, library, postgres, server_address

__all__ = ["engines", "library", "postgres", "server_address"]

PLAN = PRESETS["social-plan"].changed(start_month="2027-01")
FIRST = (Actual(1, "revenue", 10.4e6), Actual(1, "social_spend", 108_000.0))
GATE, MARK = StageGate(12, "relative_return", 1.1, Below.BACK), GateMark(12, 1.05, date(2028, 1, 14))
SECOND = (*FIRST, Actual(3, "competent_share", 0.5, tested=6))


def as_member(library: Library, right: Right) -> Library:
    return replace(library, member=Member("eve@example.com", right))


def approved(library: Library) -> TrackedPlan:
    entry = library.save_new(PLAN, author="Ada").entry
    version = as_member(library, Right.APPROVE).approve(entry, 1)
    return tracked_plan(library, entry, version.number)


def read_again(library: Library, plan: TrackedPlan) -> TrackedPlan:
    return tracked_plan(library, plan.version.entry, plan.version.number)


def test_actuals_are_posted_beside_a_version_and_nothing_is_overwritten(library: Library) -> None:
    plan = approved(library)
    assert plan.actuals == ()
    once = post(library, plan, FIRST, author="Bo", note="January")
    twice = post(library, once, SECOND[::-1], author="Bo")
    assert read_again(library, plan) == twice
    assert set(twice.actuals) == set(SECOND)
    assert [(item.number, item.author, item.hash) for item in twice.postings] == [
        (1, "Bo", PLAN.hash),
        (2, "Bo", PLAN.hash),
    ]
    # The plan goes on; what was approved stays what it was, with its actuals.
    library.save(plan.version.entry, 2, PLAN.with_values(training_hours=80), author="Ada")
    assert tracked_plans(library) == (twice,)


def test_every_approved_version_is_listed_with_its_own_actuals_and_postings_are_read_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = post(library, approved(library), FIRST, author="Bo")
    other = approved(library)
    third = library.save(first.version.entry, 2, PLAN.with_values(training_hours=80), author="Ada")
    version = as_member(library, Right.APPROVE).approve(third.entry, third.number)
    again = post(library, tracked_plan(library, version.entry, version.number), SECOND, author="Bo")
    reads, read = list[int](), Library.postings
    monkeypatch.setattr(Library, "postings", lambda self: reads.append(1) or read(self))
    found = tracked_plans(library)
    assert len(reads) == 1
    assert set(found) == {first, other, again}
    assert [plan.version.since for plan in found] == sorted((plan.version.since for plan in found), reverse=True)


def test_who_posts_on_what_another_has_posted_since_is_told(library: Library) -> None:
    plan = approved(library)
    post(library, plan, FIRST, author="Bo")
    with pytest.raises(LibraryError, match="Others have posted actuals of this plan since"):
        post(library, plan, SECOND, author="Cy")
    assert len(read_again(library, plan).postings) == 1


def test_who_may_edit_posts_and_is_told_by_who_they_are(library: Library) -> None:
    plan = approved(library)
    with pytest.raises(LibraryError, match="no right to edit"):
        post(as_member(library, Right.READ), plan, FIRST, author="Forged")
    with pytest.raises(LibraryError, match="no right to read"):
        tracked_plan(as_member(library, Right.NONE), plan.version.entry, 2)
    assert read_again(library, plan).postings == ()
    assert post(as_member(library, Right.EDIT), plan, FIRST, author="Forged").postings[0].author == "eve@example.com"


def test_only_an_approved_version_is_tracked(library: Library) -> None:
    plan = approved(library)
    with pytest.raises(LibraryError, match=r"Version 1 of .* is not approved here"):
        tracked_plan(library, plan.version.entry, 1)
    with pytest.raises(LibraryError, match="no version 9"):
        tracked_plan(library, plan.version.entry, 9)


def test_a_plan_that_is_no_longer_what_was_approved_is_refused(library: Library) -> None:
    plan = approved(library)
    other = TrackedPlan(replace(plan.version, hash="0" * 12), ())
    with pytest.raises(ScenarioError, match=rf"is {PLAN.hash}, but '0{{12}}' was approved.*Open that version"):
        post(library, other, FIRST, author="Bo")


def test_faulty_actuals_are_refused_all_at_once(library: Library) -> None:
    plan = approved(library)
    wrong = (Actual(61, "revenue", 1.0), Actual(1, "revenues", 1.0), Actual(2, "competent_share", 62.0, tested=6))
    with pytest.raises(ScenarioError) as refused:
        post(library, plan, wrong, author="Bo")
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 3
    assert "its months are 1 … 60" in told[0]
    assert "did you mean 'revenue'?" in told[1]
    assert "write 62 % or 0.62" in told[2]
    assert read_again(library, plan).postings == ()


@pytest.mark.parametrize("column", ["content", "number", "version", "author", "hash", "checksum"])
def test_a_changed_posting_is_told_and_never_counts(library: Library, column: str) -> None:
    plan = post(library, approved(library), FIRST, author="Bo")
    values = {"content": "[]", "number": 7, "version": 2, "author": "Al", "hash": "1" * 12, "checksum": "0" * 64}
    values["version"] = plan.version.number if column != "version" else 1
    with library.engine.begin() as connection:
        connection.execute(update(schema.postings).values({column: values[column]}))
    assert any("does not have its checksum" in fault for fault in verified(library).damage)
    if column == "version":
        assert read_again(library, plan).postings == ()
        return
    with pytest.raises(LibraryError, match="post the actuals anew"):
        assert read_again(library, plan).actuals
    assert post(library, read_again(library, plan), SECOND, author="Bo").actuals


def test_a_backup_and_a_restore_carry_them(library: Library, tmp_path: Path) -> None:
    plan = post(library, approved(library), SECOND, author="Bo")
    back_up(library, tmp_path / "backup.sqlite3")
    other = Library(file_engine(tmp_path / "other.sqlite3"))
    restore(other, tmp_path / "backup.sqlite3")
    assert read_again(other, plan) == plan
    assert verified(other).damage == ()
    # And over what is there.
    restore(library, tmp_path / "backup.sqlite3", overwrite=True)
    assert read_again(library, plan) == plan


def test_a_file_carries_them_once(library: Library, tmp_path: Path) -> None:
    plan = post(library, approved(library), SECOND, author="Bo")
    file = exported(library).encode()
    other = Library(file_engine(tmp_path / "other.sqlite3"))
    for _ in range(2):
        transfer.imported(other, file, by="Eve", file="library.json")
    (posting,) = other.postings()
    assert replace(posting, imports=()) == plan.postings[0]
    assert [item.by for item in posting.imports] == ["Eve"]
    # Approved elsewhere is not approved here.
    assert tracked_plans(other) == ()
    assert transfer.imported(library, file, by="Eve", file="library.json").added == 0
    assert library.postings() == plan.postings


def test_marks_of_gates_are_kept_with_actuals_and_go_along_in_a_file(library: Library, tmp_path: Path) -> None:
    entry = library.save_new(replace(PLAN, stages=(GATE,)), author="Ada").entry
    version = as_member(library, Right.APPROVE).approve(entry, 1)
    plan = tracked_plan(library, entry, version.number)
    assert plan.marks == ()
    marked = post(library, plan, FIRST, author="Bo", marks=[MARK])
    assert read_again(library, plan).marks == (MARK,)
    # More actuals leave marks as they were; both are what counts.
    more = post(library, marked, SECOND, author="Bo")
    assert (more.marks, set(more.actuals)) == ((MARK,), set(SECOND))
    assert post(library, more, SECOND, author="Bo", marks=()).marks == ()
    with pytest.raises(ScenarioError, match="the plan's gates are at month 12"):
        post(library, read_again(library, plan), FIRST, author="Bo", marks=[replace(MARK, month=3)])
    other = Library(file_engine(tmp_path / "other.sqlite3"))
    transfer.imported(other, exported(library).encode(), by="Eve", file="f")
    assert [replace(item, imports=()) for item in other.postings()] == list(library.postings())


def test_actuals_that_went_different_ways_are_both_kept(library: Library, tmp_path: Path) -> None:
    plan = approved(library)
    other = Library(file_engine(tmp_path / "other.sqlite3"))
    transfer.imported(other, exported(library).encode(), by="Eve", file="f")
    here = post(library, plan, FIRST, author="Bo")
    there = json.loads(exported(library))
    there["actuals"][0]["actuals"][0]["value"] += 1
    told = transfer.imported(library, json.dumps(there).encode(), by="Eve", file="f")
    assert told.diverged == 1
    assert len(library.postings()) == 2
    assert read_again(library, plan) == here
    assert transfer.imported(library, json.dumps(there).encode(), by="Eve", file="f").added == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 7}, "does not hold version 7"),
        ({"number": 0}, "actuals 1 of the file, number"),
        ({"actuals": [{"month": 1}]}, "measure: is missing"),
        ({"actuals": [{"month": 99, "measure": "revenue", "value": 1}]}, "its months are 1 … 60"),
        ({"actuals": 3}, "must be a list"),
        ({"extra": 1}, "an object with exactly"),
    ],
)
def test_a_faulty_file_is_refused_whole(tmp_path: Path, change: dict, told: str) -> None:
    library = Library(file_engine(tmp_path / "library.sqlite3"))
    post(library, approved(library), FIRST, author="Bo")
    data = json.loads(exported(library))
    data["actuals"][0] |= change
    other = Library(file_engine(tmp_path / "other.sqlite3"))
    with pytest.raises(ImportFaults, match=told):
        transfer.imported(other, json.dumps(data).encode(), by="Eve", file="f")
    assert other.everything() == ()


def test_what_is_damaged_is_left_out_of_a_file_by_name(tmp_path: Path) -> None:
    library = Library(file_engine(tmp_path / "library.sqlite3"))
    plan = post(library, approved(library), FIRST, author="Bo")
    with library.engine.begin() as connection:
        connection.execute(update(schema.postings).values(note="other"))
    data = json.loads(exported(library))
    assert data["actuals"] == []
    assert data["left_out"] == [{"entry": plan.version.entry, "version": 2, "number": 1}]
    with library.engine.begin() as connection:
        connection.execute(delete(schema.postings))
    assert read_again(library, plan).postings == ()
