"""The Risk screen: how sure the result is, what matters, what must be true, what is worth finding out."""

from __future__ import annotations

import streamlit as st

from dashboard import compute, frame, state
from dashboard.charts import image_buttons, risk_card
from dashboard.text import literal
from model.appraisal import METRICS
from model.sampling import DEFAULT_DRAWS, DEFAULT_SEED, MAX_SEED
from model.uncertainty import Simulation
from model.validation import ScenarioError
from report.narrative import odds_in_words, worth_finding_out
from report.risk_charts import RISK_CHARTS

DRAWS = (2_048, DEFAULT_DRAWS, 65_536)
_MIN_CARD = 430
_MIN_METRIC = 190


def draw() -> None:
    """The screen."""
    scenario = state.scenario()
    projection = compute.projection(scenario)
    heading = st.empty()
    heading.markdown("# How sure is it?")
    frame.warnings(projection)
    count, seed = _settings()
    try:
        simulation = _simulated(count, seed)
    except ScenarioError as error:
        st.error(literal(f"The odds cannot be drawn. {error}", 2000), icon=":material/block:")
        return
    if not simulation.metrics["npv"].any():
        heading.markdown("# Nothing is at stake: the plan changes nothing.")
        frame.footer(projection)
        return
    heading.markdown(f"# {literal(odds_in_words(simulation), 500)}")
    st.markdown(literal(worth_finding_out(simulation), 1000))
    _metrics(simulation)
    with st.grid(2, min_column_width=_MIN_CARD):
        for name in RISK_CHARTS:
            risk_card(name, simulation)
    st.caption(
        f"{simulation.draws:,} draws of {len(scenario.effective_ranges)} uncertain inputs (scrambled Sobol points, "
        f"seed {simulation.seed}). The same seed gives the same result to the last digit; all scenarios share the "
        "draws."
    )
    frame.extrapolated(projection)
    frame.footer(projection)
    image_buttons()


def _settings() -> tuple[int, int]:
    with st.popover("Draws", icon=":material/casino:", help="How many cases are drawn, and from which seed"):
        count = st.segmented_control(
            "Draws", DRAWS, default=DEFAULT_DRAWS, required=True, key="draws", format_func=lambda n: f"{n:,}"
        )
        seed = st.number_input("Seed", 0, MAX_SEED, DEFAULT_SEED, step=1, key="seed")
    return int(count or DEFAULT_DRAWS), int(seed)


def _simulated(count: int, seed: int) -> Simulation:
    """The simulation, with a bar while a new one runs; leaving the screen stops it."""
    with st.spinner("Drawing cases …", show_time=True):
        return compute.simulation(state.scenario(), count, seed)


def _metrics(simulation: Simulation) -> None:
    text, unit = simulation.scenario.format, METRICS["npv"].unit
    spread = simulation.spread("npv")
    months = 12 * simulation.scenario.horizon_years
    assert spread.mean is not None
    assert spread.percentiles is not None
    p10, p90 = (text.rounded(spread.percentiles[place], unit) for place in (1, 5))
    figures = (
        ("Odds of a gain", f"{100 * simulation.odds_of_gain:.0f} in 100", "net present value above zero"),
        ("Mean net present value", text.rounded(spread.mean, unit), f"P10 {p10}, P90 {p90}"),
        ("Expected shortfall", text.rounded(simulation.expected_shortfall, unit), "mean of the worst tenth"),
        ("Paid back in time", f"{100 * simulation.odds_of_payback(months):.0f} in 100", f"within {months} months"),
    )
    with st.grid(4, min_column_width=_MIN_METRIC):
        for label, value, beside in figures:
            st.metric(
                label, literal(value), delta=literal(beside), delta_color="off", delta_arrow="off", border=True
            )
