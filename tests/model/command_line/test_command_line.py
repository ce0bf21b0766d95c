"""The command line, as a person or a script starts it."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.assumptions import ASSUMPTIONS
from model.lines import LINES
from model.metrics import METRICS
from model.presets import PRESETS
from model.projection import project
from model.reading.version_1 import CHANGED_MODEL
from model.scenario import Scenario

ROOT = Path(__file__).parents[3]


def started(*arguments, cwd=ROOT, **environment):
    """The finished `python -m model` with some arguments."""
    return subprocess.run(
        [sys.executable, "-m", "model", *arguments],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def printed(*arguments, **kwargs):
    """What it prints; it must succeed without a word on standard error."""
    done = started(*arguments, **kwargs)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(*arguments, **kwargs):
    """What it says as it refuses: exit code 2, nothing on standard output, no traceback."""
    done = started(*arguments, **kwargs)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    return done.stderr.replace("\u00a0", " ")


def test_the_default_is_the_social_plan():
    text = printed("project")
    assert text.startswith(f"Social plan  [{PRESETS['social-plan'].hash}]")
    assert "model checks: 7 of 7 passed" in text
    rows = {line.split()[-1]: line for line in text.splitlines() if line.strip()}
    assert "102,042.48 USD" in rows["npv"]
    assert "month 8" in rows["payback_month"]
    assert "4.64 %" in rows["roi"]
    assert "1.15" in rows["break_even_relative_return"]
    assert [name for name in rows if name in METRICS] == list(project(PRESETS["hold"]).metrics)


def test_a_preset_with_undefined_metrics_says_why():
    text = printed("project", "hold")
    assert "no rate brings it to zero" in text
    assert "nan" not in text.lower().replace("finance", "")


def test_the_headline_claim_is_marked():
    assert "Not defensible" in printed("project", "headline-claim")
    assert json.loads(printed("project", "headline-claim", "--format", "json"))["caveats"]
    done = started("project", "headline-claim", "--format", "csv")
    assert "Not defensible" in done.stderr
    assert done.returncode == 0


def test_json_is_the_projection():
    data = json.loads(printed("project", "seat-at-the-table", "--format", "json"))
    expected = project(PRESETS["seat-at-the-table"])
    assert data["metrics"] == dict(expected.metrics)
    assert data["undefined"] == dict(expected.undefined)
    assert data["checks"] == dict(expected.checks)
    assert data["hash"] == expected.scenario.hash
    assert list(data["monthly"]) == ["month", *LINES]
    assert all(data["monthly"][name] == expected.lines[name].tolist() for name in LINES)
    assert Scenario.from_data(data["scenario"]) == expected.scenario


def test_csv_is_the_lines_by_month():
    rows = list(csv.DictReader(io.StringIO(printed("project", "--format", "csv"))))
    expected = project(PRESETS["social-plan"])
    assert len(rows) == 60
    named = [f"{name} ({item.unit.stored_words('USD')})" for name, item in LINES.items()]
    assert list(rows[0]) == ["month", "date", *named, "scenario", "hash", "made_on", "currency"]
    assert [float(row["net_cash (USD a month)"]) for row in rows] == expected.lines["net_cash"].tolist()
    assert {(row["scenario"], row["hash"], row["currency"]) for row in rows} == {
        ("Social plan", expected.scenario.hash, "USD")
    }


def test_settings():
    data = json.loads(
        printed(
            "project", "--set", "causal_share=1.3%", "--set", "strategic_partner=on", "--set", "ramp_shape=s_curve",
            "--set", "horizon_years=3", "--set", "training_fee_per_hour=25", "--set", "training_programme=off",
            "--format", "json",
        )
    )  # fmt: skip
    assert data["scenario"]["assumptions"] == {
        "causal_share": 0.013, "strategic_partner": True, "ramp_shape": "s_curve", "horizon_years": 3,
        "training_fee_per_hour": 25, "training_programme": False,
    }  # fmt: skip
    assert len(data["monthly"]["month"]) == 36


def test_a_setting_overrides_a_file(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(PRESETS["sceptical-cfo"].changed(name="Æble").to_json(), encoding="utf-8")
    data = json.loads(printed("project", str(path), "--set", "causal_share=4 %", "--format", "json"))
    assert data["scenario"]["name"] == "Æble"
    assert data["scenario"]["assumptions"]["causal_share"] == 0.04
    assert data["scenario"]["assumptions"]["plan_delivery"] == 0.44


def test_assumptions_lists_every_one():
    text = printed("assumptions")
    assert [line.split()[0] for line in text.splitlines()[1:]] == list(ASSUMPTIONS)
    data = json.loads(printed("assumptions", "--format", "json"))
    assert [item["name"] for item in data] == list(ASSUMPTIONS)
    share = next(item for item in data if item["name"] == "causal_share")
    assert share["range"] == {"low": 0, "likely": 0.05, "high": 0.12, "distribution": "pert"}
    assert share["bounds"] == [0, 1]


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        (["casual_share=3%"], ["casual_share", "did you mean 'causal_share'"]),
        (["tax_rate=95%"], ["tax_rate", "0 … 0.9 (0 % … 90 %)"]),
        (["training_fee_per_hour=lots"], ["training_fee_per_hour", "'lots' is not a number", "0 … 100000"]),
        (["strategic_partner=maybe"], ["strategic_partner", "neither on nor off"]),
        (["ramp_shape=linaer"], ["ramp_shape", "did you mean 'linear'"]),
        (["ramp_shape=custom"], ["social_share_path", "needs 5 shares"]),
        (["causal_share"], ["causal_share", "NAME=VALUE"]),
        (["horizon_years=2.5"], ["horizon_years", "whole number"]),
        (["tax_rate=nan"], ["tax_rate", "not a number"]),
        (["tax_rate=1e999%"], ["tax_rate", "finite"]),
        (["plan_delivery=150%", "social_share_target=90%"], ["social_share_target", "plan_delivery"]),
        (["tax_rate=x", "nope=1", "on_cost=y"], ["tax_rate", "nope", "on_cost"]),
        (["=1"], ["is not an assumption"]),
    ],
)
def test_settings_that_are_refused(settings, parts):
    message = refused("project", *(word for setting in settings for word in ("--set", setting)))
    assert [part for part in parts if part not in message] == []


@pytest.mark.parametrize(
    ("scenario", "part"),
    [
        ("social-pln", "did you mean 'social-plan'"),
        ("/nowhere/at/all.json", "neither a preset nor a file"),
        (".", "directory"),
        ("", "directory"),
        ("x" * 300, "neither a preset nor a file"),
    ],
)
def test_scenarios_that_are_refused(scenario, part):
    assert part.lower() in refused("project", scenario).lower()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "not valid JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "top level"),
        (b'{"assumptions": {"tax_rat": 0}}', "did you mean 'tax_rate'"),
        (b'{"name": "a", "name": "b"}', "twice"),
        (b'{"assumptions": {"tax_rate": 1e999}}', "finite"),
    ],
)
def test_files_that_are_refused(tmp_path, content, part):
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    assert part in refused("project", str(path))


def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = tmp_path / "secret.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: take a name that nobody can read
        path = tmp_path / "secret.json" / "below"
    refused("project", str(path))


@pytest.mark.parametrize(
    "arguments", [[], ["nope"], ["project", "--format", "xml"], ["project", "hold", "extra"], ["assumptions", "x"]]
)
def test_misuse_shows_the_usage(arguments):
    assert "usage: python -m model" in refused(*arguments)


def test_help_names_the_presets():
    text = printed("project", "--help")
    assert "headline-claim" in "".join(text.split())
    assert "NAME=VALUE" in text


def test_it_starts_without_the_dashboard_and_the_charts():
    code = (
        "import sys, model.__main__ as m; m.main(['project']); "
        "print(sorted({n.split('.')[0] for n in sys.modules} & {'streamlit', 'plotly', 'report', 'dashboard'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_it_runs_from_another_directory(tmp_path):
    assert "Social plan" in printed("project", cwd=tmp_path)


def test_a_reader_that_stops_early_is_no_fault():
    command = f"'{sys.executable}' -m model project --format csv | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith('"month","date",')
    assert "Traceback" not in done.stderr


def test_a_fault_names_the_file_it_stands_in(tmp_path):
    (tmp_path / "ours.json").write_text('{"assumptions": {"employees": 0}}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "model", "project", str(tmp_path / "ours.json")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{tmp_path / 'ours.json'}: employees: is 0, out of bounds" in done.stderr


def test_what_an_older_file_was_read_as_is_told_beside_the_result():
    done = started("project", str(ROOT / "tests" / "fixtures" / "version_1" / "defaults.json"))
    assert done.returncode == 0
    assert CHANGED_MODEL in done.stderr
    assert CHANGED_MODEL not in done.stdout


@pytest.mark.parametrize("target", ["-5%", "−5 %", "-0.05", "-5e-2"])
def test_a_negative_number_after_an_option_is_its_value(target):
    told = printed("seek", "--metric", "roi", "--target", target, "--vary", "causal_share", "--format", "json")
    assert json.loads(told)["target"] == -0.05


def test_a_negative_amount_is_refused_for_what_it_is():
    assert "new_money: is −100000" in refused("optimise", "--max-new-money", "-1e5")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("contribution_margin=0.35%", "did you mean 35 %? Write 0.35 for 35 %, 0.0035 for 0.35 %; bounds are 0.001"),
        ("contribution_margin=35", "'35' is 3,500 %; did you mean 35 %? Write 0.35 for 35 %; bounds are 0.001"),
        ("causal_share=0.05%", "did you mean 5 %? Write 0.05 for 5 %, 0.0005 for 0.05 %"),
        ("social_returns_exponent=70", "did you mean 0.7 ×? Write 0.7"),
        ("employees=12.5", "must be a whole number within 1"),
    ],
)
def test_a_setting_that_may_be_a_fraction_or_a_per_cent_is_refused_with_both(setting, told):
    assert told in refused("project", "--set", setting)


@pytest.mark.parametrize(
    "setting",
    ["contribution_margin=0.0035", "causal_share=0.5%", "causal_share=0.0005", "revenue_per_employee=250k"],
)
def test_a_setting_in_model_units_or_within_the_evidence_is_taken(setting):
    assert printed("project", "--set", setting)
