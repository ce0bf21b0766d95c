"""Each screen's logic without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from model.assumptions import ASSUMPTIONS, SECTIONS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.uncertainty import simulate
from report.narrative import answer, with_odds

ROOT = Path(__file__).resolve().parents[2]


def opened(scenario: Scenario | None = None, screen: str = "plan") -> AppTest:
    """A screen beside the sidebar, as `roi_app.py` puts them together."""
    lines = ("from dashboard import sidebar", f"from dashboard.screens import {screen}", "sidebar.draw()")
    test = AppTest.from_string("\n".join([*lines, f"{screen}.draw()"]), default_timeout=60)
    if scenario is not None:
        test.session_state["scenario"] = scenario
    return test.run()


def shown(test: AppTest) -> str:
    return " ".join(item.value for item in [*test.markdown, *test.caption]).replace("\\", "")


def test_the_app_opens_on_the_social_plan() -> None:
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60).run()
    assert not test.exception
    assert with_odds(answer(project(PRESETS["social-plan"])).sentence, simulate(PRESETS["social-plan"])) in shown(
        test
    )


@pytest.mark.parametrize("id_", PRESETS)
def test_plan_says_the_answer_of_each_preset(id_: str) -> None:
    test = opened(PRESETS[id_])
    assert not test.exception
    assert answer(project(PRESETS[id_])).sentence.removesuffix(".") in shown(test)
    assert PRESETS[id_].hash in shown(test)
    labels = {metric.label for metric in test.metric}
    assert {"Net present value", "ROI", "Benefit–cost ratio", "Payback", "Peak funding", "Programme ROI",
            "Break-even causal share"} <= labels  # fmt: skip


def test_headline_claim_is_marked_as_not_defensible() -> None:
    assert any(
        "Not defensible" in warning.value.replace("\\", "") for warning in opened(PRESETS["headline-claim"]).warning
    )
    assert not opened().warning


def test_an_undefined_metric_says_why() -> None:
    test = opened(PRESETS["hold"])
    roi = next(metric for metric in test.metric if metric.label == "ROI")
    assert roi.value == "–"
    assert "present value of costs is not above zero" in roi.help


def test_choosing_a_preset_starts_from_it() -> None:
    test = opened()
    test.selectbox(key="preset").select("sceptical-cfo").run()
    assert test.session_state["scenario"] == PRESETS["sceptical-cfo"]


def test_a_lever_changes_the_scenario_and_its_name_and_reset_undoes_it() -> None:
    test = opened()
    test.slider(key="lever:training_hours").set_value(80.0).run()
    changed = test.session_state["scenario"]
    assert changed.values["training_hours"] == 80
    assert changed.name == "Social plan (edited)"
    next(button for button in test.button if button.label == "Reset").click().run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_moving_back_is_the_preset_again() -> None:
    test = opened()
    test.slider(key="lever:training_hours").set_value(80.0).run()
    test.slider(key="lever:training_hours").set_value(40.0).run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_a_refused_value_is_told_and_the_scenario_stays() -> None:
    start = PRESETS["social-plan"].with_values(plan_delivery=1.5)
    test = opened(start, "assumptions")
    test.segmented_control(key="section").set_value("Social budget").run()
    test.number_input(key="input:social_share_target").set_value(95.0).run()
    assert test.session_state["scenario"] == start
    assert "bring plan_delivery or the share nearer" in test.error[0].value.replace("\\", "")
    test.number_input(key="input:social_share_target").set_value(30.0).run()
    assert not test.error


@pytest.mark.parametrize("section", SECTIONS)
def test_every_assumption_has_its_widget(section: str) -> None:
    test = opened(screen="assumptions")
    test.segmented_control(key="section").set_value(section).run()
    assert not test.exception
    keys = {item.key for kind in (test.number_input, test.selectbox, test.toggle) for item in kind}
    assert {f"input:{name}" for name, a in ASSUMPTIONS.items() if a.section == section} <= keys


def test_percentages_are_stored_as_the_fractions_they_say() -> None:
    test = opened(screen="assumptions")
    test.number_input(key="input:contribution_margin").set_value(28.7).run()
    assert test.session_state["scenario"].values["contribution_margin"] == 0.287


def test_custom_path_has_a_field_for_each_year_and_follows_the_horizon() -> None:
    test = opened(screen="assumptions")
    test.selectbox(key="lever:ramp_shape").select("custom").run()
    test.segmented_control(key="section").set_value("Frame").run()
    test.number_input(key="input:horizon_years").set_value(7).run()
    test.segmented_control(key="section").set_value("Social budget").run()
    assert not test.exception
    assert len([field for field in test.number_input if field.key.startswith("path:")]) == 7
    test.number_input(key="path:2").set_value(30.0).run()
    assert test.session_state["scenario"].social_share_path[1] == 0.3


def test_risk_of_holding_is_none() -> None:
    test = opened(PRESETS["hold"], "risk")
    assert not test.exception
    assert "Nothing is at stake" in shown(test)


@pytest.mark.parametrize("id_", ["headline-claim", "sceptical-cfo", "bigger-budget-same-skills"])
def test_risk_is_told_for_every_kind_of_preset(id_: str) -> None:
    test = opened(PRESETS[id_], "risk")
    assert not test.exception
    assert "draws of" in shown(test)


def test_a_cleared_field_changes_nothing() -> None:
    test = opened(screen="assumptions")
    test.number_input(key="input:employees").set_value(None).run()
    assert not test.exception
    assert test.session_state["scenario"] == PRESETS["social-plan"]
    assert test.number_input(key="input:employees").value == 500


def test_risk_without_ranges_tells_that_there_are_no_odds() -> None:
    names = [name for name, item in ASSUMPTIONS.items() if item.range]
    certain = PRESETS["social-plan"].changed(ranges=dict.fromkeys(names))
    for screen in ("plan", "risk"):
        test = opened(certain, screen)
        assert not test.exception
        assert "No assumption has a range" in shown(test)


def test_the_optimiser_s_screen_refuses_limits_that_cannot_be_met() -> None:
    test = opened(screen="optimise")
    test.number_input(key="limit odds").set_value(100.0).run()
    next(button for button in test.button if button.label == "Find the best plan").click().run(timeout=180)
    assert not test.exception
    assert "met by no plan" in test.error[0].value.replace("\\", "")


def test_goal_seek_finds_the_break_even() -> None:
    test = opened(screen="optimise")
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.exception
    assert "3.84" in test.success[0].value.replace("\\", "")
