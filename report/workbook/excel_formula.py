"""A formula tree of the model, written as an Excel formula.

Each NumPy function and each of the model's own functions of a whole series is mapped to Excel once, here; what
has no counterpart is refused by name. The order of operations is kept exactly, so that results agree to the last
few digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from model.formula import Constant, Expression, Name, Operation

# Operators with their strength in Excel, where the minus sign of a number binds more tightly than a power.
_INFIX: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "equal": ("=", 0), "less_equal": ("<=", 0), "less": ("<", 0),
        "greater": (">", 0), "greater_equal": (">=", 0),
        "add": ("+", 1), "subtract": ("-", 1), "multiply": ("*", 2), "divide": ("/", 2), "power": ("^", 3),
    }
)  # fmt: skip
_NEGATIVE = 4
_TIGHTEST = 5
_LOOSEST = 0

_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {"exp": "EXP", "log": "LN", "sqrt": "SQRT", "absolute": "ABS", "minimum": "MIN", "maximum": "MAX", "where": "IF"}
)
# Excel takes these over all cells of an array, or not cell by cell: they cannot stand inside a sum over months.
_NOT_CELL_BY_CELL = frozenset({"minimum", "maximum", "where", "ratio"})
_LONGEST_DENOMINATOR = 1000


class NotInExcel(TypeError):
    """A formula that cannot be written in Excel; the message names what is in the way."""


def _nowhere(*names: str) -> str:
    raise NotInExcel(f"{' of '.join(names)} has no place in this formula")


@dataclass(frozen=True)
class Places:
    """Where quantities stand in the workbook.

    `cell` gives the one cell of a quantity (for a line, that of the month at hand), `series` the cells of all
    months of a line, `helper` the cell with the result of a function that Excel lacks over a line.
    `in_horizon` are the flags of all months, `months` their numbers, `horizon` the number of months that count.
    """

    cell: Callable[[str], str]
    series: Callable[[str], str] = _nowhere
    helper: Callable[[str, str], str] = _nowhere
    in_horizon: str = ""
    months: str = ""
    horizon: str = ""


def excel(node: Expression, places: Places) -> str:
    """The formula without its leading equals sign. Raises NotInExcel."""
    return _Writer(places).write(node)


def text(words: str) -> str:
    """Words as a text constant of a formula."""
    return '"' + words.replace('"', '""') + '"'


class _Writer:
    """Writes trees with one set of places; `series` is on inside a sum over months."""

    def __init__(self, places: Places, *, series: bool = False) -> None:
        self._places = places
        self._series = series

    def write(self, node: Expression, around: int = _LOOSEST) -> str:
        """The node as text; in brackets where what is around it binds more tightly."""
        if isinstance(node, Name):
            return self._places.series(node.name) if self._series else self._places.cell(node.name)
        if isinstance(node, Constant):
            return _constant(node.value, around)
        assert isinstance(node, Operation)
        if node.function in _INFIX:
            return self._infix(node, around)
        if node.function == "negative":
            return _bracketed("-" + self.write(node.operands[0], _TIGHTEST), around > _NEGATIVE)
        if self._series and node.function in _NOT_CELL_BY_CELL:
            raise NotInExcel(f"'{node.function}' cannot stand inside a sum over months; give it a line of its own")
        return self._call(node)

    def _infix(self, node: Operation, around: int) -> str:
        symbol, strength = _INFIX[node.function]
        left, right = node.operands
        tighter_left = _TIGHTEST if node.function == "power" else strength
        written = self.write(left, tighter_left) + symbol + self.write(right, strength + 1)
        return _bracketed(written, around > strength)

    def _call(self, node: Operation) -> str:
        if node.function in _FUNCTIONS:
            return f"{_FUNCTIONS[node.function]}({','.join(self.write(item) for item in node.operands)})"
        if node.function == "ratio":
            numerator, denominator, otherwise = node.operands
            tight = _INFIX["divide"][1]
            quotient = f"{self.write(numerator, tight)}/{self.write(denominator, tight + 1)}"
            return f"IF({self.write(denominator)}=0,{self.write(otherwise)},{quotient})"
        if node.function == "total":
            inside = _Writer(self._places, series=True).write(node.operands[0], _INFIX["multiply"][1] + 1)
            return f"SUMPRODUCT({self._places.in_horizon}*{inside})"
        return self._of_a_line(node)

    def _of_a_line(self, node: Operation) -> str:
        """A function of the whole series of one line."""
        operand = node.operands[0]
        if not isinstance(operand, Name):
            raise NotInExcel(f"'{node.function}' is taken of a line only; give its operand a line of its own")
        if node.function in ("irr_each", "sign_changes"):
            return self._places.helper(node.function, operand.name)
        series, places = self._places.series(operand.name), self._places
        if node.function == "last":
            return f"INDEX({series},{places.horizon})"
        if node.function == "min":
            return f"MIN({series.partition(':')[0]}:INDEX({series},{places.horizon}))"
        if node.function == "payback_each":
            return f"SUMPRODUCT(MAX({places.in_horizon}*({series}<0)*({places.months}+1)))"
        raise NotInExcel(f"'{node.function}' has no Excel formula yet; add it to report/workbook/excel_formula.py")


def _bracketed(written: str, needed: bool) -> str:
    return f"({written})" if needed else written


def _constant(value: float | str, around: int) -> str:
    """A constant as its author wrote it: a word, a short decimal, or a fraction such as 1/12."""
    if isinstance(value, str):
        return text(value)
    number = float(value)
    if float(f"{number:g}") == number:
        return _bracketed(f"{number:g}", number < 0 and around > _LOOSEST)
    fraction = Fraction(number).limit_denominator(_LONGEST_DENOMINATOR)
    exact = float(fraction) == number
    return f"({fraction.numerator}/{fraction.denominator})" if exact else _bracketed(repr(number), number < 0)
