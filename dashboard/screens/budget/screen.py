"""The Budget screen: what is to be paid in each fiscal year, whom it employs, what it changes in profit and cash."""

from __future__ import annotations

import streamlit as st

from dashboard.components.browser import Room, room
from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.layout import heading
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.session import compute, current
from dashboard.shell import notices
from model.telling.budget.statement import Statement
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import BUDGET
from report.material import Material
from report.tables.budget_tables import joinings, message, statement_tables

# Pixels that the page has beside the labels of a table.
_BESIDE_LABELS = {Room.NARROW: 220, Room.MEDIUM: 330, Room.WIDE: 620}
_QUESTION = (
    "What finance asks for: the budget by fiscal year and kind of cost, against holding and the year before, the "
    "people it employs, and what it changes in profit and cash."
)


def draw() -> None:
    """The screen."""
    material = compute.material(current.scenario())
    budget = material.budget
    heading(message(budget.plan, material), _QUESTION)
    notices.warnings(material.projection)
    for chart in charts_of(BUDGET):
        card(chart, material)
    tabs = st.tabs(["The plan", "Against holding", "Against the year before", "People", "Profit and cash"])
    for tab, statement in zip(tabs, budget.statements, strict=True):
        with tab:
            _statement(statement, material)
    notices.footer(material.projection)
    image_buttons()


def _statement(statement: Statement, material: Material) -> None:
    """A statement with what it comes to; for people the months in which they come."""
    # The plan's is the screen's heading.
    if statement is not material.budget.plan:
        st.markdown(f"**{literal(message(statement, material), 500)}**")
    people = material.budget.headcount
    if statement is people.statement:
        st.markdown(literal(joinings(people, material.scenario.format), 1000))
    for table in statement_tables(statement, material, _BESIDE_LABELS[room()]):
        static_table(table, statement.title)
