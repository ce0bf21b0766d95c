"""What remains of the plan in the conservative case: the switch, the metrics side by side, what moved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.layout import metric_grid
from dashboard.components.text import literal, metric_text
from dashboard.session import compute
from model.metrics import METRICS
from model.projection import Projection
from model.scenario import Scenario
from model.uncertainty.conservative_case import Remains
from report.tables.evidence_tables import moves
from report.words.conservative_case import CONSERVATIVE, MEANING, REMAINING, what_remains


def conservative_switch(scenario: Scenario) -> None:
    """The switch; once on, what remains of the case beside the plan."""
    on = st.toggle(f"{CONSERVATIVE}: what remains of this plan?", key="conservative", help=MEANING,
                   persist_state="session")  # fmt: skip
    if on:
        with st.container(border=True, gap="small"):
            _remaining(compute.material(scenario).remains)


def conservative_line(projection: Projection) -> None:
    """The conservative case in one line; none where there is nothing to decide."""
    if any(projection.bridge.values()):
        st.caption(f":material/shield: {literal(what_remains(compute.material(projection.scenario).remains), 500)}")


def _remaining(found: Remains) -> None:
    st.markdown(f"**{literal(what_remains(found), 500)}**")
    st.caption(MEANING)
    with metric_grid(3):
        for name in REMAINING:
            st.metric(
                METRICS[name].label,
                literal(metric_text(found.careful, name)),
                delta=literal(f"plan: {metric_text(found.plan, name)}"),
                delta_color="off",
                delta_arrow="off",
                help=METRICS[name].meaning + _why_none(found, name),
            )
    if found.moves:
        table = moves(found)
        st.table(
            columns(table.headings, [[cell.text for cell in row] for row in table.rows]),
            border="horizontal",
            alt="The beliefs that move in the conservative case",
        )


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Rows of words as a table of columns, nothing in them read as Markdown."""
    return {heading: [literal(row[place], 1000) for row in rows] for place, heading in enumerate(headings)}


def _why_none(found: Remains, name: str) -> str:
    """Why either of the two has no value, for the help mark; empty where both have one."""
    reasons = {"Plan": found.plan.undefined.get(name), CONSERVATIVE: found.careful.undefined.get(name)}
    return "".join(f" {which}: no value, {reason}." for which, reason in reasons.items() if reason)
