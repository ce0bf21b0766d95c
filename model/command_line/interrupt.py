"""Ctrl-C ends a command in one line. Imports nothing else, so that it is there before anything heavy is loaded."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

# What a shell takes for an end by Ctrl-C.
INTERRUPTED = 130


def unless_interrupted(run: Callable[[], int]) -> int:
    """Run a command; returns its exit code. Where it is interrupted, it says so and ends the process with 130."""
    try:
        return run()
    except KeyboardInterrupt:
        # Who presses it twice means the same.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("Interrupted; no file was left half written", file=sys.stderr, flush=True)
        # At once: winding down waits for threads, and after an interrupted import ends by the signal instead.
        os._exit(INTERRUPTED)
