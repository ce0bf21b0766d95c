"""The benchmark: it runs, and what it compares with is the same simulation."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model.presets import PRESETS
from model.uncertainty.simulation import PERCENTILES, simulate
from tests.benchmarks import plain, run

SCRIPT = Path(run.__file__)
SEAT = PRESETS["seat-at-the-table"]


def finished(*arguments):
    """The script, run from elsewhere."""
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments], cwd="/", capture_output=True, text=True, timeout=120, check=False
    )


def test_the_benchmark_prints_both_times_and_their_ratio():
    done = finished("--draws", "256", "--repeats", "1")
    assert done.stderr == ""
    ratio = float(re.search(r"ratio +([0-9.]+) \(limit 1.5\)", done.stdout).group(1))
    assert re.search(r"program +[0-9.]+ s\nplain NumPy +[0-9.]+ s\n", done.stdout)
    # So few draws say nothing of speed; what counts is that the exit code says what the ratio does.
    assert done.returncode == (ratio > run.LIMIT) or ratio == run.LIMIT


def test_the_benchmark_prints_peak_memory():
    done = finished("--memory", "--draws", "256")
    assert (done.returncode, done.stderr) == (0, "")
    assert 0 < int(re.search(r"256 draws: [0-9.]+ s, peak memory ([0-9]+) MiB", done.stdout).group(1)) < 1024


def test_the_yardstick_is_the_same_simulation():
    """Its own random numbers and code, so that both agree only as far as chance lets them."""
    count = 8192
    theirs = plain.simulate(SEAT, count, seed=3)
    ours = simulate(SEAT, count)
    assert set(ours.metrics) <= set(theirs)
    assert set(ours.bands) - set(theirs) <= {
        "ramp_time", "path_start", "planned_rise", "support_active", "media_efficiency", "effective_spend_ratio",
        "carryover_weight", "other_spend_ratio", "skill_retention", "team_pay", "hold_pay_share", "hold_media_share",
        "social_return", "other_costs", "other_benefits",
    }  # fmt: skip
    for name, values in ours.metrics.items():
        defined = np.sort(values[~np.isnan(values)])
        if not defined.size:
            assert np.isnan(theirs[name]).all(), name
            continue
        for percent, theirs_at in zip(PERCENTILES, theirs[name], strict=True):
            part = percent / 100
            # Both sides vary, ours at most as plain draws do.
            room = 3.5 * np.sqrt(2 * part * (1 - part) / defined.size) + 1 / defined.size
            low, high = np.quantile(defined, [max(0, part - room), min(1, part + room)])
            slack = 1e-9 * (1 + abs(high))
            assert low - slack <= theirs_at <= high + slack, (name, percent)


@pytest.mark.parametrize("line", ["net_cash", "competent_share", "social_carryover"])
def test_the_yardstick_has_the_same_bands(line):
    theirs = plain.simulate(SEAT, 4096, seed=3)[line]
    ours = simulate(SEAT, 4096, lines=(line,)).bands[line][1:]
    spread = ours[-1] - ours[0]
    assert np.abs(theirs - ours).max() < 0.08 * spread.max()
