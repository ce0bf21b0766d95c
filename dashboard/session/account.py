"""Who the visitor is, where the secrets require that one signs in; asked of Streamlit anew each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from library import place
from library.errors import LibraryError
from library.place import SECRETS
from library.store import Member, Right
from library.version import MAX_AUTHOR, tidy

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

_ROLES, EMAIL, _VERIFIED = "roles", "email", "email_verified"
_EVERYONE, _DOMAIN, _GROUP = "*", "*@", "group:"
_EXAMPLE = f'Write [{_ROLES}] and below it such as edit = ["ann@example.com"] and read = ["*@example.com"].'
_RIGHTS = {right.name.lower(): right for right in Right if right}
# Sections without which the app, or another library, would be open; and those that this process has once read.
# Streamlit reads the file anew while the app runs: one that was emptied meanwhile opens nothing.
_CLOSING = (_SECTION, _ROLES, "connections")
_SEEN: set[str] = set()


@dataclass(frozen=True)
class Roles:
    """The claim that identifies a person, the one that lists their groups (empty for none), and who has a right."""

    identity: str
    groups: str
    listed: Mapping[Right, tuple[str, ...]]

    def member(self, claims: Mapping[str, Any]) -> Member:
        """Whom these claims of a provider are about; who is not listed or not vouched for has no right."""
        identity = _identity(claims, self.identity)
        names = _names(identity, claims.get(self.groups) if self.groups else None)
        held = (right for right, listed in self.listed.items() if identity and not names.isdisjoint(listed))
        return Member(identity, max(held, default=Right.NONE))


class SignIn(NamedTuple):
    """How one signs in: by which providers, `UNNAMED` being the one without a name, and who then may do what."""

    providers: tuple[str, ...]
    roles: Roles


def sign_in() -> SignIn | None:
    """How one signs in here; None where nobody need to.

    Raises LibraryError where the secrets seem to require it and do not say how: the app must not stand open then.
    """
    found = secrets()
    for section in (_SECTION, _ROLES):
        for mistyped in (name for name in found if name != section and place.is_near(name, section)):
            raise LibraryError(f"[{mistyped}] in {SECRETS} is not read. Name it [{section}], or remove it.")
    if _SECTION not in found:
        if _ROLES in found:
            raise LibraryError(f"[{_ROLES}] in {SECRETS} needs sign-in. Add [{_SECTION}], or remove it.")
        return None
    return SignIn(tuple(_providers(found[_SECTION])), _roles(found))


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
    found: Mapping[str, Any] = {}
    if st.secrets.load_if_toml_exists():
        found = st.secrets
    elif unread := [file for file in st.get_option("secrets.files") if Path(file).exists()]:
        raise place.secrets_unread(unread[0])
    _SEEN.update(section for section in _CLOSING if section in found)
    if gone := sorted(_SEEN - found.keys()):
        raise LibraryError(
            f"[{gone[0]}] is no longer in {SECRETS}, where this app read it before. Put it back, or start the app "
            "anew without it."
        )
    return found


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
        if name == UNNAMED and section.keys() & {*_OF_A_PROVIDER}:
            raise LibraryError(f"[{_SECTION}] and [{_SECTION}.{name}] in {SECRETS} are the same provider. Keep one.")
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


# Roles


def _roles(secrets: Mapping[str, Any]) -> Roles:
    """The roles in the secrets. Raises LibraryError where they cannot be meant, or nobody has any."""
    section = secrets.get(_ROLES)
    if not isinstance(section, Mapping):
        raise LibraryError(f"[{_ROLES}] is missing in {SECRETS}: nobody who signs in may see anything. {_EXAMPLE}")
    claims = {"identity": section.get("identity", EMAIL), "groups": section.get("groups", "")}
    if unknown := [*section.keys() - _RIGHTS.keys() - claims.keys()]:
        raise LibraryError(
            f"{unknown[0]} in [{_ROLES}] of {SECRETS} is not read. It holds {', '.join((*_RIGHTS, *claims))}."
        )
    for key, claim in claims.items():
        if not isinstance(claim, str) or (key == "identity" and not claim):
            raise LibraryError(f"{key} in [{_ROLES}] of {SECRETS} must be the name of a claim, in quotes.")
    listed = {right: _listed(key, section.get(key, []), bool(claims["groups"])) for key, right in _RIGHTS.items()}
    if not any(listed.values()):
        raise LibraryError(f"[{_ROLES}] in {SECRETS} names nobody, so that nobody may see anything. {_EXAMPLE}")
    return Roles(claims["identity"], claims["groups"], listed)


def _listed(key: str, names: Any, has_groups: bool) -> tuple[str, ...]:
    """Whom a right is given to, as it is compared."""
    where = f"{key} in [{_ROLES}] of {SECRETS}"
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise LibraryError(f'{where} must be a list of names in quotes, such as ["ann@example.com"].')
    for name in names:
        if name.startswith(_GROUP) and not has_groups:
            raise LibraryError(f'{where} names a group. Say which claim lists them: groups = "groups".')
        rest = name.removeprefix(_GROUP).removeprefix(_DOMAIN).strip()
        if not name.strip() or (name != _EVERYONE and not name.startswith(_GROUP) and "*" in rest) or not rest:
            raise LibraryError(
                f"{where} holds “{name}”. Write an identity, *@ and a domain, {_GROUP} and a name, or * for all."
            )
    return tuple(_compared(name.strip()) for name in names)


def _compared(name: str) -> str:
    """A name as it is compared: in small letters, of the plain ones only, as other letters may be other people's."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in name)


def _identity(claims: Mapping[str, Any], claim: str) -> str:
    """Whom the provider says they are; empty where it does not vouch for that.

    Also where it is no plain short text, or would read as many people.
    """
    found = claims.get(claim)
    if not isinstance(found, str) or (claim == EMAIL and claims.get(_VERIFIED) not in (True, "true")):
        return ""
    is_plain = tidy(found, MAX_AUTHOR) == found and not {"*", "\n"} & {*found}
    return found if is_plain and not _compared(found).startswith(_GROUP) else ""


def _names(identity: str, groups: Any) -> set[str]:
    """All that someone may be listed by."""
    local, at, domain = _compared(identity).partition("@")
    found = {_EVERYONE, _compared(identity)}
    if local and at and "@" not in domain:
        found.add(_DOMAIN + domain)
    listed = groups if isinstance(groups, list | tuple) else [groups]
    return found | {_GROUP + _compared(group) for group in listed if isinstance(group, str) and group.strip()}
