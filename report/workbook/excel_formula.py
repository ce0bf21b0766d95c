"""A formula tree of the model, written as an Excel formula.

Each NumPy function and each of the model's own functions of a whole series is mapped to Excel once, here; what
has no counterpart is refused by name. The order of operations is kept exactly, so that results agree to the last
few digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.formula import Constant, Expression, Name, Operation
from model.notation import LOOSEST, Notation, Operator, Token, Writer, plain_text
from model.reading.texts import as_shown
from report.workbook.book import in_row


def text(words: str) -> str:
    """Words as a text constant of a formula."""
    return '"' + as_shown(words).replace('"', '""') + '"'


# In Excel the minus sign of a number binds more tightly than a power.
_EXCEL = Notation(
    operators={
        "equal": Operator("=", 0, 0, 1), "less_equal": Operator("<=", 0, 0, 1), "less": Operator("<", 0, 0, 1),
        "greater": Operator(">", 0, 0, 1), "greater_equal": Operator(">=", 0, 0, 1),
        "add": Operator("+", 1, 1, 2), "subtract": Operator("-", 1, 1, 2),
        "multiply": Operator("*", 2, 2, 3), "divide": Operator("/", 2, 2, 3), "power": Operator("^", 3, 5, 4),
    },
    minus=Operator("-", 4, 5, 5),
    functions={
        "exp": ("EXP(", ")"), "log": ("LN(", ")"), "sqrt": ("SQRT(", ")"), "absolute": ("ABS(", ")"),
        "minimum": ("MIN(", ",", ")"), "maximum": ("MAX(", ",", ")"), "where": ("IF(", ",", ",", ")"),
        "annuity_factor": ("PV(", ",", ",-1)"),
    },
    word=text,
)  # fmt: skip
# What the months of the horizon are made one number by; all others are zero.
_OVER_MONTHS = {"total": ("SUMPRODUCT(", ")"), "highest": ("SUMPRODUCT(MAX(0,", "))")}
# Excel takes these over all cells of an array, or not cell by cell: they cannot stand inside a sum over months.
NOT_CELL_BY_CELL = frozenset({"minimum", "maximum", "where", "ratio"})


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
    return _written(node, places, series=False)


def _written(node: Expression, places: Places, *, series: bool, around: int = LOOSEST) -> str:
    """The formula with one set of places; `series` is on inside a sum over months."""
    find = places.series if series else places.cell

    def special(inner: Operation) -> list[Token] | None:
        if series and inner.function in NOT_CELL_BY_CELL:
            raise NotInExcel(f"'{inner.function}' cannot stand inside a sum over months; give it a line of its own")
        if inner.function == "ratio":
            return writer.write(_guarded(*inner.operands))
        if inner.function in _OVER_MONTHS:
            factor = _EXCEL.operators["multiply"].right
            months = _written(inner.operands[0], places, series=True, around=factor)
            before, after = _OVER_MONTHS[inner.function]
            return [Token(f"{before}{places.in_horizon}*{months}{after}")]
        known = inner.function in _EXCEL.functions or inner.function in _EXCEL.operators
        return None if known or inner.function == "negative" else [Token(_of_a_line(inner, places))]

    writer = Writer(_EXCEL, lambda name: Token(find(name.name)), special)
    return plain_text(writer.write(node, around))


def _guarded(numerator: Expression, denominator: Expression, otherwise: Expression) -> Expression:
    """The quotient, or what stands in for it where the denominator is zero."""
    nothing = Operation("equal", (denominator, Constant(0)))
    return Operation("where", (nothing, otherwise, Operation("divide", (numerator, denominator))))


def _of_a_line(node: Operation, places: Places) -> str:
    """A function of the whole series of one line."""
    operand = node.operands[0]
    if not isinstance(operand, Name):
        raise NotInExcel(f"'{node.function}' is taken of a line only; give its operand a line of its own")
    if node.function in ("irr_each", "sign_changes"):
        return places.helper(node.function, operand.name)
    series = places.series(operand.name)
    if node.function == "last":
        return in_row(series, places.horizon)
    if node.function == "min":
        # Months beyond the horizon are lifted out of the way; not all programs take a range that ends at INDEX(…).
        return f"SUMPRODUCT(MIN({series}+10^300*(1-{places.in_horizon})))"
    if node.function == "payback_each":
        return f"SUMPRODUCT(MAX({places.in_horizon}*({series}<0)*({places.months}+1)))"
    raise NotInExcel(f"'{node.function}' has no Excel formula yet; add it to report/workbook/excel_formula.py")
