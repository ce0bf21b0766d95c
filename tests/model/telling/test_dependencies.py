"""What depends on what: the graph is that of the formulas."""

import pytest

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import COUNTERFACTUALS, METRICS
from model.projection import affected, ancestors
from model.sheet import GIVEN
from model.telling.dependencies import DEPENDANTS, PRECEDENTS, Role, neighbourhood, reach, role, whole

FORMULAS = {**LINES, **METRICS}
AROUND = [(centre, steps) for centre in PRECEDENTS for steps in (1, 2, 3)]


def test_every_quantity_is_in_the_graph_with_its_formula_s_precedents():
    assert set(PRECEDENTS) == {*ASSUMPTIONS, *GIVEN, *COUNTERFACTUALS, *FORMULAS}
    for name, item in FORMULAS.items():
        assert PRECEDENTS[name] == item.precedents
    assert not any(PRECEDENTS[name] for name in (*ASSUMPTIONS, *GIVEN, *COUNTERFACTUALS))


def test_dependants_are_precedents_turned_round():
    forwards = {(made_of, name) for name in PRECEDENTS for made_of in PRECEDENTS[name]}
    backwards = {(name, user) for name in DEPENDANTS for user in DEPENDANTS[name]}
    assert forwards == backwards


def test_every_assumption_and_line_is_used_or_is_a_result_on_purpose():
    ends = {name for name in PRECEDENTS if not DEPENDANTS[name] and name not in METRICS}
    # The horizon sets how many months there are; revenue per employee is shown beside the plan's, media beside pay;
    # the budget takes the pay that holding would put in it, and the part of training's gain that is paid out.
    shown = {"hold_revenue_per_employee", "pay_share", "working_media", "hold_budget_payroll", "training_wages"}
    assert ends == {"horizon_years"} | shown


@pytest.mark.parametrize("name", LINES)
def test_reach_agrees_with_what_the_engine_computes_again(name):
    assert reach(name, PRECEDENTS) & set(LINES) == ancestors(name)
    assert reach(name, DEPENDANTS) & set(LINES) == {name, *affected(frozenset({name}))}


@pytest.mark.parametrize(("centre", "steps"), AROUND)
def test_a_neighbourhood_has_all_edges_among_it_and_they_run_to_the_right(centre, steps):
    graph = neighbourhood(centre, steps)
    columns = graph.columns
    assert set(columns) == reach(centre, PRECEDENTS, steps) | reach(centre, DEPENDANTS, steps)
    assert set(graph.edges) == {(m, name) for name in columns for m in PRECEDENTS[name] if m in columns}
    assert all(columns[start] < columns[end] for start, end in graph.edges)
    assert [name for name, column in columns.items() if column == 0] == [centre]


def test_the_whole_model_has_a_column_for_each_section_and_the_last_for_metrics():
    graph = whole()
    assert set(graph.columns) == set(FORMULAS)
    for name, other in zip(LINES, [*LINES][1:], strict=False):
        assert (graph.columns[name] == graph.columns[other]) is (LINES[name].section == LINES[other].section)
    assert {graph.columns[name] for name in METRICS} == {1 + max(graph.columns[name] for name in LINES)}
    assert set(graph.edges) == {(m, name) for name in FORMULAS for m in PRECEDENTS[name] if m in FORMULAS}
    assert all(graph.columns[start] <= graph.columns[end] for start, end in graph.edges)


def test_roles():
    assert role("causal_share") is role("t") is Role.INPUT
    assert role("net_cash") is Role.LINE
    assert role("npv") is role("npv_without_programme") is Role.METRIC


def test_an_unknown_quantity_is_refused():
    with pytest.raises(KeyError):
        neighbourhood("net_profit", 1)
