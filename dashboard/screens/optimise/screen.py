"""The Optimise screen: the levers that serve an aim best, under limits, and goal seek."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.layout import chart_grid, toolbar_room
from dashboard.components.text import literal
from dashboard.components.widgets import label, number_input
from dashboard.session import compute, current, memory
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS, RETURN_BELIEFS
from model.choice.goal_seek import break_even
from model.choice.optimise import Optimum
from model.choice.search import AIM_LABELS, LIMITS, Aim, Limit, Limits, Standing
from model.command_line.output import seek_in_words
from model.metrics import LISTED, METRICS
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.telling.rests_on import rests_on
from model.units import MONEY, RATIO, SHARE
from report.charts.decisions import MAP, Best

_MIN_FIELD = 210
# The scenario last searched for and what was found.
_FOUND = "optimum"
_AMOUNT, _PART = NumberRule(MONEY, low=0, example=100_000), NumberRule(SHARE, 0, 1, 0.5)


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    st.markdown("# What is best?")
    st.caption(
        "Varies the target share, the years to reach it, training hours, partner and leadership seat; the beliefs "
        "stay as uncertain as they are."
    )
    notices.warnings(projection)
    _optimiser(scenario)
    st.markdown("## Goal seek")
    _goal_seek(scenario)
    notices.extrapolated(projection)
    notices.footer(projection)
    image_buttons()


@st.fragment
def _optimiser(scenario: Scenario) -> None:
    aim, limits = _asked(scenario)
    refused = False
    if st.button("Find the best plan", icon=":material/search:"):
        refused = _search(scenario, aim, limits)
    optimum = _found(scenario)
    if optimum is None and refused:
        return
    if optimum is None:
        st.info("No search has been run for this scenario yet. It takes some seconds and can be left at any time.")
        return
    _result(optimum, scenario)


def _found(scenario: Scenario) -> Optimum | None:
    """What the last search found, if it was for this scenario."""
    searched, found = memory.kept(_FOUND, (None, None))
    return found if searched == scenario else None


def _asked(scenario: Scenario) -> tuple[Aim, Limits]:
    """Aim and limits; an empty field is no limit."""
    money = scenario.currency
    with st.container(border=True):
        aim = Aim(
            st.selectbox(
                "Aim",
                [aim.value for aim in Aim],
                format_func=lambda name: AIM_LABELS[Aim(name)][0],
                key="aim",
                persist_state="session",
            )
        )
        with st.grid(4, min_column_width=_MIN_FIELD):
            new_money = _limit(f"New money in all, at most ({money})", "limit new money", _AMOUNT)
            peak = _limit(f"Mean peak funding, at most ({money})", "limit peak", _AMOUNT)
            lowest = _limit("Social share, at least (%)", "limit low share", _PART)
            highest = _limit("Social share, at most (%)", "limit high share", _PART)
            odds = _limit("Odds of a gain, at least (in 100)", "limit odds", _PART)
            target = _limit(f"Mean net present value, at least ({money})", "limit npv", NumberRule(MONEY))
    return aim, Limits(new_money, peak, lowest, highest, odds, target)


def _limit(words: str, key: str, rule: NumberRule) -> float | None:
    """A field for a limit; None where it is empty."""
    return number_input(words, key, rule, current.scenario().format, usual=None, placeholder="no limit")


def _search(scenario: Scenario, aim: Aim, limits: Limits) -> bool:
    """Search and keep what is found; whether it was refused, which is told."""
    refused = False
    bar = st.progress(0.0, text="Searching …")

    def told(part: float) -> None:
        bar.progress(part)

    try:
        memory.keep(_FOUND, (scenario, compute.optimum(scenario, aim, limits, told)))
    except ScenarioError as error:
        memory.keep(_FOUND, (scenario, None))
        refused = True
        st.error(
            "**No plan keeps these limits.**\n\n"
            + "\n".join(f"- {literal(_told(fault), 500)}" for fault in error.faults),
            icon=":material/block:",
        )
    bar.empty()
    return refused


def _told(fault: Fault) -> str:
    """A fault under the label of the limit it is about."""
    return f"{LIMITS[fault.key][0]}: {fault.message}" if fault.key in LIMITS else fault.message


def _result(optimum: Optimum, scenario: Scenario) -> None:
    text, money = scenario.format, METRICS["npv"].unit
    gain = f"{text.rounded(abs(optimum.gain), money, optimum.gain_error)} {text.within(optimum.gain_error, money)}"
    better = "better" if optimum.gain >= 0 else "worse"
    st.markdown(
        literal(
            f"On fresh draws the best plan found is {gain} {better} than the present one on average, and better in "
            f"{100 * optimum.odds:.0f} of 100 cases.",
            500,
        )
    )
    for sentence in rests_on(optimum):
        st.info(literal(sentence, 500), icon=":material/balance:")
    halves = chart_grid()
    with halves.cell():
        figures = st.column_config.TextColumn(alignment="right")
        toolbar_room()
        st.dataframe(
            _comparison(optimum, scenario),
            hide_index=True,
            height="content",
            column_config={"Best": figures, "Present": figures},
        )
        for limit in optimum.limits:
            st.caption(literal(_limit_text(limit, scenario), 300))
        if st.button("Use this plan"):
            current.replace(optimum.scenario)
            # The whole screen, not only this fragment.
            st.rerun()
    with halves.cell():
        best = compute.projection(optimum.scenario)
        card(MAP, Best(optimum, best, scenario))
        notices.extrapolated(best)


def _comparison(optimum: Optimum, scenario: Scenario) -> dict[str, list[str]]:
    """Levers and figures of the optimum beside the present plan's."""
    text, money = scenario.format, METRICS["npv"].unit
    names = ("training_programme", *optimum.levers)
    best, now = optimum.standing, optimum.present

    def amounts(standing: Standing, *which: str) -> list[str]:
        values = ((getattr(standing, name), standing.errors[name]) for name in which)
        return [f"{text.rounded(value, money, error)} {text.within(error, RATIO)}" for value, error in values]

    return {
        "": [
            *(label(ASSUMPTIONS[name], scenario) for name in names),
            "Mean net present value", "10 % of cases end below", "Odds of a gain", "Social spend and programme",
            "Mean peak funding",
        ],
        "Best": [
            *(optimum.scenario.stated(name) for name in names),
            *amounts(best, "expected_npv", "p10_npv"),
            f"{100 * best.odds_of_gain:.0f} in 100",
            *amounts(best, "spend", "peak_funding"),
        ],
        "Present": [
            *(scenario.stated(name) for name in names),
            *amounts(now, "expected_npv", "p10_npv"),
            f"{100 * now.odds_of_gain:.0f} in 100",
            *amounts(now, "spend", "peak_funding"),
        ],
    }  # fmt: skip


def _limit_text(limit: Limit, scenario: Scenario) -> str:
    text = scenario.format
    allowed, used = text.rounded(limit.allowed, limit.unit), text.rounded(limit.used, limit.unit)
    unspent = f", {text.rounded(limit.unspent, limit.unit)} unspent" if limit.unspent else ""
    return f"{limit.label}: {allowed} allowed, {used} used{unspent}{'; binding' if limit.binding else ''}."


@st.fragment
def _goal_seek(scenario: Scenario) -> None:
    st.caption("The value of one assumption at which a metric meets a target, everything else as it is.")
    numeric = [name for name, item in ASSUMPTIONS.items() if item.numeric]
    # The question that decides a plan.
    decides = RETURN_BELIEFS[str(scenario.values["social_return_basis"])][0]
    metrics = list(LISTED)
    with st.grid(3, min_column_width=_MIN_FIELD):
        vary = st.selectbox(
            "Vary", numeric, index=numeric.index(decides), key="vary", persist_state="session",
            format_func=lambda name: ASSUMPTIONS[name].label,
        )  # fmt: skip
        metric = st.selectbox(
            "Metric", metrics, key="metric", persist_state="session", format_func=lambda name: METRICS[name].label
        )
        unit = METRICS[metric].unit
        # A target of its own for each metric: no sum of money is meant as a share.
        target = number_input(
            unit.beside("Target", scenario.currency),
            f"target {metric}",
            NumberRule(unit),
            scenario.format,
            usual=0.0,
        )
    if st.button("Seek", icon=":material/target:"):
        _seek(scenario, vary, metric, target)


def _seek(scenario: Scenario, vary: str, metric: str, target: float) -> None:
    try:
        found = break_even(scenario, vary, metric, target)
    except ScenarioError as error:
        st.error(literal(f"{ASSUMPTIONS[vary].label} cannot be varied here. {error}", 1000), icon=":material/block:")
        return
    told = literal(seek_in_words(scenario, vary, metric, target, found), 300)
    if found:
        st.success(told)
    else:
        st.info(told)
