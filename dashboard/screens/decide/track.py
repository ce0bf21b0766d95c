"""The part Track: what came of an approved plan, what that teaches, and how honest the forecasts were."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.components.chart_cards import card
from dashboard.components.downloads import subject_buttons
from dashboard.components.layout import chart_grid, heading, metric_card, metric_grid
from dashboard.components.tables import static_table
from dashboard.components.text import literal
from dashboard.screens.decide import actuals, contract
from dashboard.screens.decide.actuals import Chosen
from dashboard.screens.decide.fitting import fitting_table
from dashboard.session import compute, memory
from dashboard.shell import notices
from library.errors import LibraryError
from model.projection import Projection
from model.reading.faults import ScenarioError
from model.track.forecasts import HELD, warnings
from model.track.tracked import CASH, Tracked, with_marks
from model.track.words import alarming, answer, by_chance, in_100, lead, verdicts, warned
from model.uncertainty.sampling import DEFAULT_DRAWS
from model.units import MONEY, SHARE
from report.charts.decide.tracked import FORECAST, VARIANCE, Came
from report.files.file_names import stem
from report.files.subjects.subject_files import VARIANCE_FILES
from report.tables.tracked.subjects import label_of
from report.tables.tracked.tables import calibration, still_open, variances_table
from report.tables.tracked.variance_report import VarianceReport

_FOUND, _SUBJECT, _AHEAD = "tracked", "variance shown", "forecast shown"
_QUESTION = (
    "What came of an approved plan, month by month: against plan, by cause; what it teaches of the odds; and how "
    "often the forecasts held."
)


def draw(projection: Projection, choice: Callable[[], None]) -> None:
    """The part; `choice` draws the way to the others."""
    title = st.empty()
    title.markdown("# How is the plan doing?")
    choice()
    found = None
    try:
        of = actuals.chosen()
        notices.warnings(projection)
        actuals.draw(of)
        found = _found(of)
    except LibraryError as error:
        st.error(literal(str(error), 1000), icon=":material/block:")
    except ScenarioError as error:
        st.error(literal(f"The actuals cannot be followed. {error}", 2000), icon=":material/block:")
    with title.container(gap="small"):
        heading(_heading(found), _QUESTION)
    if found and found.actuals:
        _results(of, found)
    elif found:
        contract.draw(of, found)


def _heading(found: Tracked | None) -> str:
    if found is None or not found.actuals:
        return "Nothing is measured yet: how is the plan doing?"
    return lead(found) or answer(found).removesuffix(".")


def _found(of: Chosen) -> Tracked | None:
    """What came of the plan, once for its actuals; None where there is nothing to tell. Raises ScenarioError."""
    if not of.actuals and not of.scenario.stages:
        return None
    with st.spinner("Learning from the actuals …", show_time=True):
        found = memory.made_of(_FOUND, (of.scenario, of.actuals), partial(compute.tracked, of.scenario, of.actuals))
    return with_marks(found, of.marks)


def _results(of: Chosen, found: Tracked) -> None:
    projection = compute.projection(found.scenario)
    _figures(found)
    _files(of, found)
    told = [*([answer(found)] if lead(found) else []), *verdicts(found), *warned(found)]
    icon, tell = (":material/warning:", st.warning) if alarming(found) else (":material/check:", st.info)
    tell("\n".join(f"- {literal(sentence, 500)}" for sentence in told), icon=icon)
    with chart_grid() as halves:
        with halves.cell():
            subjects = [item.subject for item in found.variances]
            card(VARIANCE, Came(found, _subject(found, "Against plan", _SUBJECT, subjects), projection))
        with halves.cell():
            subjects = [CASH, *(name for name in found.ahead if name != CASH)]
            card(FORECAST, Came(found, _subject(found, "Forecast of", _AHEAD, subjects), projection))
    st.markdown("## Cumulative, by cause")
    fitting_table(variances_table(found), "Actual against plan by cause", (0, 1, 2, 3), (0, 3))
    st.caption("AC is actual, PL plan, Δ their difference; what is no flow is told of its last month.")
    if found.matters:
        st.markdown("## What it still hangs on")
        fitting_table(still_open(found), "What the worth of the plan still hangs on", (0, 1, 2, 3), (0, 2, 3))
        st.caption(
            "Each belief from its 10th to its 90th percentile as now believed, all others at their medians, spend "
            "and hours as they came: the net present value of the whole plan."
        )
    contract.draw(of, found)
    if found.record:
        st.markdown("## How honest the forecasts were")
        st.caption(literal(found.record.words(found.scenario.format), 500))
        static_table(calibration(found), "How often the bands held, by what was measured")


def _files(of: Chosen, found: Tracked) -> None:
    """The monthly variance report, to download."""
    approved = f"approved version {of.approved.version.number}" if of.approved else ""
    reported = VarianceReport(found, compute.projection(found.scenario), DEFAULT_DRAWS, approved)
    called = f"{stem(found.scenario)}-month-{found.until}"
    subject_buttons.draw("variance", VARIANCE_FILES, reported, called, found.scenario.hash)


def _figures(found: Tracked) -> None:
    text, now, before, made = found.scenario.format, found.now, found.before, found.forecasts
    band = " … ".join(text.rounded(end, MONEY) for end in (now.low, now.high))
    figures = [
        ("Odds of a gain", in_100(now, text), f"{in_100(before, text)} when planned", None),
        ("Worth by now, median", text.rounded(now.middle, MONEY),
         f"{text.rounded(before.middle, MONEY)} when planned", f"8 in 10 odds that it lies within {literal(band)}"),
        ("Early warnings", " of ".join(text.number(len(items), 0) for items in (warnings(made), made)),
         f"{by_chance(found)} would be by chance",
         "Actuals that left the band in which 8 in 10 were forecast"),
    ]  # fmt: skip
    if found.record:
        figures.append(
            ("Bands that held", text.rounded(found.record.part, SHARE), f"{text.rounded(HELD, SHARE)} should", None)
        )
    with metric_grid():
        for label, value, beside, help_ in figures:
            metric_card(label, value, beside, help_)


def _subject(found: Tracked, label: str, key: str, subjects: list[str]) -> str:
    """Which quantity is shown, as it was chosen where it still has actuals."""
    if memory.kept(key, subjects[0]) not in subjects:
        memory.keep(key, subjects[0])
    memory.show_kept(key, subjects[0])
    return str(st.selectbox(
        label, subjects, key=key, format_func=lambda name: label_of(found, name),
        on_change=memory.keep_entered, args=(key,),
    ))  # fmt: skip
