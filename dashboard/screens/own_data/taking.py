"""The way from an answer into the scenario: offered with what it does to the plan, taken, or asked for anew."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.screens.own_data.answer import AnswerStanding, OwnDataAnswer, is_about, standing, taken_over
from dashboard.session import compute, current, memory, messages
from model.metrics import METRICS
from model.reading.faults import ScenarioError
from model.scenario import Scenario


def draw(answer: OwnDataAnswer, told: str) -> None:
    """The button that puts what is told into the scenario, with what that does to the plan; or why there is none."""
    scenario, offered = current.scenario(), answer.offered
    match standing(answer, scenario):
        case AnswerStanding.UNUSABLE:
            st.info("There is nothing to take over: what is not usable changes no scenario.",
                    icon=":material/block:")  # fmt: skip
        case AnswerStanding.TAKEN:
            st.success("These ranges are the scenario’s now. Undo in the sidebar takes them back.",
                       icon=":material/check:")  # fmt: skip
        case AnswerStanding.NEW if offered:
            st.button("Take over these ranges", icon=":material/move_to_inbox:", on_click=_take_over,
                      args=(offered,))  # fmt: skip
            st.caption(literal(f"{told} {_effect(scenario, taken_over(offered, scenario))}", 600))


def _take_over(offered: Scenario) -> None:
    try:
        current.replace(taken_over(offered, current.scenario()))
    except ScenarioError as error:
        messages.refuse("The ranges are not taken over; the scenario stays as it was", error)


def _effect(before: Scenario, after: Scenario) -> str:
    """What taking over does to the plan."""
    plans = (before, after)
    now, then = (
        one.format.rounded(compute.projection(one).metrics["npv"] or 0.0, METRICS["npv"].unit) for one in plans
    )
    worth = f"The plan’s net present value goes from {now} to {then}"
    try:
        odds = [f"{100 * compute.odds_of_gain(one):.0f}" for one in plans]
    except ScenarioError:
        return f"{worth}."
    return f"{worth}, its odds of a gain from {odds[0]} to {odds[1]} in 100."


def ask_again(answer: OwnDataAnswer, kept: str) -> None:
    """Where the beliefs have changed since, the button that forgets the answer kept under that key."""
    scenario = current.scenario()
    if not is_about(answer, scenario) or standing(answer, scenario) is AnswerStanding.OUTDATED:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Learn again", icon=":material/update:", on_click=memory.keep, args=(kept, None))
            st.caption("The beliefs of the scenario have changed since: what stands here started from others.",
                       width="content")  # fmt: skip
