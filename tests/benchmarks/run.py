"""Times the simulation beside a plain vectorised NumPy script of the same model, alternating in one run.

`python tests/benchmarks/run.py [--draws N] [--repeats N] [--memory]`: 8 192 draws of 60 months with sampling,
all bands and all metrics. What counts is the ratio; the seconds depend on the machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from model.presets import PRESETS
from model.uncertainty.sampling import DEFAULT_DRAWS, DEFAULT_SEED
from model.uncertainty.simulation import simulate
from tests.benchmarks import plain

LIMIT = 1.5


def main() -> int:
    """Print the comparison; exit code 1 where the ratio is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="run the program alone and print its peak memory")
    options = parser.parse_args()
    scenario = PRESETS["seat-at-the-table"]
    if options.memory:
        seconds = _timed(lambda: simulate(scenario, options.draws, DEFAULT_SEED))
        print(f"{options.draws} draws: {seconds:.1f} s, peak memory {_peak():.0f} MiB")
        return 0
    ours, theirs = [], []
    for turn in range(options.repeats + 1):
        pair = (
            _timed(lambda: simulate(scenario, options.draws, DEFAULT_SEED)),
            _timed(lambda: plain.simulate(scenario, options.draws, DEFAULT_SEED)),
        )
        if turn:  # the first pair warms up
            ours.append(pair[0])
            theirs.append(pair[1])
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(f"{options.draws} draws x {12 * scenario.horizon_years} months, {options.repeats} pairs, medians")
    print(f"program          {statistics.median(ours):.3f} s")
    print(f"plain NumPy      {statistics.median(theirs):.3f} s")
    print(f"ratio            {ratio:.2f} (limit {LIMIT})")
    return int(ratio > LIMIT)


def _peak() -> float:
    """The most memory this program has had, in MiB.

    Where there is one, from Linux's own page: what `resource` tells begins with the memory of the program that
    started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
