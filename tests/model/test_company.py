"""A company's few figures make a plan its own."""

import pytest

from model.assumptions import ASSUMPTIONS, Kind
from model.presets import FIGURES, PRESETS, is_demonstration, is_edited, left_at_default, with_company
from model.reading.faults import ScenarioError

PLAN, HOLD = PRESETS["social-plan"], PRESETS["hold"]
FIGURES_OF = {name: float(ASSUMPTIONS[name].default) for name in FIGURES}


def test_the_form_and_what_is_left_are_all_of_the_company_s_figures():
    owned = {name for name, item in ASSUMPTIONS.items() if item.kind is Kind.OWN_FIGURE}
    left = set(left_at_default(PLAN))
    assert left | set(FIGURES) == owned | {"contribution_margin"}
    assert not left & set(FIGURES)
    assert "discount_rate" not in left_at_default(PLAN.with_values(discount_rate=0.12))


def test_the_default_company_is_a_demonstration_until_a_figure_is_typed():
    assert is_demonstration(PLAN)
    assert is_demonstration(HOLD)
    assert is_demonstration(PLAN.with_values(social_share_start=0.135))
    assert not is_demonstration(PLAN.with_values(employees=80.0))


def test_an_unedited_preset_is_taken_anew():
    own = with_company(PLAN, PLAN, "EUR", FIGURES_OF | {"team_start": 10.0, "employees": 90.0})
    assert (own.currency, own.number("team_target"), own.name) == ("EUR", 15.0, PLAN.name)
    assert not is_edited(own, PLAN)
    held = with_company(HOLD, HOLD, "EUR", FIGURES_OF | {"team_start": 10.0, "social_share_start": 0.3})
    assert (held.number("team_target"), held.number("social_share_target")) == (10.0, 0.3)


def test_decisions_of_one_s_own_stay_and_the_rest_is_the_preset_s():
    edited = PLAN.with_values(team_target=8.0, training_hours=20.0)
    own = with_company(edited, PLAN, "USD", FIGURES_OF | {"team_start": 10.0})
    assert (own.number("team_target"), own.number("training_hours")) == (8.0, 20.0)
    hours = PLAN.with_values(training_hours=20.0)
    there = with_company(hours, PLAN, "USD", FIGURES_OF | {"team_start": 1.0})
    assert there.number("team_target") == 2.0
    back = with_company(there, PLAN, "USD", FIGURES_OF | {"team_start": 10.0})
    assert back.number("team_target") == 15.0
    assert with_company(hours, PLAN, "USD", FIGURES_OF).values == hours.values


def test_what_held_holds_in_the_new_company():
    edited = HOLD.with_values(plan_delivery=0.9)
    own = with_company(edited, HOLD, "USD", FIGURES_OF | {"team_start": 10.0, "social_share_start": 0.08})
    assert (own.number("team_target"), own.number("social_share_target")) == (10.0, 0.08)


def test_what_is_out_of_bounds_is_refused():
    with pytest.raises(ScenarioError, match="marketing_share_of_revenue"):
        with_company(PLAN, PLAN, "USD", FIGURES_OF | {"marketing_share_of_revenue": 3.0})
