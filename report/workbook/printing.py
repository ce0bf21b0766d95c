"""How a sheet is cut into printed pages: type that can be read, and no page left half empty where that can be.

Sizes are in points on unscaled paper: A4, landscape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Type of 10 points on a sheet is of 7 at the smallest scale, in per cent.
SMALLEST, LARGEST = 70, 100
LEFT, RIGHT, ABOVE, BELOW = 0.25, 0.25, 0.4, 0.6
_WIDTH, _HEIGHT = 841.9 - 72 * (LEFT + RIGHT), 595.3 - 72 * (ABOVE + BELOW)
# By so much the fill of a page is lowered, to find the most even one.
_STEP = 0.99


@dataclass(frozen=True)
class Strip:
    """The printed rows or columns of a sheet by their `sizes`, of which the first are `repeated` on every page.

    A page begins at each of the `chapters`, counted as the sizes are.
    """

    sizes: Sequence[float]
    repeated: int = 0
    chapters: tuple[int, ...] = ()

    def breaks(self, room: float) -> list[int]:
        """Where a page begins that is not the first: as few as there is room for, as evenly filled as can be."""
        own = self._own(room)
        return [at for start, end in self._parts for at in (start, *self._even(start, end, own))][1:]

    def pages(self, room: float) -> int:
        """How many pages `breaks` makes."""
        own = self._own(room)
        return sum(1 + len(self._filled(start, end, own)) for start, end in self._parts)

    def _own(self, room: float) -> float:
        return room - sum(self.sizes[: self.repeated])

    @property
    def _parts(self) -> Iterable[tuple[int, int]]:
        """Each chapter from its first to past its last."""
        ends = (at for at in sorted(self.chapters) if self.repeated < at < len(self.sizes))
        return pairwise([self.repeated, *ends, len(self.sizes)])

    def _even(self, start: int, end: int, room: float) -> list[int]:
        fewest = best = self._filled(start, end, room)
        largest = max(self.sizes[start:end], default=room)
        while len(best) == len(fewest) and room > largest:
            fewest, room = best, room * _STEP
            best = self._filled(start, end, room)
        return fewest

    def _filled(self, start: int, end: int, room: float) -> list[int]:
        found, used = [], 0.0
        for at in range(start, end):
            used += self.sizes[at]
            if used > room and at > start:
                found.append(at)
                used = self.sizes[at]
        return found


@dataclass(frozen=True)
class Paging:
    """The scale in per cent, and the rows and columns at which a page begins."""

    scale: int
    rows: list[int]
    columns: list[int]


def layout(rows: Strip, columns: Strip) -> Paging:
    """The fewest pages that can be read, side by side before below each other, and then the largest type."""

    def pages(scale: int) -> tuple[int, int]:
        return columns.pages(_room(_WIDTH, scale)), rows.pages(_room(_HEIGHT, scale))

    best = min(range(LARGEST, SMALLEST - 1, -1), key=pages)
    return Paging(best, rows.breaks(_room(_HEIGHT, best)), columns.breaks(_room(_WIDTH, best)))


def _room(paper: float, scale: int) -> float:
    """What fits on the paper at a scale in per cent."""
    return paper * (100 / scale)


def column_points(characters: float) -> float:
    """The width of a column of so many digits, where a program has a wider font in place of the one that is set."""
    return 6.4 * characters + 4.8
