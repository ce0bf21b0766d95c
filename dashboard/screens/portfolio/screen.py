"""The Portfolio screen: many units as one group, what it is worth, and one budget moved to where it earns most."""

from __future__ import annotations

import time

import streamlit as st

from dashboard.components.chart_cards import image_buttons
from dashboard.components.downloads import subject_buttons
from dashboard.components.layout import chart_grid, heading
from dashboard.components.text import literal
from dashboard.screens.portfolio import answer, duration, result, settings, units
from dashboard.screens.portfolio.answer import GroupAnswer
from dashboard.screens.portfolio.given import GivenUnits
from dashboard.screens.portfolio.question import GroupQuestion
from dashboard.session import compute, current
from dashboard.shell import notices
from report.files.subjects.subject_files import GROUP_FILES
from report.tables.portfolio.grouped import odds_of_group, what_the_group_is_worth

_QUESTION = (
    "What brands, markets or teams are worth together, how sure that is, who drives it, and where one social budget "
    "earns most."
)

# Seconds under which what is left is not told.
_SOON = 5


def draw() -> None:
    """The screen."""
    projection = compute.projection(current.scenario())
    found = answer.last()
    heading(_heading(found), _QUESTION)
    notices.refusal()
    given = units.given()
    halves = chart_grid()
    with halves.cell():
        units.draw()
    with halves.cell():
        question = settings.draw(given) if given and given.units else None
        if question is None:
            units.before()
    if given and question:
        _run(given, question, found)
    if found:
        result.refused(found)
        if found.found:
            group = found.found.group.portfolio.hash
            subject_buttons.draw("portfolio", GROUP_FILES, found.found, f"portfolio-{group}", group)
            result.draw(found.found, found)
    notices.footer(projection)
    image_buttons()


def _heading(found: GroupAnswer | None) -> str:
    if found is None:
        return "What are all units worth together?"
    return what_the_group_is_worth(found.found) if found.found else "Nothing can be told of this group yet"


def _run(given: GivenUnits, question: GroupQuestion, found: GroupAnswer | None) -> None:
    """The button that computes the group, with its progress and the way to stop."""
    refused, text = settings.refused(given, question.currency), given.base.format
    asked = st.button("Compute the group", icon=":material/play_arrow:", disabled=refused,
                      help="A field is refused: mend it or empty it" if refused else None)  # fmt: skip
    if asked:
        bar = st.progress(0.0, text="Computing, or waiting for a turn …")
        # Any click ends the run of the script that computes, this one without another effect.
        st.button("Stop", icon=":material/stop:", help="What was computed before stays")

        # The wait for a turn, and what was known before, say nothing of what is left.
        first: tuple[float, float] | None = None

        def tell(part: float, words: str) -> None:
            nonlocal first
            now = (time.monotonic(), part)
            first = first or now
            left = duration.left(first, now)
            told = f"; {duration.in_words(left, text)} left" if left > _SOON else ""
            bar.progress(min(1.0, part), text=f"{words}{told}")

        answer.compute_it(given, question, tell)
        # The whole screen: its heading is the answer.
        st.rerun()
    cores = compute.group_cores(len(given.units))
    takes = duration.in_words(duration.seconds(question, len(given.units), cores), text)
    st.caption(f"Takes {takes} where {'a core is' if cores == 1 else f'{cores} cores are'} free.")
    if found and (found.given, found.question) != (given, question):
        st.info("Units or settings have changed since this was computed; compute the group again.",
                icon=":material/update:")  # fmt: skip
    if found and found.found:
        st.caption(literal(f"{odds_of_group(found.found)}. " + ". ".join(found.found.group.portfolio.told), 500))
