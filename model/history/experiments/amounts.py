"""The numbers of a table: in the marks of its file, and in the scale that its headings say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from model.history.importing.cells import Marks, marks_of
from model.history.importing.table import TextTable
from model.history.importing.units import Multiple, scale_above, scale_of


@dataclass(frozen=True)
class ScaledAmounts:
    """How the cells of some columns are read; those of `money` may be in thousands or millions."""

    table: TextTable
    columns: Sequence[str]
    money: frozenset[str]

    @cached_property
    def marks(self) -> Marks:
        """The marks of the file."""
        comma = self.table.grid.comma
        if comma is not None:
            return Marks(comma)
        cells = [cell for name in self.columns for cell in self.table.column(name)]
        return marks_of(cells, self.table.grid.separator)

    def factor(self, name: str) -> float:
        """What the amounts of a column are multiplied by."""
        scale = self._scale(name)
        return scale.factor if scale else 1.0

    def told(self) -> Iterator[str]:
        """What was repaired, and what was multiplied."""
        yield from self.table.told
        for name in self.columns:
            if scale := self._scale(name):
                yield f"{name} is in {scale.words}, as “{scale.source}” says: it was multiplied by that"

    def _scale(self, name: str) -> Multiple | None:
        if name not in self.money:
            return None
        return scale_of(name) or scale_above(self.table.titles)
