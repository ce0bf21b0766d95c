"""The part Stages: the gates of the plan, what being able to stop is worth, and what would change our mind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid, heading, metric_card, metric_grid, odds_refused
from dashboard.components.text import literal
from dashboard.screens.decide import gate_form, gate_rows
from dashboard.screens.decide.fitting import fitting_table
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.choice.aims import AIM_LABELS, Aim
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.stages.contract import contract_of
from model.stages.policy import AIMS
from model.stages.staged import Staged
from model.stages.words import staged_in_words
from model.telling.tables import WITHIN
from model.units import MONEY, RATIO
from report.charts.decide.ends import ENDS, Ending
from report.tables import decision_tables
from report.words.decision import Decision, stage_clauses
from report.words.headings import what_stopping_is_worth

_FOUND, _AIM = "staged", "gates aim"
_QUESTION = (
    "A plan in stages looks at something on the way and stops where that falls short. No case sees its own "
    "future; the best thresholds are found on other draws than those they are judged on."
)


def draw(projection: Projection, choice: Callable[[], None]) -> None:
    """The part; `choice` draws the way to the others."""
    scenario = current.scenario()
    title = st.empty()
    title.markdown("# Where would the plan stop?")
    choice()
    found = None
    if scenario.gates:
        try:
            found = _found()
        except ScenarioError as error:
            odds_refused(error)
    with title.container(gap="small"):
        heading(what_stopping_is_worth(found) if found else "The plan has no gate yet: it never stops", _QUESTION)
    notices.warnings(projection)
    if found:
        _figures(found)
    with chart_grid() as halves:
        with halves.cell():
            gate_form.draw(scenario)
        with halves.cell():
            if found:
                card(ENDS, Ending(found, projection))
                _best(found)
            else:
                _before()
    if found:
        st.markdown("## What would change our mind")
        _contract(found)


def _found() -> Staged:
    scenario, aim = current.scenario(), _aim()
    with st.spinner("Following every case through the gates …", show_time=True):
        return memory.made_of(_FOUND, (scenario, aim), partial(compute.staged, scenario, aim))


def _aim() -> Aim:
    return Aim(memory.kept(_AIM, AIMS[0].value))


def _before() -> None:
    """What a gate is, before there is one."""
    st.markdown(
        "**A gate is a look on the way**: at the end of a month something is measured; below a threshold that is "
        "fixed beforehand the plan stops.\n\n"
        "- You see what being able to stop is worth, and the most that can be lost before.\n"
        "- The best threshold for an aim is found for you.\n"
        "- The gates go into the scenario, its files and its link; *Undo* takes them back."
    )


def _figures(found: Staged) -> None:
    text, planned, never = found.scenario.format, found.planned, found.never
    first = planned.ends[0]
    mean = text.rounded(planned.mean, MONEY, planned.error)
    figures = (
        ("Value of being able to stop", text.signed(planned.value, MONEY, planned.value_error),
         f"{text.within(planned.value_error, RATIO)}, against never stopping", WITHIN),
        ("Most lost before the first gate", text.rounded(first.pocket, MONEY),
         f"9 in 10 cases; at worst {text.rounded(first.most, RATIO)}",
         "The most that the plan has been out of pocket by then, net of what it brings; nominal"),
        ("Mean with these gates", mean, f"{text.rounded(never.mean, RATIO, never.error)} if it never stops", None),
        ("10 % of cases end below", text.rounded(planned.p10, MONEY, planned.error),
         f"{text.rounded(never.p10, RATIO, never.error)} if it never stops", None),
        ("Odds of a gain", f"{text.number(100 * planned.odds, 0)} in 100",
         f"{text.number(100 * never.odds, 0)} in 100 if it never stops", None),
    )  # fmt: skip
    with metric_grid():
        for label, value, beside, help_ in figures:
            metric_card(label, value, beside, help_)


def _best(found: Staged) -> None:
    """The best thresholds for an aim, and the way to take them over."""
    memory.show_kept(_AIM, AIMS[0].value)
    with st.container(border=True, gap="small"):
        st.selectbox(
            "Find the best thresholds for", [aim.value for aim in AIMS], key=_AIM,
            format_func=lambda name: AIM_LABELS[Aim(name)][0], on_change=memory.keep_entered, args=(_AIM,),
        )  # fmt: skip
        told = staged_in_words(found)[1 + len(found.gates) :]
        st.markdown("  \n".join(literal(sentence, 1000) for sentence in told))
        if gate_rows.does_as_well(found):
            st.caption("The thresholds in the gates do as well, as far as the draws can tell.")
        elif better := gate_rows.with_best(found):
            st.button("Use these thresholds", on_click=current.replace, args=(better,))


def _contract(found: Staged) -> None:
    contract = contract_of(found.scenario, found.planned.ends, found.draws, found.seed, date.today())
    text = found.scenario.format
    told = Decision("", clauses=stage_clauses(contract, text))
    fitting_table(decision_tables.clauses(told), "What would change our mind", (0, 1, 2, 4), (0, 2, 4))
    st.caption(
        f"As of {literal(text.day(contract.made_on))} for the plan with the hash {contract.hash}: one that "
        f"is changed afterwards has another. {literal(text.number(found.draws, 0))} draws, seed {found.seed}."
    )
