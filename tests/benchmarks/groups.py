"""What a group takes for each unit, and how much memory, beside a plain loop over `python -m model simulate`."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing import active_children
from pathlib import Path
from typing import NamedTuple

from model.portfolio.business_unit import BusinessUnit, Portfolio, portfolio
from model.portfolio.consolidated import consolidate
from model.portfolio.running.pool import processes
from model.portfolio.shared_beliefs import Drawing
from model.presets import PRESETS
from model.uncertainty.sampling import DEFAULT_DRAWS

ROOT = Path(__file__).parents[2]
PRESET = "seat-at-the-table"
# Worlds in part shared: every unit's draws are made anew, which takes longest.
_CORRELATION = 0.5


def of_size(count: int) -> Portfolio:
    """A group of so many units, no two alike."""
    plan = PRESETS[PRESET]
    units = [BusinessUnit(f"Unit {at}", plan.with_values(employees=50.0 + at)) for at in range(count)]
    return portfolio(units, "USD", (), _CORRELATION)


def measure(count: int, draws: int) -> None:
    """Print the most memory, in MiB, that this process and its two workers had while they did a group."""
    most: dict[int | str, float] = {}

    def looked(*_: int) -> None:
        most.update({process: _peak(process) for process in ("self", *(one.pid or 0 for one in active_children()))})

    consolidate(of_size(count), Drawing(draws), processes(2), looked)
    print(sum(most.values()))


def _peak(process: int | str) -> float:
    """The most memory a process has had, in MiB, from Linux's own page; 0 where it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


class Taken(NamedTuple):
    """What a unit or scenario took, in seconds of processors and of the clock, and the peak memory of all in MiB."""

    processor: float
    clock: float
    memory: float = 0.0


def alone(count: int, draws: int = DEFAULT_DRAWS) -> Taken:
    """A group, program and two workers loaded for it."""
    code = f"from tests.benchmarks import groups; groups.measure({count}, {draws})"
    processor, clock, told = _run([sys.executable, "-c", code])
    return Taken(processor / count, clock / count, float(told))


def loop(count: int, draws: int = DEFAULT_DRAWS) -> Taken:
    """A loop over `python -m model simulate`."""
    each = (
        [sys.executable, "-m", "model", "simulate", PRESET, "--set", f"employees={50 + at}", "--draws", f"{draws}"]
        for at in range(count)
    )
    runs = [_run(command) for command in each]
    return Taken(sum(processor for processor, _, _ in runs) / count, sum(clock for _, clock, _ in runs) / count)


def _run(command: Sequence[str]) -> tuple[float, float, str]:
    """The seconds of a command with all that it started, of processors and of the clock, and what it said."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    after, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begun
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, clock, done.stdout
