"""The Own data screen in a real browser: a history is dropped, mapped, taken over, seen elsewhere and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.screens.assumptions import table as table
from model.assumptions import ASSUMPTIONS
from model.history.example import example_history
from tests.browser.conftest import LAPTOP, choose_in, give, settled, visit
from tests.browser.test_assumptions import cell, only
from tests.browser.test_plan import stamp, wait_for_change
from tests.browser.test_screens import BRIGHTNESSES, PHONE, TABLET, patiently, seen, violations

pytestmark = pytest.mark.browser
BELIEF = "other_incremental_roas"
TOLD = "Usable: your history tells 5 of 6 beliefs"
TOLD_BY_EXAMPLE = "Usable: the example's history tells 5 of 6 beliefs"


def test_a_history_is_dropped_mapped_taken_over_and_taken_back(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "weeks.csv"
    file.write_text(example_history().content.decode().replace("Revenue", "Kroner"), encoding="utf-8")
    visit(page, "Own data")
    give(page.locator("input[type=file]").first, file)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Revenue: is needed: choose its column")
    choose_in(page, page.get_by_test_id("stSelectbox").filter(has_text="Revenue"), "Kroner")
    page.get_by_role("heading", name=TOLD).wait_for()
    settled(page)
    before = stamp(page)
    page.get_by_role("button", name="Take over these ranges").click()
    wait_for_change(page, before)
    visit(page, "Assumptions")
    only(page, BELIEF)
    expect(cell(page, table.GRADE)).to_have_text("C")
    expect(cell(page, table.VALUE)).not_to_have_text(f"{ASSUMPTIONS[BELIEF].default:g}")
    expect(cell(page, table.CHANGED)).to_have_text("value, range, note")
    taken = stamp(page)
    page.get_by_role("button", name="Undo").click()
    wait_for_change(page, taken)
    assert stamp(page) == before
    expect(cell(page, table.CHANGED)).to_have_text("")


def test_a_test_s_cell_that_cannot_be_used_is_told_and_stays_and_the_test_before_counts_on(
    page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "tests.csv"
    file.write_text("Channel,Weeks,Spend,Extra,Lift,SE\nFacebook,8,40000,20000,60000,9000\n", encoding="utf-8")
    visit(page, "Own data")
    page.get_by_text("Tests of your own").click()
    give(page.locator("input[type=file]").nth(1), file)
    page.get_by_role("heading", name="your test tells").wait_for()
    settled(page)
    type_spend(page, "many")
    expect(page.get_by_test_id("stAlert").last).to_contain_text("The test in row 1 has the spend before 'many'")
    visit(page, "Assumptions")
    visit(page, "Own data")
    page.get_by_role("heading", name="your test tells").wait_for()
    expect(page.get_by_test_id("stAlert").last).to_contain_text("has the spend before 'many'")
    type_spend(page, "50000")
    expect(page.get_by_role("button", name="Use these tests")).to_be_disabled()
    expect(page.get_by_text("cannot be used like this")).to_have_count(0)


def type_spend(page: Page, text: str) -> None:
    """Type the spend of the first test, and ask for it to be used."""
    table = page.get_by_test_id("stDataFrame").first.locator(".dvn-scroller")
    table.click(position={"x": 380, "y": 50})
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type(text, delay=20)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="Use these tests").click()
    settled(page)


def test_what_a_history_tells_suits_each_size_and_brightness(shared_page: Page) -> None:
    page = shared_page
    page.set_viewport_size(LAPTOP)
    visit(page, "Own data")
    page.get_by_role("button", name="Try the example").click()
    page.get_by_role("heading", name=TOLD_BY_EXAMPLE).wait_for()
    faults: list[str] = []
    for brightness, size in zip((*BRIGHTNESSES, BRIGHTNESSES[0]), (LAPTOP, TABLET, PHONE), strict=True):
        page.emulate_media(color_scheme=brightness)
        settled(page)
        page.set_viewport_size(size)
        settled(page)
        where = f"{size['width']} {brightness}: "
        faults += [where + fault for look in (seen, violations) for fault in patiently(look, page)]
    page.set_viewport_size(LAPTOP)
    assert not faults, "\n".join(faults)
