"""The Plan screen: what the plan returns against holding, how, and where each number comes from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.conservative_case import conservative_line
from dashboard.components.explanation import explanation
from dashboard.components.layout import chart_grid, metric_card, metric_grid
from dashboard.components.text import literal, metric_text
from dashboard.session import compute, current, trail
from dashboard.shell import company, notices
from model.metrics import HEADLINES, KEY_FIGURES, METRICS, OUTCOMES, RATIOS
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.telling.caveats import extrapolated_from, is_defensible
from model.telling.measurement import full_meaning, valued_at
from model.telling.one_line import what_decides
from report.charts.catalogue import charts_of
from report.charts.drawing.chart import PLAN
from report.words.evidence import caveat, evidence_in_short
from report.words.headline import headline
from report.words.narrative import answer, mean_in_words
from report.words.odds import NO_ODDS
from report.words.stamp import years
from report.words.values import BREAK_EVENS, beside_break_even

# Told by the sentence and by the first chart already.
_TOLD = {"programme_npv", "final_social_share"}
FURTHER = tuple(name for name in (*KEY_FIGURES, *RATIOS, *OUTCOMES) if name not in {*HEADLINES, *_TOLD})


def draw() -> None:
    """The screen."""
    material = compute.material(current.scenario())
    projection = material.projection
    told = answer(projection)
    # Close together, so that answer, figures and the first charts fit one screen.
    with st.container(gap="xxsmall"):
        company.line(projection)
        first = st.empty()
        first.markdown(f"# {literal(headline(projection), 500)}")
        if decides := what_decides(projection):
            st.markdown(f"**{literal(_if_so(projection, decides), 1000)}**")
        payback = st.empty()
        payback.markdown(literal(_if_so(projection, told.payback), 1000))
        st.markdown(
            literal(evidence_in_short(projection, material.bars), 1000),
            help=literal(caveat(projection, material.bars), 1000) or None,
        )
    notices.warnings(projection)
    worth = _metrics(projection, HEADLINES)["npv"]
    with st.container(gap="xxsmall"):
        _in_small(projection, told.programme)
        conservative_line(projection)
    with chart_grid():
        for chart in charts_of(PLAN):
            card(chart, material)
    notices.extrapolated(projection)
    _metrics(projection, FURTHER)
    _why_none(projection)
    # Late, as it takes longest: the numbers above stand already.
    _add_odds(projection, first, payback, worth)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        notices.footer(projection)
        if st.button("Where do these numbers come from?", icon=":material/account_tree:"):
            trail.start("npv")
            explanation()
    image_buttons()


def _in_small(projection: Projection, programme: str) -> None:
    """What the programme is worth by itself, and from when on the answer is extrapolated, in one line."""
    words = [f":material/school: {literal(programme, 500)}"] if programme else []
    if month := extrapolated_from(projection.lines):
        words.append(f":material/trending_up: Extrapolated from month {month} on.")
    if words:
        st.caption(" ".join(words))


def _if_so(projection: Projection, words: str) -> str:
    """A line of the answer, under its condition where the plan rests on a claim beyond its evidence."""
    if is_defensible(projection.scenario) or not words:
        return words
    return f"If that were so: {words[0].lower()}{words[1:]}"


def _add_odds(projection: Projection, first: DeltaGenerator, payback: DeltaGenerator, worth: DeltaGenerator) -> None:
    """Put the odds into headline and payback, the mean into the help of the present value."""

    def say(words: str) -> None:
        payback.markdown(literal(_if_so(projection, words), 1000))

    try:
        simulation = compute.odds(projection.scenario)
    except ScenarioError as error:
        say(f"{answer(projection).payback} The odds cannot be drawn: {error.faults[0]}")
        return
    first.markdown(f"# {literal(headline(projection, simulation), 500)}")
    told = answer(projection, simulation).payback
    uncertain = bool(projection.scenario.effective_ranges)
    say(told if uncertain else f"{told} {NO_ODDS}")
    if uncertain and simulation.metrics["npv"].any():
        _metric(projection, "npv", worth, f" {mean_in_words(simulation)}")


def _metrics(projection: Projection, names: Sequence[str]) -> dict[str, DeltaGenerator]:
    """The metrics side by side; returns each one's place, to be drawn again."""
    places = {}
    with metric_grid():
        for name in names:
            places[name] = st.empty()
            _metric(projection, name, places[name])
    return places


def _why_none(projection: Projection) -> None:
    """The reason for each dash."""
    missing = {name: why for name, why in projection.undefined.items() if name in {*HEADLINES, *FURTHER}}
    if missing:
        listed = "; ".join(f"{METRICS[name].label}: {why}" for name, why in missing.items())
        st.caption(literal(f"No value where a dash stands. {listed}.", 1500))


def _metric(projection: Projection, name: str, place: DeltaGenerator, further: str = "") -> None:
    item, reason = METRICS[name], projection.undefined.get(name)
    told = (
        full_meaning(name, projection.scenario)
        + (f" Undefined here: {reason}." if reason else "")
        + literal(further, 500)
    )
    if name == "npv":
        told += _after_effect(projection)
    metric_card(item.label, metric_text(projection, name), _beside(projection, name), told, place)


def _after_effect(projection: Projection) -> str:
    """What the net present value is with training's value after the horizon; empty where that is none."""
    if not projection.metrics["run_off_value"]:
        return ""
    return literal(f" With training's after-effect it is {metric_text(projection, 'npv_with_run_off')}.")


def _beside(projection: Projection, name: str) -> str:
    """What a metric is compared with, in a few words."""
    scenario = projection.scenario
    if name in projection.undefined:
        return f"not within {projection.months} months" if name == "payback_month" else "not defined here"
    if name in BREAK_EVENS:
        return beside_break_even(projection, name)
    comparisons = {
        "npv": valued_at(scenario),
        "payback_month": f"of {projection.months} months, not discounted"
        if projection.metrics[name]
        else "never out of pocket",
        "roi": f"0 % is break-even, over {years(scenario.horizon_years)}",
        "roi_on_outlay": f"on the {metric_text(projection, 'pv_outlay')} laid out",
        "peak_funding": "net of what it brings",
        "yearly_commitment": "before what it brings",
        "bcr": "1 is break-even",
        "programme_roi": "against the plan without it",
        "irr": f"a year; discount rate {scenario.stated('discount_rate')}",
        "final_competent_share": f"today {scenario.stated('competent_share_start')}",
    }
    return comparisons.get(name, f"against holding at {scenario.stated('social_share_start')}")
