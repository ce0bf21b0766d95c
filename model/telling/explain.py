"""Where a number comes from: its formula in words, the same with its numbers, and its precedents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np

from model.assumptions import ASSUMPTIONS, Assumption
from model.finance import annuity_factor, irr_each, payback_each, sign_changes
from model.formula import Constant, Expression, Formula, Name, Operation, highest, last, ratio, total
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, LISTED, METRICS
from model.notation import Notation, Operator, Token, Writer, plain_text
from model.projection import Projection, given_series
from model.reading.faults import nearest
from model.sheet import GIVEN, Line
from model.telling.basis import basis, default_text
from model.units import MONTH, RATE, RATIO, Format, Style, Unit


@dataclass(frozen=True)
class Precedent:
    """A quantity that another is computed from."""

    name: str
    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Explanation:
    """Everything a person asks of a number.

    `words` and `numbers` are the formula twice, empty for inputs; `value` is the result as text; `facts` are
    further lines (evidence of an input, opening of a line, why a metric is undefined).
    """

    name: str
    label: str
    meaning: str
    value: str
    words: tuple[Token, ...]
    numbers: tuple[Token, ...]
    precedents: tuple[Precedent, ...]
    facts: tuple[str, ...]


def label_of(name: str) -> str:
    """The label of any quantity. Raises KeyError with the nearest name for an unknown one."""
    return str(_declaration(name).label)


def unit_of(name: str) -> Unit:
    """The unit of any quantity. Raises KeyError as `label_of` does."""
    unit: Unit = _declaration(name).unit
    return unit


def explainable() -> tuple[str, ...]:
    """Every metric and line, the metrics first."""
    return (*LISTED, *LINES)


def formula_in_words(name: str, text: Format) -> tuple[Token, ...]:
    """The formula of a line or metric with the labels of its precedents; empty for what has none."""
    return _words(_declaration(name), text)


def formula_in_names(name: str) -> str:
    """The formula of a line or metric with public names, as in the files; empty for what has none."""
    declaration = _declaration(name)
    if not isinstance(declaration, Formula):
        return ""
    return plain_text(Writer(_WORDS, lambda node: Token(node.name, node.name)).write(declaration.expression))


def explain(projection: Projection, name: str, month: int) -> Explanation:
    """Explain a metric, line, assumption or given series; `month` (1 …) matters for lines and series only.

    Raises KeyError for an unknown name and ValueError for a month outside the horizon.
    """
    if not 1 <= month <= projection.months:
        raise ValueError(f"month must lie within 1 … {projection.months}, not {month}")
    declaration = _declaration(name)
    known = _known(projection, month, whole=name in METRICS)
    known["previous"] = _month_before(projection, declaration, month)
    return Explanation(
        name=name,
        label=declaration.label,
        meaning=projection.scenario.format.localised(_meaning(declaration)),
        value=value_text(projection, name, month),
        words=_words(declaration, projection.scenario.format),
        numbers=_numbers(projection, declaration, known),
        precedents=tuple(_precedent(projection, item, month) for item in _precedents(declaration)),
        facts=_facts(projection, declaration),
    )


_Declaration = Any  # an Assumption, Given, Formula or Counterfactual: all have name and label


def _declaration(name: str) -> _Declaration:
    for register in (LINES, METRICS, ASSUMPTIONS, GIVEN, COUNTERFACTUALS):
        if name in register:
            return register[name]
    everything = [*LINES, *METRICS, *ASSUMPTIONS, *GIVEN, *COUNTERFACTUALS]
    raise KeyError(f"'{name}' is no quantity of the model{nearest(name, everything)}")


def _meaning(declaration: _Declaration) -> str:
    if isinstance(declaration, Assumption):
        return declaration.help
    if declaration.name in COUNTERFACTUALS:
        return "The net present value of the same scenario, projected once more with these changes."
    return str(declaration.meaning)


def _precedents(declaration: _Declaration) -> tuple[str, ...]:
    return declaration.precedents if isinstance(declaration, Formula) else ()


def _words(declaration: _Declaration, text: Format) -> tuple[Token, ...]:
    if not isinstance(declaration, Formula):
        return ()

    def leaf(node: Name) -> Token:
        if node.name == "previous":
            return Token(f"{declaration.label}, month before", declaration.name)
        return Token(label_of(node.name), node.name)

    return tuple(Writer(_notation(text), leaf).write(declaration.expression))


def _numbers(projection: Projection, declaration: _Declaration, known: Mapping[str, Any]) -> tuple[Token, ...]:
    if not isinstance(declaration, Formula) or projection.metrics.get(declaration.name, 0) is None:
        return ()

    def leaf(node: Name) -> Token:
        own = declaration.name if node.name == "previous" else node.name
        unit = getattr(_declaration(own), "unit", METRICS["npv"].unit)
        return Token(_formula_text(projection, known[node.name], unit), own)

    writer = Writer(_notation(projection.scenario.format), leaf, _reduced(projection, known))
    return tuple(writer.write(_shortened(declaration.expression, known)))


def _formula_text(projection: Projection, value: Any, unit: Unit) -> str:
    scalar = value if isinstance(value, str) else float(np.asarray(value).item())
    text = projection.scenario.format
    if unit.style is Style.SWITCH:
        return f"{scalar:g}"
    return text.exact(scalar, unit) if unit.style is Style.MONEY else text.plain(scalar, unit)


def _known(projection: Projection, month: int, *, whole: bool) -> dict[str, Any]:
    """Every quantity's value in a month; for metrics whole series, as their formulas add months up."""
    values: dict[str, Any] = dict(projection.scenario.values)
    series = {name: array[0] for name, array in given_series(projection.scenario).items()} | dict(projection.lines)
    for name, array in series.items():
        values[name] = array[np.newaxis] if whole else float(array[month - 1])
    return {**values, **projection.metrics, **projection.counterfactuals}


def _month_before(projection: Projection, declaration: _Declaration, month: int) -> float:
    if not isinstance(declaration, Line) or declaration.opening is None:
        return np.nan
    return float(projection.lines[declaration.name][month - 2]) if month > 1 else declaration.opening


def value_of(projection: Projection, name: str, month: int) -> tuple[Any, Unit]:
    """The value of any quantity and its unit; `month` (1 …) matters for lines and series only."""
    if name in ASSUMPTIONS:
        return projection.scenario.values[name], ASSUMPTIONS[name].unit
    if name in LINES:
        return float(projection.lines[name][month - 1]), LINES[name].unit
    if name in GIVEN:
        return float(given_series(projection.scenario)[name][0][month - 1]), GIVEN[name].unit
    unit = METRICS[name].unit if name in METRICS else METRICS["npv"].unit
    return {**projection.metrics, **projection.counterfactuals}[name], unit


def value_text(projection: Projection, name: str, month: int) -> str:
    """The value of any quantity as text: inputs as they were typed, results with their unit's decimals."""
    text = projection.scenario.format
    write = text.plain if name in ASSUMPTIONS or name in GIVEN else text.exact
    return write(*value_of(projection, name, month))


def _precedent(projection: Projection, name: str, month: int) -> Precedent:
    declaration = _declaration(name)
    note = ""
    if isinstance(declaration, Assumption) and declaration.grade:
        note = f"grade {declaration.grade_text}"
    elif name in LINES:
        note = f"month {month}"
    return Precedent(name, declaration.label, value_text(projection, name, month), note)


def _facts(projection: Projection, declaration: _Declaration) -> tuple[str, ...]:
    if isinstance(declaration, Assumption):
        return _assumption_facts(projection, declaration)
    if isinstance(declaration, Line) and declaration.opening is not None:
        opening = projection.scenario.format.plain(declaration.opening, declaration.unit)
        return (f"At month 0 it is {opening}.",)
    if declaration.name in COUNTERFACTUALS:
        changes = COUNTERFACTUALS[declaration.name].changes
        text = projection.scenario.format
        return tuple(f"{label_of(n)}: {text.plain(v, ASSUMPTIONS[n].unit)}" for n, v in changes.items())
    reason = projection.undefined.get(declaration.name)
    return (f"Undefined: {reason}.",) if reason else ()


def _assumption_facts(projection: Projection, assumption: Assumption) -> tuple[str, ...]:
    text, unit = projection.scenario.format, assumption.unit
    facts = [f"Default {default_text(projection.scenario, assumption)}; it is {assumption.kind.with_article}."]
    if assumption.bounds:
        low, high = (text.plain(bound, unit) for bound in assumption.bounds)
        facts.append(f"Bounds {low} … {high}.")
    if assumption.choices:
        facts.append("Choices: " + ", ".join(choice.replace("_", " ") for choice in assumption.choices) + ".")
    if assumption.range:
        low, high = (text.plain(end, unit) for end in (assumption.range.low, assumption.range.high))
        facts.append(f"Plausible range {low} to {high}.")
    grade, source = basis(projection.scenario, assumption)
    facts += [f"Evidence grade: {grade}."] if grade else []
    facts += [f"Source: {source}."] if source else []
    note = projection.scenario.notes.get(assumption.name)
    return (*facts, f"Note: {note}") if note else tuple(facts)


# Formulas in words

_WORDS = Notation(
    operators={
        "equal": Operator(" is ", 0, 0, 0), "less_equal": Operator(" ≤ ", 0, 0, 0),
        "less": Operator(" < ", 0, 0, 0), "greater": Operator(" > ", 0, 0, 0),
        "add": Operator(" + ", 1, 1, 1), "subtract": Operator(" − ", 1, 1, 2),
        "multiply": Operator(" × ", 2, 2, 2), "divide": Operator(" ÷ ", 2, 2, 3), "power": Operator(" ^ ", 4, 5, 5),
    },
    minus=Operator("−", 3, 3, 3),
    functions={
        "minimum": ("the smaller of ", " and ", ""),
        "maximum": ("the larger of ", " and ", ""),
        "exp": ("e^(", ")"),
        "where": ("if ", ": ", "; otherwise: ", ""),
        "total": ("sum over all months of (", ")"),
        "last": ("last month of ", ""),
        "min": ("lowest month of ", ""),
        "highest": ("highest month of (", "), 0 at least"),
        "ratio": ("(", ") ÷ (", "), or if that is 0: ", ""),
        "payback_each": ("first month from which ", " stays at or above 0"),
        "irr_each": ("monthly rate that brings to zero the value of ", ""),
        "sign_changes": ("number of sign changes of ", ""),
        "annuity_factor": ("value of 1 a month, discounted at ", " a month, over ", " months"),
    },
    word=lambda word: word.replace("_", " "),
)  # fmt: skip


def _notation(text: Format) -> Notation:
    """Words, and numbers as the locale writes them."""
    return replace(_WORDS, number=text.localised)


# Functions of a whole series that give one number, and its unit where that is not the series' own.
_REDUCING: Mapping[str, Unit | None] = MappingProxyType(
    {"total": None, "last": None, "min": None, "highest": None, "payback_each": MONTH, "irr_each": RATE}
)
_OWN_FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {f.__name__: f for f in (total, last, highest, ratio, payback_each, irr_each, sign_changes, annuity_factor)}
)


def evaluate(node: Expression, known: Mapping[str, Any]) -> Any:
    """The value of a formula tree, from a mapping that holds every name in it."""
    if isinstance(node, Name):
        return known[node.name]
    if isinstance(node, Constant):
        return node.value
    assert isinstance(node, Operation)
    if node.function == "min":
        return np.min(evaluate(node.operands[0], known), axis=-1, keepdims=True)
    function = _OWN_FUNCTIONS.get(node.function) or getattr(np, node.function)
    return function(*(evaluate(item, known) for item in node.operands))


def _shortened(node: Expression, known: Mapping[str, Any]) -> Expression:
    """The tree with each choice replaced by the branch that is taken."""
    if not isinstance(node, Operation):
        return node
    if node.function == "where":
        condition, yes, no = node.operands
        return _shortened(yes if np.all(evaluate(condition, known)) else no, known)
    return Operation(node.function, tuple(_shortened(item, known) for item in node.operands))


def _reduced(projection: Projection, known: Mapping[str, Any]) -> Callable[[Operation], list[Token] | None]:
    """What a function of a whole series comes to, in place of its formula."""

    def write(node: Operation) -> list[Token] | None:
        if node.function not in _REDUCING:
            return None
        names = [item.name for item in node.walk() if isinstance(item, Name)]
        own = LINES[names[0]].unit if names and names[0] in LINES else RATIO
        unit = _REDUCING[node.function] or own
        return [Token(_formula_text(projection, evaluate(node, known), unit))]

    return write
