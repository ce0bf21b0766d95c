"""Goal seek: the value of one assumption at which a metric meets a target."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.components.widgets import help_text, number_input
from dashboard.session import fields
from model.assumptions import ASSUMPTIONS, RETURN_BELIEFS
from model.choice.goal_seek import break_even
from model.command_line.output import seek_in_words
from model.metrics import LISTED, METRICS
from model.operation.log import timed
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule
from model.scenario import Scenario

_FIELD = 210


@st.fragment
def draw(scenario: Scenario) -> None:
    """The question and, once asked, its answer."""
    st.caption("The value of one assumption at which a metric meets a target, everything else as it is.")
    numeric = [name for name, item in ASSUMPTIONS.items() if item.numeric]
    # The question that decides a plan.
    decides = RETURN_BELIEFS[str(scenario.values["social_return_basis"])][0]
    metrics = list(LISTED)
    with st.grid(3, min_column_width=_FIELD):
        vary = st.selectbox(
            "Vary", numeric, index=numeric.index(decides), key="vary", persist_state="session",
            format_func=lambda name: ASSUMPTIONS[name].label,
            help=help_text(ASSUMPTIONS[fields.entered("vary") or decides], scenario.format),
        )  # fmt: skip
        metric = st.selectbox(
            "Metric", metrics, key="metric", persist_state="session", format_func=lambda name: METRICS[name].label,
            help=scenario.format.localised(METRICS[fields.entered("metric") or metrics[0]].meaning),
        )  # fmt: skip
        unit = METRICS[metric].unit
        # A target of its own for each metric: no sum of money is meant as a share.
        target = number_input(
            unit.beside("Target", scenario.currency),
            f"target {metric}",
            NumberRule(unit),
            scenario.format,
            usual=0.0,
            help="What the metric is to be.",
        )
    if st.button("Seek", icon=":material/target:"):
        _seek(scenario, vary, metric, target)


def _seek(scenario: Scenario, vary: str, metric: str, target: float) -> None:
    try:
        with timed("goal seek", scenario.hash):
            found = break_even(scenario, vary, metric, target)
    except ScenarioError as error:
        st.error(literal(f"{ASSUMPTIONS[vary].label} cannot be varied here. {error}", 1000), icon=":material/block:")
        return
    told = literal(seek_in_words(scenario, vary, metric, target, found), 300)
    if found:
        st.success(told)
    else:
        st.info(told)
