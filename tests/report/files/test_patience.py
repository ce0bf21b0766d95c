"""A browser that hangs is told within the time that an order has, and ends with every process that it started."""

import os
import time
from pathlib import Path

import pytest

from model.presets import PRESETS
from report.files.browser import BROWSER_PATH, NoBrowser, printed
from report.files.file_kinds import KINDS
from report.files.images import ImageFormat, Picture, drawn
from report.files.order import Order, build, not_made
from report.files.patience import Patience
from tests.materials import TODAY, materials

PLAN = PRESETS["social-plan"]
FACTS = {"Scenario": "x", "Content hash": "0"}
MARK = "STARTED_BY_THIS_TEST"
# Starts another process and waits for ever; what stands in the real browser's place.
HANGS = "#!/bin/sh\nsleep 600 &\nwait\n"
# The real browser, frozen with all of its processes once it is running.
FREEZES = """#!/bin/sh
chromium "$@" &
sleep 0.7
pkill -STOP -P $!
kill -STOP $!
wait
"""
ENDS = "#!/bin/sh\nsleep 0.5\n"
DRAW = {
    "image": lambda patience: drawn([Picture("value_bridge", materials(PLAN)[0], ImageFormat.PNG)], patience),
    "page": lambda patience: printed("<p>x</p>", FACTS, TODAY, patience),
}


@pytest.fixture
def marked(monkeypatch, tmp_path):
    """The processes that still run of those started since, by what stands in their environment."""
    monkeypatch.setenv(MARK, str(tmp_path))
    sign = f"{MARK}={tmp_path}".encode()

    def running():
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if sign in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                    found.append(process.name)
            except OSError:
                continue
        return found

    def left():
        # What is killed takes a moment to go.
        until = time.monotonic() + 5
        while running() and time.monotonic() < until:
            time.sleep(0.05)
        return running()

    return left


@pytest.fixture
def browser(monkeypatch, tmp_path):
    def named(script):
        path = tmp_path / "browser"
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv(BROWSER_PATH, str(path))
        return path

    return named


@pytest.mark.parametrize("what", DRAW)
@pytest.mark.parametrize("script", [HANGS, FREEZES], ids=["hangs", "frozen"])
def test_a_browser_that_hangs_is_told_in_time_and_leaves_nothing(browser, marked, program, what, script):
    if script is FREEZES:
        program("chromium", package="chromium")
    path = browser(script)
    begun = time.monotonic()
    with pytest.raises(NoBrowser) as told:
        DRAW[what](Patience(1.5))
    assert time.monotonic() - begun < 1.5 + 5
    assert f"{path} was found but did not finish: it was stopped after 1.5 seconds" in str(told.value)
    assert BROWSER_PATH in str(told.value)
    assert marked() == []


def test_one_that_ends_too_soon_is_told(browser, marked):
    browser(ENDS)
    begun = time.monotonic()
    with pytest.raises(NoBrowser, match="was found but did not draw the chart"):
        DRAW["image"](Patience(60))
    assert time.monotonic() - begun < 30
    assert marked() == []


def test_the_real_browser_leaves_nothing_either(program, marked):
    program("chromium", package="chromium")
    (png,) = DRAW["image"](Patience())
    assert png.startswith(b"\x89PNG")
    assert DRAW["page"](Patience()).startswith(b"%PDF")
    assert marked() == []


def test_all_files_of_an_order_share_one_deadline_and_the_others_are_made(browser, marked):
    browser(HANGS)
    order = Order((PLAN,), TODAY, draws=0, seed=7, chart="value_bridge")
    vars(order)["patience"] = Patience(1.0)
    begun = time.monotonic()
    built = build(
        order, [KINDS[name] for name in ("image-png", "report-pdf", "image-svg", "months")], lambda *_: None
    )
    assert time.monotonic() - begun < 15
    assert [made.kind for made in built.files] == [KINDS["months"]]
    (told,) = not_made(built.failures)
    assert told.startswith("Not made: Chart as PNG, Report as PDF, Chart as SVG. ")
    assert marked() == []


def test_more_scenarios_have_more_time():
    waits = [Order((PLAN,) * count, TODAY, 0, 7).patience.seconds for count in (1, 6)]
    assert waits == [120, 420]
