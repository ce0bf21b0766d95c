"""The attacks in short: whatever comes in is told in words that can be shown, soon; and what escapes is found."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.attacks import kills, run, sessions
from tests.attacks.doors import DOORS, Door, Escape, tried
from tests.attacks.hostile import chance_of

CASES = {
    "scenario files": 300,
    "links": 300,
    "tables": 400,
    "histories": 12,
    "workbooks": 6,
    "command lines": 60,
    "variance reports": 6,
}


@pytest.mark.parametrize("name", DOORS)
def test_nothing_escapes(name: str) -> None:
    count, escapes = run.attack(name, CASES[name], seed=15, seconds=60)
    assert escapes == []
    assert count == CASES[name]


@pytest.mark.parametrize("told", ["\ud800", "\u202eevil", "a\x1b[31m", "x" * 300_001, run.__file__, 'File "x.py"'])
def test_what_escapes_is_found(told: str) -> None:
    with pytest.raises(Escape):
        tried(Door(lambda _: None, lambda _: told), chance_of("1"))


def test_so_is_an_error_that_is_none_of_ours() -> None:
    with pytest.raises(Escape, match="KeyError"):
        tried(Door(lambda _: None, lambda _: {}["x"]), chance_of("1"))


def test_the_script_prints_a_table_and_the_same_seed_the_same_cases() -> None:
    command = [sys.executable, run.__file__, "--cases", "3", "--seed", "7"]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=120, check=True)
    rows = [line.split("|")[1:4] for line in done.stdout.splitlines()[4:]]
    assert [[cell.strip() for cell in row] for row in rows] == [[name, "3", "0"] for name in DOORS]
    assert DOORS["links"].make(chance_of("7 links 1")) == DOORS["links"].make(chance_of("7 links 1"))


def test_what_was_told_as_saved_outlives_a_kill() -> None:
    killed = kills.attack(3, seed=15)
    assert (killed.kills, killed.lost, killed.damaged) == (3, 0, 0)
    assert killed.acknowledged >= 3


def test_no_session_sees_another_s_numbers() -> None:
    seen = sessions.attack(4, 3)
    assert (seen.moves, seen.crossed) == (12, [])
