"""What can be observed: a belief, a line in some months, or the difference that a test makes in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS
from model.formula import Array
from model.lines import LINES
from model.projection import Known, lines_behind, run
from model.reading.faults import Fault, nearest
from model.scenario import Scenario

# What is changed in the model: assumptions or lines by name. A word names the assumption whose value is taken, or is
# itself that of a choice; a tuple has a line's value for each month.
Changes = tuple[tuple[str, float | str | tuple[float, ...]], ...]


@dataclass(frozen=True)
class Quantity:
    """A quantity of the model that can be observed; its values come from the lines, never from a formula of its own.

    `name` is an assumption or a line, `months` the first and the last month, from 1, over which a line is averaged.
    `arm` is what is changed in the model while it is observed, `beside` what it is then compared with: the quantity
    is the difference of the two, or the value itself where `beside` is None. `per` are lines, averaged over the same
    months, and assumptions that it is divided by.
    """

    name: str
    months: tuple[int, int] | None = None
    arm: Changes = ()
    beside: Changes | None = None
    per: tuple[str, ...] = ()

    @property
    def lines(self) -> frozenset[str]:
        """The lines it is read from."""
        return frozenset({self.name, *self.per} & LINES.keys())

    @property
    def assumptions(self) -> frozenset[str]:
        """The assumptions that it may depend on."""
        return _behind(self)

    def faults(self, scenario: Scenario) -> list[Fault]:
        """What keeps it from being observed in a scenario."""
        known = {*ASSUMPTIONS, *LINES}
        if self.name not in known:
            return [Fault(self.name, f"is neither an assumption nor a line{nearest(self.name, known)}")]
        if self.name in ASSUMPTIONS and not ASSUMPTIONS[self.name].can_be_uncertain:
            return [Fault(self.name, "is chosen, not observed; name a belief, an own figure or a line")]
        if self.name in ASSUMPTIONS:
            return []
        last = 12 * scenario.horizon_years
        if self.months is None or not 1 <= self.months[0] <= self.months[1] <= last:
            return [Fault(self.name, f"needs a month within 1 … {last}, the months of the plan")]
        return []

    def read(self, known: Known) -> Array:
        """Its value in each draw of one run, shape `(S or 1,)`."""
        value = self._mean(known, self.name)
        for name in self.per:
            value = value / self._mean(known, name)
        return value

    def _mean(self, known: Known, name: str) -> Array:
        if name not in LINES or self.months is None:
            return np.asarray(known[name], dtype=float)[:, 0]
        first, last = self.months
        # A line that has one value has it in every month.
        series = known[name] if known[name].shape[1] > 1 else np.broadcast_to(known[name], (len(known[name]), last))
        return np.asarray(series[:, first - 1 : last].mean(axis=1))


def values_of(quantities: Iterable[Quantity], inputs: Mapping[str, Any]) -> dict[Quantity, Array]:
    """Quantities in each draw, shape `(S,)` each; what is changed alike is run once.

    `inputs` are those of `model.projection.inputs_of`, with assumptions `(S, 1)` where they are drawn.
    """
    asked = tuple(quantities)
    arms = {changes for item in asked for changes in (item.arm, item.beside) if changes is not None}
    runs = {changes: _run(inputs, changes, [item for item in asked if changes in (item.arm, item.beside)])
            for changes in arms}  # fmt: skip
    rows = max((np.shape(item)[0] for item in inputs.values() if np.ndim(item) == 2), default=1)
    found = {}
    for item in asked:
        value = item.read(runs[item.arm])
        if item.beside is not None:
            value = value - item.read(runs[item.beside])
        found[item] = np.broadcast_to(value, (rows,))
    return found


def _run(inputs: Mapping[str, Any], changes: Changes, asked: list[Quantity]) -> Known:
    """The lines that quantities are read from, up to the last month that counts for any, with the changes."""
    last = max((item.months[1] for item in asked if item.months), default=1)
    known = {name: _until(value, last) for name, value in inputs.items()}
    given = {name: _until(taken, last) for name, taken in changed(inputs, changes).items()}
    needed = lines_behind(frozenset(), frozenset[str]().union(*(item.lines for item in asked)))
    return run(known | given, (name for name in needed if name not in given))


def changed(inputs: Mapping[str, Any], changes: Changes) -> Known:
    """What changes make of assumptions and lines, as arrays `(S or 1, T or 1)`."""
    taken: Known = {}
    for name, value in changes:
        if name in ASSUMPTIONS and ASSUMPTIONS[name].choices:
            taken[name] = value
        else:
            taken[name] = np.atleast_2d(np.asarray(inputs[value] if isinstance(value, str) else value, dtype=float))
    return taken


def _until(value: Any, last: int) -> Any:
    """A given series up to a month; assumptions as they are."""
    return value[:, :last] if np.ndim(value) == 2 and value.shape[1] > 1 else value


@cache
def _behind(quantity: Quantity) -> frozenset[str]:
    given = {name for name, _ in quantity.arm} & {name for name, _ in quantity.beside or quantity.arm}
    lines = lines_behind(frozenset(), quantity.lines)
    parts = {quantity.name, *quantity.per}.union(*(LINES[name].precedents for name in lines if name not in given))
    words = {value for _, value in (*quantity.arm, *(quantity.beside or ())) if isinstance(value, str)}
    return frozenset(((parts - given) | words) & ASSUMPTIONS.keys())


def belief(name: str) -> Quantity:
    """A belief or an own figure itself."""
    return Quantity(name)
