"""The whole way in a real browser: explore, save, send the link, open it elsewhere, compare, export."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page

from model.presets import PRESETS
from model.projection import project
from model.units import SHARE
from report.files.file_kinds import KINDS
from tests.browser.conftest import VISITOR, few_draws, pick, settled, visit
from tests.browser.test_plan import metrics, sentence, stamp, toggle

pytestmark = pytest.mark.browser

A_BUILD = 120_000


@pytest.fixture
def colleague(chromium: Browser) -> Iterator[Page]:
    """Another person's browser."""
    context = chromium.new_context(**VISITOR)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def save(page: Page, name: str) -> str:
    """Save to the library under a name; the link that is offered for it."""
    page.locator(".st-key-save").get_by_role("button", name="Save").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("button", name="Save to library").click()
    page.get_by_text(f"{name} is saved").wait_for()
    settled(page)
    return page.url


def test_from_a_lever_to_the_file_on_a_colleague_s_desk(
    page: Page, colleague: Page, name: str, tmp_path: Path
) -> None:
    planned = PRESETS["social-plan"].with_values(strategic_partner=True).changed(name=name, description="")
    toggle(page, "Strategic partner")
    link = save(page, name)
    expected = stamp(page), sentence(page), metrics(page)
    assert expected[0] == planned.hash
    assert planned.format.rounded(project(planned).metrics["roi"] or 0, SHARE) in expected[2]["ROI on all costs"]

    colleague.goto(link)
    settled(colleague)
    assert (stamp(colleague), sentence(colleague), metrics(colleague)) == expected
    toggle(colleague, "Seat at the leadership table")

    visit(page, "Compare")
    pick(page, PRESETS["sceptical-cfo"].name)
    table = page.get_by_test_id("stTable").first.inner_text()
    for scenario in (planned, PRESETS["sceptical-cfo"]):
        assert scenario.format.number(project(scenario).metrics["npv"] or 0, 2) in table
    visit(page, "Plan")
    assert stamp(page) == expected[0] != stamp(colleague)

    # What one saves the other can take along, without opening it.
    visit(colleague, "Export")
    pick(colleague, name)
    few_draws(colleague, 2_048)
    colleague.get_by_role("button", name="Build files").click()
    button = colleague.get_by_test_id("stDownloadButton").get_by_role("button", name=KINDS["workbook"].label)
    button.wait_for(timeout=A_BUILD)
    settled(colleague)
    with colleague.expect_download() as download:
        button.click()
    download.value.save_as(tmp_path / "plan.xlsx")
    inputs = load_workbook(BytesIO((tmp_path / "plan.xlsx").read_bytes()))["Inputs"]
    assert name in {cell.value for row in inputs.iter_rows() for cell in row}
