"""The Risk screen: how sure the result is, what matters, what must be true, what is worth finding out."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.layout import chart_grid, metric_card, metric_grid, odds_refused
from dashboard.components.text import literal
from dashboard.components.widgets import seed_in_force, seed_input
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.metrics import METRICS
from model.reading.faults import ScenarioError
from model.telling.tables import WITHIN
from model.uncertainty.sampling import DEFAULT_DRAWS
from model.uncertainty.simulation import Simulation
from model.units import RATIO, Format
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import RISK
from report.words.narrative import odds_in_words, worth_finding_out
from report.words.odds import below

_COUNT, _SEED = "draws", "seed"
_DECISION = (
    "What knowing is worth is of one decision here: the plan or holding. Decide tells it of more options: half "
    "of the way too, each with and without training and a partner."
)


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    heading = st.empty()
    heading.markdown("# How sure is it?")
    notices.warnings(projection)
    try:
        simulation = _simulated(memory.kept(_COUNT, DEFAULT_DRAWS), seed_in_force(_SEED))
    except ScenarioError as error:
        odds_refused(error)
        notices.footer(projection)
        return
    if not simulation.metrics["npv"].any():
        heading.markdown("# Nothing is at stake: the plan changes nothing")
        notices.footer(projection)
        return
    heading.markdown(f"# {literal(odds_in_words(simulation).removesuffix('.'), 500)}")
    st.caption("What is uncertain is drawn from its ranges, many times over; the charts say what to settle first.")
    material = compute.material(scenario, simulation)
    st.markdown(literal(worth_finding_out(simulation, material.found), 1000))
    st.caption(_DECISION)
    _metrics(simulation)
    with chart_grid():
        for chart in charts_of(RISK):
            card(chart, material)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_drawn_how(simulation))
        _settings(scenario.format)
    notices.extrapolated(projection)
    notices.footer(projection)
    image_buttons()


def _drawn_how(simulation: Simulation) -> str:
    scenario = simulation.scenario
    return (
        f"{scenario.format.number(simulation.draws, 0)} draws of {len(scenario.effective_ranges)} uncertain inputs "
        f"(scrambled Sobol points, seed {simulation.seed}). The same seed gives the same result to the last digit; "
        "all scenarios share the draws."
    )


def _settings(text: Format) -> None:
    with st.popover("Draws", icon=":material/casino:", help="How many cases are drawn, and from which seed"):
        memory.show_kept(_COUNT, DEFAULT_DRAWS)
        st.segmented_control(
            "Draws", compute.DRAWS, required=True, key=_COUNT, format_func=lambda count: text.number(count, 0),
            on_change=memory.keep_entered, args=(_COUNT,),
        )  # fmt: skip
        seed_input("Seed", _SEED, text)


def _simulated(count: int, seed: int) -> Simulation:
    """The simulation, with a sign of it while a new one runs. Raises ScenarioError where it cannot be drawn."""
    with st.spinner("Drawing cases …", show_time=True):
        return compute.simulation(current.scenario(), count, seed)


def _metrics(simulation: Simulation) -> None:
    text, unit = simulation.scenario.format, METRICS["npv"].unit
    spread = simulation.spread("npv")
    months = 12 * simulation.scenario.horizon_years
    mean, low, high = spread.average, spread.percentile(10), spread.percentile(90)
    assert mean is not None
    assert low is not None
    assert high is not None
    # In the unit of the mean that they stand below: the card is narrow.
    p10, p90 = (text.rounded(one.value, RATIO, one.error) for one in (low, high))
    worst, error = simulation.expected_shortfall, simulation.shortfall_error
    ends = ", ".join(f"{name} {text.within(one.error, unit)}" for name, one in ((below(10), low), (below(90), high)))
    figures = (
        ("Odds of a gain", f"{100 * simulation.odds_of_gain:.0f} in 100", "net present value above zero", None),
        ("Mean net present value", text.rounded(mean.value, unit, mean.error), f"8 in 10: {p10} to {p90}",
         f"Mean {text.within(mean.error, unit)}, {ends}. {WITHIN}"),
        ("Worst tenth of cases", text.rounded(worst, unit, error), "their mean",
         f"Called the expected shortfall; {text.within(error, unit)}. {WITHIN}"),
        ("Paid back in time", f"{100 * simulation.odds_of_payback(months):.0f} in 100", f"within {months} months",
         None),
    )  # fmt: skip
    with metric_grid():
        for label, value, beside, help_ in figures:
            metric_card(label, value, beside, help_ and literal(help_, 500))
