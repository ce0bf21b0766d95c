"""Which library a session opens: the one that the secrets name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.session import compute
from library import place
from library.errors import LibraryError

SERVED = """
from dashboard.session import compute
import streamlit as st
from library.errors import LibraryError
try:
    st.text(compute.library().where)
except LibraryError as error:
    st.error(str(error))
"""


def served(monkeypatch: pytest.MonkeyPatch, section: object, name: str = "library") -> AppTest:
    monkeypatch.delenv(place.VARIABLE)
    test = AppTest.from_string(SERVED, default_timeout=60)
    test.secrets["connections"] = {name: section}
    return test.run()


def test_the_secrets_lead_to_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    test = served(monkeypatch, {"url": "postgresql://ada:secret@db.example:5433/plans"})
    assert test.text[0].value == "postgresql://ada:***@db.example:5433/plans"
    st.cache_resource.clear()


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    test = served(monkeypatch, {"url": "postgresql://ada@db.example/without-driver"})
    assert "pip install 'psycopg[binary]" in test.error[0].value


@pytest.mark.parametrize("section", [{"host": "db"}, {"url": ""}, {"url": 5432}, "postgresql://ada@db/plans", {}])
def test_secrets_without_an_address_are_told(monkeypatch: pytest.MonkeyPatch, section: object) -> None:
    told = served(monkeypatch, section).error[0].value
    assert "[connections.library] in .streamlit/secrets.toml has no address" in told
    assert "postgresql://user:password@host" in told


@pytest.mark.parametrize("name", ["libary", "Library"])
def test_a_mistyped_section_is_told_and_no_other_library_is_opened(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    told = served(monkeypatch, {"url": "postgresql://ada:secret@db/plans"}, name)
    assert f"[connections.{name}] in .streamlit/secrets.toml is not read" in told.error[0].value
    assert "secret@" not in told.error[0].value
    assert not told.text


def test_connections_of_other_programs_are_passed_over() -> None:
    others = {"warehouse": {"url": "snowflake://x"}, "salary": {"url": "x"}, "lib": {"url": "x"}}
    assert place.address_of({"connections": others, "auth": {}}) == ""
    assert place.address_of({}) == ""
    with pytest.raises(LibraryError, match="is no table"):
        place.address_of({"connections": "postgresql://ada@db/plans"})


@pytest.mark.parametrize("name", ["connection", "conections", "library"])
def test_a_mistyped_table_is_told(name: str) -> None:
    with pytest.raises(LibraryError, match=rf"\[{name}\] in .streamlit/secrets.toml is not read"):
        place.address_of({name: {"library": {"url": "postgresql://ada@db/plans"}}})


def test_secrets_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[connections.library\nurl = ")
    monkeypatch.delenv(place.VARIABLE)
    monkeypatch.setattr(compute.st.secrets, "load_if_toml_exists", lambda: False)
    monkeypatch.setattr(compute.st, "get_option", lambda _: [str(tmp_path / "none.toml"), str(broken)])
    with pytest.raises(LibraryError, match=r"secrets\.toml cannot be read.* must be TOML"):
        compute.library()


def test_a_path_without_a_library_is_told_and_none_begins_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mistyped = tmp_path / "libary.sqlite3"
    monkeypatch.setenv(place.VARIABLE, str(mistyped))
    with pytest.raises(
        LibraryError, match=rf"There is no library at {mistyped}\. Mend the path in {place.VARIABLE}"
    ):
        compute.library().entries()
    assert list(tmp_path.iterdir()) == []


def test_at_the_default_place_a_library_begins_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(place.VARIABLE)
    monkeypatch.setattr(compute.st.secrets, "load_if_toml_exists", lambda: False)
    monkeypatch.setattr(compute.st, "get_option", lambda _: [])
    monkeypatch.setattr(place, "default_file", lambda: tmp_path / "data" / "library.sqlite3")
    assert compute.library().entries() == ()
    assert (tmp_path / "data" / "library.sqlite3").exists()
