"""The Compare screen: two to six scenarios side by side, how they differ, why, and how often one beats another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.components.chart_cards import card, image_buttons
from dashboard.components.chart_table import download
from dashboard.components.layout import chart_grid, heading, odds_refused
from dashboard.components.scenario_picker import CURRENT, pick, picked
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.screens.compare.cards import bridge_card
from dashboard.session import address, compute, current, memory
from dashboard.shell import notices
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.scenario import Scenario
from model.telling.caveats import caveats
from model.telling.comparison import reservations
from model.uncertainty.sampling import DEFAULT_DRAWS
from model.uncertainty.simulation import Simulation
from report.charts.comparison import OVERLAYS, Compared
from report.files.file_names import stem
from report.material import Material
from report.tables.comparison_tables import comparison, differences, odds, reasons
from report.tables.data import comparison_tables
from report.words.comparison import beats_in_words, comparison_message
from report.words.narrative import in_a_row
from report.words.stamp import shortened

# The current plan beside the article's warning and beside all of its advice.
DEFAULT = (CURRENT, "bigger-budget-same-skills", "seat-at-the-table")
_FEWEST = 2
# The hashes of the scenarios whose odds were asked for.
_ASKED = "compare odds"
# The screen has room for every digit.
_ALL_LETTERS = 40


def draw() -> None:
    """The screen."""
    projection = compute.projection(current.scenario())
    scenarios = picked(address.PICKS, DEFAULT)
    heading(
        comparison_message([compute.projection(one) for one in scenarios])
        if len(scenarios) >= _FEWEST
        else "Which plan is better?",
        "Two to six scenarios side by side; each is measured against the one picked first.",
    )
    notices.warnings(projection)
    if len(pick("Scenarios", address.PICKS, DEFAULT)) < _FEWEST:
        st.info("Pick at least two scenarios: the first is what the others are measured against.")
    else:
        _compared(scenarios)
    notices.footer(projection)
    image_buttons()


def _compared(scenarios: Sequence[Scenario]) -> None:
    found = [compute.projection(one) for one in scenarios]
    projections = [replace(one, scenario=one.scenario.written_as(scenarios[0])) for one in found]
    materials = [Material(one, None, date.today()) for one in projections]
    _translated(scenarios)
    _cautions(projections)
    with chart_grid():
        cash, *others = OVERLAYS.values()
        card(cash, Compared(tuple(projections)))
        bridge_card(materials)
        for chart in others:
            card(chart, Compared(tuple(projections)))
    st.markdown("## Metrics")
    _metrics(materials)
    st.markdown("## How often one is worth more than another")
    _odds(materials)
    st.markdown("## What differs between them")
    _differences([one.scenario for one in materials])


def _translated(scenarios: Sequence[Scenario]) -> None:
    """What scenarios of the library, saved by an older version, were read as."""
    for scenario in scenarios:
        for sentence in scenario.translation if scenario != current.scenario() else ():
            st.caption(f":material/history: {literal(f'{shortened(scenario.name)}: {sentence}', 1000)}")


def _cautions(projections: Sequence[Projection]) -> None:
    """What hampers the comparison, and what goes beyond the evidence; the current scenario's is told already."""
    for sentence in reservations([one.scenario for one in projections]):
        st.caption(f":material/info: {literal(sentence, 1000)}")
    own = caveats(compute.projection(current.scenario()))
    names: dict[str, list[str]] = {}
    for projection in projections:
        if projection.scenario != current.scenario():
            for sentence in caveats(projection):
                names.setdefault(sentence, []).append(shortened(projection.scenario.name))
    for sentence, holding in names.items():
        if sentence in own:
            told = f"Holds for {in_a_row(holding)} too: {sentence}"
            st.caption(literal(told, 2000))
        else:
            st.warning(literal(f"{in_a_row(holding)}: {sentence}", 2000), icon=":material/warning:")


def _metrics(materials: Sequence[Material]) -> None:
    """Each scenario's value with, for all but the first, its difference; and why some values are missing."""
    static_table(comparison(materials, letters=_ALL_LETTERS), "Metrics of the scenarios")
    missing = [literal(f"{label}: {why}.", 1000) for label, why in reasons(materials)]
    if missing:
        st.caption("\n".join(["No value where a dash stands:", "", *(f"- {line}" for line in missing)]))
    scenarios = [one.scenario for one in materials]
    download(
        lambda _: comparison_tables(materials)["comparison-metrics"], f"{stem(scenarios[0])}-comparison", *scenarios
    )


@st.fragment
def _odds(materials: Sequence[Material]) -> None:
    """The odds of each pair, drawn when asked for; once drawn they stay."""
    scenarios = [one.scenario for one in materials]
    text = scenarios[0].format
    if not any(scenario.effective_ranges for scenario in scenarios):
        st.caption("No assumption has a range in any of them, so there are no odds to tell.")
        return
    if len({scenario.currency for scenario in scenarios}) == len(scenarios):
        st.caption("No two of them are in one currency, so none can be said to be worth more than another.")
        return
    asked: frozenset[str] = memory.kept(_ASKED, frozenset())
    hashes = frozenset(one.hash for one in scenarios)
    if not hashes <= asked:
        st.button("Draw the odds", icon=":material/casino:", on_click=memory.keep, args=(_ASKED, asked | hashes))
        count = text.number(DEFAULT_DRAWS, 0)
        st.caption(f"{count} cases of each scenario, all on the same draws; this takes some seconds.")
        return
    try:
        simulations = _simulated(scenarios)
    except ScenarioError as error:
        odds_refused(error)
        return
    st.markdown("\n".join(f"- {literal(sentence, 500)}" for sentence in beats_in_words(simulations)))
    drawn = [replace(one, simulation=simulation) for one, simulation in zip(materials, simulations, strict=True)]
    static_table(odds(drawn), "Odds that one is worth more than another")
    st.caption(
        f"{text.number(simulations[0].draws, 0)} cases, seed {simulations[0].seed}; in each, all scenarios have the "
        "same luck: the same world where they believe the same of it. "
        "Where a pair does not add up to 100 %, both are worth the same in the rest."
    )


def _simulated(scenarios: Sequence[Scenario]) -> list[Simulation]:
    """Each scenario's simulation, with a bar while new ones run. Raises ScenarioError."""
    bar = st.progress(0.0, text="Drawing cases …")
    found = []
    for place, scenario in enumerate(scenarios, 1):
        found.append(compute.simulation(scenario))
        bar.progress(place / len(scenarios), text="Drawing cases …")
    bar.empty()
    return found


def _differences(scenarios: Sequence[Scenario]) -> None:
    table = differences(scenarios)
    if table.rows:
        static_table(table, "What differs between the scenarios")
    else:
        st.caption("Nothing but their names.")
