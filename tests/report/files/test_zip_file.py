"""One ZIP of everything, its CSV and JSON: the model's numbers in full, safe names, the same bytes."""

import csv
import json
import re
import unicodedata
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from model.assumptions import ASSUMPTIONS
from model.evidence.sources import SOURCES
from model.lines import LINES
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.tables import what_matters
from model.uncertainty.simulation import LEAST_DEFINED
from report.charts.catalogue import CHARTS, charts_of, drawable
from report.charts.drawing.chart import EVIDENCE
from report.files import images
from report.files.browser import BROWSER_PATH
from report.files.file_kinds import KINDS
from report.files.file_names import stem
from report.files.order import Order
from report.files.zip_file import LEFT_OUT, zip_file
from report.material import Material
from report.tables import data
from report.tables.decide.told import SUBJECTS
from report.words.proposal import STAMP, Section
from tests.materials import TODAY, materials
from tests.report.workbook.test_workbook import NAMES

PLAN, HOLD = PRESETS["social-plan"], PRESETS["hold"]
TEXT = (Section("Our view", ("We ask.",)),)
ORDER = Order((PLAN, HOLD), TODAY, draws=256, seed=7)
EVERYTHING = KINDS["everything"]
# Vowel signs and the like, which no pattern for letters knows.
_MARKS = "[\u0300-\u036f\u0900-\u0903\u093c-\u094f\u0610-\u061a\u064b-\u065f\u0591-\u05c7]"
OTHERS = [kind for kind in KINDS.values() if kind is not EVERYTHING]


def simulated():
    (material,) = materials(PLAN, draws=256)
    return material.simulation


def opened(content):
    """Every file of a ZIP by its name."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def no_browser():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(BROWSER_PATH, "/nowhere/chrome")
        yield


@pytest.fixture(scope="module")
def content(no_browser):  # noqa: ARG001 - a fixture of a module takes no marks
    """The ZIP of two scenarios where there is no browser."""
    return replace(ORDER).file(EVERYTHING)


@pytest.fixture(scope="module")
def files(content):
    return opened(content)


def table(content):
    """A CSV file as rows."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


# The ZIP


def test_every_kind_that_needs_no_browser_is_there_without_one_and_the_others_are_told(files):
    expected = {kind.file for kind in OTHERS if not kind.needs_browser}
    assert {name.split("/")[0] for name in files} == expected | {"README.txt", "scenarios", "tables", LEFT_OUT}
    told = files[LEFT_OUT].decode()
    assert all(kind.label in told for kind in OTHERS if kind.needs_browser)
    assert told.count("apt-get install chromium") == 1


def test_readme_lists_every_file_and_which_numbers_these_are(files):
    readme = files["README.txt"].decode()
    for name in files:
        assert name in readme
    for kind in OTHERS:
        assert (f"{kind.file:<14}{kind.holds}" in readme) == (not kind.needs_browser)
    for words in (PLAN.name, PLAN.hash, HOLD.hash, "256 draws, seed 7", "model checks passed", "22 Nov 2026"):
        assert words in readme


@pytest.mark.usefixtures("no_browser")
def test_same_arguments_give_the_same_bytes_dated_on_the_day(content):
    assert replace(ORDER).file(EVERYTHING) == content
    with ZipFile(BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
        assert not any(info.external_attr >> 16 & 0o111 for info in archive.infolist())


def test_the_text_names_the_proposed_and_tells_of_the_compared(files):
    text = files["proposal.txt"].decode()
    assert f"Proposed is “{PLAN.name}” [{PLAN.hash}]" in text
    assert f"“{HOLD.name}” [{HOLD.hash}]: " in text


def test_scenarios_come_back_from_their_files(files):
    back = [Scenario.from_json(content) for name, content in files.items() if name.startswith("scenarios/")]
    assert back == [PLAN, HOLD]


def test_workbook_and_report_are_whole(files):
    assert "Months" in load_workbook(BytesIO(files["workbook.xlsx"])).sheetnames
    assert files["report.html"].decode().rstrip().endswith("</html>")
    assert files["deck.pptx"].startswith(b"PK")


@pytest.mark.usefixtures("no_browser")
def test_edited_text_is_taken_and_what_needs_a_simulation_is_left_out():
    made = opened(replace(ORDER, scenarios=(PLAN,), draws=0, text=TEXT).file(EVERYTHING))
    assert made["proposal.txt"].decode().startswith(f"# Our view\n\nWe ask.\n\n{STAMP}{PLAN.name}")
    assert b"We ask." in made["report.html"]
    assert "deck.pptx" not in made
    assert "Not made: PowerPoint deck. A deck shows the odds" in made[LEFT_OUT].decode()


@pytest.mark.usefixtures("no_browser")
def test_progress_ends_at_one():
    told = []
    zip_file(replace(ORDER, draws=0), [KINDS["months"], KINDS["deck"]], told.append)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("name", [*NAMES, "../../etc/passwd", "CON", "a/b\\c:d*?", "…", "é" * 200, "a\u202eb\u200f"])
def test_file_names_are_letters_digits_and_hyphens(name):
    made = stem(PLAN.changed(name=name))
    assert re.fullmatch(r"[^\W_]+(-[^\W_]+)*", unicodedata.normalize("NFKC", re.sub(_MARKS, "", made)))
    assert unicodedata.is_normalized("NFC", made)
    assert len(made.encode()) < 120


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ærø & Søn", "ærø-søn"), ("Straße 2.0", "straße-2-0"), ("計画 α/β", "計画-α-β"), ("नमस्ते", "नमस्ते"),
        ("A\u0308rzte", "ärzte"), ("CON", "con"), ("<b>…</b>", "b-b"), ("\u3164!", "scenario"), ("مرحبا", "مرحبا"),
    ],
)  # fmt: skip
def test_a_name_keeps_its_letters_in_file_names(name, kept):
    scenario = PLAN.changed(name=name)
    assert stem(scenario) == f"{kept}-{scenario.hash}"


def test_a_zip_says_that_its_names_are_utf8():
    order = replace(ORDER, scenarios=(PLAN.changed(name="Ærø & Søn"),), draws=0)
    with ZipFile(BytesIO(zip_file(order, []))) as archive:
        own = [info for info in archive.infolist() if not info.filename.isascii()]
        assert own
        assert all(info.flag_bits & 0x800 for info in own)
        assert all("ærø-søn-" in info.filename for info in own)


def test_scenarios_of_one_name_do_not_hide_each_other():
    order = replace(ORDER, scenarios=(PLAN, PLAN, PLAN.with_values(team_start=13.0)), draws=0)
    made = opened(zip_file(order, []))
    assert len([name for name in made if name.startswith("scenarios/")]) == 3


def test_with_a_browser_pdf_and_every_image_are_there(program, monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, program("chromium", package="chromium"))
    two = (CHARTS["value_bridge"], CHARTS["share_and_spend"])
    monkeypatch.setattr(images, "drawable", lambda _: two)
    drawn = [kind for kind in OTHERS if kind.needs_browser]
    made = opened(zip_file(replace(ORDER, draws=0), drawn))
    assert made["report.pdf"].startswith(b"%PDF-")
    for name in (f"1-{stem(PLAN)}", f"2-{stem(HOLD)}"):
        files = {file.removeprefix(f"images/{name}/") for file in made if file.startswith(f"images/{name}/")}
        assert files == {
            "value-bridge.png", "value-bridge.svg", "share-and-spend.png", "share-and-spend.svg", "charts.pdf",
        }  # fmt: skip
    assert "images        Chart as PNG, Chart as SVG, Chart as PDF\n" in made["README.txt"].decode()
    assert LEFT_OUT not in made


# CSV


def test_monthly_table_holds_every_line_in_full():
    projection = project(PLAN)
    frame = pd.read_csv(BytesIO(data.monthly_csv(materials(PLAN))))
    named = [f"{name} ({item.unit.stored_words('USD')})" for name, item in LINES.items()]
    assert list(frame.columns) == ["month", "date", *named, "scenario", "hash", "made_on", "currency"]
    assert frame["date"][0] == "2027-01-01"
    for name, series in zip(named, projection.lines.values(), strict=True):
        np.testing.assert_array_equal(frame[name].to_numpy(dtype=float), series)


def test_several_scenarios_stand_below_each_other():
    named = HOLD.changed(name="=1+1")
    rows = table(data.monthly_csv(materials(PLAN, named)))
    assert len(rows) == 120
    assert [rows[0]["scenario"], rows[-1]["scenario"]] == ["Social plan", "'=1+1"]
    assert rows[-1]["hash"] == named.hash


def test_metrics_table_has_values_reasons_and_spreads(files):
    projection = project(HOLD)
    rows = table(files[f"tables/2-{stem(HOLD)}/metrics.csv"])
    assert [row["metric"] for row in rows] == list(projection.metrics)
    for row in rows:
        value = projection.metrics[row["metric"]]
        assert row["value"] == "" if value is None else float(row["value"]) == value
        assert row["undefined"] == projection.undefined.get(row["metric"], "")
        assert 0 <= float(row["defined"]) <= 1
        assert (row["error"] == "") == (row["mean"] == "")
        assert (row["p10_error"] == "") == (float(row["defined"]) < LEAST_DEFINED)


def test_units_are_those_of_the_raw_numbers():
    kroner = PLAN.changed(currency="DKK")
    both = materials(kroner, HOLD.changed(currency="DKK"))
    known = {**data.tables(both[0]), **data.comparison_tables(both)}
    for name in ("metrics", "comparison-metrics"):
        units = dict(zip(known[name]["metric"], known[name]["unit"], strict=True))
        assert units["npv"] == "DKK"
        # 2.7 % of return is written 0.027…, so it is no per cent.
        assert units["roi"] == units["final_social_share"] == "fraction"
        assert (units["irr"], units["final_revenue_per_employee"]) == ("fraction a year", "DKK a year")
    assumed = known["assumptions"].set_index("name")["unit"]
    assert (assumed["social_share_target"], assumed["annual_pay"]) == ("fraction", "DKK a year")
    differing = known["comparison-assumptions"]
    assert set(differing.loc[differing["name"] == "social_share_target", "unit"]) == {"fraction"}
    assert all("%" not in unit for table in known.values() if "unit" in table for unit in table["unit"])


def test_published_tables_name_the_unit_of_their_raw_numbers():
    for chart in charts_of(EVIDENCE):
        for heading, column in chart.table(Material(project(PLAN), None, TODAY)).file(PLAN, TODAY).items():
            if pd.api.types.is_numeric_dtype(column):
                assert re.search(r"\((fraction|USD|hours|ratio|per cent)[^)]*\)$", heading), heading


def test_assumptions_table_has_values_ranges_and_notes():
    scenario = PLAN.with_values(causal_share=0.1).changed(notes={"causal_share": "@cmd"})
    content = data.csv(data.tables(*materials(scenario))["assumptions"])
    rows = {row["name"]: row for row in table(content)}
    assert list(rows) == list(ASSUMPTIONS)
    row = rows["causal_share"]
    assert (float(row["value"]), float(row["default"]), row["changed"], row["note"]) == (0.1, 0.05, "True", "'@cmd")
    assert (float(row["low"]), float(row["likely"]), float(row["high"])) == (0.0, 0.1, 0.12)


def test_what_matters_and_percentiles_are_those_of_the_simulation(files):
    simulation = simulated()
    rows = table(files[f"tables/1-{stem(PLAN)}/what-matters.csv"])
    assert [row["input"] for row in rows] == list(what_matters(simulation)["input"])
    bands = table(files[f"tables/1-{stem(PLAN)}/percentiles-cumulative-cash.csv"])
    assert float(bands[-1]["p50 (USD)"]) == simulation.band("cumulative_cash", 50)[-1]


def test_a_table_with_other_letters_is_marked_for_spreadsheets():
    assert data.csv(pd.DataFrame({"a": ["é"]})).startswith(b"\xef\xbb\xbf")
    assert data.csv(pd.DataFrame({"a": ["e"]})) == b'"a"\n"e"\n'


# JSON


def test_json_holds_scenarios_results_assumptions_and_evidence(files):
    found = json.loads(files["data.json"])
    assert found["made_on"] == "2026-11-22"
    first, second = found["scenarios"]
    assert (first["hash"], second["hash"]) == (PLAN.hash, HOLD.hash)
    projection = project(PLAN)
    assert first["metrics"] == dict(projection.metrics)
    assert first["monthly"]["npv" if "npv" in LINES else "net_cash"] == projection.lines["net_cash"].tolist()
    assert first["monthly"]["date"][0] == "2027-01-01"
    assert first["simulation"]["odds"]["npv_positive"] == simulated().odds_of_gain
    assert {item["name"] for item in found["assumptions"]} == set(ASSUMPTIONS)
    assert {item["id"] for item in found["evidence"]} == set(SOURCES)


def test_json_names_the_currency_and_the_unit_of_every_metric(files):
    for result in json.loads(files["data.json"])["scenarios"]:
        assert result["currency"] == "USD"
        assert result["units"].keys() == result["metrics"].keys()
        assert (result["units"]["npv"], result["units"]["roi"]) == ("USD", "fraction")


def test_every_chart_of_a_simulation_can_be_drawn():
    (material,) = materials(PLAN, draws=256)
    drawn = drawable(material.holds)
    assert set(CHARTS.values()) - set(drawn) == {one for one in CHARTS.values() if one.group.needs in SUBJECTS}
    assert all(chart.alt(material) for chart in drawn)
