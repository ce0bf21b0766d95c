"""Whose numbers a file holds: scenario, content hash, date, currency and units, in every kind of file."""

import json
import re
import subprocess
from io import BytesIO

import pandas as pd
import pytest
from lxml import etree
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from model.presets import PRESETS
from model.projection import project
from model.reading.scenario_validation import SCHEMA_VERSION
from report.charts.catalogue import CHARTS
from report.deck import build as deck
from report.document import html
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.files.images import ImageFormat, Picture, drawn, every_image
from report.files.metadata import in_pdf
from report.files.order import Order
from report.files.pdf import pdf
from report.files.zip_file import zip_file
from report.office_properties import MOST_LETTERS, office_properties
from report.tables import data
from report.words.proposal import STAMP, from_text, text_alone
from report.words.stamp import identity
from report.workbook import build as workbook
from tests.materials import TODAY, materials
from tests.report.files.test_zip_file import opened

NAME = "Ærø & Søn <i>\"x\"</i> 'y'"
PLAN = PRESETS["social-plan"].changed(name=NAME, locale="de", currency="EUR")
OTHER = PRESETS["hold"].changed(currency="EUR")
KNOWN = (NAME, PLAN.hash, "2026-11-22", "EUR")
# Columns whose numbers need no unit: counts of a calendar.
BARE = {"month", "months", "year", "Year"}


@pytest.fixture(scope="module")
def browser(program):
    return program("chromium", package="chromium")


@pytest.fixture(scope="module")
def order():
    return Order((PLAN, OTHER), TODAY, 256, 7)


def csv_files(order):
    """The tables of a ZIP of nothing else, as bytes by name."""
    files = opened(zip_file(order, []))
    return {name: content for name, content in files.items() if name.endswith(".csv")}


def read(content, *, spreadsheet=False):
    return pd.read_csv(BytesIO(content), sep=";" if spreadsheet else ",", decimal="," if spreadsheet else ".")


# CSV


def test_every_table_says_in_every_row_whose_numbers_it_holds(order):
    tables = {name: read(content) for name, content in csv_files(order).items()}
    assert len(tables) > 20
    owners = {scenario.hash: scenario for scenario in order.scenarios}
    for name, table in tables.items():
        assert {"scenario", "hash", "made_on", "currency"} <= set(table.columns), name
        assert set(table["made_on"]) <= {"2026-11-22"}, name
        for row in table[["scenario", "hash", "currency"]].itertuples(index=False):
            scenario = owners[row.hash]
            assert (row.scenario, row.currency) == (scenario.name, scenario.currency), name


def test_every_number_of_a_table_has_its_unit_in_the_heading_or_the_row(order):
    for name, content in csv_files(order).items():
        table = read(content)
        numbers = [one for one in table.columns if pd.api.types.is_numeric_dtype(table[one])]
        bare = {one for one in numbers if not one.endswith(")")} - BARE
        assert not bare or "unit" in table, (name, bare)
        assert not [one for one in numbers if one.endswith("(EUR a month)")] or name.endswith("monthly.csv"), name


def test_months_of_several_currencies_stand_in_the_same_columns():
    table = read(data.monthly_csv(materials(PLAN, PRESETS["hold"])))
    assert "net_cash (money a month)" in table
    assert not table["net_cash (money a month)"].isna().any()
    assert list(dict.fromkeys(table["currency"])) == ["EUR", "USD"]


def test_a_table_for_spreadsheets_holds_the_same():
    plain = csv_files(Order((PLAN, OTHER), TODAY, 256, 7))
    shown = csv_files(Order((PLAN, OTHER), TODAY, 256, 7, spreadsheet=True))
    assert plain.keys() == shown.keys()
    for name, content in shown.items():
        one, other = read(plain[name]), read(content, spreadsheet=True)
        assert list(one.columns) == list(other.columns), name
        numbers = one.select_dtypes("number").columns
        pd.testing.assert_frame_equal(one[numbers], other[numbers], check_dtype=False)
    evidence = next(content for name, content in shown.items() if name.endswith("evidence.csv")).decode()
    assert "24,5\u00a0%" in evidence
    assert "24.5" not in evidence


def test_a_locale_with_a_decimal_point_has_one_form_of_csv():
    english = PRESETS["social-plan"]
    forms = [KINDS["months"].make(Order((english,), TODAY, 0, 7, spreadsheet=form), None) for form in (False, True)]
    assert forms[0] == forms[1]


def test_the_form_of_csv_is_told_in_the_zip_and_makes_only_its_files_anew(order):
    shown = Order(order.scenarios, TODAY, 0, 7, spreadsheet=True)
    assert "decimal commas, columns apart by semicolons" in opened(zip_file(shown, []))["README.txt"].decode()
    plain = Order(order.scenarios, TODAY, 0, 7)
    differing = {name for name, kind in KINDS.items() if kind.part_of(shown) != kind.part_of(plain)}
    assert differing == {"months", "everything"}


# Text and JSON


def test_the_text_file_is_stamped_and_is_read_in_again_without_the_stamp(order):
    told = KINDS["proposal"].make(order, None).decode()
    stamps = [line for line in told.splitlines() if line.startswith(STAMP)]
    assert len(stamps) == 2
    for fact in (PLAN.hash, "22.11.2026", "amounts in EUR", "Ærø & Søn"):
        assert fact in stamps[0]
    assert from_text(told) == text_alone(order.materials, None)


def test_json_says_which_form_and_which_model_it_is_of(order):
    found = json.loads(data.json(order.materials))
    assert (found["schema"], found["model_version"], found["made_on"]) == (2, SCHEMA_VERSION, "2026-11-22")
    for result, scenario in zip(found["scenarios"], order.scenarios, strict=True):
        assert (result["hash"], result["currency"]) == (scenario.hash, "EUR")
        assert result["scenario"]["name"] == scenario.name
        assert result["line_units"].keys() == result["monthly"].keys() - {"month", "date"}
        assert result["line_units"]["net_cash"] == "EUR a month"


# Office


def test_office_files_have_it_in_their_properties():
    known = materials(PLAN, draws=256)
    for about in (
        Presentation(BytesIO(deck(known))).core_properties,
        load_workbook(BytesIO(workbook(known)), read_only=True).properties,
    ):
        assert NAME in about.title
        assert all(fact in about.keywords for fact in KNOWN)


@pytest.mark.parametrize("name", ["x" * 200, "a\u0301" * 200, "🚀" * 200, "خطة " * 60])
def test_properties_of_office_files_hold_the_facts_within_what_office_takes_however_long_the_name(name):
    scenario = PRESETS["headline-claim"].changed(name=name)
    told = office_properties(project(scenario), TODAY)
    assert max(len(text.encode("utf-16-le")) // 2 for text in told.values()) <= MOST_LETTERS
    assert told["subject"] == scenario.hash
    for fact in (scenario.hash, "2026-11-22", "Currency: USD", "in its heading"):
        assert fact in told["keywords"]


def test_a_name_full_of_signs_arrives_in_the_report():
    page = html(materials(PLAN))
    assert etree.HTML(page).findtext(".//title") == f"{NAME} · {PLAN.hash}"


# Images and PDF


@pytest.mark.usefixtures("browser")
def test_images_have_it_in_picture_and_properties(monkeypatch):
    known = materials(PLAN)[0]
    png, svg = drawn([Picture("value_bridge", known, format_) for format_ in (ImageFormat.PNG, ImageFormat.SVG)])
    picture = Image.open(BytesIO(png))
    picture.load()
    assert tuple(picture.text[key] for key in ("Scenario", "Content hash", "Made on", "Currency")) == KNOWN
    assert re.match(r"Present value.*, EUR · ", picture.text["Units"])
    assert picture.text["Description"] == CHARTS["value_bridge"].alt(known)
    root = etree.fromstring(svg)
    told = {etree.QName(node).localname: node.text for node in root if node.text}
    assert told["title"] == f"{NAME} · {PLAN.hash}"
    assert told["desc"] == CHARTS["value_bridge"].alt(known)
    assert all(fact in told["metadata"] for fact in KNOWN)
    drawn_text = " ".join(root.itertext())
    assert all(fact in drawn_text for fact in ("22.11.2026", "in EUR", "model checks passed"))
    monkeypatch.setattr("report.files.images.drawable", lambda _: (CHARTS["value_bridge"],))
    ((_, pages),) = every_image((known,), ImageFormat.PDF).items()
    assert properties(pages) == dict(zip(("Scenario", "ContentHash", "MadeOn", "Currency"), KNOWN, strict=True))


@pytest.mark.usefixtures("browser")
def test_the_report_as_pdf_has_it_in_its_properties_and_links_its_sources():
    content = pdf(materials(PLAN))
    assert properties(content) == dict(zip(("Scenario", "ContentHash", "MadeOn", "Currency"), KNOWN, strict=True))
    assert b"/URI (https://arxiv.org/abs/2201.07055)" in content


def properties(content):
    """What a PDF's properties say of its scenario; told by a reader that knows nothing of how they were written."""
    told = subprocess.run(["pdfinfo", "-custom", "-"], input=content, capture_output=True, check=True)
    assert told.stderr == b""
    lines = (line.partition(":") for line in told.stdout.decode().splitlines())
    found = {name.strip(): fact.strip() for name, _, fact in lines}
    assert NAME in found["Title"]
    return {name: found[name] for name in ("Scenario", "ContentHash", "MadeOn", "Currency")}


def test_a_pdf_of_an_unknown_make_is_refused():
    with pytest.raises(ValueError, match="no table of places"):
        in_pdf(b"%PDF-1.7\n%%EOF", identity(PLAN, TODAY))


def test_what_no_browser_draws_is_still_stamped(monkeypatch, order):
    monkeypatch.setenv(BROWSER_PATH, "/nowhere")
    assert re.search(rf"{PLAN.hash}.*\n.*{OTHER.hash}", opened(zip_file(order, []))["README.txt"].decode())
