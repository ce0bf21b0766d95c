"""My company: the few figures that turn the demonstration firm's plan into one's own, on one page."""

from __future__ import annotations

from math import prod

import streamlit as st

from dashboard.components.text import literal
from dashboard.session import current, fields, messages
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS
from model.presets import FIGURES, is_demonstration, left_at_default, with_company
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.reading.number_rules import NumberRule, rule_of
from model.scenario import SETTINGS, Scenario
from model.telling.basis import default_text, is_foreign
from model.units import MONEY, SHARE, Format, currencies, locales
from report.words.headline import whose_plan

_CURRENCY, _LOCALE = "company:currency", "company:locale"
# Figures that are typed as amounts in all, with what those are divided by.
_WHOLE = {
    "revenue_per_employee": ("employees",),
    "marketing_share_of_revenue": ("employees", "revenue_per_employee"),
}
_STAYS = "The company stays as it was"
# Of two fields whose words are not cut, in pixels.
_FIELD = 250
_LABELS = {
    "employees": "People in the company",
    "revenue_per_employee": "Revenue a year, in all",
    "marketing_share_of_revenue": "Marketing a year (amount, or % of revenue)",
    "social_share_start": "Social share of it today (%)",
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
    st.caption(
        "Seven figures and a currency make the plan your company’s; short forms such as “2.4 bn” are taken in the "
        "words of the language chosen. What you do not know can stay as it is."
    )
    with st.form("company", border=False):
        with st.grid(2, min_column_width=_FIELD):
            st.selectbox(
                "Currency", [*currencies()], index=[*currencies()].index(scenario.currency), key=_CURRENCY,
                format_func=lambda code: f"{code} – {currencies()[code]}",
            )  # fmt: skip
            st.selectbox(
                SETTINGS["locale"], [*locales()], index=[*locales()].index(scenario.locale)
                if scenario.locale in locales() else None, key=_LOCALE, placeholder=scenario.locale,
                format_func=locales().__getitem__, help="How numbers are typed here, and written everywhere",
            )  # fmt: skip
            for name in FIGURES:
                _field(name, scenario)
        sent = st.form_submit_button("Use these figures", icon=":material/check:", on_click=_take)
    st.caption(literal(_left(scenario), 1500))
    notices.refusal()
    if sent and messages.refused() is None:
        st.rerun()


def _field(name: str, scenario: Scenario) -> None:
    st.text_input(_LABELS[name], _shown(name, scenario), key=f"company:{name}",
                  help=scenario.format.localised(ASSUMPTIONS[name].help))  # fmt: skip


def _shown(name: str, scenario: Scenario) -> str:
    """A figure as its field shows it at first: revenue in all, the marketing budget as a share."""
    text, value = scenario.format, scenario.number(name)
    if name == "revenue_per_employee":
        return text.bare(round(scenario.number("employees") * value, 2), MONEY)
    if name == "marketing_share_of_revenue":
        return text.plain(value, SHARE)
    return text.bare(value, ASSUMPTIONS[name].unit)


def _left(scenario: Scenario) -> str:
    """What else is the company's, and stands at the default."""
    left = [f"{ASSUMPTIONS[name].short_label} ({_default(scenario, name)})" for name in left_at_default(scenario)]
    if not left:
        return "Nothing else of the company’s stands at its default."
    return f"Left at the demonstration firm’s, to be changed on Assumptions: {'; '.join(left)}."


def _default(scenario: Scenario, name: str) -> str:
    """A default as it stands; an amount of another currency as what it is, and is taken as."""
    item, stated = ASSUMPTIONS[name], scenario.stated(name)
    return f"{default_text(scenario, item)}, taken as {stated}" if is_foreign(scenario, item) else stated


def _take() -> None:
    """Take the figures, or tell all that is wrong with them."""
    scenario, currency = current.scenario(), fields.entered(_CURRENCY)
    locale = fields.entered(_LOCALE) or scenario.locale
    figures, faults = _read(scenario, Format(locale, currency))
    if faults:
        messages.refuse_for(_STAYS, faults)
        return
    try:
        current.replace(with_company(scenario, current.base(), currency, figures).changed(locale=locale))
    except ScenarioError as error:
        messages.refuse(_STAYS, error)


def _read(scenario: Scenario, text: Format) -> tuple[dict[str, float], list[str]]:
    """The figures as typed, in model units, and what is wrong with them in words."""
    figures: dict[str, float] = {}
    faults = []
    for name in FIGURES:
        typed = (fields.entered(f"company:{name}") or "").strip()
        whole = _WHOLE.get(name, ()) if "%" not in typed else ()
        if any(part not in figures for part in whole):
            # Its bounds are not known without a figure that is refused itself.
            faults += _unreadable(name, typed, text)
            continue
        if typed == _shown(name, scenario) and all(figures[part] == scenario.number(part) for part in whole):
            # Left as it was: no digit is lost to how it is shown.
            figures[name] = scenario.number(name)
            continue
        try:
            figures[name] = _figure(name, typed, text, prod(figures[part] for part in whole), in_all=bool(whole))
        except ValueError as error:
            faults.append(f"{_LABELS[name]}: '{typed}' {error}.")
    return figures, faults


def _unreadable(name: str, typed: str, text: Format) -> list[str]:
    """Why what was typed is no number at all; empty where it is one."""
    try:
        NumberRule(MONEY, example=1_000_000).read(typed, text)
    except ValueError as error:
        return [f"{_LABELS[name]}: '{typed}' {error}."]
    return []


def _figure(name: str, typed: str, text: Format, whole: float, *, in_all: bool) -> float:
    """One figure in model units, from an amount in all or as the assumption is given.

    Raises ValueError, in the unit that was typed.
    """
    own = rule_of(ASSUMPTIONS[name])
    rule = NumberRule(MONEY, own.low * whole, own.high * whole, own.example * whole) if in_all else own
    return rule.read(typed, text) / whole
