"""The Skills screen in a real browser: typing into the table, its focus, pasted rows, what the plan makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from model.presets import PRESETS
from model.skills.areas import starting_areas
from model.units import SHARE
from tests.browser.conftest import give, visit
from tests.browser.test_plan import metric, stamp, wait_for_change

pytestmark = pytest.mark.browser
# The table's columns from 1, and their widths in pixels.
AREA, TODAY, WANTED = 1, 3, 4
WIDTHS = (185, 80, 80, 84)


def cell(page: Page, row: int, column: int) -> Locator:
    """A cell, row and column from 1, as assistive technology reads it; the first column marks rows."""
    return page.locator(f"#glide-cell-{column}-{row - 1}")


def select(page: Page, row: int, column: int) -> None:
    x = 33 + sum(WIDTHS[: column - 1]) + WIDTHS[column - 1] / 2
    page.get_by_test_id("stDataFrame").locator(".dvn-scroller").click(position={"x": x, "y": 33 * (row + 0.5)})
    expect(cell(page, row, column)).to_have_attribute("aria-selected", "true")


def type_here(page: Page, text: str) -> None:
    """Write into the selected cell, which Enter opens and closes."""
    page.keyboard.press("Enter")
    opened = page.locator("#portal").locator("textarea, input").first
    opened.fill(text)
    opened.press("Enter")


def used(page: Page) -> None:
    before = stamp(page)
    page.get_by_role("button", name="Use as part already competent").click()
    wait_for_change(page, before)


def test_typed_skills_feed_the_plan_and_travel_with_the_session(page: Page) -> None:
    visit(page, "Skills")
    before = stamp(page)
    select(page, 1, TODAY)
    type_here(page, "57,5")
    wait_for_change(page, before)
    before = stamp(page)
    # The place in the table is kept: Enter led to the cell below.
    expect(cell(page, 2, TODAY)).to_have_attribute("aria-selected", "true")
    type_here(page, "10 %")
    wait_for_change(page, before)
    share = (0.575 + 0.1 + 6 * 0.37) / 8
    second = starting_areas(0.37)[1]
    shown = PRESETS["social-plan"].format.rounded(share, SHARE)
    assert metric(page, "Competent today, weighted") == shown
    assert f"most in {second.name}" in page.get_by_test_id("stMain").inner_text()
    used(page)
    visit(page, "Plan")
    page.get_by_test_id("stMain").get_by_text("today 36.1875").wait_for()
    visit(page, "Skills")
    page.get_by_test_id("stMain").get_by_text(f"most in {second.name}").wait_for()


def test_a_refused_cell_is_told_and_can_be_mended(page: Page) -> None:
    visit(page, "Skills")
    before = stamp(page)
    select(page, 2, WANTED)
    type_here(page, "most")
    page.get_by_test_id("stAlert").get_by_text("Row 2, wanted").wait_for()
    assert stamp(page) == before
    select(page, 2, WANTED)
    type_here(page, "90")
    wait_for_change(page, before)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_legal_cells_are_taken_beside_a_refused_one_which_stays_typed(page: Page) -> None:
    visit(page, "Skills")
    select(page, 2, WANTED)
    type_here(page, "150")
    told = page.get_by_test_id("stAlert").get_by_text("Row 2, wanted: '150' is out of bounds: 0\u00a0% … 100\u00a0%")
    told.wait_for()
    before = stamp(page)
    select(page, 1, TODAY)
    type_here(page, "57,5")
    wait_for_change(page, before)
    told.wait_for()
    expect(cell(page, 2, WANTED)).to_have_text("150")
    visit(page, "Plan")
    visit(page, "Skills")
    expect(cell(page, 1, TODAY)).to_have_text("57.5\u00a0%")
    expect(cell(page, 2, WANTED)).to_have_text("80\u00a0%")


def test_a_refused_budget_is_told_with_its_bounds_and_stays_typed(page: Page) -> None:
    visit(page, "Skills")
    field = page.get_by_role("textbox", name="Budget (hours per person and year)")
    for typed, fault in (("12,5", "is not a number"), ("99999", "is out of bounds"), ("abc", "is not a number")):
        field.fill(typed)
        field.press("Enter")
        page.get_by_test_id("stAlert").get_by_text(f"'{typed}' {fault}; type a number within 0 … 1,000").wait_for()
        expect(field).to_have_value(typed)
    field.fill("12.5")
    field.press("Enter")
    expect(page.get_by_test_id("stAlert").get_by_text("type a number")).to_have_count(0)


def test_rows_pasted_into_the_table_and_saved_as_csv(page: Page, context: BrowserContext, tmp_path: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "Skills")
    before = stamp(page)
    page.evaluate("text => navigator.clipboard.writeText(text)", "=Content\t5\t20 %\t90 %\nCrisis\t1\t12,5\t80")
    select(page, 1, AREA)
    page.keyboard.press("Control+V")
    wait_for_change(page, before)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save CSV").click()
    file = tmp_path / "skills.csv"
    download.value.save_as(file)
    rows = file.read_text(encoding="utf-8").splitlines()
    heads = "area,importance (ratio),competent (fraction),wanted (fraction),scenario,hash,made_on,currency"
    assert rows[0] == ",".join(f'"{head}"' for head in heads.split(","))
    assert rows[1].startswith('"\'=Content",5.0,0.2,0.9,')
    assert rows[2].startswith('"Crisis",1.0,0.125,0.8,')
    assert len(rows) == 9
    # The saved file opens again as the same areas.
    pasted = stamp(page)
    page.get_by_role("button", name="Start again").click()
    wait_for_change(page, pasted)
    page.get_by_role("button", name="Open CSV").click()
    give(page.locator("input[type=file]").last, file)
    page.get_by_test_id("stTable").get_by_text("=Content").wait_for()
    expect(page.get_by_test_id("stException")).to_have_count(0)
