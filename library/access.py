"""Who may do what with the library: the right of whoever signed in, from the secrets' [roles]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from library.errors import LibraryError
from library.place import SECRETS
from library.version import MAX_AUTHOR, tidy

SECTION = "roles"
EMAIL, _VERIFIED = "email", "email_verified"
_EVERYONE, _DOMAIN, _GROUP = "*", "*@", "group:"
_EXAMPLE = f'Write [{SECTION}] and below it such as edit = ["ann@example.com"] and read = ["*@example.com"].'


class Right(IntEnum):
    """What one may do, each including what stands before it."""

    NONE = 0
    READ = 1
    EDIT = 2
    APPROVE = 3


_KEYS = {right.name.lower(): right for right in Right if right}


@dataclass(frozen=True)
class Member:
    """Someone who signed in: the identity that what they do is told by, and their right."""

    identity: str
    right: Right

    def needs(self, right: Right) -> None:
        """Raises LibraryError where they do not have a right."""
        if self.right < right:
            raise LibraryError(
                f"{self.identity} has no right to {right.name.lower()} here. Ask whoever runs this app for it."
            )


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


def roles_of(secrets: Mapping[str, Any]) -> Roles:
    """The roles in the secrets. Raises LibraryError where they cannot be meant, or nobody has any."""
    section = secrets.get(SECTION)
    if not isinstance(section, Mapping):
        raise LibraryError(f"[{SECTION}] is missing in {SECRETS}: nobody who signs in may see anything. {_EXAMPLE}")
    claims = {"identity": section.get("identity", EMAIL), "groups": section.get("groups", "")}
    if unknown := [*section.keys() - _KEYS.keys() - claims.keys()]:
        raise LibraryError(
            f"{unknown[0]} in [{SECTION}] of {SECRETS} is not read. It holds {', '.join((*_KEYS, *claims))}."
        )
    for key, claim in claims.items():
        if not isinstance(claim, str) or (key == "identity" and not claim):
            raise LibraryError(f"{key} in [{SECTION}] of {SECRETS} must be the name of a claim, in quotes.")
    listed = {right: _listed(key, section.get(key, []), bool(claims["groups"])) for key, right in _KEYS.items()}
    if not any(listed.values()):
        raise LibraryError(f"[{SECTION}] in {SECRETS} names nobody, so that nobody may see anything. {_EXAMPLE}")
    return Roles(claims["identity"], claims["groups"], listed)


def _listed(key: str, names: Any, has_groups: bool) -> tuple[str, ...]:
    """Whom a right is given to, as it is compared."""
    where = f"{key} in [{SECTION}] of {SECRETS}"
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise LibraryError(f'{where} must be a list of names in quotes, such as ["ann@example.com"].')
    for name in names:
        if name.startswith(_GROUP) and not has_groups:
            raise LibraryError(f'{where} names a group. Say which claim lists them: groups = "groups".')
        rest = name.removeprefix(_DOMAIN)
        if not name.strip() or (name != _EVERYONE and not name.startswith(_GROUP) and "*" in rest) or not rest:
            raise LibraryError(
                f"{where} holds “{name}”. Write an identity, *@ and a domain, {_GROUP} and a name, or * for all."
            )
    return tuple(name.strip().casefold() for name in names)


def _identity(claims: Mapping[str, Any], claim: str) -> str:
    """Whom the provider says they are; empty where it does not vouch for that.

    Also where it is no plain short text, or would read as many people.
    """
    found = claims.get(claim)
    if not isinstance(found, str) or (claim == EMAIL and claims.get(_VERIFIED) not in (True, "true")):
        return ""
    is_plain = tidy(found, MAX_AUTHOR) == found and not {"*", "\n"} & {*found}
    return found if is_plain and not found.casefold().startswith(_GROUP) else ""


def _names(identity: str, groups: Any) -> set[str]:
    """All that someone may be listed by."""
    local, at, domain = identity.casefold().partition("@")
    found = {_EVERYONE, identity.casefold()}
    if local and at and "@" not in domain:
        found.add(_DOMAIN + domain)
    listed = groups if isinstance(groups, list | tuple) else [groups]
    return found | {_GROUP + group.casefold() for group in listed if isinstance(group, str)}
