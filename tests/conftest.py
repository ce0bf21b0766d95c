"""What all tests share: reproducible properties, and no silent skips where nobody would notice them."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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

_skipped: list[str] = []


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
    """The one browser of all tests: Playwright cannot be started a second time beside itself."""
    path = program("chromium", package="chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
