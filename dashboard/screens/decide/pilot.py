"""The part Pilot: whether to test first, which test, for how long, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid, heading, odds_refused
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.screens.decide import assumed_form
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.pilot.pilots import Pilot, Pilots
from model.pilot.words import power, verdict
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.units import MONEY
from report.charts.decide.ladder import LADDER, Laddered
from report.charts.decide.pilots import NET, Tested
from report.tables.decide_tables import tests_in_brief
from report.words.headings import whether_to_test

_FOUND, _SHOWN = "pilots", "pilot shown"
_QUESTION = (
    "What finding out first is worth: before the decision is made, each test costs its work and the months in which "
    "nothing is begun, and is worth what a better decision brings."
)


def draw(projection: Projection, choice: Callable[[], None]) -> None:
    """The part; `choice` draws the way to the others."""
    place = st.container(gap="small")
    with place:
        title = st.empty()
        title.markdown("# Which test first?")
        choice()
    try:
        found = _found()
    except ScenarioError as error:
        odds_refused(error)
        return
    with title.container(gap="small"):
        heading(whether_to_test(found), _QUESTION)
    notices.warnings(projection)
    with chart_grid() as halves:
        with halves.cell():
            card(NET, Tested(found, projection))
        with halves.cell():
            _one(found, projection)
    st.markdown("## All tests")
    static_table(tests_in_brief(found), "All tests by what they are worth")
    st.caption(literal(_everything(found), 500))
    assumed_form.draw(found)


def _found() -> Pilots:
    """What the tests are worth, worked out once for a plan and what the designs assume. Raises ScenarioError."""
    scenario, assumed = current.scenario(), assumed_form.given()
    with st.spinner("Pricing the tests …", show_time=True):
        return memory.made_of(
            _FOUND, (scenario, tuple(assumed.items())), partial(compute.pilots, scenario, assumed)
        )


def _one(found: Pilots, projection: Projection) -> None:
    """One test: what is to become of it and why, how exact it is, and its sizes."""
    names = {pilot.design.name: pilot for pilot in found.pilots}
    memory.show_kept(_SHOWN, found.pilots[0].design.name)
    shown = st.selectbox(
        "Test", [*names], key=_SHOWN, format_func=lambda name: names[name].design.label,
        on_change=memory.keep_entered, args=(_SHOWN,),
    )  # fmt: skip
    pilot = names[shown]
    _why(pilot)
    if pilot.best is not None:
        card(LADDER, Laddered(found, pilot.design.name, projection))


def _why(pilot: Pilot) -> None:
    told = [verdict(pilot), f"It tells {pilot.design.settles}."]
    if pilot.best is not None:
        told.append(power(pilot, pilot.best))
    st.markdown("  \n".join(literal(sentence, 1000) for sentence in told))


def _everything(found: Pilots) -> str:
    """What no test can be worth more than, and how it was drawn."""
    text = found.scenario.format
    worth = text.rounded(found.everything, MONEY, found.everything_error)
    drawn = text.number(found.learned.count, 0)
    return (
        f"Knowing everything before deciding would be worth {worth}; no test can be worth more. Decided between are "
        f"holding, half of the rise and all of it, each with and without training and a partner. {drawn} draws, seed "
        f"{found.learned.seed}."
    )
