"""Many sessions at once, each with numbers of its own: whether one ever sees another's."""

from __future__ import annotations

import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from dashboard.components.text import literal
from library.place import VARIABLE, file_engine
from library.store import Library
from model.presets import PRESETS
from model.projection import project
from report.words.headline import headline
from tests.benchmarks.visitor import Visitor
from tests.servers import ROOT, served

_LEVER = "Social share the plan aims for"
_FIRST, _PLACES = 14.0, 84


class Seen(NamedTuple):
    """How many sessions moved a lever how often, and what was seen that was not their own."""

    sessions: int
    moves: int
    crossed: list[str]

    def __str__(self) -> str:
        return f"{self.sessions} sessions at once, {self.moves:,} moves: {len(self.crossed)} saw another's numbers"


def attack(sessions: int, moves: int) -> Seen:
    """Let so many sessions move one lever so often, each to places that no other asks for at the same time."""
    with tempfile.TemporaryDirectory() as folder:
        Library(file_engine(Path(folder) / "library.db")).begin()
        environment = {VARIABLE: f"{folder}/library.db"}
        app = served(ROOT / "roi_app.py", subprocess.DEVNULL, environment)
        with app as (address, _), ThreadPoolExecutor(sessions) as pool:
            found = pool.map(lambda place: _visited(address, place, sessions, moves), range(sessions))
            return Seen(sessions, sessions * moves, [fault for faults in found for fault in faults])


def _visited(address: str, place: int, sessions: int, moves: int) -> list[str]:
    """What a session saw that it had not asked for."""
    faults = []
    with Visitor(address) as visitor:
        visitor.open()
        for move in range(moves):
            share = _FIRST + (place + move * sessions) % _PLACES / 2
            visitor.move(_LEVER, share)
            own = project(PRESETS["social-plan"].with_values(social_share_target=share / 100))
            asked, shown = f"# {literal(headline(own), 500)}", [text for text in visitor.texts if text[:2] == "# "]
            if not shown or not all(text.startswith(asked) for text in shown):
                faults.append(f"session {place} asked for {share:g} %, which is “{asked}”, and saw {shown}")
    return faults
