"""Ctrl-C ends every command line in one line: while it loads, computes in threads, and while the browser runs."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from report.files.browser import BROWSER_PATH

ROOT = Path(__file__).parents[3]
HANGS = "#!/bin/sh\n: >started\nsleep 600 &\necho $! >child\nwait\n"
LONG = ["simulate", "--draws", "131072", "--format", "json"]


def interrupted(arguments, folder, ready):
    """The end of a command that is interrupted once it is ready: exit code and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), BROWSER_PATH: str(folder / "browser")}
    with subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_listen,
    ) as process:  # fmt: skip
        until = time.monotonic() + 60
        while not ready(process) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    return process.returncode, told


def _listen():
    """Take Ctrl-C, also where whatever runs the tests was started in the background, where it is passed over."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def threads(process):
    return len(list(Path(f"/proc/{process.pid}/task").iterdir()))


def loads_numpy(process):
    """Whether a command has come to load NumPy, which it does after its own first lines."""
    return "_multiarray_umath" in Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")


@pytest.mark.parametrize("delay", [0, 0.2])
@pytest.mark.parametrize("command", ["model", "report"])
def test_while_it_loads(tmp_path, command, delay):
    arguments = {"model": ["model", *LONG], "report": ["report", "--out", "x.xlsx"]}[command]

    def ready(process):
        return loads_numpy(process) and time.sleep(delay) is None

    code, told = interrupted(arguments, tmp_path, ready)
    assert (code, told) == (130, "Interrupted; no file was left half written\n")
    assert list(tmp_path.iterdir()) == []


def test_while_it_computes_in_threads(tmp_path):
    code, told = interrupted(["model", *LONG], tmp_path, lambda process: threads(process) > 1)
    assert (code, told) == (130, "Interrupted; no file was left half written\n")


@pytest.mark.parametrize("arguments", [["--out", "x.pdf"], ["--chart", "value_bridge", "--out", "x.png"]])
def test_while_the_browser_runs(tmp_path, arguments):
    (tmp_path / "browser").write_text(HANGS.replace(":", f"cd {tmp_path}; :", 1), encoding="utf-8")
    (tmp_path / "browser").chmod(0o755)
    code, told = interrupted(
        ["report", "--draws", "0", *arguments], tmp_path, lambda _: (tmp_path / "child").exists()
    )
    assert (code, told) == (130, "Interrupted; no file was left half written\n")
    assert {path.name for path in tmp_path.iterdir()} == {"browser", "started", "child"}
    child = Path("/proc", (tmp_path / "child").read_text(encoding="utf-8").strip(), "cmdline")
    assert not child.exists() or child.read_bytes() == b""
