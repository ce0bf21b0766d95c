"""Every screen at the sizes and in the brightnesses it must suit: nothing overlaps, is cut or hard to reach."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import LAPTOP, ROOT, settled, visit

pytestmark = pytest.mark.browser

TABLET = {"width": 820, "height": 1180}
SIZES = (LAPTOP, TABLET)
BRIGHTNESSES = ("light", "dark")
MUST_NOT = ("serious", "critical")
LOOK = (Path(__file__).parent / "look.js").read_text(encoding="utf-8")


def screens() -> list[str]:
    """The titles of all screens, as the app declares them."""
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "roi_app.py").read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    return [
        keyword.value.value
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "title" and isinstance(keyword.value, ast.Constant)
    ]


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
            faults += [where + fault for look in (seen, violations) for fault in patiently(look, page)]
    assert not faults, "\n".join(faults)


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
