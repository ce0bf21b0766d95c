"""The drill: a cost line with an uncertain assumption is a change of two files and a dozen lines.

The copy of the program that is changed here must then show the new line everywhere by itself.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 12

ASSUMPTION = """    belief("agency_fee", "Agency fee on extra social spend", u.SHARE, 0.04, (0, 1), "D",
        "What an agency asks for placing the extra money.", likely_between=(0, 0.10)),
"""

LINE = '''@line("Agency cost", u.MONEY_FLOW)
def agency_cost(agency_fee, extra_social_spend):
    """Fee of the agency that places the extra money."""
    return agency_fee * extra_social_spend


'''

# In which file, before or in place of which text, stands what.
CHANGES = [
    ("assumptions.py", '    belief("partner_learning_boost"', ASSUMPTION + '    belief("partner_learning_boost"'),
    ("lines.py", '@line("Benefits"', LINE + '@line("Benefits"'),
    (
        "lines.py",
        "partner_fee, leadership_cost, tax_rate):",
        "partner_fee, leadership_cost, agency_cost, tax_rate):",
    ),
    ("lines.py", "+ partner_fee + leadership_cost)", "+ partner_fee + leadership_cost + agency_cost)"),
]


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A directory with the changed program."""
    home = tmp_path_factory.mktemp("drill")
    shutil.copytree(ROOT / "model", home / "model", ignore=shutil.ignore_patterns("__pycache__"))
    for file, old, new in CHANGES:
        path = home / "model" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return home


def in_it(home, *arguments):
    """What a command of the changed program prints."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=home, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_change_is_small():
    changed_lines = [line for _, old, new in CHANGES for line in set(new.splitlines()) - set(old.splitlines())]
    assert len([line for line in changed_lines if line]) <= MOST_LINES
    assert {file for file, _, _ in CHANGES} == {"assumptions.py", "lines.py"}


def test_the_line_is_projected_and_counted_as_a_cost(changed):
    before = json.loads(in_it(ROOT, "-m", "model", "project", "--format", "json"))
    after = json.loads(in_it(changed, "-m", "model", "project", "--format", "json"))
    cost = after["monthly"]["agency_cost"]
    assert cost == pytest.approx([0.04 * extra for extra in after["monthly"]["extra_social_spend"]])
    for now, was, fee in zip(after["monthly"]["costs"], before["monthly"]["costs"], cost, strict=True):
        assert now - was == pytest.approx(fee)
    assert after["metrics"]["npv"] < before["metrics"]["npv"]
    assert all(after["checks"].values())


def test_the_assumption_is_an_input_like_the_others(changed):
    listed = {
        item["name"]: item for item in json.loads(in_it(changed, "-m", "model", "assumptions", "--format", "json"))
    }
    assert listed["agency_fee"]["range"]["high"] == 0.1
    free = json.loads(in_it(changed, "-m", "model", "project", "--set", "agency_fee=0%", "--format", "json"))
    assert not any(free["monthly"]["agency_cost"])


def test_the_line_is_explained_and_stands_in_the_bridge(changed):
    code = (
        "from model.telling.explain import explain, plain_text\n"
        "from model.presets import PRESETS\n"
        "from model.projection import project\n"
        "p = project(PRESETS['social-plan'])\n"
        "e = explain(p, 'agency_cost', 12)\n"
        "print(e.meaning); print(plain_text(e.words))\n"
        "print([item.name for item in e.precedents])\n"
        "print(abs(sum(p.bridge.values()) - p.metrics['npv']) < 1e-6, p.bridge['agency_cost'] < 0)\n"
    )
    assert in_it(changed, "-c", code).splitlines() == [
        "Fee of the agency that places the extra money.",
        "Agency fee on extra social spend × Extra social spend",
        "['agency_fee', 'extra_social_spend']",
        "True True",
    ]


def test_the_assumption_is_drawn_and_ranked(changed):
    code = (
        "from model.uncertainty.sensitivity import tornado\n"
        "from model.presets import PRESETS\n"
        "print([bar.name for bar in tornado(PRESETS['social-plan']) if bar.name == 'agency_fee'])\n"
        "print('agency_fee' in PRESETS['social-plan'].effective_ranges)\n"
    )
    assert in_it(changed, "-c", code).splitlines() == ["['agency_fee']", "True"]
