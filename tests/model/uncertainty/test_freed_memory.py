"""What arrays have left is used again instead of being fetched anew."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import resource
from model.uncertainty.freed_memory import keep_freed_memory
from model.presets import PRESETS
from model.uncertainty.simulation import simulate

def fetched():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    simulate(PRESETS["social-plan"], 4096, lines=(), only=("npv",))
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

fetched()
plain = fetched()
told = keep_freed_memory()
fetched()
# Which thread finds whose memory is left to chance: the best of some counts.
print(told, plain, min(fetched() for _ in range(5)))
"""


def test_pages_are_not_fetched_again_for_each_block_of_draws() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    told, before, after = done.stdout.split()
    if platform.libc_ver()[0] != "glibc":
        assert told == "False"
    else:
        assert told == "True"
        assert int(after) < int(before) / 2
