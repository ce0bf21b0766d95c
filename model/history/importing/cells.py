"""Cells as numbers, in the marks of one file; words of events as columns of zeros and ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.formula import Array
from model.reading.numerals import PLAIN, NotANumber, Numerals
from model.reading.texts import alike

# Signs and codes of money that may stand beside a number.
_UNITS = ("€", "$", "£", "kr", "dkk", "sek", "nok", "eur", "usd", "gbp", "chf")
_POINT = Numerals(".", ",", "#,##0", PLAIN.powers)
_COMMA = Numerals(",", ".", "#,##0", PLAIN.powers)
# What stands in a cell of which nothing is known, or where nothing happened.
_NOTHING = frozenset({"", "-", "–", "na", "n/a", "nan", "null", "none", "no", "#n/a"})
# Words of events that are told apart; more are rather a description of each period.
MOST_WORDS = 12
_LOOKED_AT = 2_000
# More than any amount of money in a period.
_MOST = 1e15


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing, in one of the usual ways."""
    return alike(cell) in _NOTHING


@dataclass(frozen=True)
class Marks:
    """How a file writes numbers: with a decimal comma, or a decimal point."""

    comma: bool

    @property
    def words(self) -> str:
        """As a person calls it."""
        return "decimal comma" if self.comma else "decimal point"

    def number(self, cell: str) -> float | None:
        """The number of a cell, None where it is none."""
        return _number(cell, self.comma)


@lru_cache(maxsize=65_536)
def _number(cell: str, comma: bool) -> float | None:
    try:
        number = float((_COMMA if comma else _POINT).read(cell, _UNITS).value)
    except (NotANumber, ArithmeticError):
        return None
    return number if abs(number) <= _MOST else None


def marks_of(cells: Sequence[str], separator: str) -> Marks:
    """The marks that read most of the cells; where both read all, a comma is decimal where semicolons separate."""
    filled = [cell for cell in cells if not is_blank(cell)][:_LOOKED_AT]
    point, comma = (sum(Marks(mark).number(cell) is not None for cell in filled) for mark in (False, True))
    return Marks(separator == ";" if point == comma else comma > point)


def indicators(cells: Sequence[str]) -> Mapping[str, Array]:
    """A column of zeros and ones for each word but blanks, by the word; none where there are too many words."""
    words = Counter(cell for cell in cells if not is_blank(cell))
    if len(words) > MOST_WORDS:
        return {}
    return {word: np.array([float(cell == word) for cell in cells]) for word in sorted(words)}
