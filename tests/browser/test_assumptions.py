"""The Assumptions screen in a real browser: typing into the table, by pointer and by keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.screens.assumptions import table as table
from model.assumptions import ASSUMPTIONS, Range
from model.presets import PRESETS
from model.projection import project
from model.units import MONEY
from tests.browser.conftest import open_file, settled, visit
from tests.browser.test_plan import metric, stamp, wait_for_change

pytestmark = pytest.mark.browser
PLAN = PRESETS["social-plan"]
# As the columns stand on the screen.
COLUMNS = (table.LABEL, table.VALUE, table.UNIT, table.GRADE, *table.ENDS, table.CHANGED, "details", "reset",
           table.DISTRIBUTION, table.START, table.NOTE)  # fmt: skip


def only(page: Page, name: str) -> None:
    """Search, so that the wanted row is the first."""
    page.get_by_label("Search", exact=True).fill(ASSUMPTIONS[name].label)
    page.keyboard.press("Enter")
    expect(cell(page, table.LABEL)).to_have_text(ASSUMPTIONS[name].label)
    settled(page)


def cell(page: Page, column: str) -> Locator:
    """The cell of the first row, as assistive technology reads it."""
    # The first: a table that was just replaced may still fade below the new one.
    return page.locator(f"#glide-cell-{COLUMNS.index(column)}-0").first


def grid(page: Page) -> Locator:
    return page.get_by_test_id("stDataFrame").locator(".dvn-scroller")


def click(page: Page, x: float) -> None:
    """Click on the first row, so many pixels from its left edge."""
    grid(page).click(position={"x": x, "y": 50})


def start(page: Page) -> None:
    """Scroll to the first columns: those out of sight are not there."""
    grid(page).evaluate("scroller => { scroller.scrollLeft = 0 }")


def select(page: Page, column: str) -> None:
    """Select a cell of the first row: a click on its value, then the arrow keys."""
    start(page)
    expect(cell(page, table.VALUE)).to_be_attached()
    # A second click would open it.
    if cell(page, table.VALUE).get_attribute("aria-selected") != "true":
        click(page, 330)
    first, last = COLUMNS.index(table.VALUE), COLUMNS.index(column)
    for place in range(first, last + 1):
        if place > first:
            page.keyboard.press("ArrowRight")
        expect(cell(page, COLUMNS[place])).to_have_attribute("aria-selected", "true")


def type_in(page: Page, column: str, text: str) -> None:
    select(page, column)
    page.keyboard.press("Enter")
    page.locator("#portal").locator("textarea, input").first.fill(text)
    page.keyboard.press("Enter")


def put(page: Page, column: str, text: str) -> None:
    """Type what is taken."""
    before = stamp(page)
    type_in(page, column, text)
    wait_for_change(page, before)


def test_the_table_is_edited_and_the_plan_follows_and_goes_back(page: Page) -> None:
    visit(page, "Assumptions")
    only(page, "employees")
    put(page, table.VALUE, "800")
    put(page, table.LOW, "700")
    put(page, table.HIGH, "900")
    put(page, table.NOTE, "counted in May")
    start(page)
    expect(cell(page, table.CHANGED)).to_have_text("value, range, note")
    expected = PLAN.with_values(employees=800).changed(
        ranges={"employees": Range(700, 800, 900)}, notes={"employees": "counted in May"}
    )
    assert stamp(page) == expected.hash
    visit(page, "Plan")
    worth = project(expected).metrics["npv"]
    assert metric(page, "Net present value") == expected.format.rounded(worth, MONEY)
    visit(page, "Assumptions")
    only(page, "employees")
    before = stamp(page)
    # Scrolled into view, the button stands at the right edge.
    select(page, "reset")
    click(page, grid(page).bounding_box()["width"] - 45)
    wait_for_change(page, before)
    assert stamp(page) == PLAN.hash
    put(page, table.VALUE, "600")
    page.get_by_role("button", name="Reset all").click()
    expect(cell(page, table.VALUE)).to_have_text("500")
    settled(page)
    assert stamp(page) == PLAN.hash


def test_a_refused_cell_is_told_and_shows_what_holds(page: Page) -> None:
    visit(page, "Assumptions")
    only(page, "discount_rate")
    type_in(page, table.VALUE, "250")
    told = page.get_by_test_id("stAlert").filter(has_text="not taken")
    expect(told).to_contain_text("Discount rate: Value '250' is out of bounds")
    expect(told).to_contain_text("Type a number within 0\u00a0% … 100\u00a0%, like 10")
    expect(cell(page, table.VALUE)).to_have_text("10")
    assert stamp(page) == PLAN.hash
    put(page, table.VALUE, "12")
    expect(told).to_have_count(0)


def test_a_danish_scenario_takes_a_decimal_comma(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "dansk.json"
    file.write_text(json.dumps({"name": "Dansk", "locale": "da", "currency": "DKK"}))
    open_file(page, file)
    visit(page, "Assumptions")
    only(page, "contribution_margin")
    put(page, table.VALUE, "38,5")
    expect(cell(page, table.VALUE)).to_have_text("38,5")
    expected = PLAN.with_values(contribution_margin=0.385).changed(
        name="Dansk (edited)", description="", locale="da", currency="DKK"
    )
    assert stamp(page) == expected.hash


def test_details_open_by_keys_and_the_levers_keep_step(page: Page) -> None:
    visit(page, "Assumptions")
    chooser = page.get_by_role("combobox", name="Details of")
    chooser.focus()
    page.keyboard.type("Training per", delay=20)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=ASSUMPTIONS["training_hours"].label)
    dialog.get_by_label("Value (hours a year)").fill("80")
    before = stamp(page)
    page.keyboard.press("Enter")
    wait_for_change(page, before)
    expect(dialog).to_have_count(0)
    lever = page.get_by_test_id("stSlider").filter(has_text="Training per person").get_by_role("slider")
    expect(lever).to_have_attribute("aria-valuetext", "80")
