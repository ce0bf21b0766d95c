"""The part Pilot: whether to test first, which test, for how long, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.decision import test_figures
from dashboard.components.layout import chart_grid, heading, odds_refused
from dashboard.components.text import literal
from dashboard.screens.decide.fitting import fitting_table
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.pilot.pilots import Pilot, Pilots
from model.pilot.words import DECISION, QUESTION, decided_now, power, result_decides, verdict
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.units import MONEY
from report.charts.decide.ladder import LADDER, Laddered
from report.charts.decide.pilots import NET, Priced
from report.tables.decide.tests import pilots_in_brief
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
    with chart_grid() as cells:
        with cells.cell():
            card(NET, Priced(found, projection))
        with cells.cell():
            pilot = _chosen(found)
            _why(pilot, found)
        with cells.cell():
            card(LADDER, Laddered(found, pilot.design.name, projection))
        with cells.cell():
            _how_exact(pilot)
    st.markdown("## All tests")
    fitting_table(pilots_in_brief(found), "All tests by what they are worth", (0, 1, 2, 4), (0, 1, 4))
    st.caption(literal(_drawn_how(found), 500))


def _found() -> Pilots:
    """What the tests are worth, worked out once for a plan and what the designs assume. Raises ScenarioError."""
    scenario, assumed = current.scenario(), test_figures.in_force()
    with st.spinner("Pricing the tests …", show_time=True):
        return memory.made_of(_FOUND, (scenario, assumed), partial(compute.pilots, scenario, dict(assumed)))


def _chosen(found: Pilots) -> Pilot:
    """The test that is shown, the one most worth running unless another is chosen."""
    names = {pilot.design.name: pilot for pilot in found.pilots}
    memory.show_kept(_SHOWN, found.pilots[0].design.name)
    shown = st.selectbox(
        "Test", [*names], key=_SHOWN, format_func=lambda name: names[name].design.label,
        on_change=memory.keep_entered, args=(_SHOWN,),
    )  # fmt: skip
    return names[shown]


def _why(pilot: Pilot, found: Pilots) -> None:
    """What is to become of a test and why, what it tells, and what is decided without any."""
    lead, _, reason = verdict(pilot).partition(": ")
    worth = found.scenario.format.rounded(found.everything, MONEY, found.everything_error)
    told = (
        (lead, f"{reason[:1].upper()}{reason[1:]}"),
        ("What it tells", f"{pilot.design.settles[:1].upper()}{pilot.design.settles[1:]}. {QUESTION}"),
        *((("What its result decides", result_decides(pilot, pilot.best)),) if pilot.best else ()),
        ("Without any test", f"The best that can be decided now is to {decided_now(found)}."),
        ("At most", f"Knowing everything before deciding is worth {worth}; no test can be worth more. {DECISION}"),
    )
    st.markdown("\n\n".join(f"**{literal(label)}**  \n{literal(words, 1000)}" for label, words in told))


def _how_exact(pilot: Pilot) -> None:
    """The calculation of a test's power in words, and the figures that it rests on, to be typed."""
    if pilot.best is not None:
        st.markdown(f"**How exact it is**  \n{literal(power(pilot, pilot.best), 1000)}")
    test_figures.draw(pilot.design)


def _drawn_how(found: Pilots) -> str:
    drawn = found.scenario.format.number(found.learned.count, 0)
    return f"{drawn} draws, seed {found.learned.seed}."
