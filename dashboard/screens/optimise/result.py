"""What the search found: the plan beside the present one, its limits, what it rests on, and the way to use it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.layout import chart_grid
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.components.widgets import label
from dashboard.session import compute, current, memory
from dashboard.session.edits import same_content
from dashboard.session.undo import changes_in_words
from dashboard.shell import notices
from model.assumptions import ASSUMPTIONS
from model.choice.aims import Aim, Limits, Standing
from model.choice.optimise import Optimum
from model.metrics import METRICS
from model.projection import Projection
from model.scenario import Scenario
from model.telling.best_plan import best_in_words, limit_in_words, rests_on, rise_in_time
from model.telling.caveats import caveats
from model.units import MONEY, RATIO, Format
from report.charts.decisions import MAP, Best
from report.tables.document_tables import Cell, Table

# The last search.
_KEPT = "optimum"
_FIGURES = {
    "expected_npv": "Mean net present value",
    "p10_npv": "10 % of cases end below",
    "odds_of_gain": "Odds of a gain",
    "spend": "Social spend and programme",
    "peak_funding": "Mean peak funding",
}


class Searched(NamedTuple):
    """A search: for which plan, aim and limits, what it found or why not, and the plan it became once used."""

    scenario: Scenario
    aim: Aim
    limits: Limits
    optimum: Optimum | None
    faults: tuple[str, ...] = ()
    used: Scenario | None = None


def keep(searched: Searched) -> None:
    """Remember the last search."""
    memory.keep(_KEPT, searched)


def of(scenario: Scenario) -> Searched | None:
    """The last search, if it was for this plan, or this plan came of it."""
    searched: Searched | None = memory.kept(_KEPT, None)
    known = [one for one in (searched.scenario, searched.used) if one] if searched else []
    return searched if any(same_content(scenario, one) for one in known) else None


def heading(scenario: Scenario) -> str:
    """The answer, or the question before there is one."""
    searched = of(scenario)
    if searched is None:
        return "Which plan is best within your limits?"
    if searched.optimum is None:
        return "No plan keeps these limits"
    return best_in_words(searched.optimum, compute.projection(searched.optimum.scenario)).removesuffix(".")


def draw(searched: Searched, aim: Aim, limits: Limits) -> None:
    """What a search found; `aim` and `limits` are what the fields hold now."""
    if (aim, limits) != (searched.aim, searched.limits):
        st.info("Aim or limits have changed since this was searched; search again.", icon=":material/update:")
    if searched.optimum is None:
        listed = "\n".join(f"- {literal(fault, 500)}" for fault in searched.faults)
        st.error(f"**No plan keeps these limits.**\n\n{listed}", icon=":material/block:")
        return
    optimum = searched.optimum
    best = compute.projection(optimum.scenario)
    for sentence in _said(optimum, best):
        st.markdown(literal(sentence, 500))
    if rests := rests_on(optimum):
        st.info("\n".join(f"- {literal(sentence, 500)}" for sentence in rests))
    for sentence in caveats(best):
        if sentence not in caveats(compute.projection(current.scenario())):
            st.warning(literal(f"The best plan: {sentence}", 2000), icon=":material/warning:")
    halves = chart_grid()
    with halves.cell():
        static_table(
            _comparison(optimum, "Before" if searched.used else "Present"), "The best plan and the present one"
        )
        for limit in optimum.limits:
            st.caption(literal(limit_in_words(limit, optimum.scenario.format), 300))
        _use(searched)
    with halves.cell():
        card(MAP, Best(optimum, best))
        if optimum.improves and not searched.used:
            st.caption(
                f"The map carries the content hash of the best plan, {optimum.scenario.hash}; that of the present "
                f"plan is {optimum.searched.hash}."
            )
        notices.extrapolated(best)


def _said(optimum: Optimum, best: Projection) -> tuple[str, ...]:
    """What is gained, how much of the rise comes in time, and which limits the present plan breaks."""
    text, money = optimum.scenario.format, METRICS["npv"].unit
    gain = f"{text.rounded(abs(optimum.gain), money, optimum.gain_error)} {text.within(optimum.gain_error, money)}"
    better = "better" if optimum.gain >= 0 else "worse"
    gained = (
        f"On fresh draws it is {gain} {better} than the present plan on average, and better in "
        f"{100 * optimum.odds:.0f} of 100 cases."
    )
    broken = [limit.label for limit in optimum.limits if limit.broken_by(optimum.present)]
    breaks = f"The present plan does not keep: {'; '.join(broken)}." if broken else ""
    return tuple(filter(None, (gained if optimum.improves else "", rise_in_time(best), breaks)))


def _use(searched: Searched) -> None:
    """The button that makes the best plan the present one; once pressed, what that changed."""
    assert searched.optimum
    if searched.used and searched.used == current.scenario():
        changed = changes_in_words(searched.scenario, searched.used)
        st.success(
            literal(f"This is the plan now. {changed} Undo in the sidebar takes it back.", 1000),
            icon=":material/check:",
        )
    elif searched.optimum.improves and st.button("Use this plan"):
        current.replace(searched.optimum.scenario)
        # Taken over it may be named otherwise, which is another content hash.
        used = current.scenario()
        keep(searched._replace(optimum=replace(searched.optimum, scenario=used), used=used))
        # The whole screen, not only this fragment.
        st.rerun()


def _comparison(optimum: Optimum, before: str) -> Table:
    """Levers and figures of the optimum beside those of the plan that was searched for, named `before`."""
    names = ("training_programme", *optimum.levers)
    columns = (
        [label(ASSUMPTIONS[name], optimum.searched) for name in names] + list(_FIGURES.values()),
        [optimum.scenario.stated(name) for name in names] + _amounts(optimum.standing, optimum.searched.format),
        [optimum.searched.stated(name) for name in names] + _amounts(optimum.present, optimum.searched.format),
    )
    rows = (tuple(map(Cell, row)) for row in zip(*columns, strict=True))
    return Table(("What", "Best", before), tuple(rows))


def _amounts(standing: Standing, text: Format) -> list[str]:
    """A plan's figures, amounts with their sampling error."""
    shown = []
    for name in _FIGURES:
        value, error = getattr(standing, name), standing.errors.get(name)
        if error is None:
            shown.append(f"{100 * value:.0f} in 100")
        else:
            shown.append(f"{text.rounded(value, MONEY, error)} {text.within(error, RATIO)}")
    return shown
