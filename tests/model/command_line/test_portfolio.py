"""`python -m model portfolio`: the group as table, JSON and CSV, and what it refuses."""

import csv
import io
import json

import pytest

from model.command_line.program.commands import run

FEW = ("--draws", "128", "--workers", "1")
HEADING = "name,employees,social_share_target,weight,tags,notes"
TABLE = f"{HEADING}\n=A1+1,500,24.5 %,1,EU,=1+1\nB,800,20 %,0.5,EU | big,\n"


@pytest.fixture
def table(tmp_path):
    """A table of two units."""
    file = tmp_path / "units.csv"
    file.write_text(TABLE, encoding="utf-8")
    return str(file)


def told(capsys, *arguments: str) -> str:
    assert run(["portfolio", *arguments]) == 0
    return capsys.readouterr().out


def test_one_unit_is_what_simulate_tells(tmp_path, capsys):
    file = tmp_path / "one.csv"
    file.write_text("name,employees\nAlone,700\n", encoding="utf-8")
    group = json.loads(told(capsys, str(file), "smaller-step", *FEW, "--format", "json"))
    assert run(["simulate", "smaller-step", "--set", "employees=700", "--draws", "128", "--format", "json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert group["metrics"]["npv"] == alone["metrics"]["npv"]
    assert group["odds"]["npv_positive"] == alone["odds"]["npv_positive"]
    assert group["expected_shortfall"] == alone["expected_shortfall"]
    assert group["cumulative_cash"]["p50"] == alone["bands"]["cumulative_cash"]["p50"]
    assert group["units"][0]["npv"] == alone["metrics"]["npv"]


def test_the_table_tells_the_group_its_units_and_the_split(table, capsys):
    text = told(capsys, table, *FEW, "--correlation", "50 %", "--budget", "today", "--limit", "EU=..8m")
    assert "2 units in USD" in text
    assert "beliefs shared with a correlation of 0.5" in text
    assert "Binding: EU: one unit more of it would earn" in text
    assert text.index("NEXT UNIT RETURNS") < text.index("WHAT MATTERS") < text.index("SHARE TODAY")


def test_csv_has_a_row_for_each_unit_and_computes_nothing(table, capsys):
    rows = list(csv.DictReader(io.StringIO(told(capsys, table, *FEW, "--format", "csv", "--budget", "8m"))))
    assert [row["name"] for row in rows] == ["'=A1+1", "B"]
    assert rows[0]["notes"] == "'=1+1"
    assert float(rows[1]["group_npv"]) == pytest.approx(0.5 * float(rows[1]["npv_mean"]))
    assert float(rows[0]["budget"]) > 0


def test_out_writes_what_would_have_been_printed(table, tmp_path, capsys):
    printed = told(capsys, table, *FEW, "--format", "json")
    written = tmp_path / "group.json"
    assert told(capsys, table, *FEW, "--format", "json", "--out", str(written)) == f"{written} is written\n"
    assert written.read_text(encoding="utf-8") == printed


def test_a_run_that_came_to_its_end_leaves_no_state(table, tmp_path, capsys):
    told(capsys, table, *FEW, "--budget", "today", "--resume", str(tmp_path / "run"))
    assert [path.name for path in tmp_path.iterdir()] == ["units.csv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--currency", "EURO"], "--currency: is 'EURO', but must be a three-letter ISO 4217 code"),
        (["--currency", "XXX"], "--currency: is 'XXX', but must be a three-letter ISO 4217 code of a currency"),
        (["--currency", "EUR"], "Row 2, currency: is USD, which has no rate; give what one USD is in EUR"),
        (["--rate", "USD=1.08@2026-11-01"], "--rate USD: is 1.08, but USD is the group's own currency"),
        (["--rate", "DKK=0.15@2026-11-01"], "--rate DKK: is not used, as no unit is in DKK: they are in USD"),
        (["--rate", "EUR=1.08"], "--rate: is '1.08', which has no date"),
        (["--correlation", "1.5"], "correlation: is 1.5, out of bounds: must lie within 0 … 1"),
        (["--budget", "much"], "or today for that of the table"),
        (["--limit", "bigg=..5m"], "--limit bigg: names neither a unit nor a tag; did you mean 'big'"),
        (["--workers", "0"], "--workers: is 0, out of bounds"),
        (["--draws", "5"], "draws: is 5, out of bounds: must lie within 128 … 65536\n"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_mend(table, capsys, arguments, message):
    assert run(["portfolio", table, *FEW, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_table_with_faults_is_refused_with_all_of_them(tmp_path, capsys):
    file = tmp_path / "units.csv"
    rows = "A,x,EUR,\nA,y,eur,\n,0,GBP,1.3@2026-11-01\nB,5,XXX,\nC,5,DKK,\nÅ,5,,\nD,5,,1.1@2026-11-01\n"
    file.write_text(f"name,employees,currency,rate\n{rows}", encoding="utf-8")
    assert run(["portfolio", str(file), *FEW]) == 2
    told = capsys.readouterr().err
    for fault in (
        "Row 2, employees: 'x' is not a number",
        "Row 2, currency: is EUR, which has no rate; give what one EUR is in USD with its date: --rate EUR=",
        "Row 3, employees: 'y' is not a number",
        "Row 3, name: is the name of row 2 too; give each a name of its own",
        "Row 4, employees: is 0, out of bounds",
        "Row 4, name: is empty; give the unit a name",
        "Row 5, currency: is 'XXX', but must be",
        "Row 6, currency: is DKK, which has no rate",
        "Row 8, rate: is 1.1, but USD is the group's own currency; leave the rate away",
    ):
        assert fault in told
    # A currency without a rate is told once.
    assert told.count("Row ") == 9
