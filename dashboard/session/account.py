"""Who the visitor is, where the secrets require that one signs in; asked of Streamlit anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from library import access, place
from library.access import Member, Right, Roles
from library.errors import LibraryError
from library.place import SECRETS

INSTALL = "pip install 'authlib>=1.6,<2' 'httpx>=0.28,<1'"
# Streamlit's own name for it.
UNNAMED = "default"
_SECTION, _CALLBACK, _HEADERS = "auth", "/oauth2callback", "server.trustedUserHeaders"
_SHORTEST_SECRET = 32
_OF_ALL = ("redirect_uri", "cookie_secret")
_OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
# Tables of [auth] that name no provider.
_NO_PROVIDER = ("client_kwargs",)
_MACHINE = ("localhost", "127.0.0.1", "::1")
# The schemes of an address, each with whether it may be that of this machine.
_SAFE = (("https", True), ("https", False), ("http", True))
_MADE = 'python -c "import secrets; print(secrets.token_hex(32))"'


class SignIn(NamedTuple):
    """How one signs in: by which providers, `UNNAMED` being the one without a name, and who then may do what."""

    providers: tuple[str, ...]
    roles: Roles


def sign_in() -> SignIn | None:
    """How one signs in here; None where nobody need to.

    Raises LibraryError where the secrets seem to require it and do not say how: the app must not stand open then.
    """
    found = secrets()
    for section in (_SECTION, access.SECTION):
        for mistyped in (name for name in found if name != section and place.is_near(name, section)):
            raise LibraryError(f"[{mistyped}] in {SECRETS} is not read. Name it [{section}], or remove it.")
    if _SECTION not in found:
        if access.SECTION in found:
            raise LibraryError(f"[{access.SECTION}] in {SECRETS} needs sign-in. Add [{_SECTION}], or remove it.")
        return None
    return SignIn(tuple(_providers(found[_SECTION])), access.roles_of(found))


def member() -> Member | None:
    """Who the visitor is and what they may do; None where nobody need sign in.

    Raises LibraryError where they have to and have not.
    """
    how = sign_in()
    if how is None:
        return None
    if not is_signed_in():
        raise LibraryError("Nobody is signed in. Reload the page and sign in.")
    return how.roles.member(st.user.to_dict())


def is_signed_in() -> bool:
    """Whether a provider has said who the visitor is."""
    return st.user.to_dict().get("is_logged_in") is True


def may(right: Right) -> bool:
    """Whether the visitor has a right to the library; what they are shown goes by it, the library itself decides.

    Where nobody signs in all may do all but approve: a typed name approves nothing.
    """
    try:
        known = member()
    except LibraryError:
        return False
    return right < Right.APPROVE if known is None else known.right >= right


def secrets() -> Mapping[str, Any]:
    """What the administrator has configured; nothing where there is no such file.

    Raises LibraryError where it is there and cannot be read.
    """
    if st.secrets.load_if_toml_exists():
        return st.secrets
    if unread := [file for file in st.get_option("secrets.files") if Path(file).exists()]:
        raise place.secrets_unread(unread[0])
    return {}


def _providers(section: Any) -> Iterator[str]:
    """The providers, each with all that it needs. Raises LibraryError where something is missing or unsafe."""
    if not isinstance(section, Mapping):
        raise LibraryError(f"[{_SECTION}] in {SECRETS} is no table. See docs/sharing.md for what it holds.")
    _complete(section, _OF_ALL, _SECTION)
    _safe(section, "redirect_uri", _SECTION)
    if not urlsplit(section["redirect_uri"]).path.endswith(_CALLBACK):
        raise LibraryError(f"redirect_uri in [{_SECTION}] of {SECRETS} must end with {_CALLBACK}.")
    if len(section["cookie_secret"]) < _SHORTEST_SECRET:
        raise LibraryError(
            f"cookie_secret in [{_SECTION}] of {SECRETS} has less than {_SHORTEST_SECRET} characters and could be "
            f"guessed. Make one: {_MADE}"
        )
    if st.get_option(_HEADERS):
        raise LibraryError(f"{_HEADERS} would let whoever sends such a header be anyone. Remove it.")
    if not (find_spec("authlib") and find_spec("httpx")):
        raise LibraryError(f"To sign in needs packages that are not installed. Install them: {INSTALL}")
    named = [name for name, value in section.items() if isinstance(value, Mapping) and name not in _NO_PROVIDER]
    if not named or section.keys() & {*_OF_A_PROVIDER}:
        _provider(section, _SECTION)
        yield UNNAMED
    for name in named:
        if "_" in name:
            raise LibraryError(f"[{_SECTION}.{name}] in {SECRETS}: the name of a provider has no underscore.")
        _provider(section[name], f"{_SECTION}.{name}")
        yield name


def _provider(section: Mapping[str, Any], where: str) -> None:
    _complete(section, _OF_A_PROVIDER, where)
    _safe(section, "server_metadata_url", where)


def _complete(section: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in keys:
        value = section.get(key)
        if not isinstance(value, str) or not value.strip():
            raise LibraryError(f'[{where}] in {SECRETS} lacks {key}. Write {key} = "…" there, or remove [{where}].')


def _safe(section: Mapping[str, Any], key: str, where: str) -> None:
    """Raises LibraryError where another could answer at an address: only the machine itself does without TLS."""
    try:
        address = urlsplit(section[key])
    except ValueError:
        address = urlsplit("")
    if not address.hostname or (address.scheme, address.hostname in _MACHINE) not in _SAFE:
        raise LibraryError(f"{key} in [{where}] of {SECRETS} must begin with https:// and the name of a machine.")
