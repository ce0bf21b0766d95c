"""Which right who signed in has: names made to pass for others, and roles that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.session import account
from library.errors import LibraryError
from library.store import Member, Right
from tests.dashboard.accounts import AUTH


def roles_of(monkeypatch: pytest.MonkeyPatch, roles: Any) -> account.Roles:
    monkeypatch.setattr(account, "find_spec", lambda _: True)
    monkeypatch.setattr(account, "secrets", lambda: {"auth": AUTH} | ({} if roles is None else {"roles": roles}))
    how = account.sign_in()
    assert how
    return how.roles


@pytest.fixture
def member(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Member]:
    def found(roles: dict[str, Any], **claims: Any) -> Member:
        return roles_of(monkeypatch, roles).member({"email_verified": True, **claims})

    return found


def test_the_highest_right_of_those_listed_counts_in_any_case(member: Callable[..., Member]) -> None:
    roles = {"read": ["*@example.com"], "edit": ["Ada@Example.com"], "approve": ["group:Finance"], "groups": "teams"}
    assert member(roles, email="ADA@example.com").right == Right.EDIT
    assert member(roles, email="bo@example.com").right == Right.READ
    assert member(roles, email="bo@example.com", teams=["x", "finance"]).right == Right.APPROVE
    assert member(roles, email="bo@example.com", groups=["finance"]).right == Right.READ
    assert member(roles, email="bo@elsewhere.com").right == Right.NONE
    assert member({"read": ["*"]}, email="bo@elsewhere.com").right == Right.READ


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ada@example.com", "email_verified": False},
        {"email": "ada@example.com", "email_verified": None},
        {"email": None},
        {"email": ["ada@example.com"]},
        {"email": "ada@example.com\n"},
        {"email": "x@evil.org@example.com"},
        {"email": "@example.com"},
        {"email": "ada@sub.example.com"},
        {"email": "ada@ſtrasse.de"},
        {"email": "ada@straße.de"},
        {"email": "ada@evilexample.com"},
        {"email": "*@example.com"},
        {"email": "group:finance"},
        {"email": "x" * 101 + "@example.com"},
        {"email": "eve@evil.org", "groups": "finance"},
        {"email": "eve@evil.org", "name": "ada@example.com"},
        {},
    ],
)
def test_who_only_looks_like_someone_listed_has_no_right(
    member: Callable[..., Member], claims: dict[str, Any]
) -> None:
    listed = ["*@example.com", "ada@example.com", "group:finance", "*@strasse.de"]
    assert member({"edit": listed, "groups": "teams"}, **claims).right == Right.NONE


def test_another_claim_identifies_where_it_is_configured(member: Callable[..., Member]) -> None:
    roles = {"identity": "preferred_username", "read": ["ada", "group:staff"], "groups": "groups"}
    assert member(roles, preferred_username="ada") == Member("ada", Right.READ)
    assert member(roles, preferred_username="group:staff").right == Right.NONE
    assert member(roles, email="ada").right == Right.NONE


@pytest.mark.parametrize(
    ("roles", "fault"),
    [
        (None, r"\[roles\] is missing in .streamlit/secrets.toml: nobody"),
        ({}, "names nobody"),
        ({"edit": []}, "names nobody"),
        ({"edit": "ada@example.com"}, "edit in .* must be a list of names"),
        ({"edit": [5]}, "must be a list of names"),
        ({"edit": 5}, "must be a list of names"),
        ({"edit": ["a*@example.com"]}, "holds “a.@example.com”. Write"),
        ({"edit": ["*@"]}, "holds “.@”"),
        ({"edit": [" "]}, "holds “ ”"),
        ({"edit": ["group:"], "groups": "teams"}, "holds “group:”"),
        ({"edit": ["group: "], "groups": "teams"}, "holds “group: ”"),
        ({"edit": ["group:x"]}, "Say which claim lists them"),
        ({"editors": ["ada@example.com"]}, "editors in .* is not read. It holds read, edit, approve"),
        ({"edit": ["*"], "identity": ""}, "identity in .* must be the name of a claim"),
        ({"edit": ["*"], "groups": ["x"]}, "groups in .* must be the name of a claim"),
    ],
)
def test_roles_that_cannot_be_meant_are_told(monkeypatch: pytest.MonkeyPatch, roles: Any, fault: str) -> None:
    with pytest.raises(LibraryError, match=fault):
        roles_of(monkeypatch, roles)
