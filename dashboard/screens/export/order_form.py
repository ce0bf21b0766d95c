"""What the Export screen asks for: its widgets, and the order that the answers come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.components import scenario_picker
from dashboard.components.decision import limits, test_figures
from dashboard.components.text import literal
from dashboard.components.widgets import (
    number_in_force,
    number_input,
    seed_in_force,
    seed_input,
)
from dashboard.screens.export.proposal_text import own_text
from dashboard.session import compute, current, fields, memory
from model.reading.number_rules import NumberRule
from model.scenario import Scenario
from model.uncertainty.sampling import DEFAULT_DRAWS
from model.units import COUNT, Format
from report.asked import ODDS, Asked
from report.charts.catalogue import CHARTS, drawable
from report.files.browser import find_browser, no_browser
from report.files.file_kinds import KINDS
from report.files.images import NARROWEST, WIDEST
from report.files.order import FileKind, Order
from report.signatories import MOST_LETTERS, ROLES, Signatories
from report.tables.decide.told import SUBJECTS
from report.words.narrative import in_a_row
from report.words.proposal import from_text
from report.words.stamp import shortened

NO_DRAWS = 0
_SCENARIOS, _CHART, _WIDTH, _DATE, _DRAWS, _SEED, _CSV = (
    f"export {what}" for what in ("scenarios", "chart", "width", "date", "draws", "seed", "csv")
)
_AT_FIRST = ("workbook", "deck")
_USUAL_WIDTH = 1920.0
_WIDTHS = NumberRule(COUNT, NARROWEST, WIDEST, _USUAL_WIDTH)
_EARLIEST, _LATEST = date(1980, 1, 1), date(2199, 12, 31)
_MIN_FIELD = 210
_NAMED = 3


def ordered() -> Order | None:
    """The order that all answers come to; None where no scenario is picked."""
    scenarios = scenario_picker.picked(_SCENARIOS, (scenario_picker.CURRENT,))
    if not scenarios:
        return None
    own = own_text()
    return Order(
        scenarios=scenarios,
        today=memory.kept(_DATE, None) or date.today(),
        draws=_draws(),
        seed=seed_in_force(_SEED),
        text=from_text(own[0]) if own else None,
        chart=_chart(),
        width=int(number_in_force(_WIDTH, _USUAL_WIDTH)),
        signatories=Signatories(*(memory.kept(_signing(role), "") for role in ROLES)),
        spreadsheet=scenarios[0].format.decimal_comma and bool(memory.kept(_CSV, False)),
        asked=asked(scenarios),
    )


def kinds() -> tuple[FileKind, ...]:
    """The kinds of files that are ticked and can be made here."""
    found = find_browser() is not None
    return tuple(kind for name, kind in KINDS.items() if _ticked(name) and (found or not kind.needs_browser))


def in_short() -> str:
    """What is ordered, in a line: which files, of which scenario."""
    wanted, scenarios = kinds(), scenario_picker.picked(_SCENARIOS, (scenario_picker.CURRENT,))
    if not wanted or not scenarios:
        return "Which files does finance need?"
    files = in_a_row([kind.label for kind in wanted]) if len(wanted) <= _NAMED else f"{len(wanted)} kinds of files"
    others = f" beside {len(scenarios) - 1} more" if len(scenarios) > 1 else ""
    return f"{files}: “{shortened(scenarios[0].name)}”{others}"


def ask() -> None:
    """The widgets."""
    browser = find_browser() is not None
    with st.container(border=True):
        scenario_picker.pick("Scenarios, the one proposed first", _SCENARIOS, (scenario_picker.CURRENT,))
        with st.grid(4, min_column_width=_MIN_FIELD, gap="xsmall"):
            for name, kind in KINDS.items():
                _tick(name, kind, browser)
        if not browser:
            st.info(literal(no_browser(), 1000), icon=":material/info:")
        with st.grid(4, min_column_width=_MIN_FIELD):
            _ask_how(current.scenario())
            if any(kind.is_image for kind in kinds()):
                _ask_for_an_image(current.scenario().format)
            if any(kind.holds_csv for kind in kinds()):
                _ask_for_csv(scenario_picker.picked(_SCENARIOS, (scenario_picker.CURRENT,)))
        if _draws() and any(kind.tells_answers or kind.is_image for kind in kinds()):
            _ask_about_the_decision(scenario_picker.picked(_SCENARIOS, (scenario_picker.CURRENT,)))
        if any(kind.is_signed for kind in kinds()):
            with st.grid(3, min_column_width=_MIN_FIELD):
                _ask_who_signs()


def asked(scenarios: Sequence[Scenario]) -> Asked:
    """What is to be told about the decision on the first scenario, with the limits and figures that were typed."""
    wanted = {name for name in _askable(scenarios) if memory.kept(_asking(name), False)}
    offer = limits.in_force() if "counter" in wanted else None
    tests = test_figures.in_force() if "tests" in wanted else None
    return Asked(tests=tests, stages="stages" in wanted, counter=offer)


def _askable(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """The subjects that can be asked about: stages only where the plan has gates, and none without draws."""
    if not scenarios or not _draws():
        return ()
    return tuple(name for name in SUBJECTS if name != "stages" or scenarios[0].gates)


def _ask_about_the_decision(scenarios: Sequence[Scenario]) -> None:
    """A tick for each subject; the limits of the counter-offer are those of the screen Decide."""
    with st.grid(3, min_column_width=_MIN_FIELD):
        for name in _askable(scenarios):
            memory.show_kept(_asking(name), False)
            told = f"Tells {SUBJECTS[name].asked}, on the decision page and in tables; it takes some seconds more."
            st.checkbox(SUBJECTS[name].title, help=told, **_kept(_asking(name)))
    if asked(scenarios).counter is not None:
        st.caption("Limits of finance, the same as on the screen Decide; an empty field is no limit.")
        limits.ask(scenarios[0])


def _asking(subject: str) -> str:
    return f"export tells {subject}"


def _ask_for_csv(scenarios: Sequence[Scenario]) -> None:
    """The form of CSV, where the locale of the first scenario has another than tools have."""
    if not scenarios or not scenarios[0].format.decimal_comma:
        return
    language = scenarios[0].format.language
    fields.show(_CSV, bool(memory.kept(_CSV, False)))
    st.selectbox(
        "Form of CSV",
        (False, True),
        format_func=lambda spreadsheet: f"for spreadsheets in {language}" if spreadsheet else "for every tool",
        help="For every tool: decimal points, columns apart by commas. For spreadsheets: decimal commas and "
        "semicolons, so that a double click opens the table.",
        **_kept(_CSV),
    )


def _ask_how(scenario: Scenario) -> None:
    memory.show_kept(_DATE, date.today())
    st.date_input(
        "Date in the files",
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        help="The same order on the same date gives the same files.",
        **_kept(_DATE),
    )
    fields.show(_DRAWS, _draws())
    st.selectbox(
        "Draws",
        (NO_DRAWS, *compute.DRAWS),
        format_func=lambda count: scenario.format.number(count, 0) if count else "none",
        help="How many cases the odds are drawn from; without any there are no odds, no deck, no charts of them.",
        **_kept(_DRAWS),
    )
    seed_input("Seed of the draws", _SEED, scenario.format, "The same seed draws the same cases.")


def _ask_for_an_image(text: Format) -> None:
    fields.show(_CHART, _chart())
    st.selectbox(
        "Chart of the image",
        _charts(),
        format_func=lambda name: CHARTS[name].title,
        help="Of the first scenario, with its footer.",
        **_kept(_CHART),
    )
    number_input(
        "Width of the image (pixels)", _WIDTH, _WIDTHS, text, usual=_USUAL_WIDTH, help="Its height is 9/16 of that."
    )


def _ask_who_signs() -> None:
    for role, label in ROLES.items():
        memory.show_kept(_signing(role), "")
        st.text_input(
            f"{label} (name, optional)",
            max_chars=MOST_LETTERS,
            help="Stands over a line to sign. Kept in this session only; no part of the scenario or its hash.",
            **_kept(_signing(role)),
        )


def _signing(role: str) -> str:
    return f"export {role}"


def _tick(name: str, kind: FileKind, browser: bool) -> None:
    possible = browser or not kind.needs_browser
    fields.show(_key(name), possible and _ticked(name))
    st.checkbox(kind.label, help=kind.holds, disabled=not possible, **_kept(_key(name)))


def _kept(key: str) -> dict[str, Any]:
    """What a widget needs to have its answer kept under its key."""
    return {"key": key, "on_change": memory.keep_entered, "args": (key,)}


def _key(name: str) -> str:
    return f"export file {name}"


def _ticked(name: str) -> bool:
    return bool(memory.kept(_key(name), name in _AT_FIRST))


def _draws() -> int:
    return int(memory.kept(_DRAWS, DEFAULT_DRAWS))


def _charts() -> tuple[str, ...]:
    """The charts that can be drawn: without draws none of those about the odds, of answers what is asked."""
    if not _draws():
        return tuple(chart.name for chart in drawable(()))
    told = asked(scenario_picker.picked(_SCENARIOS, (scenario_picker.CURRENT,)))
    return tuple(chart.name for chart in drawable({ODDS, *told.names}))


def _chart() -> str:
    chosen: str = memory.kept(_CHART, "")
    return chosen if chosen in _charts() else _charts()[0]
