"""What the tests of the dashboard share."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.session import account
from library import place
from library.store import Library
from tests.logs import lines

__all__ = ["library", "lines"]


@pytest.fixture(autouse=True)
def just_started() -> None:
    """No secrets were read by this process before."""
    account._SEEN.clear()


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The library of the app, in a file of the test's own."""
    path = tmp_path / "own" / "library.sqlite3"
    monkeypatch.setenv(place.VARIABLE, str(path))
    made = Library(place.file_engine(path))
    made.begin()
    return made
