"""The Decide screen in a real browser: the answer of each part, gates that Undo takes back, a file of actuals."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from model.presets import PRESETS
from model.projection import project
from tests.browser.conftest import give, settled, visit

pytestmark = pytest.mark.browser


def part(page: Page, name: str) -> None:
    page.get_by_test_id("stMain").get_by_role("radio", name=name, exact=True).click()
    settled(page)


def heading(page: Page) -> str:
    return page.get_by_test_id("stMain").get_by_role("heading", level=1).inner_text()


def test_each_part_answers_in_its_heading(page: Page, tmp_path: Path) -> None:
    visit(page, "Decide")
    assert heading(page).startswith(("Test first: run", "Decide now"))
    part(page, "Stages")
    assert heading(page) == "The plan has no gate yet: it never stops"
    page.get_by_role("button", name="Add a first gate").click()
    settled(page)
    assert heading(page).startswith("Being able to stop")
    page.get_by_role("button", name="Undo").click()
    settled(page)
    expect(page.get_by_role("button", name="Add a first gate")).to_be_visible()
    part(page, "Track")
    spend = project(PRESETS["social-plan"]).lines["social_spend"]
    rows = [f"{month},{spend[month - 1]:.0f}" for month in range(1, 7)]
    file = tmp_path / "actuals.csv"
    file.write_text("\n".join(["Month,Social spend", *rows]), encoding="utf-8")
    give(page.get_by_test_id("stMain").locator("input[type=file]"), file)
    assert heading(page).startswith("After 6 months the odds of a gain")
