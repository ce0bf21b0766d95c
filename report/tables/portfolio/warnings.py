"""What to beware of in a group's figures: the units that are in none of them, and the warnings of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from model.portfolio.block import Failed
from model.reading.texts import tellable
from report.tables.portfolio.grouped import Grouped, units_in_words

_LONGEST, _MOST_NAMED = 600, 3
# As many of each as people read; the command's JSON has all.
MOST_TOLD = 20


class Warned(NamedTuple):
    """A warning, and the units that it is of."""

    sentence: str
    names: tuple[str, ...]

    @property
    def told(self) -> str:
        """The warning with its few units by name, many by their number."""
        whose = units_in_words(len(self.names)) if self.counted else ", ".join(self.names)
        return tellable(f"{whose}: {self.sentence}", _LONGEST)

    @property
    def counted(self) -> bool:
        """Whether its units are told by their number."""
        return len(self.names) > _MOST_NAMED


def warned(of: Grouped) -> list[Warned]:
    """Each warning once, with its units; that of the most units first."""
    found: dict[str, list[str]] = {}
    for one in of.group.outcomes:
        for sentence in one.caveats:
            found.setdefault(sentence, []).append(one.name)
    every = [Warned(sentence, tuple(names)) for sentence, names in found.items()]
    return sorted(every, key=lambda one: -len(one.names))


def warnings_in_words(of: Grouped) -> list[str]:
    """The warnings, a line each, and how many more there are."""
    return _some([one.told for one in warned(of)])


def failed_in_words(of: Grouped) -> list[str]:
    """Which units are in no figure of the group and why, after a line that counts them."""
    split = of.allocation.failed if of.allocation else ()
    lost = {one.name for one in of.group.failed}
    return [
        *_lost("Not in these figures, as they failed", of.group.failed),
        *_lost("Not in the allocation, as they failed", [one for one in split if one.name not in lost]),
    ]


def _lost(words: str, failed: Sequence[Failed]) -> list[str]:
    if not failed:
        return []
    return [f"{words}: {len(failed)}", *_some([tellable(f"{one.name}: {one.reason}", _LONGEST) for one in failed])]


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
