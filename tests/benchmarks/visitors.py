"""What a move of a lever costs: one visitor, ten who never rest, fifty who look at what they moved.

Beside a page with as many widgets and the same figures that computes nothing, on servers of their own, in turns.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plotly.io import to_json

from library.place import VARIABLE, file_engine
from library.store import Library
from model.presets import PRESETS
from model.projection import project
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import PLAN
from report.charts.drawing.theme import LIGHT
from report.material import Material
from tests.benchmarks.visitor import Visitor
from tests.conftest import CHROMIUM_FLAGS
from tests.servers import ROOT, served

APP, BARE = ROOT / "roi_app.py", ROOT / "tests/benchmarks/bare_page.py"
_LEVERS = {APP: ("Social share the plan aims for", [f / 2 for f in range(20, 90)]), BARE: ("Lever 0", range(120))}


class Served(NamedTuple):
    """A server: its address and its process."""

    script: Path
    address: str
    process: int

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Memory that it holds, in MiB."""
        lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def visitor(self) -> Visitor:
        return Visitor(self.address)

    def lever(self) -> tuple[str, float]:
        """A lever, and a place for it that nobody needs to have asked for before."""
        words, places = _LEVERS[self.script]
        return words, random.choice(places)  # noqa: S311 - no secret


@contextmanager
def started(script: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """A server of a script, ready to be visited."""
    with served(script, subprocess.DEVNULL, environment) as (address, process):
        yield Served(script, address, process)


@contextmanager
def both() -> Iterator[tuple[Served, Served]]:
    """The app and the bare page with the figures of its Plan screen."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "figures.json"
        file.write_text(json.dumps(_plans_figures()))
        Library(file_engine(Path(folder) / "library.db")).begin()
        yield (stack.enter_context(started(APP, {VARIABLE: f"{folder}/library.db"})),
               stack.enter_context(started(BARE, {"FIGURES": str(file)})))  # fmt: skip


def one_visitor(servers: tuple[Served, Served], moves: int, screen: str = "Plan") -> tuple[float, float]:
    """Processor time of a lever's move, on a screen of the app and on the bare page, in turns: median seconds."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(server.visitor()) for server in servers]
        for visitor in visitors:
            visitor.open()
        visitors[0].go(screen)
        used: list[list[float]] = [[], []]
        for _ in range(moves + 1):
            for server, visitor, seconds in zip(servers, visitors, used, strict=True):
                before = server.cpu()
                visitor.move(*server.lever())
                seconds.append(server.cpu() - before)
    return statistics.median(used[0][1:]), statistics.median(used[1][1:])


def first_visit(times: int) -> tuple[float, float]:
    """How long the first visitor of a server just started waits for a chart, app and bare page: median seconds.

    In a browser that knows neither page.
    """
    from playwright.sync_api import sync_playwright

    waited: list[list[float]] = [[], []]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        for _ in range(times):
            with both() as servers:
                for server, seconds in zip(servers, waited, strict=True):
                    page = browser.new_context().new_page()
                    start = time.perf_counter()
                    page.goto(f"http://{server.address}")
                    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
                    seconds.append(time.perf_counter() - start)
                    page.context.close()
        browser.close()
    return statistics.median(waited[0]), statistics.median(waited[1])


def crowd(server: Served, visitors: int, every: float, seconds: float) -> list[float]:
    """How long each of many visitors waited for each move, in seconds; `every` is the rest between them, 0 none."""
    begun = time.monotonic()

    def visit(place: int) -> list[float]:
        waited = []
        with server.visitor() as visitor:
            visitor.open()
            due = time.monotonic() + every * place / visitors
            while time.monotonic() < begun + seconds:
                time.sleep(max(0, due - time.monotonic()))
                waited.append(visitor.move(*server.lever()))
                due = max(due + every, time.monotonic())
        return waited

    with ThreadPoolExecutor(visitors) as pool:
        return [one for waits in pool.map(visit, range(visitors)) for one in waits]


def _plans_figures() -> list[dict]:
    """The figures of the Plan screen as plain data."""
    material = Material(project(PRESETS["social-plan"]), None, date(2027, 1, 1))
    drawn = (chart.figure(material, LIGHT, material.today) for chart in charts_of(PLAN))
    return [json.loads(to_json(figure, validate=False)) for figure in drawn]
