"""The changes of a session, to be undone and redone: frozen, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from library.version import Version
from model.assumptions import ASSUMPTIONS
from model.scenario import Scenario
from model.telling.comparison import Aspect, Difference, differences

# The oldest is forgotten beyond so many.
MOST_CHANGES = 100

_LONGEST = 40


@dataclass(frozen=True)
class Position:
    """Where a session stands: its scenario, the one it started from, and the library's version it goes on from."""

    scenario: Scenario
    base: Scenario
    origin: Version | None = None

    def having_seen(self, version: Version | None) -> Position:
        """The same, going on from the newest version of its entry that was seen."""
        newer = (
            self.origin and version and version.entry == self.origin.entry and version.number > self.origin.number
        )
        return replace(self, origin=version) if newer else self


@dataclass(frozen=True)
class History:
    """Where a session stood before, the last at the end, and where it stood before undoing, the next at the end."""

    past: tuple[Position, ...] = ()
    future: tuple[Position, ...] = ()

    def left(self, position: Position) -> History:
        """After a change away from `position`; what was undone before can no longer be redone."""
        return History((*self.past, position)[-MOST_CHANGES:])

    def undone(self, now: Position) -> tuple[Position, History]:
        """Where it stood before the last change, and the history there; `now` if nothing was changed."""
        if not self.past:
            return now, self
        return self.past[-1], History(self.past[:-1], (*self.future, now))

    def redone(self, now: Position) -> tuple[Position, History]:
        """Where it stood before the last undoing, and the history there; `now` if nothing was undone."""
        if not self.future:
            return now, self
        return self.future[-1], History((*self.past, now), self.future[:-1])


def change_in_words(before: Position, after: Position) -> str:
    """What becomes of what: "Training per person: 80 → 40", "Social plan → Hold"."""
    if before.base != after.base:
        return f"{_short(before.scenario.name)} → {_short(after.scenario.name)}"
    changes = differences((before.scenario, after.scenario))
    if not changes:
        return _relabelled(before.scenario, after.scenario)
    first = _told(changes[0], before.scenario, after.scenario)
    return first if len(changes) == 1 else f"{first}, and {len(changes) - 1} more"


def changes_in_words(before: Scenario, after: Scenario) -> str:
    """All that another preset changes, in the order of declaration: "Hold: Training in working hours: on → off."."""
    told_of = {Aspect.VALUE, Aspect.FRAME, Aspect.OTHER, Aspect.STAGES}
    valued = (change for change in differences((before, after)) if change.aspect in told_of)
    told = [_told(change, before, after) for change in valued]
    return f"{_short(after.name)}: {'; '.join(told) if told else 'nothing changes'}."


def _told(change: Difference, before: Scenario, after: Scenario) -> str:
    """A change in words; of what has no short value only its title."""
    was, becomes = change.values
    if change.aspect is Aspect.VALUE:
        unit = ASSUMPTIONS[change.of].unit
        return f"{change.title}: {before.format.plain(was, unit)} → {after.format.plain(becomes, unit)}"
    if change.aspect in {Aspect.OTHER, Aspect.STAGES} and not becomes:
        return f"{change.title}: dropped, Undo brings them back"
    return f"{change.title}: {was} → {becomes}" if change.aspect is Aspect.FRAME else change.title


def _relabelled(before: Scenario, after: Scenario) -> str:
    if before.name != after.name:
        return f"Name: {_short(before.name)} → {_short(after.name)}"
    return "Description" if before.description != after.description else "nothing"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
