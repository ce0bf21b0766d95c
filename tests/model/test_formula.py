"""Formulas as data: one function, called with arrays or traced to a tree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import units as u
from model.formula import Constant, Formula, Name, Operation, given_sum, last, ratio, total
from model.telling.explain import evaluate


def formula(function):
    """The function as a formula without meaning of its own."""
    return Formula("f", "F", u.RATIO, function)


def names_of(expression):
    """The names in a tree, left to right."""
    return [node.name for node in expression.walk() if isinstance(node, Name)]


def test_operators_and_functions_become_nodes_in_their_order():
    tree = formula(lambda a, b: 1 - np.exp(-a / b)).expression
    assert isinstance(tree, Operation)
    assert tree.function == "subtract"
    one, exponential = tree.operands
    assert isinstance(one, Constant)
    assert one.value == 1
    assert isinstance(exponential, Operation)
    assert exponential.function == "exp"
    assert names_of(tree) == ["a", "b"]


def test_a_choice_by_word_becomes_a_node():
    tree = formula(lambda shape, x: np.where(shape == "s_curve", x**2, x)).expression
    assert tree.function == "where"
    assert tree.operands[0].function == "equal"
    assert tree.operands[0].operands[1].value == "s_curve"


FORMULAS = [
    lambda a, b: a * (b - a) / 2,
    lambda a, b: 2 - a - (b - 1),
    lambda a, b: (1 + a) ** (b / 12),
    lambda a, b: -a * np.exp(-b) + np.minimum(1, a),
    lambda a, b: np.where(a <= b, a, np.maximum(b, 0.5)),
    lambda a, b: 1 * (a <= 12 * b),
    lambda a, b: ratio(a - b, b - a, 1),
    lambda a, b: total(a * b) / last(a),
]


@given(st.integers(0, len(FORMULAS) - 1), st.lists(st.floats(0.01, 10), min_size=2, max_size=6))
def test_the_tree_gives_what_the_function_gives(which, numbers):
    a, b = np.array([numbers]), np.array([numbers[::-1]])
    item = formula(FORMULAS[which])
    direct = item.compute({"a": a, "b": b, "more": 1})
    assert np.array_equal(evaluate(item.expression, {"a": a, "b": b}), direct)


def test_the_signature_names_the_precedents():
    item = formula(lambda previous, weight, flow: previous + weight * flow)
    assert item.parameters == ("previous", "weight", "flow")
    assert item.precedents == ("weight", "flow")
    assert names_of(item.expression) == ["previous", "weight", "flow"]


def test_the_docstring_is_the_meaning():
    def doubled(a):
        """Twice of it.

        More about it.
        """
        return 2 * a

    assert formula(doubled).meaning == "Twice of it.\n\nMore about it."
    assert formula(lambda a: a).meaning == ""


def test_a_formula_that_is_given_a_sum_asks_for_its_parts():
    @given_sum(cost=("fee", "pay", "rent"))
    def share_of_cost(share, cost):
        """A part of all costs."""
        return share * cost

    item = formula(share_of_cost)
    assert item.precedents == ("share", "fee", "pay", "rent")
    assert item.meaning == "A part of all costs."
    assert item.compute({"share": 0.5, "fee": 1.0, "pay": 2.0, "rent": 3.0}) == 3.0
    assert names_of(item.expression) == ["share", "fee", "pay", "rent"]


def test_what_a_tree_cannot_hold_is_refused():
    with pytest.raises(TypeError, match=r"add\.reduce"):
        np.add.reduce(Name("a"))


def test_a_formula_that_branches_on_a_value_is_refused():
    # A tree has no value yet: an `if` would silently take one branch for every number.
    with pytest.raises(TypeError):
        formula(lambda a: a if a > 1 else 2 * a).expression  # noqa: B018 - the property traces


def test_total_and_last_keep_time_as_an_axis():
    series = np.arange(12.0).reshape(3, 4)
    assert total(series).tolist() == [[6], [22], [38]]
    assert last(series).tolist() == [[3], [7], [11]]


def test_ratio():
    numerator, denominator = np.array([1.0, 0.0, -3.0, 0.0]), np.array([4.0, 0.0, 0.0, 5.0])
    assert ratio(numerator, denominator, 1).tolist() == [0.25, 1, 1, 0]
