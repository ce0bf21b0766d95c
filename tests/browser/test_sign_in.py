"""Sign-in with a real OpenID Connect provider in a real browser: two people, one of whom may only read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from library import place
from library.store import Library
from tests.browser.conftest import VISITOR, settled, visit
from tests.browser.test_library import card, save
from tests.servers import ROOT, served

provider = pytest.importorskip("oidc_provider_mock", reason="needs oidc-provider-mock, as in tests/requirements.txt")
pytest.importorskip("authlib", reason="needs Authlib, as in tests/requirements.txt")

pytestmark = pytest.mark.browser

EDITOR, READER = "ed@example.com", "ann@example.com"


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[tuple[str, Library]]:
    """The address of an app that requires sign-in, and its library."""
    users = [provider.User(sub=email, claims={"email": email, "email_verified": True}) for email in (EDITOR, READER)]
    library = Library(place.file_engine(tmp_path / "library.sqlite3"))
    library.begin()
    with provider.run_server_in_thread(user_claims=users) as server, (tmp_path / "log").open("w+") as log:
        secrets = {
            "auth": {
                "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
                "cookie_secret": "of-the-tests-alone-and-long-enough",
                "client_id": "plans",
                "client_secret": "secret",
                "server_metadata_url": f"http://localhost:{server.server_port}/.well-known/openid-configuration",
            },
            "roles": {"edit": [EDITOR], "read": [READER]},
        }
        environment = {
            place.VARIABLE: library.where,
            "STREAMLIT_SECRETS_FILES": str(written(tmp_path / "secrets.toml", secrets)),
        }
        with served(ROOT / "roi_app.py", log, environment) as (address, _):
            yield f"http://{address}", library
        log.seek(0)
        assert "Traceback" not in log.read()


def written(file: Path, tables: dict[str, dict[str, object]]) -> Path:
    """Tables of texts and of lists of texts as TOML, which writes both as JSON does."""
    lines = [f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in table.items())
             for name, table in tables.items()]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def as_written(email: str) -> re.Pattern[str]:
    """An address as the page writes it, so that it does not become a link."""
    return re.compile(email.replace("@", "\u2060?@"))


def sign_in(page: Page, email: str) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=email).click()
    expect(page.locator(".st-key-account")).to_contain_text(as_written(email))
    settled(page)


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    is_closed(page)


def is_closed(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to see the plans")
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_test_id("stMain").get_by_role("button")).to_have_text(["Sign in"])


def test_an_editor_saves_and_a_reader_cannot(closed: tuple[str, Library], chromium: Browser, name: str) -> None:
    app, library = closed
    # What only claims to be someone is nobody: a header, and a cookie that is not signed with our secret.
    context = chromium.new_context(**VISITOR, extra_http_headers={"X-Forwarded-User": EDITOR})
    forged = json.dumps({"is_logged_in": True, "email": EDITOR, "email_verified": True, "origin": app})
    context.add_cookies([{"name": "_streamlit_user", "value": quote(forged), "url": app}])
    try:
        page = context.new_page()
        for screen in ("", "/library?preset=hold"):
            page.goto(f"{app}{screen}")
            is_closed(page)
        sign_in(page, EDITOR)
        visit(page, "Library")
        save(page, "Save as a new entry", note="mine", name=name)
        expect(card(page, name)).to_contain_text("Version 1 saved")
        sign_out(page)
        page.goto(f"{app}/library")
        is_closed(page)
        sign_in(page, READER)
        visit(page, "Library")
        expect(card(page, name)).to_contain_text(as_written(EDITOR))
        expect(page.get_by_role("button", name="Save current scenario")).to_have_count(0)
        expect(card(page, name).get_by_role("button", name="More")).to_have_count(0)
        assert [(version.name, version.author) for version in library.everything()] == [(name, EDITOR)]
    finally:
        context.close()
