"""The commands `stages` and `counter`, as tables and as JSON."""

from __future__ import annotations

import json

import pytest

from model.choice.counter import catalogue
from model.command_line.program.commands import run
from model.gates.stage_gate import Below, StageGate
from model.presets import PRESETS
from model.scenario import Scenario
from model.stages.contract import Contract, State

FEW = ["--draws", "256", "--set", "horizon_years=2"]


@pytest.fixture(autouse=True)
def few_plans(monkeypatch):
    monkeypatch.setattr(catalogue, "PACES", (0.25, 1.0))
    monkeypatch.setattr(catalogue, "SEARCH_DRAWS", 128)


def test_stages_tells_the_worth_the_gates_and_the_contract(capsys):
    assert run(["stages", *FEW, "--gate", "12:relative_return:1.1:back"]) == 0
    told = capsys.readouterr().out
    assert "Being able to stop at these thresholds " in told
    assert "never stopping" in told
    row = next(line for line in told.splitlines() if line.startswith("never stopping"))
    assert "." not in row
    assert "± " in row
    assert "What would change our mind:\n- If on 31 Dec " in told
    assert "\u00a0" not in told


def test_a_plan_without_stages_has_one_proposed_and_says_so(capsys):
    assert run(["stages", *FEW, "--format", "table"]) == 0
    assert "The scenario has no stages: one gate is tried." in capsys.readouterr().out


def test_stages_as_json_holds_everything_and_the_contract_as_a_file(capsys, tmp_path):
    file = tmp_path / "contract.json"
    gates = ["--gate", "18:competent_share:45%:hold", "--gate", "6:cumulative_cash:-5000:back"]
    assert run(["stages", *FEW, *gates, "--format", "json", "--contract", str(file)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [gate["month"] for gate in data["scenario"]["stages"]] == [6, 18]
    assert data["scenario"]["stages"][1]["threshold"] == 0.45
    assert data["never"]["value"] == 0
    assert data["never"]["ends"][0] | {"threshold": None, "stops": "never"} == data["never"]["ends"][0]
    contract = Contract.from_json(file.read_bytes())
    assert contract == Contract.from_data(data["contract"])
    assert contract.holds_for(Scenario.from_data(data["scenario"]))


def test_a_file_s_own_gates_are_taken(capsys, tmp_path):
    gate = {"month": 12, "indicator": "social_return", "threshold": 4.5, "below": "back"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps({"name": "Ours", "stages": [gate]}), encoding="utf-8")
    assert run(["stages", str(file), "--draws", "256"]) == 0
    assert "revenue per unit of social spend is measured below 4.5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("gate", "told"),
    [
        ("12:relative_return:1.1", "must be written MONTH:INDICATOR:THRESHOLD:BELOW"),
        ("1.5:relative_return:1.1:back", "has the month '1.5', which is no whole number"),
        ("12:relative_return:much:back", "has a threshold that cannot be read: 'much' is not a number"),
        ("12:relative_retrun:1.1:back", "did you mean 'relative_return'?"),
        ("12:relative_return:1.1:stop", "must be one of hold, back"),
        ("24:relative_return:1.1:back", "must have a gate, and each within month 1 … 23 of the plan"),
        ("\x1b[31m:a:b:c", "--gate"),
    ],
)
def test_a_gate_that_cannot_be_is_refused_in_words(capsys, gate, told):
    assert run(["stages", *FEW, "--gate", gate]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "\x1b" not in said


def test_a_contract_that_cannot_be_written_is_told(capsys, tmp_path):
    assert run(["stages", *FEW, "--contract", str(tmp_path / "none" / "contract.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


GATED = [*FEW, "--gate", "12:relative_return:1.1:back", "--gate", "18:competent_share:45%:hold"]


def test_a_contract_is_marked_by_what_was_measured_and_written_again(capsys, tmp_path):
    file = tmp_path / "contract.json"
    assert run(["stages", *GATED, "--contract", str(file)]) == 0
    capsys.readouterr()
    assert run(["stages", *GATED, "--contract", str(file), "--mark", "12=1.05", "--mark", "18=50%"]) == 0
    told = capsys.readouterr().out
    assert "Measured 1.05 on " in told
    assert [clause.state for clause in Contract.from_json(file.read_bytes()).clauses] == [State.NOT_MET, State.MET]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--mark", "6=1"], "month: is 6, but the contract's gates are at month 12, 18"),
        (["--mark", "12"], "--mark: is '12', but must be MONTH=VALUE"),
        (["--mark", "18=50"], "out of bounds: must lie within"),
        (["--mark", "12=much"], "'much' is not a number"),
        (["--mark", "12=nan"], "--mark: has a value that cannot be read"),
        (
            ["--mark", "12=1.05", "--set", "team_target=5"],
            "give the scenario, --set and --gate that it was made with",
        ),
    ],
)
def test_a_mark_that_cannot_be_leaves_the_contract_as_it_was(capsys, tmp_path, options, told):
    file = tmp_path / "contract.json"
    assert run(["stages", *GATED, "--contract", str(file)]) == 0
    before = file.read_bytes()
    assert run(["stages", *GATED, "--contract", str(file), *options]) == 2
    assert told in capsys.readouterr().err
    assert file.read_bytes() == before


def test_actuals_and_marks_of_a_tracked_plan_mark_its_contract(capsys, tmp_path):
    plan, contract, actuals = tmp_path / "plan.json", tmp_path / "contract.json", tmp_path / "actuals.csv"
    gates = (StageGate(12, "relative_return", 1.1, Below.BACK), StageGate(18, "competent_share", 0.45, Below.HOLD))
    plan.write_text(PRESETS["social-plan"].changed(stages=gates).to_json(), encoding="utf-8")
    actuals.write_text("Month,Competent share,People tested\n18,50%,6\n", encoding="utf-8")
    assert run(["stages", str(plan), "--draws", "256", "--contract", str(contract)]) == 0
    track = ["track", str(plan), str(actuals), "--draws", "1024", "--contract", str(contract)]
    assert run([*track, "--mark", "12=1.05"]) == 0
    told = capsys.readouterr().out
    assert "WHAT MATTERS STILL" in told
    assert [clause.state for clause in Contract.from_json(contract.read_bytes()).clauses] == [
        State.NOT_MET,
        State.MET,
    ]
    before = contract.read_bytes()
    assert run([*track, "--mark", "6=1"]) == 2
    assert "mark of month 6: has no gate: the plan's gates are at month 12, 18" in capsys.readouterr().err
    assert run([*track, "--set", "team_target=5"]) == 2
    assert "give the scenario and --set that it was made with" in capsys.readouterr().err
    assert contract.read_bytes() == before


def test_a_mark_needs_a_contract_that_is_there(capsys, tmp_path):
    assert run(["stages", *GATED, "--mark", "12=1"]) == 2
    assert "--mark: needs the contract that is marked" in capsys.readouterr().err
    assert run(["stages", *GATED, "--mark", "12=1", "--contract", str(tmp_path / "none.json")]) == 2
    assert "does not exist; make it first with: python -m model stages" in capsys.readouterr().err


def test_counter_tells_the_offer_beside_the_ask(capsys):
    assert run(["counter", *FEW, "--odds", "60%", "--yearly", "200000", "--people", "4", "--payback", "18"]) == 0
    told = capsys.readouterr().out
    assert "Best part of the ask inside these limits: " in told
    assert "Money a year at most 200,000 USD a year: " in told
    assert "FIGURE" in told


def test_counter_as_json_is_finite_and_names_what_rules_it_out(capsys):
    assert run(["counter", *FEW, "--odds", "1", "--set", "social_relative_return=0.9", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["fits"], data["ruled_out_by"]) == (False, ["odds"])
    assert data["terms"][0]["allowed"] == 1
    assert Scenario.from_data(data["scenario"]).hash == data["hash"]


@pytest.mark.parametrize(
    ("option", "told"),
    [("--odds=1.7", "odds: is 1.7, out of bounds"), ("--people=-2", "people: is −2, out of bounds")],
)
def test_limits_out_of_bounds_are_refused(capsys, option, told):
    assert run(["counter", *FEW, option]) == 2
    assert told in capsys.readouterr().err
