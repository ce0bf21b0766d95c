"""The app behind nginx as the docs put it: two processes, one PostgreSQL library, and one process killed."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from dashboard.session.edits import labelled
from library.place import VARIABLE, engine_at
from library.store import Library
from model.operation import log
from model.presets import DEFAULT_PRESET, PRESETS
from tests.benchmarks.visitor import Visitor
from tests.databases import postgres, server_address
from tests.servers import ROOT, free_port, served

__all__ = ["postgres", "server_address"]
NGINX, UNIT = ROOT / "docs/nginx.conf", ROOT / "docs/social-roi@.service"
PLAN = PRESETS[DEFAULT_PRESET]
LEVER, LEAST_VISITORS, MOST_VISITORS = "Social share the plan aims for", 4, 16


def hash_at(share: float) -> str:
    """Of the plan that a visitor has who moved the lever to so many per cent."""
    return labelled(PLAN, PLAN.with_values(social_share_target=share / 100)).hash


def options_of_the_unit() -> list[str]:
    """What each process is started with, but for the address and port that a test has its own of."""
    (line,) = re.findall(r"^ExecStart=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    program, run, script, *options = shlex.split(line)
    assert (Path(program).name, run, script) == ("streamlit", "run", "roi_app.py")
    return [one for one in options if not one.startswith(("--server.address", "--server.port"))]


@contextmanager
def behind_nginx(program: str, ports: list[int], folder: Path) -> Iterator[str]:
    """The address of nginx with the configuration of the docs before processes at these ports."""
    port, conf = free_port(), NGINX.read_text(encoding="utf-8")
    for told, own in (("127.0.0.1:8501", ports[0]), ("127.0.0.1:8502", ports[1])):
        assert conf.count(told) == 1
        conf = conf.replace(told, f"127.0.0.1:{own}")
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{port};")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} pid {folder}/pid; events {{}} http {{ access_log off; {temporary} {conf} }}", encoding="utf-8"
    )
    command = [program, "-p", str(folder), "-c", "nginx.conf", "-e", str(folder / "errors"), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def cookie_of(address: str) -> str:
    """What a browser keeps of the first answer."""
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(f"http://{address}/", timeout=10) as answer:
                given = answer.headers.get_all("Set-Cookie")
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.05)
        else:
            return next(one for one in given if one.startswith("social_roi_process=")).partition(";")[0]


def process_of(told: Path, share: float) -> int:
    """The process that projected a visitor's plan, as its log says; there is but one."""
    lines = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    (process,) = {line["process"] for line in lines if line.get("hashes") == [hash_at(share)]}
    return int(process)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own app
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code


def moved(address: str, cookie: str, share: float) -> None:
    """What a visitor does who comes with a cookie and moves a lever."""
    with Visitor(address, cookie) as visitor:
        visitor.open()
        visitor.move(LEVER, share)


def one_of_each(address: str, told: Path) -> dict[int, str]:
    """The cookie of a visitor of each process; all visitors come twice, and are served by one process both times."""
    found: dict[int, str] = {}
    for place in range(MOST_VISITORS):
        cookie, first, again = cookie_of(address), 10.0 + place, 30.0 + place
        moved(address, cookie, first)
        moved(address, cookie, again)
        assert process_of(told, first) == process_of(told, again)
        found[process_of(told, first)] = cookie
        if place + 1 >= LEAST_VISITORS and len(found) == 2:
            return found
    raise AssertionError("all visitors came to one process")


def test_visitors_keep_to_their_process_and_go_on_at_another_when_it_is_killed(
    server_address: str, program: Callable[..., str], tmp_path: Path
) -> None:
    nginx, told = program("nginx", "/usr/sbin/nginx", package="nginx-light"), tmp_path / "log"
    library, secrets = Library(engine_at(server_address, begins=True)), tmp_path / "secrets.toml"
    library.begin()
    secrets.write_text(f'[connections.library]\nurl = "{server_address}"\n', encoding="utf-8")
    own = {VARIABLE: "", log.VARIABLE: str(told)}
    options = [*options_of_the_unit(), f"--secrets.files={secrets}", "--server.allowedHosts=127.0.0.1"]
    with ExitStack() as stack:
        apps = [
            stack.enter_context(served(ROOT / "roi_app.py", subprocess.DEVNULL, own, *options)) for _ in range(2)
        ]
        ports = [int(at.rpartition(":")[2]) for at, _ in apps]
        address = stack.enter_context(behind_nginx(nginx, ports, tmp_path))
        visitors = one_of_each(address, told)
        assert visitors.keys() == {process for _, process in apps}
        assert status(f"http://{address}/health") == 403
        assert [status(f"http://{at}/health") for at, _ in apps] == [200, 200]
        gone, left = visitors
        with Visitor(address, visitors[gone]) as visitor:
            visitor.open()
            visitor.press("Save to library")
            os.kill(gone, signal.SIGKILL)
            with pytest.raises(ConnectionClosed):
                visitor.move(LEVER, 50)
        with Visitor(address, visitors[gone]) as visitor:
            visitor.open()
            visitor.move(LEVER, 51)
            visitor.go("Library")
            assert any(f"“{PLAN.name}”" in text for text in visitor.texts)
        assert process_of(told, 51) == left
        assert [entry.latest.name for entry in library.entries()] == [PLAN.name]
