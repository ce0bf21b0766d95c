"""The Optimise screen without a browser: limits, their refusals, goal seek."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session.edits import with_value
from model.assumptions import ASSUMPTIONS
from model.choice import search
from model.presets import PRESETS
from model.units import NO_BREAK, Format
from tests.dashboard.app import opened, press, scenario


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search on as few draws as it takes: how well it finds is tested where it stands."""
    monkeypatch.setattr(search, "SEARCH_DRAWS", 128)


def test_the_optimiser_s_screen_refuses_limits_that_cannot_be_met() -> None:
    test = opened(screen="optimise")
    test.text_input(key="limit odds").set_value("100").run()
    next(button for button in test.button if button.label == "Find the best plan").click().run(timeout=180)
    assert not test.exception
    assert "met by no plan" in test.error[0].value.replace("\\", "")


def test_the_best_plan_is_told_with_what_it_rests_on_and_what_the_draws_can_tell() -> None:
    plan = PRESETS["social-plan"].with_values(horizon_years=2, leadership_hours=1.0)
    test = opened(plan, screen="optimise")
    next(button for button in test.button if button.label == "Find the best plan").click().run(timeout=180)
    assert not test.exception
    told = " ".join(info.value for info in test.info).replace("\\", "")
    assert "The leadership seat pays only by its own assumption" in told
    assert "±" in " ".join(test.table[0].value["Best"])


def test_the_heading_is_a_question_then_the_answer_and_using_the_plan_says_what_it_changed() -> None:
    plan = PRESETS["social-plan"].with_values(horizon_years=1)
    test = opened(plan, screen="optimise")
    assert headings(test)[0] == "# Which plan is best within your limits?"
    test.text_input(key="limit high share").set_value("18").run()
    test.text_input(key="limit low share").set_value("18").run()
    press(test, "Find the best plan")
    answer = headings(test)[0].replace(NO_BREAK, " ")
    assert answer.startswith("# Best within your limits: 18 % social by ")
    press(test, "Use this plan")
    told = test.success[0].value.replace("\\", "").replace(NO_BREAK, " ")
    assert "This is the plan now." in told
    assert "Social share the plan aims for: 24.5 % → 18 %" in told
    # The result is still there, beside the plan as it was.
    assert headings(test)[0].replace(NO_BREAK, " ") == answer
    assert list(test.table[0].value.columns) == ["Best", "Before"]
    assert scenario(test).number("social_share_target") == 0.18
    # Undone, it can be used again.
    press(test, "Undo")
    assert headings(test)[0].replace(NO_BREAK, " ") == answer
    test.text_input(key="limit odds").set_value("10").run()
    assert "have changed since this was searched" in test.info[0].value


def headings(test: AppTest) -> list[str]:
    return [item.value.replace("\\", "") for item in test.markdown if item.value.startswith("# ")]


def test_amounts_not_converted_that_the_best_plan_may_take_up_are_told_before_the_search() -> None:
    test = opened(PRESETS["social-plan"].changed(currency="DKK"), screen="optimise")
    told = [warning.value.replace("\\", "") for warning in test.warning]
    assert any(
        "Not converted, and the best plan may take them up: Partner fee; Executive hour." in one for one in told
    )
    test = opened(PRESETS["seat-at-the-table"].changed(currency="DKK"), screen="optimise")
    assert not any("may take them up" in warning.value for warning in test.warning)
    assert not opened(screen="optimise").warning


def test_every_field_has_its_help() -> None:
    test = opened(screen="optimise")
    fields = [*test.selectbox, *(field for field in test.text_input if field.key != "search")]
    own = [field for field in fields if str(field.key).startswith(("aim", "limit", "vary", "metric", "target"))]
    assert len(own) == 10
    assert all(field.help for field in own)
    test.selectbox(key="vary").set_value("discount_rate").run()
    assert test.selectbox(key="vary").value == "discount_rate"
    assert Format().localised(ASSUMPTIONS["discount_rate"].help) in test.selectbox(key="vary").help


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
        told
        == "“Net present value” is 0\u00a0USD where “Return of social beside other channels, per unit of budget” "
        "is 1.15."
    )


def test_goal_seek_opens_on_what_the_return_rests_on() -> None:
    test = opened(PRESETS["social-plan"].with_values(social_return_basis="platform"), screen="optimise")
    assert test.selectbox(key="vary").value == "social_reported_roas"


def test_goal_seek_tells_in_the_plan_s_number_format_that_nothing_serves() -> None:
    test = opened(PRESETS["social-plan"].changed(locale="da", currency="DKK"), screen="optimise")
    test.text_input(key="target npv").set_value("1.000.000.000.000").run()
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.success
    assert ": it is −2," in test.info[1].value.replace("\\", "")
    assert "within 0 … 100 brings “Net present value” to 1.000.000.000.000\u00a0DKK" in test.info[1].value.replace(
        "\\", ""
    )


def test_goal_seek_tells_what_a_custom_path_forbids() -> None:
    test = opened(with_value(PRESETS["social-plan"], "ramp_shape", "custom"), screen="optimise")
    test.selectbox(key="vary").set_value("horizon_years")
    next(button for button in test.button if button.label == "Seek").click().run()
    assert not test.exception
    assert "Horizon cannot be varied here" in test.error[0].value
    assert "one per year-end" in test.error[0].value.replace("\\", "")


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
        "Odds of a gain, at least (%): '250' is out of bounds; type a number within 0\u00a0% … 100\u00a0%, "
        "like 50. In force: no limit."
    )
    assert test.text_input(key="limit odds").value == "250"
    search = "Find the best plan"
    assert [button.disabled for button in test.button if button.label == search] == [True], "not what was asked"
    test.text_input(key="limit odds").set_value("").run()
    assert not test.error
    assert [button.disabled for button in test.button if button.label == search] == [False]


def test_each_metric_of_goal_seek_keeps_a_target_of_its_own() -> None:
    test = opened(screen="optimise")
    test.text_input(key="target npv").set_value("1,000").run()
    test.selectbox(key="metric").select("roi").run()
    assert test.text_input(key="target roi").value == "0"
    test.selectbox(key="metric").select("npv").run()
    assert test.text_input(key="target npv").value == "1,000"


def test_a_refused_number_is_told_until_the_field_holds_a_good_one_or_another_scenario_is_chosen() -> None:
    test = opened(screen="optimise")

    def told() -> list[str]:
        return [error.value.replace("\\", "") for error in test.error]

    for typed in ("110", "50"):
        test.text_input(key="limit odds").set_value(typed).run()
        assert [("out of bounds" in words) for words in told()] == [True] * (typed == "110")
    test.text_input(key="limit odds").set_value("110").run()
    test.selectbox(key="preset").set_value("sceptical-cfo").run()
    assert told() == []
    assert test.text_input(key="limit odds").value == "50"
