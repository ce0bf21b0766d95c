"""What the server does beside the page: its health, and the id of an error that nobody foresaw."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard import server
from library import place
from library.store import Library
from model.operation import log
from tests.benchmarks.visitor import Visitor
from tests.servers import ROOT, served

FAILS = """
import streamlit as st
from dashboard import server

def page():
    st.title("Drawn")
    raise KeyError("geheim@example.com")

if __name__ == "__main__":
    page()
else:
    app = st.App(__file__, routes=server.begin(), on_script_error=server.tell)
"""


def health(address: str) -> tuple[int, object]:
    try:
        with urllib.request.urlopen(f"http://{address}/health", timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


def test_health_says_whether_the_library_answers_and_not_where_it_is(library: Library, tmp_path: Path) -> None:
    file, told = Path(library.where), tmp_path / "log"
    environment = {place.VARIABLE: str(file), log.VARIABLE: str(told)}
    with served(ROOT / "roi_app.py", subprocess.DEVNULL, environment) as (address, _):
        assert health(address) == (200, {"library": "answers"})
        file.rename(tmp_path / "away")
        assert health(address) == (503, {"library": "does not answer"})
        (tmp_path / "away").rename(file)
        assert health(address) == (200, {"library": "answers"})
    (line,) = map(json.loads, told.read_text(encoding="utf-8").splitlines())
    assert (line["event"], line["level"], line["error"]) == ("health", "warning", "LibraryError")


@pytest.mark.parametrize("headless", [False, True])
def test_the_page_opens_where_a_person_started_it(monkeypatch: pytest.MonkeyPatch, headless: bool) -> None:
    options = {"server.headless": headless, "server.port": 8503, "server.baseUrlPath": ""}
    opened: list[str] = []
    monkeypatch.setattr(server.st, "get_option", options.__getitem__)
    monkeypatch.setattr(server.webbrowser, "open", opened.append)
    monkeypatch.setattr(server, "_STARTING", 0)

    async def start() -> None:
        async with server.started(None):
            await asyncio.sleep(0.05)

    # In a thread of its own: what drives the browser in other tests keeps a loop in this one.
    with ThreadPoolExecutor() as own:
        own.submit(asyncio.run, start()).result()
    assert opened == ([] if headless else ["http://localhost:8503/"])


@pytest.mark.parametrize("written", [True, False])
def test_an_error_nobody_foresaw_is_shown_by_the_id_that_the_log_has(tmp_path: Path, written: bool) -> None:
    (tmp_path / "fails.py").write_text(FAILS, encoding="utf-8")
    told, said = tmp_path / "log", tmp_path / "said"
    environment = {log.VARIABLE: str(told) if written else "", "PYTHONPATH": str(ROOT)}
    with (
        said.open("wb") as out,
        served(tmp_path / "fails.py", out, environment) as (address, _),
        Visitor(address) as visitor,
    ):
        visitor.open()
        assert visitor.elements["heading"] == 1
        (shown,) = visitor.alerts
    name = shown.removeprefix("Error ").partition(":")[0]
    assert "tell your administrator" in shown
    assert "geheim" not in shown
    if written:
        (line,) = map(json.loads, told.read_text(encoding="utf-8").splitlines())
        assert (line["id"], line["event"], line["error"]) == (name, "page", "KeyError")
        assert line["traceback"][-1].endswith("in page")
        assert "geheim" not in told.read_text(encoding="utf-8") + said.read_text(encoding="utf-8")
    else:
        assert said.read_text(encoding="utf-8").count("Traceback") == 1
        assert f"page, error {name}" in said.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_ends_the_start_in_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "roi_app.py", "--server.headless=true", "--server.port=0"]
    environment = {**os.environ, log.VARIABLE: str(tmp_path / "none" / "log")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "SOCIAL_ROI_LOG names" in done.stderr
    assert "Traceback" not in done.stderr
