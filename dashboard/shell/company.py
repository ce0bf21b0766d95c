"""My company: the few figures that turn the demonstration firm's plan into one's own, on one page."""

from __future__ import annotations

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current, edits, fields, messages
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS
from model.company import FIGURES, is_demonstration, left_at_default, with_company
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule, rule_of
from model.scenario import Scenario
from model.units import MONEY, Format, currencies
from report.words.headline import whose_plan

_CURRENCY, _REVENUE, _MARKETING = "company:currency", "company:revenue is", "company:marketing is"
_PER_PERSON, _IN_ALL = "a person", "in all"
_SHARE, _AMOUNT = "% of revenue", "amount"
_STAYS = "The company stays as it was"
# Of two fields whose words are not cut, in pixels.
_FIELD = 250
_LABELS = {
    "employees": "People in the company",
    "revenue_per_employee": "Revenue a year",
    "marketing_share_of_revenue": "Marketing budget a year",
    "social_share_start": "Of it social media, today (%)",
    "team_start": "People in the social team",
    "annual_pay": "Gross pay of one of them a year",
    "contribution_margin": "Contribution margin on extra revenue (%)",
}


def line(projection: Projection) -> None:
    """Whose plan it is, in one line; for the demonstration firm with the offer to make it one's own."""
    scenario = projection.scenario
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if not is_demonstration(scenario):
            st.caption(literal(whose_plan(projection), 500))
            return
        st.caption(literal(f"Demonstration firm: {whose_plan(projection)}", 500), width="content")
        if st.button("Use my company’s figures", key="offer company", type="tertiary"):
            form()


def button() -> None:
    """Opens the form, wherever it is called."""
    if st.button("My company", key="my company", icon=":material/apartment:", help="Its few figures, on one page"):
        form()


@st.dialog("My company", width="medium")
def form() -> None:
    """The figures as fields; nothing is taken before all of them can be."""
    scenario = current.scenario()
    st.caption("Seven figures make the plan your company’s. What you do not know can stay as it is.")
    with st.form("company", border=False):
        with st.grid(2, min_column_width=_FIELD):
            st.selectbox(
                "Currency", [*currencies()], index=[*currencies()].index(scenario.currency), key=_CURRENCY,
                format_func=lambda code: f"{code} – {currencies()[code]}",
            )  # fmt: skip
            for name in FIGURES:
                _field(name, scenario)
        sent = st.form_submit_button("Use these figures", icon=":material/check:", on_click=_take)
    st.caption(literal(_left(scenario), 1500))
    notices.refusal()
    if sent and messages.refused() is None:
        st.rerun()


def _field(name: str, scenario: Scenario) -> None:
    ways = {"revenue_per_employee": (_REVENUE, (_PER_PERSON, _IN_ALL)),
            "marketing_share_of_revenue": (_MARKETING, (_SHARE, _AMOUNT))}  # fmt: skip
    shown = scenario.format.bare(scenario.number(name), ASSUMPTIONS[name].unit)
    with st.container(gap="xxsmall"):
        st.text_input(_LABELS[name], shown, key=f"company:{name}", help=ASSUMPTIONS[name].help)
        if name in ways:
            key, options = ways[name]
            st.segmented_control(
                f"{_LABELS[name]} is given", options, default=options[0], key=key, required=True,
                label_visibility="collapsed",
            )  # fmt: skip


def _left(scenario: Scenario) -> str:
    """What else is the company's, and stands at the default."""
    left = [f"{ASSUMPTIONS[name].short_label} ({scenario.stated(name)})" for name in left_at_default(scenario)]
    if not left:
        return "Nothing else of the company’s stands at its default."
    return f"Left at the demonstration firm’s, to be changed on Assumptions: {'; '.join(left)}."


def _take() -> None:
    """Take the figures, or tell all that is wrong with them."""
    scenario, start = current.scenario(), current.base()
    figures, faults = _read(scenario.format)
    if faults:
        messages.refuse_for(_STAYS, faults)
        return
    try:
        changed = with_company(scenario, start, fields.entered(_CURRENCY), figures)
        current.replace(edits.labelled(start, changed))
    except ScenarioError as error:
        messages.refuse(_STAYS, error)


def _read(text: Format) -> tuple[dict[str, float], list[str]]:
    """The figures as typed, in model units, and what is wrong with them in words."""
    figures, faults = {}, []
    for name in FIGURES:
        typed = (fields.entered(f"company:{name}") or "").strip()
        try:
            figures[name] = _rule(name).read(typed, text)
        except ValueError as error:
            faults.append(f"{_LABELS[name]}: '{typed}' {error}.")
    if not faults:
        if fields.entered(_REVENUE) == _IN_ALL:
            figures["revenue_per_employee"] /= figures["employees"]
        if fields.entered(_MARKETING) == _AMOUNT:
            figures["marketing_share_of_revenue"] /= figures["employees"] * figures["revenue_per_employee"]
    return figures, faults


def _rule(name: str) -> NumberRule:
    """What may be typed: the assumption's own numbers, or an amount of money in all."""
    in_all = (name == "revenue_per_employee" and fields.entered(_REVENUE) == _IN_ALL) or (
        name == "marketing_share_of_revenue" and fields.entered(_MARKETING) == _AMOUNT
    )
    return NumberRule(MONEY, low=1, example=1_000_000) if in_all else rule_of(ASSUMPTIONS[name])
