"""Where the library is kept."""

from __future__ import annotations

import os
import sqlite3
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from urllib.parse import quote

from platformdirs import user_data_path
from sqlalchemy import URL, Engine, NullPool, create_engine, make_url

from library.errors import LibraryError

# The path of the SQLite file, where neither the user's data folder nor the database of the secrets is wanted.
VARIABLE = "SOCIAL_ROI_LIBRARY"
DRIVER = "psycopg[binary]>=3.2,<4"
_WAIT = 5
_BEGINS = "library_may_begin"
# Where the secrets name a server: their file, and the library's table among the connections.
SECRETS, CONNECTION, _CONNECTIONS = ".streamlit/secrets.toml", "library", "connections"
_EXAMPLE = "postgresql://user:password@host:5432/database"
_SECTION = f'Write [connections.{CONNECTION}] and below it url = "{_EXAMPLE}", or remove it.'


def chosen_file() -> Path | None:
    """The file that the environment names, if it does."""
    named = os.environ.get(VARIABLE, "").strip()
    return Path(named).expanduser().absolute() if named else None


def default_file() -> Path:
    """The file in the user's data folder."""
    return user_data_path("social-roi", appauthor=False) / "library.sqlite3"


def file_engine(path: Path, *, begins: bool = True) -> Engine:
    """The engine of a SQLite file; if a library may begin there, its folder is made.

    Raises OSError where that cannot be. Each use opens the file anew: one that was moved away meanwhile is not
    written to unseen.
    """
    if begins:
        path.parent.mkdir(parents=True, exist_ok=True)
    mode = "rwc" if begins else "rw"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=_WAIT)
        # A damaged text is told by its checksum; it must not keep the rows beside it from being read.
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        return connection

    url = URL.create("sqlite", database=str(path))
    return create_engine(url, creator=opened, poolclass=NullPool, execution_options={_BEGINS: begins})


def may_begin(engine: Engine) -> bool:
    """Whether a library may begin where there is none; if not, that is an error to be told."""
    return bool(engine.get_execution_options().get(_BEGINS, True))


def is_missing(engine: Engine) -> bool:
    """Whether it is that of a file which is not there."""
    file = engine.url.database if engine.url.get_backend_name() == "sqlite" else None
    return bool(file) and not Path(str(file)).exists()


def address_of(secrets: Mapping[str, object]) -> str:
    """The library's address in the secrets; nothing where they name no library.

    Raises LibraryError where they name one that cannot be meant, or seem to.
    """
    connections = secrets.get(_CONNECTIONS, {})
    for mistyped in (name for name in secrets if name != _CONNECTIONS and is_near(name, _CONNECTIONS, CONNECTION)):
        raise LibraryError(f"[{mistyped}] in {SECRETS} is not read. {_SECTION}")
    if not isinstance(connections, Mapping):
        raise LibraryError(f"[connections] in {SECRETS} is no table. {_SECTION}")
    section = connections.get(CONNECTION)
    if section is None:
        for mistyped in (name for name in connections if is_near(name, CONNECTION)):
            raise LibraryError(f"[{_CONNECTIONS}.{mistyped}] in {SECRETS} is not read. {_SECTION}")
        return ""
    address = section.get("url") if isinstance(section, Mapping) else None
    if not isinstance(address, str) or not address.strip():
        raise LibraryError(f"[connections.{CONNECTION}] in {SECRETS} has no address. {_SECTION}")
    return address


def secrets_here() -> dict[str, object]:
    """The secrets that the app would find when started here, those of this folder before those of the user.

    Raises LibraryError where they are there and cannot be read.
    """
    found: dict[str, object] = {}
    for file in (Path.home() / SECRETS, Path(SECRETS)):
        if file.exists():
            try:
                found |= tomllib.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                raise secrets_unread(str(file)) from None
    return found


def engine_here(*, begins: bool) -> Engine:
    """The engine of the library that the app would open when started here.

    Raises LibraryError where that is not known, OSError where its folder cannot be made.
    """
    named = chosen_file()
    address = "" if named else address_of(secrets_here())
    if address:
        return server_engine(server_url(address), begins=begins)
    return file_engine(named or default_file(), begins=begins)


def engine_at(place: str, *, begins: bool) -> Engine:
    """The engine of a library that is named: a PostgreSQL address, or the path of a SQLite file.

    Raises LibraryError where it is an address of something else, OSError where its folder cannot be made.
    """
    if "://" in place:
        return server_engine(server_url(place, ""), begins=begins)
    return file_engine(Path(place).expanduser().absolute(), begins=begins)


def is_near(name: str, *meant: str) -> bool:
    """Whether a name in the secrets is as good as one that is meant."""
    return bool(get_close_matches(name.lower(), meant, cutoff=0.85))


def secrets_unread(file: str) -> LibraryError:
    """A file of secrets is there and cannot be read."""
    return LibraryError(
        f"The secrets in {file} cannot be read, so that it is not known where the library is and who may see it. "
        "Mend the file, which must be TOML, or remove it."
    )


def server_url(address: str, where: str = f" in {SECRETS}") -> URL:
    """The address of a PostgreSQL server, read; `where` it stands is told.

    Raises LibraryError where it is not of PostgreSQL.
    """
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except Exception:
        backend = ""
    if backend != "postgresql":
        raise LibraryError(f"The library's address{where} is not of PostgreSQL. Write it as {_EXAMPLE}.")
    return url


def public_address(engine: Engine) -> str:
    """Where it is kept, as a person may see it: a path, or an address without its password."""
    if engine.url.get_backend_name() == "sqlite":
        return str(engine.url.database)
    # What follows the question mark may hold one as well.
    shown = engine.url.set(drivername=engine.url.get_backend_name(), query={})
    return shown.render_as_string(hide_password=True)


def server_engine(url: URL, *, begins: bool = False) -> Engine:
    """The engine of a PostgreSQL server. Raises LibraryError where its driver is not installed."""
    try:
        from library import server

        return server.server_engine(url, {_BEGINS: begins})
    except ImportError:
        raise LibraryError(
            f"The library is on PostgreSQL, whose driver is not installed. Install it: pip install '{DRIVER}'"
        ) from None
