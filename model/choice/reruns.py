"""Many reruns of the same draws with other decisions: what no other decision changed is not computed again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from itertools import count
from typing import Any

import numpy as np

from model.lines import LINES
from model.projection import Known, Towards, affected, computed

# How many settings of what a line is made of it is remembered for: a walk comes back to few. With the draws of a
# search that is some 70 MB over five years, given back at its end.
_REMEMBERED = 8

Setting = tuple[float, ...]


class Reruns:
    """Reruns of a run with some of the same assumptions changed each time, towards some lines; see `rerun`.

    A line is remembered by the state of those parts it is made of that can change, unless it depends on all of the
    assumptions: then no other rerun has it. A line that comes out as it was before is in the same state, so that
    what is made of it is not computed again either.
    """

    def __init__(self, known: Mapping[str, Any], assumptions: frozenset[str], towards: Towards) -> None:
        self._known = dict(known)
        reach = {name: set(affected(frozenset({name}), towards)) for name in assumptions}
        self._lines = affected(assumptions, towards)
        changing = {*assumptions, *self._lines}
        self._parts = {
            line: tuple(name for name in LINES[line].precedents if name in changing) for line in self._lines
        }
        self._shared = {line for line in self._lines if any(line not in reach[name] for name in assumptions)}
        self._recent: dict[str, OrderedDict[Setting, tuple[float, Any]]] = {
            line: OrderedDict() for line in self._shared
        }
        self._states = count(1.0)

    def rerun(self, values: Mapping[str, float]) -> Known:
        """The run with every one of the assumptions set; lines not on the way are left as they were."""
        again = self._known | {name: np.array([[float(value)]]) for name, value in values.items()}
        states = {name: float(value) for name, value in values.items()}
        for line in self._lines:
            if line in self._shared:
                setting = tuple(states[part] for part in self._parts[line])
                states[line], again[line] = self._recalled(line, setting, again)
            else:
                states[line], again[line] = next(self._states), computed(line, again)
        return again

    def _recalled(self, line: str, setting: Setting, again: Known) -> tuple[float, Any]:
        """The state of a line and its values, computed only where its parts are in no state that is remembered."""
        recent = self._recent[line]
        found = recent.pop(setting, None)
        if found is None:
            values = computed(line, again)
            found = next((item for item in recent.values() if _same(item[1], values)), (next(self._states), values))
        recent[setting] = found
        if len(recent) > _REMEMBERED:
            recent.popitem(last=False)
        return found


def _same(one: Any, other: Any) -> bool:
    """Whether two arrays are the same; most are not, which their last values tell."""
    ends = np.ravel(one)[-1] == np.ravel(other)[-1]
    return bool(ends) and np.array_equal(one, other)
