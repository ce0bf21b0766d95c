"""The Optimise screen: the levers that serve an aim best, under limits, and goal seek."""

from __future__ import annotations

import streamlit as st

from dashboard import compute, frame, state
from dashboard.charts import image_buttons, optimum_card
from dashboard.text import literal
from dashboard.widgets import label
from model.appraisal import METRICS
from model.assumptions import ASSUMPTIONS
from model.optimise import Optimum
from model.output import seek_text, value_text
from model.scenario import Scenario
from model.search import AIM_LABELS, Aim, Limit, Limits
from model.seek import break_even
from model.validation import ScenarioError

_MIN_FIELD = 210
_MIN_HALF = 420


def draw() -> None:
    """The screen."""
    scenario = state.scenario()
    projection = compute.projection(scenario)
    st.markdown("# What is best?")
    st.caption(
        "Varies the target share, the years to reach it, training hours, partner and leadership seat; the beliefs "
        "stay as uncertain as they are."
    )
    frame.warnings(projection)
    _optimiser(scenario)
    st.markdown("## Goal seek")
    _goal_seek(scenario)
    frame.extrapolated(projection)
    frame.footer(projection)
    image_buttons()


@st.fragment
def _optimiser(scenario: Scenario) -> None:
    aim, limits = _asked(scenario)
    refused = False
    if st.button("Find the best plan", type="primary", icon=":material/search:"):
        refused = _search(scenario, aim, limits)
    optimum = state.optimum(scenario)
    if optimum is None and refused:
        return
    if optimum is None:
        st.info("No search has been run for this scenario yet. It takes some seconds and can be left at any time.")
        return
    _result(optimum, scenario)


def _asked(scenario: Scenario) -> tuple[Aim, Limits]:
    """Aim and limits; an empty field is no limit."""
    money = scenario.currency
    with st.container(border=True):
        aim = Aim(
            st.selectbox(
                "Aim", [aim.value for aim in Aim], format_func=lambda name: AIM_LABELS[Aim(name)][0], key="aim"
            )
        )
        with st.grid(4, min_column_width=_MIN_FIELD):
            new_money = _money(f"New money in all, at most ({money})", "limit new money")
            peak = _money(f"Mean peak funding, at most ({money})", "limit peak")
            lowest = _percent("Social share, at least (%)", "limit low share")
            highest = _percent("Social share, at most (%)", "limit high share")
            odds = _percent("Odds of a gain, at least (in 100)", "limit odds")
            target = _money(f"Mean net present value, at least ({money})", "limit npv", least=None)
    return aim, Limits(new_money, peak, lowest, highest, odds, target)


def _money(words: str, key: str, least: float | None = 0.0) -> float | None:
    return st.number_input(
        words, min_value=least, value=None, step=10_000.0, format="%.10g", key=key, placeholder="no limit"
    )


def _percent(words: str, key: str) -> float | None:
    entered = st.number_input(
        words, 0.0, 100.0, value=None, step=1.0, format="%.10g", key=key, placeholder="no limit"
    )
    return None if entered is None else round(entered / 100, 12)


def _search(scenario: Scenario, aim: Aim, limits: Limits) -> bool:
    """Search and keep what is found; whether it was refused, which is told."""
    refused = False
    bar = st.progress(0.0, text="Searching …")
    try:
        state.keep_optimum(scenario, compute.optimum(scenario, aim, limits, bar.progress))
    except ScenarioError as error:
        state.keep_optimum(scenario, None)
        refused = True
        st.error(
            "**No plan keeps these limits.**\n\n"
            + "\n".join(f"- {literal(fault.message, 500)}" for fault in error.faults),
            icon=":material/block:",
        )
    bar.empty()
    return refused


def _result(optimum: Optimum, scenario: Scenario) -> None:
    text, money = scenario.format, METRICS["npv"].unit
    gain = text.rounded(abs(optimum.gain), money)
    better = "better" if optimum.gain >= 0 else "worse"
    st.markdown(
        literal(
            f"On fresh draws the best plan found is {gain} {better} than the present one on average, and better in "
            f"{100 * optimum.odds:.0f} of 100 cases.",
            500,
        )
    )
    halves = st.grid(2, min_column_width=_MIN_HALF)
    with halves.cell():
        st.dataframe(_comparison(optimum, scenario), hide_index=True, height="content")
        for limit in optimum.limits:
            st.caption(literal(_limit_text(limit, scenario), 300))
        st.button("Use this plan", on_click=state.replace_scenario, args=(optimum.scenario,), type="primary")
    with halves.cell():
        optimum_card(optimum, scenario)
        frame.extrapolated(compute.projection(optimum.scenario))


def _comparison(optimum: Optimum, scenario: Scenario) -> dict[str, list[str]]:
    """Levers and figures of the optimum beside the present plan's."""
    text, money = scenario.format, METRICS["npv"].unit
    names = ("training_programme", *optimum.levers)
    best, now = optimum.standing, optimum.present
    return {
        "": [
            *(label(ASSUMPTIONS[name], scenario) for name in names),
            "Mean net present value", "Its P10", "Odds of a gain", "Social spend and programme",
            "Mean peak funding",
        ],
        "Best": [
            *(value_text(optimum.scenario, name) for name in names),
            *(text.rounded(value, money) for value in (best.expected_npv, best.p10_npv)),
            f"{100 * best.odds_of_gain:.0f} in 100",
            *(text.rounded(value, money) for value in (best.spend, best.peak_funding)),
        ],
        "Present": [
            *(value_text(scenario, name) for name in names),
            *(text.rounded(value, money) for value in (now.expected_npv, now.p10_npv)),
            f"{100 * now.odds_of_gain:.0f} in 100",
            *(text.rounded(value, money) for value in (now.spend, now.peak_funding)),
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
    metrics = [name for name, item in METRICS.items() if item.headline]
    with st.grid(3, min_column_width=_MIN_FIELD):
        vary = st.selectbox(
            "Vary", numeric, index=numeric.index("causal_share"), key="vary",
            format_func=lambda name: ASSUMPTIONS[name].label,
        )  # fmt: skip
        metric = st.selectbox("Metric", metrics, key="metric", format_func=lambda name: METRICS[name].label)
        unit = METRICS[metric].unit
        words = unit.words(scenario.currency)
        target = st.number_input(f"Target ({words})" if words else "Target", value=0.0, format="%.10g", key="target")
    if st.button("Seek", icon=":material/target:"):
        found = break_even(scenario, vary, metric, target / unit.scale)
        st.success(literal(seek_text(scenario, vary, metric, target / unit.scale, found), 300))
