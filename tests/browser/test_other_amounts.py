"""The table of other costs and benefits in a real browser: whoever types on gets all that was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled, visit

pytestmark = pytest.mark.browser
# Where a column of the table begins, and how high a row is.
NAME, YEAR_1, YEAR_2, ROW = 160, 380, 484, 35


def opened(page: Page) -> Locator:
    """The table, in its room opened by hand."""
    visit(page, "Assumptions")
    room = page.get_by_test_id("stExpander").filter(has_text="Other costs and benefits")
    room.locator("summary").click()
    table = room.get_by_test_id("stDataFrame").locator(".dvn-scroller")
    expect(table).to_be_visible()
    settled(page)
    return table


def put(table: Locator, row: int, x: int, text: str) -> None:
    """Click on a cell, type and press Enter, as fast as the cell opens: nothing waits for the app."""
    table.click(position={"x": x, "y": ROW * row + 17})
    table.page.keyboard.press("Enter")
    table.page.locator("#portal textarea").fill(text)
    table.page.keyboard.press("Enter")


@pytest.mark.parametrize("pause", [0, 300])
def test_every_entry_of_a_quick_hand_is_kept(page: Page, pause: int) -> None:
    table = opened(page)
    entries = [(1, NAME, "Licences"), (1, YEAR_1, "20000"), (2, NAME, "Studio"), (2, YEAR_1, "3000"),
               (2, YEAR_2, "4000"), (1, YEAR_2, "21000")]  # fmt: skip
    for row, x, text in entries:
        put(table, row, x, text)
        page.wait_for_timeout(pause)
    settled(page)
    visit(page, "Plan")
    visit(page, "Assumptions")
    room = page.get_by_test_id("stExpander").filter(has_text="Other costs and benefits")
    cells = [
        [room.locator(f"#glide-cell-{column}-{row}").first.text_content() for column in (1, 2, 3)] for row in (0, 1)
    ]
    assert cells == [["Licences", "20,000", "21,000"], ["Studio", "3,000", "4,000"]]


def test_a_row_stays_where_it_is_typed_with_nothing_above_it(page: Page) -> None:
    table = opened(page)
    put(table, 3, NAME, "Studio")
    put(table, 3, YEAR_1, "3000")
    settled(page)
    third = page.get_by_test_id("stExpander").filter(has_text="Other costs and benefits").locator("#glide-cell-1-2")
    expect(third).to_have_text("Studio")
