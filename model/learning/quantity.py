"""What can be observed: a belief, a line in some months, or the difference that a test makes in a line."""

from __future__ import annotations

from collections.abc import Mapping
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

# What is changed in the model: assumptions or lines by name. A word names the assumption whose value is taken, a
# tuple has a line's value for each month.
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

    def values(self, inputs: Mapping[str, Any]) -> Array:
        """Its value in each draw, shape `(S,)`.

        `inputs` are those of `model.projection.inputs_of`, with assumptions `(S, 1)` where they are drawn.
        """
        if self.beside is None:
            return self._under(inputs, self.arm)
        return np.asarray(self._under(inputs, self.arm) - self._under(inputs, self.beside))

    def _under(self, inputs: Mapping[str, Any], changes: Changes) -> Array:
        known = self._run(inputs, changes)
        value = self._mean(known, self.name)
        for name in self.per:
            value = value / self._mean(known, name)
        rows = max((np.shape(item)[0] for item in inputs.values() if np.ndim(item) == 2), default=1)
        return np.broadcast_to(value, (rows,))

    def _run(self, inputs: Mapping[str, Any], changes: Changes) -> Known:
        """The lines it is read from, up to the last month that counts, with the changes."""
        known: Known = {name: _until(value, self.months) for name, value in inputs.items()}
        given = {name: _until(taken, self.months) for name, taken in changed(inputs, changes).items()}
        needed = lines_behind(frozenset(), self.lines)
        return run(known | given, (name for name in needed if name not in given))

    def _mean(self, known: Known, name: str) -> Array:
        if name not in LINES or self.months is None:
            return np.asarray(known[name], dtype=float)[:, 0]
        first, last = self.months
        # A line that has one value has it in every month.
        series = np.broadcast_to(known[name], (len(known[name]), last)) if known[name].shape[1] == 1 else known[name]
        return np.asarray(series[:, first - 1 : last].mean(axis=1))


def changed(inputs: Mapping[str, Any], changes: Changes) -> Known:
    """What changes make of assumptions and lines, as arrays `(S or 1, T or 1)`."""
    taken = {name: inputs[value] if isinstance(value, str) else value for name, value in changes}
    return {name: np.atleast_2d(np.asarray(value, dtype=float)) for name, value in taken.items()}


def _until(value: Any, months: tuple[int, int] | None) -> Any:
    """A given series up to the last month; assumptions as they are."""
    cut = months and np.ndim(value) == 2 and value.shape[1] > 1
    return value[:, : months[1]] if cut and months else value


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


def line_in_month(name: str, month: int) -> Quantity:
    """A line of the plan in a month, counted from 1."""
    return Quantity(name, (month, month))
