"""What a person entered on one screen is still there after a visit to another."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.app import press, shown

APP = """
from importlib import import_module
from dashboard.shell import sidebar
from dashboard.session import messages
import streamlit as st
sidebar.draw()
screen = st.segmented_control("Screen", ["plan", "SCREEN"], default="SCREEN", key="screen")
messages.arrive(screen)
import_module(f"dashboard.screens.{screen}.screen").draw()
"""


def screen(name: str) -> AppTest:
    return AppTest.from_string(APP.replace("SCREEN", name), default_timeout=60).run()


def visit_the_plan(test: AppTest) -> None:
    here = test.segmented_control(key="screen").value
    for name in ("plan", "plan", here):
        test.segmented_control(key="screen").set_value(name).run()
        assert not test.exception


def test_draws_and_seed_of_the_risk_screen() -> None:
    test = screen("risk")
    test.segmented_control(key="draws").set_value(2_048).run()
    test.text_input(key="seed").set_value("7").run()
    visit_the_plan(test)
    assert test.text_input(key="seed").value == "7"
    assert "2,048 draws" in shown(test)
    assert "seed 7" in shown(test)


@pytest.mark.parametrize("key", ["limit npv", "limit low share", "target npv"])
def test_limits_and_target_of_the_optimise_screen(key: str) -> None:
    test = screen("optimise")
    test.text_input(key=key).set_value("12").run()
    visit_the_plan(test)
    assert test.text_input(key=key).value == "12"


@pytest.mark.parametrize(
    ("name", "key"), [("assumptions", "search"), ("model", "model search"), ("library", "library search")]
)
@pytest.mark.usefixtures("library")
def test_what_was_searched_for(name: str, key: str) -> None:
    test = screen(name)
    if name == "library":
        press(press(test, "Save current scenario"), "Save as a new entry")
    test.text_input(key=key).set_value("social").run()
    visit_the_plan(test)
    assert test.text_input(key=key).value == "social"


@pytest.mark.usefixtures("library")
def test_the_name_that_a_person_saves_under() -> None:
    test = screen("library")
    test.text_input(key="author").set_value("Ada Lund").run()
    visit_the_plan(test)
    assert test.text_input(key="author").value == "Ada Lund"


def test_what_was_refused_is_told_on_its_own_screen_only() -> None:
    test = screen("skills")
    test.text_area(key="skills paste").set_value("only a name")
    press(test, "Use these rows")
    assert test.error
    test.run()
    assert test.error
    visit_the_plan(test)
    assert not test.error
