"""The model's own checks: they hold for every scenario, and each fails on the mistake it is there for."""

import numpy as np
import pytest
from hypothesis import given

from model.checks import CHECKS, identities
from model.metrics import COUNTERFACTUALS
from model.presets import PRESETS
from model.projection import HOLD, appraise, inputs_of, project, rerun, run
from tests.scenarios import draws, legal_values, scenario_of


def parts():
    """What the checks look at, for a scenario in which everything is in play."""
    scenario = PRESETS["seat-at-the-table"].with_values(reallocated_share=0.5, tax_rate=0.2)
    known = run(inputs_of(scenario))
    figures, _ = appraise(known)
    without = rerun(known, COUNTERFACTUALS["npv_without_programme"].changes)
    return known, rerun(known, HOLD), without, figures


def failing(known, held, without, figures):
    """Names of the checks that fail."""
    return {name for name, holds in identities(known, held, without, figures).items() if not holds}


@given(draws())
def test_every_identity_holds_for_plausible_companies(values_and_path):
    projection = project(scenario_of(*values_and_path))
    assert [name for name, holds in projection.checks.items() if not holds] == []
    assert projection.sound


@given(legal_values())
def test_every_identity_holds_anywhere_within_the_bounds(values):
    projection = project(scenario_of(values))
    assert [name for name, holds in projection.checks.items() if not holds] == []


def test_nothing_fails_where_nothing_is_wrong():
    assert failing(*parts()) == set()


@pytest.mark.parametrize(
    ("name", "line", "by"),
    [
        ("budget_balances", "social_spend", lambda x: x * (1 + 1e-6)),
        ("budget_balances", "new_money", lambda x: x + 1),
        ("competence_is_a_share", "competent_share", lambda x: x + 0.7),
        ("competence_is_a_share", "competent_share", lambda x: x - 1),
        ("cash_adds_up", "cumulative_cash", lambda x: x * (1 + 1e-6) + 1),
        ("programme_and_rest_add_up", "benefits", lambda x: x * (1 + 1e-6)),
        ("npv_is_benefits_less_costs", "training_cost", lambda x: x * (1 + 1e-6)),
        ("npv_is_benefits_less_costs", "social_contribution", lambda x: x + 0.01),
        ("all_finite", "team", lambda x: x * np.nan),
        ("all_finite", "social_revenue_gain", lambda x: x + np.inf),
    ],
)
def test_a_check_fails_when_its_line_is_wrong(name, line, by):
    known, held, without, figures = parts()
    assert name in failing(known | {line: by(known[line])}, held, without, figures)


@pytest.mark.parametrize(
    "line", ["extra_social_spend", "competence_gain", "net_cash", "costs", "other_revenue_gain"]
)
def test_the_check_of_holding_fails_when_holding_changes_something(line):
    known, held, without, figures = parts()
    moved = held | {line: np.where(known["t"] == 7, 1e-12, 0)}
    assert failing(known, moved, without, figures) == {"hold_changes_nothing"}


def test_the_check_of_the_value_fails_when_a_metric_is_wrong():
    known, held, without, figures = parts()
    wrong = figures | {"pv_costs": figures["pv_costs"] * (1 + 1e-6)}
    assert failing(known, held, without, wrong) == {"npv_is_benefits_less_costs"}
    assert "all_finite" in failing(known, held, without, figures | {"peak_funding": np.array([[np.inf]])})


def test_one_wrong_draw_among_many_is_found():
    inputs = inputs_of(PRESETS["seat-at-the-table"]) | {"causal_share": np.linspace(0, 0.2, 50)[:, np.newaxis]}
    known = run(inputs)
    figures, _ = appraise(known)
    held, without = rerun(known, HOLD), rerun(known, COUNTERFACTUALS["npv_without_programme"].changes)
    assert failing(known, held, without, figures) == set()
    cumulative = known["cumulative_cash"].copy()
    cumulative[31, -1] += 1
    assert failing(known | {"cumulative_cash": cumulative}, held, without, figures) == {"cash_adds_up"}


def test_every_check_says_what_it_checks():
    assert project(PRESETS["hold"]).checks.keys() == CHECKS.keys()
    assert all(text.endswith(".") for text in CHECKS.values())
