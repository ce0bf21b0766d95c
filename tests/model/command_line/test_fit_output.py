"""`python -m model fit`, as a person or a script calls it."""

import json
from pathlib import Path

import numpy as np
import pytest

from model.command_line.program.commands import run
from model.history.prior import FITTED
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from tests.model.history.simulated import simulated, written
from tests.model.history.study import example
from tests.model.history.workbooks import book_of, saved

EXAMPLE = str(Path(__file__).parents[3] / "docs" / "example-history.csv")


def test_the_example_is_the_simulation_that_it_is_said_to_be():
    assert Path(EXAMPLE).read_text(encoding="utf-8") == written(example())


def test_json_has_everything_and_the_file_is_the_scenario(tmp_path, capsys):
    out = tmp_path / "fitted.json"
    assert run(["fit", EXAMPLE, "hold", "--out", str(out), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["n"], data["period"], data["frequency"]) == (156, ["2021-01-04", "2023-12-25"], "weekly")
    assert data["columns"]["social"] == ["Social spend"]
    assert data["set_aside"] == []
    assert list(data["posterior"]) == list(FITTED)
    for name, truth in example().truth.items():
        found = data["posterior"][name]
        assert found["p5"] < found["p25"] < found["p50"] < found["p75"] < found["p95"]
        assert found["p5"] <= truth <= found["p95"]
        assert found["told"] == (name in data["ranges"])
    assert len(data["correlations"]) == 15
    assert data["usable"] == "yes"
    assert {check["trust"] for check in data["checks"].values()} == {"yes"}
    scenario = Scenario.from_file(out)
    assert scenario.to_data() == data["scenario"]
    assert scenario.name == PRESETS["hold"].name
    assert project(scenario).metrics["npv"] == 0


def test_the_table_tells_what_was_understood_set_aside_and_found(tmp_path, capsys):
    path = tmp_path / "weeks.csv"
    made = simulated(7, noise=0.005, varying=0.8)
    path.write_text(
        "A report\n" + written(made).replace("Price", "Price,\u202eodd") + "Total,1,1,1,1\n" * 30, "utf-8"
    )
    assert run(["fit", str(path), "--other", "--control", "price"]) == 0
    text = capsys.readouterr().out
    assert "156 weeks; utf-8, separated by commas, decimal point" in text
    assert "Other marketing: none" in text
    assert "Not used: Other marketing spend, \\u202eodd" in text
    assert "Rows set aside: 31" in text
    assert "row 1 stands above the heading" in text
    assert "and 11 more: --format json lists them" in text
    assert "what it brings may be put down to social" in text
    assert [line.split()[0] for line in text.splitlines() if line.split() and line.split()[0] in FITTED] == [*FITTED]
    assert text.splitlines()[-1].startswith(("Usable", "Not usable, because"))


def test_a_workbook_s_sheet_people_and_own_figures(tmp_path, capsys):
    lines = [line.split(",") for line in Path(EXAMPLE).read_text("utf-8").splitlines()]
    table = [[*lines[0], "Staff"], *[[cells[0], *map(float, cells[1:]), 40] for cells in lines[1:]]]
    path, out = tmp_path / "book.xlsx", tmp_path / "fitted.json"
    path.write_bytes(saved(book_of(*table, name="Weeks")))
    arguments = ["fit", str(path), "--sheet", "weeks", "--figures", "--out", str(out)]
    assert run([*arguments, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["encoding"], data["sheet"], data["sheets"]) == ("xlsx", "Weeks", ["Weeks"])
    assert data["columns"]["people"] == ["Staff"]
    assert data["figures"]["employees"] == {
        "value": 40, "unit": "people", "how": "the last that the column of people says",
        "period": "2023-01-02 to 2023-12-25, 52 weeks", "grade": "U", "assumption": True,
    }  # fmt: skip
    scenario = Scenario.from_file(out)
    assert scenario.to_data() == data["scenario"]
    taken = {name for name, figure in data["figures"].items() if figure["assumption"]}
    assert {name: scenario.values[name] for name in taken} == {
        name: data["figures"][name]["value"] for name in taken
    }
    assert run(["fit", str(path), "--people"]) == 0
    text = capsys.readouterr().out
    assert "156 weeks; sheet “Weeks”\n" in text
    assert "People: none" in text
    assert "social_share_start          15.4 %" in text
    assert "revenue_per_employee" not in text


def refused(capsys, *arguments):
    """What the command says as it refuses."""
    assert run(["fit", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_what_is_not_usable_is_not_written(tmp_path, capsys):
    path, out = tmp_path / "flat.csv", tmp_path / "fitted.json"
    made = simulated(1, periods=104)
    lines = written(made).splitlines()
    flat = [lines[0], *(",".join([*line.split(",")[:2], "100", "600"]) for line in lines[1:])]
    path.write_text("\n".join(flat), "utf-8")
    assert "is not written: Not usable, because social spend never changes" in refused(
        capsys, str(path), "--out", str(out)
    )
    assert not out.exists()
    assert run(["fit", str(path)]) == 0
    assert "Not usable, because" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.csv"], "none.csv: cannot be read"),
        ([], "give a history, experiments, or both"),
        (["--experiment", "none.csv"], "none.csv: cannot be read"),
        (["--experiment", "social,8 weeks,spend=4"], "has no extra"),
        ([EXAMPLE, "no-such-plan"], "is neither a preset nor a file"),
        ([EXAMPLE, "--seed", "-1"], "seed: is −1, out of bounds"),
        ([EXAMPLE, "--revenue", "Revenues"], "did you mean 'Revenue'?"),
        ([EXAMPLE, "--people", "Heads"], "--people: names 'Heads', which is no column of the file"),
        ([EXAMPLE, "--sheet", "Data"], "--sheet: names 'Data', but the file is no workbook with sheets"),
        ([EXAMPLE, "--out", "/no/such/folder/fitted.json"], "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_is_refused(capsys, arguments, message):
    assert message in refused(capsys, *arguments)


SPEC = "social,2024-03-04..2024-04-28,spend=80000,extra=40000,revenue=60000,low=30000,high=90000"


def test_experiments_alone_need_no_file(tmp_path, capsys):
    path = tmp_path / "tests.csv"
    path.write_text("channel,weeks,spend,extra,revenue,se\nTV,26,200000,-200000,-450000,10000\n", "utf-8")
    assert run(["fit", "hold", "--experiment", SPEC, "--experiment", str(path), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["n"], data["period"], data["set_aside"]) == (0, None, [])
    first, second = data["experiments"]
    assert (first["channel"], first["observed"]) == ("social", 60_000)
    assert first["standard_error"] == pytest.approx(30_000 / 1.96, rel=1e-3)
    assert (second["channel"], second["period"]) == ("other", "26 weeks")
    assert all({"predicted", "fitted", "z"} <= one.keys() for one in (first, second))
    assert data["posterior"]["other_incremental_roas"]["grade"] == "A"
    assert any("is taken as one of 95\N{NO-BREAK SPACE}%" in told for told in data["told"])
    assert data["scenario"]["name"] == PRESETS["hold"].name
    assert run(["fit", "--experiment", SPEC]) == 0
    text = capsys.readouterr().out
    assert "EXPECTED WITHOUT IT" in text
    assert "60,000 USD ± 15,300 USD" in text


def test_results_of_another_tool_are_taken_over(tmp_path, capsys):
    path, out = tmp_path / "mix.csv", tmp_path / "plan.json"
    path.write_text("channel,spend,roi\nfacebook,10,3\ntv,20,2\nkpi,0,1\n", "utf-8")
    assert run(["fit", "--results", str(path), "--out", str(out), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["set_aside"] == [{"row": 4, "reason": "has no spend: kpi is no paid channel"}]
    assert data["beliefs"]["social_relative_return"]["range"]["likely"] == 1.5
    assert data["usable"] == "care"
    assert Scenario.from_file(out).to_data() == data["scenario"]
    assert run(["fit", "hold", "--results", str(path)]) == 0
    assert "Usable with care, because what another tool finds is correlation" in capsys.readouterr().out
    assert "instead of a fit" in refused(capsys, EXAMPLE, "--results", str(path))


def test_another_seed_draws_otherwise(capsys):
    found = []
    for seed in ("1", "2"):
        assert run(["fit", EXAMPLE, "--seed", seed, "--format", "json"]) == 0
        found.append(json.loads(capsys.readouterr().out)["posterior"]["saturation"]["p50"])
    assert found[0] != found[1]
    assert found == pytest.approx([np.mean(found)] * 2, abs=0.03)
