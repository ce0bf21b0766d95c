"""Links, Back and undo in a real browser, from one session to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlparse

import pytest
from playwright.sync_api import Browser, Page

from model.presets import PRESETS
from model.reading.links import read_link
from tests.browser.conftest import VISITOR, settled, visit
from tests.browser.test_plan import choose, metrics, sentence, stamp, toggle, wait_for_change

pytestmark = pytest.mark.browser


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Page]:
    """A page in another browser profile, nothing opened in it."""
    context = chromium.new_context(**VISITOR)
    yield context.new_page()
    context.close()


def parameters(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(urlparse(page.url).query)


def move(page: Page, lever: str, key: str) -> None:
    before = stamp(page)
    slider = page.get_by_test_id("stSlider").filter(has_text=lever).get_by_role("slider")
    slider.focus()
    slider.press(key)
    wait_for_change(page, before)


def test_a_link_opens_elsewhere_with_the_same_hash_and_numbers(page: Page, elsewhere: Page, app: str) -> None:
    choose(page, "Scenario", PRESETS["sceptical-cfo"].name)
    move(page, "Training per person", "ArrowRight")
    toggle(page, "Strategic partner")
    expected = stamp(page), sentence(page), metrics(page)
    visit(page, "Risk")
    assert stamp(page) == expected[0]
    assert read_link(parameters(page))[0].hash == expected[0]
    visit(page, "Plan")
    page.locator(".st-key-save").get_by_role("button", name="Save").first.click()
    copied = page.get_by_test_id("stCode").inner_text().strip()
    assert copied == page.url == f"{app}/?preset=sceptical-cfo&training_hours=45&strategic_partner=on"
    elsewhere.goto(copied)
    settled(elsewhere)
    assert (stamp(elsewhere), sentence(elsewhere), metrics(elsewhere)) == expected
    assert elsewhere.url == copied
    # What is changed there is not seen here.
    toggle(elsewhere, "Seat at the leadership table")
    page.keyboard.press("Escape")
    visit(page, "Risk")
    assert stamp(page) == expected[0] != stamp(elsewhere)


def test_back_and_forward_walk_through_scenarios_and_screens(page: Page) -> None:
    first = stamp(page)
    toggle(page, "Strategic partner")
    second = stamp(page)
    visited = page.evaluate("history.length")
    for number, screen in enumerate(("Compare", "Library", "Optimise"), start=1):
        visit(page, screen)
        # One entry for path and scenario together: Back would not get past a path without its scenario.
        assert page.evaluate("history.length") == visited + number
    for path in ("/library", "/compare", "/"):
        page.go_back()
        page.wait_for_url(lambda url, path=path: urlparse(url).path == path)
        settled(page)
        assert stamp(page) == second
    page.go_back()
    wait_for_change(page, second)
    assert stamp(page) == first
    page.go_forward()
    wait_for_change(page, first)
    assert stamp(page) == second
    # That, too, is a change that can be undone.
    page.get_by_role("button", name="Undo").click()
    wait_for_change(page, second)
    assert stamp(page) == first


def test_undo_and_redo_by_keyboard(page: Page) -> None:
    start = stamp(page), page.url
    move(page, "Years to reach the target", "ArrowLeft")
    changed = stamp(page), page.url
    assert changed[1] != start[1]
    for name, leads_to in (("Undo", start), ("Redo", changed)):
        before = stamp(page)
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        wait_for_change(page, before)
        page.wait_for_url(leads_to[1])
        assert stamp(page) == leads_to[0]


def test_a_damaged_link_is_told_and_the_default_opens(elsewhere: Page, app: str) -> None:
    elsewhere.goto(f'{app}/?preset=hold&causal_share=0.0.3&ranges={{"causal_share"')
    settled(elsewhere)
    told = elsewhere.get_by_test_id("stAlert").first.inner_text()
    assert "Social plan is shown instead" in told
    assert re.search("causal_share: .* is not a number.*0 … 1", told)
    assert "ranges: is not valid JSON" in told
    assert stamp(elsewhere) == PRESETS["social-plan"].hash
    assert parameters(elsewhere) == [("preset", "social-plan")]


def test_settings_are_chosen_by_name(page: Page) -> None:
    before = stamp(page)
    page.locator(".st-key-settings").get_by_role("button", name="Settings").first.click()
    currency = page.get_by_test_id("stSelectbox").filter(has_text="Currency").get_by_role("combobox")
    currency.fill("Danish")
    currency.press("Enter")
    wait_for_change(page, before)
    assert ("currency", "DKK") in parameters(page)
    assert "DKK" in sentence(page)
