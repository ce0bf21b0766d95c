"""CSV of every writer: each text quoted and none computed, however a spreadsheet sets rows and columns apart."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas as pd
import pytest

from model.command_line.csv_text import csv_text
from model.other.amounts import OtherAmount
from model.presets import PRESETS
from model.reading.pasted_skills import areas_of_file
from model.scenario import Scenario
from model.skills.areas import SkillArea
from report.files.file_kinds import KINDS
from report.files.order import Order
from report.files.zip_file import zip_file
from report.tables.data import csv as written
from report.tables.data import skill_areas
from tests.materials import TODAY
from tests.model.command_line.test_command_line import printed

HOSTILE = (
    "=1+41", " =1+41", '"=1+41', ';=1+41"', ",=cmd|' /C calc'!A0", "a\n=1+41", "'=1+41", "@SUM(1)", "＝1+41", "\t=1",
)  # fmt: skip
AREAS = tuple(SkillArea(f"{' '.join(name.split())} {place}", 1, 0.2, 0.8) for place, name in enumerate(HOSTILE))
PLAN = PRESETS["social-plan"].changed(
    name="=1+41;=2\n=3,\"=4", notes=dict(zip(PRESETS["social-plan"].values, HOSTILE, strict=False)),
    description="=5", skills=AREAS, other_costs=(OtherAmount("=6", (1.0,)), OtherAmount('";=7', (-2.0,))),
)  # fmt: skip
# What is no text: numbers, truth, days, nothing.
BARE = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?|-?\d+(,\d+)?(e[+-]?\d+)?|True|False|\d{4}-\d\d-\d\d|")
FORMULA = re.compile(r"\s*[=+@＝]|\s*-(?![\d.])")


def contents(spreadsheet):
    order = Order((PLAN, PLAN.changed(name="-1")), TODAY, draws=128, seed=7, spreadsheet=spreadsheet)
    with ZipFile(BytesIO(zip_file(order, [KINDS["months"]]))) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name.endswith(".csv")}
    return found | {"skills": written(skill_areas(AREAS, PLAN, TODAY), order.csv_text)}


@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_text_is_quoted_and_no_cell_is_a_formula(locale, monkeypatch):
    monkeypatch.setitem(globals(), "PLAN", PLAN.changed(locale=locale))
    found = contents(spreadsheet=locale == "de")
    assert len(found) > 30
    for name, content in found.items():
        text = content.decode("utf-8-sig")
        assert "\r" not in text
        bare = re.sub(r'"(?:[^"]|"")*"', "", text)
        cells = re.split(r"[;\n]" if locale == "de" else r"[,\n]", bare)
        assert [cell for cell in cells if not BARE.fullmatch(cell)] == [], name
        # As the separators of a locale have it, of any other, and with blanks passed over.
        own = ";" if locale == "de" else ","
        for row in csv.reader(StringIO(text), delimiter=own, skipinitialspace=True, strict=True):
            assert [cell for cell in row if FORMULA.match(cell)] == [], name


def test_the_command_prints_the_same_form(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text(PLAN.to_json(), encoding="utf-8")
    rows = list(csv.DictReader(StringIO(printed("project", str(file), "--format", "csv"))))
    assert {row["scenario"] for row in rows} == {"'" + PLAN.name}


def test_skill_areas_are_read_back_as_they_were():
    for text in (None, PLAN.changed(locale="de").format):
        assert areas_of_file(written(skill_areas(AREAS, PLAN, TODAY), text)) == AREAS


def test_values_are_written_in_full_and_gaps_are_empty():
    frame = pd.DataFrame({"a": [0.1 + 0.2, None], "b": pd.array([1, None], dtype="Int64"), "c": ['say "x"', None]})
    assert csv_text(frame) == '"a","b","c"\n0.30000000000000004,1,"say ""x"""\n,,\n'
    assert csv_text(frame, decimal_comma=True) == '"a";"b";"c"\n0,30000000000000004;1;"say ""x"""\n;;\n'


def test_a_scenario_keeps_the_names_that_its_tables_guard():
    assert Scenario.from_json(PLAN.to_json()) == PLAN
