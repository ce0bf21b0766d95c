"""Formulas as data: a plain Python function of named quantities, and the tree it traces to.

A line or a metric is an ordinary function. Called with arrays it computes; called with `Name`s it records
an expression tree, from which the explanation is written in words and in numbers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce, wraps
from operator import add
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

from model.units import Unit

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
P = ParamSpec("P")
R = TypeVar("R")


class Expression(NDArrayOperatorsMixin):
    """A node of a formula. NumPy's operators and functions on it give larger nodes instead of numbers."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Operation:
        if method != "__call__":
            raise TypeError(f"a formula cannot use {ufunc.__name__}.{method}")
        return Operation(ufunc.__name__, tuple(as_expression(item) for item in inputs))

    def __array_function__(self, function: Callable[..., Any], _types: Any, args: Any, _kwargs: Any) -> Operation:
        return Operation(function.__name__, tuple(as_expression(item) for item in args))

    def __bool__(self) -> bool:
        raise TypeError("a formula cannot branch on a value with `if`; use np.where")

    def parts(self) -> tuple[Expression, ...]:
        """The nodes directly below this one."""
        return ()

    def walk(self) -> Iterator[Expression]:
        """This node and all below it, left to right."""
        yield self
        for part in self.parts():
            yield from part.walk()


@dataclass(frozen=True, eq=False)
class Name(Expression):
    """A named quantity: an assumption, a line, a given series or `previous`."""

    name: str


@dataclass(frozen=True, eq=False)
class Constant(Expression):
    """A number or a word written in the formula."""

    value: float | str


@dataclass(frozen=True, eq=False)
class Operation(Expression):
    """A NumPy operator or function, by its NumPy name, applied to its operands."""

    function: str
    operands: tuple[Expression, ...]

    def parts(self) -> tuple[Expression, ...]:
        """The operands."""
        return self.operands


def as_expression(item: Any) -> Expression:
    """The item itself if it is a node, else a constant."""
    return item if isinstance(item, Expression) else Constant(item)


def inlined(node: Expression, parts: Callable[[str], Expression | None]) -> Expression:
    """The formula with others written into it: each name for which `parts` has a formula gives way to that."""
    if isinstance(node, Name):
        part = parts(node.name)
        return node if part is None else part
    if isinstance(node, Operation):
        return Operation(node.function, tuple(inlined(operand, parts) for operand in node.operands))
    return node


def traced(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function that NumPy does not know stand as one node of a tree, under its own name."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if any(isinstance(item, Expression) for item in args):
            operation: Any = Operation(function.__name__, tuple(as_expression(item) for item in args))
            return operation  # type: ignore[no-any-return]
        return function(*args, **kwargs)

    return wrapper


@traced
def total(series: Array) -> Array:
    """Sum over the months, time kept as an axis of length one."""
    summed: Array = np.sum(series, axis=-1, keepdims=True)
    return summed


@traced
def last(series: Array) -> Array:
    """Value in the last month of the horizon."""
    return series[..., -1:]


@traced
def highest(series: Array) -> Array:
    """Value of the highest month, 0 at least."""
    top: Array = np.maximum(0, np.max(series, axis=-1, keepdims=True))
    return top


@traced
def ratio(numerator: Array, denominator: Array, otherwise: float) -> Array:
    """Quotient, or `otherwise` where the denominator is zero."""
    nothing = np.equal(denominator, 0)
    quotient: Array = np.where(nothing, otherwise, numerator / np.where(nothing, 1, denominator))
    return quotient


def given_sum(**parts: Sequence[str]) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Let a formula be given a sum: in place of the parameter named so it asks for the quantities added up."""

    def declare(function: Callable[..., R]) -> Callable[..., R]:
        wanted = tuple(inspect.signature(function).parameters)
        asked = [part for name in wanted for part in parts.get(name, (name,))]

        @wraps(function)
        def wrapper(*values: Any) -> R:
            known = dict(zip(asked, values, strict=True))
            sums = {name: reduce(add, map(known.__getitem__, names)) for name, names in parts.items()}
            return function(*map((known | sums).__getitem__, wanted))

        kind = inspect.Parameter.POSITIONAL_ONLY
        wrapper.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(name, kind) for name in asked]
        )
        return wrapper

    return declare


@dataclass(frozen=True)
class Formula:
    """A quantity that is computed: its public name, label, unit and the one function that states it.

    The parameters' names are its precedents; the docstring is its meaning.
    """

    name: str
    label: str
    unit: Unit
    function: Callable[..., Any]

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names the function asks for, in its own order; `previous` is the line's own last month."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def precedents(self) -> tuple[str, ...]:
        """Names of the other quantities it is computed from."""
        return tuple(name for name in self.parameters if name != "previous")

    @cached_property
    def meaning(self) -> str:
        """The docstring: what it is, with its timing and sign."""
        return inspect.cleandoc(self.function.__doc__ or "")

    @cached_property
    def expression(self) -> Expression:
        """The formula as a tree over names."""
        return as_expression(self.function(*(Name(name) for name in self.parameters)))

    def compute(self, known: Mapping[str, Any]) -> Any:
        """The value, from a mapping that holds every parameter."""
        return self.function(*(known[name] for name in self.parameters))
