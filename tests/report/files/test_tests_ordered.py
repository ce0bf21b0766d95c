"""What tests before deciding are worth, in files: only where it is ordered, and the same in each of them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from model.presets import PRESETS
from report import material
from report.files.file_kinds import KINDS
from report.files.order import Order
from report.tables.decide_tables import pilots_in_brief
from report.words.decision import TESTS
from report.words.headings import whether_to_test

ORDER = Order((PRESETS["social-plan"].with_values(horizon_years=2),), date(2026, 11, 22), 256, 2027)


def rows(found):
    return [[cell.text for cell in row][1:] for row in pilots_in_brief(found).rows]


@pytest.fixture(scope="module")
def ordered() -> Order:
    return replace(ORDER, tests=True)


def test_nothing_is_priced_where_it_is_not_ordered(monkeypatch):
    monkeypatch.setattr(material, "pilots", lambda *_, **__: pytest.fail("tests were priced"))
    assert TESTS not in ORDER.file(KINDS["report-html"]).decode()
    assert replace(ORDER, draws=0, tests=True).materials[0].tests is None


def test_page_deck_and_word_file_tell_the_same_on_the_decision_page(ordered):
    found = ordered.materials[0].tests
    html = ordered.file(KINDS["report-html"]).decode()
    assert html.count(TESTS) >= 2
    deck = Presentation(io.BytesIO(ordered.file(KINDS["deck"])))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    shown = next(table for table in tables if table.cell(0, 0).text == "Test")
    assert [[cell.text for cell in row.cells][1:] for row in list(shown.rows)[1:]] == rows(found)
    word = Document(io.BytesIO(ordered.file(KINDS["word"])))
    assert f"{whether_to_test(found)}." in [paragraph.text for paragraph in word.paragraphs]
    assert "Test" in [table.cell(0, 0).text for table in word.tables]


def test_the_workbook_has_a_sheet_of_them_in_full(ordered):
    found = ordered.materials[0].tests
    book = load_workbook(io.BytesIO(ordered.file(KINDS["workbook"])))
    shown = {row[1].value: [cell.value for cell in row[4:]] for row in book["Tests"].iter_rows() if row[1].value}
    for pilot in found.pilots:
        assert shown[pilot.design.label][4] == pytest.approx(pilot.best.net)
        assert shown[pilot.design.label][6] == pytest.approx(pilot.known)
    assert "Tests" in [cell.value for cell in book["Cover"]["B"]]
    plain = load_workbook(io.BytesIO(ORDER.file(KINDS["workbook"])))
    assert "Tests" not in plain.sheetnames


def test_the_order_counts_only_for_files_that_tell_it(ordered):
    assert KINDS["months"].part_of(ordered) == KINDS["months"].part_of(ORDER)
    assert KINDS["deck"].part_of(ordered) != KINDS["deck"].part_of(ORDER)
