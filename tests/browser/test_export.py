"""The Export screen in a real browser: two scenarios and an edited text go out as files that open."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode, urlparse, urlunparse

import pandas as pd
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from pptx import Presentation

from model.presets import PRESETS
from model.projection import project
from model.uncertainty.sampling import DEFAULT_SEED
from report.files.file_kinds import KINDS
from report.files.order import Order
from report.words.proposal import from_text
from tests.browser.conftest import choose_in, few_draws, pick, settled, visit

pytestmark = pytest.mark.browser

PLAN, CFO = PRESETS["social-plan"], PRESETS["sceptical-cfo"]
TEXT = "# Our ask\n\nWe ask for <b>one year</b> & a pilot.\n"
DRAWS = 2_048
A_BUILD = 120_000


def tick(page: Page, name: str) -> None:
    page.get_by_test_id("stCheckbox").filter(has_text=KINDS[name].label).locator("label").first.click()
    settled(page)


def downloaded(page: Page, name: str, folder: Path, stem: str = f"social-plan-{PLAN.hash}") -> bytes:
    button = page.get_by_test_id("stDownloadButton").get_by_role("button", name=KINDS[name].label)
    with page.expect_download() as download:
        button.click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == f"{stem}-{KINDS[name].file}"
    return file.read_bytes()


def test_two_scenarios_and_an_edited_text_go_out_as_files_that_open(page: Page, tmp_path: Path) -> None:
    visit(page, "Export")
    pick(page, CFO.name)
    few_draws(page, DRAWS)
    tick(page, "report-html")
    page.get_by_role("tab", name="Edit the text").click()
    page.get_by_role("textbox", name="Text of the deck").fill(TEXT)
    # Not left first: what was typed last is built too.
    page.get_by_role("button", name="Build files").click()
    page.get_by_test_id("stDownloadButton").nth(2).wait_for(timeout=A_BUILD)
    settled(page)

    order = Order((PLAN, CFO), date.today(), DRAWS, DEFAULT_SEED, from_text(TEXT))
    assert downloaded(page, "report-html", tmp_path) == order.file(KINDS["report-html"])
    book = load_workbook(BytesIO(downloaded(page, "workbook", tmp_path)))
    assert {"Inputs", "Months", "Checks"} <= set(book.sheetnames)
    deck = Presentation(BytesIO(downloaded(page, "deck", tmp_path)))
    words = " ".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "We ask for <b>one year</b> & a pilot." in words
    assert CFO.name in words or any(shape.has_table for slide in deck.slides for shape in slide.shapes)


def test_a_name_keeps_its_letters_and_csv_is_for_the_spreadsheet_of_its_language(page: Page, tmp_path: Path) -> None:
    page.goto(urlunparse(urlparse(page.url)._replace(query=urlencode({"name": "Ærø & Søn", "locale": "da"}))))
    settled(page)
    visit(page, "Export")
    for name in ("workbook", "deck", "months"):
        tick(page, name)
    choose_in(page, page.get_by_test_id("stSelectbox").filter(has_text="Form of CSV"), "for spreadsheets in Danish")
    page.get_by_role("button", name="Build files").click()
    page.get_by_test_id("stDownloadButton").first.wait_for(timeout=A_BUILD)
    # A link's name of its own leaves the preset's description behind.
    scenario = PLAN.changed(name="Ærø & Søn", description="", locale="da")
    content = downloaded(page, "months", tmp_path, f"ærø-søn-{scenario.hash}")
    table = pd.read_csv(BytesIO(content), sep=";", decimal=",")
    assert table["net_cash (USD a month)"].tolist() == project(scenario).lines["net_cash"].tolist()
    assert set(table["scenario"]) == {"Ærø & Søn"}
