"""Many reruns of the same draws with other decisions: what no other decision changed is not computed again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np

from model.projection import Known, affected, computed

# How many settings of the decisions a line depends on it is remembered for: a walk comes back to few. With the draws
# of a search that is some 70 MB over five years, given back at its end.
_REMEMBERED = 8


class Reruns:
    """Reruns of a run with some of the same assumptions changed each time, towards one line; see `rerun`.

    A line is remembered by the values of those assumptions it depends on, unless it depends on all of them: then no
    other rerun has it.
    """

    def __init__(self, known: Mapping[str, Any], assumptions: frozenset[str], towards: str) -> None:
        self._known = dict(known)
        reach = {name: set(affected(frozenset({name}), towards)) for name in assumptions}
        self._parts = {
            line: tuple(name for name in sorted(assumptions) if line in reach[name])
            for line in affected(assumptions, towards)
        }
        self._shared = {line for line, parts in self._parts.items() if len(parts) < len(assumptions)}
        self._recent: dict[str, OrderedDict[tuple[float, ...], Any]] = {line: OrderedDict() for line in self._shared}

    def rerun(self, values: Mapping[str, float]) -> Known:
        """The run with every one of the assumptions set; lines not on the way are left as they were."""
        again = self._known | {name: np.array([[float(value)]]) for name, value in values.items()}
        for line, parts in self._parts.items():
            if line not in self._shared:
                again[line] = computed(line, again)
                continue
            recent, setting = self._recent[line], tuple(float(values[name]) for name in parts)
            again[line] = recent.pop(setting) if setting in recent else computed(line, again)
            recent[setting] = again[line]
            if len(recent) > _REMEMBERED:
                recent.popitem(last=False)
        return again
