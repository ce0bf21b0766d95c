"""Two people and one library: both open a version, both save, and neither loses anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from model.presets import PRESETS
from tests.browser.conftest import VISITOR, settled, visit
from tests.browser.test_plan import stamp, toggle

pytestmark = pytest.mark.browser


def test_the_second_to_save_is_told_and_keeps_the_work(page: Page, app: str, chromium: Browser, name: str) -> None:
    visit(page, "Library")
    save(page, "Save as a new entry", note="the first", name=name)
    expect(card(page, name)).to_contain_text("Open here, version 1")
    context = chromium.new_context(**VISITOR)
    try:
        second = context.new_page()
        second.goto(app)
        settled(second)
        visit(second, "Library")
        sign(second, "Bo Berg")
        card(second, name).get_by_role("button", name="Open", exact=True).click()
        expect(card(second, name)).to_contain_text("Open here, version 1")
        sign(page, "Ada Lund")
        toggle(page, "Strategic partner")
        save(page, "Save as the next version", note="with a partner")
        expect(card(page, name)).to_contain_text("Open here, version 2")
        toggle(second, "Seat at the leadership table")
        save(second, "Save as the next version", note="with a seat")
        told = second.get_by_test_id("stAlert").filter(has_text="there is a newer version")
        expect(told).to_contain_text("version 2 saved")
        expect(told).to_contain_text("by Ada Lund, with the note “with a partner”")
        second.get_by_role("button", name="Save mine as version 3").click()
        expect(card(second, name)).to_contain_text("Version 3 saved")
        expect(card(second, name)).to_contain_text("“with a seat”")
        settled(second)
        # The work itself, under the name it was to be saved with, and nothing of what the other saved.
        work = PRESETS["social-plan"].with_values(leadership_seat=True).changed(name=name)
        assert stamp(second) == work.hash
        expect(told).to_have_count(0)
        card(second, name).get_by_role("button", name="History").click()
        second.get_by_role("dialog").get_by_test_id("stDataFrame").first.wait_for()
        assert [box.input_value() for box in choices(second)] == ["3", "2"]
    finally:
        context.close()


def save(page: Page, button: str, note: str, name: str = "") -> None:
    page.get_by_role("button", name="Save current scenario").click()
    dialog = page.get_by_role("dialog")
    if name:
        dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Note").fill(note)
    dialog.get_by_role("button", name=button).click()
    dialog.wait_for(state="detached")
    settled(page)


def card(page: Page, name: str) -> Locator:
    # The innermost bordered box that holds both the name and the buttons.
    return page.get_by_test_id("stVerticalBlock").filter(has_text=name).filter(
        has=page.get_by_role("button", name="History")
    ).last  # fmt: skip


def sign(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.keyboard.press("Enter")
    settled(page)


def choices(page: Page) -> list:
    return page.get_by_role("dialog").get_by_role("combobox").all()


def test_saved_scenarios_are_compared_and_the_address_keeps_it(page: Page, name: str) -> None:
    visit(page, "Library")
    save(page, "Save as a new entry", note="one", name=name)
    toggle(page, "Strategic partner")
    save(page, "Save as a new entry", note="two", name=f"{name} two")
    # The newest stand first.
    boxes = page.get_by_role("checkbox", name="Compare")
    for place in (0, 1):
        boxes.nth(place).check(force=True)
        settled(page)
    page.get_by_role("button", name="Compare these 2").click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("is worth most")
    page.get_by_test_id("stTable").first.wait_for()
    expect(compared(page)).to_contain_text(["", f"{name} two", name])
    # Not a reload: Streamlit's own search for its server below a screen's path is an error on the console.
    colleague = page.context.new_page()
    colleague.goto(page.url)
    settled(colleague)
    expect(compared(colleague)).to_contain_text(["", f"{name} two", name])


def compared(page: Page) -> Locator:
    return page.get_by_test_id("stTable").first.get_by_role("columnheader")
