"""The Own data screen: a history dropped, mapped, learned from, and taken over into the scenario."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart_cards import image_buttons
from dashboard.components.layout import chart_grid, heading
from dashboard.screens.own_data import company, mapping, result
from dashboard.screens.own_data.answer import HistoryAnswer
from dashboard.session import compute, current
from dashboard.shell import notices
from report.tables.own_data_tables import what_history_tells

_QUESTION = (
    "What the company’s own revenue and spend tell of the beliefs that the plan rests on, how far that can be "
    "trusted, and what it does to the plan."
)


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    file = mapping.given()
    history = file.history if file else None
    place = st.container(gap="small")
    halves = chart_grid()
    with halves.cell():
        mapping.draw(file)
    answer = None
    with place:
        answer = result.of(history) if history else None
        heading(_heading(answer), _QUESTION)
        notices.warnings(projection)
        if answer and answer.own:
            result.verdict(answer, answer.own)
        elif answer:
            result.refused(answer)
    with halves.cell():
        if answer and answer.own:
            result.take(answer, answer.own)
            result.before_and_after(answer.own, scenario)
        elif not history:
            _before()
    if answer and answer.own:
        result.charts(answer.own, scenario)
        notices.extrapolated(projection)
        result.checks(answer.own)
        company.draw(answer.own, scenario)
    if history:
        mapping.rows(history)
    notices.footer(projection)
    image_buttons()


def _heading(answer: HistoryAnswer | None) -> str:
    if answer is None:
        return "What does your own history tell?"
    return what_history_tells(answer.own) if answer.own else "Not usable: nothing can be learned from this history"


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
