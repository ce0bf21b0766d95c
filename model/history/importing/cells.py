"""Cells as numbers, in the marks of one file; words of events as columns of zeros and ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.formula import Array
from model.history.importing.units import without_scale
from model.reading.numerals import NotANumber, Numerals
from model.reading.texts import alike

# Signs and codes of money that may stand beside a number.
_UNITS = ("€", "$", "£", "kr", "dkk", "sek", "nok", "eur", "usd", "gbp", "chf")
_POINT, _COMMA = Numerals(".", ",", "#,##0", {}), Numerals(",", ".", "#,##0", {})
# What stands in a cell of which nothing is known, or where nothing happened.
_NOTHING = frozenset({"", "-", "–", "na", "n/a", "nan", "null", "none", "no", "false"})
# What a spreadsheet writes where a formula has no result, in English and as it is stored.
_ERRORS = frozenset(
    {"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#getting_data"}
)
# Words of events that are told apart; more are rather a description of each period.
MOST_WORDS = 12
_LOOKED_AT = 2_000
_LONGEST_NUMBER = 100
# What is more than digits, marks and signs.
_SAYS_MORE = re.compile(r"[^\d\s.,+\-−]")
# More than any amount of money in a period.
_MOST = 1e15


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing, in one of the usual ways."""
    return len(cell) <= _LONGEST_NUMBER and (alike(cell) in _NOTHING or is_error(cell))


def is_error(cell: str) -> bool:
    """Whether a cell holds a spreadsheet's error, such as "#REF!"."""
    return cell.startswith("#") and len(cell) <= _LONGEST_NUMBER and alike(cell) in _ERRORS


def is_formula(cell: str) -> bool:
    """Whether a cell holds a formula whose value was not stored."""
    return cell.startswith("=")


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
    if len(cell) > _LONGEST_NUMBER:
        return None
    plain, factor = without_scale(cell) if _SAYS_MORE.search(cell) else (cell, 1.0)
    try:
        number = factor * float((_COMMA if comma else _POINT).read(plain, _UNITS).value)
    except (NotANumber, ArithmeticError):
        return None
    return number if abs(number) <= _MOST else None


def says_scale(cell: str) -> bool:
    """Whether a cell says by itself that it is in thousands or the like."""
    return len(cell) <= _LONGEST_NUMBER and without_scale(cell)[1] > 1


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
