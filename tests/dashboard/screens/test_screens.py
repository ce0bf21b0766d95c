"""Each screen's logic without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session.edits import with_value
from model.assumptions import ASSUMPTIONS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.uncertainty.simulation import simulate
from report.words.narrative import answer, with_odds

ROOT = Path(__file__).resolve().parents[3]


def opened(scenario: Scenario | None = None, screen: str = "plan") -> AppTest:
    """A screen beside the sidebar, as `roi_app.py` puts them together."""
    lines = (
        "from dashboard.shell import sidebar",
        f"from dashboard.screens.{screen} import screen",
        "sidebar.draw()",
    )
    test = AppTest.from_string("\n".join([*lines, "screen.draw()"]), default_timeout=60)
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
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    changed = test.session_state["scenario"]
    assert changed.values["training_hours"] == 80
    assert changed.name == "Social plan (edited)"
    next(button for button in test.button if button.label == "Reset").click().run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_moving_back_is_the_preset_again() -> None:
    test = opened()
    test.select_slider(key="lever:training_hours").set_value(80.0).run()
    test.select_slider(key="lever:training_hours").set_value(40.0).run()
    assert test.session_state["scenario"] == PRESETS["social-plan"]


def test_risk_of_holding_is_none() -> None:
    test = opened(PRESETS["hold"], "risk")
    assert not test.exception
    assert "Nothing is at stake" in shown(test)


@pytest.mark.parametrize("id_", ["headline-claim", "sceptical-cfo", "bigger-budget-same-skills"])
def test_risk_is_told_for_every_kind_of_preset(id_: str) -> None:
    test = opened(PRESETS[id_], "risk")
    assert not test.exception
    assert "draws of" in shown(test)


def test_risk_without_ranges_tells_that_there_are_no_odds() -> None:
    names = [name for name, item in ASSUMPTIONS.items() if item.range]
    certain = PRESETS["social-plan"].changed(ranges=dict.fromkeys(names))
    for screen in ("plan", "risk"):
        test = opened(certain, screen)
        assert not test.exception
        assert "No assumption has a range" in shown(test)


def test_the_optimiser_s_screen_refuses_limits_that_cannot_be_met() -> None:
    test = opened(screen="optimise")
    test.text_input(key="limit odds").set_value("100").run()
    next(button for button in test.button if button.label == "Find the best plan").click().run(timeout=180)
    assert not test.exception
    assert "met by no plan" in test.error[0].value.replace("\\", "")


def test_limits_that_contradict_each_other_are_named_as_on_the_screen() -> None:
    test = opened(screen="optimise")
    test.text_input(key="limit low share").set_value("50").run()
    test.text_input(key="limit high share").set_value("20").run()
    next(button for button in test.button if button.label == "Find the best plan").click().run()
    told = test.error[0].value.replace("\\", "")
    assert "Social share at least: is above the highest share; lower one or raise the other" in told


def test_goal_seek_finds_the_break_even() -> None:
    test = opened(screen="optimise")
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.exception
    told = test.success[0].value.replace("\\", "")
    assert (
        told == "“Net present value” is 0\u00a0USD where “Part of that uplift that training causes” is 3.84\u00a0%."
    )


def test_goal_seek_tells_in_the_plan_s_number_format_that_nothing_serves() -> None:
    test = opened(PRESETS["social-plan"].changed(locale="da", currency="DKK"), screen="optimise")
    test.text_input(key="target npv").set_value("1.000.000.000.000").run()
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.success
    assert "within 0\u00a0% … 100\u00a0% brings “Net present value” to 1.000.000.000.000\u00a0DKK" in test.info[
        1
    ].value.replace("\\", "")


def test_goal_seek_tells_what_a_custom_path_forbids() -> None:
    test = opened(with_value(PRESETS["social-plan"], "ramp_shape", "custom"), screen="optimise")
    test.selectbox(key="vary").set_value("horizon_years")
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.exception
    assert "Horizon cannot be varied here" in test.error[0].value
    assert "one per year-end" in test.error[0].value.replace("\\", "")


def test_risk_says_why_there_are_no_odds_above_its_footer() -> None:
    pairs = (("employees", "revenue_growth", 0.5),)
    undrawable = PRESETS["social-plan"].changed(correlations=pairs)
    test = opened(undrawable, screen="risk")
    assert not test.exception
    assert "The odds cannot be drawn" in test.error[0].value
    assert undrawable.hash in shown(test)


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [("limit new money", "10.000,5", 10_000.5), ("limit low share", "12,5", 0.125), ("target npv", "-2,5", -2.5)],
)
def test_the_optimiser_s_numbers_are_read_as_the_locale_writes_them(key: str, typed: str, kept: float) -> None:
    test = opened(PRESETS["social-plan"].changed(locale="da"), screen="optimise")
    test.text_input(key=key).set_value(typed).run()
    assert not test.exception
    assert not test.error
    assert test.session_state["kept"][key] == kept


def test_a_refused_limit_is_told_below_its_field_and_the_one_before_stays() -> None:
    test = opened(screen="optimise")
    test.text_input(key="limit odds").set_value("250").run()
    assert test.error[0].value.replace("\\", "") == (
        "Odds of a gain, at least (in 100): '250' is out of bounds; type a number within 0\u00a0% … 100\u00a0%, "
        "like 50. In force: no limit."
    )
    assert test.text_input(key="limit odds").value == "250"
    test.text_input(key="limit odds").set_value("").run()
    assert not test.error


def test_each_metric_of_goal_seek_keeps_a_target_of_its_own() -> None:
    test = opened(screen="optimise")
    test.text_input(key="target npv").set_value("1,000").run()
    test.selectbox(key="metric").select("roi").run()
    assert test.text_input(key="target roi").value == "0"
    test.selectbox(key="metric").select("npv").run()
    assert test.text_input(key="target npv").value == "1,000"
