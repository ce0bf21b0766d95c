"""The Model screen in a real browser: from the navigation through the picture to a formula."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settled, visit

pytestmark = pytest.mark.browser


def title(page: Page) -> str:
    return page.locator(".js-plotly-plot .gtitle").first.text_content() or ""


def test_a_box_that_is_clicked_comes_into_the_middle_and_its_formula_opens(page: Page) -> None:
    visit(page, "Model")
    assert title(page).startswith("Net cash: made of 2")
    box = page.locator(".js-plotly-plot g.point").filter(has_text="Costs").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_text("Costs: made of 6").first.wait_for()
    settled(page)
    page.get_by_role("button", name="Costs: formula and numbers").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Training cost", timeout=30_000)
    page.keyboard.press("Escape")
    search = page.get_by_label("Search", exact=True)
    search.fill("skill retention")
    search.press("Enter")
    page.get_by_role("button", name="Monthly skill retention").wait_for()


def test_no_text_of_the_picture_leaves_its_box(page: Page) -> None:
    visit(page, "Model")
    for width in (1366, 820):
        page.set_viewport_size({"width": width, "height": 1180})
        page.wait_for_timeout(1000)
        for reach in ("2 steps", "Whole model"):
            page.get_by_test_id("stButtonGroup").get_by_text(reach, exact=True).click()
            settled(page)
            page.wait_for_timeout(500)
            outside = page.locator(".js-plotly-plot g.point").evaluate_all(
                """points => points.filter(point => {
                    const text = point.querySelector("text"), box = point.querySelector("path");
                    if (!text || !box) return true;
                    const [t, b] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
                    return t.left < b.left - 1 || t.right > b.right + 1
                        || t.top < b.top - 1 || t.bottom > b.bottom + 1;
                }).map(point => point.textContent)"""
            )
            assert outside == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
