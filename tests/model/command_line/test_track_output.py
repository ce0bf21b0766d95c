"""`python -m model track`, as a person or a script calls it."""

import json
from pathlib import Path

from model.command_line.program.commands import run
from model.presets import PRESETS
from tests.model.track.simulated import EXAMPLE, EXAMPLE_MONTHS, firm, written

FILE = str(Path(__file__).parents[3] / "docs" / "example-actuals.csv")
PLAN = PRESETS["social-plan"]


def test_the_example_is_the_simulation_that_it_is_said_to_be():
    made = firm(EXAMPLE)
    assert Path(FILE).read_text(encoding="utf-8") == written(made, EXAMPLE_MONTHS)
    page = (Path(FILE).parent / "decide.md").read_text(encoding="utf-8")
    assert f"a firm whose plan truly is worth {made.npv:,.0f} USD" in page


def test_the_table_tells_everything_in_order(capsys):
    assert run(["track", FILE, "--until", "9", "--draws", "1024", "--hash", PLAN.hash]) == 0
    told = capsys.readouterr().out
    parts = ["month 9 of 60", "After 9 months the odds", "CUMULATIVE", "left P10–P90", "FORECAST", "RECORD"]
    assert [told.index(part) for part in parts] == sorted(told.index(part) for part in parts)
    assert "as believed (USD)" in told


def test_json_holds_everything_and_its_causes_add_up(capsys):
    arguments = ["track", "social-plan", FILE, "--until", "6", "--draws", "1024", "--format", "json"]
    assert run(arguments) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["until"], data["hash"]) == (6, PLAN.hash)
    assert len(data["forecasts"]) == len(data["actuals"]) == 25
    assert data["record"]["actuals"] == 25
    assert set(data["checks"]) == {"held", "level", "spread", "tails", "memory"}
    for item in data["variances"]:
        for place, delta in enumerate(item["Δ"]):
            assert abs(sum(series[place] for series in item["causes"].values()) - delta) < 1e-6
    assert len(data["ahead"]["cumulative_cash"]["p50"]) == 60


def test_another_plan_and_faulty_actuals_are_refused(tmp_path, capsys):
    assert run(["track", "hold", FILE, "--hash", PLAN.hash]) == 2
    assert f"but '{PLAN.hash}' was approved" in capsys.readouterr().err
    file = tmp_path / "actuals.csv"
    file.write_text("Month,Revenue\n99,x\n2,x\n", encoding="utf-8")
    assert run(["track", str(file)]) == 2
    told = capsys.readouterr().err
    assert "row 2, 'Month': holds '99', beyond its end" in told
    assert "row 3, 'Revenue': holds 'x', which is no number" in told
    assert run(["track", FILE, "--until", "61"]) == 2
    assert "until: is 61, out of bounds" in capsys.readouterr().err
