"""The Word proposal: styles, captions and contents that are true, native tables, text that stays text."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from model.evidence.sources import SOURCES
from model.presets import PRESETS
from model.telling.budget import budget_of
from report.proposal import CHARTS, NO_PICTURES, build, pictured
from report.signatories import SIGN_HERE, Signatories
from report.words.decision import decision
from report.words.proposal import Section, proposal
from report.words.stamp import shortened
from tests.materials import materials
from tests.report.deck.test_deck import danish
from tests.report.workbook.test_workbook import NAMES

# The smallest picture that there is: one grey point.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63a80700008100808bfa7e3a0000000049454e44ae426082"
)


@cache
def learnt():
    """The results of two scenarios with small simulations."""
    return materials(PRESETS["social-plan"], PRESETS["plan-with-partner"], draws=200)


@cache
def content():
    """The file with a picture for each chart."""
    return build(learnt(), None, Signatories("Anna <b>"), dict.fromkeys(pictured(learnt()[0]), POINT))


@pytest.fixture(scope="module")
def document():
    """The file as read back."""
    return Document(BytesIO(content()))


def styled(document, *styles):
    """The paragraphs of some styles."""
    return [item.text for item in document.paragraphs if item.style.name in styles]


def everything_said(document):
    """All text of the body, tables included, in order."""
    return "\n".join(
        "".join(part.text or "" for part in item.iter(qn("w:t"))) for item in document.element.body.iter(qn("w:p"))
    )


def test_the_text_stands_there_under_real_headings(document):
    headings = styled(document, "Heading 1")
    (first, _) = learnt()
    for section in proposal(first):
        assert section.title in headings
        assert all(
            paragraph in everything_said(document)
            for paragraph in section.paragraphs
            if section.title != "The decision"
        )
    assert styled(document, "Title") == ["Social plan"]
    assert styled(document, "List Bullet")


def test_the_contents_list_every_heading_and_lead_to_it(document):
    marks = {item.get(qn("w:name")) for item in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [link for link in document.element.body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    listed = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    assert listed == styled(document, "Heading 1", "Heading 2")
    assert {link.get(qn("w:anchor")) for link in links} == marks
    assert len(marks) == len(links)


def test_every_field_is_opened_parted_and_closed():
    with ZipFile(BytesIO(content())) as file:
        parts = [
            file.read(name).decode() for name in file.namelist() if re.match(r"word/(document|header|footer)", name)
        ]
    for part in parts:
        kinds = re.findall(r'fldCharType="(\w+)"', part)
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    said = "".join(parts)
    assert all(code in said for code in ("TOC ", "SEQ Table", "SEQ Figure", " PAGE ", " NUMPAGES "))


def test_captions_are_numbered_in_order_and_one_stands_at_every_table_and_picture(document):
    captions = styled(document, "Caption")
    for kind in ("Table", "Figure"):
        numbers = [int(found[1]) for text in captions if (found := re.match(rf"{kind} (\d+): ", text))]
        assert numbers == list(range(1, len(numbers) + 1))
    # Those to sign on have none.
    assert sum(text.startswith("Table") for text in captions) == len(document.tables) - 1
    assert sum(text.startswith("Figure") for text in captions) == len(document.inline_shapes)
    assert len(document.inline_shapes) == sum(map(len, CHARTS.values()))


def test_tables_are_native_and_pictures_told_in_words(document):
    for table in document.tables:
        words = table._tbl.tblPr.find(qn("w:tblDescription"))
        assert words is not None
        assert words.get(qn("w:val"))
    heads = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in document.tables]
    assert sum(head is not None for head in heads) == len(document.tables) - 1
    alts = [item.get("descr") for item in document.element.body.iter(qn("wp:docPr"))]
    assert len(alts) == len(document.inline_shapes)
    assert all(len(alt) > 20 for alt in alts)


def test_the_money_asked_for_is_the_budgets(document):
    table = document.tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    budget, text = budget_of(learnt()[0].dated), learnt()[0].scenario.format
    assert [row[0] for row in rows[1:-1]] == list(budget.plan.headings)
    paid = budget.plan.by_name["money"]
    assert [row[1] for row in rows[1:]] == [text.number(value, 0) for value in (*paid.values, paid.total)]
    holding = budget.against_holding.by_name["money"]
    assert [row[2] for row in rows[1:]] == [text.number(value, 0) for value in (*holding.values, holding.total)]


def test_it_is_there_to_be_signed(document):
    said = everything_said(document)
    assert "Anna <b>" in said
    assert said.count(SIGN_HERE) == 3
    for milestone in decision(learnt()[0]).milestones:
        assert milestone.decided[1:] in said


def test_every_page_says_which_numbers_these_are(document):
    scenario = learnt()[0].scenario
    assert len(document.sections) == 2
    for section in document.sections:
        above, below = section.header.paragraphs[0].text, section.footer.paragraphs[0].text
        assert scenario.name in above
        assert scenario.hash in above
        assert "22 Nov 2026" in above
        assert "model checks passed" in below
        assert "Page 1 of 1" in below
    about = document.core_properties
    assert about.subject == scenario.hash
    assert about.language == "en-GB"


def test_the_same_inputs_give_the_same_bytes(monkeypatch):
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 5, 33, 20, 2, 138, 0))
    again = build(learnt(), None, Signatories("Anna <b>"), dict.fromkeys(pictured(learnt()[0]), POINT))
    assert again == content()
    (first, other) = learnt()
    assert build((replace(first, today=date(2027, 1, 1)), other)) != build((first, other))


def test_without_pictures_it_says_so_and_has_none():
    document = Document(BytesIO(build(materials(danish()))))
    assert NO_PICTURES in everything_said(document)
    assert not document.inline_shapes


def test_sources_are_links():
    document = Document(BytesIO(build(materials(danish()))))
    links = {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert {source.link for source in SOURCES.values() if source.link} <= links


def test_an_edited_text_stands_in_place_of_the_written_one():
    text = [Section("The decision", ("We ask for a pilot.",)), Section("", ("=1+1 <b>", "خطة"))]
    made = Document(BytesIO(build(learnt()[:1], text, pictures=dict.fromkeys(pictured(learnt()[0]), POINT))))
    said = everything_said(made)
    for words in ("We ask for a pilot.", "=1+1 <b>", "خطة"):
        assert words in said
    assert "What is decided when" not in said
    assert "The model leaves out the following" not in said
    # The charts have lost their sections, not their place in the file.
    assert len(made.inline_shapes) == sum(map(len, CHARTS.values()))


def test_a_name_is_text_whatever_it_says():
    plans = [PRESETS["hold"].changed(name=name, notes={"tax_rate": name}) for name in NAMES[:5]]
    made = build(materials(*plans))
    document = Document(BytesIO(made))
    assert "w:object" not in document.element.xml
    assert styled(document, "Title") == [shortened(plans[0].name, 120)]
    with ZipFile(BytesIO(made)) as file:
        assert not any("<script>" in file.read(part).decode(errors="ignore") for part in file.namelist())


def test_an_office_suite_opens_it(tmp_path):
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs LibreOffice: install the Debian package libreoffice-writer-nogui")
    (tmp_path / "plan.docx").write_bytes(content())
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "txt:Text",
               "--outdir", str(tmp_path), str(tmp_path / "plan.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    told = (tmp_path / "plan.txt").read_text(encoding="utf-8-sig")
    assert "Table 1: Money asked for by fiscal year" in told
    assert "The decision" in told
