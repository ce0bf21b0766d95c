"""Databases for the tests of the library: a fresh SQLite file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, text

from library import place
from library.store import Library
from tests.servers import free_port


def _bin() -> Path | None:
    """The newest PostgreSQL of the machine; Debian does not put the server's programs on the path."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return known[-1] if known else Path(found).parent if found else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    programs = _bin()
    if programs is None:
        pytest.skip("needs PostgreSQL: install the Debian package postgresql")
    # PostgreSQL refuses to be run by root.
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Short: a socket's path has little room.
    folder, port = Path(tempfile.mkdtemp(prefix="pg-")), free_port()
    if as_other:
        shutil.chown(folder, "postgres")

    def run(*command: str) -> None:
        done = subprocess.run([*as_other, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    run(str(programs / "initdb"), "-D", f"{folder}/data", "-U", "library", "--auth=trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
    start = [str(programs / "pg_ctl"), "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start"]
    # Without pipes: the server would keep them open.
    subprocess.run([*as_other, *start], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"postgresql://library@127.0.0.1:{port}/postgres"
    run(str(programs / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server_address(postgres: str) -> str:
    """The address of a new, empty database on the server."""
    name = f"d{uuid4().hex}"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Makes engines of one new database, as several processes would have each its own."""
    made: list[Engine] = []
    address = request.getfixturevalue("server_address") if request.param == "postgresql" else ""

    def make() -> Engine:
        new = create_engine(address) if address else place.file_engine(tmp_path / "library.sqlite3")
        made.append(new)
        return new

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def library(engines: Callable[[], Engine]) -> Library:
    """A new library, on each of the two databases."""
    return Library(engines())
