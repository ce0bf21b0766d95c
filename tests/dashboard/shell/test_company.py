"""My company: offered once, seven figures, the same company under every preset, comparison and link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model.presets import PRESETS
from model.reading.links import read_link
from tests.dashboard.app import address, app, errors, scenario, shown

OWN = {"employees": "1200", "team_start": "10", "social_share_start": "8", "annual_pay": "520000"}


def form(test: AppTest) -> AppTest:
    """The form opened."""
    return next(button for button in test.button if button.label == "My company").click().run()


def sent(test: AppTest, **figures: str) -> AppTest:
    """The open form filled in and sent."""
    for name, typed in figures.items():
        test.text_input(key=f"company:{name}").set_value(typed)
    next(button for button in test.button if button.label == "Use these figures").click().run()
    assert not test.exception
    return test


def test_a_first_visitor_is_offered_the_form() -> None:
    test = app()
    assert "Demonstration firm: 500 people" in shown(test)
    next(button for button in test.button if button.key == "offer company").click().run()
    assert not test.exception
    assert "Left at the demonstration firm’s, to be changed on Assumptions: Discount rate (10" in shown(test)


def test_seven_figures_make_the_plan_the_company_s() -> None:
    test = form(app())
    test.selectbox(key="company:currency").set_value("DKK")
    sent(test, **OWN)
    plan = scenario(test)
    assert (plan.currency, plan.number("employees"), plan.number("team_target")) == ("DKK", 1200.0, 15.0)
    assert "Demonstration firm" not in shown(test)
    assert "1,200 people" in shown(test)
    assert not any(button.key == "offer company" for button in test.button)


def test_revenue_and_budget_are_amounts_and_the_budget_a_share_where_it_says_so() -> None:
    own = {"employees": "200", "revenue_per_employee": "80,000,000"}
    for typed in ("4,000,000", "5 %"):
        plan = scenario(sent(form(app()), **own, marketing_share_of_revenue=typed))
        assert plan.number("revenue_per_employee") == 400_000
        assert plan.number("marketing_share_of_revenue") == pytest.approx(0.05)


def test_all_faults_are_told_and_nothing_is_taken() -> None:
    test = sent(form(app()), employees="many", team_start="0")
    assert "People in the company: 'many' is not a number" in errors(test)
    assert "People in the social team: '0' is out of bounds" in errors(test)
    assert scenario(test) == PRESETS["social-plan"]
    told = errors(sent(form(test), marketing_share_of_revenue="900,000,000"))
    assert "'900,000,000' is out of bounds" in told
    assert "within 125,000\u00a0USD … 125,000,000\u00a0USD" in told


def test_what_hangs_on_a_refused_figure_is_not_refused_as_well() -> None:
    told = errors(sent(form(app()), employees="many", revenue_per_employee="2,400,000,000"))
    assert "'many' is not a number" in told
    assert "2,400,000,000" not in told
    assert "Marketing" not in told


def test_a_fraction_for_a_per_cent_is_asked_about_and_people_come_whole() -> None:
    test = sent(form(app()), social_share_start="0.133", contribution_margin="0.35", employees="12.5")
    assert scenario(test) == PRESETS["social-plan"]
    told = errors(test).replace("\u00a0", " ")
    assert "'0.133' may mean 0.133 % or 13.3 %; type the one that is meant, with its sign" in told
    assert "'0.35' may mean 0.35 % or 35 %" in told
    assert "'12.5' is not a whole number" in told
    test = sent(form(test), social_share_start="13.3", contribution_margin="0.35 %", employees="12")
    assert scenario(test).number("contribution_margin") == 0.0035
    assert not test.error


def test_a_form_sent_as_it_stands_changes_no_digit() -> None:
    test = app(employees="333", revenue_per_employee="123456.789", marketing_share_of_revenue="0.0712345678")
    before = scenario(test)
    assert scenario(sent(form(test))) == before


def test_the_company_stays_under_another_preset_and_in_the_link() -> None:
    test = sent(form(app()), **OWN)
    test.selectbox(key="preset").select("hold").run()
    held = scenario(test)
    assert (held.name, held.number("employees"), held.number("social_share_target")) == ("Hold", 1200.0, 0.08)
    assert read_link(tuple(address(test).items()))[0] == held


def test_the_picker_says_that_a_plan_is_edited() -> None:
    test = app(training_hours="10")
    assert "Social plan (edited)" in test.selectbox(key="preset").options
    assert "Social plan (edited)" not in app(employees="90").selectbox(key="preset").options


def test_what_a_preset_changes_is_said() -> None:
    test = app()
    test.selectbox(key="preset").select("plan-with-partner").run()
    assert "Strategic partner: off → on" in test.toast[0].value.replace("\\", "")


def test_figures_are_read_in_the_language_chosen_and_written_in_it() -> None:
    test = form(app())
    test.selectbox(key="company:currency").set_value("DKK")
    test.selectbox(key="company:locale").set_value("da")
    typed = {"employees": "1.200", "revenue_per_employee": "2,4 mia."}
    typed["marketing_share_of_revenue"] = "90 mio. kr."
    plan = scenario(
        sent(test, **typed, social_share_start="12,0", annual_pay="520.000,00", contribution_margin="40")
    )
    assert (plan.locale, plan.currency) == ("da", "DKK")
    assert plan.number("revenue_per_employee") == pytest.approx(2e6)
    assert plan.number("marketing_share_of_revenue") == pytest.approx(0.0375)
    assert (plan.number("social_share_start"), plan.number("annual_pay")) == (0.12, 520_000)


def test_what_is_no_number_at_all_is_told_though_its_bounds_are_not_known() -> None:
    told = errors(sent(form(app()), employees="many", marketing_share_of_revenue="90 mio. kr."))
    assert "'many' is not a number" in told
    assert "'90 mio. kr.' is not a number" in told
