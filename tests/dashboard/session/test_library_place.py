"""Which library a session opens: the one that the secrets name."""

from __future__ import annotations

import sys

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from library import place

SERVED = """
from dashboard.session import compute
import streamlit as st
st.text(compute.library().where)
"""


def served(monkeypatch: pytest.MonkeyPatch, section: dict[str, str]) -> AppTest:
    monkeypatch.delenv(place.VARIABLE)
    test = AppTest.from_string(SERVED, default_timeout=60)
    test.secrets["connections"] = {"library": section}
    return test.run()


def test_the_secrets_lead_to_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    test = served(monkeypatch, {"url": "postgresql://ada:secret@db.example:5433/plans"})
    assert test.text[0].value == "postgresql://ada:***@db.example:5433/plans"
    st.cache_resource.clear()


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    test = served(monkeypatch, {"url": "postgresql://ada@db.example/without-driver"})
    assert "pip install 'psycopg[binary]" in test.exception[0].message


def test_secrets_without_an_address_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "postgresql://user:password@host" in served(monkeypatch, {"host": "db"}).exception[0].message
