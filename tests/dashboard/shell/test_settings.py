"""The settings of a scenario without a browser: currency, number format and calendar."""

from __future__ import annotations

import pytest

from model.presets import PRESETS
from tests.dashboard.app import app, scenario

PLAN = PRESETS["social-plan"]


@pytest.mark.parametrize(
    ("field", "choice"),
    [("currency", "DKK"), ("locale", "da"), ("start_month", "2027-03"), ("fiscal_year_start", 7)],
)
def test_a_setting_changes_its_field_and_can_be_undone(field: str, choice: str | int) -> None:
    test = app()
    test.selectbox(key=f"setting:{field}").select(choice).run()
    assert not test.exception
    assert getattr(scenario(test), field) == choice
    assert scenario(test).values == PLAN.values
    test.button(key="undo").click().run()
    assert scenario(test) == PLAN


def test_the_first_month_can_be_next_january_again() -> None:
    test = app(start_month="2027-03")
    test.selectbox(key="setting:start_month").select("next").run()
    assert scenario(test) == PLAN


def test_settings_stay_when_another_preset_is_chosen() -> None:
    test = app(currency="DKK", locale="da")
    test.selectbox(key="preset").select("hold").run()
    assert (scenario(test).currency, scenario(test).locale) == ("DKK", "da")
    assert scenario(test).values == PRESETS["hold"].values
    assert test.session_state["base"] == PRESETS["hold"]


def test_a_setting_out_of_the_usual_stays_as_it_is() -> None:
    test = app(currency="XTS", locale="de-AT", start_month="1999-02")
    assert not test.exception
    assert scenario(test).start_month == "1999-02"
    assert test.selectbox(key="setting:locale").value == "de-AT"
