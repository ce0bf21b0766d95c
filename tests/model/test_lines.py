"""The line items: their order, their documentation, and that a formula and its tree are one."""

import numpy as np
import pytest

from model.assumptions import ASSUMPTIONS, WITHOUT_PROGRAMME
from model.lines import LINES
from model.metrics import BRIDGE, PROGRAMME_COSTS
from model.presets import PRESETS
from model.projection import inputs_of, rerun, run
from model.sheet import GIVEN, Line
from model.telling.explain import evaluate
from tests import reference
from tests.scenarios import random_scenarios, scenario_of

# The specification's lines, in its order; others may stand between them.
SPECIFIED = list(reference.project({})["lines"])


def test_every_line_of_the_specification_is_there_in_its_order():
    assert [name for name in LINES if name in SPECIFIED] == SPECIFIED


@pytest.mark.parametrize("item", LINES.values(), ids=lambda item: item.name)
def test_a_line_uses_only_what_stands_above_it(item):
    above = {*ASSUMPTIONS, *GIVEN, *list(LINES)[: list(LINES).index(item.name)]}
    assert set(item.precedents) <= above


def test_names_are_unique():
    assert not ASSUMPTIONS.keys() & LINES.keys()
    assert not GIVEN.keys() & (LINES.keys() | ASSUMPTIONS.keys())


@pytest.mark.parametrize("item", LINES.values(), ids=lambda item: item.name)
def test_a_line_is_documented(item):
    assert item.label
    assert item.unit.name
    assert item.meaning.endswith(".")
    assert len(item.meaning) > 10


def test_labels_are_unique():
    labels = [item.label for item in (*LINES.values(), *GIVEN.values())]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("item", LINES.values(), ids=lambda item: item.name)
def test_a_line_has_an_opening_exactly_where_it_runs_along_time(item):
    assert (item.opening is not None) == ("previous" in item.parameters)


def test_a_cost_is_declared_the_programmes_exactly_where_there_is_none_without_it():
    known = run(inputs_of(PRESETS["seat-at-the-table"].with_values(reallocated_share=0.5)))
    without = rerun(known, WITHOUT_PROGRAMME)
    costs = {name for name, sign in BRIDGE.items() if sign < 0 and known[name].any()}
    assert {name for name in costs if not without[name].any()} == set(PROGRAMME_COSTS)


def test_openings_are_those_specified():
    assert {name: item.opening for name, item in LINES.items() if item.opening is not None} == {
        "competence_gain": 0,
        "social_carryover": 1,
        "other_carryover": 1,
        "commitment_to_date": 0,
        "cumulative_cash": 0,
        "cumulative_present_value": 0,
    }


def with_previous(item: Line, known):
    """What the line's function asks for, with its own last month where it takes one."""
    if item.opening is None:
        return known
    own = np.broadcast_to(known[item.name], known["t"].shape)
    return known | {"previous": np.concatenate([[[item.opening]], own[:, :-1]], axis=1)}


@pytest.mark.parametrize("values_and_path", random_scenarios(12, seed=31), ids=lambda pair: pair[0]["ramp_shape"])
def test_every_line_is_what_its_tree_says(values_and_path):
    known = run(inputs_of(scenario_of(*values_and_path)))
    for name, item in LINES.items():
        operands = with_previous(item, known)
        assert np.array_equal(evaluate(item.expression, operands), item.compute(operands)), name
        assert np.array_equal(np.broadcast_to(item.compute(operands), known["t"].shape),
                              np.broadcast_to(known[name], known["t"].shape)), name  # fmt: skip


def test_amounts_by_month_are_flows_and_balances_are_not():
    assert LINES["net_cash"].unit.flow
    assert LINES["social_spend"].unit.flow
    for name in ("cumulative_cash", "social_share", "team", "plan_revenue_per_employee", "discount_factor"):
        assert not LINES[name].unit.flow, name


def test_lines_cannot_be_changed():
    with pytest.raises(TypeError):
        LINES["npv"] = LINES["net_cash"]
