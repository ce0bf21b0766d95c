"""What depends on what: every quantity of the model with what it is made of and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS
from model.sheet import GIVEN


class Role(StrEnum):
    """What a quantity is in the model."""

    INPUT = "input"
    LINE = "line"
    METRIC = "metric"


def _precedents() -> Mapping[str, tuple[str, ...]]:
    inputs = dict.fromkeys((*ASSUMPTIONS, *GIVEN), ())
    formulas = {name: item.precedents for name, item in {**LINES, **METRICS}.items()}
    reruns = dict.fromkeys(COUNTERFACTUALS, ())
    return MappingProxyType({**inputs, **reruns, **formulas})


def _dependants() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in PRECEDENTS}
    for name, made_of in PRECEDENTS.items():
        for precedent in made_of:
            found[precedent].append(name)
    return MappingProxyType({name: tuple(used_by) for name, used_by in found.items()})


# Each quantity with what its formula names, whatever has no formula first, then in calculation order.
PRECEDENTS: Mapping[str, tuple[str, ...]] = _precedents()
DEPENDANTS: Mapping[str, tuple[str, ...]] = _dependants()


def role(name: str) -> Role:
    """What a quantity is. A run with changed assumptions counts as a metric, which only metrics are made of."""
    if name in LINES:
        return Role.LINE
    return Role.METRIC if name in METRICS or name in COUNTERFACTUALS else Role.INPUT


@dataclass(frozen=True)
class Graph:
    """Quantities, each in a column, and the edges between them, each from a column to one further right."""

    columns: Mapping[str, int]
    edges: tuple[tuple[str, str], ...]


def neighbourhood(centre: str, steps: int) -> Graph:
    """What lies within so many steps of a quantity, in either direction, with all edges among it.

    The centre is in column 0, what it is made of left of it, what is made of it right. Raises KeyError for an
    unknown name.
    """
    before, after = reach(centre, PRECEDENTS, steps), reach(centre, DEPENDANTS, steps)
    order = [name for name in PRECEDENTS if name in before | after]
    columns = {centre: 0}
    for name in (name for name in reversed(order) if name in before - {centre}):
        columns[name] = min(columns[user] for user in DEPENDANTS[name] if user in columns) - 1
    for name in (name for name in order if name in after - {centre}):
        columns[name] = max(columns[made_of] for made_of in PRECEDENTS[name] if made_of in after) + 1
    return Graph(MappingProxyType({name: columns[name] for name in order}), _edges_among(order))


def reach(name: str, direction: Mapping[str, tuple[str, ...]], steps: int | None = None) -> set[str]:
    """The quantity and all that lies within so many steps in a direction; however far without `steps`."""
    found, fresh = {name}, {name}
    while fresh and (steps is None or steps > 0):
        fresh = {other for one in fresh for other in direction[one]} - found
        found |= fresh
        steps = steps if steps is None else steps - 1
    return found


def whole() -> Graph:
    """Every line, in a column for its section, and in the last column the metrics."""
    sections = tuple(dict.fromkeys(item.section for item in LINES.values()))
    columns = {name: sections.index(item.section) for name, item in LINES.items()}
    columns |= dict.fromkeys(METRICS, len(sections))
    return Graph(MappingProxyType(columns), _edges_among(columns))


def _edges_among(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    known = set(names)
    return tuple((made_of, name) for name in names for made_of in PRECEDENTS[name] if made_of in known)
