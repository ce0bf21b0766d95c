"""The Optimise screen: the levers that serve an aim best, under limits, and goal seek."""

from __future__ import annotations

import streamlit as st

from dashboard.components.chart_cards import image_buttons
from dashboard.components.layout import heading
from dashboard.components.text import literal
from dashboard.components.widgets import is_refused, number_input
from dashboard.screens.optimise import goal_seek, result
from dashboard.screens.optimise.result import Searched
from dashboard.session import compute, current
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS
from model.choice.aims import AIM_LABELS, AIM_MEANINGS, LIMITS, Aim, Limits
from model.reading.faults import Fault, ScenarioError
from model.reading.number_rules import NumberRule, rule_of
from model.scenario import Scenario
from model.telling.best_plan import looked_at
from model.telling.caveats import not_converted_in_choice
from model.units import MONEY, SHARE

_MIN_FIELD = 210
_KEYS = ("new money", "peak", "low share", "high share", "odds", "npv")
_AMOUNT, _ODDS = NumberRule(MONEY, low=0, example=100_000), NumberRule(SHARE, 0, 1, 0.5)
_SHARE = rule_of(ASSUMPTIONS["social_share_target"])


def draw() -> None:
    """The screen."""
    scenario = current.scenario()
    projection = compute.projection(scenario)
    heading(result.heading(scenario), looked_at(scenario))
    notices.warnings(projection)
    if told := not_converted_in_choice(scenario):
        st.warning(literal(told, 2000), icon=":material/warning:")
    _optimiser(scenario)
    st.markdown("## Goal seek")
    goal_seek.draw(scenario)
    notices.extrapolated(projection)
    notices.footer(projection)
    image_buttons()


@st.fragment
def _optimiser(scenario: Scenario) -> None:
    aim, limits = _asked(scenario)
    refused = any(is_refused(f"limit {key}") for key in _KEYS)
    if st.button("Find the best plan", icon=":material/search:", disabled=refused,
                 help="A limit is refused: mend it or empty its field" if refused else None):  # fmt: skip
        _search(scenario, aim, limits)
        # The whole screen: its heading is the answer.
        st.rerun()
    searched = result.of(scenario)
    if searched is None:
        st.info("No search has been run for this scenario yet. It takes some seconds and can be left at any time.")
        return
    result.draw(searched, aim, limits)


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
                help="\n".join(f"- **{AIM_LABELS[aim][0]}**: {AIM_MEANINGS[aim]}" for aim in Aim),
            )
        )
        with st.grid(4, min_column_width=_MIN_FIELD):
            new_money = _limit(f"New money in all, at most ({money})", "new money", "new_money", _AMOUNT)
            peak = _limit(f"Mean peak funding, at most ({money})", "peak", "peak_funding", _AMOUNT)
            lowest = _limit("Social share, at least (%)", "low share", "lowest_share", _SHARE)
            highest = _limit("Social share, at most (%)", "high share", "highest_share", _SHARE)
            odds = _limit("Odds of a gain, at least (%)", "odds", "least_odds", _ODDS)
            target = _limit(f"Mean net present value, at least ({money})", "npv", "target_npv", NumberRule(MONEY))
    return aim, Limits(new_money, peak, lowest, highest, odds, target)


def _limit(words: str, key: str, name: str, rule: NumberRule) -> float | None:
    """A field for a limit; None where it is empty."""
    text, meaning = current.scenario().format, LIMITS[name].meaning
    return number_input(words, f"limit {key}", rule, text, usual=None, placeholder="no limit", help=meaning)


def _search(scenario: Scenario, aim: Aim, limits: Limits) -> None:
    """Search, and keep what is found or why nothing is."""
    bar = st.progress(0.0, text="Searching …")

    def told(part: float) -> None:
        bar.progress(part, text="Searching …")

    try:
        found = Searched(scenario, aim, limits, compute.optimum(scenario, aim, limits, told))
    except ScenarioError as error:
        found = Searched(scenario, aim, limits, None, tuple(map(_told, error.faults)))
    result.keep(found)


def _told(fault: Fault) -> str:
    """A fault under the label of the limit it is about."""
    return f"{LIMITS[fault.key].label}: {fault.message}" if fault.key in LIMITS else fault.message
