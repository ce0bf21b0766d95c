"""The table of assumptions without a browser: what its cells say, and what edits of them do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.screens.assumptions import table as table
from model.assumptions import ASSUMPTIONS, SECTIONS, Distribution, Range, default_range
from model.presets import PRESETS
from model.scenario import Scenario
from tests.scenarios import legal_data

PLAN = PRESETS["social-plan"]
DANISH = PLAN.changed(locale="da", currency="DKK")
LOCALES = ("en", "da", "de", "fr", "sv", "de_CH")


def edited(scenario: Scenario, name: str, **cells: str | None) -> table.EditedScenario:
    columns = {column.lower(): column for column in table.EDITABLE} | {"note": table.NOTE}
    return table.edited(scenario, {name: {columns[key]: text for key, text in cells.items()}})


@settings(max_examples=20)
@given(data=legal_data(), locale=st.sampled_from(LOCALES))
def test_every_cell_is_read_as_what_it_shows(data: dict[str, Any], locale: str) -> None:
    scenario = Scenario.from_data(data).changed(locale=locale)
    for name, item in ASSUMPTIONS.items():
        cells, text = table.row(scenario, PLAN, name), scenario.format
        value, shown = scenario.values[name], text.read(cells[table.VALUE], item.unit)
        if item.numeric:
            # Six decimals are shown.
            assert shown * item.unit.scale == pytest.approx(value * item.unit.scale, abs=5.1e-7, rel=1e-12)
        else:
            assert shown == value
        assert text.bare(shown, item.unit) == cells[table.VALUE]


@settings(max_examples=20)
@given(data=legal_data())
def test_rows_handed_back_as_they_are_change_nothing(data: dict[str, Any]) -> None:
    scenario = Scenario.from_data(data)
    entered = {name: {c: table.row(scenario, PLAN, name)[c] for c in table.EDITABLE} for name in ASSUMPTIONS}
    assert table.edited(scenario, entered) == table.EditedScenario(scenario, ())


@settings(max_examples=20)
@given(data=legal_data(), nonsense=st.sampled_from(["x", "1;5", "..", "nan", "inf", "1e400", "−9e9", "%", "1 2 x"]))
def test_refused_cells_leave_all_else_and_are_quoted(data: dict[str, Any], nonsense: str) -> None:
    scenario = Scenario.from_data(data)
    typed = {name: {table.VALUE: nonsense, table.NOTE: "why"} for name in ASSUMPTIONS}
    outcome = table.edited(scenario, typed)
    assert outcome.scenario.values == scenario.values
    assert outcome.scenario.effective_ranges == scenario.effective_ranges
    assert set(outcome.scenario.notes.values()) == {"why"}
    assert [fault.key for fault in outcome.faults] == list(ASSUMPTIONS)
    assert all(f"Value '{nonsense}'" in fault.message for fault in outcome.faults)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("24.5", 0.245), ("24.5 %", 0.245), ("28.7%", 0.287), ("24.50", 0.245), (" 30 ", 0.3), ("1e1", 0.1)],
)
def test_per_cents_are_stored_as_the_fractions_they_say(typed: str, stored: float) -> None:
    outcome = edited(PLAN, "contribution_margin", value=typed)
    assert outcome.faults == ()
    assert outcome.scenario.values["contribution_margin"] == stored


@pytest.mark.parametrize(
    ("scenario", "name", "typed", "stored"),
    [
        (PLAN, "annual_pay", "65,500", 65_500), (PLAN, "annual_pay", "65 500 USD", 65_500),
        (DANISH, "annual_pay", "65.500", 65_500), (DANISH, "annual_pay", "65500,5 DKK", 65_500.5),
        (DANISH, "contribution_margin", "3,5", 0.035), (DANISH, "contribution_margin", "3,5 %", 0.035),
        (DANISH.changed(locale="de"), "on_cost", "1,42", 1.42), (DANISH, "revenue_growth", "−1,5", -0.015),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_locale_writes_them(
    scenario: Scenario, name: str, typed: str, stored: float
) -> None:
    outcome = edited(scenario, name, value=typed)
    assert outcome.faults == ()
    assert outcome.scenario.values[name] == stored


@pytest.mark.parametrize(
    ("scenario", "typed", "mend"),
    [
        (PLAN, "3,5", "like 35 or 3.5"), (DANISH, "3.5", "like 35 or 3,5"), (PLAN, "many", "like 35"),
        (DANISH, "?", "'?' is not a number; type a number within 0,1\u00a0% … 100\u00a0%, like 35"),
    ],
)  # fmt: skip
def test_a_number_of_another_locale_is_refused_with_its_spelling(scenario: Scenario, typed: str, mend: str) -> None:
    outcome = edited(scenario, "contribution_margin", value=typed)
    assert outcome.scenario == scenario
    (fault,) = outcome.faults
    assert mend in fault.message


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("employees", "0", "within 1 … 10,000,000"), ("discount_rate", "150", "within 0\u00a0% … 100\u00a0%"),
        ("horizon_years", "2.5", "whole number within 1 … 10"), ("ramp_shape", "linnear", "one of linear, s curve"),
        ("leadership_seat", "perhaps", "type on or off"),
            ("employees", "", "is empty; type a whole number within 1"),
        ("horizon_years", "fünf", "'fünf' is not a number; type a whole number within 1 … 10, like 5"),
    ],
)  # fmt: skip
def test_out_of_bounds_names_bounds_as_they_are_shown(name: str, typed: str, told: str) -> None:
    outcome = edited(PLAN, name, value=typed)
    assert outcome.scenario == PLAN
    assert told in outcome.faults[0].message


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("ramp_shape", "S curve", "s_curve"), ("ramp_shape", "front-loaded", "front_loaded"),
        ("leadership_seat", "On", True), ("training_programme", "no", False), ("horizon_years", "7", 7),
    ],
)  # fmt: skip
def test_choices_and_switches_are_typed_as_words(name: str, typed: str, stored: object) -> None:
    assert edited(PLAN, name, value=typed).scenario.values[name] == stored


def test_typing_an_end_makes_a_range_and_missing_ends_are_the_value() -> None:
    assert edited(PLAN, "employees", low="400").scenario.ranges == {"employees": Range(400, 500, 500)}
    assert edited(PLAN, "employees", high="600").scenario.ranges == {"employees": Range(500, 500, 600)}
    whole = edited(PLAN, "employees", value="520", low="400", high="600", distribution="triangular").scenario
    assert whole.ranges == {"employees": Range(400, 520, 600, Distribution.TRIANGULAR)}


def test_a_default_range_is_edited_end_by_end() -> None:
    declared = ASSUMPTIONS["contribution_margin"].range
    assert declared is not None
    changed = edited(PLAN, "contribution_margin", high="45").scenario
    assert changed.ranges == {"contribution_margin": Range(declared.low, declared.likely, 0.45)}
    moved = edited(PLAN, "contribution_margin", value="38", high="45").scenario
    assert moved.ranges == {"contribution_margin": Range(declared.low, 0.38, 0.45)}


def test_emptied_ends_take_the_range_away_and_the_default_one_can_come_back() -> None:
    certain = edited(PLAN, "contribution_margin", low=None, likely="", high="").scenario
    assert certain.ranges == {"contribution_margin": None}
    assert edited(PLAN, "contribution_margin", low="").scenario == certain
    default = default_range(ASSUMPTIONS["contribution_margin"], 0.35)
    again = edited(certain, "contribution_margin", low="30", high="40").scenario
    assert again.effective_ranges["contribution_margin"] == default
    assert again.ranges == {}


@pytest.mark.parametrize(
    ("name", "cells", "told"),
    [
        ("training_hours", {"low": "30", "high": "50"}, "a decision takes no range"),
        ("ramp_shape", {"low": "30"}, "a decision takes no range"),
        ("employees", {"distribution": "uniform"}, "type its low or its high first"),
        ("employees", {"likely": "510"}, "type its low or its high first"),
        (
            "contribution_margin",
            {"low": "40", "high": "30"},
            "the range has low 40, likely 35, high 30, but must rise",
        ),
        ("revenue_growth", {"distribution": "lognormal"}, "has low 0, but a lognormal range must lie above 0"),
        ("contribution_margin", {"high": "400"}, "within 0.1\u00a0% … 100\u00a0%"),
    ],
)
def test_a_range_that_cannot_be_is_refused_with_its_mend(name: str, cells: dict[str, str], told: str) -> None:
    outcome = edited(PLAN, name, **cells)
    assert outcome.scenario == PLAN
    assert told in outcome.faults[0].message
    assert all(f"'{text}'" in outcome.faults[0].message for text in cells.values())


@pytest.mark.parametrize("column", ["likely", "distribution"])
def test_likely_and_distribution_of_a_range_cannot_be_emptied_alone(column: str) -> None:
    outcome = edited(PLAN, "contribution_margin", **{column: ""})
    assert outcome.scenario == PLAN
    assert "is empty, but the range needs it; to take the range away, empty its low" in outcome.faults[0].message
    whole = edited(PLAN, "contribution_margin", low="", likely="", high="", distribution="")
    assert whole.faults == ()
    assert whole.scenario.ranges == {"contribution_margin": None}


def test_ranges_that_edits_took_away_are_named() -> None:
    certain = edited(PLAN, "contribution_margin", low="").scenario
    told = table.ranges_lost(PLAN, certain)
    assert (
        told == f"No range any more: {ASSUMPTIONS['contribution_margin'].label}; its value is taken as certain. "
        "Undo brings it back."
    )
    assert "their values are" in table.ranges_lost(PLAN, edited(certain, "causal_share", high="").scenario)
    assert table.ranges_lost(certain, PLAN) == table.ranges_lost(PLAN, PLAN.with_values(employees=9)) == ""


def test_ends_out_of_order_are_told_apart_where_commas_are_decimal() -> None:
    outcome = edited(DANISH, "contribution_margin", low="40", likely="3,5", high="12")
    assert "the range has low 40, likely 3,5, high 12, but must rise" in outcome.faults[0].message


def test_a_range_that_a_correlation_needs_stays() -> None:
    paired = PLAN.changed(correlations=[("revenue_growth", "contribution_margin", 0.5)])
    outcome = edited(paired, "revenue_growth", low="")
    assert outcome.scenario == paired
    assert "revenue_growth, which has no range" in outcome.faults[0].message


def test_legal_edits_of_a_batch_are_kept_beside_refused_ones() -> None:
    typed = {
        "employees": {table.VALUE: "800", table.LOW: "900", table.NOTE: "counted"},
        "tax_rate": {table.VALUE: "22"},
        "discount_rate": {table.VALUE: "-1"},
    }
    outcome = table.edited(PLAN, typed)
    assert outcome.scenario.assumptions == {"employees": 800, "tax_rate": 0.22}
    assert outcome.scenario.notes == {"employees": "counted"}
    assert [fault.key for fault in outcome.faults] == ["employees", "discount_rate"]


def test_edits_that_are_legal_only_together_are_taken_together() -> None:
    overshooting = PLAN.with_values(plan_delivery=1.5)
    alone = edited(overshooting, "social_share_target", value="95")
    assert alone.scenario == overshooting
    assert "bring plan_delivery or the share nearer" in alone.faults[0].message
    both = {"social_share_target": {table.VALUE: "95"}, "plan_delivery": {table.VALUE: "90"}}
    outcome = table.edited(overshooting, both)
    assert outcome.faults == ()
    assert outcome.scenario.values["social_share_target"] == 0.95


def test_a_note_changes_no_number_but_the_hash() -> None:
    noted = edited(PLAN, "tax_rate", note=" ask finance ").scenario
    assert noted.notes == {"tax_rate": "ask finance"}
    assert noted.values == PLAN.values
    assert noted.hash != PLAN.hash
    assert edited(noted, "tax_rate", note="").scenario == PLAN
    assert "at most 10000" in edited(PLAN, "tax_rate", note="x" * 10_001).faults[0].message


def test_differences_from_the_start_are_told_apart() -> None:
    changed = edited(PLAN, "employees", value="800", low="700", note="why").scenario
    assert table.differences(changed, PLAN, "employees") == ("value", "range", "note")
    certain = edited(PLAN, "revenue_growth", low="").scenario
    assert table.differences(certain, PLAN, "revenue_growth") == ("range",)
    assert table.row(changed, PLAN, "employees")[table.START] == "500"
    # A default range follows the value: that is no change of its own.
    moved = PLAN.with_values(contribution_margin=0.5)
    assert table.differences(moved, PLAN, "contribution_margin") == ("value",)


def test_rows_are_chosen_by_section_words_and_change() -> None:
    changed = PLAN.with_values(employees=800)
    assert table.chosen(PLAN, PLAN, table.EVERYWHERE, "", changed_only=False) == tuple(ASSUMPTIONS)
    sections = [table.chosen(PLAN, PLAN, section, "", changed_only=False) for section in SECTIONS]
    assert sum(sections, ()) == tuple(ASSUMPTIONS)
    assert table.chosen(PLAN, PLAN, table.EVERYWHERE, "TEAM aims", changed_only=False) == ("team_target",)
    assert table.chosen(changed, PLAN, table.EVERYWHERE, "", changed_only=True) == ("employees",)
    assert table.chosen(changed, changed, table.EVERYWHERE, "", changed_only=True) == ()
