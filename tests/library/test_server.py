"""A PostgreSQL server that is frozen, slow or busy is told of within bounds, and serves again afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import psycopg
import pytest
from sqlalchemy import Connection, Engine, make_url, text

from library import place, server
from library.errors import LibraryError, told_plainly
from library.store import Library
from model.presets import PRESETS

PLAN = PRESETS["social-plan"]


@pytest.fixture
def engine(server_address: str) -> Iterator[Engine]:
    made = place.server_engine(place.server_url(server_address), begins=True)
    yield made
    made.dispose()


def pids(address: str) -> list[int]:
    """The server's processes of a database, its first among them."""
    with psycopg.connect(address) as connection:
        first = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
        own = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
    return [int(first[0].split()[0]), *(pid for (pid,) in own)]


@contextmanager
def frozen(*processes: int) -> Iterator[None]:
    """Nothing goes on there meanwhile."""
    try:
        send(signal.SIGSTOP, processes)
        yield
    finally:
        send(signal.SIGCONT, processes)


def send(what: signal.Signals, processes: Iterable[int]) -> None:
    for process in processes:
        # One that just ends is frozen enough.
        with suppress(ProcessLookupError):
            os.kill(process, what)


def ask(connection: Connection, where: str) -> None:
    with told_plainly(where):
        connection.execute(text("SELECT 1"))


def test_the_whole_wait_is_bounded() -> None:
    # A turn in the pool, a silence of the connection at hand, and both addresses of a name anew.
    assert server._POOL + server.SILENCE + 2 * server.CONNECT <= 15


def test_a_frozen_server_is_told_and_serves_again(
    engine: Engine, server_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(engine)
    kept = library.save_new(PLAN, author="Ada")
    with monkeypatch.context() as patch, frozen(*pids(server_address)):
        patch.setattr(server, "SILENCE", 0.5)
        began = monotonic()
        with pytest.raises(LibraryError, match="cannot be reached"):
            library.entries()
        assert monotonic() - began < 10
    assert library.history(kept.entry) == (kept,)


def test_a_server_that_freezes_at_work_is_told(
    engine: Engine, server_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(engine)
    kept = library.save_new(PLAN, author="Ada")
    with monkeypatch.context() as patch, engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        patch.setattr(server, "SILENCE", 0.5)
        with frozen(*pids(server_address)), pytest.raises(LibraryError, match="frozen or overloaded"):
            ask(connection, library.where)
    assert library.history(kept.entry) == (kept,)


def test_one_that_goes_on_working_is_waited_for(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.5)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT repeat('x', 100000), pg_sleep(0.02) FROM generate_series(1, 60)")
        ).all()
    assert len(rows) == 60


@pytest.mark.parametrize(("setting", "value"), [("statement_timeout", "30s"), ("lock_timeout", "4s")])
def test_the_server_knows_its_bounds(engine: Engine, setting: str, value: str) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text(f"SHOW {setting}")) == value


def test_what_the_address_says_counts(server_address: str) -> None:
    address = f"{server_address}?options=-c%20statement_timeout%3D7000"
    engine = place.server_engine(place.server_url(address), begins=True)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "7s"
    engine.dispose()


def test_a_table_that_another_holds_is_told(server_address: str) -> None:
    url = make_url(f"{server_address}?options=-c%20lock_timeout%3D200")
    engine = place.server_engine(url, begins=True)
    library = Library(engine)
    library.begin()
    with psycopg.connect(server_address) as other:
        other.execute("LOCK TABLE library_versions IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(LibraryError, match="in use by another program"):
            library.save_new(PLAN, author="Ada")
    assert library.everything() == ()
    engine.dispose()
