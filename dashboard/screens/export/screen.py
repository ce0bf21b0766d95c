"""The Export screen: files that finance can attach, built when asked for, with their text and charts beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import image_buttons, preview
from dashboard.components.layout import chart_grid, heading, odds_refused
from dashboard.components.text import literal
from dashboard.screens.export import order_form, proposal_text
from dashboard.session import compute, current, memory
from dashboard.session.turns import LONG, still_wanted
from dashboard.shell import notices
from model.reading.faults import ScenarioError
from model.uncertainty.simulation import Simulation
from model.units import NO_BREAK
from report.asked import NO_ANSWERS, Answers
from report.charts.catalogue import drawable
from report.files.order import Built, FileKind, Made, Order, build, not_made
from report.words.stamp import SEPARATOR, shortened

_MIN_FILE = 250
_TABS, _BUILT, _ANSWERS = "export tabs", "export built", "export answers"


def draw() -> None:
    """The screen."""
    projection = compute.projection(current.scenario())
    heading(
        order_form.in_short(),
        "Which files finance needs: pick them, read the text below as it will stand in them, build and download.",
    )
    notices.warnings(projection)
    order_form.ask()
    _building()
    order = order_form.ordered()
    if order:
        _previews(order)
    notices.footer(projection)
    image_buttons()


@st.fragment
def _building() -> None:
    """The button that builds, and what was built last."""
    # Read here and not passed in: what was typed last must not be missed.
    order, kinds = order_form.ordered(), order_form.kinds()
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button("Build files", icon=":material/build:", disabled=not (order and kinds))
        if not order:
            st.caption("Pick at least one scenario.", width="content")
        elif not kinds:
            st.caption("Tick at least one kind of file.", width="content")
    if not order:
        return
    if proposal_text.is_outdated(order):
        st.warning(
            "The proposal text was edited for other numbers than these. Read it again below before it goes out.",
            icon=":material/warning:",
        )
    if wanted:
        memory.keep(_BUILT, _built(order, kinds))
    built: Built | None = memory.kept(_BUILT, None)
    if built:
        _results(built, order)


def _built(order: Order, kinds: Sequence[FileKind]) -> Built:
    """The files, with a bar while they are made."""
    bar = st.progress(0.0, text="Building …")

    def told(part: float, label: str) -> None:
        bar.progress(part, text=f"Building: {label} …")

    with LONG.turn(still_wanted):
        built = build(order, kinds, told)
    bar.empty()
    return built


def _results(built: Built, order: Order) -> None:
    for told in not_made(built.failures):
        st.error(literal(told, 3000), icon=":material/block:")
    outdated = built.outdated(order)
    if outdated:
        st.warning(
            "The order has changed since files were built. Those marked hold what was ordered then; build again for "
            "what is ordered now.",
            icon=":material/history:",
        )
    with st.grid(4, min_column_width=_MIN_FILE):
        for made in built.files:
            _download(made, made in outdated)
    if built.files:
        st.caption(literal(_told(built.order), 1000))


def _download(made: Made, outdated: bool) -> None:
    size = current.scenario().format.number(len(made.content) / 1000, 0)
    with st.container(gap="xxsmall"):
        st.download_button(
            f"{made.kind.label}{' (earlier order)' if outdated else ''}",
            data=lambda: made.content,
            file_name=made.name,
            mime=made.kind.mime,
            on_click="ignore",
            icon=":material/download:",
            key=f"download {made.name}",
            width="stretch",
        )
        st.caption(literal(f"{made.name}, {size}{NO_BREAK}kB", 200))


def _told(order: Order) -> str:
    """What the files were built from."""
    text = order.scenarios[0].format
    names = (f"{shortened(scenario.name)} ({scenario.hash})" for scenario in order.scenarios)
    drawn = f"{text.number(order.draws, 0)} draws, seed {order.seed}" if order.draws else "not simulated"
    return SEPARATOR.join((f"Built from {', '.join(names)}", text.day(order.today), drawn))


def _previews(order: Order) -> None:
    """What the files will say and show, one part at a time: only the open one is worked out."""
    parts = {"Proposal text": proposal_text.reading, "Edit the text": proposal_text.editor, "Charts": _charts}
    for tab, draw_part in zip(st.tabs([*parts], key=_TABS, on_change="rerun"), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw_part(order)


def _charts(order: Order) -> None:
    """Every chart of the first scenario that the files will hold."""
    simulation = _simulated(order)
    material = compute.material(order.scenarios[0], simulation, order.today, _answers(order, simulation))
    with chart_grid():
        for chart in drawable(material.holds):
            preview(chart, material)


def _answers(order: Order, simulation: Simulation | None) -> Answers:
    """What was asked about the decision; none where that cannot be found, which is told."""
    if simulation is None or not order.asked.names:
        return NO_ANSWERS
    try:
        with st.spinner("Finding out what was asked …", show_time=True):
            key = (order.scenarios[0], order.asked, order.draws, order.seed)
            return memory.made_of(_ANSWERS, key, partial(compute.answers, *key))
    except ScenarioError as error:
        odds_refused(error)
        return NO_ANSWERS


def _simulated(order: Order) -> Simulation | None:
    if not order.draws:
        return None
    try:
        return compute.simulation(order.scenarios[0], order.draws, order.seed)
    except ScenarioError as error:
        odds_refused(error)
        return None
