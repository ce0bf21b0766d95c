"""Writes formula trees out, in any notation: which signs and words a language has is data, how they nest is here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from model.formula import Constant, Expression, Name, Operation

LOOSEST = 0
_LONGEST_DENOMINATOR = 1000


@dataclass(frozen=True)
class Token:
    """A piece of a formula as written: an operator or words, or a quantity where `name` is set."""

    text: str
    name: str | None = None


@dataclass(frozen=True)
class Operator:
    """An operator's symbol, how strongly it binds, and how strongly what stands left and right of it must bind.

    What binds less strongly than its place demands is put in brackets.
    """

    symbol: str
    strength: int
    left: int
    right: int


@dataclass(frozen=True)
class Notation:
    """What a language has for NumPy's and the model's own functions, by their names.

    `functions` hold the texts before, between and after the operands; `minus` is the sign of a number, `word` writes
    a word that stands in a formula, `number` a number that is given in digits with a decimal point.
    """

    operators: Mapping[str, Operator]
    minus: Operator
    functions: Mapping[str, tuple[str, ...]]
    word: Callable[[str], str]
    number: Callable[[str], str] = str


@dataclass(frozen=True)
class Writer:
    """Writes in a notation; `quantity` writes a name, `special` what the notation has no pattern for, else None."""

    notation: Notation
    quantity: Callable[[Name], Token]
    special: Callable[[Operation], list[Token] | None] = lambda _: None

    def write(self, node: Expression, around: int = LOOSEST) -> list[Token]:
        """The tokens of a node, in brackets where its place demands it."""
        if isinstance(node, Name):
            return [self.quantity(node)]
        if isinstance(node, Constant):
            return [self._constant(node.value, around)]
        assert isinstance(node, Operation)
        special = self.special(node)
        if special is not None:
            return special
        if node.function in self.notation.operators:
            return self._infix(node, around)
        if node.function == "negative":
            minus = self.notation.minus
            signed = [Token(minus.symbol), *self.write(node.operands[0], minus.right)]
            return _bracketed(signed, around > minus.strength)
        return self._called(node, around)

    def _infix(self, node: Operation, around: int) -> list[Token]:
        operator, (left, right) = self.notation.operators[node.function], node.operands
        written = [*self.write(left, operator.left), Token(operator.symbol), *self.write(right, operator.right)]
        return _bracketed(written, around > operator.strength)

    def _called(self, node: Operation, around: int) -> list[Token]:
        pieces = self.notation.functions[node.function]
        tokens = [Token(pieces[0])]
        for operand, piece in zip(node.operands, pieces[1:], strict=False):
            tokens += [*self.write(operand), Token(piece)]
        enclosed = pieces[0].endswith("(") and pieces[-1].endswith(")")
        return _bracketed(tokens, not enclosed and around > LOOSEST)

    def _constant(self, value: float | str, around: int) -> Token:
        """A constant as its author wrote it: a word, a short decimal, or a fraction such as 1/12."""
        if isinstance(value, str):
            return Token(self.notation.word(value))
        number, divided = float(value), self.notation.operators["divide"]
        fraction = Fraction(number).limit_denominator(_LONGEST_DENOMINATOR)
        short, loosely = f"{number:g}", number < 0 and around > LOOSEST
        if float(short) != number:
            short = repr(number)
            if float(fraction) == number:
                short = f"{fraction.numerator}{divided.symbol}{fraction.denominator}"
                loosely = around > divided.strength
        return Token(f"({self.notation.number(short)})" if loosely else self.notation.number(short))


def _bracketed(tokens: list[Token], needed: bool) -> list[Token]:
    return [Token("("), *tokens, Token(")")] if needed else tokens


def plain_text(tokens: tuple[Token, ...] | list[Token]) -> str:
    """The tokens as one line of text."""
    return "".join(token.text for token in tokens)
