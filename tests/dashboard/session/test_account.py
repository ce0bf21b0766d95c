"""Who the visitor is, and secrets that do not say how one signs in."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.session import account
from library.store import Right
from tests.dashboard.accounts import AUTH, ROLES, closed_app, user
from tests.dashboard.app import ROOT, errors, shown

SHARED = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
UNSAFE = [
    ("redirect_uri", "https://plans.example.com/", "must end with /oauth2callback"),
    ("redirect_uri", "http://plans.example.com/oauth2callback", "must begin with https"),
    ("server_metadata_url", "http://login.example.com/x", "must begin with https"),
    ("server_metadata_url", "https://[x", "must begin with https"),
    ("cookie_secret", "short", "could be guessed"),
]
PROVIDER = {key: text for key, text in AUTH.items() if key not in SHARED}


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the packages for sign-in were there."""
    monkeypatch.setattr(account, "find_spec", lambda _: True)


def how(monkeypatch: pytest.MonkeyPatch, **secrets: Any) -> Any:
    monkeypatch.setattr(account, "secrets", lambda: {"roles": ROLES, **secrets})
    return account.sign_in()


def test_one_provider_or_several(monkeypatch: pytest.MonkeyPatch) -> None:
    assert how(monkeypatch, auth=AUTH).providers == ("default",)
    assert how(monkeypatch, auth={**AUTH, "client_kwargs": {"prompt": "login"}}).providers == ("default",)
    assert how(monkeypatch, auth={**SHARED, "okta": PROVIDER, "entra": PROVIDER}).providers == ("okta", "entra")
    assert how(monkeypatch, auth={**AUTH, "okta": PROVIDER}).providers == ("default", "okta")


def test_without_auth_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "secrets", lambda: {"connections": {}})
    assert account.sign_in() is None
    assert account.member() is None


@pytest.mark.parametrize(
    ("secrets", "fault"),
    [
        *(({"auth": {**AUTH, key: value}, "roles": ROLES}, fault) for key, value, fault in UNSAFE),
        *(({"auth": {k: v for k, v in AUTH.items() if k != key}, "roles": ROLES}, f"lacks {key}") for key in AUTH),
        *(({"auth": {**AUTH, key: value}, "roles": ROLES}, f"lacks {key}") for key in AUTH for value in ("", 5)),
        ({"auth": {**SHARED, "okta": {}}, "roles": ROLES}, "[auth.okta] in .streamlit/secrets.toml lacks client_id"),
        ({"auth": {**SHARED, "my_co": PROVIDER}, "roles": ROLES}, "has no underscore"),
        ({"auth": {**AUTH, "default": PROVIDER}, "roles": ROLES}, "are the same provider. Keep one."),
        ({"auth": {}, "roles": ROLES}, "lacks redirect_uri"),
        ({"auth": "yes", "roles": ROLES}, "[auth] in .streamlit/secrets.toml is no table"),
        ({"auth": AUTH}, "[roles] is missing"),
        ({"auth": AUTH, "roles": {"edit": "ann@example.com"}}, "must be a list of names"),
        ({"roles": ROLES}, "needs sign-in. Add [auth]"),
        ({"Auth": AUTH}, "[Auth] in .streamlit/secrets.toml is not read. Name it [auth]"),
        ({"oauth": AUTH, "roles": ROLES}, "[oauth] in .streamlit/secrets.toml is not read"),
        ({"auth": AUTH, "role": ROLES}, "[role] in .streamlit/secrets.toml is not read"),
    ],
)  # fmt: skip
def test_sign_in_that_is_half_configured_is_told(
    monkeypatch: pytest.MonkeyPatch, secrets: dict[str, Any], fault: str
) -> None:
    monkeypatch.setattr(account, "secrets", lambda: secrets)
    with pytest.raises(account.LibraryError) as told:
        account.member()
    assert fault in str(told.value)
    assert not any(secret in str(told.value) for secret in ("of-the-tests", "short"))


def test_the_page_says_what_the_program_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "sharing.md").read_text(encoding="utf-8")
    secrets = tomllib.loads(page.split("```toml\n")[1].split("```")[0])
    secrets["auth"]["cookie_secret"] = AUTH["cookie_secret"]
    signed = how(monkeypatch, **secrets)
    assert signed.providers == (account.UNNAMED,)
    assert signed.roles.member(user("ann@example.com")).right == Right.EDIT
    assert account.INSTALL in page
    needed = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")
    assert all(one in needed for one in account.INSTALL.split("'")[1::2])


def test_secrets_that_cannot_be_read_close_the_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\nclient_id = ", encoding="utf-8")
    monkeypatch.setattr(account.st.secrets, "load_if_toml_exists", lambda: False)
    monkeypatch.setattr(account.st, "get_option", lambda _: [str(broken)])
    with pytest.raises(account.LibraryError, match=r"cannot be read, so that it is not known .* who may see it"):
        account.member()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "find_spec", lambda name: name != "httpx")
    with pytest.raises(account.LibraryError, match="pip install 'authlib"):
        how(monkeypatch, auth=AUTH)


def test_headers_that_anyone_can_send_close_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account.st, "get_option", lambda _: {"X-Forwarded-User": "email"})
    with pytest.raises(account.LibraryError, match=r"server\.trustedUserHeaders would let whoever sends"):
        how(monkeypatch, auth=AUTH)


@pytest.mark.parametrize("secrets", [{"auth": {}}, {"roles": ROLES}, {"auth": AUTH, "roles": {}}, {"Auth": AUTH}])
def test_the_app_is_closed_where_it_is_not_known_who_may_see_it(secrets: dict[str, Any]) -> None:
    for email in ("", "ed@example.com"):
        test = closed_app(email, secrets)
        assert "The app is closed, as it is not known who may see it" in errors(test)
        assert (shown(test), len(test.button), len(test.sidebar)) == ("", 0, 0)


def test_a_header_signs_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "secrets", lambda: {"auth": AUTH, "roles": ROLES})
    for claims in ({**user("ed@example.com"), "is_logged_in": "true"}, {"email": "ed@example.com"}):
        monkeypatch.setattr(account.st, "user", type("User", (), {"to_dict": lambda _, found=claims: found})())
        with pytest.raises(account.LibraryError, match="Nobody is signed in"):
            account.member()
