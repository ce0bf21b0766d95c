"""Boxes in columns and the lines between them: where each stands, so that no two touch and few lines cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

Edge = tuple[str, str]
Point = tuple[float, float]

# A line that passes a column takes this part of a box's height there.
_LANE = 0.4
_SWEEPS = 12


@dataclass(frozen=True)
class Layout:
    """Where boxes stand and lines run.

    `places` are column (0 …) and row of the middle of each box, rows growing downwards and boxes one row high;
    `lanes` are the points at which a line passes the columns between its ends; `columns` and `rows` the size.
    """

    places: Mapping[str, tuple[int, float]]
    lanes: Mapping[Edge, tuple[Point, ...]]
    columns: int
    rows: float


@dataclass(frozen=True)
class _Lane:
    """A line's passage through a column."""

    edge: Edge
    column: int


_Item = str | _Lane


def layered(columns: Mapping[str, int], edges: Sequence[Edge]) -> Layout:
    """Boxes in the given columns, ordered within each so that lines between neighbours cross little.

    Every edge must run to a column further right. Lines that skip columns have a lane of their own in each.
    """
    first = min(columns.values())
    stacks: list[list[_Item]] = [[] for _ in range(1 + max(columns.values()) - first)]
    for name, column in columns.items():
        stacks[column - first].append(name)
    links: list[tuple[_Item, _Item]] = []
    for edge in edges:
        start, end = (columns[name] - first for name in edge)
        chain: list[_Item] = [edge[0], *(_Lane(edge, column) for column in range(start + 1, end)), edge[1]]
        for lane in chain[1:-1]:
            assert isinstance(lane, _Lane)
            stacks[lane.column].append(lane)
        links += pairwise(chain)
    _untangle(stacks, links)
    return _stacked(stacks)


def _untangle(stacks: list[list[_Item]], links: Sequence[tuple[_Item, _Item]]) -> None:
    """Sort each column by the mean place of its neighbours, from the left and from the right in turn."""
    left: dict[_Item, list[_Item]] = {item: [] for stack in stacks for item in stack}
    right: dict[_Item, list[_Item]] = {item: [] for stack in stacks for item in stack}
    for start, end in links:
        right[start].append(end)
        left[end].append(start)
    for sweep in range(_SWEEPS):
        neighbours, order = (left, stacks[1:]) if sweep % 2 == 0 else (right, stacks[-2::-1])
        for stack in order:
            places = _places(stacks)
            means = {item: _mean([places[near] for near in neighbours[item]], places[item]) for item in stack}
            stack.sort(key=means.__getitem__)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _places(stacks: Sequence[Sequence[_Item]]) -> dict[_Item, float]:
    """The middle of each item, its column being centred on zero."""
    found: dict[_Item, float] = {}
    for stack in stacks:
        below = -sum(map(_height, stack)) / 2
        for item in stack:
            found[item] = below + _height(item) / 2
            below += _height(item)
    return found


def _height(item: _Item) -> float:
    return _LANE if isinstance(item, _Lane) else 1.0


def _stacked(stacks: Sequence[Sequence[_Item]]) -> Layout:
    rows = max(sum(map(_height, stack)) for stack in stacks)
    places: dict[str, tuple[int, float]] = {}
    lanes: dict[Edge, list[Point]] = {}
    middles = _places(stacks)
    for column, stack in enumerate(stacks):
        for item in stack:
            row = middles[item] + rows / 2
            if isinstance(item, _Lane):
                lanes.setdefault(item.edge, []).append((column, row))
            else:
                places[item] = column, row
    passed = {edge: tuple(points) for edge, points in lanes.items()}
    return Layout(MappingProxyType(places), MappingProxyType(passed), len(stacks), rows)


def in_columns(columns: Mapping[str, int]) -> Layout:
    """Boxes below each other from the top of their columns, in the order given; no lanes."""
    counts: dict[int, int] = {}
    places: dict[str, tuple[int, float]] = {}
    for name, column in columns.items():
        places[name] = column, counts.get(column, 0) + 0.5
        counts[column] = counts.get(column, 0) + 1
    return Layout(MappingProxyType(places), MappingProxyType({}), 1 + max(counts), max(counts.values()))
