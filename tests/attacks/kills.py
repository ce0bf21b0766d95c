"""Kills a program while it saves, and looks afterwards for every version that it was told was saved."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from library import place
from library.store import Library
from model.presets import PRESETS

ROOT = Path(__file__).parents[2]
# After the first version is saved a kill comes within this many seconds.
_SOON = 0.25


class Killed(NamedTuple):
    """How many programs were killed, how many versions they had been told were saved, and what went wrong."""

    kills: int
    acknowledged: int
    lost: int
    damaged: int

    def __str__(self) -> str:
        return (
            f"{self.kills:,} kills during saves: of {self.acknowledged:,} versions told as saved {self.lost} lost, "
            f"{self.damaged} damaged"
        )


def attack(kills: int, seed: int) -> Killed:
    """Kill so many programs while they save into one library, each at a moment of chance."""
    chance = Random(seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite3"
        Library(place.file_engine(path)).begin()
        told = {version for _ in range(kills) for version in _killed(path, chance.uniform(0, _SOON))}
        found = Library(place.file_engine(path)).everything()
        sound = {(version.entry, version.number) for version in found if not version.damage}
        return Killed(kills, len(told), len(told - sound), len(found) - len(sound))


def _killed(path: Path, after: float) -> set[tuple[str, int]]:
    """The versions that a program was told were saved before it was killed."""
    command = [
        sys.executable,
        "-c",
        "import sys; from tests.attacks.kills import save; save(sys.argv[1])",
        str(path),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        lines = [program.stdout.readline()]
        time.sleep(after)
        program.kill()
        lines += program.stdout.readlines()
    # A line that the kill cut short tells nothing.
    words = [line.split() for line in lines if line.endswith("\n")]
    return {(entry, int(number)) for entry, number in words}


def save(path: str) -> None:
    """Save versions one after the other until killed, and tell each once it is saved."""
    library, plan = Library(place.file_engine(Path(path))), PRESETS["social-plan"]
    version = library.save_new(plan, author="Ada")
    while True:
        print(version.entry, version.number, flush=True)
        hours = 10 + version.number % 100
        version = library.save(version.entry, version.number, plan.with_values(training_hours=hours), author="Ada")
