"""The Own data screen: a history, tests, or another tool's results: learned from, and taken over into the plan."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components.chart_cards import image_buttons
from dashboard.components.layout import chart_grid, heading
from dashboard.screens.own_data import company, experiments, mapping, other_tool, result
from dashboard.screens.own_data.answer import LearnedAnswer
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.projection import Projection
from report.tables.own_data_tables import what_history_tells

_QUESTION = (
    "What the company’s own revenue, spend and tests tell of the beliefs that the plan rests on, how far that can "
    "be trusted, and what it does to the plan."
)
_SOURCE, _LEARNED, _TOOL = "own data source", "History and tests", "Results of another tool"


def draw() -> None:
    """The screen."""
    place = st.container(gap="small")
    memory.show_kept(_SOURCE, _LEARNED)
    source = st.segmented_control(
        "What is learned from", (_LEARNED, _TOOL), key=_SOURCE, required=True, label_visibility="collapsed",
        on_change=memory.keep_entered, args=(_SOURCE,),
    )  # fmt: skip
    projection = compute.projection(current.scenario())
    if source == _TOOL:
        known = other_tool.answer()
        with place:
            heading(other_tool.heading(known), _QUESTION)
            notices.warnings(projection)
        other_tool.draw(known)
    else:
        _learned(place, projection)
    notices.footer(projection)
    image_buttons()


def _learned(place: DeltaGenerator, projection: Projection) -> None:
    """What a history and tests tell; the heading comes at its place, above."""
    scenario, file = projection.scenario, mapping.given()
    history = file.history if file else None
    halves = chart_grid()
    with halves.cell():
        mapping.draw(file)
    experiments.draw()
    answer, own = None, None
    with place:
        if history or experiments.used():
            answer = result.of(history, experiments.used())
            own = answer.own
        heading(_heading(answer), _QUESTION)
        notices.warnings(projection)
        if answer and own:
            result.verdict(answer, own)
        elif answer:
            result.refused(answer)
    with halves.cell():
        if answer and own:
            result.take(answer, own)
            result.before_and_after(own, scenario)
        elif not history:
            _before()
    if own:
        result.charts(own, scenario)
        notices.extrapolated(projection)
        result.checks(own)
        if own.read:
            company.draw(own, scenario)
    if history:
        mapping.rows(history)


def _heading(answer: LearnedAnswer | None) -> str:
    if answer is None:
        return "What do your own data tell?"
    return what_history_tells(answer.own) if answer.own else "Not usable: nothing can be learned from this"


def _before() -> None:
    """What a file has to hold, before there is one."""
    st.markdown(
        "**A row for each week (78 at least) or month (30 at least)**, with a date, revenue and what was spent on "
        "social; best also on other marketing, and what else moves revenue: prices, promotions, events.\n\n"
        "- Which column is what is guessed and can be changed.\n"
        "- Every row that is not used is listed with the reason.\n"
        "- Of each belief you see the range before and after. One that the history does not tell keeps its range.\n"
        "- Nothing changes until you take it over, and *Undo* takes it back."
    )
