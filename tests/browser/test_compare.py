"""The Compare screen in a real browser: pick, draw the odds, save the table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from model.presets import PRESETS
from model.projection import project
from tests.browser.conftest import pick, visit

pytestmark = pytest.mark.browser


def test_from_picking_to_odds_and_a_saved_table(page: Page, tmp_path: Path) -> None:
    visit(page, "Compare")
    pick(page, "Sceptical CFO")
    headings = page.get_by_test_id("stTable").first.get_by_role("columnheader").all_inner_texts()
    assert headings[1:] == ["Social plan", "Bigger budget, same skills", "Seat at the table", "Sceptical CFO"]
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === 4")
    page.get_by_role("button", name="Draw the odds").click()
    page.get_by_text("is worth more than “Social plan”").first.wait_for(timeout=60_000)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    saved.value.save_as(tmp_path / "table.csv")
    table = pd.read_csv(tmp_path / "table.csv")
    npv = table[table["metric"] == "npv"].set_index("scenario")["value"]
    assert npv["Sceptical CFO"] == project(PRESETS["sceptical-cfo"]).metrics["npv"]
