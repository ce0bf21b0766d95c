""" "Why I changed this" travels with the scenario into every kind of file, on changed assumptions and on others."""

import json
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from model.presets import PRESETS
from report import deck, document, workbook
from report.tables import data
from report.words import proposal
from tests.materials import materials

CHANGED, AS_IT_WAS = "=1+1 counted\nby hand in May", "Finance confirmed it; <b>no</b> change"
PLAN = PRESETS["social-plan"]
NOTED = PLAN.with_values(employees=800).changed(
    name="Noted", notes={"employees": CHANGED, "tax_rate": AS_IT_WAS}
)  # fmt: skip


@cache
def simulated():
    return materials(NOTED, draws=200)


def words(text):
    """A text with whatever breaks its lines as single spaces."""
    return " ".join(text.split())


def of_workbook():
    book = load_workbook(BytesIO(workbook.build(materials(PLAN, NOTED))))
    cells = [cell for row in book["Inputs"] for cell in row]
    assert not any(cell.data_type == "f" and "counted" in str(cell.value) for cell in cells)
    return "\n".join(str(cell.value) for cell in cells)


def of_deck():
    slides = Presentation(BytesIO(deck.build(simulated()))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    return "\n".join(cell.text_frame.text for table in tables for row in table.rows for cell in row.cells)


def of_report():
    return document.html(materials(NOTED)).replace("&lt;", "<").replace("&gt;", ">")


def of_table():
    return data.csv(data.tables(*materials(NOTED))["assumptions"]).decode()


def of_json():
    (results,) = json.loads(data.json(materials(NOTED)))["scenarios"]
    return "\n".join(results["scenario"]["notes"].values())


@cache
def of_proposal():
    return proposal.as_text(proposal.text_of(simulated()[0], None))


def of_scenario_file():
    return "\n".join(json.loads(NOTED.to_json())["notes"].values())


@pytest.mark.parametrize("said", [of_workbook, of_deck, of_report, of_table, of_json, of_proposal, of_scenario_file])
def test_notes_are_in_every_kind_of_file(said):
    text = words(said())
    assert words(CHANGED) in text
    assert AS_IT_WAS in text


def test_a_note_without_a_change_claims_none():
    (line,) = (line for line in of_proposal().splitlines() if AS_IT_WAS in line)
    assert line == f"Tax on the net gain: 0\u00a0%. {AS_IT_WAS}"


def test_the_workbook_has_no_columns_of_notes_where_there_are_none():
    headings = [cell.value for cell in load_workbook(BytesIO(workbook.build(materials(PLAN))))["Inputs"][7]]
    assert "Kind" in headings
    assert not any("Why" in str(heading) for heading in headings)


def test_a_note_of_ten_thousand_characters_leaves_the_workbook_whole():
    longest = PLAN.changed(notes={"employees": "x" * 10_000})
    book = load_workbook(BytesIO(workbook.build(materials(longest))))
    assert any(cell.value == "x" * 10_000 for row in book["Inputs"] for cell in row)
