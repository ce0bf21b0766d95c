"""Names beside points so that none lies on another: each takes the first free place around its point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Label(NamedTuple):
    """Where a name stands beside its point: the anchors, and how far it is moved, in pixels, up being positive.

    One that is moved `far` needs a line to its point.
    """

    xanchor: str
    yanchor: str
    xshift: float
    yshift: float
    far: bool = False


class _Area(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: _Area) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, other: _Area) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


_TALL, _POINT, _OFF = 14.0, 5.0, 8.0
_PLACES = (
    Label("left", "middle", _OFF, 0.0),
    Label("right", "middle", -_OFF, 0.0),
    Label("center", "bottom", 0.0, _OFF - 2),
    Label("center", "top", 0.0, 2 - _OFF),
    Label("left", "bottom", _OFF - 2, 2.0),
    Label("left", "top", _OFF - 2, -2.0),
    Label("right", "bottom", 2 - _OFF, 2.0),
    Label("right", "top", 2 - _OFF, -2.0),
    *(
        Label(anchor, "middle", shift, lift, far=True)
        for lift in (24.0, -24.0, 44.0, -44.0)
        for anchor, shift in (("left", 12.0), ("right", -12.0))
    ),
)


def labels_beside(
    points: Sequence[tuple[float, float]], widths: Sequence[float], room: tuple[float, float]
) -> list[Label | None]:
    """For each point with a name, in pixels from the bottom left of a room, where its name of a width stands.

    The first points have names, and are served first; None where each place is taken. No name covers any point.
    """
    taken = [_Area(x - _POINT, y - _POINT, x + _POINT, y + _POINT) for x, y in points]
    whole = _Area(0.0, 0.0, *room)
    found: list[Label | None] = []
    for own, (point, width) in enumerate(zip(points, widths, strict=False)):
        for label, area in _around(point, width):
            others = (one for place, one in enumerate(taken) if place != own)
            if area.within(whole) and not any(map(area.meets, others)):
                found.append(label)
                taken.append(area)
                break
        else:
            found.append(None)
    return found


def _around(point: tuple[float, float], width: float) -> Iterator[tuple[Label, _Area]]:
    for label in _PLACES:
        x, y = point[0] + label.xshift, point[1] + label.yshift
        left = x - {"left": 0.0, "center": width / 2, "right": width}[label.xanchor]
        bottom = y - {"bottom": 0.0, "middle": _TALL / 2, "top": _TALL}[label.yanchor]
        yield label, _Area(left, bottom, left + width, bottom + _TALL)
