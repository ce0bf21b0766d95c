"""The Assumptions screen without a browser: its table, its filters, details, path and correlations."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.assumptions import table as table
from model.assumptions import ASSUMPTIONS, SECTIONS, Range
from model.evidence.sources import SOURCES
from model.presets import PRESETS
from model.scenario import Scenario
from tests.dashboard.app import opened, shown

PLAN = PRESETS["social-plan"]


def screen(scenario: Scenario | None = None, base: Scenario = PLAN) -> AppTest:
    test = opened(scenario, "assumptions")
    if scenario is not None:
        test.session_state["base"] = base
        test.run()
    assert not test.exception
    return test


def rows(test: AppTest) -> list[str]:
    return list(test.dataframe[0].value.index)


def details(test: AppTest, name: str) -> AppTest:
    test.selectbox(key="details of").select(name).run()
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception


def kept(test: AppTest) -> Scenario:
    return test.session_state["scenario"]


def test_the_table_has_every_assumption_and_can_be_edited() -> None:
    test = screen()
    assert rows(test) == list(ASSUMPTIONS)
    assert test.dataframe[0].editing_mode == "fixed"
    assert set(table.EDITABLE) < set(test.dataframe[0].value.columns)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_its_assumptions(section: str) -> None:
    test = screen()
    test.selectbox(key="section").select(section).run()
    assert rows(test) == [name for name, item in ASSUMPTIONS.items() if item.section == section]


def test_filters_that_leave_nothing_say_so() -> None:
    test = screen()
    test.text_input(key="search").set_value("zzz").run()
    assert "No assumption fits" in test.info[0].value
    assert len(test.dataframe) == 1, "but the other costs and benefits"


def test_changed_rows_are_marked_and_reset_all_brings_back_the_preset() -> None:
    changed = PLAN.with_values(employees=800).changed(notes={"tax_rate": "ask"}, name="Mine")
    test = screen(changed)
    test.toggle(key="changed only").set_value(True).run()
    assert list(test.dataframe[0].value[table.CHANGED]) == ["value", "note"]
    press(test, "Reset all")
    assert kept(test) == PLAN
    assert "No assumption fits" in test.info[0].value


def test_details_tell_meaning_bounds_grade_and_sources_with_their_warning() -> None:
    test = details(screen(), "causal_share")
    item = ASSUMPTIONS["causal_share"]
    told = shown(test).replace("\u00a0", " ")
    for words in (item.help.split(".")[0], "within 0 % … 100 %", "plausible 0 % to 12 %", "Grade D: judgement",
                  SOURCES["training-causal"].finding, SOURCES["training-causal"].warning):  # fmt: skip
        assert words in told


def test_the_form_of_the_details_sets_value_range_and_note() -> None:
    test = details(screen(), "employees")
    for column, typed in ((table.VALUE, "800"), (table.LOW, "700"), (table.HIGH, "900")):
        test.text_input(key=f"employees:{column}").set_value(typed)
    test.text_area(key=f"employees:{table.NOTE}").set_value("counted **twice**")
    press(test, "Apply")
    assert kept(test).assumptions == {"employees": 800}
    assert kept(test).ranges == {"employees": Range(700, 800, 900)}
    assert kept(test).notes == {"employees": "counted **twice**"}
    # The company's own figures make no other plan of it.
    assert kept(test).name == "Social plan"


def test_the_form_of_a_switch_and_of_a_choice() -> None:
    test = details(screen(), "training_programme")
    test.toggle(key=f"training_programme:{table.VALUE}").set_value(False)
    press(test, "Apply")
    details(test, "benefit_route").selectbox(key=f"benefit_route:{table.VALUE}").select("media_efficiency")
    press(test, "Apply")
    assert kept(test).assumptions == {"training_programme": False, "benefit_route": "media_efficiency"}


def test_a_refused_entry_is_told_and_the_others_are_taken() -> None:
    test = details(screen(), "employees")
    test.text_input(key=f"employees:{table.VALUE}").set_value("0")
    test.text_area(key=f"employees:{table.NOTE}").set_value("none")
    press(test, "Apply")
    assert kept(test).assumptions == {}
    assert kept(test).notes == {"employees": "none"}
    assert "Value '0' is out of bounds; type a whole number within 1" in test.error[0].value.replace("\\", "")
    # What was refused is settled once something else is asked for.
    assert not details(test, "tax_rate").error


def test_a_range_that_is_emptied_away_is_told_in_passing() -> None:
    test = details(screen(), "contribution_margin")
    test.text_input(key=f"contribution_margin:{table.LOW}").set_value("")
    press(test, "Apply")
    assert kept(test).ranges == {"contribution_margin": None}
    assert "is taken as certain. Undo brings it back" in test.toast[0].value.replace("\\", "")


def test_reset_and_default_range_lead_back() -> None:
    changed = PLAN.with_values(causal_share=0.1).changed(ranges={"causal_share": None}, notes={"causal_share": "x"})
    test = details(screen(changed), "causal_share")
    press(test, "Default range")
    assert kept(test).ranges == {}
    assert kept(test).values["causal_share"] == 0.1
    press(details(test, "causal_share"), "Reset")
    assert kept(test) == PLAN


def test_a_value_outside_its_range_is_warned_of() -> None:
    assert not screen().warning
    test = screen(PLAN.with_values(employees=800).changed(ranges={"employees": Range(1, 2, 3)}))
    assert [warning.value.startswith("Outside its own range") for warning in test.warning] == [True]


def test_custom_path_has_a_field_for_each_year_and_follows_the_horizon() -> None:
    test = screen()
    where = "The share at the end of each year is set on the Assumptions screen."
    assert where not in shown(test)
    test.selectbox(key="lever:ramp_shape").select("custom").run()
    assert where in shown(test)
    details(test, "horizon_years").text_input(key=f"horizon_years:{table.VALUE}").set_value("7")
    press(test, "Apply")
    assert len([field for field in test.text_input if field.key.startswith("path:")]) == 7
    test.text_input(key="path:2").set_value("30").run()
    assert kept(test).social_share_path[1] == 0.3
    test.text_input(key="path:2").set_value("thirty").run()
    assert kept(test).social_share_path[1] == 0.3
    told = "'thirty' is not a number; type a number within 0.1\u00a0% … 100\u00a0%, like 24.5"
    assert told in test.error[0].value.replace("\\", "")
    test.text_input(key="path:2").set_value("300").run()
    assert "0.1" in test.error[0].value.replace("\\", "")


def test_a_decimal_comma_is_read_in_the_path() -> None:
    test = screen(PLAN.changed(locale="da"), PLAN.changed(locale="da"))
    test.selectbox(key="lever:ramp_shape").select("custom").run()
    test.text_input(key="path:1").set_value("15,5").run()
    assert kept(test).social_share_path[0] == 0.155


def test_correlations_are_set_told_refused_and_removed() -> None:
    test = screen()

    def pair(one: str | None, other: str, strength: str) -> None:
        if one:
            test.selectbox(key="correlated one").select(one)
        test.selectbox(key="correlated other").select(other)
        test.text_input(key="rank correlation").set_value(strength)
        press(test, "Set correlation")

    pair(None, "causal_share", "0.5")
    assert "choose both" in test.error[0].value
    for other, strength, why in (
        ("causal_share", "0.5", "pairs an input with itself"),
        ("retained_share", "3", "'3' is out of bounds; type a number within −1 … 1, like 0.5"),
    ):
        pair("causal_share", other, strength)
        assert test.error[0].value.replace("\\", "").count(f"Correlation: {why}") == 1
    pair("revenue_growth", "causal_share", "0.6")
    pair("revenue_growth", "retained_share", "0.6")
    assert "Revenue growth: 0.6" in shown(test)
    before = kept(test)
    pair("causal_share", "retained_share", "-0.9")
    assert kept(test) == before
    assert "contradict each other" in test.error[0].value
    for _ in range(2):
        press(test, "Remove")
    assert kept(test) == PLAN


def test_the_sidebar_keeps_step_with_the_table() -> None:
    test = details(screen(), "training_hours")
    test.text_input(key=f"training_hours:{table.VALUE}").set_value("80")
    press(test, "Apply")
    assert test.select_slider(key="lever:training_hours").value == 80
    test.select_slider(key="lever:training_hours").set_value(60.0).run()
    assert test.dataframe[0].value.loc["training_hours", table.VALUE] == "60"
