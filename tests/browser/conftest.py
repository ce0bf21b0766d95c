"""One started app for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.servers import ROOT, served

LAPTOP = {"width": 1366, "height": 768}
# What moves only keeps a busy machine busy.
VISITOR = {"viewport": LAPTOP, "accept_downloads": True, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the started app."""
    with (tmp_path_factory.mktemp("app") / "log").open("w+") as log:
        with served(ROOT / "roi_app.py", log) as (address, _):
            yield f"http://{address}"
        log.seek(0)
        assert "Traceback" not in log.read()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    fresh = chromium.new_context(**VISITOR)
    fresh.set_default_timeout(30_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, app: str) -> Iterator[Page]:
    """The Plan screen in a fresh browser."""
    with watched(context, app) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_page(chromium: Browser, app: str) -> Iterator[Page]:
    """One page for tests that only look: each begins where the one before left it."""
    shared = chromium.new_context(**VISITOR)
    with watched(shared, app) as opened:
        yield opened
    shared.close()


@contextmanager
def watched(context: BrowserContext, app: str) -> Iterator[Page]:
    """The Plan screen; fails at the end on any console error or request to another host."""
    errors: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: errors.append(_told(message)) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: None if _is_local(request.url, app) else errors.append(request.url))
    opened.goto(app)
    settled(opened)
    yield opened
    assert not errors


@pytest.fixture
def name() -> str:
    """The name of a plan that the library does not have, not even from a first try of the same test."""
    return f"With a partner {uuid4().hex[:6]}"


def _told(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location}"


def _is_local(url: str, app: str) -> bool:
    return url.startswith((app, app.replace("http", "ws"), "data:", "blob:"))


# Counted in the page itself: on a busy machine its timers are late together, so a change that a widget sends after
# a short delay is sent before the count ends. What is stale belongs to the drawing before and goes at its end.
_SETTLED = """async patience => {
    const count = () => document.querySelector("[data-testid=stMain]")?.textContent.split("content hash").length - 1;
    const calm = () => document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]")
        && !document.querySelector("[data-stale=true]") && count() === 1;
    const end = performance.now() + patience;
    for (let times = 0; times < 6; times = calm() ? times + 1 : 0) {
        if (performance.now() > end) return false;
        await new Promise(done => setTimeout(done, 50));
    }
    return true;
}"""


def settled(page: Page) -> None:
    """Wait until the app has drawn everything it is drawing: the stamp comes last."""
    assert page.evaluate(_SETTLED, 45_000), "the screen is still being drawn"


def open_file(page: Page, file: Path) -> None:
    """Open a scenario file by the sidebar."""
    page.locator(".st-key-open").get_by_role("button", name="Open").first.click()
    give(page.locator("input[type=file]"), file)


def give(field: Locator, file: Path) -> None:
    """Hand a file to a field for files, until what came of it is drawn."""
    page = field.page
    with page.expect_response(lambda answer: "upload_file" in answer.url and answer.request.method == "PUT"):
        field.set_input_files(file)
    settled(page)


def choose_in(page: Page, box: Locator, option: str) -> None:
    """Choose an option in a select box."""
    # Typed, so that the list is short: a long one scrolls away under the mouse between its press and its release.
    box.get_by_role("combobox").fill(option)
    page.get_by_role("option", name=option, exact=True).click()


def pick(page: Page, option: str) -> None:
    """Pick one more option in the one box of the screen that takes several."""
    box = page.get_by_test_id("stMultiSelect")
    choose_in(page, box, option)
    page.keyboard.press("Escape")
    expect(box.get_by_text(option, exact=True)).to_be_visible()
    settled(page)


def few_draws(page: Page, draws: int) -> None:
    """Have fewer cases drawn for the files, so that they are built soon."""
    choose_in(page, page.get_by_test_id("stSelectbox").filter(has_text="Draws"), f"{draws:,}")
    settled(page)


def visit(page: Page, title: str) -> None:
    """Go to a screen by the menu, which a laptop shows whole."""
    link = page.get_by_role("link", name=title, exact=True)
    path = urlparse(link.get_attribute("href")).path
    link.click()
    page.wait_for_url(lambda url: urlparse(url).path == path)
    settled(page)
