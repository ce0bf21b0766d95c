"""Every screen at the sizes and in the brightnesses it must suit: nothing overlaps, is cut or hard to reach."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import LAPTOP, settled, visit
from tests.servers import ROOT

pytestmark = pytest.mark.browser

TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
SIZES = (LAPTOP, TABLET, PHONE)
BRIGHTNESSES = ("light", "dark")
MUST_NOT = ("serious", "critical")
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


def screens() -> list[str]:
    """The titles of all screens, as the app declares them."""
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "roi_app.py").read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    titles = [
        keyword.value.value
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "title" and isinstance(keyword.value, ast.Constant)
    ]
    # The Plan has a second address.
    return [*dict.fromkeys(titles)]


def test_there_are_screens_to_look_at() -> None:
    assert {"Plan", "Risk", "Optimise", "Assumptions"} <= set(screens())


@pytest.mark.parametrize("title", screens())
def test_a_screen_suits_each_size_and_brightness(shared_page: Page, title: str) -> None:
    page = shared_page
    page.set_viewport_size(LAPTOP)
    # From the menu: a screen opened by its address logs faults of Streamlit's own.
    visit(page, title)
    faults: list[str] = []
    for brightness in BRIGHTNESSES:
        page.emulate_media(color_scheme=brightness)
        for size in SIZES:
            page.set_viewport_size(size)
            settled(page)
            where = f"{size['width']} {brightness}: "
            # What the rules ask of a phone beyond a tablet does not depend on the colours.
            looks = (seen,) if size is PHONE and brightness != BRIGHTNESSES[0] else (seen, violations)
            faults += [where + fault for look in looks for fault in patiently(look, page)]
    assert not faults, "\n".join(faults)


def test_every_screen_is_reached_on_a_phone_and_the_menu_closes_after_a_choice(shared_page: Page) -> None:
    page = shared_page
    page.set_viewport_size(PHONE)
    settled(page)
    sidebar = page.get_by_test_id("stSidebar")
    for title in screens()[::-1]:
        page.get_by_test_id("stExpandSidebarButton").click()
        sidebar.get_by_role("link", name=title, exact=True).click()
        expect(sidebar).to_have_attribute("data-collapsed", "true")
        settled(page)
    page.set_viewport_size(LAPTOP)


def test_a_toolbar_covers_no_title_and_no_control(shared_page: Page) -> None:
    page = shared_page
    page.set_viewport_size(LAPTOP)
    visit(page, "Compare")
    plot = page.locator(".js-plotly-plot").nth(1)
    plot.hover()
    expect(plot.locator(".modebar")).to_be_visible()
    assert not _touch(plot.locator(".modebar"), plot.locator(".gtitle"))
    visit(page, "Assumptions")
    page.get_by_test_id("stDataFrame").first.hover()
    bar = page.get_by_test_id("stElementToolbar").first
    expect(bar).to_be_visible()
    controls = page.get_by_test_id("stMain").locator("[data-testid=stSelectbox], [data-testid=stButton]").all()
    assert controls
    # To hover may scroll the page, smoothly.
    assert not patiently(lambda _: [one.inner_text() for one in controls if _touch(bar, one)], page)


def _touch(one: Locator, other: Locator) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    return (
        a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
        and a["y"] + 1 < b["y"] + b["height"] and b["y"] + 1 < a["y"] + a["height"]
    )  # fmt: skip


def test_escape_closes_a_chart_s_table_from_wherever_one_is_in_it(shared_page: Page) -> None:
    page = shared_page
    visit(page, "Plan")
    page.get_by_role("button", name="Table", exact=True).first.click()
    dialog = page.get_by_test_id("stDialog")
    dialog.get_by_test_id("stDataFrame").click(position={"x": 100, "y": 80})
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_the_plan_s_name_is_an_address(context: BrowserContext, app: str) -> None:
    page = context.new_page()
    page.goto(f"{app}/plan")
    expect(page.locator("h1").first).to_contain_text("Worth")
    settled(page)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)


def patiently(look: Callable[[Page], list[str]], page: Page) -> list[str]:
    """The faults that stay: on a busy machine a page may still be fading in or finding its layout."""
    faults = look(page)
    for _ in range(8):
        if faults:
            page.wait_for_timeout(500)
            faults = look(page)
    return faults


def seen(page: Page) -> list[str]:
    """What a careful eye would mind on the page as it stands."""
    found: list[str] = page.evaluate(LOOK)
    return found


def violations(page: Page) -> list[str]:
    """What the accessibility rules find that is serious or critical, with the elements."""
    found: list[dict[str, Any]] = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{item['id']} ({item['impact']}): {item['help']}: {[node['html'][:160] for node in item['nodes']][:3]}"
        for item in found
        if item["impact"] in MUST_NOT
    ]
