"""Actuals of an approved version: what was posted, and what counts of it.

An approved version is frozen: its actuals refer to its entry, number and content hash. Each posting holds all
actuals as they were then known, and the marks of its gates, so that a correction is another posting and nothing is
lost. All raise LibraryError where the library does not do its part, and ScenarioError that lists every fault of
actuals.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from library.errors import LibraryError
from library.store import Library
from library.version import Posting, Version
from model.reading.faults import ScenarioError
from model.scenario import Scenario, parse_json
from model.track.actuals import Actual, checked
from model.track.gates_due import GateMark, checked_marks, posted_data, posted_from
from model.track.tracked import same_plan


@dataclass(frozen=True)
class TrackedPlan:
    """An approved version with the actuals posted of it, the first posting first."""

    version: Version
    postings: tuple[Posting, ...]

    @property
    def scenario(self) -> Scenario:
        """The plan that was approved. Raises ScenarioError where it is no longer what it was."""
        same_plan(self.version.scenario, self.version.hash)
        return self.version.scenario

    @property
    def actuals(self) -> tuple[Actual, ...]:
        """What counts: the actuals of the last posting. Raises LibraryError where that is damaged."""
        return self._posted[0]

    @property
    def marks(self) -> tuple[GateMark, ...]:
        """The gates marked in the last posting. Raises LibraryError where that is damaged."""
        return self._posted[1]

    @property
    def _posted(self) -> tuple[tuple[Actual, ...], tuple[GateMark, ...]]:
        if not self.postings:
            return (), ()
        last = self.postings[-1]
        if last.altered:
            raise LibraryError(
                f"Posting {last.number} of the actuals of “{self.version.name}”, version {self.version.number}, is "
                "damaged: it does not have its checksum. Put back a backup (python -m library restore FILE), or "
                "post the actuals anew."
            )
        return posted_from(self.scenario, parse_json(last.content, "actuals"))


def tracked_plan(library: Library, entry: str, number: int) -> TrackedPlan:
    """An approved version and its actuals. Raises LibraryError where there is none, or none approved it."""
    found = next((version for version in library.history(entry) if version.number == number), None)
    if found is None:
        raise LibraryError(f"There is no version {number} of this scenario. Take one from its history.")
    if not found.is_approved:
        raise LibraryError(
            f"Version {number} of “{found.name}” is not approved here, and only an approved version is tracked. "
            "Have it approved, then track the version which that makes."
        )
    return TrackedPlan(found, _of(library.postings(), found))


def tracked_plans(library: Library) -> tuple[TrackedPlan, ...]:
    """Every approved version with what was posted of it, the latest approved first; postings are read once."""
    postings = defaultdict[tuple[str, int], list[Posting]](list)
    for item in library.postings():
        postings[item.entry, item.version].append(item)
    approved = [version for version in library.everything() if version.is_approved]
    approved.sort(key=lambda version: (version.since, version.entry, version.number), reverse=True)
    return tuple(TrackedPlan(one, tuple(postings[one.entry, one.number])) for one in approved)


def post(
    library: Library,
    plan: TrackedPlan,
    actuals: Sequence[Actual],
    *,
    author: str,
    note: str = "",
    marks: Sequence[GateMark] | None = None,
) -> TrackedPlan:
    """Post all actuals and marks of a plan as they are now known, marks by default as they were; the plan then.

    Raises LibraryError where others have posted since the plan was read, or who signed in may not edit.
    """
    seen = plan.postings[-1].number if plan.postings else 0
    scenario = plan.scenario
    kept = checked_marks(scenario, _marks(plan) if marks is None else marks)
    content = json.dumps(posted_data(checked(scenario, actuals), kept))
    version = plan.version
    added = library.post(Posting(version.entry, version.number, seen + 1, "", author, note, version.hash, content))
    return TrackedPlan(version, (*plan.postings, added))


def _marks(plan: TrackedPlan) -> tuple[GateMark, ...]:
    """The marks of a plan; none of a damaged posting, after which all is posted anew."""
    try:
        return plan.marks
    except (LibraryError, ScenarioError):
        return ()


def _of(postings: Sequence[Posting], version: Version) -> tuple[Posting, ...]:
    return tuple(item for item in postings if (item.entry, item.version) == (version.entry, version.number))
