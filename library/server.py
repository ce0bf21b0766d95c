"""A library on a PostgreSQL server, which may be slow, frozen or gone: whoever asks gets an answer within bounds."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from time import monotonic
from typing import Any

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Engine, create_engine, event

# Seconds. A frozen server still keeps its end of the line, so that no setting of TCP or of the server ends the wait:
# who hears nothing for so long hangs up. Together with a turn in the pool and a new try at two addresses of a name,
# that is less than 15.
SILENCE = 5.0
CONNECT = 2
_POOL = 3
# Milliseconds, as PostgreSQL counts. A statement may go on for longer than a silence, for what it finds is heard.
_STATEMENT, _LOCK = 30_000, 4_000
# What the address does not say itself.
_SETTINGS: dict[str, Any] = {
    "options": f"-c statement_timeout={_STATEMENT} -c lock_timeout={_LOCK}",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5_000,
}


class _Bounded(psycopg.Connection[Any]):
    """A connection that hangs up on a server from which nothing is heard."""

    def wait(self, gen: PQGen[Any], *args: Any, **kwargs: Any) -> Any:
        """What a conversation with the server comes to. Raises OperationalError after a silence."""
        try:
            return super().wait(_heard(gen), *args, **kwargs)
        except _Silent:
            self.pgconn.finish()
            raise psycopg.OperationalError("the server is silent") from None


class _Silent(Exception):
    """Nothing was heard for too long."""


def _heard(talk: PQGen[Any]) -> Generator[Any, Any, Any]:
    """The same conversation; raises _Silent where nothing becomes ready for too long."""
    last = monotonic()
    try:
        wanted = next(talk)
        while True:
            ready = yield wanted
            if ready:
                last = monotonic()
            elif monotonic() - last > SILENCE:
                raise _Silent
            wanted = talk.send(ready)
    except StopIteration as done:
        return done.value


def server_engine(url: URL, options: Mapping[str, Any]) -> Engine:
    """The engine of a PostgreSQL server, with options of execution of ours."""
    settings = {"connect_timeout": CONNECT} | _SETTINGS
    engine = create_engine(
        # The one driver, whichever the address names.
        url.set(drivername="postgresql+psycopg"),
        connect_args={name: value for name, value in settings.items() if name not in url.query},
        pool_pre_ping=True,
        pool_timeout=_POOL,
        execution_options=dict(options),
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: list[Any], named: dict[str, Any]) -> psycopg.Connection[Any]:
        return _Bounded.connect(*arguments, **named)

    return engine
