"""Secrets that require sign-in, and those who sign in, as a session finds them."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.session import account
from tests.dashboard.app import ROOT

AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "of-the-tests-alone-and-long-enough",
    "client_id": "plans",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.com/.well-known/openid-configuration",
}
ROLES = {"read": ["*@example.com"], "edit": ["ed@example.com"], "approve": ["cfo@example.com"]}
READER, EDITOR, APPROVER = "ann@example.com", "ed@example.com", "cfo@example.com"


def user(email: str) -> dict[str, Any]:
    """What Streamlit knows of someone who signed in; of nobody without an address."""
    return {"is_logged_in": True, "email": email, "email_verified": True} if email else {}


def closed_app(email: str = "", secrets: dict[str, Any] | None = None, **parameters: str) -> AppTest:
    """The whole app where sign-in is required, opened by someone or, without an address, by nobody known."""
    # As just started.
    account._SEEN.clear()
    test = AppTest.from_file(str(ROOT / "roi_app.py"), default_timeout=60)
    test.secrets.update({"auth": AUTH, "roles": ROLES} if secrets is None else secrets)
    test.user = user(email)
    for key, text in parameters.items():
        test.query_params[key] = text
    return test.run()


def closed_screen(email: str, screen: str = "library") -> AppTest:
    """A screen beside the sidebar without the page to sign in before it, as one who got past that would see it."""
    lines = ("from dashboard.shell import sidebar", f"from dashboard.screens.{screen} import screen")
    test = AppTest.from_string("\n".join([*lines, "sidebar.draw()", "screen.draw()"]), default_timeout=60)
    test.secrets.update({"auth": AUTH, "roles": ROLES})
    test.user = user(email)
    return test.run()
