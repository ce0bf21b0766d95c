"""The Plan screen: what the plan returns against holding, how, and where each number comes from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import compute, frame, state
from dashboard.charts import card, image_buttons
from dashboard.explanation import explanation
from dashboard.text import literal
from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.projection import Projection
from model.scenario import Scenario
from model.units import MONTH, Unit
from model.validation import ScenarioError
from report.charts import CHARTS
from report.footer import years
from report.narrative import Answer, answer, bad_case, odds_in_100, with_odds

HEADLINES = ("npv", "roi", "payback_month", "break_even_causal_share")
FURTHER = (
    "bcr",
    "peak_funding",
    "programme_roi",
    "programme_break_even_causal_share",
    "irr",
    "total_extra_social_spend",
    "total_programme_cost",
    "final_competent_share",
)
_MIN_CARD = 430
_MIN_METRIC = 190


def draw() -> None:
    """The screen."""
    scenario = state.scenario()
    projection = compute.projection(scenario)
    told = answer(projection)
    sentence, detail = st.empty(), st.empty()
    sentence.markdown(f"# {literal(told.sentence, 1000)}")
    detail.markdown(literal(told.detail, 1000))
    st.caption(literal(told.caveat, 1000))
    frame.warnings(projection)
    worth = _metrics(projection, HEADLINES)
    with st.grid(2, min_column_width=_MIN_CARD):
        for name in CHARTS:
            card(name, scenario)
    frame.extrapolated(projection)
    _metrics(projection, FURTHER)
    # Late, as it takes longest: the numbers above stand already.
    _add_odds(projection, told, sentence, detail, worth["npv"])
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        frame.footer(projection)
        if st.button("Where do these numbers come from?", icon=":material/account_tree:"):
            state.start_trail("npv")
            explanation()
    image_buttons()


def _add_odds(
    projection: Projection, told: Answer, sentence: DeltaGenerator, detail: DeltaGenerator, worth: DeltaGenerator
) -> None:
    """Put the odds at the end of the sentence, before the detail and beside the net present value."""
    try:
        simulation = compute.simulation(projection.scenario)
    except ScenarioError as error:
        detail.markdown(literal(f"{told.detail} The odds cannot be drawn: {error.faults[0]}", 1000))
        return
    bad = bad_case(simulation)
    if bad:
        sentence.markdown(f"# {literal(with_odds(told.sentence, simulation), 1000)}")
        detail.markdown(literal(f"{bad} {told.detail}", 1000))
    if bad and projection.scenario.effective_ranges:
        _metric(projection, "npv", worth, beside=f"{odds_in_100(simulation.odds_of_gain)} of a gain")


def _metrics(projection: Projection, names: Sequence[str]) -> dict[str, DeltaGenerator]:
    """The metrics side by side; returns each one's place, to be drawn again."""
    places = {}
    with st.grid(4, min_column_width=_MIN_METRIC):
        for name in names:
            places[name] = st.empty()
            _metric(projection, name, places[name], _beside(projection, name))
    return places


def _metric(projection: Projection, name: str, place: DeltaGenerator, beside: str) -> None:
    item, value = METRICS[name], projection.metrics[name]
    reason = projection.undefined.get(name)
    place.metric(
        item.label,
        "–" if value is None else literal(_shown(projection.scenario, value, item.unit)),
        delta=literal(beside),
        delta_color="off",
        delta_arrow="off",
        help=item.meaning + (f" Undefined here: {reason}." if reason else ""),
        border=True,
    )


def _shown(scenario: Scenario, value: float, unit: Unit) -> str:
    if unit is MONTH:
        return f"month {value:.0f}" if value else "from the start"
    return scenario.format.rounded(value, unit)


def _beside(projection: Projection, name: str) -> str:
    """What a metric is compared with, in a few words."""
    scenario = projection.scenario

    def assumed(assumption: str) -> str:
        return scenario.format.plain(scenario.values[assumption], ASSUMPTIONS[assumption].unit)

    if name in projection.undefined:
        return f"not within {projection.months} months" if name == "payback_month" else "not defined here"
    evidence = ASSUMPTIONS["causal_share"].range
    comparisons = {
        "payback_month": f"of {projection.months} months" if projection.metrics[name] else "never out of pocket",
        "break_even_causal_share": f"of {assumed('headline_uplift')}; assumed {assumed('causal_share')}",
        "programme_break_even_causal_share": f"assumed {assumed('causal_share')}",
        "roi": f"0 % is break-even, over {years(scenario.horizon_years)}",
        "bcr": "1 is break-even",
        "programme_roi": "against the plan without it",
        "irr": f"a year; discount rate {assumed('discount_rate')}",
        "final_competent_share": f"today {assumed('competent_share_start')}",
    }
    assert evidence is not None
    return comparisons.get(name, f"against holding at {assumed('social_share_start')}")
