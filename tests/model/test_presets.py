"""Presets are plans of whatever company the present scenario is about."""

import pytest
from hypothesis import given, settings

from model.assumptions import ASSUMPTIONS, Range
from model.presets import DEFAULT_PRESET, PRESETS, is_edited, of_company, on_company
from model.projection import project
from model.scenario import SETTINGS, Scenario
from model.skills.areas import SkillArea
from tests.scenarios import legal_data

PLAN = PRESETS[DEFAULT_PRESET]
OWN = {
    "employees": 1200.0, "revenue_per_employee": 1_900_000.0, "marketing_share_of_revenue": 0.05,
    "social_share_start": 0.08, "team_start": 10.0, "annual_pay": 520_000.0, "contribution_margin": 0.4,
}  # fmt: skip
COMPANY = PLAN.changed(
    currency="DKK", locale="da", start_month="2027-04", fiscal_year_start=4,
    assumptions={**OWN, "horizon_years": 3, "team_target": 15.0},
    ranges={"contribution_margin": Range(0.35, 0.4, 0.5)},
    skills=(SkillArea("Writing", 3, 0.4, 0.8),),
)  # fmt: skip


@pytest.mark.parametrize("leaving", PRESETS.values(), ids=PRESETS)
@pytest.mark.parametrize("taking", PRESETS.values(), ids=PRESETS)
def test_for_the_default_company_each_is_as_declared_wherever_one_comes_from(leaving, taking):
    assert on_company(taking, leaving, leaving) == taking
    assert not is_edited(taking, taking)


@pytest.mark.parametrize("name", PRESETS)
def test_the_company_stays_whatever_is_chosen(name):
    taken = on_company(PRESETS[name], COMPANY, PLAN)
    assert {own: taken.values[own] for own in OWN} == OWN
    assert all(getattr(taken, field) == getattr(COMPANY, field) for field in (*SETTINGS, "ranges", "skills"))
    assert taken.horizon_years == 3
    assert not is_edited(taken, PRESETS[name])
    assert on_company(PLAN, taken, PRESETS[name]) == COMPANY.changed(name=PLAN.name, description=PLAN.description)


def test_hold_holds_the_company_s_own_share_and_team():
    held = on_company(PRESETS["hold"], COMPANY, PLAN)
    assert (held.number("social_share_target"), held.number("team_target")) == (0.08, 10.0)
    assert not any(project(held).bridge.values())


def test_beliefs_of_one_s_own_stay_and_those_of_a_preset_go_with_it():
    believing = COMPANY.with_values(social_returns_exponent=0.6)
    sceptical = on_company(PRESETS["sceptical-cfo"], believing, PLAN)
    assert (sceptical.number("saturation"), sceptical.number("social_returns_exponent")) == (1.0, 0.6)
    back = on_company(PLAN, sceptical, PRESETS["sceptical-cfo"])
    assert (back.number("saturation"), back.number("social_returns_exponent")) == (0.5, 0.6)


@pytest.mark.parametrize(
    ("values", "edited"),
    [
        ({"employees": 50.0}, False), ({"discount_rate": 0.15}, False), ({"horizon_years": 2}, False),
        ({"contribution_margin": 0.5}, False),
        ({"training_hours": 10.0}, True), ({"saturation": 0.2}, True), ({"team_target": 7.0}, True),
    ],
)  # fmt: skip
def test_a_plan_is_edited_by_decisions_and_beliefs_alone(values, edited):
    assert is_edited(PLAN.with_values(**values), PLAN) == edited


def test_going_back_to_a_preset_keeps_the_company_alone():
    own = COMPANY.changed(
        assumptions={**COMPANY.assumptions, "saturation": 0.1, "training_hours": 5.0},
        ranges={**COMPANY.ranges, "causal_share": None}, notes={"employees": "counted", "saturation": "guessed"},
    )  # fmt: skip
    back = of_company(PLAN, own)
    assert back == COMPANY.changed(name=PLAN.name, description=PLAN.description, notes={"employees": "counted"})


def test_a_path_of_one_s_own_is_an_edit_that_another_preset_does_not_keep():
    path = PLAN.changed(assumptions={"ramp_shape": "custom"}, social_share_path=(0.15,) * 5)
    assert is_edited(path, PLAN)
    assert on_company(PLAN, path, PLAN) == PLAN


@settings(max_examples=40)
@given(legal_data())
def test_every_preset_suits_every_company(data):
    present = Scenario.from_data(data)
    for preset in PRESETS.values():
        taken = on_company(preset, present, PLAN)
        own = (name for name, item in ASSUMPTIONS.items() if item.company_s)
        assert all(taken.values[name] == present.values[name] for name in own)
        project(taken)


def test_beliefs_of_a_file_or_a_named_link_are_its_own():
    named = PLAN.with_values(causal_share=0.02).changed(name="My plan")
    assert on_company(PRESETS["smaller-step"], named, named).number("causal_share") == 0.02
