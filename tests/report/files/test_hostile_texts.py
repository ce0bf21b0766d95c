"""Files of a plan whose texts are hostile open, and show them as text that turns and covers nothing."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from report.files.file_kinds import KINDS
from report.files.order import Order
from tests.dashboard.screens.test_hostile_texts import HOSTILE
from tests.materials import TODAY

TURNS = re.compile("[\u202a-\u202e\u2066\u2067]|\u0301{7}")
OPEN = {"workbook": load_workbook, "deck": Presentation, "word": Document}


@pytest.fixture(scope="module")
def order():
    return Order((HOSTILE, HOSTILE.changed(name="\u202eother \u2068")), TODAY, draws=128, seed=7)


@pytest.mark.parametrize("kind", OPEN)
def test_an_office_file_opens_and_holds_no_sign_that_turns(order, kind, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chrome")
    content = order.file(KINDS[kind])
    OPEN[kind](BytesIO(content))
    with ZipFile(BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        texts = {name: "".join(etree.fromstring(archive.read(name)).itertext()) for name in parts}
    assert {name: ascii(text[found.start() - 40 : found.end() + 40]) for name, text in texts.items()
            if (found := TURNS.search(text))} == {}  # fmt: skip
    assert any("⟨U+202E⟩by CFO" in text for text in texts.values())
    for text in texts.values():
        assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("kind", ["report-html", "proposal"])
def test_so_does_a_text(order, kind):
    text = order.file(KINDS[kind]).decode()
    assert "⟨U+202E⟩by CFO" in text
    own = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    found = TURNS.search(own)
    assert found is None, ascii(own[found.start() - 80 : found.end() + 40])
