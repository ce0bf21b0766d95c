"""`python -m model pilot`, as a person or a script calls it."""

import json

import pytest

from model.command_line.program.commands import run
from model.pilot.assumed import ASSUMED
from model.pilot.catalogue import TESTS
from model.pilot.options import OPTIONS


def test_json_has_every_test_by_its_sizes_and_keeps_the_laws(capsys):
    assert run(["pilot", "--draws", "512", "--seed", "5", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {test["name"] for test in data["tests"]} == TESTS.keys()
    assert [option["name"] for option in data["options"]] == [option.name for option in OPTIONS]
    assert [item["name"] for item in data["assumed"]] == list(ASSUMED)
    assert (data["draws"], data["seed"], data["effective_draws"]) == (512, 5, 512)
    nets = [max(rung["net"] for rung in test["sizes"]) for test in data["tests"]]
    assert nets == sorted(nets, reverse=True)
    for test in data["tests"]:
        worth = [rung["evsi"] for rung in test["sizes"]]
        assert 0 <= worth[0] <= worth[-1] <= test["evppi"] <= data["evpi"]
        assert test["in_words"].startswith(("Run this", "Not worth it"))
        for rung in test["sizes"]:
            assert rung["net"] == pytest.approx(rung["evsi"] - rung["delay"] - rung["cost"])


def test_the_same_seed_gives_the_same_digits(capsys):
    told = []
    for _ in range(2):
        assert run(["pilot", "--test", "geo-swap", "--draws", "256", "--format", "json"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_the_table_tells_the_answer_each_verdict_and_what_is_assumed(capsys):
    given = ["pilot", "smaller-step", "--test", "training", "geo-swap", "--assume", "regions=20", "--draws", "256"]
    assert run(given) == 0
    text = capsys.readouterr().out
    assert "Test before deciding: run" in text or "Decide now: no test is worth what it costs" in text
    assert "Knowing everything before deciding is worth" in text
    assert "All worths are of one decision: to hold, go half of the way or all of it" in text
    assert "regions changed beside" in text
    assert "2 of 4 people trained by lot, 12 months" in text
    assert "schmidt-hunter" in text
    assert "customer_noise" not in text
    assert "\u00a0" not in text


def test_what_cannot_be_run_stands_in_the_table_with_its_reason(capsys):
    assert run(["pilot", "hold", "--test", "geo-lift", "--draws", "256"]) == 0
    assert "Cannot be run: the plan moves no money to social" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--test", "geo-left"], "geo-left: is no test; did you mean 'geo-lift'?"),
        (["--assume", "regions=1"], "regions: is 1, out of bounds: must lie within 2 … 1000"),
        (["--assume", "regions"], "--assume regions: must be written NAME=VALUE"),
        (["--draws", "5"], "draws: is 5, out of bounds"),
    ],
)
def test_bad_input_is_refused_with_the_mend(given, words, capsys):
    assert run(["pilot", *given]) == 2
    assert words in capsys.readouterr().err
