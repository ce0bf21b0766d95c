"""Prints what is fast and what is not, as ratios measured in turns in one run: a table in Markdown.

`python tests/benchmarks/run.py [SUBJECT …]`: all subjects, or some of simulation, others, choice, growth, files,
portfolio, screens and users; of the other programs those that are installed (`pip install numba squigglepy monaco`).
The ratio is what counts; the seconds depend on the machine, which the first line describes.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from model.choice.aims import Aim
from model.choice.findings import findings
from model.choice.optimise import optimise
from model.lines import LINES
from model.metrics import LISTED
from model.presets import PRESETS
from model.projection import project
from model.uncertainty.freed_memory import keep_freed_memory
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.simulation import TOLD, simulate
from tests.benchmarks import files, groups, plain, rivals, visitors

SCENARIO = PRESETS["seat-at-the-table"]
GROWN = 1_000_000


def _told(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1e3 * seconds:.0f} ms"


def _mib(memory: float) -> str:
    return f"{memory:,.0f} MiB"


class Row(NamedTuple):
    """A line of the table: what, how much it takes, beside what, and how much that takes; in seconds or MiB."""

    what: str
    ours: float
    beside: str
    theirs: float
    told: Callable[[float], str] = _told

    def __str__(self) -> str:
        cells = (
            self.what,
            self.told(self.ours),
            self.beside,
            self.told(self.theirs),
            f"{self.ratio:.2f}" if self.ratio >= 0.05 else f"{self.ratio:.4f}",
        )
        return f"| {' | '.join(cells)} |"

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def main(arguments: list[str] | None = None) -> int:
    """Print the table of the subjects asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="*", choices=[[], *SUBJECTS], metavar="SUBJECT")
    parser.add_argument("--repeats", type=int, default=5, help="turns, of which the median counts")
    options = parser.parse_args(arguments)
    keep_freed_memory()
    print(machine(), end="\n\n")
    print("| what | takes | beside | takes | ratio |")
    print("| --- | --: | --- | --: | --: |")
    for subject in options.subjects or SUBJECTS:
        for row in SUBJECTS[subject](options.repeats):
            print(row, flush=True)
    return 0


def machine() -> str:
    """What the figures were measured on."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    wide = "with" if any("avx512f" in line for line in lines if line.startswith("flags")) else "without"
    return (
        f"{os.cpu_count()} cores of {name or platform.processor()} {wide} AVX-512, Python "
        f"{platform.python_version()}, NumPy {np.__version__}"
    )


def simulation(repeats: int, draws: int = DEFAULT_DRAWS) -> Iterable[Row]:
    """All lines, bands and metrics, and what the Plan screen shows, beside one plain NumPy script."""
    whole, told, yardstick = _in_turns(
        repeats,
        lambda: simulate(SCENARIO, draws, DEFAULT_SEED),
        lambda: simulate(SCENARIO, draws, DEFAULT_SEED, lines=(), only=TOLD),
        lambda: plain.simulate(SCENARIO, draws, DEFAULT_SEED),
    )
    beside = "plain NumPy, all lines and metrics"
    yield Row(f"Simulation of {draws:,} draws, all lines and metrics", whole, beside, yardstick)
    yield Row("Simulation as Plan shows it", told, beside, yardstick)


def others(repeats: int) -> Iterable[Row]:
    """Other programs' ways to the same figures, of those that are installed."""
    for what, beside, draws, asked, made in (
        ("Simulation as Plan shows it", "Numba, one loop made for it", DEFAULT_DRAWS, TOLD, rivals.by_kernel),
        ("All lines and metrics", "squigglepy's draws, plain NumPy", DEFAULT_DRAWS, LISTED, rivals.by_squigglepy),
        (f"Net present value of {rivals.CASES} draws", "monaco", rivals.CASES, ("npv",), rivals.by_monaco),
    ):
        lines = tuple(LINES) if asked is LISTED else ()
        try:
            theirs = made(SCENARIO, draws, DEFAULT_SEED)
        except ImportError as error:
            print(f"{beside}: {error}", file=sys.stderr)
            continue
        ours = partial(simulate, SCENARIO, draws, DEFAULT_SEED, lines=lines, only=asked)
        taken, beside_it = _in_turns(repeats, ours, theirs)
        yield Row(what, taken, beside, beside_it)
    (taken,) = _in_turns(repeats, lambda: project(SCENARIO))
    try:
        yield Row(
            "Projection of a scenario", taken, "LibreOffice, its workbook anew", rivals.seconds_of_office(SCENARIO)
        )
    except FileNotFoundError as error:
        print(f"LibreOffice: {error}", file=sys.stderr)


def choice(repeats: int) -> Iterable[Row]:
    """What is learnt from a simulation and the optimiser, beside the simulation."""
    drawn = simulate(SCENARIO)
    whole, learnt, best = _in_turns(
        repeats,
        lambda: simulate(SCENARIO),
        lambda: findings(drawn),
        lambda: optimise(SCENARIO, Aim.EXPECTED_NPV),
    )
    longer = SCENARIO.with_values(horizon_years=10)
    (twice,) = _in_turns(repeats, lambda: simulate(longer))
    yield Row("Findings of Risk", learnt, "simulation", whole)
    yield Row("Optimiser", best, "simulation", whole)
    yield Row("Simulation of ten years", twice, "simulation of five", whole)


def growth(_: int) -> Iterable[Row]:
    """Time per draw as draws grow, and the most memory of a million, each in a process of its own."""
    small, large = (_alone(draws) for draws in (DEFAULT_DRAWS, GROWN))
    each = (1e3 * seconds / draws for draws, (seconds, _) in ((GROWN, large), (DEFAULT_DRAWS, small)))
    yield Row(f"A thousand draws of {GROWN:,}", next(each), f"of {DEFAULT_DRAWS:,}", next(each))
    yield Row(f"Peak memory of {GROWN:,} draws", large[1], f"of {DEFAULT_DRAWS:,}", small[1], _mib)


def portfolio(repeats: int) -> Iterable[Row]:
    """Units of a group, each, as these grow, beside a loop over the command; and the memory of all processes."""
    beside = "python -m model simulate"
    # Ten thousand with as many draws take most of an hour.
    for draws, counts in ((DEFAULT_DRAWS, (10, 100, 1_000)), (1_024, (10, 10_000))):
        each, least = groups.loop(repeats, draws), 0.0
        for count in counts:
            found, of = groups.alone(count, draws), f"{count:,}, {draws:,} draws"
            yield Row(f"A unit of {of}, processor time", found.processor, beside, each.processor)
            yield Row(f"A unit of {of}, on two cores", found.clock, beside, each.clock)
            if least:
                yield Row(f"Peak memory of {of}", found.memory, f"of {counts[0]}", least, _mib)
            least = least or found.memory


def screens(repeats: int) -> Iterable[Row]:
    """A first visit and a move of a lever on Plan, odds included, beside a page that only draws."""
    with visitors.both() as servers:
        for screen in ("Plan", "Risk"):
            ours, theirs = visitors.one_visitor(servers, 4 * repeats, screen)
            yield Row(f"Lever on {screen}, processor time", ours, "page with Plan's widgets and figures", theirs)
    ours, theirs = visitors.first_visit(repeats)
    yield Row(
        "First chart of a server just started, in a browser", ours, "page with Plan's widgets and figures", theirs
    )


def written(repeats: int) -> Iterable[Row]:
    """Workbook and deck beside what their libraries take for as much, in processor time."""
    for what, pairs, beside in (
        ("Workbook", files.time_workbook(repeats), "XlsxWriter, as many cells as text"),
        ("Deck", files.time_deck(repeats), "python-pptx, as many charts and slides"),
    ):
        yield Row(f"{what}, processor time", statistics.median(pairs.ours), beside, statistics.median(pairs.plain))


def users(repeats: int) -> Iterable[Row]:
    """How long ten who never rest and fifty who move a lever every four seconds wait."""
    with visitors.both() as servers:
        ours, theirs = (statistics.median(visitors.crowd(server, 10, 0, 6.0 * repeats)) for server in servers)
        yield Row("Ten busy visitors, median wait", ours, "bare page", theirs)
        waits = [np.quantile(visitors.crowd(server, 50, 4, 12.0 * repeats), [0.5, 0.95]) for server in servers]
        for place, part in enumerate(("median", "95th percentile")):
            yield Row(f"Fifty visitors, a move every 4 s, {part}", waits[0][place], "bare page", waits[1][place])
        memory = [server.memory() for server in servers]
    yield Row("Memory of the server after that", memory[0], "bare page", memory[1], _mib)


SUBJECTS: dict[str, Callable[[int], Iterable[Row]]] = {
    "simulation": simulation, "others": others, "choice": choice, "growth": growth, "files": written,
    "portfolio": portfolio, "screens": screens, "users": users,
}  # fmt: skip


def _in_turns(repeats: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each, done in turns after one round to warm up."""
    rounds = [[_timed(work) for work in works] for _ in range(repeats + 1)][1:]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _alone(draws: int) -> tuple[float, float]:
    """Seconds and peak memory in MiB of a simulation in a process of its own."""
    code = f"from tests.benchmarks import run; run.measure({draws})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def measure(draws: int) -> None:
    """Print the seconds and the peak memory of a simulation, the second of this process."""
    keep_freed_memory()
    simulate(SCENARIO, 256)
    print(_timed(lambda: simulate(SCENARIO, draws, DEFAULT_SEED)), _peak())


def _peak() -> float:
    """The most memory this process has had, in MiB.

    Where there is one, from Linux's own page: what `resource` tells begins with the memory of the program that
    started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
