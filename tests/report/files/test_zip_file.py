"""One ZIP of everything, its CSV and JSON: the model's numbers in full, safe names, the same bytes."""

import csv
import json
import re
from datetime import date
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
from model.uncertainty.simulation import simulate
from report.files import zip_file
from report.files.browser import BROWSER_PATH
from report.files.file_names import stem
from report.files.images import Kind
from report.files.zip_file import LEFT_OUT, zip_all
from report.material import BANDS, EVERY_CHART, Material, gathered
from report.tables import data
from report.words.proposal import Section
from tests.report.workbook.test_workbook import NAMES

TODAY = date(2026, 11, 22)
PLAN, HOLD = PRESETS["social-plan"], PRESETS["hold"]
TEXT = (Section("Our view", ("We ask.",)),)


def simulated(*scenarios):
    return [simulate(scenario, 256, 7, lines=BANDS) for scenario in scenarios]


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
    return zip_all([PLAN, HOLD], today=TODAY, simulations=simulated(PLAN, HOLD))


@pytest.fixture(scope="module")
def files(content):
    return opened(content)


def table(content):
    """A CSV file as rows."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


# The ZIP


def test_everything_but_pdf_and_images_is_there_without_a_browser(files):
    kinds = {name.split("/")[0] for name in files}
    assert kinds == {"README.txt", "report.html", "workbook.xlsx", "deck.pptx", "proposal.txt", "data.json",
                     "scenarios", "tables", LEFT_OUT}  # fmt: skip
    told = files[LEFT_OUT].decode()
    assert "PDF and the images" in told
    assert "apt-get install chromium" in told


def test_readme_lists_every_file_and_which_numbers_these_are(files):
    readme = files["README.txt"].decode()
    for name in files:
        assert name in readme
    for words in (PLAN.name, PLAN.hash, HOLD.hash, "256 draws, seed 7", "model checks passed", "22 Nov 2026"):
        assert words in readme


@pytest.mark.usefixtures("no_browser")
def test_same_arguments_give_the_same_bytes_dated_on_the_day(content):
    assert zip_all([PLAN, HOLD], today=TODAY, simulations=simulated(PLAN, HOLD)) == content
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
    made = opened(zip_all([PLAN], today=TODAY, text=TEXT))
    assert made["proposal.txt"].decode() == "# Our view\n\nWe ask.\n"
    assert b"We ask." in made["report.html"]
    assert "deck.pptx" not in made
    assert "was not simulated" in made[LEFT_OUT].decode()


@pytest.mark.usefixtures("no_browser")
def test_progress_ends_at_one(monkeypatch):
    monkeypatch.setattr(zip_file, "_documents", lambda *_: {})
    told = []
    zip_all([PLAN], today=TODAY, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize("name", [*NAMES, "../../etc/passwd", "CON", "a/b\\c:d*?", "…"])
def test_file_names_are_plain(name):
    assert re.fullmatch(r"[a-z0-9-]{1,70}", stem(PLAN.changed(name=name)))


@pytest.mark.usefixtures("no_browser")
def test_scenarios_of_one_name_do_not_hide_each_other(monkeypatch):
    monkeypatch.setattr(zip_file, "_documents", lambda *_: {})
    made = opened(zip_all([PLAN, PLAN, PLAN.with_values(team_start=13.0)], today=TODAY))
    assert len([name for name in made if name.startswith("scenarios/")]) == 3


def test_with_a_browser_pdf_and_every_image_are_there(program, monkeypatch):
    monkeypatch.setenv(BROWSER_PATH, program("chromium", package="chromium"))
    monkeypatch.setattr(zip_file, "_documents", lambda *_: {})
    monkeypatch.setattr(zip_file, "_IMAGE_KINDS", (Kind.SVG,))
    monkeypatch.setattr(Material, "charts", ("value_bridge", "share_and_spend"))
    made = opened(zip_all([PLAN], today=TODAY, simulations=simulated(PLAN)))
    assert made["report.pdf"].startswith(b"%PDF-")
    assert len([name for name in made if name.startswith(f"images/{stem(PLAN)}/") and name.endswith(".svg")]) == 2
    assert LEFT_OUT not in made


# CSV


def test_monthly_table_holds_every_line_in_full():
    projection = project(PLAN)
    frame = pd.read_csv(BytesIO(data.monthly_csv(gathered([PLAN], TODAY))))
    assert list(frame.columns) == ["month", "date", *LINES]
    assert frame["date"][0] == "2027-01-01"
    for name, series in projection.lines.items():
        np.testing.assert_array_equal(frame[name].to_numpy(dtype=float), series)


def test_several_scenarios_stand_below_each_other():
    named = HOLD.changed(name="=1+1")
    rows = table(data.monthly_csv(gathered([PLAN, named], TODAY)))
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


def test_units_are_those_of_the_raw_numbers():
    kroner = PLAN.changed(currency="DKK")
    materials = gathered([kroner, HOLD.changed(currency="DKK")], TODAY)
    known = {**data.tables(materials[0]), **data.comparison_tables(materials)}
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
    for table in data.evidence_charts(project(PLAN)).values():
        for heading, column in table.items():
            if pd.api.types.is_numeric_dtype(column):
                assert re.search(r"\((fraction|USD|hours|ratio|per cent)[^)]*\)$", heading), heading


def test_assumptions_table_has_values_ranges_and_notes():
    scenario = PLAN.with_values(causal_share=0.1).changed(notes={"causal_share": "@cmd"})
    content = data.csv(data.tables(Material(project(scenario), None, TODAY))["assumptions"])
    rows = {row["name"]: row for row in table(content)}
    assert list(rows) == list(ASSUMPTIONS)
    row = rows["causal_share"]
    assert (float(row["value"]), float(row["default"]), row["changed"], row["note"]) == (0.1, 0.05, "True", "'@cmd")
    assert (float(row["low"]), float(row["likely"]), float(row["high"])) == (0.0, 0.1, 0.12)


def test_what_matters_and_percentiles_are_those_of_the_simulation(files):
    (simulation,) = simulated(PLAN)
    rows = table(files[f"tables/1-{stem(PLAN)}/what-matters.csv"])
    assert [row["input"] for row in rows] == list(what_matters(simulation)["input"])
    bands = table(files[f"tables/1-{stem(PLAN)}/percentiles-cumulative-cash.csv"])
    assert float(bands[-1]["p50"]) == simulation.band("cumulative_cash", 50)[-1]


def test_a_table_with_other_letters_is_marked_for_spreadsheets():
    assert data.csv(pd.DataFrame({"a": ["é"]})).startswith(b"\xef\xbb\xbf")
    assert data.csv(pd.DataFrame({"a": ["e"]})) == b"a\ne\n"


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
    assert first["simulation"]["odds"]["npv_positive"] == simulated(PLAN)[0].odds_of_gain
    assert {item["name"] for item in found["assumptions"]} == set(ASSUMPTIONS)
    assert {item["id"] for item in found["evidence"]} == set(SOURCES)


def test_json_names_the_currency_and_the_unit_of_every_metric(files):
    for result in json.loads(files["data.json"])["scenarios"]:
        assert result["currency"] == "USD"
        assert result["units"].keys() == result["metrics"].keys()
        assert (result["units"]["npv"], result["units"]["roi"]) == ("USD", "fraction")


def test_every_chart_of_a_simulation_can_be_drawn():
    (material,) = gathered([PLAN], TODAY, simulated(PLAN))
    assert material.charts == tuple(EVERY_CHART)
    assert all(material.alt(name) for name in material.charts)
