"""The Portfolio screen: units read and refused, what is asked of them, what comes of it, a unit looked into."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.portfolio import duration
from dashboard.screens.portfolio.given import MOST_HERE, of_library, of_table
from dashboard.screens.portfolio.question import GroupQuestion, foreign, told
from dashboard.screens.portfolio.settings import example_limits
from dashboard.session import compute
from model.history.importing.data_file import DataFile
from model.portfolio.allocation.allocate import allocate
from model.portfolio.allocation.limits import check_limits
from model.portfolio.consolidated import consolidate
from model.portfolio.example import example_units
from model.portfolio.rates import Rate
from model.portfolio.shared_beliefs import Drawing
from model.presets import PRESETS
from model.reading.faults import Fault, ScenarioError
from tests.dashboard.app import errors, opened, press, scenario, shown
from tests.model.history.workbooks import book_of, saved

PLAN = PRESETS["social-plan"]
HEADING = "name,employees,currency"
TWO = f"{HEADING}\nNorth,400,\nSouth,800,\n"


def table(text: str) -> DataFile:
    return DataFile("units.csv", text.encode())


def asked(**changes: object) -> GroupQuestion:
    settings = {"currency": "USD", "correlation": 0.5, "rates": (), "budget": None, "limits": "", "least_odds": None}
    return GroupQuestion(**{**settings, "draws": 256, **changes})


# The units


def test_the_example_is_a_group_whose_rows_give_every_rate() -> None:
    given = of_table(example_units(), PLAN)
    assert given.faults == ()
    assert len(given.units) == 8
    assert foreign(given.units, "USD") == []
    assert {unit.scenario.currency for unit in given.units} == {"USD", "EUR", "GBP", "SEK"}
    assert asked().portfolio(given.units).told


def test_every_fault_is_told_by_row_and_column_at_once() -> None:
    given = of_table(table(f"{HEADING}\nNorth,many,\nSouth,800,EURO\n"), PLAN)
    assert given.units == ()
    assert {fault.key for fault in given.faults} == {"Row 2, employees", "Row 3, currency"}


@pytest.mark.parametrize("content", ["", "\0\0", "only,a,heading\n", "name\nNorth\nNorth\n"])
def test_what_is_no_group_is_refused_with_a_reason(content: str) -> None:
    given = of_table(table(content), PLAN)
    assert given.units == ()
    assert given.faults


def test_a_group_that_would_keep_others_waiting_is_for_the_command_line() -> None:
    rows = "\n".join(f"Unit {place},400" for place in range(MOST_HERE + 1))
    (fault,) = of_table(table(f"name,employees\n{rows}\n"), PLAN).faults
    assert "python -m model portfolio" in fault.message


def test_what_rows_do_not_say_follows_another_scenario_when_asked() -> None:
    given = of_table(table(TWO), PLAN)
    other = PLAN.changed(assumptions={**PLAN.assumptions, "contribution_margin": 0.31})
    assert [unit.scenario.values["contribution_margin"] for unit in given.on(other).units] == [0.31, 0.31]
    assert given.on(PLAN) == given


def test_a_sheet_of_a_workbook_can_be_chosen() -> None:
    book = book_of(["Remark", "By"], ["none", "me"], name="Notes")
    sheet = book.create_sheet("Units")
    for row in (["name", "employees"], ["North", 400]):
        sheet.append(row)
    given = of_table(DataFile("units.xlsx", saved(book)), PLAN, "Units")
    assert given.sheets == ("Notes", "Units")
    assert [unit.name for unit in given.units] == ["North"]


def test_scenarios_are_units_and_two_of_one_name_are_refused() -> None:
    other = PLAN.changed(name="Another", currency="EUR")
    given = of_library([PLAN, other], PLAN)
    assert [unit.name for unit in given.units] == [PLAN.name, "Another"]
    assert of_library([PLAN, PLAN], PLAN).units == ()
    assert of_library([], PLAN).faults


# What is asked


def test_currencies_need_a_rate_and_the_field_is_named() -> None:
    given = of_table(table(f"{HEADING}\nNorth,400,EUR\nSouth,800,\n"), PLAN)
    assert foreign(given.units, "USD") == ["EUR"]
    with pytest.raises(ScenarioError) as refused:
        asked().portfolio(given.units)
    (fault,) = refused.value.faults
    assert told(fault).startswith("Rate of EUR: is missing; type it above")
    rate = Rate("EUR", 1.08, date(2026, 11, 1))
    assert asked(rates=(rate,)).portfolio(given.units).rates["EUR"] == rate


def test_rates_into_another_currency_than_the_group_s_are_refused_on_the_screen_too() -> None:
    given = of_table(table("name,employees,currency,rate\nNorth,400,EUR,1.08@2026-11-01\n"), PLAN)
    assert given.faults == ()
    with pytest.raises(ScenarioError, match=r"North: has a rate that is 1\.08, but EUR is the group's own currency"):
        asked(currency="EUR").portfolio(given.units)


def test_limits_are_read_a_line_each_and_refused_by_field() -> None:
    limits = asked(limits="\nNorth=100k..2m\n  Europe=..5m \n", budget=3e6, least_odds=0.6).split()
    assert limits.totals["North"].least == 100_000
    assert limits.totals["Europe"].most == 5_000_000
    assert (limits.budget, limits.least_odds) == (3e6, 0.6)
    with pytest.raises(ScenarioError) as refused:
        asked(limits="North\nSouth=2..1..3").split()
    assert all(told(fault).startswith("Limit: ") for fault in refused.value.faults)
    assert told(Fault("--limit Noth", "names no unit")) == "Limit Noth: names no unit"
    assert told(Fault("--budget", "is out of bounds")) == "Budget: is out of bounds"


def test_the_limits_that_a_field_shows_can_be_met_by_the_example_s_units() -> None:
    given = of_table(example_units(), PLAN)
    asks = asked(limits=example_limits(given))
    group = asks.portfolio(given.units)
    assert {*asks.split().totals} == {"United States", "Americas"}
    check_limits(group, asks.split())
    assert allocate(group, asks.split(), Drawing(128)).parts


def test_who_no_longer_waits_ends_the_computation() -> None:
    group = asked().portfolio(of_table(table(TWO), PLAN).units)

    class Left(Exception):
        pass

    def left(_done: int, _of: int) -> None:
        raise Left

    with pytest.raises(Left):
        compute.consolidated(group, Drawing(256), left)


def test_it_is_told_how_long_a_group_takes_and_how_much_of_that_is_left() -> None:
    few, many = (duration.seconds(asked(draws=2048), count, 2) for count in (8, 1000))
    assert many == pytest.approx(125 * few)
    assert duration.seconds(asked(draws=8192, least_odds=0.5), 8, 1) > 4 * few
    assert duration.in_words(few, PLAN.format) == "some 10 seconds"
    assert duration.in_words(many, PLAN.format) == "some 4 minutes"
    # A fifth took 30 seconds, and three fifths are left.
    assert duration.left((100, 0.2), (130, 0.4)) == pytest.approx(90)
    assert duration.left((100, 0.2), (100, 0.2)) == 0


def test_of_many_units_processes_do_the_work_and_count_the_same(monkeypatch) -> None:
    monkeypatch.setattr(compute, "FEW_UNITS", 8)
    # On a busy machine they would give way to all other tests.
    monkeypatch.setattr(compute, "_GIVES_WAY", 1)
    rows = "".join(f"Unit {place},{400 + place},\n" for place in range(9))
    group = asked().portfolio(of_table(table(f"{HEADING}\n{rows}"), PLAN).units)
    told: list[int] = []
    found = compute.consolidated(group, Drawing(128), lambda done, _: told.append(done))
    assert np.array_equal(found.npv, consolidate(group, Drawing(128)).npv)
    assert told == [8, 9]


# The screen


def given_by_paste(text: str) -> AppTest:
    test = opened(PLAN, "portfolio")
    test.segmented_control[0].set_value("Paste").run()
    test.text_area[0].set_value(text).run()
    return press(test, "Read the table")


def test_a_table_is_pasted_computed_looked_into_and_taken_back() -> None:
    test = press(given_by_paste(TWO), "Compute the group")
    assert test.markdown[0].value.startswith("# The group’s plan is worth")
    assert "Social budget over the plan" in shown(test)
    assert {"Workbook", "Slide", "Page"} <= {button.label for button in test.get("download_button")}
    before = scenario(test)
    press(test, "Make it the scenario of all screens")
    assert scenario(test).values["employees"] in (400, 800)
    assert "is the scenario of all screens" in test.success[0].value
    assert test.session_state["base"] == scenario(test)
    # What rows do not say stays as it was when they were read.
    assert not test.info
    press(test, "Undo")
    assert scenario(test) == before
    test.text_area(key="portfolio limits").set_value("Nroth=..1m").run()
    assert "have changed since" in test.info[0].value
    press(test, "Compute the group")
    assert "Limit Nroth: names neither a unit nor a tag" in errors(test)


def test_a_refused_table_stays_typed_and_its_faults_stand_beside_it() -> None:
    text = f"{HEADING}\nNorth,many,\n"
    test = given_by_paste(text)
    assert "Row 2, employees" in errors(test)
    assert test.text_area[0].value == text
    assert not [button for button in test.button if button.label == "Compute the group"]
