"""The Model screen in a real browser: from the navigation through the picture to a formula."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settled, visit
from tests.browser.test_screens import patiently

pytestmark = pytest.mark.browser


def title(page: Page) -> str:
    return page.locator(".js-plotly-plot .gtitle").first.text_content() or ""


OUTSIDE = """points => points.filter(point => {
    const text = point.querySelector("text"), box = point.querySelector("path");
    if (!text || !box) return true;
    const [t, b] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
    return t.left < b.left - 1 || t.right > b.right + 1 || t.top < b.top - 1 || t.bottom > b.bottom + 1;
}).map(point => point.textContent)"""


def boxes(page: Page) -> Locator:
    """The boxes of the picture, once it is drawn."""
    found = page.locator(".js-plotly-plot g.point")
    found.first.wait_for()
    return found


def outside(page: Page) -> list[str]:
    """The boxes whose text leaves them."""
    found: list[str] = boxes(page).evaluate_all(OUTSIDE)
    return found


def test_a_box_that_is_clicked_comes_into_the_middle_and_its_formula_opens(page: Page) -> None:
    visit(page, "Model")
    assert title(page).startswith("Net cash: made of 2")
    # Forced, as Plotly lays a sheet of its own over the boxes that takes the click.
    boxes(page).filter(has_text=re.compile("^Costs")).click(force=True)
    page.get_by_text("Costs: made of 3").first.wait_for()
    settled(page)
    page.get_by_role("button", name="Costs: formula and numbers").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Outlay", timeout=30_000)
    page.keyboard.press("Escape")
    search = page.get_by_label("Search", exact=True)
    search.fill("skill retention")
    search.press("Enter")
    settled(page)
    page.get_by_role("button", name="Monthly skill retention").wait_for()


def test_no_text_of_the_picture_leaves_its_box(page: Page) -> None:
    visit(page, "Model")
    for width in (1366, 820):
        page.set_viewport_size({"width": width, "height": 1180})
        for reach in ("2 steps", "Whole model"):
            page.get_by_test_id("stButtonGroup").get_by_text(reach, exact=True).click()
            settled(page)
            assert patiently(outside, page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
