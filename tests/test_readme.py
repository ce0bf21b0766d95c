"""The README says what is true today: its tables, its example file and its commands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from model.command_line.output import assumptions_markdown
from model.presets import PRESETS
from model.scenario import Scenario
from model.telling.left_out import left_out_markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.split(" #")[0].strip() for line in README.splitlines() if line.startswith(".venv/bin/python -m ")]


def between(mark: str) -> str:
    return re.search(rf"<!-- {mark} -->\n?(.*?)<!-- /{mark} -->", README, re.DOTALL)[1]


def example() -> dict:
    return json.loads(re.search(r"```json\n(.*?)```", README, re.DOTALL)[1])


def test_the_table_of_assumptions_is_the_program_s():
    assert between("assumptions") == assumptions_markdown()


def test_what_the_model_leaves_out_is_the_program_s():
    assert between("left-out") == left_out_markdown()


def test_the_presets_are_the_program_s():
    assert re.findall(r"`([a-z-]+)`", between("presets")) == list(PRESETS)


def test_the_example_file_is_a_scenario():
    scenario = Scenario.from_data(example())
    assert scenario.values["social_share_target"] == example()["assumptions"]["social_share_target"]


def test_pictures_and_files_it_names_exist():
    for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / name).is_file()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works(command, tmp_path):
    (tmp_path / "our-plan.json").write_text(json.dumps(example()), encoding="utf-8")
    words = [sys.executable, *shlex.split(command)[1:]]
    done = subprocess.run(
        words, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    wrote = [word for word in words if (tmp_path / word).is_file() and word != "our-plan.json"]
    assert done.stdout or wrote


def test_there_are_commands():
    assert len(COMMANDS) >= 6


def test_every_screen_is_told_in_the_order_of_the_menu():
    titles = re.findall(r'st\.Page\(.*?title="(\w+)"', (ROOT / "roi_app.py").read_text(encoding="utf-8"))
    table = README.split("## The screens")[1].split("\n## ")[0]
    assert re.findall(r"^\| ([A-Z]\w+) \|", table, flags=re.MULTILINE) == titles


def test_every_picture_is_there():
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", README):
        assert (ROOT / picture).read_bytes().startswith(b"\x89PNG"), picture
