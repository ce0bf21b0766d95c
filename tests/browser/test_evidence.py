"""The Evidence screen in a real browser: from a source to its assumption, and what remains of the plan."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import settled, visit
from tests.browser.test_screens import TABLET, patiently, seen

pytestmark = pytest.mark.browser


def test_from_the_plan_to_the_evidence_and_what_remains(page: Page) -> None:
    main = page.get_by_test_id("stMain")
    line = main.get_by_text("weakly evidenced beliefs").inner_text()
    visit(page, "Evidence")
    page.get_by_role("heading", name="beliefs behind this plan").wait_for()
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === 7")
    main.get_by_text("what remains of this plan?").click()
    said = re.search(r"the plan loses [^.]+\.\d+.m.USD", line)[0]
    main.get_by_text(said).wait_for()
    settled(page)
    assert main.get_by_text(said).count() == 1
    assert page.get_by_test_id("stMetric").count() == 6
    page.set_viewport_size(TABLET)
    settled(page)
    assert patiently(seen, page) == []
    page.get_by_label("Search", exact=True).fill("call-centre")
    main.get_by_text(re.compile(r"^1 of \d+ sources")).wait_for()
    settled(page)
    main.get_by_role("button", name="Part of the quoted uplift that training causes").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Causal studies of training").wait_for()
    settled(page)
    assert dialog.get_by_test_id("stMetricLabel").inner_text().startswith("Part of the quoted uplift")
