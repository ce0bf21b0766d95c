"""How long the browser may take for an order, and the end of all the processes that it started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic

# On two busy cores all images and PDF of one scenario take a fifth of this, those of six scenarios a third.
_SECONDS, _SECONDS_EACH = 60.0, 60.0


@dataclass
class Patience:
    """The seconds that the browser may take for all files of an order together; each of its runs uses some up."""

    seconds: float = _SECONDS + _SECONDS_EACH
    used: float = 0.0

    @classmethod
    def with_scenarios(cls, count: int) -> Patience:
        """That of an order of so many scenarios."""
        return cls(_SECONDS + count * _SECONDS_EACH)

    @property
    def left(self) -> float:
        """The seconds that the browser still has when it starts; 0 where it need not."""
        return max(self.seconds - self.used, 0.0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """While the browser runs."""
        begun = monotonic()
        try:
            yield
        finally:
            self.used += monotonic() - begun


def end_group(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """End a process that leads a group of its own, and whatever is left of the group; without groups, it alone."""
    # No such process: nothing is left. On macOS those that have ended and are not yet waited for may not be killed.
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
