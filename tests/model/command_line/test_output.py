"""The odds, the optimum and the goal sought, as the command line prints them in both formats."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from model import __main__ as command
from model.assumptions import ASSUMPTIONS
from model.choice import search as optimiser
from model.choice.goal_seek import break_even
from model.choice.must_be_true import what_must_be_true
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.scenario import Scenario
from model.telling.basis import basis, default_text
from model.telling.explain import explain
from model.telling.tables import WITHOUT_VALUE
from model.uncertainty.sensitivity import evpi, evpi_error, evppi, evppi_errors, importance, tornado
from model.uncertainty.simulation import PERCENTILES, simulate
from model.units import NO_BREAK
from report.tables.document_tables import assumptions

ROOT = Path(__file__).parents[3]
PLAN = PRESETS["social-plan"]
SPREAD = {"mean", *(f"p{percent}" for percent in PERCENTILES)}


@pytest.fixture
def run(capsys, monkeypatch):
    """The command line within this process: exit code, standard output and standard error."""
    monkeypatch.setattr(optimiser, "SEARCH_DRAWS", 128)

    def start(*arguments):
        try:
            code = command.main(arguments)
        except SystemExit as left:  # argparse's own refusal
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return start


def printed(run, *arguments):
    """What a command prints; it must succeed silently."""
    code, output, errors = run(*arguments)
    assert (code, errors) == (0, "")
    return output


# Simulated


def test_simulation_as_json_of_another_process():
    done = subprocess.run(
        [sys.executable, "-m", "model", "simulate", "--draws", "300", "--seed", "4", "--format", "json"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stderr == ""
    data = json.loads(done.stdout)
    simulation = simulate(PLAN, 300, 4)  # every digit of it
    assert (data["draws"], data["seed"], data["hash"]) == (300, 4, PLAN.hash)
    assert set(data["metrics"]) == set(simulation.metrics)
    for name, values in data["metrics"].items():
        assert set(values) >= SPREAD
        spread = simulation.spread(name)
        assert (values["mean"], values["error"]) == (spread.mean, spread.error)
        none = (None,) * len(PERCENTILES)
        assert [values[f"p{percent}"] for percent in PERCENTILES] == list(spread.percentiles or none)
        errors = values["percentile_errors"] or {}
        assert [errors.get(f"p{percent}") for percent in PERCENTILES] == list(spread.percentile_errors or none)
    assert data["odds"]["npv_positive"] == simulation.odds_of_gain
    assert [data["odds"][f"payback_within_{12 * year}"] for year in range(1, 6)] == [
        simulation.odds_of_payback(12 * year) for year in range(1, 6)
    ]
    assert data["expected_shortfall"] == simulation.expected_shortfall
    assert data["shortfall_error"] == simulation.shortfall_error
    assert [(bar["name"], bar["low"], bar["high"], bar["npv_low"], bar["npv_high"]) for bar in data["tornado"]] == [
        (bar.name, bar.low, bar.high, bar.npv_low, bar.npv_high) for bar in tornado(PLAN)
    ]
    assert data["importance"] == dict(importance(simulation))
    truths = {item.name: item for item in what_must_be_true(PLAN)}
    assert [item["name"] for item in data["must_be_true"]] == list(truths)
    for item in data["must_be_true"]:
        known = truths[item["name"]]
        ends = (known.range.low, known.range.likely, known.range.high)
        assert (item["low"], item["likely"], item["high"]) == ends
        assert item["break_even"] == list(known.break_even)
    assert data["evpi"] == evpi(simulation)
    assert data["evppi"] == dict(evppi(simulation))
    assert data["evpi_error"] == evpi_error(simulation)
    assert data["evppi_errors"] == {name: evppi_errors(simulation)[name] for name in data["evppi"]}
    assert set(data["bands"]) == set(LINES)
    for name, rows in data["bands"].items():
        errors = rows.pop("percentile_errors")
        assert set(rows) == {*SPREAD, "error"}
        assert set(errors) == SPREAD - {"mean"}
        assert all(len(series) == 60 for series in (*rows.values(), *errors.values()))
        assert rows["p5"] == simulation.band(name, 5).tolist()


def test_simulation_as_a_table(run):
    text = printed(run, "simulate", "sceptical-cfo", "--draws", "256")
    simulation = simulate(PRESETS["sceptical-cfo"], 256)
    assert "256 draws, seed 2027" in text
    assert f"Odds of a gain {100 * simulation.odds_of_gain:.1f} %" in text
    rows = {line.split()[-1]: line for line in text.splitlines() if line.strip()}
    assert set(simulation.metrics) <= set(rows)
    spread, money = simulation.spread("npv"), simulation.scenario.format
    for value in (spread.mean, spread.error):
        assert money.exact(value, METRICS["npv"].unit).replace(NO_BREAK, " ") in rows["npv"]
    worst = money.within(simulation.shortfall_error, METRICS["npv"].unit).replace(NO_BREAK, " ")
    assert f"{worst}; knowing everything" in text
    assert WITHOUT_VALUE in text
    widest = tornado(PRESETS["sceptical-cfo"])[0].name
    matters = text[text.index("WHAT MATTERS") :].splitlines()
    assert matters[1].startswith(widest)
    assert len(matters) == 9


def test_a_figure_that_no_draw_defines_is_null(run):
    data = json.loads(printed(run, "simulate", "hold", "--draws", "128", "--format", "json"))
    assert set(data["metrics"]["roi"].values()) == {None, 0}
    assert data["odds"]["npv_positive"] == 0
    assert data["metrics"]["npv"]["p50"] == 0
    assert "–" in printed(run, "simulate", "hold", "--draws", "128")


def test_nothing_uncertain_is_printed_too(run, tmp_path):
    none = dict.fromkeys(PLAN.effective_ranges)
    path = tmp_path / "certain.json"
    path.write_text(Scenario.from_data({"name": "Certain", "ranges": none}).to_json(), encoding="utf-8")
    data = json.loads(printed(run, "simulate", str(path), "--draws", "128", "--format", "json"))
    assert data["tornado"] == data["must_be_true"] == []
    assert data["importance"] == data["evppi"] == {}
    assert data["metrics"]["npv"]["p5"] == data["metrics"]["npv"]["p95"]
    assert "Certain" in printed(run, "simulate", str(path), "--draws", "128")


# Optimised


def test_optimum_as_json(run):
    arguments = ("optimise", "--set", "horizon_years=2", "--set", "reallocated_share=0.5", "--draws", "128")
    arguments += ("--set", "social_relative_return=0.5")
    limits = ("--min-share", "0.15", "--max-new-money", "200000", "--format", "json")
    data = json.loads(printed(run, *arguments, *limits))
    assert data["aim"] == "expected_npv"
    levers = {"social_share_target", "ramp_years", "training_hours", "strategic_partner", "leadership_seat"}
    assert set(data["levers"]) == levers
    assert data["levers"]["social_share_target"] >= 0.15
    by_name = {limit["name"]: limit for limit in data["limits"]}
    assert set(by_name) == {"new_money", "lowest_share"}
    assert by_name["lowest_share"]["binding"]
    assert not by_name["new_money"]["binding"]
    assert by_name["new_money"]["used"] == data["optimum"]["new_money"] <= 200_000
    assert by_name["new_money"]["unspent"] == 200_000 - by_name["new_money"]["used"]
    assert data["gain"] == pytest.approx(data["optimum"]["expected_npv"] - data["present"]["expected_npv"])
    assert data["gain"] > 0
    assert data["gain_error"] > 0
    assert set(data["optimum"]["errors"]) == set(data["optimum"]) - {"errors", "odds_of_gain"}
    assert all(isinstance(sentence, str) for sentence in data["rests_on"])
    assert 0 <= data["odds_better_than_present"] <= 1
    rows, columns = data["map"]["social_share_target"], data["map"]["training_hours"]
    assert [len(row) for row in data["map"]["values"]] == [len(columns)] * len(rows)
    assert any(None in row for row in data["map"]["values"])


def test_optimum_as_a_table(run):
    arguments = ("--aim", "lowest_spend", "--target-npv", "1000", "--min-share", "0.1", "--draws", "128")
    text = printed(run, "optimise", "--set", "horizon_years=2", *arguments)
    assert "Aim: Lowest spend that reaches a target" in text
    assert "Worse than the present plan by" in text
    assert "Mean net present value at least: 1,000 USD asked, " in text
    assert "Best within your limits: " in text
    assert "social_share_target" in text
    assert "128 fresh draws, seed 2028" in text
    assert re.search(r"^expected_npv +\S+ USD ± [\d,.]+ USD", text, re.MULTILINE)


def test_an_optimum_says_what_it_rests_on(run):
    arguments = ("optimise", "--set", "horizon_years=2", "--set", "leadership_hours=1", "--draws", "128")
    text = printed(run, *arguments)
    assert "The leadership seat pays only by its own assumption" in text
    assert printed(run, *arguments, "--format", "json").count("pays only by its own assumption")


# Sought


def test_goal_sought_as_json(run):
    data = json.loads(printed(run, "seek", "--vary", "social_relative_return", "--format", "json"))
    assert (data["metric"], data["target"], data["vary"]) == ("npv", 0, "social_relative_return")
    assert data["values"] == list(break_even(PLAN, "social_relative_return"))
    assert data["values"]


def test_goal_sought_in_words(run):
    text = printed(run, "seek", "--metric", "npv", "--target", "0", "--vary", "social_share_target")
    low, high = break_even(PLAN, "social_share_target")
    assert text.startswith("npv is ")
    assert f"{low!r} (" in text
    assert f" and {high!r} (" in text
    none = printed(run, "seek", "--vary", "causal_share", "--target", "1e12")
    assert none.startswith("No value of causal_share within 0 … 1")


# Refused


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("simulate", "--draws", "0"), "draws: is 0, out of bounds: must lie within 128 … 1000000"),
        (("simulate", "--draws", "127"), "draws: is 127"),
        (("simulate", "--draws", "-5"), "draws: is −5"),
        (("simulate", "--draws", "1000000000"), "draws: is 1000000000"),
        (("simulate", "--draws", "many"), "invalid int value"),
        (("simulate", "--draws", "1e3"), "invalid int value"),
        (("simulate", "--seed", "-1"), "seed: is −1"),
        (("simulate", "nowhere"), "nowhere"),
        (("simulate", "--format", "csv"), "invalid choice"),
        (("optimise", "--draws", "0"), "draws: is 0"),
        (("optimise", "--aim", "profit"), "invalid choice"),
        (("optimise", "--aim", "lowest_spend"), "target_npv: is missing"),
        (("optimise", "--max-new-money", "-1"), "new_money: is −1"),
        (("optimise", "--min-odds", "2"), "least_odds: is 2"),
        (("optimise", "--max-peak-funding", "nan"), "'nan' is not a number"),
        (("optimise", "--min-share", "0.5", "--max-share", "0.4"), "lowest_share: is above the highest share"),
        (("seek",), "--vary"),
        (("seek", "--vary", "causal_shar"), "did you mean 'causal_share'?"),
        (("seek", "--vary", "ramp_shape"), "only a number can be sought"),
        (("seek", "--vary", "causal_share", "--metric", "nvp"), "did you mean 'npv'?"),
        (("seek", "--vary", "causal_share", "--target", "nan"), "'nan' is not a number"),
        (("seek", "--vary", "causal_share", "--target", "1e999"), "must be a finite number"),
    ],
)
def test_bad_input_is_refused(run, arguments, words):
    code, output, errors = run(*arguments)
    assert (code, output) == (2, "")
    assert words in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"ranges": {"causal_share": {"low": 0.1, "likely": 0.05, "high": 0.2}}}, "must rise"),
        ({"ranges": {"causal_share": {"low": 0.1, "likely": 0.1, "high": 0.1}}}, "must rise"),
        ({"ranges": {"social_share_target": {"low": 0.1, "likely": 0.2, "high": 0.3}}}, "social_share_target"),
        (
            {
                "correlations": [
                    ["causal_share", "retained_share", 1],
                    ["causal_share", "media_waste", 1],
                    ["retained_share", "media_waste", -1],
                ]
            },
            "contradict each other",
        ),
        (
            {
                "assumptions": {"social_share_target": 0.9},
                "ranges": {"plan_delivery": {"low": 0.9, "likely": 1, "high": 1.3}},
            },
            "ranges.plan_delivery: reaches too far",
        ),
    ],
)
@pytest.mark.parametrize("verb", ["simulate", "optimise"])
def test_a_scenario_whose_ranges_make_no_sense_is_refused(run, verb, data, words, tmp_path):
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps({"name": "x"} | data), encoding="utf-8")
    code, output, errors = run(verb, str(path))
    assert (code, output) == (2, "")
    assert words in errors


def test_a_changed_value_does_not_borrow_the_source_of_its_default():
    plan = PLAN.with_values(annual_pay=400_000.0, training_fee_per_hour=200.0, employees=320, strategic_partner=True)
    plan = plan.changed(currency="DKK")
    told = {
        name: basis(plan, ASSUMPTIONS[name])
        for name in ("annual_pay", "training_fee_per_hour", "on_cost", "employees")
    }
    assert told["annual_pay"] == ("own; default B, U", "default bls-pr")
    assert told["training_fee_per_hour"] == ("U", "default atd-spend")
    assert told["on_cost"] == ("B", "bls-on-cost")
    assert told["employees"] == ("U", "")
    # Nobody declared a default in kroner.
    assert default_text(plan, ASSUMPTIONS["annual_pay"]).replace("\u00a0", " ") == "62,000 USD"
    cells = {row[0].text: row[3].text for _, table in assumptions(plan) for row in table.rows}
    assert cells[ASSUMPTIONS["annual_pay"].label].replace("\u00a0", " ") == "62,000 USD"
    assert cells[ASSUMPTIONS["on_cost"].label] == "1.42"
    facts = " ".join(explain(project(plan), "annual_pay", 1).facts).replace("\u00a0", " ")
    assert "Default 62,000 USD;" in facts
