"""The company form in a real browser: own figures, refused and taken, the same under every preset and link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import choose_in, settled, visit

pytestmark = pytest.mark.browser

OURS = "1,200 people · 300 m EUR revenue"


def test_own_figures_are_refused_and_taken_and_stay(page: Page) -> None:
    page.get_by_role("button", name="Use my company’s figures").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Currency").fill("EUR")
    form.get_by_label("Currency").press("Enter")
    fill(form, "People in the company", "1200")
    fill(form, "Revenue a year, in all", "300000000")
    fill(form, "People in the social team", "ten")
    send(page, form)
    expect(form.get_by_test_id("stAlert")).to_contain_text("People in the social team: 'ten'")
    fill(form, "People in the social team", "10")
    send(page, form)
    form.wait_for(state="detached")
    settled(page)
    expect(whose(page)).to_be_visible()
    choose_in(page, page.get_by_test_id("stSidebar").get_by_test_id("stSelectbox").first, "Smaller step")
    expect(whose(page)).to_be_visible()
    address = page.url
    page.goto(address)
    settled(page)
    expect(whose(page)).to_be_visible()
    page.get_by_role("button", name="My company").click()
    expect(page.get_by_role("dialog").get_by_role("textbox", name="People in the company")).to_have_value("1,200")


def test_the_form_can_be_skipped(page: Page) -> None:
    page.get_by_role("button", name="Use my company’s figures").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    visit(page, "Risk")


def fill(form: Locator, label: str, typed: str) -> None:
    form.get_by_label(label, exact=True).fill(typed)


def send(page: Page, form: Locator) -> None:
    form.get_by_role("button", name="Use these figures").click()
    settled(page)


def whose(page: Page) -> Locator:
    return page.get_by_text(OURS)
