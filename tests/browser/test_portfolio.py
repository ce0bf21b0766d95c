"""The Portfolio screen in a real browser: units are pasted and computed, a unit is looked into and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LAPTOP, settled, visit
from tests.browser.test_plan import stamp, wait_for_change
from tests.browser.test_screens import BRIGHTNESSES, PHONE, TABLET, patiently, seen, violations

pytestmark = pytest.mark.browser
UNITS = "name,employees,social_share_target,tags\nNorth,400,22 %,Europe\nSouth,800,26 %,Europe\nWest,600,15 %,\n"


def test_a_group_is_computed_in_each_size_and_brightness_and_a_unit_looked_into(page: Page) -> None:
    page.set_viewport_size(LAPTOP)
    visit(page, "Portfolio")
    page.get_by_role("radio", name="Paste").click()
    settled(page)
    page.get_by_label("A table with its heading").fill(UNITS)
    page.get_by_role("button", name="Read the table").click()
    page.get_by_role("button", name="Compute the group").click()
    page.get_by_role("heading", name="The group’s plan is worth").wait_for()
    settled(page)
    before = stamp(page)
    faults: list[str] = []
    for brightness, size in zip(BRIGHTNESSES, (TABLET, PHONE), strict=True):
        page.emulate_media(color_scheme=brightness)
        settled(page)
        page.set_viewport_size(size)
        settled(page)
        where = f"{size['width']} {brightness}: "
        faults += [where + fault for look in (seen, violations) for fault in patiently(look, page)]
    assert not faults, "\n".join(faults)
    page.set_viewport_size(LAPTOP)
    settled(page)
    page.get_by_role("button", name="Make it the scenario of all screens").click()
    wait_for_change(page, before)
    taken = stamp(page)
    page.get_by_role("button", name="Undo").click()
    wait_for_change(page, taken)
    assert stamp(page) == before
