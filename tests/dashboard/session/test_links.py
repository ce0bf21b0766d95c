"""The address, undo and settings without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model.presets import PRESETS
from model.reading.links import write_link
from model.scenario import Scenario
from tests.dashboard.screens.test_screens import shown

ROOT = Path(__file__).resolve().parents[3]
PLAN = PRESETS["social-plan"]


def app(**parameters: str) -> AppTest:
    """The whole app, opened at an address with these parameters."""
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60)
    for key, text in parameters.items():
        test.query_params[key] = text
    return test.run()


def address(test: AppTest) -> dict[str, str]:
    return {key: text[-1] if isinstance(text, list) else text for key, text in test.query_params.items()}


def scenario(test: AppTest) -> Scenario:
    return test.session_state["scenario"]


def told(test: AppTest) -> str:
    return " ".join(error.value.replace("\\", "") for error in test.error)


def test_the_address_holds_the_scenario_from_the_start_and_after_each_change() -> None:
    test = app()
    assert address(test) == {"preset": "social-plan"}
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert address(test) == {"preset": "social-plan", "training_hours": "80"}
    test.selectbox(key="preset").select("hold").run()
    assert address(test) == {"preset": "hold"}


def test_a_link_opens_its_scenario_on_its_preset() -> None:
    changed = (
        PRESETS["sceptical-cfo"]
        .with_values(training_hours=80)
        .changed(name="Sceptical CFO (edited)", description="")
    )
    test = app(**dict(write_link(changed, PRESETS["sceptical-cfo"])))
    assert scenario(test) == changed
    assert test.session_state["base"] == PRESETS["sceptical-cfo"]
    assert not test.error
    assert test.button(key="undo").disabled


def test_a_damaged_link_is_told_until_the_next_change_and_the_default_opens() -> None:
    test = app(preset="hold", causal_shar="0.03", ranges='{"causal_share":{"low"')
    assert scenario(test) == PLAN
    assert "Social plan is shown instead" in told(test)
    assert "causal_shar: is not a parameter of a link; did you mean 'causal_share'" in told(test)
    assert "ranges: is not valid JSON" in told(test)
    assert address(test) == {"preset": "social-plan"}
    assert told(test.run())
    test.toggle(key="lever:strategic_partner").set_value(True).run()
    assert not told(test)


def test_hostile_text_in_a_link_is_text() -> None:
    test = app(preset="<img src=x> **bold** [a](http://x)", colour="red")
    assert "<img" not in test.error[0].value.replace("\\<", "")
    assert "**bold**" not in test.error[0].value


def test_what_is_too_long_for_a_link_says_so() -> None:
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60)
    test.session_state["scenario"] = long = PLAN.changed(notes={"tax_rate": "x" * 10_000})
    test.run()
    assert address(test) == {"file": long.hash}
    assert not test.code
    assert "Share the scenario file" in test.info[0].value
    assert "reloading the page loses it" in shown(test)
    assert f"content hash {long.hash}" in told(app(file=long.hash))
    assert "reloading" not in shown(app())


def test_the_link_to_copy_is_the_address() -> None:
    test = app(preset="social-plan", causal_share="0.03")
    assert test.code[0].value.endswith("/?preset=social-plan&causal_share=0.03")


def test_undo_and_redo_restore_scenario_name_and_base() -> None:
    test = app()
    states = [(scenario(test), test.session_state["base"])]
    for step in (
        lambda: test.select_slider(key="lever:training_hours").set_value(80.0),
        lambda: test.toggle(key="lever:strategic_partner").set_value(True),
        lambda: test.selectbox(key="preset").select("sceptical-cfo"),
        lambda: test.select_slider(key="lever:training_hours").set_value(60.0),
        lambda: test.button(key="reset scenario").click(),
    ):
        step().run()
        states.append((scenario(test), test.session_state["base"]))
    for expected in reversed(states[:-1]):
        test.button(key="undo").click().run()
        assert (scenario(test), test.session_state["base"]) == expected
    assert test.button(key="undo").disabled
    for expected in states[1:]:
        test.button(key="redo").click().run()
        assert (scenario(test), test.session_state["base"]) == expected
    assert test.button(key="redo").disabled


def test_undo_says_what_it_changes() -> None:
    test = app()
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    assert test.button(key="undo").help.replace("\\", "") == "Undo. Training per person: 80 → 40"
    test.button(key="undo").click().run()
    assert test.button(key="redo").help.replace("\\", "") == "Redo. Training per person: 40 → 80"
    test.toggle(key="lever:strategic_partner").set_value(True).run()
    assert test.button(key="redo").disabled


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


def test_renaming_can_be_undone() -> None:
    test = app()
    test.text_input(key="name").set_value("Our plan")
    next(button for button in test.button if button.label == "Rename").click().run()
    assert scenario(test).name == "Our plan"
    assert address(test)["name"] == "Our plan"
    test.button(key="undo").click().run()
    assert scenario(test) == PLAN


def test_numbers_on_the_sidebar_are_in_the_locale() -> None:
    test = app(locale="da")
    slider = test.select_slider(key="lever:social_share_target")
    assert slider.value == 24.5
    assert "24,5" in slider.options
