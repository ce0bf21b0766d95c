"""What all tests share: reproducible properties, and no silent skips where nobody would notice them."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from library import place
from library.store import Library

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# No test may touch the library of whoever runs it; the started app inherits this too.
_OWN = tempfile.TemporaryDirectory(prefix="library-of-tests-", ignore_cleanup_errors=True)
os.environ["SOCIAL_ROI_LIBRARY"] = f"{_OWN.name}/library.sqlite3"
Library(place.file_engine(Path(_OWN.name) / "library.sqlite3")).begin()

# Workbooks and figures are made of very many objects: to look through them for garbage as often as Python does by
# itself takes as long as to make them.
gc.set_threshold(50_000, 10, 5)

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The same examples in every run: a red run can be repeated, a green one means the same everywhere.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
# For looking further by hand: pytest --hypothesis-profile=search
settings.register_profile(
    "search",
    derandomize=False,
    deadline=None,
    database=None,
    max_examples=3_000,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("repeatable")

BROWSER = "browser"
# Where tests run side by side, those of these folders share a process each, with the started app and with the opened
# decks; the others run file by file.
_TOGETHER = ("tests/browser", "tests/report/deck")
_SLOWEST = (
    "tests/browser",
    "tests/report/workbook/test_workbook.py",
    "tests/report/deck",
    "tests/test_drill.py",
    "tests/model/choice/test_optimise.py",
    "tests/report/workbook/test_defence.py",
    "tests/report/test_tie_out.py",
    "tests/test_docs.py",
    "tests/report/workbook/test_sensitivities.py",
    "tests/report/workbook/test_budget.py",
)

_skipped: list[str] = []


def group(file: str) -> str:
    """What the tests of a file run together with: those of its folder if they share something, else each other."""
    folder = Path(file).parent.as_posix()
    return folder if folder in _TOGETHER else file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest groups begin, so that no process is left alone with one at the end.

    A test in the browser that fails gets a second try, which the summary names: what a busy machine made late fails
    once, what is broken fails twice.
    """
    for item in items:
        if item.get_closest_marker(BROWSER):
            item.add_marker(pytest.mark.flaky(reruns=1))
    groups = [group(item.nodeid.split("::")[0]) for item in items]
    places = [_SLOWEST.index(name) if name in _SLOWEST else len(_SLOWEST) for name in groups]
    items[:] = [item for _, item in sorted(zip(places, items, strict=True), key=lambda pair: pair[0])]


def pytest_collection_finish() -> None:
    """What is imported stays: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Deals the groups out to the processes.

    `--dist=loadgroup` would do so by `xdist_group` marks, but writes a test's group where pytest 9.2 no longer reads
    it, and deals out single tests.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group(nodeid.split("::")[0])

    return ByGroup(config, log)


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def pytest_sessionstart() -> None:
    _skipped.clear()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI set a skipped test is a failure: what was not tested must not look tested."""
    silent = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if _in_ci() and _skipped and session.exitstatus in silent:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _in_ci() and _skipped:
        terminalreporter.section("skipped tests are failures where CI is set", red=True)
        for nodeid in _skipped:
            terminalreporter.line(nodeid)


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Path of a program of the system; where it is missing the test is skipped, naming its Debian package."""

    def find(*names: str, package: str) -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        return pytest.skip(f"needs {names[0]}: install the Debian package {package}")

    return find


@pytest.fixture(scope="session")
def chromium(program: Callable[..., str]) -> "Iterator[Browser]":
    """The one browser of a process's tests: Playwright cannot be started a second time beside itself."""
    path = program("chromium", package="chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
