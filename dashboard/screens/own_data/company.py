"""What the file says of the company itself: its own figures beside the scenario's, and the way to take them over."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current, messages
from model.history.checks import Trust
from model.history.figures import OwnFigure, with_figures
from model.history.own_data import OwnData
from model.scenario import Scenario
from report.tables.own_data_tables import figure_rows


def draw(own: OwnData, scenario: Scenario) -> None:
    """The table of figures, and below it the button for those that a scenario has a place for."""
    st.markdown("## What the file says of the company")
    # All are of the same last year.
    st.caption(literal(f"Of {own.figures[0].period}.", 200))
    rows = [tuple(literal(cell, 300) for cell in row) for row in figure_rows(own.figures, scenario)]
    headings = ["Figure", "Own", "Scenario", "How it was computed"]
    st.table(
        pd.DataFrame(rows, columns=headings), hide_index=True, border="horizontal", alt="The company's own figures"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if own.gate.trust is not Trust.NO and any(figure.is_assumption for figure in own.figures):
            same = with_figures(scenario, own.figures)[0] == scenario
            st.button("Take over these figures", icon=":material/move_to_inbox:", on_click=_take_over,
                      args=(own.figures,), disabled=same)  # fmt: skip
        st.caption(
            "Only if the file is of the whole company: shares of a shop or a country are not those of the whole.",
            width="content",
        )


def _take_over(figures: tuple[OwnFigure, ...]) -> None:
    """Put the figures into the scenario, and tell which cannot be."""
    changed, told = with_figures(current.scenario(), figures)
    current.replace(changed)
    if told:
        messages.refuse_for("Not all figures are taken over; the others are", told)
