"""A started Streamlit script, ready to be visited."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 60


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(
    script: Path, log: IO[Any] | int, environment: Mapping[str, str] | None = None, *options: str
) -> Iterator[tuple[str, int]]:
    """The address of a server of a script, such as "127.0.0.1:8501", and its process; `log` takes what it says."""
    address = f"127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
               f"--server.port={port}", "--server.address=127.0.0.1", *options]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
    )
    try:
        _wait_for(f"http://{address}/_stcore/health", process)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "the app ended at once"
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310 - our own app
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the app did not start within {_PATIENCE} seconds")
